#include "generator/write/catalog_rows.h"

#include <stdlib.h>

#include "base/json.h"
#include "base/theme.h"
#include "generator/model/site.h"
#include "generator/view/shared.h"
#include "generator/view/view.h"
#include "generator/write/assets.h"
#include "generator/write/catalog_put.h"

struct rows {
	struct catalog_put put;
	const struct view *view;
	const struct site *site;
	struct arena *arena;  /* as long as the rows */
	struct arena scratch; /* one thing's */
};

#define put(r, t, ...) \
	catalog_put(&(r)->put, CATALOG_##t, \
	    (struct db_value[]){ __VA_ARGS__ }, \
	    sizeof((struct db_value[]){ __VA_ARGS__ }) / \
		sizeof(struct db_value))

static struct db_value
word(const char *s)
{
	return db_text(str_from(s));
}

static struct db_value
given(int64_t n)
{
	return n == NOT_GIVEN ? db_null() : db_int(n);
}

static struct db_value
moment(int64_t t)
{
	return t == 0 ? db_null() : db_int(t);
}

static struct str
iso(struct rows *r, struct date d)
{
	return str_format(&r->scratch, "%04d-%02d-%02d", d.year, d.month,
	    d.day);
}

static struct db_value
day(struct rows *r, struct date d)
{
	return d.year == 0 ? db_null() : db_text(iso(r, d));
}

/* Pointers to the elements of a list, by id. */
static int
by_id(const void *x, const void *y)
{
	const struct str *const *a = x, *const *b = y;

	return str_cmp(**a, **b);
}

/* The id is the first member of everything that is sorted here. */
static void *
sorted(struct arena *a, const void *at, size_t n, size_t size)
{
	const void **out = arena_alloc(a, sizeof(*out), n + 1);

	for (size_t i = 0; i < n; i++)
		out[i] = (const char *)at + i * size;
	if (n > 1)
		qsort(out, n, sizeof(*out), by_id);
	return out;
}

#define SORTED(r, v) sorted((r)->arena, (v).at, (v).n, sizeof(*(v).at))

static void
put_setting(struct rows *r, const char *name, struct str value)
{
	put(r, SETTING, word(name), db_text(value));
}

static void
put_settings(struct rows *r)
{
	const struct settings *s = &r->site->settings;
	struct arena *a = &r->scratch;

	put_setting(r, "ages_max",
	    str_format(a, "%d", s->certificate_ages.max));
	put_setting(r, "ages_min",
	    str_format(a, "%d", s->certificate_ages.min));
	put_setting(r, "base_url", s->base_url);
	put_setting(r, "clean_urls", s->clean_urls ? STR("1") : STR("0"));
	put_setting(r, "contact_email", s->contact.email);
	put_setting(r, "contact_hours", s->contact_hours);
	put_setting(r, "contact_phone", s->contact.phone);
	put_setting(r, "hold_on",
	    s->hold_on_approval ? STR("approval") : STR("contract"));
	put_setting(r, "language", s->language);
	put_setting(r, "short_title", s->short_title);
	put_setting(r, "theme_hash", r->view->theme->hash);
	put_setting(r, "timezone", s->timezone);
	put_setting(r, "title", s->title);
	put_setting(r, "unit", s->certificate_unit);
	put_setting(r, "year_ends",
	    str_format(a, "%02d-%02d", s->year_end_month, s->year_end_day));
	put_setting(r, "year_starts",
	    str_format(a, "%02d-%02d", s->year_start_month, s->year_start_day));
}

static void
put_look(struct rows *r, const struct assets *as)
{
	struct view_links links = { 0 };

	for (size_t i = 0; i < as->all.n; i++) {
		const struct asset *f = &as->all.at[i];

		if (str_starts(f->path, STR("assets/")))
			put(r, ASSET, db_text(f->name), db_text(f->url));
	}
	view_links(r->view, r->arena, &links);
	for (size_t i = 0; i < links.all.n; i++) {
		const struct view_link *l = &links.all.at[i];

		put(r, NAVIGATION, db_int((int64_t)i + 1), db_text(l->place),
		    db_text(l->title), db_text(l->url));
	}
}

static int
by_year(const void *x, const void *y)
{
	const struct nominal *a = x, *b = y;

	return a->year < b->year ? -1 : a->year > b->year;
}

static void
put_municipality(struct rows *r, const struct municipality *m)
{
	put(r, MUNICIPALITY, db_text(m->id), db_text(m->title),
	    db_text(m->title_in));
	size_t n = m->nominals.n;
	struct nominal *list = arena_alloc(&r->scratch, sizeof(*list), n + 1);
	for (size_t i = 0; i < n; i++)
		list[i] = m->nominals.at[i];
	if (n > 1)
		qsort(list, n, sizeof(*list), by_year);
	for (size_t i = 0; i < n; i++)
		put(r, NOMINAL, db_text(m->id), db_int(list[i].year),
		    db_int(list[i].amount));
}

static void
put_organization(struct rows *r, const struct organization *o)
{
	put(r, ORGANIZATION, db_text(o->id), db_text(o->title),
	    db_text(o->short_title.n > 0 ? o->short_title : o->title),
	    db_text(o->municipality->id), db_int(o->verified),
	    db_text(o->address), db_text(o->phone), db_text(o->email));
}

static struct str
documents(struct rows *r, const struct program *p)
{
	struct buf b = { 0 };
	struct json j = { .out = &b };

	json_open(&j, '[');
	for (size_t i = 0; i < p->documents.items.n; i++)
		json_str(&j, p->documents.items.at[i]);
	json_close(&j, ']');
	struct str out = str_dup(&r->scratch, buf_view(&b));
	buf_free(&b);
	return out;
}

/* 2026 for the year that begins in autumn 2026. */
static struct db_value
school_year(const struct site *s, struct date from)
{
	const struct settings *x = &s->settings;
	struct date start = { from.year, x->year_start_month,
		x->year_start_day };

	if (from.year == 0)
		return db_null();
	return db_int(from.year - (date_cmp(from, start) < 0));
}

static void
put_lesson(struct rows *r, const struct program *p, const struct group *g,
    size_t at)
{
	static const char *const weeks[] = {
		[WEEKS_ALL] = "all",
		[WEEKS_ODD] = "odd",
		[WEEKS_EVEN] = "even",
	};
	const struct lesson *l = &g->schedule.at[at];
	unsigned days = l->days;

	/* A day that is written twice is one lesson. */
	for (size_t i = 0; i < at; i++) {
		const struct lesson *o = &g->schedule.at[i];

		if (o->from == l->from && o->weeks == l->weeks)
			days &= ~o->days;
	}
	for (int weekday = 0; weekday < 7; weekday++)
		if (days & 1u << weekday)
			put(r, LESSON, db_text(p->id), db_text(g->id),
			    db_int(weekday), db_int(l->from), db_int(l->to),
			    word(weeks[l->weeks]));
}

static void
put_group(struct rows *r, const struct program *p, size_t at)
{
	const struct group *g = &p->groups.at[at];
	struct arena *a = &r->scratch;
	int min = g->age.min == NOT_GIVEN ? p->age.min : g->age.min;
	int max = g->age.max == NOT_GIVEN ? p->age.max : g->age.max;

	put(r, GROUP, db_text(p->id), db_text(g->id), db_text(g->title),
	    db_int((int64_t)at + 1), given(min), given(max), given(g->seats),
	    given(g->waiting), db_text(g->teacher),
	    db_text(say_place(a, &g->place)), day(r, g->from), day(r, g->to),
	    school_year(r->site, g->from), moment(g->opens), moment(g->closes),
	    db_text(say_schedule(r->view, a, g)));
	for (size_t i = 0; i < g->schedule.n; i++)
		put_lesson(r, p, g, i);
}

static void
put_program(struct rows *r, const struct program *p)
{
	static const char *const per[] = {
		[PER_MONTH] = "month",
		[PER_COURSE] = "course",
		[PER_LESSON] = "lesson",
	};

	put(r, PROGRAM, db_text(p->id), db_text(p->title),
	    db_text(p->organization->id), db_text(p->municipality->id),
	    db_text(p->direction->id), db_int(!!(p->funding & FUNDING_BUDGET)),
	    db_int(!!(p->funding & FUNDING_CERTIFICATE)),
	    db_int(!!(p->funding & FUNDING_PAID)), given(p->price),
	    word(per[p->price_per]), given(p->certificate_cost),
	    db_int(p->entrance_test), db_text(documents(r, p)));
	for (size_t i = 0; i < p->groups.n; i++)
		put_group(r, p, i);
}

static void
put_event(struct rows *r, const struct event *e)
{
	static const char *const kinds[EVENT_KINDS] = {
		[EVENT_CONTEST] = "contest",
		[EVENT_OLYMPIAD] = "olympiad",
		[EVENT_EXHIBITION] = "exhibition",
		[EVENT_CONFERENCE] = "conference",
		[EVENT_WORKSHOP] = "workshop",
		[EVENT_TRAINING] = "training",
		[EVENT_CAMPAIGN] = "campaign",
		[EVENT_CONCERT] = "concert",
		[EVENT_FESTIVAL] = "festival",
		[EVENT_CAREER] = "career",
		[EVENT_OTHER] = "other",
	};
	static const char *const statuses[] = {
		[STATUS_SCHEDULED] = "scheduled",
		[STATUS_POSTPONED] = "postponed",
		[STATUS_CANCELLED] = "cancelled",
	};
	const struct sign_up *s = &e->sign_up;
	struct db_value organization = db_null(), municipality = db_null();

	if (e->organization != NULL)
		organization = db_text(e->organization->id);
	if (e->municipality != NULL)
		municipality = db_text(e->municipality->id);
	put(r, EVENT, db_text(e->id), db_text(e->title), word(kinds[e->kind]),
	    organization, municipality, given(e->age.min), given(e->age.max),
	    db_int(e->starts.at),
	    e->ends.given ? db_int(e->ends.at) : db_null(),
	    db_int(e->starts.whole_day),
	    db_text(say_place(&r->scratch, &e->place)),
	    word(statuses[e->status]), db_int(s->given), moment(s->opens),
	    moment(s->closes), s->given ? given(s->seats) : db_null(),
	    db_int(s->given && s->auto_approve));
	for (size_t i = 0; i < e->categories.n; i++) {
		const struct category *c = &e->categories.at[i];

		put(r, CATEGORY, db_text(e->id), db_text(c->id),
		    db_text(c->title), db_int((int64_t)i + 1),
		    given(c->age.min), given(c->age.max), given(c->seats),
		    given(c->price));
	}
}

static int
by_page_id(const void *x, const void *y)
{
	const struct page *const *a = x, *const *b = y;

	return str_cmp((*a)->id, (*b)->id);
}

static void
put_legal(struct rows *r, const struct page *p)
{
	static const char *const consents[] = {
		[CONSENT_NONE] = "none",
		[CONSENT_REQUIRED] = "required",
		[CONSENT_OPTIONAL] = "optional",
	};

	put(r, LEGAL, db_text(p->id), db_text(p->title), db_text(p->version),
	    db_text(p->hash), word(consents[p->consent]), db_int(p->order));
}

static void
put_legals(struct rows *r)
{
	const struct site *s = r->site;
	const struct page **list =
	    arena_alloc(r->arena, sizeof(*list), s->pages.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s->pages.n; i++)
		if (s->pages.at[i].kind == PAGE_LEGAL)
			list[n++] = &s->pages.at[i];
	if (n > 1)
		qsort(list, n, sizeof(*list), by_page_id);
	for (size_t i = 0; i < n; i++)
		put_legal(r, list[i]);
}

static void
put_aliases(struct rows *r, const char *kind, const struct str_list *old,
    struct str id)
{
	for (size_t i = 0; i < old->items.n; i++)
		put(r, ALIAS, word(kind), db_text(old->items.at[i]),
		    db_text(id));
}

static struct str
group_path(struct rows *r, const struct program *p, struct str group)
{
	return str_format(&r->scratch, "%.*s/%.*s", STR_ARG(p->id),
	    STR_ARG(group));
}

static void
put_program_aliases(struct rows *r, const struct program *p)
{
	put_aliases(r, "program", &p->aliases, p->id);
	for (size_t i = 0; i < p->groups.n; i++) {
		const struct group *g = &p->groups.at[i];

		for (size_t k = 0; k < g->aliases.items.n; k++)
			put(r, ALIAS, word("group"),
			    db_text(group_path(r, p, g->aliases.items.at[k])),
			    db_text(group_path(r, p, g->id)));
	}
}

static void
put_holidays(struct rows *r)
{
	for (size_t i = 0; i < r->site->holidays.n; i++) {
		const struct holiday *h = &r->site->holidays.at[i];

		put(r, HOLIDAY, day(r, h->date), db_int(h->working));
	}
}

static void
put_all(struct rows *r)
{
	const struct site *s = r->site;
	struct municipality **m = SORTED(r, s->municipalities);
	struct organization **o = SORTED(r, s->organizations);
	struct program **p = SORTED(r, s->programs);
	struct event **e = SORTED(r, s->events);

	put_settings(r);
	for (size_t i = 0; i < s->municipalities.n; i++)
		put_municipality(r, m[i]);
	for (size_t i = 0; i < s->organizations.n; i++)
		put_organization(r, o[i]);
	for (size_t i = 0; i < s->programs.n; i++) {
		put_program(r, p[i]);
		arena_reset(&r->scratch);
	}
	for (size_t i = 0; i < s->events.n; i++) {
		put_event(r, e[i]);
		arena_reset(&r->scratch);
	}
	put_legals(r);
	for (size_t i = 0; i < s->events.n; i++)
		put_aliases(r, "event", &e[i]->aliases, e[i]->id);
	for (size_t i = 0; i < s->organizations.n; i++)
		put_aliases(r, "organization", &o[i]->aliases, o[i]->id);
	for (size_t i = 0; i < s->programs.n; i++)
		put_program_aliases(r, p[i]);
	put_holidays(r);
}

int
catalog_rows(struct db *db, const struct view *v, const struct assets *as,
    struct arena *a, struct str *hash)
{
	struct rows r = { .view = v, .site = v->site, .arena = a };

	if (catalog_put_open(&r.put, db) == -1)
		return -1;
	put_look(&r, as);
	put_all(&r);
	*hash = catalog_put_hash(&r.put, a);
	catalog_put_close(&r.put);
	arena_free(&r.scratch);
	return r.put.failed ? -1 : 0;
}
