#include "base/arena.h"
#include "base/buf.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

enum { SATURDAY = 5 };

bool
day_is_off(const struct site *s, struct date d)
{
	for (size_t i = 0; i < s->holidays.n; i++)
		if (date_cmp(s->holidays.at[i].date, d) == 0)
			return !s->holidays.at[i].working;
	return date_weekday(d) >= SATURDAY;
}

bool
occasion_is_past(const struct site *s, const struct occasion *o)
{
	return date_cmp(o->last, s->today) < 0;
}

struct str
occasion_time(const struct view *v, struct arena *a, const struct occasion *o)
{
	bool several = date_cmp(o->first, o->last) != 0;
	struct str time;

	if (several)
		time = o->whole_day ? say(v, "event.whole_day")
				    : say_time(a, o->at);
	else if (o->whole_day)
		return say(v, "event.whole_day");
	else
		time = say_time(a, o->at);
	if (several)
		return say_join(a, time, STR(", "),
		    say_range(v, a, o->first, o->last));
	if (o->end != 0)
		time = str_format(a, "%.*s–%.*s", STR_ARG(time),
		    STR_ARG(say_time(a, o->end)));
	return time;
}

static void
set_status(struct arena *a, struct value *m, const char *look, struct str text)
{
	value_set_text(a, m, "status_look", str_from(look));
	value_set_text(a, m, "status", text);
}

static struct str
moment_in(const struct view *v, struct arena *a, const char *key, int64_t t)
{
	return words_fill(v->theme->strings, a, key, 1,
	    (struct str[]){ STR("when"),
		words_moment(v->theme->strings, a, t, v->site->today) });
}

/* Seats of the event, else of its categories when all have some. */
static int
event_seats(const struct event *e)
{
	int sum = 0;

	if (e->sign_up.seats >= 0 || e->categories.n == 0)
		return e->sign_up.seats;
	for (size_t i = 0; i < e->categories.n; i++) {
		if (e->categories.at[i].seats < 0)
			return NOT_GIVEN;
		sum += e->categories.at[i].seats;
	}
	return sum;
}

void
event_door(const struct view *v, struct arena *a, struct value *m,
    const struct event *e)
{
	const struct sign_up *s = &e->sign_up;
	int64_t now = v->site->now;
	int seats = event_seats(e);

	if (e->status == STATUS_CANCELLED) {
		set_status(a, m, "badge-bad", say(v, "event.cancelled"));
		return;
	}
	if (e->status == STATUS_POSTPONED) {
		set_status(a, m, "badge-sun", say(v, "event.postponed"));
		return;
	}
	if (!s->given) {
		set_status(a, m, "badge-ok", say(v, "event.no_sign_up"));
		return;
	}
	if (s->opens != 0 && now < s->opens) {
		set_status(a, m, "badge-river",
		    moment_in(v, a, "event.opens", s->opens));
		return;
	}
	if (s->closes != 0 && now >= s->closes) {
		set_status(a, m, "",
		    moment_in(v, a, "event.closed", s->closes));
		return;
	}
	if (now >= e->starts.at &&
	    !(e->ends.given && date_cmp(e->ends.date, v->site->today) >= 0)) {
		set_status(a, m, "", say(v, "event.over"));
		return;
	}
	value_set_text(a, m, "sign_up_url",
	    str_format(a, "%.*s?event=%.*s",
		STR_ARG(url_of(a, v->site, STR("my/sign-ups/new"))),
		STR_ARG(e->id)));
	if (seats >= 0)
		value_set_text(a, m, "seats",
		    words_count(v->theme->strings, a, "event.seats", seats));
	if (s->closes != 0)
		value_set_text(a, m, "until",
		    moment_in(v, a, "event.until", s->closes));
}

struct str
event_where(struct arena *a, const struct view *v, const struct event *e)
{
	struct str where = e->place.title;

	if (where.n == 0)
		where = e->place.address;
	if (where.n == 0 && e->organization != NULL)
		where = e->organization->short_title.n > 0
			    ? e->organization->short_title
			    : e->organization->title;
	if (e->online)
		return say_join(a, say(v, "event.online"), STR(", "), where);
	if (e->municipality != NULL)
		where =
		    say_join(a, where, STR(", "), say_town(e->municipality));
	return where;
}

static struct value *
row_value(const struct view *v, struct arena *a, const struct occasion *o)
{
	const struct event *e = o->event;
	struct value *m = value_map(a);

	value_set_text(a, m, "title", e->title);
	value_set_text(a, m, "url", href(v, a, STR("events"), e->id, 1));
	value_set_text(a, m, "time", occasion_time(v, a, o));
	value_set_text(a, m, "place", event_where(a, v, e));
	value_set_text(a, m, "ages",
	    words_ages(v->theme->strings, a, e->age.min, e->age.max));
	value_set_bool(a, m, "cancelled", e->status == STATUS_CANCELLED);
	value_set_bool(a, m, "past", occasion_is_past(v->site, o));
	if (!occasion_is_past(v->site, o) || e->status != STATUS_SCHEDULED)
		event_door(v, a, m, e);
	return m;
}

static struct str
iso(struct arena *a, struct date d)
{
	return str_format(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static struct value *
day_value(const struct view *v, struct arena *a, struct date d)
{
	struct value *m = value_map(a);
	const struct strings *s = v->theme->strings;

	value_set_text(a, m, "iso", iso(a, d));
	value_set_int(a, m, "number", d.day);
	value_set_text(a, m, "weekday", words_weekday(s, date_weekday(d)));
	value_set_text(a, m, "full", words_date(s, a, d, v->site->today));
	value_set_bool(a, m, "today", date_cmp(d, v->site->today) == 0);
	value_set_bool(a, m, "off", day_is_off(v->site, d));
	return m;
}

struct value *
agenda_value(const struct view *v, struct arena *a, const struct occasions *o,
    struct date from)
{
	struct value *days = value_list(a), *events = NULL;
	struct date at = from;

	for (size_t i = 0; i < o->all.n; i++) {
		struct date d = date_later(o->all.at[i].first, from);

		if (events == NULL || date_cmp(d, at) != 0) {
			struct value *day = day_value(v, a, d);

			/* The month it begins in is said elsewhere. */
			if (d.month != at.month || d.year != at.year)
				value_set_text(a, day, "new_month",
				    words_month(v->theme->strings, a, d.year,
					d.month));
			events = value_list(a);
			value_set(a, day, STR("events"), events);
			value_add(a, days, day);
			at = d;
		}
		value_add(a, events, row_value(v, a, &o->all.at[i]));
	}
	return wrapped(a, days);
}

struct value *
agenda_ahead(const struct view *v, struct arena *a, const struct events *list,
    size_t max)
{
	struct date today = v->site->today;
	struct occasions o = { 0 };

	for (size_t i = 0; i < list->all.n; i++)
		repeat_expand(a, list->all.at[i], today,
		    date_plus(today, AHEAD_DAYS), &o);
	occasions_sort(&o);
	if (o.all.n > max)
		o.all.n = max;
	return agenda_value(v, a, &o, today);
}
