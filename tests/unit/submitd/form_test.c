#include "submitd/http/form.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

static const struct form_field fields[] = {
	{ .name = "name", .required = true, .max = 8 },
	{ .name = "child", .repeat = true },
	{ .name = "comment", .lines = true, .max = 100 },
	{ .name = "password", .secret = true },
	{ .name = "age" },
	{ .name = "day" },
	{ 0 },
};

#define PAIRS "application/x-www-form-urlencoded"
#define JSON "application/json"

static void
set_header(struct request *r, const char *name, const char *value)
{
	r->headers[r->nheaders++] =
	    (struct header){ str_from(name), str_from(value) };
}

static enum form_rc
read_form(struct form *form, struct arena *a, const char *type, struct str body)
{
	struct request r = { .method = METHOD_POST, .body = body };

	if (type != NULL)
		set_header(&r, "Content-Type", type);
	return form_read(form, a, &r, fields);
}

/* "field:code field:code" */
static struct str
errors_of(struct arena *a, const struct form *form)
{
	struct buf b = { 0 };
	struct str s;

	for (size_t i = 0; i < form->errors.n; i++)
		buf_printf(&b, "%s%.*s:%s", i > 0 ? " " : "",
		    STR_ARG(form->errors.at[i].field), form->errors.at[i].code);
	s = str_dup(a, buf_view(&b));
	buf_free(&b);
	return s;
}

static const struct {
	const char *name, *type;
	struct str body;
	enum form_rc rc;
	const char *field, *text; /* NULL: not looked at */
	const char *errors;
} cases[] = {
	{ "a pair", PAIRS, STR_INIT("name=a+b"), FORM_OK, "name", "a b", "" },
	{ "charset", PAIRS "; charset=UTF-8", STR_INIT("name=a"), FORM_OK,
	    "name", "a", "" },
	{ "escapes of both cases", PAIRS, STR_INIT("name=%d0%98%D0%b0"),
	    FORM_OK, "name", "Иа", "" },
	{ "escaped name", PAIRS, STR_INIT("%6eame=a"), FORM_OK, "name", "a",
	    "" },
	{ "a value with =", PAIRS, STR_INIT("name=a=b"), FORM_OK, "name", "a=b",
	    "" },
	{ "nothing between", PAIRS, STR_INIT("&&name=a&"), FORM_OK, "name", "a",
	    "" },
	{ "composed", PAIRS, STR_INIT("name=%D0%B8%CC%86"), FORM_OK, "name",
	    "й", "" },
	{ "trimmed", PAIRS, STR_INIT("name=+%09a+"), FORM_OK, "name", "a", "" },
	{ "tab is a blank", PAIRS, STR_INIT("name=a%09b"), FORM_OK, "name",
	    "a b", "" },
	{ "lines", PAIRS, STR_INIT("name=a&comment=b%0D%0Ac%0Dd%0A"), FORM_OK,
	    "comment", "b\nc\nd", "" },
	{ "secret as typed", PAIRS, STR_INIT("name=a&password=+b+"), FORM_OK,
	    "password", " b ", "" },
	{ "missing", PAIRS, STR_INIT("age=1"), FORM_OK, NULL, NULL,
	    "name:required" },
	{ "empty body", NULL, STR_INIT(""), FORM_OK, NULL, NULL,
	    "name:required" },
	{ "blank", PAIRS, STR_INIT("name=++"), FORM_OK, NULL, NULL,
	    "name:required" },
	{ "as long as may be", PAIRS, STR_INIT("name=%D0%B0bcdefgh"), FORM_OK,
	    "name", "аbcdefgh", "" },
	{ "too long", PAIRS, STR_INIT("name=abcdefghi"), FORM_OK, NULL, NULL,
	    "name:long" },
	{ "unknown", PAIRS, STR_INIT("name=a&role=admin"), FORM_OK, NULL, NULL,
	    "role:unknown" },
	{ "without a name", PAIRS, STR_INIT("name=a&=b"), FORM_OK, NULL, NULL,
	    ":unknown" },
	{ "other case", PAIRS, STR_INIT("Name=a"), FORM_OK, NULL, NULL,
	    "Name:unknown name:required" },
	{ "an unknown name of wrong bytes", PAIRS, STR_INIT("name=a&%FF=b"),
	    FORM_OK, NULL, NULL, ":unknown" },
	{ "repeated", PAIRS, STR_INIT("name=a&name=b"), FORM_OK, "name", "a",
	    "name:repeated" },
	{ "one line only", PAIRS, STR_INIT("name=a%0Ab"), FORM_OK, NULL, NULL,
	    "name:text" },
	{ "zero byte", PAIRS, STR_INIT("name=a%00b"), FORM_OK, NULL, NULL,
	    "name:text" },
	{ "escape byte in lines", PAIRS, STR_INIT("name=a&comment=%1B"),
	    FORM_OK, NULL, NULL, "comment:text" },
	{ "text turned round", PAIRS, STR_INIT("name=a%E2%80%AEb"), FORM_OK,
	    NULL, NULL, "name:text" },
	{ "control of the second kind", PAIRS, STR_INIT("name=%C2%85"), FORM_OK,
	    NULL, NULL, "name:text" },
	{ "half a letter", PAIRS, STR_INIT("name=%D0"), FORM_OK, NULL, NULL,
	    "name:text" },
	{ "overlong slash", PAIRS, STR_INIT("name=%C0%AF"), FORM_OK, NULL, NULL,
	    "name:text" },
	{ "surrogate", PAIRS, STR_INIT("name=%ED%A0%80"), FORM_OK, NULL, NULL,
	    "name:text" },
	{ "raw wrong bytes", PAIRS, STR_INIT("name=\xff"), FORM_OK, NULL, NULL,
	    "name:text" },
	{ "broken escape", PAIRS, STR_INIT("name=%4"), FORM_UNREADABLE, NULL,
	    NULL, NULL },
	{ "escape that is none", PAIRS, STR_INIT("name=%zz"), FORM_UNREADABLE,
	    NULL, NULL, NULL },
	{ "lone percent", PAIRS, STR_INIT("name=100%"), FORM_UNREADABLE, NULL,
	    NULL, NULL },
	/* JSON */
	{ "texts", JSON, STR_INIT("{\"name\":\" a\\u0438\\u0306 \"}"), FORM_OK,
	    "name", "aй", "" },
	{ "a list of one that may repeat", JSON,
	    STR_INIT("{\"name\":\"a\",\"child\":[\"b\"]}"), FORM_OK, "child",
	    "b", "" },
	{ "empty list", JSON, STR_INIT("{\"name\":\"a\",\"child\":[]}"),
	    FORM_OK, "child", "", "" },
	{ "a list of one that may not", JSON, STR_INIT("{\"name\":[\"a\"]}"),
	    FORM_OK, NULL, NULL, "name:text" },
	{ "a number", JSON, STR_INIT("{\"name\":\"a\",\"age\":7}"), FORM_OK,
	    NULL, NULL, "age:text" },
	{ "null", JSON, STR_INIT("{\"name\":null}"), FORM_OK, NULL, NULL,
	    "name:text" },
	{ "a number in a list", JSON,
	    STR_INIT("{\"name\":\"a\",\"child\":[\"b\",7]}"), FORM_OK, NULL,
	    NULL, "child:text" },
	{ "unknown object", JSON, STR_INIT("{\"name\":\"a\",\"x\":{}}"),
	    FORM_OK, NULL, NULL, "x:unknown" },
	{ "repeated key", JSON, STR_INIT("{\"name\":\"a\",\"name\":\"b\"}"),
	    FORM_OK, NULL, NULL, ":repeated" },
	{ "escaped zero", JSON, STR_INIT("{\"name\":\"a\\u0000b\"}"),
	    FORM_UNREADABLE, NULL, NULL, NULL },
	{ "half a surrogate pair", JSON, STR_INIT("{\"name\":\"\\ud800\"}"),
	    FORM_UNREADABLE, NULL, NULL, NULL },
	{ "no object", JSON, STR_INIT("[\"name\"]"), FORM_UNREADABLE, NULL,
	    NULL, NULL },
	{ "no JSON", JSON, STR_INIT("name=a"), FORM_UNREADABLE, NULL, NULL,
	    NULL },
	{ "more behind it", JSON, STR_INIT("{\"name\":\"a\"}{}"),
	    FORM_UNREADABLE, NULL, NULL, NULL },
	{ "nothing at all", JSON, STR_INIT(""), FORM_UNREADABLE, NULL, NULL,
	    NULL },
	/* kinds that do not come in */
	{ "multipart", "multipart/form-data; boundary=x", STR_INIT("name=a"),
	    FORM_UNSUPPORTED, NULL, NULL, NULL },
	{ "plain text", "text/plain", STR_INIT("name=a"), FORM_UNSUPPORTED,
	    NULL, NULL, NULL },
	{ "no type", NULL, STR_INIT("name=a"), FORM_UNSUPPORTED, NULL, NULL,
	    NULL },
	{ "another charset", PAIRS "; charset=windows-1251", STR_INIT("name=a"),
	    FORM_UNSUPPORTED, NULL, NULL, NULL },
};

static void
forms_are_read_by_their_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct arena a = { 0 };
		struct form form;
		enum form_rc rc =
		    read_form(&form, &a, cases[i].type, cases[i].body);

		if (rc != cases[i].rc)
			fail_msg("%s: rc %d", cases[i].name, rc);
		if (rc == FORM_OK) {
			struct str errors = errors_of(&a, &form);

			if (!str_eq(errors, str_from(cases[i].errors)))
				fail_msg("%s: errors '%.*s'", cases[i].name,
				    STR_ARG(errors));
		}
		if (cases[i].field != NULL) {
			struct str s = form_text(&form, cases[i].field);

			if (!str_eq(s, str_from(cases[i].text)))
				fail_msg("%s: text '%.*s'", cases[i].name,
				    STR_ARG(s));
		}
		arena_free(&a);
	}
}

static void
repeats_keep_their_order(void **state)
{
	struct arena a = { 0 };
	struct form form;
	struct str s;

	(void)state;
	assert_int_equal(read_form(&form, &a, PAIRS,
			     STR("child=b&name=a&child=c&child=")),
	    FORM_OK);
	assert_true(form_text_at(&form, "child", 0, &s));
	assert_true(str_eq(s, STR("b")));
	assert_true(form_text_at(&form, "child", 1, &s));
	assert_true(str_eq(s, STR("c")));
	assert_true(form_text_at(&form, "child", 2, &s));
	assert_int_equal(s.n, 0);
	assert_false(form_text_at(&form, "child", 3, &s));
	arena_free(&a);
}

static void
read_many(struct form *form, struct arena *a, int n)
{
	struct buf b = { 0 };

	buf_str(&b, STR("name=a"));
	for (int i = 1; i < n; i++)
		buf_str(&b, STR("&child=b"));
	assert_int_equal(read_form(form, a, PAIRS, str_dup(a, buf_view(&b))),
	    FORM_OK);
	buf_free(&b);
}

static void
two_hundred_values_are_enough(void **state)
{
	struct arena a = { 0 };
	struct form form;

	(void)state;
	read_many(&form, &a, FORM_FIELDS_MAX);
	assert_true(form_ok(&form));
	read_many(&form, &a, FORM_FIELDS_MAX + 1);
	assert_true(str_eq(errors_of(&a, &form), STR(":many")));
	arena_free(&a);
}

static void
numbers_and_words_are_checked(void **state)
{
	static const char *const days[] = { "mon", "tue", NULL };
	struct arena a = { 0 };
	struct form form;
	int64_t n = 0;

	(void)state;
	assert_int_equal(read_form(&form, &a, PAIRS,
			     STR("name=yes&age=17&day=tue")),
	    FORM_OK);
	assert_true(form_int(&form, &a, "age", 0, 17, &n));
	assert_int_equal(n, 17);
	assert_int_equal(form_choice(&form, &a, "day", days), 1);
	assert_true(form_bool(&form, "name"));
	assert_false(form_bool(&form, "day"));
	assert_true(form_ok(&form));
	assert_false(form_int(&form, &a, "age", 0, 16, &n));
	assert_int_equal(form_choice(&form, &a, "name", days), -1);
	assert_true(
	    str_eq(errors_of(&a, &form), STR("age:number name:choice")));
	assert_int_equal(read_form(&form, &a, PAIRS, STR("name=a")), FORM_OK);
	assert_false(form_int(&form, &a, "age", 0, 17, &n));
	assert_int_equal(form_choice(&form, &a, "day", days), -1);
	assert_true(form_ok(&form));
	arena_free(&a);
}

static void
a_query_is_a_form(void **state)
{
	struct request r = { .query = STR("name=%D0%B0&child=1&child=2") };
	struct arena a = { 0 };
	struct form form;

	(void)state;
	assert_int_equal(form_read_query(&form, &a, &r, fields), FORM_OK);
	assert_true(form_ok(&form));
	assert_true(str_eq(form_text(&form, "name"), STR("а")));
	arena_free(&a);
}

static void
coded_content_is_not_taken(void **state)
{
	struct request r = { .body = STR("name=a") };
	struct arena a = { 0 };
	struct form form;

	(void)state;
	set_header(&r, "Content-Type", PAIRS);
	set_header(&r, "Content-Encoding", "gzip");
	assert_int_equal(form_read(&form, &a, &r, fields), FORM_UNSUPPORTED);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_are_read_by_their_table),
		cmocka_unit_test(repeats_keep_their_order),
		cmocka_unit_test(two_hundred_values_are_enough),
		cmocka_unit_test(numbers_and_words_are_checked),
		cmocka_unit_test(a_query_is_a_form),
		cmocka_unit_test(coded_content_is_not_taken),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
