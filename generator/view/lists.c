#include <stdlib.h>

#include "base/arena.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

/* Lists by title (of events by start), then by id. */

static int
by_title(struct str title_a, struct str id_a, struct str title_b,
    struct str id_b)
{
	int c = str_cmp(title_a, title_b);

	return c != 0 ? c : str_cmp(id_a, id_b);
}

/* A program and where it stands: what one can apply for comes first. */
struct ranked {
	const struct program *program;
	enum door rank;
};

static int
program_order(const void *pa, const void *pb)
{
	const struct ranked *a = pa, *b = pb;

	if (a->rank != b->rank)
		return a->rank < b->rank ? -1 : 1;
	return by_title(a->program->title, a->program->id, b->program->title,
	    b->program->id);
}

/* Free places do not count: they change with every build. */
static enum door
program_rank(const struct site *site, const struct program *p)
{
	enum door best = DOOR_OVER;

	for (size_t i = 0; i < p->groups.n; i++) {
		enum door d = group_door(site, &p->groups.at[i]);

		if (d <= DOOR_FULL)
			return DOOR_OPEN;
		best = d < best ? d : best;
	}
	return best == DOOR_SOON ? DOOR_SOON : DOOR_OVER;
}

static int
organization_order(const void *pa, const void *pb)
{
	const struct organization *a = *(const struct organization *const *)pa;
	const struct organization *b = *(const struct organization *const *)pb;

	return by_title(a->title, a->id, b->title, b->id);
}

static int
event_order(const void *pa, const void *pb)
{
	const struct event *a = *(const struct event *const *)pa;
	const struct event *b = *(const struct event *const *)pb;

	if (a->starts.at != b->starts.at)
		return a->starts.at < b->starts.at ? -1 : 1;
	return by_title(a->title, a->id, b->title, b->id);
}

static int
text_order(const void *pa, const void *pb)
{
	const struct page *a = *(const struct page *const *)pa;
	const struct page *b = *(const struct page *const *)pb;

	if (a->kind == PAGE_NEWS && date_cmp(a->date, b->date) != 0)
		return date_cmp(b->date, a->date);
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return by_title(a->title, a->id, b->title, b->id);
}

static int
occasion_order(const void *pa, const void *pb)
{
	const struct occasion *a = pa, *b = pb;
	int c = date_cmp(a->first, b->first);

	if (c != 0)
		return c;
	/* Whole days come first, as their moment is the day's start. */
	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return by_title(a->event->title, a->event->id, b->event->title,
	    b->event->id);
}

void
occasions_sort(struct occasions *o)
{
	if (o->all.n > 1)
		qsort(o->all.at, o->all.n, sizeof(*o->all.at), occasion_order);
}

static int
town_order(const void *pa, const void *pb)
{
	const struct municipality *a = *(const struct municipality *const *)pa;
	const struct municipality *b = *(const struct municipality *const *)pb;

	return by_title(say_town(a), a->id, say_town(b), b->id);
}

static void
list_towns(const struct site *site, struct arena *a, struct view_shared *s)
{
	for (size_t i = 0; i < site->municipalities.n; i++)
		*VEC_PUSH(a, &s->towns) = &site->municipalities.at[i];
	if (s->towns.n > 1)
		qsort(s->towns.at, s->towns.n, sizeof(*s->towns.at),
		    town_order);
}

static void
list_programs(const struct site *site, struct arena *a, struct view_shared *s)
{
	struct programs *all = &s->programs;

	struct ranked *order = arena_alloc(a, sizeof(*order), site->programs.n);

	for (size_t i = 0; i < site->programs.n; i++) {
		const struct program *p = &site->programs.at[i];

		order[i] = (struct ranked){ p, program_rank(site, p) };
	}
	if (site->programs.n > 1)
		qsort(order, site->programs.n, sizeof(*order), program_order);
	for (size_t i = 0; i < site->programs.n; i++)
		*VEC_PUSH(a, &all->all) = order[i].program;
	s->by_direction =
	    arena_alloc(a, sizeof(*all), site->settings.directions.n);
	s->by_municipality =
	    arena_alloc(a, sizeof(*all), site->municipalities.n);
	s->by_organization =
	    arena_alloc(a, sizeof(*all), site->organizations.n);
	for (size_t i = 0; i < all->all.n; i++) {
		const struct program *p = all->all.at[i];

		*VEC_PUSH(a, &s->by_direction[p->direction -
					      site->settings.directions.at]
				  .all) = p;
		*VEC_PUSH(a, &s->by_municipality[p->municipality -
						 site->municipalities.at]
				  .all) = p;
		*VEC_PUSH(a, &s->by_organization[p->organization -
						 site->organizations.at]
				  .all) = p;
	}
}

static void
list_organizations(const struct site *site, struct arena *a,
    struct view_shared *s)
{
	struct organizations *all = &s->organizations;

	for (size_t i = 0; i < site->organizations.n; i++)
		*VEC_PUSH(a, &all->all) = &site->organizations.at[i];
	if (all->all.n > 1)
		qsort(all->all.at, all->all.n, sizeof(*all->all.at),
		    organization_order);
	s->organizations_in =
	    arena_alloc(a, sizeof(*all), site->municipalities.n);
	for (size_t i = 0; i < all->all.n; i++) {
		const struct organization *o = all->all.at[i];

		*VEC_PUSH(a, &s->organizations_in[o->municipality -
						  site->municipalities.at]
				  .all) = o;
	}
}

static void
list_events(const struct site *site, struct arena *a, struct view_shared *s)
{
	struct events *all = &s->events;

	for (size_t i = 0; i < site->events.n; i++)
		*VEC_PUSH(a, &all->all) = &site->events.at[i];
	if (all->all.n > 1)
		qsort(all->all.at, all->all.n, sizeof(*all->all.at),
		    event_order);
	s->events_direction =
	    arena_alloc(a, sizeof(*all), site->settings.directions.n);
	s->events_municipality =
	    arena_alloc(a, sizeof(*all), site->municipalities.n);
	s->events_organization =
	    arena_alloc(a, sizeof(*all), site->organizations.n);
	for (size_t i = 0; i < all->all.n; i++) {
		const struct event *e = all->all.at[i];

		if (e->direction != NULL)
			*VEC_PUSH(a,
			    &s->events_direction[e->direction -
						 site->settings.directions.at]
				 .all) = e;
		if (e->municipality != NULL)
			*VEC_PUSH(a,
			    &s->events_municipality[e->municipality -
						    site->municipalities.at]
				 .all) = e;
		if (e->organization != NULL)
			*VEC_PUSH(a,
			    &s->events_organization[e->organization -
						    site->organizations.at]
				 .all) = e;
	}
}

static void
list_texts(const struct site *site, struct arena *a, struct view_shared *s)
{
	for (size_t i = 0; i < site->pages.n; i++) {
		const struct page *p = &site->pages.at[i];

		*VEC_PUSH(a, &s->texts[p->kind].all) = p;
	}
	for (size_t k = 0; k <= PAGE_LEGAL; k++)
		if (s->texts[k].all.n > 1)
			qsort(s->texts[k].all.at, s->texts[k].all.n,
			    sizeof(*s->texts[k].all.at), text_order);
}

/* Months counted from year 0, and back. */
static int
month_number(struct date d)
{
	return d.year * 12 + d.month - 1;
}

static struct month
month_of(int number)
{
	struct month m = { .year = number / 12, .month = number % 12 + 1 };

	m.first = (struct date){ m.year, m.month, 1 };
	m.last = (struct date){ m.year, m.month,
		date_days_in_month(m.year, m.month) };
	return m;
}

/* The months that have a page: from the first occasion to the last. */
static void
list_months(const struct site *site, struct arena *a, struct view_shared *s,
    const struct occasions *all)
{
	int low, high, now = month_number(site->today);

	url_months(site, &low, &high);
	low = now < low ? now : low;
	high = now > high ? now : high;
	for (size_t i = 0; i < all->all.n; i++) {
		int first = month_number(all->all.at[i].first);
		int last = month_number(all->all.at[i].last);

		low = first < low ? first : low;
		high = last > high ? last : high;
	}
	for (int m = low; m <= high; m++)
		*VEC_PUSH(a, &s->months) = month_of(m);
	s->month_now = (size_t)(now - low);
	for (size_t i = 0; i < all->all.n; i++)
		for (int m = month_number(all->all.at[i].first);
		     m <= month_number(all->all.at[i].last); m++)
			*VEC_PUSH(a, &s->months.at[m - low].occasions.all) =
			    all->all.at[i];
}

static void
list_occasions(const struct site *site, struct arena *a, struct view_shared *s)
{
	struct date horizon = date_plus(site->today, AHEAD_DAYS);
	struct occasions all = { 0 };

	for (size_t i = 0; i < site->events.n; i++) {
		const struct event *e = &site->events.at[i];
		struct date to = horizon;

		if (e->repeat.every == EVERY_NONE)
			to = date_later(e->starts.date, e->ends.date);
		else if (e->repeat.until.year != 0)
			to = e->repeat.until;
		repeat_expand(a, e, e->starts.date, to, &all);
	}
	occasions_sort(&all);
	for (size_t i = 0; i < all.all.n; i++)
		if (date_cmp(all.all.at[i].last, site->today) >= 0)
			*VEC_PUSH(a, &s->ahead.all) = all.all.at[i];
	list_months(site, a, s, &all);
}

void
lists_make(const struct site *site, struct arena *a, struct view_shared *s)
{
	list_towns(site, a, s);
	list_programs(site, a, s);
	list_organizations(site, a, s);
	list_events(site, a, s);
	list_texts(site, a, s);
	list_occasions(site, a, s);
}
