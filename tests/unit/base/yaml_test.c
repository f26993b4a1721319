#include "base/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"

/* The tree as one line: scalars, [lists], {key=value}; ! for told ones. */
static void
dump(struct buf *b, const struct node *n)
{
	switch (n->kind) {
	case NODE_SCALAR:
		buf_str(b, node_is_null(n) ? STR("null") : n->text);
		break;
	case NODE_WRONG:
		buf_char(b, '!');
		break;
	case NODE_SEQUENCE:
		buf_char(b, '[');
		for (const struct node *i = n->first; i != NULL; i = i->next) {
			dump(b, i);
			if (i->next != NULL)
				buf_char(b, ',');
		}
		buf_char(b, ']');
		break;
	case NODE_MAPPING:
		buf_char(b, '{');
		for (const struct node *k = n->first; k != NULL; k = k->next) {
			dump(b, k);
			buf_char(b, '=');
			dump(b, k->value);
			if (k->next != NULL)
				buf_char(b, ',');
		}
		buf_char(b, '}');
		break;
	}
}

/* LINE:COL CODE of every mistake, joined by blanks. */
static void
dump_mistakes(struct buf *b, const struct diag *d)
{
	for (size_t i = 0; i < d->lines.n; i++)
		buf_printf(b, "%s%d:%d %s", i > 0 ? " " : "",
		    d->lines.at[i].pos.line, d->lines.at[i].pos.column,
		    d->lines.at[i].message->code);
}

struct parse_case {
	struct str text;
	const char *tree; /* "" when there is no root */
	const char *mistakes;
};

static void
check(const struct parse_case *c)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct buf tree = { 0 }, mistakes = { 0 };
	/* Exactly so long, so that the sanitizer sees a step beyond. */
	struct str text = { arena_copy(&a, c->text.p, c->text.n), c->text.n };
	struct node *n = yaml_parse(&a, &d, "x.yaml", text, 1);

	if (n != NULL)
		dump(&tree, n);
	dump_mistakes(&mistakes, &d);
	assert_string_equal(buf_view(&tree).p, c->tree);
	assert_string_equal(buf_view(&mistakes).p, c->mistakes);
	buf_free(&tree);
	buf_free(&mistakes);
	diag_free(&d);
	arena_free(&a);
}

#define CASE(text, tree, mistakes) \
	{ \
		STR_INIT(text), tree, mistakes \
	}

static void
check_all(const struct parse_case *cases, size_t n)
{
	for (size_t i = 0; i < n; i++)
		check(&cases[i]);
}

static void
scalars_are_text_as_written(void **state)
{
	static const struct parse_case cases[] = {
		CASE("", "null", ""),
		CASE("# a note\n", "null", ""),
		CASE("---\n", "null", ""),
		CASE("title: 2026\n", "{title=2026}", ""),
		CASE("a: no\nb: 17:30\nc: 010\nd: 1e3\n",
		    "{a=no,b=17:30,c=010,d=1e3}", ""),
		CASE("a: null\nb: ~\nc:\nd: 'null'\n",
		    "{a=null,b=null,c=null,d=null}", ""),
		CASE("a: |\n  x\n  y\n", "{a=x\ny\n}", ""),
		CASE("a: [1, 2, [3]]\n", "{a=[1,2,[3]]}", ""),
		CASE("- a: 1\n- b: 2\n", "[{a=1},{b=2}]", ""),
		CASE("\xEF\xBB\xBFтитул: да\n", "{титул=да}", ""),
		CASE("a: 1\r\nb: 2\r\n", "{a=1,b=2}", ""),
	};

	(void)state;
	check_all(cases, sizeof(cases) / sizeof(cases[0]));
}

static void
what_is_not_allowed_is_told_at_its_place(void **state)
{
	static const struct parse_case cases[] = {
		CASE("a: 1\nb: 2\na: 3\n", "{a=1,b=2,!=3}", "3:1 doubled-key"),
		CASE("я: {ключ: 1, ключ: 2}\n", "{я={ключ=1,!=2}}",
		    "1:14 doubled-key"),
		CASE("a: &x 1\nb: *x\n", "{a=!,b=!}",
		    "1:4 yaml-anchor 2:4 yaml-alias"),
		CASE("a: &x [1]\n", "{a=[1]}", "1:4 yaml-anchor"),
		CASE("a: !!int 1\n", "{a=!}", "1:4 yaml-tag"),
		CASE("*x : 1\n", "", "1:1 yaml-alias"),
		CASE("<<: {a: 1}\nb: 1\n", "{!={a=1},b=1}",
		    "1:1 yaml-merge-key"),
		CASE("a: 1\n---\nb: 2\n", "", "2:1 yaml-second-document"),
		CASE("? [a]\n: 1\n", "", "1:3 yaml-key-not-text"),
		CASE("? {a: 1}\n: 1\n", "", "1:3 yaml-key-not-text"),
		CASE("a:\n\tb: 1\n", "", "2:1 yaml-syntax"),
		CASE("a: b: c\n", "", "1:5 yaml-syntax"),
		CASE("a: 'x\n", "", "2:1 yaml-syntax"),
		CASE("a: 'я", "", "1:6 yaml-syntax"),
		CASE("a: [1\nb: 2\n", "", "2:2 yaml-syntax"),
		CASE("a: 1\nb: \xD1\n", "", "2:4 not-utf8"),
		CASE("\xFF\xFE"
		     "a\0",
		    "", "1:4 nul-byte"),
		CASE("я: \xC0\x80\n", "", "1:4 not-utf8"),
		CASE("a: x\0y\n", "", "1:5 nul-byte"),
	};

	(void)state;
	check_all(cases, sizeof(cases) / sizeof(cases[0]));
}

static void
control_characters_are_dropped(void **state)
{
	static const struct parse_case cases[] = {
		CASE("a: x\x07y\nb: 1\n", "{a=xy,b=1}",
		    "1:4 control-characters"),
		CASE("a: \"x\\u0085y\\x1b\"\n", "{a=x\ny}",
		    "1:4 control-characters"),
		CASE("a: \xE2\x80\xAEx\n", "{a=x}", "1:4 control-characters"),
		CASE("a: «x» — y\n", "{a=«x» — y}", ""),
		CASE("a: x\xE2\x80\xA8y\nb: {\n", "",
		    "1:4 control-characters 3:1 yaml-syntax"),
		CASE("# \x01\na: 1\n", "{a=1}", ""),
		CASE("a: x\xEF\xB7\x90y\n", "{a=xy}", "1:4 control-characters"),
		CASE("\x01: \x02, c: c: d\n", "",
		    "1:1 control-characters 1:4 control-characters "
		    "1:8 yaml-syntax"),
	};

	(void)state;
	check_all(cases, sizeof(cases) / sizeof(cases[0]));
}

static struct str
repeated(struct arena *a, const char *part, int times, const char *end)
{
	struct buf b = { 0 };
	struct str out;

	for (int i = 0; i < times; i++)
		buf_str(&b, str_from(part));
	buf_str(&b, str_from(end));
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

static void
depth_size_and_number_have_limits(void **state)
{
	static const struct {
		const char *part;
		int times;
		const char *end, *mistakes;
	} cases[] = {
		{ "- ", YAML_DEPTH_MAX, "x", "" },
		{ "- ", YAML_DEPTH_MAX + 1, "x", "1:65 too-deep" },
		{ "{a: ", 100000, "x", "1:129 too-deep" },
		{ "- x\n", YAML_NODES_MAX - 2, "", "" },
		{ "- x\n", YAML_NODES_MAX, "", "49999:3 too-many-values" },
		{ "x", YAML_SCALAR_MAX, "", "" },
		{ "x", YAML_SCALAR_MAX + 1, "", "1:1 text-too-big" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct diag d = { 0 };
		struct buf b = { 0 };

		yaml_parse(&a, &d, "x.yaml",
		    repeated(&a, cases[i].part, cases[i].times, cases[i].end),
		    1);
		dump_mistakes(&b, &d);
		assert_string_equal(buf_view(&b).p, cases[i].mistakes);
		buf_free(&b);
		diag_free(&d);
	}
	arena_free(&a);
}

static void
many_keys_are_told_apart(void **state)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct buf b = { 0 };

	(void)state;
	for (int i = 0; i < 100; i++)
		buf_printf(&b, "k%d: 1\n", i);
	buf_str(&b, STR("k7: 2\nk99: 2\n"));
	assert_non_null(yaml_parse(&a, &d, "x.yaml", buf_view(&b), 1));
	buf_reset(&b);
	dump_mistakes(&b, &d);
	assert_string_equal(buf_view(&b).p,
	    "101:1 doubled-key 102:1 doubled-key");
	buf_free(&b);
	diag_free(&d);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(scalars_are_text_as_written),
		cmocka_unit_test(what_is_not_allowed_is_told_at_its_place),
		cmocka_unit_test(control_characters_are_dropped),
		cmocka_unit_test(depth_size_and_number_have_limits),
		cmocka_unit_test(many_keys_are_told_apart),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
