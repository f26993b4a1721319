#include "generator/model/url.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"

enum { MONTHS = 12 };

static const struct str folders[URL_KINDS] = {
	[URL_PROGRAM] = STR_INIT("programs"),
	[URL_DIRECTION] = STR_INIT("directions"),
	[URL_MUNICIPALITY] = STR_INIT("municipalities"),
	[URL_ORGANIZATION] = STR_INIT("organizations"),
	[URL_EVENT] = STR_INIT("events"),
	[URL_HELP] = STR_INIT("help"),
	[URL_NEWS] = STR_INIT("news"),
	[URL_LEGAL] = STR_INIT("legal"),
};

static const enum url_kind page_folder[PAGE_KINDS] = {
	[PAGE_HELP] = URL_HELP,
	[PAGE_NEWS] = URL_NEWS,
	[PAGE_LEGAL] = URL_LEGAL,
};

struct str
url_folder(enum url_kind kind)
{
	return folders[kind];
}

struct str
path_of(struct arena *a, enum url_kind kind, struct str id)
{
	return str_format(a, "%.*s/%.*s.html", STR_ARG(folders[kind]),
	    STR_ARG(id));
}

struct str
path_program(struct arena *a, const struct program *p)
{
	return path_of(a, URL_PROGRAM, p->id);
}

struct str
path_direction(struct arena *a, const struct direction *d)
{
	return path_of(a, URL_DIRECTION, d->id);
}

struct str
path_municipality(struct arena *a, const struct municipality *m)
{
	return path_of(a, URL_MUNICIPALITY, m->id);
}

struct str
path_organization(struct arena *a, const struct organization *o)
{
	return path_of(a, URL_ORGANIZATION, o->id);
}

struct str
path_event(struct arena *a, const struct event *e)
{
	return path_of(a, URL_EVENT, e->id);
}

struct str
path_page(struct arena *a, const struct page *p)
{
	return path_of(a, page_folder[p->kind], p->id);
}

struct str
path_month(struct arena *a, int year, int month)
{
	return str_format(a, "events/%04d-%02d.html", year, month);
}

/* "x.html" without its ending. */
static struct str
stem(struct str path)
{
	struct str ending = STR(".html");

	return str_ends(path, ending) ? str_slice(path, 0, path.n - ending.n)
				      : path;
}

struct str
path_nth(struct arena *a, struct str path, int n)
{
	if (n == 1)
		return path;
	return str_format(a, "%.*s.%d.html", STR_ARG(stem(path)), n);
}

struct str
path_ics(struct arena *a, struct str path)
{
	return str_format(a, "%.*s.ics", STR_ARG(stem(path)));
}

struct str
path_group_ics(struct arena *a, const struct program *p, const struct group *g)
{
	return str_format(a, "programs/%.*s.%.*s.ics", STR_ARG(p->id),
	    STR_ARG(g->id));
}

/* Cuts base_url into "https://host:port" and "/path" without a last "/". */
static void
cut_base(const struct site *s, struct str *origin, struct str *path)
{
	struct str url = s->settings.base_url;
	ptrdiff_t host = str_find(url, STR("://"));
	struct str rest =
	    str_slice(url, host == -1 ? 0 : (size_t)host + 3, url.n);
	ptrdiff_t slash = str_find_char(rest, '/');

	*origin = url;
	*path = STR("");
	if (slash == -1)
		return;
	*path = str_slice(rest, (size_t)slash, rest.n);
	*origin = str_slice(url, 0, url.n - path->n);
	while (str_ends(*path, STR("/")))
		path->n--;
}

struct str
url_of(struct arena *a, const struct site *s, struct str path)
{
	struct buf b = { 0 };
	struct str origin, base, index = STR("index.html"), out;

	cut_base(s, &origin, &base);
	escape_url(&b, base);
	buf_char(&b, '/');
	if (str_eq(path, index) || str_ends(path, STR("/index.html")))
		path.n -= index.n;
	else if (s->settings.clean_urls)
		path = stem(path);
	escape_url(&b, path);
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

struct str
url_absolute(struct arena *a, const struct site *s, struct str url)
{
	struct str origin, base;

	cut_base(s, &origin, &base);
	return str_join(a, 2, (struct str[]){ origin, url });
}

struct str
url_full(struct arena *a, const struct site *s, struct str path)
{
	return url_absolute(a, s, url_of(a, s, path));
}

struct str
url_program(struct arena *a, const struct site *s, const struct program *p)
{
	return url_of(a, s, path_program(a, p));
}

struct str
url_direction(struct arena *a, const struct site *s, const struct direction *d)
{
	return url_of(a, s, path_direction(a, d));
}

struct str
url_municipality(struct arena *a, const struct site *s,
    const struct municipality *m)
{
	return url_of(a, s, path_municipality(a, m));
}

struct str
url_organization(struct arena *a, const struct site *s,
    const struct organization *o)
{
	return url_of(a, s, path_organization(a, o));
}

struct str
url_event(struct arena *a, const struct site *s, const struct event *e)
{
	return url_of(a, s, path_event(a, e));
}

struct str
url_page(struct arena *a, const struct site *s, const struct page *p)
{
	return url_of(a, s, path_page(a, p));
}

struct str
url_month(struct arena *a, const struct site *s, int year, int month)
{
	return url_of(a, s, path_month(a, year, month));
}

static int
month_number(struct date d)
{
	return d.year * MONTHS + d.month - 1;
}

void
url_months(const struct site *s, int *first, int *last)
{
	*first = *last = month_number(s->today);
	for (size_t i = 0; i < s->events.n; i++) {
		const struct event *e = &s->events.at[i];
		int from = month_number(e->starts.date);
		int to = from;

		if (e->ends.given)
			to = month_number(e->ends.date);
		if (e->repeat.every != EVERY_NONE && e->repeat.until.year != 0)
			to = month_number(e->repeat.until);
		if (from < *first)
			*first = from;
		if (to > *last)
			*last = to;
	}
}

/* The file name's stem as a month's number; -1: it is none. */
static int
month_of(struct str id)
{
	int n[6] = { 0 };
	size_t k = 0;

	if (id.n != sizeof("2026-12") - 1 || id.p[4] != '-')
		return -1;
	for (size_t i = 0; i < id.n; i++) {
		if (i == 4)
			continue;
		if (id.p[i] < '0' || id.p[i] > '9')
			return -1;
		n[k++] = id.p[i] - '0';
	}
	return (((n[0] * 10 + n[1]) * 10 + n[2]) * 10 + n[3]) * MONTHS +
	       n[4] * 10 + n[5] - 1;
}

static bool
has_id(const struct site *s, enum url_kind kind, struct str id)
{
	int first, last, month;

	switch (kind) {
	case URL_PROGRAM:
		return site_program(s, id) != NULL;
	case URL_DIRECTION:
		return site_direction(s, id) != NULL;
	case URL_MUNICIPALITY:
		return site_municipality(s, id) != NULL;
	case URL_ORGANIZATION:
		return site_organization(s, id) != NULL;
	case URL_EVENT:
		if (site_event(s, id) != NULL)
			return true;
		if ((month = month_of(id)) == -1)
			return false;
		url_months(s, &first, &last);
		return month >= first && month <= last;
	case URL_HELP:
		return site_page(s, PAGE_HELP, id) != NULL;
	case URL_NEWS:
		return site_page(s, PAGE_NEWS, id) != NULL;
	case URL_LEGAL:
		return site_page(s, PAGE_LEGAL, id) != NULL;
	case URL_KINDS:
		break;
	}
	return false;
}

/* Pages and files of no thing; "x/" stands for its index.html. */
static const struct str fixed[] = {
	STR_INIT(""),
	STR_INIT("programs/"),
	STR_INIT("directions/"),
	STR_INIT("municipalities/"),
	STR_INIT("organizations/"),
	STR_INIT("events/"),
	STR_INIT("help/"),
	STR_INIT("news/"),
	STR_INIT("legal/"),
	STR_INIT("events/all.ics"),
	STR_INIT("feed.xml"),
	STR_INIT("sitemap.xml"),
	STR_INIT("data/programs.json"),
	STR_INIT("data/events.json"),
	STR_INIT("support"),
};

/* The daemon's. */
static const struct str routes[] = {
	STR_INIT("account/"),
	STR_INIT("my/"),
	STR_INIT("org/"),
	STR_INIT("operator/"),
};

/* "programs/x.html" into kind, "x" and ".html"; false: no file of a thing. */
static bool
cut_path(struct str path, enum url_kind *kind, struct str *id,
    struct str *ending)
{
	struct str folder, file, rest;

	if (!str_cut(path, '/', &folder, &file))
		return false;
	*ending = str_ends(file, STR(".ics")) ? STR(".ics") : STR(".html");
	if (!str_ends(file, *ending) || file.n == ending->n ||
	    str_cut(file, '/', id, &rest))
		return false;
	*id = str_slice(file, 0, file.n - ending->n);
	for (*kind = 0; *kind < URL_KINDS; (*kind)++)
		if (str_eq(folder, folders[*kind]))
			return true;
	return false;
}

/* "x.a": the lessons of a group. */
static bool
has_group_calendar(const struct site *s, struct str name)
{
	struct str id, group;
	const struct program *p;

	if (!str_cut(name, '.', &id, &group) ||
	    (p = site_program(s, id)) == NULL)
		return false;
	for (size_t i = 0; i < p->groups.n; i++)
		if (str_eq(p->groups.at[i].id, group))
			return p->groups.at[i].schedule.n > 0;
	return false;
}

static bool
has_calendar(const struct site *s, enum url_kind kind, struct str id)
{
	if (kind == URL_PROGRAM)
		return has_group_calendar(s, id);
	if (kind == URL_EVENT)
		return site_event(s, id) != NULL;
	return kind <= URL_ORGANIZATION && has_id(s, kind, id);
}

bool
url_leads(const struct site *s, struct str path)
{
	struct str index = STR("index.html"), id, ending;
	enum url_kind kind;

	if (!str_starts(path, STR("/")))
		return false;
	path = str_slice(path, 1, path.n);
	if (str_eq(path, index) || str_ends(path, STR("/index.html")))
		path.n -= index.n;
	for (size_t i = 0; i < sizeof(fixed) / sizeof(fixed[0]); i++)
		if (str_eq(path, fixed[i]))
			return true;
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (str_starts(path, routes[i]))
			return true;
	if (map_get(&s->media, path) != NULL)
		return true;
	if (!cut_path(path, &kind, &id, &ending))
		return false;
	return str_eq(ending, STR(".ics")) ? has_calendar(s, kind, id)
					   : has_id(s, kind, id);
}

static const struct map *
ids_of(const struct site *s, enum url_kind kind)
{
	switch (kind) {
	case URL_PROGRAM:
		return &s->program_by_id;
	case URL_DIRECTION:
		return &s->direction_by_id;
	case URL_MUNICIPALITY:
		return &s->municipality_by_id;
	case URL_ORGANIZATION:
		return &s->organization_by_id;
	case URL_EVENT:
		return &s->event_by_id;
	case URL_HELP:
		return &s->page_by_id[PAGE_HELP];
	case URL_NEWS:
		return &s->page_by_id[PAGE_NEWS];
	case URL_LEGAL:
	case URL_KINDS:
		break;
	}
	return &s->page_by_id[PAGE_LEGAL];
}

struct str
url_nearest(struct arena *a, const struct site *s, struct str path)
{
	enum url_kind kind;
	struct str id, ending, near, *names;
	const struct map *ids;

	if (!cut_path(str_slice(path, 1, path.n), &kind, &id, &ending))
		return STR("");
	ids = ids_of(s, kind);
	names = arena_alloc(a, sizeof(*names), ids->n + 1);
	for (size_t i = 0; i < ids->n; i++)
		names[i] = ids->at[i].key;
	near = diag_nearest(id, names, ids->n);
	if (near.n == 0 ||
	    (str_eq(ending, STR(".ics")) && !has_calendar(s, kind, near)))
		return STR("");
	return str_format(a, "/%.*s/%.*s%.*s", STR_ARG(folders[kind]),
	    STR_ARG(near), STR_ARG(ending));
}
