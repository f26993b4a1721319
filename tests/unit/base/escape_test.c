#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/json.h"

struct escape_case {
	struct str in;
	const char *out;
};

static void
check(void (*escape)(struct buf *, struct str), const struct escape_case *c,
    size_t n)
{
	struct buf b = { 0 };

	for (size_t i = 0; i < n; i++) {
		escape(&b, c[i].in);
		assert_string_equal(buf_view(&b).p, c[i].out);
		buf_reset(&b);
	}
	buf_free(&b);
}

#define CHECK(escape, cases) \
	check(escape, cases, sizeof(cases) / sizeof(*(cases)))

static void
html_cannot_be_left(void **state)
{
	static const struct escape_case cases[] = {
		{ { NULL, 0 }, "" },
		{ STR_INIT("plain"), "plain" },
		{ STR_INIT("&"), "&amp;" },
		{ STR_INIT("&amp;"), "&amp;amp;" },
		{ STR_INIT("<b a=\"'\">"), "&lt;b a=&quot;&#39;&quot;&gt;" },
		{ STR_INIT("кружок <"), "кружок &lt;" },
	};

	(void)state;
	CHECK(escape_html, cases);
}

static void
a_part_of_a_url_keeps_only_unreserved_bytes(void **state)
{
	static const struct escape_case cases[] = {
		{ STR_INIT(""), "" },
		{ STR_INIT("aZ09-._~"), "aZ09-._~" },
		{ STR_INIT("a b/c?d&e=%"), "a%20b%2Fc%3Fd%26e%3D%25" },
		{ STR_INIT("ё\0"), "%D1%91%00" },
	};

	(void)state;
	CHECK(escape_url_part, cases);
}

static void
a_whole_url_keeps_its_shape(void **state)
{
	static const struct escape_case cases[] = {
		{ STR_INIT("https://a.b/c?d=e&f#g"), "https://a.b/c?d=e&f#g" },
		{ STR_INIT("/a b%20c%zz%2"), "/a%20b%20c%25zz%252" },
		{ STR_INIT("/\"<>\\^`{|}\n"),
		    "/%22%3C%3E%5C%5E%60%7B%7C%7D%0A" },
		{ STR_INIT("/ё"), "/%D1%91" },
		{ STR_INIT("http://[::1]:8/a[0]?f[]=1#[x]"),
		    "http://[::1]:8/a%5B0%5D?f%5B%5D=1#%5Bx%5D" },
		{ STR_INIT("/[a]?u=http://[b]"), "/%5Ba%5D?u=http://%5Bb%5D" },
		{ STR_INIT("[a]"), "%5Ba%5D" },
		{ STR_INIT(""), "" },
	};

	(void)state;
	CHECK(escape_url, cases);
}

static void
json_text_is_safe_inside_a_script(void **state)
{
	static const struct escape_case cases[] = {
		{ STR_INIT("\"\\\b\f\n\r\t"), "\\\"\\\\\\b\\f\\n\\r\\t" },
		{ STR_INIT("\0\x01\x1f"), "\\u0000\\u0001\\u001f" },
		{ STR_INIT("</script>&"), "\\u003c/script\\u003e\\u0026" },
		{ STR_INIT("a\xe2\x80\xa8"
			   "b\xe2\x80\xa9"
			   "c\xe2\x80\xaa"),
		    "a\\u2028b\\u2029c\xe2\x80\xaa" },
		{ STR_INIT("\xe2\x80"), "\xe2\x80" },
		{ STR_INIT("ё"), "ё" },
	};

	(void)state;
	CHECK(escape_json, cases);
}

static void
calendar_text_stays_on_its_line(void **state)
{
	static const struct escape_case cases[] = {
		{ STR_INIT("a,b;c\\d:e"), "a\\,b\\;c\\\\d:e" },
		{ STR_INIT("a\nb\r\nc\rd"), "a\\nb\\nc\\nd" },
		{ STR_INIT("\r\n"), "\\n" },
		{ STR_INIT("a\x07\x7f\tb"), "a\tb" },
	};

	(void)state;
	CHECK(escape_ics, cases);
}

static void
json_puts_its_commas_itself(void **state)
{
	struct buf b = { 0 };
	struct json j = { .out = &b };

	(void)state;
	json_open(&j, '{');
	json_key(&j, STR("empty"));
	json_open(&j, '[');
	json_close(&j, ']');
	json_key(&j, STR("a\"b"));
	json_open(&j, '[');
	json_int(&j, INT64_MIN);
	json_open(&j, '{');
	json_close(&j, '}');
	json_null(&j);
	json_raw(&j, STR("[1]"));
	json_str(&j, STR(""));
	json_close(&j, ']');
	json_str_field(&j, STR("s"), STR("<"));
	json_int_field(&j, STR("n"), 0);
	json_bool_field(&j, STR("b"), true);
	json_time_field(&j, STR("none"), 0);
	json_time_field(&j, STR("t"), 1);
	json_close(&j, '}');
	assert_string_equal(buf_view(&b).p,
	    "{\"empty\":[],\"a\\\"b\":[-9223372036854775808,{},null,[1],\"\"],"
	    "\"s\":\"\\u003c\",\"n\":0,\"b\":true,\"none\":null,"
	    "\"t\":\"1970-01-01T00:00:01+00:00\"}");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(html_cannot_be_left),
		cmocka_unit_test(a_part_of_a_url_keeps_only_unreserved_bytes),
		cmocka_unit_test(a_whole_url_keeps_its_shape),
		cmocka_unit_test(json_text_is_safe_inside_a_script),
		cmocka_unit_test(calendar_text_stays_on_its_line),
		cmocka_unit_test(json_puts_its_commas_itself),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
