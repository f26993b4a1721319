#include "submitd/http/response.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

static struct str
head_of(const struct response *res, struct response_frame frame,
    struct buf *out)
{
	buf_reset(out);
	frame.date = STR("Mon, 23 Nov 2026 00:00:00 GMT");
	response_put_head(res, frame, out);
	return buf_view(out);
}

static bool
has(struct str head, const char *line)
{
	return str_find(head, str_from(line)) != -1;
}

static void
every_answer_is_armoured(void **state)
{
	struct response res = { .status = 200 };
	struct buf out = { 0 };
	struct str head = head_of(&res, (struct response_frame){ 0 }, &out);

	(void)state;
	assert_true(str_starts(head, STR("HTTP/1.1 200 OK\r\nDate: Mon")));
	assert_true(has(head, "\r\nContent-Security-Policy: default-src "
			      "'self'; base-uri 'none'; form-action 'self'; "
			      "frame-ancestors 'none'; object-src 'none'\r\n"));
	assert_true(has(head, "\r\nX-Content-Type-Options: nosniff\r\n"));
	assert_true(has(head, "\r\nReferrer-Policy: same-origin\r\n"));
	assert_true(has(head, "\r\nCache-Control: no-store\r\n"));
	assert_true(has(head, "\r\nContent-Length: 0\r\n"));
	assert_false(has(head, "Strict-Transport-Security"));
	assert_false(has(head, "Connection"));
	assert_true(str_ends(head, STR("\r\n\r\n")));
	buf_free(&out);
}

static void
what_the_page_says_comes_first(void **state)
{
	struct response res = { .status = 200 };
	struct buf out = { 0 };
	struct str head;

	(void)state;
	response_header(&res, "cache-control", STR("public, max-age=15"));
	head = head_of(&res, (struct response_frame){ 0 }, &out);
	assert_true(has(head, "cache-control: public, max-age=15\r\n"));
	assert_false(has(head, "no-store"));
	buf_free(&out);
}

static void
frames_show(void **state)
{
	struct response res = { .status = 200 };
	struct buf out = { 0 };

	(void)state;
	assert_true(
	    has(head_of(&res, (struct response_frame){ .https = true }, &out),
		"\r\nStrict-Transport-Security: max-age="));
	assert_true(
	    has(head_of(&res, (struct response_frame){ .close = true }, &out),
		"\r\nConnection: close\r\n"));
	assert_true(
	    has(head_of(&res, (struct response_frame){ .http10 = true }, &out),
		"\r\nConnection: keep-alive\r\n"));
	buf_free(&out);
}

static void
lengths_are_of_what_is_there(void **state)
{
	struct response file = { .status = 200, .file_len = 5000000000 };
	struct response none = { .status = 304 };
	struct response text = { .status = 200 };
	struct response_frame frame = { 0 };
	struct buf out = { 0 };

	(void)state;
	buf_str(&text.body, STR("abc"));
	assert_true(has(head_of(&text, frame, &out), "Content-Length: 3\r\n"));
	assert_true(
	    has(head_of(&file, frame, &out), "Content-Length: 5000000000\r\n"));
	assert_false(has(head_of(&none, frame, &out), "Content-Length"));
	none.status = 204;
	assert_false(has(head_of(&none, frame, &out), "Content-Length"));
	buf_free(&text.body);
	buf_free(&out);
}

static void
no_value_ends_its_line(void **state)
{
	static const struct str bad[] = { STR_INIT("/\r\nSet-Cookie: a=b"),
		STR_INIT("/\n"), STR_INIT("\r"), STR_INIT("a\0b"),
		STR_INIT("\177") };
	struct response res = { .status = 303 };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		response_header(&res, "Location", bad[i]);
	assert_int_equal(res.nheaders, 0);
	for (int i = 0; i < RESPONSE_HEADERS_MAX + 3; i++)
		response_header(&res, "X", STR("y"));
	assert_int_equal(res.nheaders, RESPONSE_HEADERS_MAX);
}

static void
trouble_speaks_as_asked(void **state)
{
	struct request req = { 0 };
	struct response res = { 0 };

	(void)state;
	response_trouble(&res, &req, 413);
	assert_int_equal(res.status, 413);
	assert_true(str_eq(response_find(&res, "content-type"),
	    STR("text/plain; charset=utf-8")));
	assert_true(
	    str_eq(buf_view(&res.body), STR("Запрос слишком велик.\n")));
	buf_free(&res.body);
	req.nheaders = 1;
	req.headers[0] =
	    (struct header){ STR("Accept"), STR("application/json") };
	res = (struct response){ 0 };
	response_trouble(&res, &req, 413);
	assert_true(str_eq(response_find(&res, "Content-Type"),
	    STR("application/problem+json")));
	assert_true(str_eq(buf_view(&res.body),
	    STR("{\"type\":\"about:blank\",\"title\":\"Запрос слишком "
		"велик.\",\"status\":413}")));
	buf_free(&res.body);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_answer_is_armoured),
		cmocka_unit_test(what_the_page_says_comes_first),
		cmocka_unit_test(frames_show),
		cmocka_unit_test(lengths_are_of_what_is_there),
		cmocka_unit_test(no_value_ends_its_line),
		cmocka_unit_test(trouble_speaks_as_asked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
