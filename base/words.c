#include "base/words.h"

#include <string.h>

#include "base/arena.h"
#include "base/log.h"
#include "base/words_tree.h"

const struct value *
strings_value(const struct strings *s)
{
	return s->tree;
}

static const struct entry *
find(const struct strings *s, const char *key)
{
	const struct entry *e = map_get(&s->entries, str_from(key));

	if (e == NULL)
		log_debug("no text '%s' in the strings", key);
	return e;
}

struct str
words(const struct strings *s, const char *key)
{
	const struct entry *e = find(s, key);

	return e == NULL ? str_from(key) : e->text;
}

static struct str
item(const struct strings *s, const char *key, int i)
{
	const struct entry *e = find(s, key);

	if (e == NULL || i < 0 || (size_t)i >= e->list.n)
		return STR("");
	return e->list.at[i];
}

/* Writes at a place, or only counts when there is no room yet. */
static size_t
put(char *room, size_t at, struct str s)
{
	if (room != NULL && s.n > 0)
		memcpy(room + at, s.p, s.n);
	return at + s.n;
}

static size_t
put_filled(char *room, struct str text, size_t n, const struct str *pairs)
{
	struct str head, name, rest;
	size_t at = 0;

	while (str_cut(text, '{', &head, &rest)) {
		size_t i = 0;

		at = put(room, at, head);
		if (!str_cut(rest, '}', &name, &text)) {
			text = rest;
			at = put(room, at, STR("{"));
			continue;
		}
		while (i < n && !str_eq(pairs[2 * i], name))
			i++;
		if (i < n) {
			at = put(room, at, pairs[2 * i + 1]);
			continue;
		}
		at = put(room, at, STR("{"));
		at = put(room, at, name);
		at = put(room, at, STR("}"));
	}
	return put(room, at, text);
}

/* The text with each {name} replaced that the pairs know. */
static struct str
fill(struct arena *a, struct str text, size_t n, const struct str *pairs)
{
	size_t size = put_filled(NULL, text, n, pairs);
	char *room = arena_alloc(a, 1, size + 1);

	put_filled(room, text, n, pairs);
	return (struct str){ room, size };
}

struct str
words_fill(const struct strings *s, struct arena *a, const char *key, size_t n,
    const struct str *pairs)
{
	return fill(a, words(s, key), n, pairs);
}

static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

static struct str
plural(const struct strings *s, const char *key, enum form form)
{
	const struct entry *e = find(s, key);

	if (e == NULL)
		return str_from(key);
	return e->plural && e->forms[form].n > 0 ? e->forms[form] : e->text;
}

struct str
words_count(const struct strings *s, struct arena *a, const char *key,
    int64_t n)
{
	enum form form = s->language->form(magnitude(n));

	return fill(a, plural(s, key, form), 1,
	    (struct str[]){ STR("n"), words_number(s, a, n) });
}

/* A true minus, and groups of three. */
static size_t
put_number(char *room, bool negative, struct str digits, struct str group)
{
	size_t at = 0;

	if (negative)
		at = put(room, at, STR("\xe2\x88\x92"));
	for (size_t i = 0; i < digits.n; i++) {
		if (i > 0 && (digits.n - i) % 3 == 0)
			at = put(room, at, group);
		at = put(room, at, str_slice(digits, i, 1));
	}
	return at;
}

static struct str
number(const struct strings *s, struct arena *a, bool negative, uint64_t n)
{
	enum { ROOM = 20 }; /* digits of UINT64_MAX */
	char last[ROOM];
	struct str group = words(s, "format.thousands");
	size_t at = ROOM;

	do
		last[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	struct str digits = { last + at, ROOM - at };
	size_t size = put_number(NULL, negative, digits, group);
	char *room = arena_alloc(a, 1, size + 1);
	put_number(room, negative, digits, group);
	return (struct str){ room, size };
}

struct str
words_number(const struct strings *s, struct arena *a, int64_t n)
{
	return number(s, a, n < 0, magnitude(n));
}

struct str
words_money(const struct strings *s, struct arena *a, int64_t hundredths,
    struct str unit)
{
	uint64_t all = magnitude(hundredths), whole = all / 100;
	unsigned part = (unsigned)(all % 100);
	bool hours = str_eq(unit, STR("hours"));
	bool tenths = hours && part % 10 == 0;
	struct str sum = number(s, a, hundredths < 0, whole);

	if (part > 0)
		sum = str_format(a, "%.*s%.*s%0*u", STR_ARG(sum),
		    STR_ARG(words(s, "format.decimal")), tenths ? 1 : 2,
		    tenths ? part / 10 : part);
	if (!hours)
		return fill(a, words(s, "format.rub"), 1,
		    (struct str[]){ STR("sum"), sum });
	enum form form = part > 0 ? FORM_OTHER : s->language->form(whole);
	return fill(a, plural(s, "format.hours", form), 1,
	    (struct str[]){ STR("n"), sum });
}

static struct str
say_date(const struct strings *s, struct arena *a, struct date d,
    const char *key)
{
	return fill(a, words(s, key), 3,
	    (struct str[]){ STR("day"), str_int(a, d.day), STR("month"),
		item(s, "format.months_of", d.month - 1), STR("year"),
		str_int(a, d.year) });
}

struct str
words_date(const struct strings *s, struct arena *a, struct date d,
    struct date today)
{
	return say_date(s, a, d,
	    d.year == today.year ? "format.date" : "format.date_full");
}

struct str
words_date_full(const struct strings *s, struct arena *a, struct date d)
{
	return say_date(s, a, d, "format.date_full");
}

struct str
words_time(struct arena *a, int hour, int minute)
{
	char text[] = { (char)('0' + hour / 10), (char)('0' + hour % 10), ':',
		(char)('0' + minute / 10), (char)('0' + minute % 10) };
	struct str all = { text, sizeof(text) };

	return str_dup(a, hour < 10 ? str_slice(all, 1, all.n) : all);
}

struct str
words_moment(const struct strings *s, struct arena *a, int64_t t,
    struct date today)
{
	struct local_time l = date_local(t);

	return fill(a, words(s, "format.moment"), 2,
	    (struct str[]){ STR("date"), words_date(s, a, l.date, today),
		STR("time"), words_time(a, l.hour, l.minute) });
}

struct str
words_ages(const struct strings *s, struct arena *a, int min, int max)
{
	const char *key = min < 0      ? "format.ages_to"
			  : max < 0    ? "format.ages_from"
			  : min == max ? "format.age"
				       : "format.ages";
	int n = max < 0 ? min : max;

	if (min < 0 && max < 0)
		return STR("");
	return fill(a, plural(s, key, s->language->form((uint64_t)n)), 3,
	    (struct str[]){ STR("min"), str_int(a, min), STR("max"),
		str_int(a, max), STR("n"), str_int(a, n) });
}

struct str
words_month(const struct strings *s, struct arena *a, int year, int month)
{
	return fill(a, words(s, "format.month"), 2,
	    (struct str[]){ STR("month"), item(s, "format.months", month - 1),
		STR("year"), str_int(a, year) });
}

struct str
words_weekday(const struct strings *s, int weekday)
{
	return item(s, "format.weekdays_short", weekday);
}

struct str
words_weekday_full(const struct strings *s, int weekday)
{
	return item(s, "format.weekdays", weekday);
}
