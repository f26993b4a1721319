#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/diag.h"

enum { UNKNOWN, NOTED, COUNTED };

static const struct message messages[] = {
	[UNKNOWN] = { "unknown-field", DIAG_ERROR,
	    { "unknown field '%1'[ (did you mean '%2'?)]",
		"неизвестное поле «%1»[, может быть, «%2»?]" } },
	[NOTED] = { "noted", DIAG_WARNING, { "100% of %1[%2][%3]", "%1" } },
	[COUNTED] = { "counted", DIAG_ERROR, { "%1 and %2", "%2 и %1" } },
};

static const char *
printed(struct diag *d, enum diag_format format)
{
	static char room[4096];
	FILE *f = tmpfile();

	assert_non_null(f);
	diag_print(d, f, format);
	rewind(f);
	size_t n = fread(room, 1, sizeof(room) - 1, f);
	room[n] = '\0';
	fclose(f);
	return room;
}

static void
no_mistake_is_counted_too(void **state)
{
	struct diag d = { 0 };

	(void)state;
	assert_string_equal(printed(&d, DIAG_TEXT), "0 errors, 0 warnings\n");
	assert_string_equal(printed(&d, DIAG_JSON), "");
	assert_string_equal(printed(&d, DIAG_GITHUB), "");
}

static void
lines_come_in_order_of_place(void **state)
{
	struct diag d = { 0 };
	struct pos places[] = { { "b.yaml", 1, 1 }, { "a.yaml", 10, 2 },
		{ "a.yaml", 9, 3 }, { "a.yaml", 9, 2 } };

	(void)state;
	for (size_t i = 0; i < 4; i++)
		diag_say(&d, &messages[UNKNOWN], places[i], STR("x"));
	diag_say(&d, &messages[COUNTED], places[3], STR("later"), STR("1"));
	diag_say(&d, &messages[NOTED], places[3], STR("a"), STR(""), STR("c"));
	assert_string_equal(printed(&d, DIAG_TEXT),
	    "a.yaml:9:2: error: unknown field 'x'\n"
	    "a.yaml:9:2: error: later and 1\n"
	    "a.yaml:9:2: warning: 100% of ac\n"
	    "a.yaml:9:3: error: unknown field 'x'\n"
	    "a.yaml:10:2: error: unknown field 'x'\n"
	    "b.yaml:1:1: error: unknown field 'x'\n"
	    "5 errors, 1 warnings\n");
	diag_free(&d);
}

static void
the_same_is_said_once(void **state)
{
	struct diag d = { 0 };
	struct pos pos = { "a.yaml", 1, 1 };

	(void)state;
	diag_say(&d, &messages[UNKNOWN], pos, STR("x"));
	diag_say(&d, &messages[UNKNOWN], pos, STR("x"));
	/* Two missing fields have one place. */
	diag_say(&d, &messages[UNKNOWN], pos, STR("y"));
	assert_int_equal(d.errors, 2);
	diag_free(&d);
	assert_int_equal(d.errors, 0);
}

static void
a_part_in_brackets_needs_its_argument(void **state)
{
	struct diag d = { .lang = DIAG_RU };
	struct pos pos = { "a.yaml", 1, 1 };

	(void)state;
	diag_say(&d, &messages[UNKNOWN], pos, STR("titel"), STR("title"));
	/* What is quoted is not read again. */
	diag_say(&d, &messages[UNKNOWN], pos, STR("%2[%1]"), STR(""));
	assert_string_equal(printed(&d, DIAG_TEXT),
	    "a.yaml:1:1: error: неизвестное поле «titel», может быть, "
	    "«title»?\n"
	    "a.yaml:1:1: error: неизвестное поле «%2[%1]»\n"
	    "2 errors, 0 warnings\n");
	diag_free(&d);
}

static void
what_is_quoted_stays_on_its_line(void **state)
{
	struct diag d = { 0 };
	struct pos pos = { "a,b:c.yaml", 3, 4 };

	(void)state;
	diag_say(&d, &messages[UNKNOWN], pos, STR("x\n\x1b[1m%\"<"));
	assert_string_equal(printed(&d, DIAG_TEXT),
	    "a,b:c.yaml:3:4: error: unknown field 'x\\x0a\\x1b[1m%\"<'\n"
	    "1 errors, 0 warnings\n");
	assert_string_equal(printed(&d, DIAG_JSON),
	    "{\"path\":\"a,b:c.yaml\",\"line\":3,\"column\":4,"
	    "\"severity\":\"error\",\"code\":\"unknown-field\","
	    "\"text\":\"unknown field 'x\\n\\u001b[1m%\\\"\\u003c'\"}\n");
	assert_string_equal(printed(&d, DIAG_GITHUB),
	    "::error file=a%2Cb%3Ac.yaml,line=3,col=4::"
	    "unknown field 'x%0A\x1b[1m%25\"<'\n");
	diag_free(&d);
}

static void
the_nearest_name_is_found_and_none_when_all_are_far(void **state)
{
	static const struct str names[] = { STR_INIT("title"),
		STR_INIT("seats"), STR_INIT("id"), STR_INIT("municipality"),
		STR_INIT("age"), STR_INIT("aged") };
	static const struct {
		struct str typed;
		const char *want;
	} cases[] = {
		{ STR_INIT(""), "" },
		{ STR_INIT("x"), "" },
		{ STR_INIT("i"), "" },
		{ STR_INIT("ix"), "id" },
		{ STR_INIT("ID"), "id" },
		{ STR_INIT("titel"), "title" },
		{ STR_INIT("Titles"), "title" },
		{ STR_INIT("muni"), "municipality" },
		{ STR_INIT("mu"), "" },
		{ STR_INIT("age"), "age" },
		{ STR_INIT("agd"), "age" },
		{ STR_INIT("wholly-other"), "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str got = diag_nearest(cases[i].typed, names, 6);

		assert_int_equal(got.n, strlen(cases[i].want));
		assert_memory_equal(got.n ? got.p : "", cases[i].want, got.n);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_mistake_is_counted_too),
		cmocka_unit_test(lines_come_in_order_of_place),
		cmocka_unit_test(the_same_is_said_once),
		cmocka_unit_test(a_part_in_brackets_needs_its_argument),
		cmocka_unit_test(what_is_quoted_stays_on_its_line),
		cmocka_unit_test(
		    the_nearest_name_is_found_and_none_when_all_are_far),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
