#include "submitd/http/request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static struct request
with(const char *name, const char *value)
{
	struct request r = { 0 };

	if (value == NULL)
		return r;
	r.headers[r.nheaders++] =
	    (struct header){ str_from(name), str_from(value) };
	return r;
}

static const struct {
	const char *accept;
	bool json;
} accepts[] = {
	{ NULL, false },
	{ "", false },
	{ "*/*", false },
	{ "application/json", true },
	{ "APPLICATION/JSON", true },
	{ "application/json; charset=utf-8", true },
	{ "application/problem+json", true },
	{ "application/*", true },
	{ "application/json, */*;q=0.1", true },
	{ "application/json, text/html", false },
	{ "application/json, text/html;q=0.9", true },
	{ "application/json;q=0.5, text/html;q=0.9", false },
	{ "application/json;q=0", false },
	{ "text/html, application/xhtml+xml, application/xml;q=0.9, "
	  "image/avif, image/webp, */*;q=0.8",
	    false },
	{ "text/plain", false },
	{ "application/json;q=0.001", true },
	{ ",,;q=,;;", false },
	{ "text/html;q=0.3, */*;q=0.8", true },
};

static void
json_is_for_who_prefers_it(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(accepts) / sizeof(accepts[0]); i++) {
		struct request r = with("Accept", accepts[i].accept);

		if (request_wants_json(&r) != accepts[i].json)
			fail_msg("%s", accepts[i].accept);
	}
}

static const struct {
	const char *header;
	bool taken;
} codings[] = {
	{ NULL, false },
	{ "gzip, deflate, br", true },
	{ "gzip", false },
	{ "BR", true },
	{ "br;q=0", false },
	{ "br;q=0.000", false },
	{ "br; q=0.5", true },
	{ "*", true },
	{ "*;q=0", false },
	{ "br;q=0, *", false },
	{ "identity", false },
	{ "brotli", false },
};

static void
codings_are_taken_by_weight(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(codings) / sizeof(codings[0]); i++) {
		struct request r = with("Accept-Encoding", codings[i].header);

		if (request_takes_coding(&r, STR("br")) != codings[i].taken)
			fail_msg("%s", codings[i].header);
	}
}

static const struct {
	const char *header;
	bool has;
} etags[] = {
	{ NULL, false },
	{ "\"a\"", true },
	{ "W/\"a\"", true },
	{ "\"b\", \"a\"", true },
	{ "*", true },
	{ "\"b\"", false },
	{ "a", false },
	{ "\"A\"", false },
};

static void
entity_tags_are_found_in_a_list(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(etags) / sizeof(etags[0]); i++) {
		struct request r = with("If-None-Match", etags[i].header);

		if (request_has_etag(&r, STR("\"a\"")) != etags[i].has)
			fail_msg("%s", etags[i].header);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(json_is_for_who_prefers_it),
		cmocka_unit_test(codings_are_taken_by_weight),
		cmocka_unit_test(entity_tags_are_found_in_a_list),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
