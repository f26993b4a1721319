#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "generator/view/shared.h"

enum { NOW = 1000, FREE = 5, FULL = 12 };

/* Seats are 12; the clock stands at 1000 on 8 December 2026. */
static const struct {
	const char *name;
	struct date to;
	int64_t opens, closes;
	int seats, taken, queued, waiting;
	enum door want;
} doors[] = {
	{ "nothing said", { 0 }, 0, 0, NOT_GIVEN, 0, 0, NOT_GIVEN, DOOR_OPEN },
	{ "free", { 0 }, 0, 0, 12, FREE, 0, NOT_GIVEN, DOOR_OPEN },
	{ "full, any list", { 0 }, 0, 0, 12, FULL, 9, NOT_GIVEN, DOOR_WAITING },
	{ "full, room on the list", { 0 }, 0, 0, 12, FULL, 1, 2, DOOR_WAITING },
	{ "full, the list too", { 0 }, 0, 0, 12, FULL, 2, 2, DOOR_FULL },
	{ "full, no list", { 0 }, 0, 0, 12, FULL, 0, 0, DOOR_FULL },
	{ "more taken than there are", { 0 }, 0, 0, 12, FULL + 1, 0, 0,
	    DOOR_FULL },
	{ "no seats at all", { 0 }, 0, 0, 0, 0, 0, NOT_GIVEN, DOOR_WAITING },
	{ "opens in a second", { 0 }, NOW + 1, 0, 12, FREE, 0, NOT_GIVEN,
	    DOOR_SOON },
	{ "opens now", { 0 }, NOW, 0, 12, FREE, 0, NOT_GIVEN, DOOR_OPEN },
	{ "closes now", { 0 }, 0, NOW, 12, FREE, 0, NOT_GIVEN, DOOR_CLOSED },
	{ "closes in a second", { 0 }, 0, NOW + 1, 12, FREE, 0, NOT_GIVEN,
	    DOOR_OPEN },
	{ "last lesson today", { 2026, 12, 8 }, 0, 0, 12, FREE, 0, NOT_GIVEN,
	    DOOR_OPEN },
	{ "last lesson was yesterday", { 2026, 12, 7 }, NOW + 1, 0, 12, FREE, 0,
	    NOT_GIVEN, DOOR_OVER },
};

static void
a_door_follows_the_clock_and_the_seats(void **state)
{
	struct site s = { .now = NOW, .today = { 2026, 12, 8 } };

	(void)state;
	for (size_t i = 0; i < sizeof(doors) / sizeof(*doors); i++) {
		struct group g = { .to = doors[i].to,
			.opens = doors[i].opens,
			.closes = doors[i].closes,
			.seats = doors[i].seats,
			.taken = doors[i].taken,
			.queued = doors[i].queued,
			.waiting = doors[i].waiting };

		if (group_door(&s, &g) != doors[i].want)
			fail_msg("%s: %d", doors[i].name, group_door(&s, &g));
	}
}

static void
long_words_get_soft_hyphens(void **state)
{
	static const struct {
		const char *in, *want;
	} cases[] = {
		{ "", "" },
		{ "Короткое", "Короткое" },
		{ "Художественная", "Худо\u00adжест\u00adвен\u00adная" },
		{ "Естественно-научная", "Естест\u00adвенно-научная" },
		{ "две Краеведческие", "две Крае\u00adвед\u00adчес\u00adкие" },
		{ "Electromechanical", "Electromechanical" },
		{ "ЪЪЪЪЪЪЪЪЪЪЪЪ", "ЪЪЪЪЪЪЪЪЪЪЪЪ" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(say_soft(&a, str_from(cases[i].in)).p,
		    cases[i].want);
	arena_free(&a);
}

static void
a_town_is_said_without_its_small_words(void **state)
{
	static const struct {
		struct str title;
		const char *want;
	} cases[] = {
		{ STR_INIT("город Зея"), "Зея" },
		{ STR_INIT("рабочий посёлок Прогресс"), "Прогресс" },
		{ STR_INIT("Зейский округ"), "Зейский округ" },
		{ STR_INIT("город"), "город" },
		{ STR_INIT(""), "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct municipality m = { .title = cases[i].title };

		assert_true(str_eq(say_town(&m), str_from(cases[i].want)));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_door_follows_the_clock_and_the_seats),
		cmocka_unit_test(long_words_get_soft_hyphens),
		cmocka_unit_test(a_town_is_said_without_its_small_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
