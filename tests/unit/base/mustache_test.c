#include "base/mustache.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/value.h"

enum { FILES = 4 };

/* Templates by name, the first of which is rendered. */
struct fixture {
	struct arena arena;
	struct diag diag;
	struct buf out;
	struct value *data;
};

struct file {
	const char *name, *source;
};

static int
set_up(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));
	struct arena *a = &f->arena;

	f->data = value_map(a);
	value_set_text(a, f->data, "bad", STR("<&>\"'"));
	value_set(a, f->data, STR("html"), value_html(a, STR("<b>1</b>")));
	value_set(a, f->data, STR("json"), value_json(a, STR("{\"a\":1}")));
	value_set_text(a, f->data, "lines", STR("a\nb;c"));
	value_set_bool(a, f->data, "yes", true);
	value_set_bool(a, f->data, "no", false);
	value_set_text(a, f->data, "empty", STR(""));
	value_set_text(a, f->data, "who", STR("outer"));
	struct value *list = value_list(a);
	for (int i = 1; i <= 3; i++) {
		struct value *item = value_map(a);

		value_set_int(a, item, "n", i);
		if (i == 2)
			value_set(a, item, STR("who"), NULL);
		value_add(a, list, item);
	}
	value_set(a, f->data, STR("list"), list);
	*state = f;
	return 0;
}

static int
tear_down(void **state)
{
	struct fixture *f = *state;

	arena_free(&f->arena);
	diag_free(&f->diag);
	buf_free(&f->out);
	free(f);
	return 0;
}

static struct mustache_set *
compile(struct fixture *f, const struct file *files)
{
	struct mustache_set *s = mustache_set_new(&f->arena, MUSTACHE_THEME);

	diag_free(&f->diag);
	f->diag = (struct diag){ 0 };
	for (size_t i = 0; i < FILES && files[i].name != NULL; i++)
		mustache_set_add(s, &f->diag, files[i].name,
		    str_from(files[i].name), str_from(files[i].source));
	mustache_set_link(s, &f->diag);
	return s;
}

static const char *
render(struct fixture *f, const struct file *files)
{
	struct mustache_set *s = compile(f, files);
	struct pos where;

	if (f->diag.errors > 0)
		diag_print(&f->diag, stderr, DIAG_TEXT);
	assert_int_equal(f->diag.errors, 0);
	buf_reset(&f->out);
	assert_int_equal(mustache_render(s, str_from(files[0].name), NULL,
			     f->data, &f->out, &where),
	    MUSTACHE_OK);
	return buf_view(&f->out).p;
}

static void
assert_renders(struct fixture *f, const char *name, const char *source,
    const char *want)
{
	const struct file files[FILES] = { { name, source } };

	assert_string_equal(render(f, files), want);
}

/* All mistakes, sorted: "path:line:column code" joined by blanks. */
static const char *
mistakes(struct fixture *f, const struct file *files)
{
	struct buf b = { 0 };
	FILE *quiet = fopen("/dev/null", "w");

	compile(f, files);
	diag_print(&f->diag, quiet, DIAG_TEXT);
	fclose(quiet);
	for (size_t i = 0; i < f->diag.lines.n; i++) {
		const struct diag_line *l = &f->diag.lines.at[i];

		buf_printf(&b, "%s%s:%d:%d %s", i > 0 ? " " : "", l->pos.path,
		    l->pos.line, l->pos.column, l->message->code);
	}
	const char *all = str_c(&f->arena, buf_view(&b));
	buf_free(&b);
	return all;
}

static void
assert_mistakes(struct fixture *f, const char *source, const char *want)
{
	const struct file files[FILES] = { { "a.html", source } };

	assert_string_equal(mistakes(f, files), want);
}

static void
the_ending_decides_the_escaping(void **state)
{
	static const struct {
		const char *name, *source, *want;
	} cases[] = {
		{ "a.html", "{{bad}}", "&lt;&amp;&gt;&quot;&#39;" },
		{ "a.xml", "{{bad}}", "&lt;&amp;&gt;&quot;&#39;" },
		{ "a.txt", "{{bad}}", "<&>\"'" },
		{ "a.ics", "{{lines}}", "a\\nb\\;c" },
		{ "a.json", "\"{{lines}}\"", "\"a\\nb;c\"" },
		{ "a.html", "{{html}}", "<b>1</b>" },
		{ "a.xml", "{{html}}", "&lt;b&gt;1&lt;/b&gt;" },
		{ "a.txt", "{{html}}", "<b>1</b>" },
		{ "a.json", "{\"x\":{{json}} }", "{\"x\":{\"a\":1} }" },
		{ "a.html", "{{json}}", "{&quot;a&quot;:1}" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_renders(*state, cases[i].name, cases[i].source,
		    cases[i].want);
}

static void
html_goes_out_as_it_is_between_tags_only(void **state)
{
	assert_renders(*state, "a.html",
	    "{{html}}<p title=\"{{html}}\" lang='{{html}}'>"
	    "<title>{{html}}</title>{{html}}",
	    "<b>1</b><p title=\"&lt;b&gt;1&lt;/b&gt;\" "
	    "lang='&lt;b&gt;1&lt;/b&gt;'>"
	    "<title>&lt;b&gt;1&lt;/b&gt;</title><b>1</b>");
}

static void
json_stands_alone_in_a_script_of_json(void **state)
{
	assert_renders(*state, "a.html",
	    "<script type=\"application/ld+json\">\n{{json}}\n</script>{{bad}}",
	    "<script type=\"application/ld+json\">\n{\"a\":1}\n</script>"
	    "&lt;&amp;&gt;&quot;&#39;");
}

static void
nothing_false_and_empty_are_false(void **state)
{
	assert_renders(*state, "a.txt",
	    "{{#yes}}y{{/yes}}{{#no}}n{{/no}}{{#empty}}e{{/empty}}"
	    "{{#missing}}m{{/missing}}{{^no}}N{{/no}}{{^list}}L{{/list}}",
	    "yN");
}

static void
names_are_looked_up_from_the_inside(void **state)
{
	assert_renders(*state, "a.txt",
	    "{{#list}}{{n}}{{who}} {{/list}}{{list.n}}{{who.x}}",
	    "1outer 2 3outer ");
}

static void
lines_with_nothing_but_a_tag_vanish(void **state)
{
	assert_renders(*state, "a.txt",
	    "a\n  {{! no }}\n{{#yes}}\nb\n  {{/yes}}  \nc "
	    "{{#yes}}\nd{{/yes}}\n",
	    "a\nb\nc \nd\n");
}

static void
a_page_fills_the_blocks_of_its_layout(void **state)
{
	const struct file files[FILES] = {
		{ "page.html",
		    "{{<cabinet}}\n{{$main}}\nmain {{who}}\n{{/main}}\n"
		    "{{/cabinet}}\n" },
		{ "cabinet.html",
		    "{{<base}}\n{{$body}}\n<nav>\n  {{$main}}{{/main}}\n"
		    "</nav>\n{{/body}}\n{{/base}}\n" },
		{ "base.html", "<body class=\"{{$class}}plain{{/class}}\">\n"
			       "{{$body}}empty\n{{/body}}</body>\n" },
	};

	assert_string_equal(render(*state, files),
	    "<body class=\"plain\">\n<nav>\n  main outer\n\n</nav>\n</body>\n");
}

static void
what_fills_a_block_may_hold_a_block_of_that_name(void **state)
{
	const struct file files[FILES] = {
		{ "a.txt", "{{<b}}{{$x}}[{{$x}}own{{/x}}]{{/x}}{{/b}}" },
		{ "b.txt", "{{$x}}default{{/x}}" },
	};

	assert_string_equal(render(*state, files), "[own]");
}

static void
a_partial_is_found_with_its_ending_and_without(void **state)
{
	const struct file files[FILES] = {
		{ "page/a.html", "{{>part/b}}{{>part/b.html}}" },
		{ "part/b.html", "b" },
		{ "part/b.txt", "text" },
	};

	assert_string_equal(render(*state, files), "bb");
}

static void
a_tree_ends_where_its_leaves_are(void **state)
{
	struct fixture *f = *state;
	struct arena *a = &f->arena;
	const struct file files[FILES] = {
		{ "a.txt", "{{#node}}({{>a}}){{/node}}" },
	};
	struct value *up = f->data;

	for (int i = 0; i < 3; i++) {
		struct value *node = value_map(a);

		value_set(a, up, STR("node"), node);
		up = node;
	}
	value_set(a, up, STR("node"), NULL);
	assert_string_equal(render(f, files), "((()))");
}

static void
a_circle_of_partials_is_told_not_followed(void **state)
{
	struct fixture *f = *state;
	const struct file files[FILES] = {
		{ "a.txt", "{{>b}}" },
		{ "b.txt", "\n {{#yes}}x{{>a}}{{/yes}}" },
	};
	struct mustache_set *s = compile(f, files);
	struct pos where;

	assert_int_equal(f->diag.errors, 0);
	assert_int_equal(mustache_render(s, STR("a.txt"), NULL, f->data,
			     &f->out, &where),
	    MUSTACHE_DEEP);
	assert_string_equal(where.path, "a.txt");
	assert_int_equal(where.line, 1);
	assert_int_equal(mustache_render(s, STR("c.txt"), NULL, NULL, &f->out,
			     &where),
	    MUSTACHE_MISSING);
}

static void
mistakes_of_tags_are_told_at_their_place(void **state)
{
	static const struct {
		const char *source, *want;
	} cases[] = {
		{ "я {{x", "a.html:1:3 template-tag-open" },
		{ "{{}}", "a.html:1:1 template-tag-empty" },
		{ "{{# }}", "a.html:1:1 template-tag-empty "
			    "a.html:1:1 template-section-open" },
		{ "{{a b}}", "a.html:1:1 template-name" },
		{ "{{a..b}}", "a.html:1:1 template-name" },
		{ "{{.a}}", "a.html:1:1 template-name" },
		{ "{{ключ}}", "a.html:1:1 template-name" },
		{ "{{{x}}}{{&x}}", "a.html:1:1 template-unescaped "
				   "a.html:1:8 template-unescaped" },
		{ "\n{{=<% %>=}}", "a.html:2:1 template-delimiters" },
		{ "{{#a}}\n  {{^b}}", "a.html:1:1 template-section-open "
				      "a.html:2:3 template-section-open" },
		{ "{{/a}}", "a.html:1:1 template-section-stray" },
		{ "{{#a}}\n{{/b}}", "a.html:2:1 template-section-crossed" },
		{ "{{>none}}", "a.html:1:1 template-unknown" },
		{ "{{<none}}{{/none}}", "a.html:1:1 template-unknown" },
		{ "{{<a}}{{$x}}{{/x}}{{/a}}",
		    "a.html:1:7 template-block-unknown" },
		{ "{{$x}}{{/x}}{{<a}} t{{y}}{{$x}}{{/x}}{{$x}}{{/x}}{{/a}}",
		    "a.html:1:20 template-parent-content "
		    "a.html:1:21 template-parent-content "
		    "a.html:1:38 template-block-twice" },
		{ "a\xff", "a.html:1:2 template-utf8" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_mistakes(*state, cases[i].source, cases[i].want);
}

static void
sections_nest_to_a_limit(void **state)
{
	struct buf b = { 0 };

	for (int i = 0; i < MUSTACHE_DEPTH; i++)
		buf_str(&b, STR("{{#a}}"));
	for (int i = 0; i < MUSTACHE_DEPTH; i++)
		buf_str(&b, STR("{{/a}}"));
	assert_mistakes(*state, buf_view(&b).p, "");
	buf_reset(&b);
	for (int i = 0; i <= MUSTACHE_DEPTH; i++)
		buf_str(&b, STR("\n{{#a}}"));
	struct fixture *f = *state;
	const struct file files[FILES] = { { "a.html", buf_view(&b).p } };
	compile(f, files);
	assert_string_equal(f->diag.lines.at[0].message->code,
	    "template-nested");
	assert_int_equal(f->diag.lines.at[0].pos.line, MUSTACHE_DEPTH + 2);
	buf_free(&b);
}

static void
all_files_are_looked_at_in_one_run(void **state)
{
	const struct file files[FILES] = {
		{ "a.html", "{{#x}}" },
		{ "b.html", "{{>c}}{{/x}}" },
		{ "c.css", "" },
		{ "d.txt", "{{>a}}{{a b}}" },
	};

	assert_string_equal(mistakes(*state, files),
	    "a.html:1:1 template-section-open "
	    "b.html:1:7 template-section-stray "
	    "c.css:1:1 template-ending d.txt:1:7 template-name");
}

static void
the_nearest_name_is_offered(void **state)
{
	struct fixture *f = *state;
	const struct file files[FILES] = {
		{ "a.html", "{{>part/crad}}" },
		{ "part/card.html", "" },
	};

	compile(f, files);
	assert_string_equal(f->diag.lines.at[0].text.p,
	    "unknown template 'part/crad' (did you mean 'part/card'?)");
}

static void
names_below_a_root_are_held_to_its_tree(void **state)
{
	struct fixture *f = *state;
	const struct file files[FILES] = {
		{ "a.html",
		    "{{who}}{{t.who}}{{#t.list}}{{t.bda}}{{/t.list}}\n"
		    "{{^t.html.x}}{{t}}{{tt.x}}{{$t.y}}{{/t.y}}{{/t.html.x}}" },
	};
	struct mustache_set *s = compile(f, files);

	mustache_set_check_names(s, &f->diag, STR("t"), f->data);
	assert_int_equal(f->diag.lines.n, 2);
	assert_string_equal(f->diag.lines.at[0].text.p,
	    "the strings have no 't.bda' (did you mean 'bad'?)");
	assert_int_equal(f->diag.lines.at[0].pos.column, 28);
	assert_string_equal(f->diag.lines.at[1].text.p,
	    "the strings have no 't.html.x'");
	assert_int_equal(f->diag.lines.at[1].pos.line, 2);
}

static void
values_stand_where_they_are_safe(void **state)
{
	static const struct {
		const char *source, *want;
	} cases[] = {
		/* Good ones. */
		{ "<a href=\"{{x}}\" title='{{x}}'>{{x}}</a>", "" },
		{ "<li{{#x}} class=\"{{x}}\"{{/x}}>", "" },
		{ "<input type=text{{#x}} checked{{/x}}>", "" },
		{ "<input value=\"a\"{{#x}} checked{{/x}} id=b>", "" },
		{ "<p class=\"a{{#x}} {{x}}{{/x}}\">", "" },
		{ "<textarea>{{x}}</textarea><title>{{x}}</title>", "" },
		{ "<!doctype html><!-- a > b --!>{{x}}", "" },
		{ "1 < 2 {{x}} <> {{x}} << {{x}}", "" },
		{ "<script src=\"{{x}}\"></script>{{x}}", "" },
		{ "<script>if (a < b) '</scriptx>'</SCRIPT >{{x}}", "" },
		{ "<style>p { color: red }</style>{{x}}", "" },
		/* No value there. */
		{ "<{{x}}>", "a.html:1:2 template-in-tag" },
		{ "<h{{x}}>", "a.html:1:3 template-in-tag" },
		{ "<a {{x}}>", "a.html:1:4 template-in-tag" },
		{ "<a x{{x}}=\"\">", "a.html:1:5 template-in-tag" },
		{ "<a x {{x}}>", "a.html:1:6 template-in-tag" },
		{ "<a href={{x}}>", "a.html:1:9 template-in-unquoted" },
		{ "<a href=/{{x}}>", "a.html:1:10 template-in-unquoted" },
		{ "<a onclick=\"f({{x}})\">",
		    "a.html:1:15 template-in-attribute" },
		{ "<a ONclick = '{{x}}'>",
		    "a.html:1:15 template-in-attribute" },
		{ "<p style=\"{{x}}\">", "a.html:1:11 template-in-attribute" },
		{ "<a href=' JavaScript:f({{x}})'>",
		    "a.html:1:24 template-in-attribute" },
		{ "<a title=\"javascript:\" href=\"{{x}}{{y}}\">", "" },
		{ "<iframe srcdoc='{{x}}'>",
		    "a.html:1:17 template-in-attribute "
		    "a.html:1:24 template-end-html" },
		{ "<!-- {{x}} -->", "a.html:1:6 template-in-comment" },
		{ "<!-- {{#x}} -->{{/x}}", "a.html:1:6 template-in-comment" },
		{ "<!-- <script> --> <script>{{x}}</script>",
		    "a.html:1:27 template-in-raw" },
		{ "<style>{{x}}</style>", "a.html:1:8 template-in-raw" },
		{ "<script>{{#x}}1{{/x}}</script>",
		    "a.html:1:9 template-in-raw" },
		{ "<script>{{json}}</script>", "a.html:1:9 template-in-raw" },
		{ "<script type=\"{{x}}\">{{json}}</script>",
		    "a.html:1:22 template-in-raw" },
		{ "<script type=application/json>{{x}}</script>",
		    "a.html:1:31 template-in-json" },
		{ "<script type='application/json'>[{{json}}]</script>",
		    "a.html:1:34 template-in-json" },
		{ "<script type='application/json'>{{json}};</script>",
		    "a.html:1:41 template-in-json" },
		/* Sections that tear the HTML. */
		{ "{{#x}}<a {{/x}}>", "a.html:1:1 template-section-html" },
		{ "<a href=\"{{#x}}\"{{/x}}\">",
		    "a.html:1:10 template-section-html" },
		{ "{{#x}}<!-- {{/x}}-->", "a.html:1:1 template-section-html" },
		{ "<a on{{#x}}click{{/x}}=\"{{y}}\">",
		    "a.html:1:12 template-section-place "
		    "a.html:1:23 template-section-place "
		    "a.html:1:25 template-in-tag" },
		{ "<a href={{#x}}\"\"{{/x}}>",
		    "a.html:1:9 template-section-place" },
		{ "<a href=\"", "a.html:1:10 template-end-html" },
		{ "<script>", "a.html:1:9 template-end-html" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_mistakes(*state, cases[i].source, cases[i].want);
}

static void
partials_and_blocks_are_held_to_where_they_are_put(void **state)
{
	static const struct {
		struct file files[FILES];
		const char *want;
	} cases[] = {
		{ { { "a.html", "<a class=\"{{>b}}\">" },
		      { "b.html", "{{x}} c" } },
		    "" },
		{ { { "a.html", "<a style=\"{{>b}}\">{{>b}}" },
		      { "b.html", "{{x}}" } },
		    "b.html:1:1 template-in-attribute" },
		{ { { "a.html", "<a {{>b}}>" }, { "b.html", " {{x}}" } },
		    "b.html:1:2 template-in-tag" },
		{ { { "a.html", "<a class=\"{{>b}}\">" },
		      { "b.html", "x\" y=\"" } },
		    "" },
		{ { { "a.html", "<a class=\"{{>b}}\">" },
		      { "b.html", "x\">" } },
		    "b.html:1:4 template-end-html" },
		{ { { "a.html", "{{>b}}" }, { "b.html", "<a" } },
		    "b.html:1:3 template-end-html" },
		{ { { "a.html", "{{<b}}{{$t}}x{{/t}}{{$s}}{{y}}{{/s}}{{/b}}" },
		      { "b.html", "<p style=\"{{$s}}{{/s}}\">{{$t}}{{/t}}" } },
		    "a.html:1:26 template-in-attribute" },
		/* Two layouts use one name for different places. */
		{ { { "a.html", "{{<b}}{{$t}}<i class=\"{{y}}\">{{/t}}{{/b}}" },
		      { "b.html", "{{$t}}{{/t}}" },
		      { "c.html", "{{<d}}{{$t}}x{{/t}}{{/d}}" },
		      { "d.html", "<b title=\"{{$t}}{{/t}}\">" } },
		    "" },
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_string_equal(mistakes(*state, cases[i].files),
		    cases[i].want);
}

static void
what_fills_a_title_and_a_heading_is_escaped(void **state)
{
	const struct file files[FILES] = {
		{ "a.html", "{{<b}}{{$t}}{{html}}{{/t}}{{/b}}" },
		{ "b.html",
		    "<title>{{$t}}{{/t}}</title><h1>{{$t}}{{/t}}</h1>" },
	};

	assert_string_equal(render(*state, files),
	    "<title>&lt;b&gt;1&lt;/b&gt;</title>"
	    "<h1>&lt;b&gt;1&lt;/b&gt;</h1>");
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(the_ending_decides_the_escaping),
		TEST(html_goes_out_as_it_is_between_tags_only),
		TEST(json_stands_alone_in_a_script_of_json),
		TEST(nothing_false_and_empty_are_false),
		TEST(names_are_looked_up_from_the_inside),
		TEST(lines_with_nothing_but_a_tag_vanish),
		TEST(a_page_fills_the_blocks_of_its_layout),
		TEST(what_fills_a_block_may_hold_a_block_of_that_name),
		TEST(a_partial_is_found_with_its_ending_and_without),
		TEST(a_tree_ends_where_its_leaves_are),
		TEST(a_circle_of_partials_is_told_not_followed),
		TEST(mistakes_of_tags_are_told_at_their_place),
		TEST(sections_nest_to_a_limit),
		TEST(all_files_are_looked_at_in_one_run),
		TEST(the_nearest_name_is_offered),
		TEST(names_below_a_root_are_held_to_its_tree),
		TEST(values_stand_where_they_are_safe),
		TEST(partials_and_blocks_are_held_to_where_they_are_put),
		TEST(what_fills_a_title_and_a_heading_is_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
