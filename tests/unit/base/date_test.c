#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <time.h>

#include "base/buf.h"
#include "base/date.h"

static void
assert_put(struct buf *b, const char *want)
{
	assert_string_equal(buf_view(b).p, want);
	buf_reset(b);
}

static void
only_dates_that_exist_are_dates(void **state)
{
	static const struct {
		const char *s;
		bool ok;
	} cases[] = {
		{ "", false },
		{ "2026", false },
		{ "2026-1-1", false },
		{ "2026-02-29", false },
		{ "2100-02-29", false },
		{ "2026-00-10", false },
		{ "2026-13-10", false },
		{ "2026-04-31", false },
		{ "2026-04-00", false },
		{ "1899-12-31", false },
		{ "2200-01-01", false },
		{ "2026-12-05 ", false },
		{ "2026-12-05T10:00", false },
		{ "2026/12/05", false },
		{ "2024-02-29", true },
		{ "2000-02-29", true },
		{ "1900-01-01", true },
		{ "2199-12-31", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct date d;

		assert_int_equal(date_parse(str_from(cases[i].s), &d),
		    cases[i].ok);
	}
}

static void
only_times_of_the_day_are_times(void **state)
{
	static const struct {
		const char *s;
		bool ok;
	} cases[] = {
		{ "", false },
		{ "1:30", false },
		{ "24:00", false },
		{ "10:60", false },
		{ "10:30:60", false },
		{ "10:30:", false },
		{ "10:30 ", false },
		{ "00:00", true },
		{ "23:59:59", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int h, m, s;

		assert_int_equal(date_parse_time(str_from(cases[i].s), &h, &m,
				     &s),
		    cases[i].ok);
	}
	struct local_time l;
	assert_false(date_parse_local(STR("2026-12-05 10:00"), &l));
	assert_false(date_parse_local(STR("2026-12-05T10:00Z"), &l));
	assert_true(date_parse_local(STR("2026-12-05T10:05"), &l));
	assert_int_equal(l.date.day, 5);
	assert_int_equal(l.minute, 5);
	assert_int_equal(l.second, 0);
}

static void
every_day_of_three_centuries_goes_there_and_back(void **state)
{
	struct date d = { 1900, 1, 1 };
	int64_t first = date_to_days(d);

	(void)state;
	assert_int_equal(date_weekday(d), 0);
	assert_int_equal(date_to_days((struct date){ 1970, 1, 1 }), 0);
	for (int64_t day = first; d.year < 2200; day++) {
		assert_true(date_to_days(d) == day);
		assert_int_equal(date_cmp(date_from_days(day), d), 0);
		assert_int_equal(date_weekday(d), (int)((day - first) % 7));
		if (++d.day > date_days_in_month(d.year, d.month)) {
			d.day = 1;
			d.month++;
		}
		if (d.month == 13) {
			d.month = 1;
			d.year++;
		}
	}
}

static void
a_week_belongs_to_the_year_of_its_thursday(void **state)
{
	(void)state;
	assert_int_equal(date_iso_week((struct date){ 2021, 1, 3 }), 53);
	assert_int_equal(date_iso_week((struct date){ 2021, 1, 4 }), 1);
	assert_int_equal(date_iso_week((struct date){ 2024, 12, 30 }), 1);
	assert_int_equal(date_iso_week((struct date){ 2026, 12, 31 }), 53);
	assert_int_equal(date_iso_week((struct date){ 2027, 1, 1 }), 53);
}

static void
a_child_of_29_february_is_older_on_1_march(void **state)
{
	struct date leap = { 2020, 2, 29 }, spring = { 2019, 9, 1 };

	(void)state;
	assert_int_equal(date_years(leap, (struct date){ 2026, 2, 28 }), 5);
	assert_int_equal(date_years(leap, (struct date){ 2026, 3, 1 }), 6);
	assert_int_equal(date_years(leap, (struct date){ 2024, 2, 29 }), 4);
	assert_int_equal(date_years(spring, (struct date){ 2026, 8, 31 }), 6);
	assert_int_equal(date_years(spring, (struct date){ 2026, 9, 1 }), 7);
	assert_int_equal(date_years(spring, spring), 0);
	assert_true(date_years(spring, (struct date){ 2019, 8, 31 }) < 0);
}

static void
zones_that_are_not_there_are_refused(void **state)
{
	(void)state;
	assert_false(date_zone_set(""));
	assert_false(date_zone_set("Asia"));
	assert_false(date_zone_set("Asia/Nowhere"));
	assert_false(date_zone_set("../../../etc/passwd"));
	assert_false(date_zone_set("/usr/share/zoneinfo/UTC"));
	assert_false(date_zone_set("YAKT-9"));
	assert_string_equal(date_zone(), "UTC");
}

static void
without_a_zone_the_environment_does_not_matter(void **state)
{
	(void)state;
	assert_int_equal(setenv("TZ", "Asia/Tokyo", 1), 0);
	assert_int_equal(date_offset(0), 0);
	assert_int_equal(date_local(-1).date.year, 1969);
	assert_int_equal(date_local(-1).second, 59);
}

static void
the_clocks_are_followed_over_their_jumps(void **state)
{
	int64_t t;

	(void)state;
	assert_true(date_zone_set("Europe/Berlin"));
	/* 2026-03-29 02:00 → 03:00, 2026-10-25 03:00 → 02:00. */
	assert_false(
	    date_epoch((struct local_time){ { 2026, 3, 29 }, 2, 30, 0 }, &t));
	assert_true(
	    date_epoch((struct local_time){ { 2026, 3, 29 }, 1, 59, 59 }, &t));
	assert_true(t == 1774745999);
	assert_true(
	    date_epoch((struct local_time){ { 2026, 3, 29 }, 3, 0, 0 }, &t));
	assert_true(t == 1774746000);
	assert_true(
	    date_epoch((struct local_time){ { 2026, 10, 25 }, 2, 30, 0 }, &t));
	assert_true(t == 1792888200); /* of two, the first: +02:00 */
	assert_int_equal(date_offset(t), 7200);
	assert_int_equal(date_offset(t + 3600), 3600);
}

static void
a_day_without_midnight_starts_later(void **state)
{
	(void)state;
	assert_true(date_zone_set("America/Sao_Paulo"));
	/* 2018-11-04 began at 01:00 (-02:00). */
	int64_t t = date_start((struct date){ 2018, 11, 4 });
	assert_int_equal(date_local(t).hour, 1);
	assert_int_equal(date_local(t - 1).date.day, 3);
	assert_true(date_zone_set("Asia/Yakutsk"));
	t = date_start((struct date){ 2026, 12, 5 });
	assert_true(t == 1796396400);
}

static void
moments_are_written_with_the_zones_offset(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_true(date_zone_set("Asia/Yakutsk"));
	date_put_rfc3339(&b, 1796432400);
	assert_put(&b, "2026-12-05T10:00:00+09:00");
	date_put_rfc5322(&b, 1796432400);
	assert_put(&b, "Sat, 05 Dec 2026 10:00:00 +0900");
	date_put_http(&b, 1796432400);
	assert_put(&b, "Sat, 05 Dec 2026 01:00:00 GMT");
	assert_true(date_zone_set("America/St_Johns"));
	date_put_rfc3339(&b, 1796432400);
	assert_put(&b, "2026-12-04T21:30:00-03:30");
	assert_true(date_zone_set("UTC"));
	date_put_rfc3339(&b, 0);
	assert_put(&b, "1970-01-01T00:00:00+00:00");
	buf_free(&b);
}

static void
rfc_3339_is_read_whole_or_not_at_all(void **state)
{
	static const struct {
		const char *s;
		bool ok;
		int64_t t;
	} cases[] = {
		{ "", false, 0 },
		{ "2026-12-05", false, 0 },
		{ "2026-12-05T10:00:00", false, 0 },
		{ "2026-12-05T10:00Z", false, 0 },
		{ "2026-12-05T10:00:00+0900", false, 0 },
		{ "2026-12-05T10:00:00+9:00", false, 0 },
		{ "2026-12-05T10:00:00+24:00", false, 0 },
		{ "2026-12-05T10:00:00.Z", false, 0 },
		{ "2026-12-05T10:00:00Zx", false, 0 },
		{ "2026-02-30T10:00:00Z", false, 0 },
		{ "2026-12-05T01:00:00Z", true, 1796432400 },
		{ "2026-12-05t01:00:00.25z", true, 1796432400 },
		{ "2026-12-05T10:00:00+09:00", true, 1796432400 },
		{ "2026-12-04T21:30:00-03:30", true, 1796432400 },
		{ "1969-12-31T23:59:59-00:00", true, -1 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t t = 0;

		assert_int_equal(date_parse_rfc3339(str_from(cases[i].s), &t),
		    cases[i].ok);
		assert_true(t == cases[i].t);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_dates_that_exist_are_dates),
		cmocka_unit_test(only_times_of_the_day_are_times),
		cmocka_unit_test(
		    every_day_of_three_centuries_goes_there_and_back),
		cmocka_unit_test(a_week_belongs_to_the_year_of_its_thursday),
		cmocka_unit_test(a_child_of_29_february_is_older_on_1_march),
		cmocka_unit_test(zones_that_are_not_there_are_refused),
		cmocka_unit_test(
		    without_a_zone_the_environment_does_not_matter),
		cmocka_unit_test(the_clocks_are_followed_over_their_jumps),
		cmocka_unit_test(a_day_without_midnight_starts_later),
		cmocka_unit_test(moments_are_written_with_the_zones_offset),
		cmocka_unit_test(rfc_3339_is_read_whole_or_not_at_all),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
