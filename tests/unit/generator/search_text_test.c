#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "generator/model/site.h"
#include "generator/search/text.h"

static struct arena arena;

/* The keys of a text, parted by blanks. */
static const char *
keys(struct reader *r, struct str text, bool html)
{
	struct word_keys out = { 0 };
	struct buf b = { 0 };

	if (html)
		reader_read_html(r, &arena, text, &out);
	else
		reader_read(r, &arena, text, &out);
	for (size_t i = 0; i < out.keys.n; i++) {
		if (i > 0)
			buf_char(&b, ' ');
		buf_str(&b, out.keys.at[i]->text);
	}
	const char *c = str_c(&arena, buf_view(&b));
	buf_free(&b);
	return c;
}

static void
words_are_folded_cut_and_stemmed(void **state)
{
	static const struct {
		const char *text, *keys;
	} cases[] = {
		{ "", "" },
		{ " \n—«»…", "" },
		{ "3D", "3d" },
		{ "C++, C# и C", "c++ c# и c" },
		{ "1C и 1С", "1с и 1с" },
		{ "програ\u0301мма", "программ" },
		{ "Ёлка и е\u0308лка", "елк и елк" },
		{ "каратэ, карате", "карат карат" },
		{ "Poбoтoтexникa", "робототехник" },
		{ "children's 12's", "children 12 s" },
		{ "кружок кружки", "кружк кружк" },
		{ "'' ' a' 'b", "a b" },
		{ "+++", "" },
		{ "мастер-класс", "мастр класс" },
	};
	struct reader *r = reader_new(&(struct search_words){ 0 });

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		assert_string_equal(keys(r, str_from(cases[i].text), false),
		    cases[i].keys);
	reader_free(r);
}

static void
tags_and_entities_of_html_are_no_words(void **state)
{
	struct reader *r = reader_new(&(struct search_words){ 0 });

	(void)state;
	assert_string_equal(keys(r,
				STR("<p>раз</p><p class=\"x\">два &amp; "
				    "&lt;три&gt;</p>"),
				true),
	    "раз два три");
	assert_string_equal(keys(r, STR("<a href=\"/да\">и</a"), true), "и");
	reader_free(r);
}

static void
stop_words_and_exceptions_are_the_sites_own(void **state)
{
	struct search_words w = { 0 };
	struct word_list *l = VEC_PUSH(&arena, &w.exceptions);
	struct reader *r;

	(void)state;
	*VEC_PUSH(&arena, &w.stop_words) = STR("Для");
	*VEC_PUSH(&arena, &l->words) = STR("песня");
	*VEC_PUSH(&arena, &l->words) = STR("песен");
	r = reader_new(&w);
	assert_string_equal(keys(r, STR("песен для ПЕСНИ"), false),
	    "песн песн");
	reader_free(r);
}

static void
a_long_word_is_cut(void **state)
{
	struct reader *r = reader_new(&(struct search_words){ 0 });
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < 1000; i++)
		buf_str(&b, STR("щ"));
	assert_int_equal(strlen(keys(r, buf_view(&b), false)), 2 * 40);
	buf_free(&b);
	reader_free(r);
}

static void
golden_words_have_the_keys_that_stand_beside_them(void **state)
{
	struct reader *r = reader_new(&(struct search_words){ 0 });
	struct str text, line;
	int n = 0;

	(void)state;
	assert_int_equal(file_read(&arena, "tests/search/words.tsv", 1 << 20,
			     &text),
	    FILE_OK);
	while (text.n > 0) {
		struct str word, key;

		str_cut(text, '\n', &line, &text);
		if (!str_cut(line, '\t', &word, &key))
			continue;
		assert_string_equal(keys(r, word, false), str_c(&arena, key));
		n++;
	}
	assert_true(n >= 600);
	reader_free(r);
}

static int
end(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_folded_cut_and_stemmed),
		cmocka_unit_test(tags_and_entities_of_html_are_no_words),
		cmocka_unit_test(stop_words_and_exceptions_are_the_sites_own),
		cmocka_unit_test(a_long_word_is_cut),
		cmocka_unit_test(
		    golden_words_have_the_keys_that_stand_beside_them),
	};

	return cmocka_run_group_tests(tests, NULL, end);
}
