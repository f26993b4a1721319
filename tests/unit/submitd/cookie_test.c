#include "submitd/http/cookie.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct {
	const char *header;
	enum cookie_rc rc;
	const char *value;
} cases[] = {
	{ "session=abc", COOKIE_OK, "abc" },
	{ "a=b; session=abc; c=d", COOKIE_OK, "abc" },
	{ "a=b;session=abc", COOKIE_OK, "abc" },
	{ "session=a=b", COOKIE_OK, "a=b" },
	{ "session=", COOKIE_OK, "" },
	{ "", COOKIE_NONE, "" },
	{ "session", COOKIE_NONE, "" },
	{ "Session=abc", COOKIE_NONE, "" },
	{ "xsession=abc", COOKIE_NONE, "" },
	{ "sessionx=abc", COOKIE_NONE, "" },
	{ "__Host-session=abc", COOKIE_NONE, "" },
	{ "a=session=abc", COOKIE_NONE, "" },
	{ "session=a; session=b", COOKIE_DOUBLED, "" },
	{ "session=a; session=a", COOKIE_DOUBLED, "" },
	{ "session=a; c=d;session=", COOKIE_DOUBLED, "" },
	{ ";;; =; \xff=\xff; session=abc;", COOKIE_OK, "abc" },
};

static void
a_cookie_is_found_by_its_exact_name(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct request r = { .nheaders = 1 };
		struct str value = { 0 };
		enum cookie_rc rc;

		r.headers[0] =
		    (struct header){ STR("cookie"), str_from(cases[i].header) };
		rc = cookie_get(&r, "session", &value);
		if (rc != cases[i].rc)
			fail_msg("%s: %d", cases[i].header, rc);
		if (rc == COOKIE_OK)
			assert_true(str_eq(value, str_from(cases[i].value)));
	}
}

static const struct {
	struct cookie cookie;
	const char *text;
} made[] = {
	{ { .name = "session", .value = STR_INIT("abc") },
	    "session=abc; Path=/; SameSite=Lax; HttpOnly" },
	{ { .name = "__Host-session",
	      .value = STR_INIT("abc"),
	      .max_age = 60,
	      .secure = true },
	    "__Host-session=abc; Path=/; Max-Age=60; SameSite=Lax; Secure; "
	    "HttpOnly" },
	{ { .name = "in",
	      .value = STR_INIT("1"),
	      .secure = true,
	      .readable = true },
	    "in=1; Path=/; SameSite=Lax; Secure" },
	{ { .name = "in", .value = STR_INIT("1"), .gone = true },
	    "in=; Path=/; Max-Age=0; SameSite=Lax; HttpOnly" },
	{ { .name = "in" }, "in=; Path=/; SameSite=Lax; HttpOnly" },
};

static void
cookies_are_made(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(made) / sizeof(made[0]); i++) {
		struct arena a = { 0 };
		struct str s = cookie_make(&a, &made[i].cookie);

		if (!str_eq(s, str_from(made[i].text)))
			fail_msg("'%.*s'", STR_ARG(s));
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cookie_is_found_by_its_exact_name),
		cmocka_unit_test(cookies_are_made),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
