#include "base/arena.h"
#include "base/buf.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

/* A calendar file being written. */
struct calendar {
	const struct view *view;
	struct arena *arena;
	struct buf *out;
};

/* Stands where nobody said when a thing was last changed. */
static const struct date long_ago = { 2020, 1, 1 };

static struct str
tzid(struct arena *a, const char *name)
{
	return str_format(a, "%s;TZID=%s", name, date_zone());
}

static void
begin(struct calendar *c, struct str title, int64_t from, int64_t to)
{
	struct buf *out = c->out;
	struct arena *a = c->arena;

	ics_line(out, STR("BEGIN"), STR("VCALENDAR"));
	ics_line(out, STR("VERSION"), STR("2.0"));
	ics_line(out, STR("PRODID"), STR("-//Kruzhok//kruzhok//RU"));
	ics_line(out, STR("CALSCALE"), STR("GREGORIAN"));
	ics_line(out, STR("METHOD"), STR("PUBLISH"));
	ics_text(out, a, STR("NAME"), title);
	ics_text(out, a, STR("X-WR-CALNAME"), title);
	ics_text(out, a, STR("X-WR-TIMEZONE"), str_from(date_zone()));
	ics_line(out, STR("REFRESH-INTERVAL;VALUE=DURATION"), STR("PT6H"));
	ics_line(out, STR("X-PUBLISHED-TTL"), STR("PT6H"));
	ics_zone_put(out, a, &c->view->shared->zone, from, to);
}

static void
end(struct calendar *c)
{
	ics_line(c->out, STR("END"), STR("VCALENDAR"));
}

/* UID, DTSTAMP and LAST-MODIFIED: from the content, never from the clock. */
static void
put_identity(struct calendar *c, struct str uid, struct date updated)
{
	struct date d = updated.year != 0 ? updated : long_ago;
	struct str stamp = str_format(c->arena, "%.*sT000000Z",
	    STR_ARG(ics_date(c->arena, d)));

	ics_line(c->out, STR("UID"), uid);
	ics_line(c->out, STR("DTSTAMP"), stamp);
	if (updated.year != 0)
		ics_line(c->out, STR("LAST-MODIFIED"), stamp);
}

static void
put_dates(struct calendar *c, const struct occasion *o)
{
	struct arena *a = c->arena;

	if (o->whole_day) {
		ics_line(c->out, STR("DTSTART;VALUE=DATE"),
		    ics_date(a, o->first));
		ics_line(c->out, STR("DTEND;VALUE=DATE"),
		    ics_date(a, date_plus(o->last, 1)));
		return;
	}
	ics_line(c->out, tzid(a, "DTSTART"), ics_local(a, o->at));
	if (o->end > o->at)
		ics_line(c->out, tzid(a, "DTEND"), ics_local(a, o->end));
}

/* The last second of a day, or the day, as the start is written. */
static struct str
until(struct arena *a, const struct event *e)
{
	if (e->starts.whole_day)
		return ics_date(a, e->repeat.until);
	return ics_utc(a, date_start(date_plus(e->repeat.until, 1)) - 1);
}

static void
put_rule(struct calendar *c, const struct event *e)
{
	static const char *const every[] = { "", "DAILY", "WEEKLY", "MONTHLY" };
	const struct repeat *r = &e->repeat;
	struct arena *a = c->arena;
	struct str rule = str_format(a, "FREQ=%s", every[r->every]);

	if (r->every == EVERY_NONE)
		return;
	if (r->until.year != 0)
		rule = str_format(a, "%.*s;UNTIL=%.*s", STR_ARG(rule),
		    STR_ARG(until(a, e)));
	if (r->every == EVERY_WEEK)
		rule = str_format(a, "%.*s;BYDAY=%.*s", STR_ARG(rule),
		    STR_ARG(ics_days(a, repeat_days(e))));
	if (r->every == EVERY_MONTH)
		rule = str_format(a, "%.*s;BYMONTHDAY=%d", STR_ARG(rule),
		    e->starts.date.day);
	ics_line(c->out, STR("RRULE"), rule);
	for (size_t i = 0; i < r->except.n; i++) {
		struct date d = r->except.at[i];
		struct occasions one = { 0 };
		struct event same = *e;

		/* The moment that the rule would have given. */
		same.repeat.except.n = 0;
		repeat_expand(a, &same, d, d, &one);
		for (size_t k = 0; k < one.all.n; k++) {
			if (date_cmp(one.all.at[k].first, d) != 0)
				continue;
			if (e->starts.whole_day)
				ics_line(c->out, STR("EXDATE;VALUE=DATE"),
				    ics_date(a, d));
			else
				ics_line(c->out, tzid(a, "EXDATE"),
				    ics_local(a, one.all.at[k].at));
		}
	}
}

static void
put_place(struct calendar *c, struct str where, const struct geo *geo)
{
	if (where.n > 0)
		ics_text(c->out, c->arena, STR("LOCATION"), where);
	if (geo->given)
		ics_line(c->out, STR("GEO"),
		    str_format(c->arena, "%.*s;%.*s", STR_ARG(geo->lat),
			STR_ARG(geo->lon)));
}

/* The first occasion as DTSTART wants it: on a day of the rule. */
static bool
first_occasion(struct arena *a, const struct event *e, struct occasion *out)
{
	struct event plain = *e;
	struct occasions o = { 0 };
	struct date d = repeat_first(e);

	plain.repeat.except.n = 0;
	repeat_expand(a, &plain, d, d, &o);
	for (size_t i = 0; i < o.all.n; i++)
		if (date_cmp(o.all.at[i].first, d) == 0) {
			*out = o.all.at[i];
			return true;
		}
	return false;
}

static void
put_event(struct calendar *c, const struct event *e)
{
	const struct view *v = c->view;
	struct arena *a = c->arena;
	struct occasion o;
	struct str where = say_place(a, &e->place);

	if (!first_occasion(a, e, &o))
		return;
	ics_line(c->out, STR("BEGIN"), STR("VEVENT"));
	put_identity(c,
	    str_format(a, "event-%.*s@%.*s", STR_ARG(e->id),
		STR_ARG(v->shared->host)),
	    e->updated);
	ics_line(c->out, STR("SEQUENCE"), str_format(a, "%d", e->sequence));
	ics_line(c->out, STR("STATUS"),
	    e->status == STATUS_CANCELLED   ? STR("CANCELLED")
	    : e->status == STATUS_POSTPONED ? STR("TENTATIVE")
					    : STR("CONFIRMED"));
	put_dates(c, &o);
	put_rule(c, e);
	ics_text(c->out, a, STR("SUMMARY"), e->title);
	if (e->summary.n > 0)
		ics_text(c->out, a, STR("DESCRIPTION"), e->summary);
	if (e->municipality != NULL && !e->online)
		where = say_join(a, e->municipality->title, STR(", "), where);
	put_place(c, where, &e->place.geo);
	ics_line(c->out, STR("URL"), url_full(a, v->site, path_event(a, e)));
	ics_line(c->out, STR("END"), STR("VEVENT"));
}

/* The moments that an event's lines may name. */
static void
event_span(const struct event *e, int64_t *from, int64_t *to)
{
	int64_t last = e->ends.given ? e->ends.at : e->starts.at;

	if (e->repeat.every != EVERY_NONE)
		last += (int64_t)2 * AHEAD_DAYS * DATE_DAY;
	if (e->repeat.until.year != 0)
		last = date_start(date_plus(e->repeat.until, 1));
	*from = e->starts.at < *from ? e->starts.at : *from;
	*to = last > *to ? last : *to;
}

void
calendar_event(const struct view *v, struct arena *a, const struct view_page *p,
    struct buf *out)
{
	const struct event *e = p->subject;
	struct calendar c = { v, a, out };
	int64_t from = e->starts.at, to = from;

	event_span(e, &from, &to);
	begin(&c, e->title, from, to);
	put_event(&c, e);
	end(&c);
}

void
calendar_events(const struct view *v, struct arena *a,
    const struct view_page *p, struct buf *out)
{
	const struct events *list = p->subject;
	struct calendar c = { v, a, out };
	int64_t from = v->site->now, to = from;

	if (list->all.n > 0)
		from = to = list->all.at[0]->starts.at;
	for (size_t i = 0; i < list->all.n; i++)
		event_span(list->all.at[i], &from, &to);
	begin(&c, p->id, from, to);
	for (size_t i = 0; i < list->all.n; i++)
		put_event(&c, list->all.at[i]);
	end(&c);
}

/* The period of lessons: the group's own, else this school year. */
static bool
group_period(const struct view *v, const struct group *g, struct date *from,
    struct date *to)
{
	const struct settings *s = &v->site->settings;
	struct date today = v->site->today;

	*from = g->from;
	*to = g->to;
	if (from->year == 0)
		*from = (struct date){ today.year, s->year_start_month,
			s->year_start_day };
	if (g->from.year == 0 && date_cmp(today, *from) < 0)
		from->year--;
	if (to->year == 0) {
		*to = (struct date){ from->year, s->year_end_month,
			s->year_end_day };
		if (date_cmp(*to, *from) < 0)
			to->year++;
	}
	return date_exists(*from) && date_exists(*to) &&
	       date_cmp(*from, *to) <= 0;
}

bool
group_has_lessons(const struct view *v, const struct group *g)
{
	struct date from, to;

	return g->schedule.n > 0 && group_period(v, g, &from, &to);
}

static bool
is_lesson_day(const struct lesson *l, struct date d)
{
	if ((l->days >> date_weekday(d) & 1) == 0)
		return false;
	return l->weeks == WEEKS_ALL ||
	       (l->weeks == WEEKS_ODD) == (date_iso_week(d) % 2);
}

static int64_t
at_minutes(struct date d, int minutes)
{
	struct local_time l = { d, minutes / 60, minutes % 60, 0 };
	int64_t t;

	return date_epoch(l, &t) ? t : date_start(d) + minutes * 60;
}

/* One lesson's run of weeks: a rule that holds from first to last. */
struct run {
	const struct program *program;
	const struct group *group;
	const struct lesson *lesson;
	struct date first, last;
};

/* Days without a lesson, though the weekday says so. */
static void
put_days_off(struct calendar *c, const struct run *r)
{
	const struct site *s = c->view->site;

	for (size_t i = 0; i < s->holidays.n; i++) {
		const struct holiday *h = &s->holidays.at[i];

		if (h->working || date_cmp(h->date, r->first) < 0 ||
		    date_cmp(h->date, r->last) > 0 ||
		    !is_lesson_day(r->lesson, h->date))
			continue;
		ics_line(c->out, tzid(c->arena, "EXDATE"),
		    ics_local(c->arena, at_minutes(h->date, r->lesson->from)));
	}
}

static void
put_run(struct calendar *c, const struct run *r)
{
	const struct lesson *l = r->lesson;
	struct arena *a = c->arena;
	const struct view *v = c->view;
	struct str title = r->program->title;
	struct str days = ics_days(a, l->days);
	struct str place = say_place(a, &r->group->place);

	ics_line(c->out, STR("BEGIN"), STR("VEVENT"));
	/* Not its place in the list: what the lesson is. */
	put_identity(c,
	    str_format(a, "lesson-%.*s.%.*s-%.*s-%04d-%.*s@%.*s",
		STR_ARG(r->program->id), STR_ARG(r->group->id), STR_ARG(days),
		l->from / 60 * 100 + l->from % 60,
		STR_ARG(ics_date(a, r->first)), STR_ARG(v->shared->host)),
	    r->program->updated);
	ics_line(c->out, tzid(a, "DTSTART"),
	    ics_local(a, at_minutes(r->first, l->from)));
	ics_line(c->out, tzid(a, "DTEND"),
	    ics_local(a, at_minutes(r->first, l->to)));
	ics_line(c->out, STR("RRULE"),
	    str_format(a, "FREQ=WEEKLY;%sUNTIL=%.*s;WKST=MO;BYDAY=%.*s",
		l->weeks == WEEKS_ALL ? "" : "INTERVAL=2;",
		STR_ARG(ics_utc(a, at_minutes(r->last, l->from))),
		STR_ARG(days)));
	put_days_off(c, r);
	ics_text(c->out, a, STR("SUMMARY"),
	    say_join(a, title, STR(" · "), r->group->title));
	put_place(c, place, &r->group->place.geo);
	ics_line(c->out, STR("URL"),
	    url_full(a, v->site, path_program(a, r->program)));
	ics_line(c->out, STR("END"), STR("VEVENT"));
}

/*
 * Odd and even weeks alternate only within a year of ISO weeks: after week 53
 * comes week 1, odd again.  So such a lesson is cut into a run for each year.
 */
static void
put_alternating(struct calendar *c, struct run r, struct date from,
    struct date to)
{
	bool open = false;
	int week = 0;

	for (struct date d = from; date_cmp(d, to) <= 0; d = date_plus(d, 1)) {
		if (!is_lesson_day(r.lesson, d))
			continue;
		if (open && date_iso_week(d) < week) {
			put_run(c, &r);
			open = false;
		}
		week = date_iso_week(d);
		if (!open)
			r.first = d;
		open = true;
		r.last = d;
	}
	if (open)
		put_run(c, &r);
}

static void
put_lesson(struct calendar *c, struct run r, struct date from, struct date to)
{
	if (r.lesson->days == 0)
		return;
	if (r.lesson->weeks != WEEKS_ALL) {
		put_alternating(c, r, from, to);
		return;
	}
	r.first = from;
	while (!is_lesson_day(r.lesson, r.first))
		r.first = date_plus(r.first, 1);
	r.last = to;
	while (!is_lesson_day(r.lesson, r.last))
		r.last = date_plus(r.last, -1);
	if (date_cmp(r.first, r.last) <= 0)
		put_run(c, &r);
}

/* subject is the program, number its group; an old id of it gives the same. */
void
calendar_group(const struct view *v, struct arena *a, const struct view_page *p,
    struct buf *out)
{
	const struct program *program = p->subject;
	const struct group *g = &program->groups.at[p->number];
	struct calendar c = { v, a, out };
	struct date from, to;

	if (!group_period(v, g, &from, &to))
		return;
	begin(&c, say_join(a, program->title, STR(" · "), g->title),
	    date_start(from), date_start(date_plus(to, 1)));
	for (size_t i = 0; i < g->schedule.n; i++) {
		struct run r = { program, g, &g->schedule.at[i], from, to };

		put_lesson(&c, r, from, to);
	}
	end(&c);
}
