#ifndef GENERATOR_VIEW_ICS_H
#define GENERATOR_VIEW_ICS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"
#include "base/vec.h"

struct arena;
struct buf;

/*
 * Calendar files (RFC 5545): lines that end in CR LF and are folded at 75
 * octets, never inside a character.
 */

/* "NAME:value" with the value as it is; the name may carry parameters. */
void ics_line(struct buf *out, struct str name, struct str value);

/* The same with a TEXT value, which is escaped. */
void ics_text(struct buf *out, struct arena *a, struct str name,
    struct str value);

/* 20261205T010000Z */
struct str ics_utc(struct arena *a, int64_t t);
/* 20261205T100000 in the site's zone. */
struct str ics_local(struct arena *a, int64_t t);
/* 20261205 */
struct str ics_date(struct arena *a, struct date d);

/* "MO,WE" of a set of days, Monday bit 0. */
struct str ics_days(struct arena *a, unsigned days);

/* When the site's clocks were set. */
struct ics_shift {
	int64_t at;
	int from, to; /* seconds east of UTC */
};

struct ics_zone {
	VEC(struct ics_shift) shifts;
};

/* Finds the shifts between two moments. */
void ics_zone_find(struct arena *a, int64_t from, int64_t to,
    struct ics_zone *out);

/*
 * The VTIMEZONE of the site's zone, right for all moments from…to that lie in
 * what was searched.
 */
void ics_zone_put(struct buf *out, struct arena *a, const struct ics_zone *z,
    int64_t from, int64_t to);

#endif
