#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/utf8.h"

static struct arena arena;

static int
forget(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void
only_shortest_forms_without_surrogates_are_utf8(void **state)
{
	static const struct {
		struct str s;
		bool ok;
		size_t bad;
	} cases[] = {
		{ { NULL, 0 }, true, 0 },
		{ STR_INIT("a\0b"), true, 0 },
		{ STR_INIT("ёж"), true, 0 },
		{ STR_INIT("\xf0\x9f\xa4\x96"), true, 0 },
		{ STR_INIT("\xf4\x8f\xbf\xbf"), true, 0 },
		{ STR_INIT("ab\x80"), false, 2 },
		{ STR_INIT("a\xc0\x80"), false, 1 },
		{ STR_INIT("\xe0\x80\x80"), false, 0 },
		{ STR_INIT("\xed\xa0\x80"), false, 0 },
		{ STR_INIT("\xf4\x90\x80\x80"), false, 0 },
		{ STR_INIT("\xff"), false, 0 },
		{ STR_INIT("ab\xd1"), false, 2 },
		{ STR_INIT("\xd1z"), false, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		size_t bad = 0;

		assert_int_equal(utf8_valid(cases[i].s, &bad), cases[i].ok);
		assert_int_equal(bad, cases[i].bad);
	}
	assert_false(utf8_valid(STR("\xff"), NULL));
}

static void
code_points_are_counted_taken_and_put_back(void **state)
{
	struct str s = STR("aё\xf0\x9f\xa4\x96");
	char out[4];

	(void)state;
	assert_int_equal(utf8_count(s), 3);
	assert_int_equal(utf8_next(&s), 'a');
	assert_int_equal(utf8_next(&s), 0x451);
	assert_int_equal(utf8_put(out, 0x451), 2);
	assert_memory_equal(out, "ё", 2);
	uint32_t robot = utf8_next(&s);
	assert_int_equal(robot, 0x1f916);
	assert_int_equal(utf8_put(out, robot), 4);
	assert_memory_equal(out, "\xf0\x9f\xa4\x96", 4);
	assert_int_equal(utf8_next(&s), 0);
	assert_int_equal(utf8_put(out, 0xd800), 3);
	assert_memory_equal(out, "\xef\xbf\xbd", 3);
}

static void
texts_are_composed_and_folded(void **state)
{
	(void)state;
	assert_string_equal(utf8_nfc(&arena, STR("")).p, "");
	assert_string_equal(utf8_nfc(&arena, STR("plain")).p, "plain");
	/* и and a breve, and й. */
	assert_string_equal(utf8_nfc(&arena, STR("и\xcc\x86")).p, "й");
	assert_string_equal(utf8_fold(&arena, STR("ЁЖ LEGO")).p, "ёж lego");
	assert_string_equal(utf8_fold(&arena, STR("")).p, "");
}

static void
a_hash_is_blake2b(void **state)
{
	(void)state;
	/* BLAKE2b-256 of nothing and of "abc". */
	assert_string_equal(hash_hex(&arena, hash_of(STR("")), 64).p,
	    "0e5751c026e543b2e8ab2eb06099daa1"
	    "d1e5df47778f7787faab45cdf12fe3a8");
	assert_string_equal(hash_hex(&arena, hash_of(STR("abc")), 9).p,
	    "bddd813c6");
}

static void
neighbours_in_a_hash_are_told_apart(void **state)
{
	struct str one[] = { STR("ab"), STR("c") };
	struct str two[] = { STR("a"), STR("bc") };
	struct hash x = hash_of_all(one, 2), y = hash_of_all(two, 2);

	(void)state;
	assert_memory_not_equal(x.bytes, y.bytes, sizeof(x.bytes));
	y = hash_of_all(one, 2);
	assert_memory_equal(x.bytes, y.bytes, sizeof(x.bytes));
	y = hash_of_all(one, 1);
	assert_memory_not_equal(x.bytes, y.bytes, sizeof(x.bytes));
}

static void
tokens_fit_a_url_and_differ(void **state)
{
	static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				  "abcdefghijklmnopqrstuvwxyz0123456789-_";
	struct str a = hash_token(&arena, 32), b = hash_token(&arena, 32);

	(void)state;
	assert_int_equal(a.n, 43);
	assert_int_equal(strspn(a.p, set), 43);
	assert_false(str_eq(a, b));
	assert_int_equal(hash_token(&arena, 1).n, 2);
}

static void
equality_needs_the_same_length(void **state)
{
	(void)state;
	assert_true(hash_equal(STR(""), STR("")));
	assert_false(hash_equal(STR("a"), STR("")));
	assert_false(hash_equal(STR("ab"), STR("ac")));
	assert_true(hash_equal(STR("ab"), STR("ab")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    only_shortest_forms_without_surrogates_are_utf8),
		cmocka_unit_test(code_points_are_counted_taken_and_put_back),
		cmocka_unit_test(texts_are_composed_and_folded),
		cmocka_unit_test(a_hash_is_blake2b),
		cmocka_unit_test(neighbours_in_a_hash_are_told_apart),
		cmocka_unit_test(tokens_fit_a_url_and_differ),
		cmocka_unit_test(equality_needs_the_same_length),
	};

	return cmocka_run_group_tests(tests, NULL, forget);
}
