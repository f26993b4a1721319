#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "generator/view/ics.h"

/* Without the folds, and every line held to 75 octets and whole characters. */
static struct str
unfold(struct arena *a, struct str s)
{
	struct buf b = { 0 };
	struct str out;
	size_t line = 0, bad;

	for (size_t i = 0; i < s.n; i++) {
		if (i + 1 < s.n && s.p[i] == '\r' && s.p[i + 1] == '\n') {
			assert_true(line <= 75);
			assert_true(
			    utf8_valid((struct str){ s.p + i - line, line },
				&bad));
			line = 0;
			i++;
			if (i + 1 < s.n && s.p[i + 1] == ' ') {
				i++;
				line = 1;
				continue;
			}
			buf_char(&b, '\n');
			continue;
		}
		line++;
		buf_char(&b, s.p[i]);
	}
	assert_int_equal(line, 0);
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

static void
folds_long_lines_between_characters(void **state)
{
	static const struct {
		const char *piece;
		size_t times;
	} cases[] = { { "", 1 }, { "x", 67 }, { "x", 68 }, { "x", 69 },
		{ "я", 33 }, { "я", 34 }, { "я", 35 }, { "я", 400 },
		{ "xя", 100 }, { "🚣", 50 }, { "x🚣", 50 } };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct arena a = { 0 };
		struct buf in = { 0 }, out = { 0 }, want = { 0 };

		for (size_t k = 0; k < cases[i].times; k++)
			buf_str(&in, str_from(cases[i].piece));
		ics_line(&out, STR("SUMMARY"), buf_view(&in));
		buf_printf(&want, "SUMMARY:%.*s\n", STR_ARG(buf_view(&in)));
		assert_true(
		    str_eq(unfold(&a, buf_view(&out)), buf_view(&want)));
		buf_free(&in);
		buf_free(&out);
		buf_free(&want);
		arena_free(&a);
	}
}

static void
escapes_text(void **state)
{
	struct arena a = { 0 };
	struct buf out = { 0 };

	(void)state;
	ics_text(&out, &a, STR("LOCATION"),
	    STR("ул. Мира, 1; \\ вход\nсо двора"));
	assert_string_equal(buf_view(&out).p,
	    "LOCATION:ул. Мира\\, 1\\; \\\\ вход\\nсо двора\r\n");
	buf_free(&out);
	arena_free(&a);
}

static void
writes_moments_in_both_clocks(void **state)
{
	struct arena a = { 0 };
	int64_t t = 1796432400; /* 2026-12-05T10:00+09:00 */

	(void)state;
	assert_string_equal(ics_utc(&a, t).p, "20261205T010000Z");
	assert_string_equal(ics_local(&a, t).p, "20261205T100000");
	assert_string_equal(ics_utc(&a, -1).p, "19691231T235959Z");
	assert_string_equal(ics_date(&a, (struct date){ 2026, 2, 3 }).p,
	    "20260203");
	assert_string_equal(ics_days(&a, 1 | 4 | 64).p, "MO,WE,SU");
	arena_free(&a);
}

static void
tells_the_shifts_of_a_zone(void **state)
{
	struct arena a = { 0 };
	struct buf out = { 0 };
	struct ics_zone z = { 0 };

	(void)state;
	assert_true(date_zone_set("Europe/Berlin"));
	int64_t from = date_start((struct date){ 2026, 1, 1 });
	int64_t to = date_start((struct date){ 2027, 1, 1 });

	ics_zone_find(&a, from, to + (int64_t)366 * DATE_DAY, &z);
	assert_int_equal(z.shifts.n, 4);
	ics_zone_put(&out, &a, &z, from, to);
	assert_string_equal(buf_view(&out).p,
	    "BEGIN:VTIMEZONE\r\nTZID:Europe/Berlin\r\n"
	    "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
	    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
	    "BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\n"
	    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"
	    "BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\n"
	    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n"
	    "END:VTIMEZONE\r\n");
	buf_free(&out);
	arena_free(&a);
	assert_true(date_zone_set("Asia/Yakutsk"));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folds_long_lines_between_characters),
		cmocka_unit_test(escapes_text),
		cmocka_unit_test(writes_moments_in_both_clocks),
		cmocka_unit_test(tells_the_shifts_of_a_zone),
	};

	assert_true(date_zone_set("Asia/Yakutsk"));
	return cmocka_run_group_tests(tests, NULL, NULL);
}
