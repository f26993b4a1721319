#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "generator/view/repeat.h"

static struct date
day(const char *iso)
{
	struct date d = { 0 };

	if (iso != NULL)
		assert_true(date_parse(str_from(iso), &d));
	return d;
}

static struct when
when(const char *iso)
{
	struct when w = { .given = iso != NULL };
	struct local_time l;

	if (iso == NULL)
		return w;
	if (date_parse_local(str_from(iso), &l)) {
		w.date = l.date;
		assert_true(date_epoch(l, &w.at));
		return w;
	}
	w.whole_day = true;
	w.date = day(iso);
	w.at = date_start(w.date);
	return w;
}

enum { MON = 1, WED = 4, SAT = 32, SUN = 64 };

/* Occasions as "first[/last]" with blanks between. */
static const struct {
	const char *name, *starts, *ends;
	enum every every;
	unsigned days;
	const char *until, *except, *from, *to, *want;
} cases[] = {
	{ "once", "2026-12-05T10:00", NULL, EVERY_NONE, 0, NULL, NULL,
	    "2026-12-01", "2026-12-31", "2026-12-05" },
	{ "once, outside", "2026-12-05T10:00", NULL, EVERY_NONE, 0, NULL, NULL,
	    "2027-01-01", "2027-01-31", "" },
	{ "several days reach into the window", "2026-11-29", "2026-12-02",
	    EVERY_NONE, 0, NULL, NULL, "2026-12-02", "2026-12-31",
	    "2026-11-29/2026-12-02" },
	{ "an end at midnight is the evening before", "2026-12-05T18:00",
	    "2026-12-06T00:00", EVERY_NONE, 0, NULL, NULL, "2026-12-01",
	    "2026-12-31", "2026-12-05" },
	{ "daily, until is a day of it", "2026-12-29", NULL, EVERY_DAY, 0,
	    "2027-01-02", "2027-01-01", "2026-12-01", "2027-02-01",
	    "2026-12-29 2026-12-30 2026-12-31 2027-01-02" },
	{ "weekly on the start's day when none is named", "2026-12-05T10:00",
	    NULL, EVERY_WEEK, 0, "2026-12-20", NULL, "2026-12-01", "2026-12-31",
	    "2026-12-05 2026-12-12 2026-12-19" },
	{ "weekly, the start is no day of the rule", "2026-12-05T10:00", NULL,
	    EVERY_WEEK, MON | WED, "2026-12-14", NULL, "2026-12-01",
	    "2026-12-31", "2026-12-07 2026-12-09 2026-12-14" },
	{ "weekly, several days, cut by the window", "2026-12-05", "2026-12-06",
	    EVERY_WEEK, SAT, "2027-02-01", "2026-12-19", "2026-12-13",
	    "2026-12-26", "2026-12-12/2026-12-13 2026-12-26/2026-12-27" },
	{ "monthly skips months without the day", "2026-10-31", NULL,
	    EVERY_MONTH, 0, "2027-03-31", NULL, "2026-10-01", "2027-12-31",
	    "2026-10-31 2026-12-31 2027-01-31 2027-03-31" },
	{ "until before the start", "2026-12-05", NULL, EVERY_DAY, 0,
	    "2026-12-04", NULL, "2026-01-01", "2027-12-31", "" },
};

static void
expands_as_the_table_says(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a = { 0 };
		struct buf b = { 0 };
		struct occasions o = { 0 };
		struct event e = { .starts = when(cases[i].starts),
			.ends = when(cases[i].ends) };

		e.repeat.every = cases[i].every;
		e.repeat.days = cases[i].days;
		e.repeat.until = day(cases[i].until);
		if (cases[i].except != NULL)
			*VEC_PUSH(&a, &e.repeat.except) = day(cases[i].except);
		repeat_expand(&a, &e, day(cases[i].from), day(cases[i].to), &o);
		for (size_t k = 0; k < o.all.n; k++) {
			const struct occasion *one = &o.all.at[k];

			if (k > 0)
				buf_char(&b, ' ');
			date_put(&b, one->first);
			if (date_cmp(one->first, one->last) != 0) {
				buf_char(&b, '/');
				date_put(&b, one->last);
			}
		}
		if (!str_eq(buf_view(&b), str_from(cases[i].want)))
			fail_msg("%s: %.*s", cases[i].name,
			    STR_ARG(buf_view(&b)));
		buf_free(&b);
		arena_free(&a);
	}
}

/* Across the step to summer time the hour on the wall stays. */
static void
keeps_the_hour_of_the_wall(void **state)
{
	struct arena a = { 0 };
	struct occasions o = { 0 };

	(void)state;
	assert_true(date_zone_set("Europe/Berlin"));
	struct event e = { .starts = when("2026-03-28T10:00"),
		.ends = when("2026-03-28T11:30") };
	e.repeat.every = EVERY_DAY;
	e.repeat.until = day("2026-03-29");
	repeat_expand(&a, &e, day("2026-03-01"), day("2026-04-01"), &o);
	assert_int_equal(o.all.n, 2);
	assert_int_equal(o.all.at[1].at - o.all.at[0].at, DATE_DAY - 3600);
	assert_int_equal(date_local(o.all.at[1].at).hour, 10);
	assert_int_equal(o.all.at[1].end - o.all.at[1].at, 5400);
	arena_free(&a);
	assert_true(date_zone_set("Asia/Yakutsk"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(expands_as_the_table_says),
		cmocka_unit_test(keeps_the_hour_of_the_wall),
	};

	assert_true(date_zone_set("Asia/Yakutsk"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
