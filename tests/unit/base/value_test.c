#include "base/value.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"

static struct arena arena;

static int
forget(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void
assert_text(const struct value *v, const char *want)
{
	assert_true(str_eq(value_str(v), str_from(want)));
}

static void
null_is_nothing_everywhere(void **state)
{
	(void)state;
	assert_int_equal(value_kind(NULL), VALUE_NOTHING);
	assert_true(value_is_empty(NULL));
	assert_int_equal(value_count(NULL), 0);
	assert_text(NULL, "");
	assert_null(value_get(NULL, STR("x")));
}

static void
only_what_is_nothing_is_empty(void **state)
{
	struct value *list = value_list(&arena);

	(void)state;
	assert_true(value_is_empty(value_text(&arena, STR(""))));
	assert_true(value_is_empty(value_html(&arena, STR(""))));
	assert_true(value_is_empty(value_bool(&arena, false)));
	assert_true(value_is_empty(list));
	value_add(&arena, list, NULL);
	assert_false(value_is_empty(list));
	assert_false(value_is_empty(value_map(&arena)));
	assert_false(value_is_empty(value_bool(&arena, true)));
	assert_false(value_is_empty(value_int(&arena, 0)));
}

static void
a_list_keeps_its_order_and_its_holes(void **state)
{
	struct value *list = value_list(&arena);

	(void)state;
	for (int i = 0; i < 100; i++)
		value_add(&arena, list, i == 7 ? NULL : value_int(&arena, i));
	assert_int_equal(value_count(list), 100);
	assert_null(value_at(list, 7));
	assert_text(value_at(list, 0), "0");
	assert_text(value_at(list, 99), "99");
}

static void
a_map_finds_every_key_at_every_size(void **state)
{
	struct value *map = value_map(&arena);

	(void)state;
	for (int n = 0; n < 200; n++) {
		for (int i = 0; i < n; i++)
			assert_text(value_get(map,
					str_format(&arena, "key%d", i)),
			    str_format(&arena, "%d", i).p);
		assert_null(value_get(map, str_format(&arena, "key%d", n)));
		value_set(&arena, map, str_format(&arena, "key%d", n),
		    value_int(&arena, n));
	}
	assert_int_equal(value_count(map), 200);
	assert_true(str_eq(value_key(map, 17), STR("key17")));
	assert_text(value_at(map, 17), "17");
}

static void
the_last_of_a_key_wins(void **state)
{
	struct value *map = value_map(&arena);

	(void)state;
	value_set_text(&arena, map, "a", STR("one"));
	value_set_int(&arena, map, "b", -5);
	value_set_bool(&arena, map, "a", true);
	assert_int_equal(value_count(map), 2);
	assert_text(value_get(map, STR("a")), "true");
	assert_text(value_get(map, STR("b")), "-5");
	assert_true(str_eq(value_key(map, 0), STR("a")));
}

static void
the_empty_key_is_a_key(void **state)
{
	struct value *map = value_map(&arena);

	(void)state;
	assert_null(value_get(map, (struct str){ NULL, 0 }));
	value_set_text(&arena, map, "", STR("x"));
	assert_text(value_get(map, (struct str){ NULL, 0 }), "x");
}

static void
a_key_set_to_nothing_is_there(void **state)
{
	struct value *map = value_map(&arena);

	(void)state;
	value_set(&arena, map, STR("next"), NULL);
	assert_null(value_get(map, STR("next")));
	assert_non_null(value_find(map, STR("next"), value_hash(STR("next"))));
	assert_null(value_find(map, STR("past"), value_hash(STR("past"))));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(null_is_nothing_everywhere),
		cmocka_unit_test(only_what_is_nothing_is_empty),
		cmocka_unit_test(a_list_keeps_its_order_and_its_holes),
		cmocka_unit_test(a_map_finds_every_key_at_every_size),
		cmocka_unit_test(the_last_of_a_key_wins),
		cmocka_unit_test(the_empty_key_is_a_key),
		cmocka_unit_test(a_key_set_to_nothing_is_there),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
