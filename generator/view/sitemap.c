#include "base/arena.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

/*
 * What robots and hosts read beside the pages: sitemap, robots.txt, and the
 * _headers and _redirects that static hosts take.
 */

enum { SITEMAP_URLS = 45000, INDEXES = 9 };

/* A date only where the content gives one. */
struct address {
	struct str path;
	struct date updated;
};

/* Whether the n-th is one of these; else n is counted on behind them. */
static bool
within(size_t *n, size_t count)
{
	if (*n < count)
		return true;
	*n -= count;
	return false;
}

static struct str
nth_index(size_t n)
{
	const struct str all[INDEXES] = { PATH_HOME, PATH_PROGRAMS,
		PATH_DIRECTIONS, PATH_MUNICIPALITIES, PATH_ORGANIZATIONS,
		PATH_EVENTS, PATH_HELP, PATH_NEWS, PATH_LEGAL };

	return all[n];
}

static size_t
count_all(const struct view *v)
{
	const struct site *s = v->site;

	return INDEXES + s->programs.n + s->events.n + s->organizations.n +
	       s->municipalities.n + s->settings.directions.n + s->pages.n +
	       v->shared->months.n;
}

static struct address
nth(const struct view *v, struct arena *a, size_t n)
{
	const struct site *s = v->site;
	const struct date never = { 0 };

	if (within(&n, INDEXES))
		return (struct address){ nth_index(n), never };
	if (within(&n, s->programs.n))
		return (struct address){ path_program(a, &s->programs.at[n]),
			s->programs.at[n].updated };
	if (within(&n, s->events.n))
		return (struct address){ path_event(a, &s->events.at[n]),
			s->events.at[n].updated };
	if (within(&n, s->organizations.n))
		return (struct address){ path_organization(a,
					     &s->organizations.at[n]),
			s->organizations.at[n].updated };
	if (within(&n, s->municipalities.n))
		return (struct address){
			path_municipality(a, &s->municipalities.at[n]), never
		};
	if (within(&n, s->settings.directions.n))
		return (struct address){
			path_direction(a, &s->settings.directions.at[n]), never
		};
	if (within(&n, s->pages.n))
		return (struct address){ path_page(a, &s->pages.at[n]),
			s->pages.at[n].updated };
	const struct month *m = &v->shared->months.at[n];
	return (struct address){ path_month(a, m->year, m->month), never };
}

int
sitemap_files(const struct view *v)
{
	return (int)((count_all(v) + SITEMAP_URLS - 1) / SITEMAP_URLS);
}

static void
add(const struct view *v, struct arena *a, struct value *list,
    struct address at)
{
	struct value *m = value_map(a);
	struct date d = at.updated;

	value_set_text(a, m, "url", url_full(a, v->site, at.path));
	if (d.year != 0)
		value_set_text(a, m, "updated",
		    str_format(a, "%04d-%02d-%02d", d.year, d.month, d.day));
	value_add(a, list, m);
}

/* The addresses of one file, and the latest date among them. */
static struct date
add_part(const struct view *v, struct arena *a, struct value *list, int part)
{
	size_t from = (size_t)part * SITEMAP_URLS, to = count_all(v);
	struct date latest = { 0 };

	if (to > from + SITEMAP_URLS)
		to = from + SITEMAP_URLS;
	for (size_t i = from; i < to; i++) {
		struct address at = nth(v, a, i);

		latest = date_later(latest, at.updated);
		if (list != NULL)
			add(v, a, list, at);
	}
	return latest;
}

/* number 0: the only one, or the index of `count` parts; else a part. */
struct value *
sitemap_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	struct value *root = value_map(a), *list = value_list(a);

	if (p->number == 0 && p->count > 1) {
		for (int i = 1; i <= p->count; i++)
			add(v, a, list,
			    (struct address){
				str_format(a, "sitemap.%d.xml", i),
				add_part(v, a, NULL, i - 1) });
		value_set(a, root, STR("parts"), wrapped(a, list));
		return root;
	}
	add_part(v, a, list, p->number > 0 ? p->number - 1 : 0);
	value_set(a, root, STR("urls"), wrapped(a, list));
	return root;
}

struct value *
robots_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	struct value *root = value_map(a);

	(void)p;
	value_set_text(a, root, "sitemap", url_full(a, v->site, PATH_SITEMAP));
	value_set_text(a, root, "root", url_of(a, v->site, STR("")));
	value_set_text(a, root, "programs", url_of(a, v->site, PATH_PROGRAMS));
	return root;
}

struct value *
headers_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	struct value *root = value_map(a);

	(void)p;
	value_set_text(a, root, "root", url_of(a, v->site, STR("")));
	value_set_bool(a, root, "https",
	    str_starts(v->site->settings.base_url, STR("https:")));
	return root;
}

static void
redirect(const struct view *v, struct arena *a, struct value *list,
    enum url_kind kind, const struct str_list *old, struct str to)
{
	for (size_t i = 0; i < old->items.n; i++) {
		struct value *m = value_map(a);

		value_set_text(a, m, "from",
		    url_of(a, v->site, path_of(a, kind, old->items.at[i])));
		value_set_text(a, m, "to", to);
		value_add(a, list, m);
	}
}

struct value *
redirects_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	static const enum url_kind kind[] = { URL_HELP, URL_NEWS, URL_LEGAL };
	const struct site *s = v->site;
	struct value *root = value_map(a), *list = value_list(a);

	(void)p;
	for (size_t i = 0; i < s->programs.n; i++)
		redirect(v, a, list, URL_PROGRAM, &s->programs.at[i].aliases,
		    url_program(a, s, &s->programs.at[i]));
	for (size_t i = 0; i < s->organizations.n; i++)
		redirect(v, a, list, URL_ORGANIZATION,
		    &s->organizations.at[i].aliases,
		    url_organization(a, s, &s->organizations.at[i]));
	for (size_t i = 0; i < s->events.n; i++)
		redirect(v, a, list, URL_EVENT, &s->events.at[i].aliases,
		    url_event(a, s, &s->events.at[i]));
	for (size_t i = 0; i < s->pages.n; i++)
		redirect(v, a, list, kind[s->pages.at[i].kind],
		    &s->pages.at[i].aliases, url_page(a, s, &s->pages.at[i]));
	value_set(a, root, STR("redirects"), list);
	return root;
}
