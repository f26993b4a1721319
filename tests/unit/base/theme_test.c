#include "base/theme.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/value.h"
#include "base/words.h"

/* Real strings, from the theme that comes with the program. */
static const char default_theme[] = "themes/default";

struct fixture {
	char root[64];
	struct arena arena;
	struct theme theme;
	struct diag diag;
	struct buf out;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	snprintf(f->root, sizeof(f->root), "%s", "/tmp/theme-test-XXXXXX");
	assert_non_null(mkdtemp(f->root));
	*state = f;
	return 0;
}

/* Each folder is one level deep at most, so two passes will do. */
static int
tear_down(void **state)
{
	struct fixture *f = *state;
	struct file_list list = { 0 };

	assert_int_equal(file_walk(&f->arena, f->root, &list), 0);
	for (size_t i = 0; i < list.files.n; i++)
		unlink(file_join(&f->arena, f->root, list.files.at[i].path));
	const char *folders[] = { "theme/strings", "theme/page", "theme",
		"own/page", "own", "" };
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		rmdir(str_format(&f->arena, "%s/%s", f->root, folders[i]).p);
	theme_free(&f->theme);
	diag_free(&f->diag);
	buf_free(&f->out);
	arena_free(&f->arena);
	free(f);
	return 0;
}

static void
put(struct fixture *f, const char *path, struct str text)
{
	struct str all = str_format(&f->arena, "%s/%s", f->root, path);
	char *folder = str_c(&f->arena, all);

	*strrchr(folder, '/') = '\0';
	assert_int_equal(file_make_dirs(folder), 0);
	assert_int_not_equal(file_write_changed(all.p, text), FILE_FAILURE);
}

/* theme.yaml and the strings of the theme that comes with the program. */
static void
put_basics(struct fixture *f)
{
	struct str text;

	put(f, "theme/theme.yaml", STR("title: Own\nversion: 2\n"));
	assert_int_equal(file_read(&f->arena, "themes/default/strings/ru.yaml",
			     1 << 20, &text),
	    FILE_OK);
	put(f, "theme/strings/ru.yaml", text);
}

static int
load(struct fixture *f, const char *own)
{
	const char *theme = str_format(&f->arena, "%s/theme", f->root).p;

	theme_free(&f->theme);
	diag_free(&f->diag);
	f->diag = (struct diag){ 0 };
	if (own != NULL)
		own = str_format(&f->arena, "%s/%s", f->root, own).p;
	return theme_load(&f->theme, &f->diag, theme, own, STR("ru"));
}

/* The i-th mistake as "path below the root:line:column: code". */
static const char *
mistake(struct fixture *f, size_t i)
{
	const struct diag_line *l = &f->diag.lines.at[i];

	assert_true(i < f->diag.lines.n);
	return str_format(&f->arena, "%s:%d:%d: %s",
	    l->pos.path + strlen(f->root) + 1, l->pos.line, l->pos.column,
	    l->message->code)
	    .p;
}

static void
assert_page(struct fixture *f, const char *name, const char *want)
{
	struct value *v = value_map(&f->arena);

	value_set_text(&f->arena, v, "title", STR("a < b"));
	buf_reset(&f->out);
	assert_int_equal(theme_render(&f->theme, &f->out, name, v), 0);
	assert_string_equal(buf_view(&f->out).p, want);
}

static void
the_theme_of_the_program_has_no_mistake(void **state)
{
	static const struct str langs[] = { STR_INIT("ru"), STR_INIT("en") };
	struct fixture *f = *state;

	for (size_t i = 0; i < 2; i++) {
		theme_free(&f->theme);
		assert_int_equal(theme_load(&f->theme, &f->diag, default_theme,
				     NULL, langs[i]),
		    0);
		diag_print(&f->diag, stderr, DIAG_TEXT);
		assert_int_equal(f->diag.errors, 0);
	}
}

/* How many keys of one tree the other lacks; each is named. */
static int
lacking(struct arena *a, struct str above, const struct value *tree,
    const struct value *other)
{
	int n = 0;

	if (value_kind(tree) != VALUE_MAP)
		return 0;
	for (size_t i = 0; i < value_count(tree); i++) {
		struct str key = value_key(tree, i);
		struct str path =
		    str_format(a, "%.*s.%.*s", STR_ARG(above), STR_ARG(key));
		const struct value *v = value_find(other, key, value_hash(key));

		if (v == NULL) {
			print_error("no %s\n", path.p);
			n++;
		}
		n += lacking(a, path, value_at(tree, i), v);
	}
	return n;
}

static void
both_languages_say_the_same_things(void **state)
{
	struct fixture *f = *state;
	struct theme en;
	int n;

	assert_int_equal(theme_load(&f->theme, &f->diag, default_theme, NULL,
			     STR("ru")),
	    0);
	assert_int_equal(theme_load(&en, &f->diag, default_theme, NULL,
			     STR("en")),
	    0);
	n = lacking(&f->arena, STR("en"), strings_value(f->theme.strings),
	    strings_value(en.strings));
	n += lacking(&f->arena, STR("ru"), strings_value(en.strings),
	    strings_value(f->theme.strings));
	theme_free(&en);
	assert_int_equal(n, 0);
}

static void
a_page_sees_the_words_of_the_theme(void **state)
{
	struct fixture *f = *state;

	put_basics(f);
	put(f, "theme/page/a.html.mustache",
	    STR("<p title='{{title}}'>{{t.format.decimal}}</p>"));
	put(f, "theme/page/a.txt.mustache", STR("{{title}}"));
	assert_int_equal(load(f, NULL), 0);
	assert_int_equal(f->diag.errors, 0);
	assert_page(f, "page/a.html", "<p title='a &lt; b'>,</p>");
	assert_page(f, "page/a.txt", "a < b");
	assert_true(str_eq(f->theme.title, STR("Own")));
	assert_true(str_eq(f->theme.version, STR("2")));
}

static void
an_own_file_stands_in_for_the_themes(void **state)
{
	struct fixture *f = *state;

	put_basics(f);
	put(f, "theme/page/a.html.mustache", STR("a {{>page/b}}"));
	put(f, "theme/page/b.html.mustache", STR("b"));
	assert_int_equal(load(f, "own"), 0);
	assert_page(f, "page/a.html", "a b");
	struct str before = str_dup(&f->arena, f->theme.hash);
	put(f, "own/page/b.html.mustache", STR("{{>page/c}}"));
	put(f, "own/page/c.html.mustache", STR("own"));
	assert_int_equal(load(f, "own"), 0);
	assert_int_equal(f->diag.errors, 0);
	assert_page(f, "page/a.html", "a own");
	assert_false(str_eq(before, f->theme.hash));
}

static void
the_hash_is_that_of_what_was_read(void **state)
{
	struct fixture *f = *state;

	put_basics(f);
	put(f, "theme/page/a.html.mustache", STR("a"));
	assert_int_equal(load(f, NULL), 0);
	struct str first = str_dup(&f->arena, f->theme.hash);
	assert_int_equal(load(f, NULL), 0);
	assert_true(str_eq(first, f->theme.hash));
	put(f, "theme/page/a.html.mustache", STR("b"));
	assert_int_equal(load(f, NULL), 0);
	assert_false(str_eq(first, f->theme.hash));
}

static void
all_mistakes_are_told_at_their_place(void **state)
{
	struct fixture *f = *state;

	put_basics(f);
	put(f, "theme/theme.yaml", STR("title: Own\nverison: 2\n"));
	put(f, "theme/page/a.html.mustache",
	    STR("один\nдва {{>page/x}}{{t.b}}"));
	put(f, "theme/page/b.html.mustache", STR("{{#open}}\n"));
	put(f, "theme/page/c.css.mustache", STR("x"));
	put(f, "theme/strings/ru.yaml", STR("a: 1\nn: {one: x, two: y}\n"));
	assert_int_equal(load(f, NULL), 0);
	FILE *quiet = fopen("/dev/null", "w");
	diag_print(&f->diag, quiet, DIAG_TEXT);
	fclose(quiet);
	const char *want[] = {
		"theme/page/a.html.mustache:2:5: template-unknown",
		"theme/page/a.html.mustache:2:16: template-word",
		"theme/page/b.html.mustache:1:1: template-section-open",
		"theme/page/c.css.mustache:1:1: template-ending",
		"theme/strings/ru.yaml:2:5: string-plural-lacks",
		"theme/strings/ru.yaml:2:5: string-plural-lacks",
		"theme/strings/ru.yaml:2:5: string-plural-lacks",
		"theme/strings/ru.yaml:2:13: string-plural-form",
		"theme/theme.yaml:1:1: missing-field",
		"theme/theme.yaml:2:1: unknown-field",
	};
	for (size_t i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		assert_string_equal(mistake(f, i), want[i]);
	assert_int_equal(f->diag.lines.n, sizeof(want) / sizeof(want[0]));
}

static void
a_missing_file_is_a_mistake_not_a_fault(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(load(f, NULL), 0);
	assert_int_equal(f->diag.errors, 2);
	assert_string_equal(mistake(f, 0),
	    "theme/theme.yaml:1:1: theme-file-missing");
	assert_string_equal(mistake(f, 1),
	    "theme/strings/ru.yaml:1:1: theme-file-missing");
}

static void
a_file_too_big_is_a_mistake(void **state)
{
	enum { TOO_BIG = 1024 * 1024 + 1 };
	struct fixture *f = *state;
	char *text = arena_alloc(&f->arena, 1, TOO_BIG);

	put_basics(f);
	put(f, "theme/page/a.html.mustache",
	    (struct str){ memset(text, 'a', TOO_BIG), TOO_BIG });
	assert_int_equal(load(f, NULL), 0);
	assert_int_equal(f->diag.errors, 1);
	assert_string_equal(mistake(f, 0),
	    "theme/page/a.html.mustache:1:1: theme-file-big");
}

static void
missing_words_are_told_by_key(void **state)
{
	struct fixture *f = *state;

	put_basics(f);
	put(f, "theme/strings/ru.yaml", STR("\nnav: {a: b}\n"));
	assert_int_equal(load(f, NULL), 0);
	assert_int_equal(f->diag.errors, 16);
	assert_string_equal(mistake(f, 0),
	    "theme/strings/ru.yaml:2:1: string-missing");
}

static void
what_cannot_be_rendered_says_so(void **state)
{
	struct fixture *f = *state;

	put_basics(f);
	put(f, "theme/page/a.html.mustache", STR("{{>page/a}}"));
	put(f, "theme/page/b.html.mustache",
	    STR("<script type=\"application/ld+json\">{{json}}</script>"));
	assert_int_equal(load(f, NULL), 0);
	assert_int_equal(f->diag.errors, 0);
	struct value *v = value_map(&f->arena);
	assert_int_equal(theme_render(&f->theme, &f->out, "page/none.html", v),
	    -1);
	assert_int_equal(theme_render(&f->theme, &f->out, "page/a.html", v),
	    -1);
	assert_int_equal(theme_render(&f->theme, &f->out, "page/b.html", v), 0);
	value_set_text(&f->arena, v, "json", STR("{}"));
	assert_int_equal(theme_render(&f->theme, &f->out, "page/b.html", v),
	    -1);
	value_set(&f->arena, v, STR("json"),
	    value_json(&f->arena, STR("{\"a\":1}")));
	assert_page(f, "page/b.html",
	    "<script type=\"application/ld+json\"></script>");
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(the_theme_of_the_program_has_no_mistake),
		TEST(both_languages_say_the_same_things),
		TEST(a_page_sees_the_words_of_the_theme),
		TEST(an_own_file_stands_in_for_the_themes),
		TEST(the_hash_is_that_of_what_was_read),
		TEST(all_mistakes_are_told_at_their_place),
		TEST(a_missing_file_is_a_mistake_not_a_fault),
		TEST(a_file_too_big_is_a_mistake),
		TEST(missing_words_are_told_by_key),
		TEST(what_cannot_be_rendered_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
