#include "generator/view/repeat.h"

#include "base/arena.h"

struct date
date_plus(struct date d, int64_t days)
{
	return date_from_days(date_to_days(d) + days);
}

struct date
date_later(struct date a, struct date b)
{
	return date_cmp(a, b) < 0 ? b : a;
}

struct date
date_earlier(struct date a, struct date b)
{
	return date_cmp(a, b) < 0 ? a : b;
}

unsigned
repeat_days(const struct event *e)
{
	if (e->repeat.days != 0)
		return e->repeat.days;
	return 1U << date_weekday(e->starts.date);
}

/* Whether the rule, exceptions apart, falls on a day. */
static bool
falls_on(const struct event *e, struct date d)
{
	switch (e->repeat.every) {
	case EVERY_DAY:
		return true;
	case EVERY_WEEK:
		return (repeat_days(e) >> date_weekday(d) & 1) != 0;
	case EVERY_MONTH:
		return d.day == e->starts.date.day;
	case EVERY_NONE:
		break;
	}
	return date_cmp(d, e->starts.date) == 0;
}

static bool
excepted(const struct event *e, struct date d)
{
	for (size_t i = 0; i < e->repeat.except.n; i++)
		if (date_cmp(e->repeat.except.at[i], d) == 0)
			return true;
	return false;
}

struct date
repeat_first(const struct event *e)
{
	struct date d = e->starts.date;

	if (e->repeat.every == EVERY_NONE)
		return d;
	while (!falls_on(e, d))
		d = date_plus(d, 1);
	return d;
}

/* The last day an occasion covers, counted from its first. */
static int64_t
days_more(const struct event *e)
{
	const struct when *end = &e->ends;
	int64_t more;

	if (!end->given)
		return 0;
	more = date_to_days(end->date) - date_to_days(e->starts.date);
	/* An end at midnight belongs to the evening before. */
	if (!end->whole_day && more > 0 && end->at == date_start(end->date))
		more--;
	return more > 0 ? more : 0;
}

/* The same time of the day on another date. */
static int64_t
moment_on(const struct when *w, int64_t shift)
{
	struct local_time l = date_local(w->at);
	int64_t t;

	if (shift == 0)
		return w->at;
	l.date = date_plus(w->date, shift);
	if (w->whole_day || !date_epoch(l, &t))
		return date_start(l.date) +
		       (w->whole_day ? 0 : l.hour * 3600 + l.minute * 60);
	return t;
}

static void
push(struct arena *a, const struct event *e, struct date first, int64_t more,
    struct occasions *out)
{
	int64_t shift = date_to_days(first) - date_to_days(e->starts.date);
	struct occasion *o = VEC_PUSH(a, &out->all);

	*o = (struct occasion){
		.event = e,
		.first = first,
		.last = date_plus(first, more),
		.at = moment_on(&e->starts, shift),
		.whole_day = e->starts.whole_day,
	};
	if (e->ends.given)
		o->end = moment_on(&e->ends, shift);
}

void
repeat_expand(struct arena *a, const struct event *e, struct date from,
    struct date to, struct occasions *out)
{
	struct date first = e->starts.date;
	int64_t more = days_more(e), day, end;

	if (e->repeat.every == EVERY_NONE) {
		if (date_cmp(first, to) <= 0 &&
		    date_cmp(date_plus(first, more), from) >= 0)
			push(a, e, first, more, out);
		return;
	}
	if (e->repeat.until.year != 0)
		to = date_earlier(to, e->repeat.until);
	day = date_to_days(date_later(first, date_plus(from, -more)));
	end = date_to_days(to);
	for (; day <= end; day++) {
		struct date d = date_from_days(day);

		if (falls_on(e, d) && !excepted(e, d))
			push(a, e, d, more, out);
	}
}
