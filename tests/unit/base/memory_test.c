#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/vec.h"

static void
nothing_still_is_a_place_of_its_own(void **state)
{
	struct arena a = { 0 };

	(void)state;
	char *p = arena_alloc(&a, 1, 0);
	char *q = arena_alloc(&a, 0, 7);
	assert_non_null(p);
	assert_ptr_not_equal(p, q);
	arena_free(&a);
}

static void
memory_is_aligned_and_zeroed_even_after_a_reset(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t n = 1; n < 3000; n += 97) {
			char *p = arena_alloc(&a, 1, n);

			assert_int_equal((uintptr_t)p % _Alignof(max_align_t),
			    0);
			for (size_t i = 0; i < n; i++)
				assert_int_equal(p[i], 0);
			memset(p, 'x', n);
		}
		assert_true(a.total >= 3000);
		arena_reset(&a);
		assert_int_equal(a.total, 0);
	}
	arena_free(&a);
}

static void
a_large_thing_does_not_waste_the_block(void **state)
{
	enum { LARGE = 1 << 20 };
	struct arena a = { 0 };

	(void)state;
	char *before = arena_alloc(&a, 1, 16);
	char *large = arena_alloc(&a, 1, LARGE);
	char *after = arena_alloc(&a, 1, 16);
	large[0] = large[LARGE - 1] = 'x';
	assert_true(after > before && after - before < 4096);
	arena_reset(&a);
	large = arena_alloc(&a, 1, LARGE);
	assert_int_equal(large[LARGE - 1], 0);
	arena_free(&a);
	assert_null(a.head);
}

static void
a_copy_ends_with_a_nul(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(arena_copy(&a, NULL, 0), "");
	assert_string_equal(arena_copy(&a, "abc", 2), "ab");
	arena_free(&a);
}

static void
resized_memory_keeps_what_it_held(void **state)
{
	(void)state;
	char *p = mem_alloc(1, 3);

	assert_int_equal(p[2], 0);
	memcpy(p, "ab", 3);
	p = mem_resize(p, 1, 100000);
	assert_string_equal(p, "ab");
	mem_free(p);
	mem_free(NULL);
}

static void
a_vector_keeps_its_elements_as_it_grows(void **state)
{
	struct arena a = { 0 };
	VEC(int) v = { 0 };

	(void)state;
	for (int i = 0; i < 1000; i++) {
		int *at = VEC_PUSH(&a, &v);

		assert_int_equal(*at, 0);
		*at = i;
	}
	assert_int_equal(v.n, 1000);
	for (int i = 0; i < 1000; i++)
		assert_int_equal(v.at[i], i);
	arena_free(&a);
}

static void
an_empty_map_has_nothing(void **state)
{
	struct map m = { 0 };

	(void)state;
	assert_null(map_get(&m, STR("")));
	assert_null(map_get(&m, STR("a")));
}

static void
a_doubled_key_changes_nothing(void **state)
{
	struct arena a = { 0 };
	struct map m = { 0 };
	int one, two;

	(void)state;
	assert_true(map_add(&m, &a, STR(""), &one));
	assert_false(map_add(&m, &a, STR(""), &two));
	assert_ptr_equal(map_get(&m, STR("")), &one);
	assert_int_equal(m.n, 1);
	arena_free(&a);
}

static void
a_map_is_walked_in_order_of_insertion(void **state)
{
	enum { MANY = 5000 };
	struct arena a = { 0 };
	struct map m = { 0 };
	static int numbers[MANY];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		numbers[i] = i;
		struct str key = str_format(&a, "%x", i * 7919);
		assert_true(map_add(&m, &a, key, &numbers[i]));
		assert_false(map_add(&m, &a, key, NULL));
	}
	for (int i = 0; i < MANY; i++) {
		struct str key = str_format(&a, "%x", i * 7919);

		assert_ptr_equal(m.at[i].value, &numbers[i]);
		assert_ptr_equal(map_get(&m, key), &numbers[i]);
	}
	assert_null(map_get(&m, STR("none")));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_still_is_a_place_of_its_own),
		cmocka_unit_test(
		    memory_is_aligned_and_zeroed_even_after_a_reset),
		cmocka_unit_test(a_large_thing_does_not_waste_the_block),
		cmocka_unit_test(a_copy_ends_with_a_nul),
		cmocka_unit_test(resized_memory_keeps_what_it_held),
		cmocka_unit_test(a_vector_keeps_its_elements_as_it_grows),
		cmocka_unit_test(an_empty_map_has_nothing),
		cmocka_unit_test(a_doubled_key_changes_nothing),
		cmocka_unit_test(a_map_is_walked_in_order_of_insertion),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
