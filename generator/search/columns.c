#include "generator/search/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/json.h"
#include "base/str.h"
#include "generator/model/site.h"
#include "generator/search/docs.h"

enum {
	NO_AGE = 255,
	NO_PRICE = -1,
	PRICES_MAX = 256,
	MINUTES_NOON = 12 * 60,
	MINUTES_EVENING = 17 * 60
};

static const struct program *
program(const struct columns *c, size_t i)
{
	return c->docs->at[i].subject;
}

static size_t
programs(const struct columns *c)
{
	return c->docs->of_kind[URL_PROGRAM];
}

/* The year in which the school year of a day began; 0: no day. */
static int
school_year(const struct site *s, struct date d)
{
	int start =
	    s->settings.year_start_month * 100 + s->settings.year_start_day;

	if (d.year == 0)
		return 0;
	return d.month * 100 + d.day >= start ? d.year : d.year - 1;
}

/* 0: nothing to pay. */
static int64_t
roubles(const struct program *p)
{
	if ((p->funding & FUNDING_BUDGET) != 0 || p->price == 0)
		return 0;
	return p->price < 0 ? NO_PRICE : (p->price + 99) / 100;
}

static int
by_amount(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;

	return *a < *b ? -1 : *a > *b;
}

/*
 * The distinct prices.  Where a byte cannot number them all, neighbours are
 * taken together and the higher one is said: never less than it costs.
 */
static void
make_prices(struct columns *c, struct arena *a)
{
	size_t n = programs(c), kept = 0;
	int64_t *all = arena_alloc(a, sizeof(*all), n + 1);

	for (size_t i = 0; i < n; i++)
		all[i] = roubles(program(c, i));
	if (n > 1)
		qsort(all, n, sizeof(*all), by_amount);
	for (size_t i = 0; i < n; i++)
		if (i + 1 == n || all[i] != all[i + 1])
			all[kept++] = all[i];
	size_t step = (kept + PRICES_MAX - 3) / (PRICES_MAX - 2);
	for (size_t i = 0; i < kept; i++)
		if (all[i] <= 0 || i + 1 == kept || i % step == 0)
			*VEC_PUSH(a, &c->prices) = all[i];
}

static int64_t
price_number(const struct columns *c, const struct program *p)
{
	int64_t n = 0, price = roubles(p);

	while (c->prices.at[n] < price)
		n++;
	return n;
}

static size_t
window_number(struct columns *c, struct arena *a, const struct group *g)
{
	struct window w = {
		.opens = g->opens,
		.closes = g->closes,
		.year = school_year(c->site, g->from),
	};
	struct str key;

	if (g->to.year != 0)
		w.over = date_start(date_from_days(date_to_days(g->to) + 1));
	if (g->from.year != 0)
		w.starts = date_start(g->from);
	key = str_format(a, "%lld %lld %lld %lld", (long long)w.opens,
	    (long long)w.closes, (long long)w.over, (long long)w.starts);
	size_t *n = map_get(&c->windows_by_key, key);
	if (n == NULL) {
		n = arena_alloc(a, sizeof(*n), 1);
		*n = c->windows.n;
		map_add(&c->windows_by_key, a, key, n);
		*VEC_PUSH(a, &c->windows) = w;
	}
	return *n;
}

void
columns_make(struct columns *c, struct arena *a, const struct site *s,
    const struct docs *d)
{
	size_t groups = 0, first = 0, n = 0;

	*c = (struct columns){ .site = s, .docs = d };
	make_prices(c, a);
	for (size_t i = 0; i < programs(c); i++)
		groups += program(c, i)->groups.n;
	c->window_of = arena_alloc(a, sizeof(*c->window_of), groups + 1);
	for (size_t i = 0; i < programs(c); i++)
		for (size_t k = 0; k < program(c, i)->groups.n; k++)
			c->window_of[n++] =
			    window_number(c, a, &program(c, i)->groups.at[k]);
	c->organization =
	    arena_alloc(a, sizeof(size_t), s->organizations.n + 1);
	while (first < d->n && d->at[first].kind != URL_ORGANIZATION)
		first++;
	for (size_t i = first; i < first + d->of_kind[URL_ORGANIZATION]; i++) {
		const struct organization *o = d->at[i].subject;

		c->organization[o - s->organizations.at] = i - first;
	}
}

static void
put_byte(struct buf *b, int64_t n)
{
	buf_char(b, (char)(n < 0 || n > 255 ? 255 : n));
}

static void
put_two(struct buf *b, int64_t n)
{
	int64_t v = n < 0 || n > 65535 ? 65535 : n;

	buf_char(b, (char)(v & 255));
	buf_char(b, (char)(v >> 8));
}

enum column {
	COLUMN_MUNICIPALITY,
	COLUMN_DIRECTION,
	COLUMN_YOUNGEST,
	COLUMN_OLDEST,
	COLUMN_KIND,
	COLUMN_PRICE,
	COLUMN_RATING,
	COLUMN_HEALTH,
	COLUMN_GROUPS,
	COLUMNS
};

static void
put_cell(struct buf *b, const struct columns *c, const struct program *p,
    enum column column)
{
	const struct site *s = c->site;

	switch (column) {
	case COLUMN_MUNICIPALITY:
		put_byte(b, p->municipality - s->municipalities.at);
		break;
	case COLUMN_DIRECTION:
		put_byte(b, p->direction - s->settings.directions.at);
		break;
	case COLUMN_YOUNGEST:
		put_byte(b, p->age.min);
		break;
	case COLUMN_OLDEST:
		put_byte(b, p->age.max);
		break;
	case COLUMN_KIND:
		put_byte(b, (int64_t)(p->funding | (unsigned)p->form << 3 |
				      (unsigned)p->level << 5));
		break;
	case COLUMN_PRICE:
		put_byte(b, price_number(c, p));
		break;
	case COLUMN_RATING:
		put_byte(b, p->rating_count > 0
				? p->rating_sum * 10 / p->rating_count
				: 0);
		break;
	case COLUMN_HEALTH:
		put_byte(b, p->health.items.n > 0);
		break;
	case COLUMN_GROUPS:
		put_byte(b, (int64_t)p->groups.n);
		break;
	case COLUMNS:
		break;
	}
}

enum part { PART_MORNING, PART_DAY, PART_EVENING, PARTS };

/* The days on which the group begins in that part of the day. */
static int
days_of(const struct group *g, enum part part)
{
	unsigned days = 0;

	for (size_t i = 0; i < g->schedule.n; i++) {
		const struct lesson *l = &g->schedule.at[i];
		enum part of = l->from < MINUTES_NOON      ? PART_MORNING
			       : l->from < MINUTES_EVENING ? PART_DAY
							   : PART_EVENING;

		if (of == part)
			days |= l->days;
	}
	return (int)days;
}

enum group_column {
	GROUP_YOUNGEST,
	GROUP_OLDEST,
	GROUP_WINDOW,
	GROUP_FREE,
	GROUP_COLUMNS
};

static void
put_group(struct buf *b, const struct columns *c, const struct program *p,
    const struct group *g, size_t number, enum group_column column)
{
	bool own = (g->age.min >= 0 || g->age.max >= 0) &&
		   (g->age.min != p->age.min || g->age.max != p->age.max);

	switch (column) {
	case GROUP_YOUNGEST:
		put_byte(b, !own ? NO_AGE : g->age.min < 0 ? 0 : g->age.min);
		break;
	case GROUP_OLDEST:
		put_byte(b, !own || g->age.max < 0 ? NO_AGE : g->age.max);
		break;
	case GROUP_WINDOW:
		put_two(b, (int64_t)c->window_of[number]);
		break;
	case GROUP_FREE:
		put_byte(b, g->seats < 0 || g->taken < g->seats);
		break;
	case GROUP_COLUMNS:
		break;
	}
}

static void
put_groups(struct buf *b, const struct columns *c, enum group_column column)
{
	size_t n = 0;

	for (size_t i = 0; i < programs(c); i++) {
		const struct program *p = program(c, i);

		for (size_t k = 0; k < p->groups.n; k++)
			put_group(b, c, p, &p->groups.at[k], n++, column);
	}
}

void
columns_write(struct buf *b, const struct columns *c)
{
	for (int col = 0; col < COLUMNS; col++)
		for (size_t i = 0; i < programs(c); i++)
			put_cell(b, c, program(c, i), (enum column)col);
	for (int col = 0; col < GROUP_COLUMNS; col++)
		put_groups(b, c, (enum group_column)col);
}

void
columns_days(struct buf *b, const struct columns *c)
{
	for (int part = 0; part < PARTS; part++)
		for (size_t i = 0; i < programs(c); i++) {
			const struct program *p = program(c, i);

			for (size_t k = 0; k < p->groups.n; k++)
				put_byte(b,
				    days_of(&p->groups.at[k], (enum part)part));
		}
}

static void
put_pair(struct json *j, struct str id, struct str title)
{
	json_open(j, '[');
	json_str(j, id);
	json_str(j, title);
	json_close(j, ']');
}

void
columns_names(struct json *j, const struct columns *c)
{
	const struct site *s = c->site;

	json_key(j, STR("municipalities"));
	json_open(j, '[');
	for (size_t i = 0; i < s->municipalities.n; i++)
		put_pair(j, s->municipalities.at[i].id,
		    s->municipalities.at[i].title);
	json_close(j, ']');
	json_key(j, STR("directions"));
	json_open(j, '[');
	for (size_t i = 0; i < s->settings.directions.n; i++)
		put_pair(j, s->settings.directions.at[i].id,
		    s->settings.directions.at[i].title);
	json_close(j, ']');
	json_key(j, STR("organizations"));
	json_open(j, '[');
	for (size_t i = 0; i < c->docs->n; i++) {
		const struct organization *o = c->docs->at[i].subject;

		if (c->docs->at[i].kind != URL_ORGANIZATION)
			continue;
		json_open(j, '[');
		json_str(j, o->id);
		json_str(j, o->short_title.n > 0 ? o->short_title : o->title);
		json_int(j, (int64_t)o->programs);
		json_close(j, ']');
	}
	json_close(j, ']');
	json_key(j, STR("prices"));
	json_open(j, '[');
	for (size_t i = 0; i < c->prices.n; i++)
		json_int(j, c->prices.at[i]);
	json_close(j, ']');
	json_key(j, STR("windows"));
	json_open(j, '[');
	for (size_t i = 0; i < c->windows.n; i++) {
		const struct window *w = &c->windows.at[i];

		json_open(j, '[');
		json_int(j, w->opens);
		json_int(j, w->closes);
		json_int(j, w->over);
		json_int(j, w->year);
		json_int(j, w->starts);
		json_close(j, ']');
	}
	json_close(j, ']');
}

struct titled {
	struct str title;
	size_t number;
};

static int
by_title(const void *x, const void *y)
{
	const struct titled *a = x, *b = y;
	int c = str_cmp(a->title, b->title);

	if (c != 0)
		return c;
	return a->number < b->number ? -1 : a->number > b->number;
}

void
columns_titles(struct buf *b, struct arena *a, const struct columns *c)
{
	size_t n = programs(c);
	struct titled *t = arena_alloc(a, sizeof(*t), n + 1);
	size_t *rank = arena_alloc(a, sizeof(*rank), n + 1);

	for (size_t i = 0; i < n; i++)
		t[i] = (struct titled){ program(c, i)->title, i };
	if (n > 1)
		qsort(t, n, sizeof(*t), by_title);
	for (size_t i = 0; i < n; i++)
		rank[t[i].number] = i;
	for (int shift = 0; shift < 24; shift += 8)
		for (size_t i = 0; i < n; i++)
			buf_char(b, (char)(rank[i] >> shift & 255));
}

static int
by_id(const void *x, const void *y)
{
	const struct titled *a = x, *b = y;

	return str_cmp(a->title, b->title);
}

void
columns_order(struct buf *b, struct arena *a, const struct columns *c)
{
	size_t n = programs(c);
	struct titled *t = arena_alloc(a, sizeof(*t), n + 1);

	for (size_t i = 0; i < n; i++)
		t[i] = (struct titled){ program(c, i)->id,
			c->organization[program(c, i)->organization -
					c->site->organizations.at] };
	if (n > 1)
		qsort(t, n, sizeof(*t), by_id);
	for (int shift = 0; shift < 16; shift += 8)
		for (size_t i = 0; i < n; i++)
			buf_char(b, (char)(t[i].number >> shift & 255));
}
