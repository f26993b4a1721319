#include "base/date.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"

enum {
	YEAR_FIRST = 1900,
	YEAR_LAST = 2199,
	HOUR = 3600,
	/* More than any zone is away from UTC. */
	FAR = 26 * HOUR,
};

/* "" and "UTC" need no library. */
static char zone[64];

static bool
utc(void)
{
	return zone[0] == '\0' || strcmp(zone, "UTC") == 0;
}

static bool
zone_name_ok(struct str name)
{
	if (name.n == 0 || name.n >= sizeof(zone))
		return false;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
			(c >= '0' && c <= '9') || c == '/' || c == '_' ||
			c == '+' || c == '-'))
			return false;
	}
	return true;
}

bool
date_zone_set(const char *iana)
{
	struct arena a = { 0 };
	struct str name = str_from(iana);
	struct stat st;

	if (!zone_name_ok(name) || name.p[0] == '/')
		return false;
	const char *path = str_format(&a, "/usr/share/zoneinfo/%s", iana).p;
	bool ok = stat(path, &st) == 0 && S_ISREG(st.st_mode) &&
		  setenv("TZ", iana, 1) == 0;
	arena_free(&a);
	if (!ok)
		return false;
	tzset();
	memcpy(zone, iana, name.n + 1);
	return true;
}

const char *
date_zone(void)
{
	return zone[0] == '\0' ? "UTC" : zone;
}

/* Takes exactly n digits off s. */
static bool
digits(struct str *s, size_t n, int *out)
{
	int v = 0;

	if (s->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (s->p[i] < '0' || s->p[i] > '9')
			return false;
		v = v * 10 + (s->p[i] - '0');
	}
	*s = str_slice(*s, n, s->n);
	*out = v;
	return true;
}

static bool
sign(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_slice(*s, 1, s->n);
	return true;
}

static bool
take_date(struct str *s, struct date *d)
{
	return digits(s, 4, &d->year) && sign(s, '-') &&
	       digits(s, 2, &d->month) && sign(s, '-') &&
	       digits(s, 2, &d->day) && date_exists(*d);
}

static bool
take_time(struct str *s, int *hour, int *minute, int *second)
{
	*second = 0;
	if (!digits(s, 2, hour) || !sign(s, ':') || !digits(s, 2, minute))
		return false;
	if (sign(s, ':') && !digits(s, 2, second))
		return false;
	return *hour < 24 && *minute < 60 && *second < 60;
}

bool
date_parse(struct str s, struct date *out)
{
	struct date d;

	if (!take_date(&s, &d) || s.n > 0)
		return false;
	*out = d;
	return true;
}

bool
date_parse_time(struct str s, int *hour, int *minute, int *second)
{
	int h, m, sec;

	if (!take_time(&s, &h, &m, &sec) || s.n > 0)
		return false;
	*hour = h;
	*minute = m;
	*second = sec;
	return true;
}

static bool
take_local(struct str *s, struct local_time *l)
{
	return take_date(s, &l->date) && (sign(s, 'T') || sign(s, 't')) &&
	       take_time(s, &l->hour, &l->minute, &l->second);
}

bool
date_parse_local(struct str s, struct local_time *out)
{
	struct local_time l;

	if (!take_local(&s, &l) || s.n > 0)
		return false;
	*out = l;
	return true;
}

static bool
leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int
date_days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
		31 };

	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (month == 2 && leap(year));
}

bool
date_exists(struct date d)
{
	return d.year >= YEAR_FIRST && d.year <= YEAR_LAST && d.day >= 1 &&
	       d.day <= date_days_in_month(d.year, d.month);
}

int
date_cmp(struct date a, struct date b)
{
	if (a.year != b.year)
		return a.year < b.year ? -1 : 1;
	if (a.month != b.month)
		return a.month < b.month ? -1 : 1;
	return a.day < b.day ? -1 : a.day > b.day;
}

/*
 * Years are counted from March, so that the leap day is the last of a year;
 * 400 of them (an era) have 146097 days.  719468 days lie between the era's
 * first day and 1970-01-01.
 */
enum { ERA_YEARS = 400, ERA_DAYS = 146097, ERA_OFFSET = 719468 };

int64_t
date_to_days(struct date d)
{
	int64_t y = d.month <= 2 ? d.year - 1 : d.year;
	int64_t era = (y >= 0 ? y : y - (ERA_YEARS - 1)) / ERA_YEARS;
	int64_t year = y - era * ERA_YEARS;
	int64_t month = d.month > 2 ? d.month - 3 : d.month + 9;
	int64_t day = (153 * month + 2) / 5 + d.day - 1;
	int64_t day_of_era = year * 365 + year / 4 - year / 100 + day;

	return era * ERA_DAYS + day_of_era - ERA_OFFSET;
}

struct date
date_from_days(int64_t days)
{
	int64_t z = days + ERA_OFFSET;
	int64_t era = (z >= 0 ? z : z - (ERA_DAYS - 1)) / ERA_DAYS;
	int64_t of_era = z - era * ERA_DAYS;
	int64_t year = (of_era - of_era / 1460 + of_era / 36524 -
			   of_era / (ERA_DAYS - 1)) /
		       365;
	int64_t day = of_era - (365 * year + year / 4 - year / 100);
	int64_t month = (5 * day + 2) / 153;
	struct date d = {
		.day = (int)(day - (153 * month + 2) / 5 + 1),
		.month = (int)(month < 10 ? month + 3 : month - 9),
	};

	d.year = (int)(year + era * ERA_YEARS + (d.month <= 2));
	return d;
}

static int64_t
floor_days(int64_t t)
{
	return t >= 0 ? t / DATE_DAY : -((-t + DATE_DAY - 1) / DATE_DAY);
}

int
date_weekday(struct date d)
{
	/* 1970-01-01 was a Thursday. */
	int64_t w = (date_to_days(d) + 3) % 7;

	return (int)(w < 0 ? w + 7 : w);
}

int
date_iso_week(struct date d)
{
	/* A week belongs to the year of its Thursday. */
	int64_t thursday = date_to_days(d) - date_weekday(d) + 3;
	struct date first = { date_from_days(thursday).year, 1, 1 };

	return (int)((thursday - date_to_days(first)) / 7) + 1;
}

int
date_years(struct date birth, struct date on)
{
	bool before = on.month < birth.month ||
		      (on.month == birth.month && on.day < birth.day);

	return on.year - birth.year - before;
}

static struct local_time
from_seconds(int64_t t)
{
	int64_t days = floor_days(t);
	int second = (int)(t - days * DATE_DAY);

	return (struct local_time){ date_from_days(days), second / HOUR,
		second / 60 % 60, second % 60 };
}

static int64_t
to_seconds(struct local_time l)
{
	return date_to_days(l.date) * DATE_DAY + l.hour * HOUR + l.minute * 60 +
	       l.second;
}

struct local_time
date_local(int64_t t)
{
	time_t at = (time_t)t;
	struct tm tm;

	if (utc() || localtime_r(&at, &tm) == NULL)
		return from_seconds(t);
	return (struct local_time){
		{ tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday },
		tm.tm_hour,
		tm.tm_min,
		tm.tm_sec,
	};
}

int
date_offset(int64_t t)
{
	if (utc())
		return 0;
	return (int)(to_seconds(date_local(t)) - t);
}

bool
date_epoch(struct local_time l, int64_t *out)
{
	int64_t as_utc = to_seconds(l);
	/* The offsets that hold before and after any jump near by. */
	int64_t first = as_utc - date_offset(as_utc - FAR);
	int64_t second = as_utc - date_offset(as_utc + FAR);

	if (second < first) {
		int64_t swap = first;

		first = second;
		second = swap;
	}
	if (to_seconds(date_local(first)) == as_utc)
		*out = first;
	else if (to_seconds(date_local(second)) == as_utc)
		*out = second;
	else
		return false;
	return true;
}

int64_t
date_start(struct date d)
{
	int64_t t;

	if (date_epoch((struct local_time){ .date = d }, &t))
		return t;
	/* Midnight was jumped over: the first second of that date or later. */
	int64_t before = date_to_days(d) * DATE_DAY - FAR;
	int64_t after = before + 2 * FAR;
	while (after - before > 1) {
		int64_t middle = before + (after - before) / 2;

		if (date_cmp(date_local(middle).date, d) < 0)
			before = middle;
		else
			after = middle;
	}
	return after;
}

void
date_put(struct buf *b, struct date d)
{
	buf_printf(b, "%04d-%02d-%02d", d.year, d.month, d.day);
}

void
date_put_rfc3339(struct buf *b, int64_t t)
{
	struct local_time l = date_local(t);
	int offset = date_offset(t);
	int away = abs(offset) / 60;

	date_put(b, l.date);
	buf_printf(b, "T%02d:%02d:%02d%c%02d:%02d", l.hour, l.minute, l.second,
	    offset < 0 ? '-' : '+', away / 60, away % 60);
}

bool
date_parse_rfc3339(struct str s, int64_t *out)
{
	struct local_time l;
	int hours = 0, minutes = 0, second = 0;

	/* Seconds are not optional here: "T10:00:00" is 9 long. */
	if (s.n < 20 || s.p[16] != ':' || !take_local(&s, &l))
		return false;
	if (sign(&s, '.')) {
		int ignored;

		if (!digits(&s, 1, &ignored))
			return false;
		while (digits(&s, 1, &ignored))
			continue;
	}
	int64_t t = to_seconds(l);
	if (str_eq(s, STR("Z")) || str_eq(s, STR("z"))) {
		*out = t;
		return true;
	}
	bool west = sign(&s, '-');
	if (!west && !sign(&s, '+'))
		return false;
	if (s.n != 5 || !take_time(&s, &hours, &minutes, &second))
		return false;
	int64_t offset = hours * HOUR + minutes * 60;
	*out = west ? t + offset : t - offset;
	return true;
}

static const char *
weekday_name(struct date d)
{
	static const char names[][4] = { "Mon", "Tue", "Wed", "Thu", "Fri",
		"Sat", "Sun" };

	return names[date_weekday(d)];
}

static const char *
month_name(struct date d)
{
	static const char names[][4] = { "Jan", "Feb", "Mar", "Apr", "May",
		"Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec" };

	return names[d.month - 1];
}

static void
put_mail_date(struct buf *b, struct local_time l)
{
	buf_printf(b, "%s, %02d %s %04d %02d:%02d:%02d", weekday_name(l.date),
	    l.date.day, month_name(l.date), l.date.year, l.hour, l.minute,
	    l.second);
}

void
date_put_rfc5322(struct buf *b, int64_t t)
{
	int offset = date_offset(t);
	int away = abs(offset) / 60;

	put_mail_date(b, date_local(t));
	buf_printf(b, " %c%02d%02d", offset < 0 ? '-' : '+', away / 60,
	    away % 60);
}

void
date_put_http(struct buf *b, int64_t t)
{
	put_mail_date(b, from_seconds(t));
	buf_str(b, STR(" GMT"));
}
