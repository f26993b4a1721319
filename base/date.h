#ifndef BASE_DATE_H
#define BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct buf;

/*
 * Dates, and the site's zone.  Moments are seconds since 1970 (int64_t).  The
 * zone is set once, at start, for the whole process; this is the one room
 * that calls localtime_r and mktime.
 */

struct date {
	int year, month, day; /* year 0: no date */
};

struct local_time {
	struct date date;
	int hour, minute, second;
};

enum { DATE_DAY = 86400 };

/* False when the zone's file is not known. */
bool date_zone_set(const char *iana) __attribute__((warn_unused_result));
const char *date_zone(void);

/* "2026-12-05": shape and existence.  Years 1900 to 2199. */
bool date_parse(struct str s, struct date *out);
/* "10:30" or "10:30:59". */
bool date_parse_time(struct str s, int *hour, int *minute, int *second);
/* "2026-12-05T10:00" (seconds may follow). */
bool date_parse_local(struct str s, struct local_time *out);

bool date_exists(struct date d);
int date_cmp(struct date a, struct date b);
/* Days since 1970-01-01, and back. */
int64_t date_to_days(struct date d);
struct date date_from_days(int64_t days);
/* 0 Monday … 6 Sunday. */
int date_weekday(struct date d);
/* Week number of ISO 8601. */
int date_iso_week(struct date d);
int date_days_in_month(int year, int month);

/*
 * Full years from birth to `on`; negative when it is before.  A child of
 * 29 February is a year older on 1 March.
 */
int date_years(struct date birth, struct date on);

struct local_time date_local(int64_t t);
/* False when the clocks jumped over that time; of two, the first. */
bool date_epoch(struct local_time l, int64_t *out);
/* The first second of a day in the site's zone. */
int64_t date_start(struct date d);
/* Seconds east of UTC at t. */
int date_offset(int64_t t);

/* RFC 3339 with offset "2026-12-05T10:00:00+09:00". */
void date_put_rfc3339(struct buf *b, int64_t t);
bool date_parse_rfc3339(struct str s, int64_t *out);
/* "2026-12-05" */
void date_put(struct buf *b, struct date d);
/* RFC 5322 "Sat, 05 Dec 2026 10:00:00 +0900", for letters. */
void date_put_rfc5322(struct buf *b, int64_t t);
/* RFC 9110 IMF-fixdate in GMT. */
void date_put_http(struct buf *b, int64_t t);

#endif
