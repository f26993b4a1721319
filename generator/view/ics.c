#include "generator/view/ics.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"

enum {
	LINE_MAX_OCTETS = 75,
	SEARCH_STEP = 21 * DATE_DAY,
	/* A shift that is taken back sooner than this is summer time. */
	SUMMER_MAX = 300 * DATE_DAY
};

/* Appends text to a line that has *room octets left, folding as needed. */
static void
put_folded(struct buf *out, struct str s, size_t *room)
{
	size_t at = 0;

	while (s.n - at > *room) {
		size_t cut = at + *room;

		while (cut > at && ((unsigned char)s.p[cut] & 0xc0) == 0x80)
			cut--;
		buf_put(out, s.p + at, cut - at);
		buf_str(out, STR("\r\n "));
		at = cut;
		*room = LINE_MAX_OCTETS - 1;
	}
	buf_put(out, s.p + at, s.n - at);
	*room -= s.n - at;
}

void
ics_line(struct buf *out, struct str name, struct str value)
{
	size_t room = LINE_MAX_OCTETS;

	put_folded(out, name, &room);
	put_folded(out, STR(":"), &room);
	put_folded(out, value, &room);
	buf_str(out, STR("\r\n"));
}

void
ics_text(struct buf *out, struct arena *a, struct str name, struct str value)
{
	struct buf b = { 0 };

	escape_ics(&b, value);
	ics_line(out, name, str_dup(a, buf_view(&b)));
	buf_free(&b);
}

/* A number as so many digits: a calendar is full of them. */
static char *
put_digits(char *at, int n, int digits)
{
	for (int i = digits - 1; i >= 0; i--, n /= 10)
		at[i] = (char)('0' + n % 10);
	return at + digits;
}

static char *
put_date(char *at, struct date d)
{
	at = put_digits(at, d.year, 4);
	at = put_digits(at, d.month, 2);
	return put_digits(at, d.day, 2);
}

struct str
ics_date(struct arena *a, struct date d)
{
	char text[sizeof("20261205")];
	char *end = put_date(text, d);

	return str_dup(a, (struct str){ text, (size_t)(end - text) });
}

/* A count of seconds since 1970 of some clock, cut into day and rest. */
static struct str
clock_stamp(struct arena *a, int64_t t, bool utc)
{
	int64_t rest = (t % DATE_DAY + DATE_DAY) % DATE_DAY;
	int s = (int)rest;
	char text[sizeof("20261205T100000Z")], *at = text;

	at = put_date(at, date_from_days((t - rest) / DATE_DAY));
	*at++ = 'T';
	at = put_digits(at, s / 3600, 2);
	at = put_digits(at, s / 60 % 60, 2);
	at = put_digits(at, s % 60, 2);
	if (utc)
		*at++ = 'Z';
	return str_dup(a, (struct str){ text, (size_t)(at - text) });
}

struct str
ics_utc(struct arena *a, int64_t t)
{
	return clock_stamp(a, t, true);
}

struct str
ics_local(struct arena *a, int64_t t)
{
	return clock_stamp(a, t + date_offset(t), false);
}

struct str
ics_days(struct arena *a, unsigned days)
{
	static const char names[] = "MOTUWETHFRSASU";
	char out[7 * 3];
	size_t n = 0;

	for (size_t i = 0; i < 7; i++) {
		if ((days >> i & 1) == 0)
			continue;
		if (n > 0)
			out[n++] = ',';
		out[n++] = names[2 * i];
		out[n++] = names[2 * i + 1];
	}
	return str_dup(a, (struct str){ out, n });
}

void
ics_zone_find(struct arena *a, int64_t from, int64_t to, struct ics_zone *out)
{
	int was = date_offset(from);

	for (int64_t t = from; t < to; t += SEARCH_STEP) {
		int64_t low = t, high = t + SEARCH_STEP;
		int now = date_offset(high);

		if (now == was)
			continue;
		while (high - low > 1) {
			int64_t mid = low + (high - low) / 2;

			if (date_offset(mid) == was)
				low = mid;
			else
				high = mid;
		}
		now = date_offset(high);
		*VEC_PUSH(a, &out->shifts) =
		    (struct ics_shift){ high, was, now };
		was = now;
	}
}

static struct str
offset(struct arena *a, int seconds)
{
	int s = seconds < 0 ? -seconds : seconds;

	return str_format(a, "%c%02d%02d", seconds < 0 ? '-' : '+', s / 3600,
	    s / 60 % 60);
}

static void
put_shift(struct buf *out, struct arena *a, struct str kind, struct str start,
    int from, int to)
{
	ics_line(out, STR("BEGIN"), kind);
	ics_line(out, STR("DTSTART"), start);
	ics_line(out, STR("TZOFFSETFROM"), offset(a, from));
	ics_line(out, STR("TZOFFSETTO"), offset(a, to));
	ics_line(out, STR("END"), kind);
}

/* A step forward that is soon taken back. */
static bool
is_summer(const struct ics_zone *z, size_t i)
{
	const struct ics_shift *s = &z->shifts.at[i];

	return s->to > s->from && i + 1 < z->shifts.n && s[1].to < s[1].from &&
	       s[1].at - s->at < SUMMER_MAX;
}

void
ics_zone_put(struct buf *out, struct arena *a, const struct ics_zone *z,
    int64_t from, int64_t to)
{
	struct str zone = str_from(date_zone());
	int base = date_offset(from);

	ics_line(out, STR("BEGIN"), STR("VTIMEZONE"));
	ics_line(out, STR("TZID"), zone);
	put_shift(out, a, STR("STANDARD"), STR("19700101T000000"), base, base);
	for (size_t i = 0; i < z->shifts.n; i++) {
		const struct ics_shift *s = &z->shifts.at[i];

		if (s->at <= from || s->at > to)
			continue;
		put_shift(out, a,
		    is_summer(z, i) ? STR("DAYLIGHT") : STR("STANDARD"),
		    clock_stamp(a, s->at + s->from, false), s->from, s->to);
	}
	ics_line(out, STR("END"), STR("VTIMEZONE"));
}
