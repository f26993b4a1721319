#include "base/words.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/value.h"

/* A no-break space, an en dash and a true minus, as they are written. */
#define NB "\xc2\xa0"
#define DASH "\xe2\x80\x93"
#define MINUS "\xe2\x88\x92"
#define ROUBLE "\xe2\x82\xbd"

struct fixture {
	struct arena arena;
	struct diag diag;
	struct strings *ru, *en;
};

/* The strings of the theme that comes with the program, and a few more. */
static struct strings *
load(struct fixture *f, const char *lang, const char *more)
{
	struct arena *a = &f->arena;
	struct str path = str_format(a, "themes/default/strings/%s.yaml", lang);
	struct str text;

	assert_int_equal(file_read(a, path.p, 1 << 20, &text), FILE_OK);
	return strings_load(a, &f->diag, path.p,
	    str_format(a, "%.*s\n%s", STR_ARG(text), more), str_from(lang));
}

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_true(date_zone_set("Asia/Yakutsk"));
	f->ru = load(f, "ru",
	    "test:\n"
	    "  seats: {one: \"{n} место\", few: \"{n} места\", "
	    "many: \"{n} мест\", other: \"{n} места\"}\n"
	    "  answer: \"Ответят до {date}, {who} {what\"\n"
	    "  empty: ''\n"
	    "  list: [a, b]\n");
	f->en = load(f, "en",
	    "test:\n  seats: {one: \"{n} seat\", other: \"{n} seats\"}\n");
	assert_int_equal(f->diag.errors, 0);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	diag_free(&f->diag);
	arena_free(&f->arena);
	free(f);
	return 0;
}

static void
is(struct str got, const char *want)
{
	assert_string_equal(got.p, want);
	assert_int_equal(got.n, str_from(want).n);
}

static void
a_count_takes_its_form(void **state)
{
	static const struct {
		int64_t n;
		const char *ru, *en;
	} cases[] = {
		{ 0, "0 мест", "0 seats" },
		{ 1, "1 место", "1 seat" },
		{ 2, "2 места", "2 seats" },
		{ 4, "4 места", "4 seats" },
		{ 5, "5 мест", "5 seats" },
		{ 11, "11 мест", "11 seats" },
		{ 12, "12 мест", "12 seats" },
		{ 14, "14 мест", "14 seats" },
		{ 21, "21 место", "21 seats" },
		{ 22, "22 места", "22 seats" },
		{ 111, "111 мест", "111 seats" },
		{ 121, "121 место", "121 seats" },
		{ 1001, "1" NB "001 место", "1,001 seats" },
		{ -1, MINUS "1 место", MINUS "1 seat" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		is(words_count(f->ru, &f->arena, "test.seats", cases[i].n),
		    cases[i].ru);
		is(words_count(f->en, &f->arena, "test.seats", cases[i].n),
		    cases[i].en);
	}
}

static void
a_text_is_found_by_its_dotted_key(void **state)
{
	struct fixture *f = *state;

	is(words(f->ru, "format.decimal"), ",");
	is(words(f->ru, "test.empty"), "");
	is(words(f->ru, "test.seats"), "{n} места");
	is(words(f->ru, "test.nothing"), "test.nothing");
	is(words(f->ru, "test"), "test");
	is(words_count(f->ru, &f->arena, "test.nothing", 1), "test.nothing");
}

static void
names_in_braces_are_filled(void **state)
{
	struct fixture *f = *state;

	is(words_fill(f->ru, &f->arena, "test.answer", 1,
	       (struct str[]){ STR("date"), STR("5 мая {who}") }),
	    "Ответят до 5 мая {who}, {who} {what");
	is(words_fill(f->ru, &f->arena, "test.answer", 2,
	       (struct str[]){ STR("who"), STR(""), STR("date"), STR("x") }),
	    "Ответят до x,  {what");
}

static void
numbers_are_in_groups_of_three(void **state)
{
	struct fixture *f = *state;
	struct arena *a = &f->arena;

	is(words_number(f->ru, a, 0), "0");
	is(words_number(f->ru, a, 999), "999");
	is(words_number(f->ru, a, 24000), "24" NB "000");
	is(words_number(f->en, a, 1234567), "1,234,567");
	is(words_number(f->ru, a, -1000), MINUS "1" NB "000");
	is(words_number(f->en, a, INT64_MIN),
	    MINUS "9,223,372,036,854,775,808");
}

static void
money_shows_kopecks_when_there_are_any(void **state)
{
	struct fixture *f = *state;
	struct arena *a = &f->arena;

	is(words_money(f->ru, a, 2400000, STR("rub")), "24" NB "000" NB ROUBLE);
	is(words_money(f->ru, a, 450050, STR("rub")),
	    "4" NB "500,50" NB ROUBLE);
	is(words_money(f->ru, a, -5, STR("rub")), MINUS "0,05" NB ROUBLE);
	is(words_money(f->en, a, 450050, STR("rub")), "4,500.50" NB ROUBLE);
	is(words_money(f->ru, a, 100, STR("hours")), "1" NB "час");
	is(words_money(f->ru, a, 7200, STR("hours")), "72" NB "часа");
	is(words_money(f->ru, a, 3650, STR("hours")), "36,5" NB "часа");
	is(words_money(f->en, a, 100, STR("hours")), "1" NB "hour");
	is(words_money(f->en, a, 125, STR("hours")), "1.25" NB "hours");
}

static void
dates_name_the_year_when_it_is_another(void **state)
{
	struct fixture *f = *state;
	struct arena *a = &f->arena;
	struct date d = { 2026, 12, 5 }, later = { 2027, 1, 1 };
	struct local_time l = { d, 10, 0, 0 };
	int64_t t;

	is(words_date(f->ru, a, d, d), "5" NB "декабря");
	is(words_date(f->ru, a, d, later), "5" NB "декабря 2026" NB "г.");
	is(words_date_full(f->ru, a, d), "5" NB "декабря 2026" NB "г.");
	is(words_date(f->en, a, later, d), "1" NB "January 2027");
	is(words_month(f->ru, a, 2026, 12), "декабрь 2026");
	is(words_month(f->en, a, 2026, 12), "December 2026");
	assert_true(date_epoch(l, &t));
	is(words_moment(f->ru, a, t, d), "5" NB "декабря, 10:00");
	is(words_time(a, 9, 5), "9:05");
	is(words_weekday(f->ru, 0), "пн");
	is(words_weekday_full(f->ru, 6), "воскресенье");
	is(words_weekday(f->ru, 7), "");
	is(words_weekday(f->ru, -1), "");
}

static void
ages_are_said_as_people_say_them(void **state)
{
	static const struct {
		int min, max;
		const char *ru, *en;
	} cases[] = {
		{ -1, -1, "", "" },
		{ 7, 10, "7" DASH "10" NB "лет", "7" DASH "10" NB "years" },
		{ 1, 3, "1" DASH "3" NB "года", "1" DASH "3" NB "years" },
		{ 7, -1, "от" NB "7" NB "лет", "from 7" NB "years" },
		{ 1, -1, "от" NB "1" NB "года", "from 1" NB "year" },
		{ 3, -1, "от" NB "3" NB "лет", "from 3" NB "years" },
		{ -1, 10, "до" NB "10" NB "лет", "up to 10" NB "years" },
		{ -1, 1, "до" NB "1" NB "года", "up to 1" NB "year" },
		{ 7, 7, "7" NB "лет", "7" NB "years" },
		{ 4, 4, "4" NB "года", "4" NB "years" },
		{ 0, 1, "0" DASH "1" NB "год", "0" DASH "1" NB "year" },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		is(words_ages(f->ru, &f->arena, cases[i].min, cases[i].max),
		    cases[i].ru);
		is(words_ages(f->en, &f->arena, cases[i].min, cases[i].max),
		    cases[i].en);
	}
}

static void
templates_see_the_tree(void **state)
{
	struct fixture *f = *state;
	const struct value *test = value_get(strings_value(f->ru), STR("test"));

	assert_int_equal(value_kind(test), VALUE_MAP);
	assert_int_equal(value_count(value_get(test, STR("list"))), 2);
	const struct value *seats = value_get(test, STR("seats"));
	is(value_str(value_get(seats, STR("one"))), "{n} место");
	assert_null(value_get(seats, STR("two")));
	assert_non_null(value_find(seats, STR("two"), value_hash(STR("two"))));
}

static void
mistakes_are_told_and_nothing_breaks(void **state)
{
	static const struct {
		const char *text, *code;
		int line, column;
	} cases[] = {
		{ "", "string-missing", 1, 1 },
		{ "- a", "string-not-text", 1, 1 },
		{ "a: {one: x, few: y, many: z}", "string-plural-lacks", 1, 5 },
		{ "a: {one: x, few: y, many: z, other: v, two: w}",
		    "string-plural-form", 1, 40 },
		{ "a: {one: x, few: y, many: [], other: v}", "string-not-text",
		    1, 27 },
		{ "a: [b, {c: d}]", "string-not-text", 1, 8 },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct diag d = { 0 };
		struct strings *s = strings_load(&f->arena, &d, "ru.yaml",
		    str_from(cases[i].text), STR("ru"));
		const struct diag_line *l = &d.lines.at[0];

		assert_string_equal(l->message->code, cases[i].code);
		assert_int_equal(l->pos.line, cases[i].line);
		assert_int_equal(l->pos.column, cases[i].column);
		is(words_date_full(s, &f->arena, (struct date){ 2026, 1, 1 }),
		    "format.date_full");
		is(words_weekday(s, 0), "");
		diag_free(&d);
	}
}

static void
a_list_of_another_length_is_a_mistake(void **state)
{
	struct fixture *f = *state;
	struct diag d = { 0 };
	size_t counts = 0;

	strings_load(&f->arena, &d, "ru.yaml",
	    STR("format:\n  months: [a, b]\n  weekdays: x\n"), STR("ru"));
	for (size_t i = 0; i < d.lines.n; i++)
		counts += str_eq(str_from(d.lines.at[i].message->code),
		    STR("string-count"));
	assert_int_equal(counts, 2);
	diag_free(&d);
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_count_takes_its_form),
		TEST(a_text_is_found_by_its_dotted_key),
		TEST(names_in_braces_are_filled),
		TEST(numbers_are_in_groups_of_three),
		TEST(money_shows_kopecks_when_there_are_any),
		TEST(dates_name_the_year_when_it_is_another),
		TEST(ages_are_said_as_people_say_them),
		TEST(templates_see_the_tree),
		TEST(mistakes_are_told_and_nothing_breaks),
		TEST(a_list_of_another_length_is_a_mistake),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
