#ifndef BASE_WORDS_H
#define BASE_WORDS_H

#include <stdint.h>

#include "base/date.h"
#include "base/str.h"

struct arena;
struct diag;
struct value;

/*
 * The words of one language, from strings/LANG.yaml of a theme, and how dates,
 * sums and counts are said in it.  All results live on the given arena.
 * No-break spaces stand where LOOK asks for them ("7–10 лет", "24 000
 * ₽").
 *
 * strings/LANG.yaml is a mapping of keys to texts; a mapping below a key
 * groups keys (t.nav.programs); a mapping with the keys one, few, many, other
 * (those CLDR knows for the language) is a plural, with {n} for the number;
 * {name} is a parameter for words_text().
 */
struct strings;

/*
 * Reads strings/LANG.yaml from its text; mistakes go to the diag under path.
 * lang is "ru" or "en": it picks the plural rule.  Never NULL; what is wrong
 * or missing is empty.  Text and path must live as long as the arena.
 *
 * The group `format` holds the words that this room needs itself; what they
 * are is said in kruzhok-theme(7), and a missing one is a mistake.
 */
struct strings *strings_load(struct arena *a, struct diag *d, const char *path,
    struct str text, struct str lang);

/* The whole tree as a value map, for "t" in templates. */
const struct value *strings_value(const struct strings *s);

/*
 * The text of a dotted key; of a plural its form "other".  The key itself
 * (and a debug line) when there is none.
 */
struct str words(const struct strings *s, const char *key);

/* The form of a plural key for n, with {n} written in the language's way. */
struct str words_count(const struct strings *s, struct arena *a,
    const char *key, int64_t n);

/*
 * The text of a key with {name} replaced: pairs is n times name, text.
 * words_fill(s, a, "answer_by", 1, (struct str[]){ STR("date"), d })
 */
struct str words_fill(const struct strings *s, struct arena *a, const char *key,
    size_t n, const struct str *pairs);

/* 24 000 / 24,000 */
struct str words_number(const struct strings *s, struct arena *a, int64_t n);
/* Hundredths: "24 000 ₽", "4 500,50 ₽"; unit "rub" or "hours". */
struct str words_money(const struct strings *s, struct arena *a,
    int64_t hundredths, struct str unit);
/* "5 декабря", with the year when it is not that of `today`. */
struct str words_date(const struct strings *s, struct arena *a, struct date d,
    struct date today);
/* "5 декабря 2026 г." always. */
struct str words_date_full(const struct strings *s, struct arena *a,
    struct date d);
/* "5 декабря, 10:00" */
struct str words_moment(const struct strings *s, struct arena *a, int64_t t,
    struct date today);
/* "10:00", "9:05" */
struct str words_time(struct arena *a, int hour, int minute);
/* "7–10 лет", "от 7 лет", "до 10 лет", "" when both are -1. */
struct str words_ages(const struct strings *s, struct arena *a, int min,
    int max);
/* "декабрь 2026" */
struct str words_month(const struct strings *s, struct arena *a, int year,
    int month);
/* 0 Monday: "пн", "понедельник". */
struct str words_weekday(const struct strings *s, int weekday);
struct str words_weekday_full(const struct strings *s, int weekday);

#endif
