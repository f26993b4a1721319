#ifndef GENERATOR_VIEW_REPEAT_H
#define GENERATOR_VIEW_REPEAT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/vec.h"
#include "generator/model/site.h"

struct arena;

/*
 * When an event is: once, or every time its rule says.  An occasion covers
 * the days first to last; at and end are moments, end is 0 when not known.
 */
struct occasion {
	const struct event *event;
	struct date first, last;
	int64_t at, end;
	bool whole_day;
};

struct occasions {
	VEC(struct occasion) all;
};

struct date date_plus(struct date d, int64_t days);

/* The later of two dates, the earlier one. */
struct date date_later(struct date a, struct date b);
struct date date_earlier(struct date a, struct date b);

/*
 * The days of a weekly rule, Monday bit 0; that of the start when the rule
 * names none.
 */
unsigned repeat_days(const struct event *e);

/*
 * The date of the first occasion: the start's, or the next one on which the
 * rule falls.  Dates that are excepted count here: an .ics names them in
 * EXDATE.
 */
struct date repeat_first(const struct event *e);

/*
 * Appends every occasion of which a day lies in from…to, in order.  A monthly
 * rule skips months that have no such day.
 */
void repeat_expand(struct arena *a, const struct event *e, struct date from,
    struct date to, struct occasions *out);

#endif
