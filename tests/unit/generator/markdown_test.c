#include "generator/read/markdown.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "generator/read/kinds.h"

static struct arena arena;
static struct diag diag;
static struct reading reading;

static int
forget(void **state)
{
	(void)state;
	diag_free(&diag);
	arena_free(&arena);
	reading = (struct reading){ 0 };
	return 0;
}

static struct prose
render(const char *source, bool file, const char *prefix)
{
	static const struct site site = {
		.settings = { .base_url = STR_INIT("https://x.example/sub") }
	};
	struct markdown m = { .pos = { "x.md", 5, 1 },
		.file = file,
		.heading_min = prefix[0] == '\0' ? 2 : 3,
		.prefix = prefix };
	struct prose out = { 0 };

	reading.arena = &arena;
	reading.diag = &diag;
	reading.site = &site;
	markdown_render(&reading, &m, str_from(source), &out);
	return out;
}

static void
assert_str(struct str got, const char *want)
{
	assert_string_equal(str_c(&arena, got), want);
}

/* LINE:COL CODE of every mistake, joined by blanks. */
static const char *
mistakes(void)
{
	struct buf b = { 0 };
	const char *out;

	for (size_t i = 0; i < diag.lines.n; i++)
		buf_printf(&b, "%s%d:%d %s", i > 0 ? " " : "",
		    diag.lines.at[i].pos.line, diag.lines.at[i].pos.column,
		    diag.lines.at[i].message->code);
	out = str_dup(&arena, buf_view(&b)).p;
	buf_free(&b);
	return out;
}

static void
links_are_those_of_the_page(void **state)
{
	static const struct {
		const char *source, *html;
	} cases[] = {
		{ "[а](/programs/x.html#y)",
		    "<p><a href=\"/sub/programs/x.html#y\">а</a></p>\n" },
		{ "[а](/programs/index.html?q=1&w=2)",
		    "<p><a href=\"/sub/programs/?q=1&amp;w=2\">а</a></p>\n" },
		{ "[а](#y)", "<p><a href=\"#y\">а</a></p>\n" },
		{ "[а](mailto:a@x.example)",
		    "<p><a href=\"mailto:a@x.example\">а</a></p>\n" },
		{ "[а](https://y.example/\"<b>&c)",
		    "<p><a href=\"https://y.example/%22%3Cb%3E&amp;c\" "
		    "rel=\"nofollow noopener\">а</a></p>\n" },
		{ "<HTTP://y.example/>",
		    "<p><a href=\"HTTP://y.example/\" "
		    "rel=\"nofollow noopener\">HTTP://y.example/</a></p>\n" },
		{ "[*а* `б`](https://y.example)",
		    "<p><a href=\"https://y.example\" "
		    "rel=\"nofollow noopener\"><em>а</em> <code>б</code></a>"
		    "</p>\n" },
		{ "![а](/media/x.jpg)",
		    "<p><img src=\"/sub/media/x.jpg\" alt=\"а\" /></p>\n" },
		{ "<!-- себе -->", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_str(render(cases[i].source, true, "").html,
		    cases[i].html);
		assert_string_equal(mistakes(), "");
	}
}

static void
headings_have_ids_and_stay_below_the_page(void **state)
{
	(void)state;
	assert_str(render("# Ёж\n\n## Ёж\n\n###### 1, 2!\n\n## …\n", true, "")
		       .html,
	    "<h2 id=\"ezh\">\nЁж\n</h2>\n<h2 id=\"ezh-2\">\nЁж\n</h2>\n"
	    "<h6 id=\"1-2\">\n1, 2!\n</h6>\n<h2 id=\"section\">\n…\n</h2>\n");
	assert_str(render("# А\n\n## Б\n\n### *В* [г](/)\n", false, "goals")
		       .html,
	    "<h3 id=\"goals-a\">\nА\n</h3>\n<h3 id=\"goals-b\">\nБ\n</h3>\n"
	    "<h4 id=\"goals-v-g\">\n<em>В</em> <a "
	    "href=\"/sub/\">г</a>\n</h4>\n");
}

static void
what_leads_into_the_site_is_remembered(void **state)
{
	(void)state;
	render("Раз.\n\n- два [а](/help/x.html#b)\n- ![б](/media/a%20b.jpg)\n"
	       "- [в](https://y.example/) [г](#d)\n",
	    true, "");
	assert_int_equal(reading.links.n, 2);
	/* Pictures come first. */
	assert_str(reading.links.at[0].path, "media/a b.jpg");
	assert_true(reading.links.at[0].media);
	assert_str(reading.links.at[1].path, "/help/x.html");
	assert_false(reading.links.at[1].media);
	assert_int_equal(reading.links.at[1].pos.line, 7);
	assert_int_equal(reading.links.at[1].pos.column, 7);
}

static void
mistakes_are_told_where_they_stand(void **state)
{
	static const struct {
		const char *source, *mistakes;
	} cases[] = {
		{ "[а](x.html)", "5:1 bad-link" },
		{ "Ёж [а](//y.example)", "5:4 bad-link" },
		{ "а\nёж [а](javascript:x)", "6:4 bad-link" },
		{ "> - [а](data:x)", "5:5 bad-link" },
		{ "[а](http://)", "5:1 bad-link" },
		{ "[а]()", "5:1 bad-link" },
		{ "![](/media/x.jpg)", "5:1 image-without-alt" },
		{ "![а](x.jpg)", "5:1 foreign-image" },
		{ "а <b>б</b>", "5:3 html-left-out" },
		{ "<div>\nа\n</div>", "5:1 html-left-out" },
		{ ">>>>>>>>>>>>>>>>>>>> а", "" },
		{ "а\n>>>>>>>>>>>>>>>>>>>>> а", "6:1 markdown-too-deep" },
		{ "1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. 1. "
		  "1. 1) а",
		    "5:1 markdown-too-deep" },
		{ "---------------------------------------------", "" },
		{ "- - - - - - - - - - - - - - - - - - - - - - - -", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		render(cases[i].source, true, "");
		if (strcmp(mistakes(), cases[i].mistakes) != 0)
			fail_msg("%s: %s", cases[i].source, mistakes());
		diag_free(&diag);
	}
	render("а\n\n[б](x)", false, "about");
	assert_string_equal(mistakes(), "5:1 bad-link");
}

static void
nothing_unsafe_comes_out(void **state)
{
	static const char *const sources[] = {
		"<script>alert(1)</script>",
		"а <img src=x onerror=alert(1)> б",
		"[а](javascript:alert(1))",
		"[а](  JaVaScRiPt:alert(1))",
		"[а](&#106;avascript:alert(1))",
		"![а](javascript:alert(1))",
		"<javascript:alert(1)>",
		"[а](https://x\"onmouseover=alert(1))",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++) {
		struct prose p = render(sources[i], true, "");

		assert_int_equal(str_find(p.html, STR("<script")), -1);
		assert_int_equal(str_find(p.html, STR("<img src=x")), -1);
		assert_int_equal(str_find(p.html, STR("\"javascript:")), -1);
		assert_int_equal(str_find(p.html, STR("\"onmouse")), -1);
		diag_free(&diag);
	}
}

static void
a_summary_is_whole_sentences(void **state)
{
	struct buf b = { 0 };

	(void)state;
	assert_str(render("# Раз\n\nДва *три*.\nЧетыре [пять](/).\n\n- шесть",
		       true, "")
		       .text,
	    "Два три. Четыре пять. шесть");
	for (int i = 0; i < 30; i++)
		buf_str(&b, STR("Слова и слова. "));
	assert_int_equal(render(buf_view(&b).p, true, "").text.n,
	    13 * (sizeof("Слова и слова.") - 1) + 12);
	buf_reset(&b);
	for (int i = 0; i < 100; i++)
		buf_str(&b, STR("слова "));
	assert_true(
	    str_ends(render(buf_view(&b).p, true, "").text, STR("слова…")));
	buf_reset(&b);
	for (int i = 0; i < 300; i++)
		buf_str(&b, STR("ж"));
	assert_int_equal(render(buf_view(&b).p, true, "").text.n,
	    200 * (sizeof("ж") - 1) + sizeof("…") - 1);
	assert_str(render("", true, "").text, "");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(links_are_those_of_the_page, forget),
		cmocka_unit_test_teardown(
		    headings_have_ids_and_stay_below_the_page, forget),
		cmocka_unit_test_teardown(
		    what_leads_into_the_site_is_remembered, forget),
		cmocka_unit_test_teardown(mistakes_are_told_where_they_stand,
		    forget),
		cmocka_unit_test_teardown(nothing_unsafe_comes_out, forget),
		cmocka_unit_test_teardown(a_summary_is_whole_sentences, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
