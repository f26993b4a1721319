#include "submitd/http/route.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static const struct {
	const char *pattern, *path;
	bool matches;
	const char *first, *second;
} matches[] = {
	{ "/my/", "/my/", true, NULL, NULL },
	{ "/my/", "/my", false, NULL, NULL },
	{ "/my/", "/my/x", false, NULL, NULL },
	{ "/my/", "/MY/", false, NULL, NULL },
	{ "/my/", "/%6dy/", false, NULL, NULL },
	{ "/my/{id}", "/my/7", true, "7", NULL },
	{ "/my/{id}", "/my/", false, NULL, NULL },
	{ "/my/{id}", "/my/7/", false, NULL, NULL },
	{ "/my/{id}", "/my/7/x", false, NULL, NULL },
	{ "/my/{id}", "/my/%D0%B0+b", true, "а+b", NULL },
	{ "/my/{id}", "/my/%2Fa", false, NULL, NULL },
	{ "/my/{id}", "/my/a%00", false, NULL, NULL },
	{ "/my/{id}", "/my/a%0A", false, NULL, NULL },
	{ "/my/{id}", "/my/%FF", false, NULL, NULL },
	{ "/my/{id}", "/my/%D0", false, NULL, NULL },
	{ "/my/{id}", "/my/%4", false, NULL, NULL },
	{ "/my/{id}/x", "/my/7/x", true, "7", NULL },
	{ "/my/{id}/x", "/my//x", false, NULL, NULL },
	{ "/my/{id}/{b}", "/my/7/8", true, "7", "8" },
	{ "/live/{id}.json", "/live/robots.json", true, "robots", NULL },
	{ "/live/{id}.json", "/live/robots", false, NULL, NULL },
	{ "/live/{id}.json", "/live/.json", false, NULL, NULL },
	{ "/live/{id}.json", "/live/a/b.json", false, NULL, NULL },
	{ "/{a}.{b}.ics", "/x.y.ics", true, "x", "y" },
};

static void
patterns_match_whole_paths(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(matches) / sizeof(matches[0]); i++) {
		struct route_params params;
		struct arena a = { 0 };
		bool yes = route_match(&a, matches[i].pattern,
		    str_from(matches[i].path), &params);

		if (yes != matches[i].matches)
			fail_msg("%s %s: %d", matches[i].pattern,
			    matches[i].path, yes);
		if (yes && matches[i].first != NULL)
			assert_true(str_eq(params.value[0],
			    str_from(matches[i].first)));
		if (yes && matches[i].second != NULL)
			assert_true(str_eq(params.value[1],
			    str_from(matches[i].second)));
		arena_free(&a);
	}
}

struct row {
	struct route_key key;
	int number;
};

static const struct row rows[] = {
	{ { METHOD_GET, "/my/{id}" }, 1 },
	{ { METHOD_POST, "/my/{id}" }, 2 },
	{ { METHOD_POST, "/my/claim" }, 3 },
	{ { METHOD_GET, "/my/" }, 4 },
};

static const struct {
	enum method method;
	const char *path;
	enum route_rc rc;
	int number;
	const char *allow;
} finds[] = {
	{ METHOD_GET, "/my/", ROUTE_FOUND, 4, NULL },
	{ METHOD_HEAD, "/my/", ROUTE_FOUND, 4, NULL },
	{ METHOD_POST, "/my/", ROUTE_WRONG_METHOD, 0, "GET, HEAD" },
	{ METHOD_GET, "/my/7", ROUTE_FOUND, 1, NULL },
	{ METHOD_POST, "/my/7", ROUTE_FOUND, 2, NULL },
	{ METHOD_OTHER, "/my/7", ROUTE_WRONG_METHOD, 0, "GET, HEAD, POST" },
	{ METHOD_POST, "/my/claim", ROUTE_FOUND, 3, NULL },
	{ METHOD_GET, "/my/claim", ROUTE_WRONG_METHOD, 0, "POST" },
	{ METHOD_HEAD, "/my/claim", ROUTE_WRONG_METHOD, 0, "POST" },
	{ METHOD_GET, "/", ROUTE_NOT_FOUND, 0, NULL },
	{ METHOD_GET, "/my/7/8", ROUTE_NOT_FOUND, 0, NULL },
};

static void
rows_are_found_whatever_their_order(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(finds) / sizeof(finds[0]); i++) {
		struct route_params params;
		struct arena a = { 0 };
		const void *row = NULL;
		struct str allow = { 0 };
		enum route_rc rc =
		    route_find(&a, rows, sizeof(rows) / sizeof(rows[0]),
			sizeof(rows[0]), finds[i].method,
			str_from(finds[i].path), &row, &params, &allow);

		if (rc != finds[i].rc)
			fail_msg("%s: %d", finds[i].path, rc);
		if (rc == ROUTE_FOUND)
			assert_int_equal(((const struct row *)row)->number,
			    finds[i].number);
		if (rc == ROUTE_WRONG_METHOD)
			assert_true(str_eq(allow, str_from(finds[i].allow)));
		arena_free(&a);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(patterns_match_whole_paths),
		cmocka_unit_test(rows_are_found_whatever_their_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
