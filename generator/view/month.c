#include "base/arena.h"
#include "base/buf.h"
#include "base/theme.h"
#include "generator/view/shared.h"

enum {
	CELL_EVENTS = 3, /* more of them open in place */
	WEEK = 7,
	INDEX_ROWS = 60 /* of the agenda that runs on from today */
};

/* An occasion in the cell of one of its days. */
static struct value *
cell_event(const struct view *v, struct arena *a, const struct occasion *o,
    struct date day)
{
	const struct event *e = o->event;
	struct value *m = value_map(a);
	bool several = date_cmp(o->first, o->last) != 0;
	bool starts = date_cmp(o->first, day) == 0;

	value_set_text(a, m, "title", e->title);
	value_set_text(a, m, "url", href(v, a, STR("events"), e->id, 1));
	value_set_text(a, m, "edge",
	    e->direction != NULL ? e->direction->id : STR("none"));
	if (starts && !o->whole_day)
		value_set_text(a, m, "time", say_time(a, o->at));
	value_set_bool(a, m, "several", several);
	value_set_bool(a, m, "goes_on", !starts);
	if (several && date_cmp(o->last, day) != 0)
		value_set_text(a, m, "until",
		    words_fill(v->theme->strings, a, "month.until", 1,
			(struct str[]){ STR("date"),
			    words_date(v->theme->strings, a, o->last, day) }));
	value_set_bool(a, m, "cancelled", e->status == STATUS_CANCELLED);
	value_set_bool(a, m, "postponed", e->status == STATUS_POSTPONED);
	value_set_bool(a, m, "past", date_cmp(day, v->site->today) < 0);
	return m;
}

/*
 * Whether an occasion stands in the cell of a day.  One of more than a week
 * would fill the table: it stands on its first and last day and once a week.
 */
static bool
covers(const struct occasion *o, struct date day)
{
	if (date_cmp(o->first, day) > 0 || date_cmp(o->last, day) < 0)
		return false;
	return date_to_days(o->last) - date_to_days(o->first) < WEEK ||
	       date_cmp(o->first, day) == 0 || date_cmp(o->last, day) == 0 ||
	       day.day == 1 || date_weekday(day) == 0;
}

static struct value *
cell(const struct view *v, struct arena *a, const struct month *month,
    struct date day)
{
	struct value *m = value_map(a), *shown = value_list(a),
		     *more = value_list(a);
	size_t n = 0, total = 0;

	value_set_int(a, m, "number", day.day);
	value_set_bool(a, m, "other", day.month != month->month);
	if (day.month != month->month)
		return m;
	value_set_text(a, m, "iso",
	    str_format(a, "%04d-%02d-%02d", day.year, day.month, day.day));
	value_set_bool(a, m, "today", date_cmp(day, v->site->today) == 0);
	value_set_bool(a, m, "past", date_cmp(day, v->site->today) < 0);
	value_set_bool(a, m, "off", day_is_off(v->site, day));
	for (size_t i = 0; i < month->occasions.all.n; i++)
		total += covers(&month->occasions.all.at[i], day);
	for (size_t i = 0; i < month->occasions.all.n; i++) {
		const struct occasion *o = &month->occasions.all.at[i];

		if (!covers(o, day))
			continue;
		/* "Ещё 1" would take the room of the one it hides. */
		value_add(a,
		    total <= CELL_EVENTS || n < CELL_EVENTS - 1 ? shown : more,
		    cell_event(v, a, o, day));
		n++;
	}
	value_set(a, m, STR("events"), wrapped(a, shown));
	if (value_count(more) == 0)
		return m;
	value_set(a, m, STR("more"), wrapped(a, more));
	value_set_text(a, m, "more_text",
	    words_count(v->theme->strings, a, "month.more",
		(int64_t)value_count(more)));
	return m;
}

static struct value *
weeks_value(const struct view *v, struct arena *a, const struct month *month)
{
	struct value *weeks = value_list(a);
	struct date day = date_plus(month->first, -date_weekday(month->first));

	while (date_cmp(day, month->last) <= 0) {
		struct value *week = value_map(a), *days = value_list(a);

		for (int i = 0; i < WEEK; i++) {
			value_add(a, days, cell(v, a, month, day));
			day = date_plus(day, 1);
		}
		value_set(a, week, STR("days"), days);
		value_add(a, weeks, week);
	}
	return weeks;
}

static struct str
month_id(struct arena *a, const struct month *m)
{
	return str_format(a, "%04d-%02d", m->year, m->month);
}

static struct value *
month_link(const struct view *v, struct arena *a, const struct month *m)
{
	return link_value(a,
	    words_month(v->theme->strings, a, m->year, m->month),
	    href(v, a, STR("events"), month_id(a, m), 1));
}

/* All months with events, by year, the newest year first. */
static struct value *
years_value(const struct view *v, struct arena *a)
{
	const struct view_shared *s = v->shared;
	struct value *years = value_list(a);
	size_t end = s->months.n;

	while (end > 0) {
		struct value *year = value_map(a), *list = value_list(a);
		int number = s->months.at[end - 1].year;
		size_t from = end;

		while (from > 0 && s->months.at[from - 1].year == number)
			from--;
		for (size_t i = from; i < end; i++) {
			struct value *m = month_link(v, a, &s->months.at[i]);
			size_t n = s->months.at[i].occasions.all.n;

			value_set_int(a, m, "count", (int64_t)n);
			if (n > 0)
				value_add(a, list, m);
		}
		value_set_int(a, year, "year", number);
		value_set(a, year, STR("months"), list);
		if (value_count(list) > 0)
			value_add(a, years, year);
		end = from;
	}
	return years;
}

static void
set_agenda(const struct view *v, struct arena *a, struct value *page,
    const struct month *m, bool index)
{
	const struct site *site = v->site;
	struct occasions past = { 0 }, coming = { 0 };
	const struct occasions *all = &m->occasions;
	struct date from = m->first;
	bool now = index || date_cmp(m->first, site->today) <= 0;

	now = now && date_cmp(m->last, site->today) >= 0;
	for (size_t i = 0; i < all->all.n; i++)
		*VEC_PUSH(a, now && occasion_is_past(site, &all->all.at[i])
				 ? &past.all
				 : &coming.all) = all->all.at[i];
	if (index) {
		coming = v->shared->ahead;
		if (coming.all.n > INDEX_ROWS) {
			coming.all.n = INDEX_ROWS;
			page_flag(a, page, "cut");
		}
	}
	if (now)
		from = site->today;
	share(a, page, "agenda", agenda_value(v, a, &coming, from));
	if (past.all.n > 0) {
		share(a, page, "past_days",
		    agenda_value(v, a, &past, m->first));
		value_set_text(a, page, "past_text",
		    words_count(v->theme->strings, a, "month.past",
			(int64_t)past.all.n));
	}
}

static void
set_heads(const struct view *v, struct arena *a, struct value *page)
{
	struct value *days = value_list(a), *legend = value_list(a);

	for (int i = 0; i < WEEK; i++)
		value_add(a, days,
		    value_text(a, words_weekday_full(v->theme->strings, i)));
	value_set(a, page, STR("weekdays"), days);
	for (size_t i = 0; i < v->site->settings.directions.n; i++) {
		const struct direction *d = &v->site->settings.directions.at[i];
		struct value *m = value_map(a);

		value_set_text(a, m, "id", d->id);
		value_set_text(a, m, "title", d->title);
		value_add(a, legend, m);
	}
	value_set(a, page, STR("legend"), legend);
}

/* The next month with events before or after one, or that of today. */
static struct value *
near_month(const struct view *v, struct arena *a, size_t at, int step)
{
	const struct view_shared *s = v->shared;
	ptrdiff_t n = (ptrdiff_t)s->months.n;

	for (ptrdiff_t i = (ptrdiff_t)at + step; i >= 0 && i < n; i += step)
		if (s->months.at[i].occasions.all.n > 0 ||
		    i == (ptrdiff_t)s->month_now)
			return month_link(v, a, &s->months.at[i]);
	return NULL;
}

/* number 0: the index, from today on; else the month of that place + 1. */
struct value *
month_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	const struct view_shared *s = v->shared;
	bool index = p->number == 0;
	size_t at = index ? s->month_now : (size_t)p->number - 1;
	const struct month *m = &s->months.at[at];
	struct str name = words_month(v->theme->strings, a, m->year, m->month);
	struct str title = words_fill(v->theme->strings, a, "month.title", 1,
	    (struct str[]){ STR("month"), name });
	struct str events = href(v, a, STR("events"), STR("index"), 1);
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_EVENTS, title,
		say(v, "month.description"),
		index ? events
		      : href(v, a, STR("events"), month_id(a, m), 1) });

	page_crumb(v, a, page, (struct str){ 0 }, (struct str){ 0 });
	if (!index)
		page_crumb(v, a, page, say(v, "nav.events"), events);
	value_set_text(a, page, "month", name);
	value_set_text(a, page, "now_url", events);
	share(a, page, "prev", near_month(v, a, at, -1));
	share(a, page, "next", near_month(v, a, at, 1));
	set_heads(v, a, page);
	value_set(a, page, STR("weeks"), weeks_value(v, a, m));
	set_agenda(v, a, page, m, index);
	if (index)
		value_set(a, page, STR("years"), wrapped(a, years_value(v, a)));
	share(a, page, "subscribe", s->subscribe);
	return page;
}
