#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

#define assert_str(s, literal) \
	do { \
		struct str got = (s); \
		assert_int_equal(got.n, strlen(literal)); \
		assert_memory_equal(got.n ? got.p : "", literal, got.n); \
	} while (0)

static void
texts_compare_bytewise_and_the_shorter_comes_first(void **state)
{
	static const struct {
		struct str a, b;
		int order;
	} cases[] = {
		{ { NULL, 0 }, STR_INIT(""), 0 },
		{ STR_INIT(""), STR_INIT("a"), -1 },
		{ STR_INIT("a"), STR_INIT("a\0"), -1 },
		{ STR_INIT("ab"), STR_INIT("b"), -1 },
		{ STR_INIT("\x7f"), STR_INIT("\x80"), -1 },
		{ STR_INIT("abc"), STR_INIT("abc"), 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int there = str_cmp(cases[i].a, cases[i].b);
		int back = str_cmp(cases[i].b, cases[i].a);

		assert_int_equal((there > 0) - (there < 0), cases[i].order);
		assert_int_equal((back > 0) - (back < 0), -cases[i].order);
		assert_int_equal(str_eq(cases[i].a, cases[i].b),
		    cases[i].order == 0);
	}
}

static void
beginnings_and_ends_are_found(void **state)
{
	(void)state;
	assert_true(str_starts(STR(""), STR("")));
	assert_false(str_starts(STR(""), STR("a")));
	assert_true(str_starts(STR("ab"), STR("a")));
	assert_true(str_ends(STR("ab"), STR("")));
	assert_true(str_ends(STR("ab"), STR("ab")));
	assert_false(str_ends(STR("b"), STR("ab")));
	assert_str(str_from(NULL), "");
}

static void
a_text_is_found_where_it_begins_first(void **state)
{
	static const struct {
		struct str s, text;
		ptrdiff_t at;
	} cases[] = {
		{ STR_INIT(""), STR_INIT(""), 0 },
		{ STR_INIT(""), STR_INIT("a"), -1 },
		{ STR_INIT("a"), STR_INIT("ab"), -1 },
		{ STR_INIT("aab"), STR_INIT("ab"), 1 },
		{ STR_INIT("aaab"), STR_INIT("aab"), 1 },
		{ STR_INIT("xyab"), STR_INIT("ab"), 2 },
		{ STR_INIT("xyaB"), STR_INIT("ab"), -1 },
		{ STR_INIT("abab"), STR_INIT("ab"), 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_int_equal(str_find(cases[i].s, cases[i].text),
		    cases[i].at);
	assert_int_equal(str_find_char(STR(""), '\0'), -1);
	assert_int_equal(str_find_char(STR("a\0b"), '\0'), 1);
}

static void
a_slice_never_leaves_the_text(void **state)
{
	(void)state;
	assert_str(str_slice((struct str){ 0 }, 5, 5), "");
	assert_str(str_slice(STR("abc"), 3, 1), "");
	assert_str(str_slice(STR("abc"), 9, SIZE_MAX), "");
	assert_str(str_slice(STR("abc"), 1, SIZE_MAX), "bc");
	assert_str(str_slice(STR("abc"), 1, 1), "b");
}

static void
cut_splits_at_the_first_separator(void **state)
{
	static const struct {
		struct str s;
		bool cut;
		const char *head, *tail;
	} cases[] = {
		{ STR_INIT(""), false, "", "" },
		{ STR_INIT("/"), true, "", "" },
		{ STR_INIT("//"), true, "", "/" },
		{ STR_INIT("abc"), false, "abc", "" },
		{ STR_INIT("abc/"), true, "abc", "" },
		{ STR_INIT("a/b/c"), true, "a", "b/c" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str head, tail;

		assert_int_equal(str_cut(cases[i].s, '/', &head, &tail),
		    cases[i].cut);
		assert_str(head, cases[i].head);
		assert_str(tail, cases[i].tail);
	}
}

static void
trim_takes_blanks_from_both_ends_only(void **state)
{
	(void)state;
	assert_str(str_trim(STR("")), "");
	assert_str(str_trim(STR(" \t\r\n")), "");
	assert_str(str_trim(STR("\n a b\t")), "a b");
	assert_str(str_trim(STR("\v")), "\v");
}

static void
copies_end_with_a_nul(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(str_c(&a, str_slice(STR("abcd"), 1, 2)), "bc");
	assert_string_equal(str_dup(&a, STR("")).p, "");
	struct str s = str_format(&a, "%d-%s", 7, "x");
	assert_string_equal(s.p, "7-x");
	assert_int_equal(s.n, 3);
	assert_int_equal(str_format(&a, "%s", "").n, 0);
	arena_free(&a);
}

static void
only_plain_whole_numbers_that_fit_are_numbers(void **state)
{
	static const struct {
		struct str s;
		bool ok;
		int64_t n;
	} cases[] = {
		{ STR_INIT(""), false, 0 },
		{ STR_INIT("-"), false, 0 },
		{ STR_INIT("-0"), false, 0 },
		{ STR_INIT("010"), false, 0 },
		{ STR_INIT("+1"), false, 0 },
		{ STR_INIT(" 1"), false, 0 },
		{ STR_INIT("1x"), false, 0 },
		{ STR_INIT("0x1"), false, 0 },
		{ STR_INIT("1.0"), false, 0 },
		{ STR_INIT("9223372036854775808"), false, 0 },
		{ STR_INIT("-9223372036854775809"), false, 0 },
		{ STR_INIT("99999999999999999999"), false, 0 },
		{ STR_INIT("0"), true, 0 },
		{ STR_INIT("-7"), true, -7 },
		{ STR_INIT("100"), true, 100 },
		{ STR_INIT("9223372036854775807"), true, INT64_MAX },
		{ STR_INIT("-9223372036854775808"), true, INT64_MIN },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		int64_t n = 0;

		assert_int_equal(str_to_int64(cases[i].s, &n), cases[i].ok);
		assert_true(n == cases[i].n);
	}
}

static void
distance_counts_edits_in_code_points(void **state)
{
	static const struct {
		const char *a, *b;
		int distance;
	} cases[] = {
		{ "", "", 0 },
		{ "", "ab", 2 },
		{ "", "abcd", 4 }, /* more than the limit of 3 */
		{ "title", "title", 0 },
		{ "titel", "title", 1 },
		{ "tite", "title", 1 },
		{ "ttitle", "title", 1 },
		{ "кружок", "кружек", 1 },
		{ "ca", "abc", 3 },
		{ "seats", "waiting", 4 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct str a = str_from(cases[i].a), b = str_from(cases[i].b);

		assert_int_equal(str_distance(a, b, 3), cases[i].distance);
		assert_int_equal(str_distance(b, a, 3), cases[i].distance);
	}
}

static void
long_texts_are_near_only_when_equal(void **state)
{
	static char a[500], b[500];

	(void)state;
	memset(a, 'a', sizeof(a));
	memset(b, 'a', sizeof(b));
	struct str x = { a, sizeof(a) }, y = { b, sizeof(b) };
	assert_int_equal(str_distance(x, y, 2), 0);
	b[7] = 'b';
	assert_int_equal(str_distance(x, y, 2), 3);
}

static void
an_empty_buffer_is_an_empty_text(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_put(&b, NULL, 0);
	assert_string_equal(buf_view(&b).p, "");
	assert_int_equal(buf_view(&b).n, 0);
	assert_false(buf_overflowed(&b));
	buf_free(&b);
}

static void
a_buffer_grows_and_ends_with_a_nul(void **state)
{
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 10000; i++) {
		buf_char(&b, 'a');
		buf_str(&b, STR("bc"));
		buf_printf(&b, "%d", i % 10);
	}
	struct str s = buf_view(&b);
	assert_int_equal(s.n, 40000);
	assert_string_equal(s.p + s.n - 4, "abc9");
	buf_reset(&b);
	assert_string_equal(buf_view(&b).p, "");
	buf_free(&b);
}

static void
what_does_not_fit_is_dropped_from_there_on(void **state)
{
	struct buf b = { .max = 5 };

	(void)state;
	buf_str(&b, STR("abcde"));
	assert_false(buf_overflowed(&b));
	buf_reset(&b);
	buf_str(&b, STR("abc"));
	buf_printf(&b, "%s", "def");
	buf_char(&b, 'g');
	assert_true(buf_overflowed(&b));
	assert_str(buf_view(&b), "abc");
	buf_reset(&b);
	assert_false(buf_overflowed(&b));
	buf_free(&b);
}

static void
a_number_is_written_as_it_is_read(void **state)
{
	static const struct {
		int64_t n;
		const char *want;
	} cases[] = {
		{ 0, "0" },
		{ 7, "7" },
		{ -1, "-1" },
		{ 1000000, "1000000" },
		{ INT64_MAX, "9223372036854775807" },
		{ INT64_MIN, "-9223372036854775808" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str s = str_int(&a, cases[i].n);

		assert_string_equal(s.p, cases[i].want);
		assert_int_equal(s.n, str_from(cases[i].want).n);
	}
	arena_free(&a);
}

static void
a_text_is_formatted_whole_at_every_length(void **state)
{
	struct arena a = { 0 };

	(void)state;
	for (int n = 0; n < 600; n++) {
		struct str s = str_format(&a, "%*sx", n, "");

		assert_int_equal(s.n, n + 1);
		assert_int_equal(s.p[n], 'x');
		assert_int_equal(s.p[n + 1], '\0');
	}
	arena_free(&a);
}

static void
join_puts_texts_behind_one_another(void **state)
{
	struct arena a = { 0 };
	struct str parts[] = { STR("a"), { 0 }, STR(""), STR("/бв") };
	struct str none = str_join(&a, 0, NULL), all = str_join(&a, 4, parts);

	(void)state;
	assert_int_equal(none.n, 0);
	assert_int_equal(none.p[0], '\0');
	assert_true(str_eq(all, STR("a/бв")));
	assert_int_equal(all.p[all.n], '\0');
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(join_puts_texts_behind_one_another),
		cmocka_unit_test(
		    texts_compare_bytewise_and_the_shorter_comes_first),
		cmocka_unit_test(beginnings_and_ends_are_found),
		cmocka_unit_test(a_text_is_found_where_it_begins_first),
		cmocka_unit_test(a_slice_never_leaves_the_text),
		cmocka_unit_test(cut_splits_at_the_first_separator),
		cmocka_unit_test(trim_takes_blanks_from_both_ends_only),
		cmocka_unit_test(copies_end_with_a_nul),
		cmocka_unit_test(only_plain_whole_numbers_that_fit_are_numbers),
		cmocka_unit_test(distance_counts_edits_in_code_points),
		cmocka_unit_test(long_texts_are_near_only_when_equal),
		cmocka_unit_test(an_empty_buffer_is_an_empty_text),
		cmocka_unit_test(a_buffer_grows_and_ends_with_a_nul),
		cmocka_unit_test(what_does_not_fit_is_dropped_from_there_on),
		cmocka_unit_test(a_number_is_written_as_it_is_read),
		cmocka_unit_test(a_text_is_formatted_whole_at_every_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
