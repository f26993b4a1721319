/* The small rooms of pages/ and mail/ that read what comes from outside. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "submitd/mail/params.h"
#include "submitd/pages/look.h"
#include "submitd/pages/next.h"
#include "submitd/pages/origin.h"
#include "submitd/pages/visitor.h"

static void
next_takes_local_paths_only(void **state)
{
	static const struct {
		const char *path;
		bool local;
	} cases[] = {
		{ "/", true },
		{ "/my/", true },
		{ "/my/applications/new?program=x&group=a", true },
		{ "/a/../b", true },
		{ "/%2f%2fevil", true },
		{ "", false },
		{ "my/", false },
		{ "//evil.example", false },
		{ "///evil.example", false },
		{ "/\\evil.example", false },
		{ "/x\\y", false },
		{ "\\\\evil", false },
		{ "https://evil.example", false },
		{ "https:/evil.example", false },
		{ "javascript:alert(1)", false },
		{ "/a b", false },
		{ "/\tx", false },
		{ "/\r\nSet-Cookie: x=y", false },
		{ "/\xd0\xb0", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		if (next_is_local(str_from(cases[i].path)) != cases[i].local)
			fail_msg("%s", cases[i].path);
	}
	assert_false(next_is_local((struct str){ "/a\0b", 4 }));
}

static void
next_has_a_longest(void **state)
{
	struct buf b = { 0 };

	(void)state;
	while (b.n < 1000)
		buf_char(&b, '/' + (b.n > 0));
	assert_true(next_is_local(buf_view(&b)));
	buf_char(&b, 'x');
	assert_false(next_is_local(buf_view(&b)));
	buf_free(&b);
}

static void
next_is_appended_whole_or_not_at_all(void **state)
{
	struct arena a = { 0 };
	struct str path = STR("/account/login");

	(void)state;
	assert_string_equal(next_after(&a, path, STR("/my/?a=b&c=d")).p,
	    "/account/login?next=%2Fmy%2F%3Fa%3Db%26c%3Dd");
	assert_true(str_eq(next_after(&a, path, STR("//evil")), path));
	assert_true(str_eq(next_after(&a, path, STR("")), path));
	/* A path that has a query already gets one more field. */
	assert_string_equal(next_after(&a, STR("/account/login?done=confirmed"),
				STR("/my/"))
				.p,
	    "/account/login?done=confirmed&next=%2Fmy%2F");
	arena_free(&a);
}

static struct request
request_with(struct header first, struct header second, size_t n)
{
	return (struct request){ .headers = { first, second }, .nheaders = n };
}

static void
an_origin_is_ours_or_refused(void **state)
{
	static const struct {
		const char *base, *name, *value, *host;
		bool ours;
	} cases[] = {
		{ "https://n.example", "Origin", "https://n.example", "",
		    true },
		{ "https://n.example", "Origin", "https://N.example", "",
		    true },
		{ "https://n.example", "Origin", "http://n.example", "",
		    false },
		{ "https://n.example", "Origin", "https://n.example:8443", "",
		    false },
		{ "https://n.example", "Origin",
		    "https://n.example.evil.example", "", false },
		{ "https://n.example", "Origin", "null", "", false },
		{ "https://n.example", "Origin", "", "", false },
		/* A Host header proves nothing where we are not on loopback. */
		{ "https://n.example", "Origin", "http://localhost:8080",
		    "localhost:8080", false },
		{ "https://n.example", "Origin", "https://evil.example",
		    "evil.example", false },
		{ "http://127.0.0.1:8080", "Origin", "http://localhost:8080",
		    "localhost:8080", true },
		{ "http://127.0.0.1:8080", "Origin", "http://localhost:9090",
		    "localhost:8080", false },
		{ "http://127.0.0.1:8080", "Origin", "http://evil.example",
		    "evil.example", false },
		{ "http://127.0.0.1:8080", "Origin",
		    "http://localhost.evil.example", "localhost.evil.example",
		    false },
		{ "https://n.example", "Sec-Fetch-Site", "same-origin", "",
		    true },
		{ "https://n.example", "Sec-Fetch-Site", "none", "", true },
		{ "https://n.example", "Sec-Fetch-Site", "same-site", "",
		    false },
		{ "https://n.example", "Sec-Fetch-Site", "cross-site", "",
		    false },
		{ "https://n.example", "X-Other", "x", "", true },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct request r =
		    request_with((struct header){ str_from(cases[i].name),
				     str_from(cases[i].value) },
			(struct header){ STR("Host"), str_from(cases[i].host) },
			2);

		if (origin_is_ours(str_from(cases[i].base), &r) !=
		    cases[i].ours)
			fail_msg("%s: %s at %s", cases[i].name, cases[i].value,
			    cases[i].base);
	}
}

static void
local_is_loopback_without_a_proxy(void **state)
{
	static const struct {
		const char *address, *header;
		bool local;
	} cases[] = {
		{ "127.0.0.1", "Accept", true },
		{ "::1", "Accept", true },
		{ "unix", "Accept", true },
		{ "192.0.2.1", "Accept", false },
		{ "", "Accept", false },
		{ "127.0.0.1", "X-Forwarded-For", false },
		{ "127.0.0.1", "x-forwarded-for", false },
		{ "unix", "Forwarded", false },
		{ "unix", "X-Real-IP", false },
		{ "::1", "Via", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct request r =
		    request_with((struct header){ str_from(cases[i].header),
				     STR("x") },
			(struct header){ 0 }, 1);

		r.address = str_from(cases[i].address);
		if (origin_is_local(&r) != cases[i].local)
			fail_msg("%s with %s", cases[i].address,
			    cases[i].header);
	}
}

static void
params_come_back_as_they_were_written(void **state)
{
	static const char *const texts[] = { "", "a", "Мира \"Мышка\"",
		"line\nline\ttab\\slash", "</script>&amp;", "\x01\x1f",
		"\xe2\x80\xa8", "\xf0\x9f\x98\x80", "{\"a\":\"b\"}" };
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct buf b = { 0 };
		struct json j = { .out = &b };
		struct map m = { 0 };

		json_open(&j, '{');
		json_str_field(&j, STR("x"), str_from(texts[i]));
		json_str_field(&j, STR("y"), STR("z"));
		json_close(&j, '}');
		assert_true(params_read(&a, buf_view(&b), &m));
		assert_true(str_eq(params_get(&m, "x"), str_from(texts[i])));
		assert_true(str_eq(params_get(&m, "y"), STR("z")));
		assert_int_equal(params_get(&m, "q").n, 0);
		buf_free(&b);
	}
	arena_free(&a);
}

static void
params_that_are_no_flat_object_are_refused(void **state)
{
	static const char *const bad[] = { "", "{", "}", "[]", "null", "{}}",
		"{\"a\"}", "{\"a\":}", "{\"a\":1}", "{\"a\":\"b\",}",
		"{\"a\":\"b\" \"c\":\"d\"}", "{\"a\":\"b\"} x", "{a:\"b\"}",
		"{\"a\":\"b}", "{\"a\":\"\\x\"}", "{\"a\":\"\\u12\"}",
		"{\"a\":\"\\ud83d\"}", "{\"a\":\"b\",\"a\":\"c\"}",
		"{\"a\":{\"b\":\"c\"}}", "{\"a\":\"\\" };
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct map m = { 0 };

		if (params_read(&a, str_from(bad[i]), &m))
			fail_msg("%s", bad[i]);
	}
	struct map m = { 0 };

	assert_true(params_read(&a, STR("{}"), &m));
	assert_true(params_read(&a, STR(" { \"a\" : \"b\" } "), &m));
	arena_free(&a);
}

static void
assets_get_names_that_templates_can_say(void **state)
{
	struct arena a = { 0 };

	(void)state;
	assert_string_equal(look_asset_key(&a, STR("css/site.css")).p,
	    "site_css");
	assert_string_equal(look_asset_key(&a, STR("img/a/b-c.2.svg")).p,
	    "b_c_2_svg");
	assert_string_equal(look_asset_key(&a, STR("x")).p, "x");
	arena_free(&a);
}

static void
a_token_of_forms_does_not_tell_the_cookie(void **state)
{
	struct arena a = { 0 };
	struct str one = visitor_csrf(&a, STR("cookie-one"));

	(void)state;
	assert_int_equal(one.n, 43);
	assert_true(str_eq(one, visitor_csrf(&a, STR("cookie-one"))));
	assert_false(str_eq(one, visitor_csrf(&a, STR("cookie-two"))));
	assert_false(str_eq(one, visitor_session_id(&a, STR("cookie-one"))));
	assert_false(str_starts(visitor_session_id(&a, STR("cookie-one")),
	    str_slice(one, 0, 16)));
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(next_takes_local_paths_only),
		cmocka_unit_test(next_has_a_longest),
		cmocka_unit_test(next_is_appended_whole_or_not_at_all),
		cmocka_unit_test(an_origin_is_ours_or_refused),
		cmocka_unit_test(local_is_loopback_without_a_proxy),
		cmocka_unit_test(params_come_back_as_they_were_written),
		cmocka_unit_test(params_that_are_no_flat_object_are_refused),
		cmocka_unit_test(assets_get_names_that_templates_can_say),
		cmocka_unit_test(a_token_of_forms_does_not_tell_the_cookie),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
