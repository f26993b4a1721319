#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "generator/write/css.h"

static struct css_reference last;
static int asked;

static struct str
star(void *context, const struct css_reference *r)
{
	(void)context;
	last = *r;
	asked++;
	return STR("*");
}

static void
everything_that_is_named_is_asked_about(void **state)
{
	static const struct {
		const char *in, *out;
	} cases[] = {
		{ "", "" },
		{ "a{b:url()}", "a{b:url(*)}" },
		{ "a{b:url(x.svg)}", "a{b:url(*)}" },
		{ "a{b:URL( \"x y.svg\" )}", "a{b:URL( \"*\" )}" },
		{ "a{b:url('x\\'y')}", "a{b:url('*')}" },
		{ "a{b:url(x),url(y)}", "a{b:url(*),url(*)}" },
		{ "@import 'x.css';", "@import '*';" },
		{ "@import url(x.css);", "@import url(*);" },
		{ "@IMPORT\n\"x\" print;", "@IMPORT\n\"*\" print;" },
		{ "a{b:-url(x)}", "a{b:-url(x)}" },
		{ "a{b:curl(x)}", "a{b:curl(x)}" },
		{ "a{b:url(#x) url(data:image/png;base64,AA==)}",
		    "a{b:url(#x) url(data:image/png;base64,AA==)}" },
		{ "/* url(x) '*/a{b:url(x)}", "/* url(x) '*/a{b:url(*)}" },
		{ "a{content:'url(x)'}", "a{content:'url(x)'}" },
		{ "a{content:\"\\\"url(x)\"}", "a{content:\"\\\"url(x)\"}" },
		{ "/* open url(x)", "/* open url(x)" },
		{ "'open url(x)", "'open url(x)" },
		{ "a{b:url(open", "a{b:url(*" },
		{ "a{b:url('open", "a{b:url('*" },
		{ "'\\", "'\\" },
		{ "url(", "url(*" },
	};
	struct buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		/* Without its NUL, so that ASan sees a step over the end. */
		struct buf in = { 0 };

		buf_str(&in, str_from(cases[i].in));
		css_rewrite(&b, (struct str){ in.p, in.n }, star, NULL);
		assert_string_equal(buf_view(&b).p, cases[i].out);
		buf_reset(&b);
		buf_free(&in);
	}
	buf_free(&b);
}

static void
a_reference_knows_its_place(void **state)
{
	struct buf b = { 0 };

	(void)state;
	asked = 0;
	css_rewrite(&b, STR("/* ё\n */\n@x \"я\" url( '../a?b#c' )"), star,
	    NULL);
	assert_int_equal(asked, 1);
	assert_int_equal(last.line, 3);
	assert_int_equal(last.column, 14);
	assert_true(str_eq(last.text, STR("../a?b#c")));
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_that_is_named_is_asked_about),
		cmocka_unit_test(a_reference_knows_its_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
