#include "submitd/http/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/buf.h"

#define H "Host: a\r\n"
#define GET "GET / HTTP/1.1\r\n" H
#define POST "POST / HTTP/1.1\r\n" H
#define NEXT "POST /account/logout HTTP/1.1\r\n" H "\r\n"

/* What a head does at the door: 0 let in, -1 more is awaited. */
static int
verdict(struct str bytes, struct request *r, struct parse_framing *framing)
{
	struct parse_scan scan = { 0 };

	switch (parse_scan(&scan, bytes)) {
	case PARSE_MORE:
		return -1;
	case PARSE_BAD:
		return 400;
	case PARSE_TOO_LONG:
		return 431;
	case PARSE_WHOLE:
		break;
	}
	return parse_head(str_slice(bytes, 0, scan.at), r, framing);
}

struct door_case {
	const char *name;
	struct str bytes;
	int status;
};

/* Whatever two readers could understand in two ways is 400 or 501. */
static const struct door_case malformed[] = {
	/* framing */
	{ "HEAD with a body that is a request",
	    STR_INIT("HEAD / HTTP/1.1\r\n" H "Content-Length: 54\r\n\r\n" NEXT),
	    400 },
	{ "GET with a body", STR_INIT(GET "Content-Length: 54\r\n\r\n" NEXT),
	    400 },
	{ "equal lengths twice",
	    STR_INIT(POST "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"),
	    400 },
	{ "other lengths twice",
	    STR_INIT(POST "Content-Length: 3\r\nContent-Length: 0\r\n\r\nabc"),
	    400 },
	{ "a list of lengths", STR_INIT(POST "Content-Length: 3, 3\r\n\r\nabc"),
	    400 },
	{ "length with a plus", STR_INIT(POST "Content-Length: +3\r\n\r\nabc"),
	    400 },
	{ "length with a minus", STR_INIT(POST "Content-Length: -3\r\n\r\nabc"),
	    400 },
	{ "length in hex", STR_INIT(POST "Content-Length: 0x3\r\n\r\nabc"),
	    400 },
	{ "length with a blank within",
	    STR_INIT(POST "Content-Length: 1 2\r\n\r\nabc"), 400 },
	{ "length with a point",
	    STR_INIT(POST "Content-Length: 3.0\r\n\r\nabc"), 400 },
	{ "length with letters", STR_INIT(POST "Content-Length: 3a\r\n\r\nabc"),
	    400 },
	{ "empty length", STR_INIT(POST "Content-Length:\r\n\r\nabc"), 400 },
	{ "blank length", STR_INIT(POST "Content-Length:  \r\n\r\nabc"), 400 },
	{ "a tab behind the length",
	    STR_INIT(POST "Content-Length: 3\t\r\n\r\nabc"), 400 },
	{ "length in quotes", STR_INIT(POST "Content-Length: \"3\"\r\n\r\nabc"),
	    400 },
	{ "length beyond 64 bits",
	    STR_INIT(POST "Content-Length: 18446744073709551619\r\n\r\nabc"),
	    400 },
	{ "blank before the colon",
	    STR_INIT(POST "Content-Length : 3\r\n\r\nabc"), 400 },
	{ "tab before the colon",
	    STR_INIT(POST "Content-Length\t: 3\r\n\r\nabc"), 400 },
	{ "vertical tab before the length",
	    STR_INIT(POST "Content-Length: \v3\r\n\r\nabc"), 400 },
	{ "chunked",
	    STR_INIT(POST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 501 },
	{ "chunked in capitals",
	    STR_INIT(POST "TRANSFER-ENCODING: CHUNKED\r\n\r\n0\r\n\r\n"), 501 },
	{ "almost chunked",
	    STR_INIT(POST "Transfer-Encoding: xchunked\r\n\r\n" NEXT), 501 },
	{ "identity", STR_INIT(POST "Transfer-Encoding: identity\r\n\r\n" NEXT),
	    501 },
	{ "empty coding", STR_INIT(POST "Transfer-Encoding:\r\n\r\n" NEXT),
	    501 },
	{ "chunked GET",
	    STR_INIT(GET "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n" NEXT),
	    501 },
	{ "length and chunked",
	    STR_INIT(POST "Content-Length: 3\r\nTransfer-Encoding: "
			  "chunked\r\n\r\n0\r\n\r\n"),
	    400 },
	{ "chunked and length",
	    STR_INIT(POST "Transfer-Encoding: chunked\r\nContent-Length: "
			  "3\r\n\r\n0\r\n\r\n"),
	    400 },
	{ "coding folded",
	    STR_INIT(POST "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n"),
	    400 },
	{ "coding with a blank before the colon",
	    STR_INIT(POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n"),
	    400 },
	/* lines */
	{ "bare LF behind the request line",
	    STR_INIT("GET / HTTP/1.1\nHost: a\r\n\r\n"), 400 },
	{ "bare LF in the headers", STR_INIT(GET "A: b\n\r\n"), 400 },
	{ "bare LF as the empty line", STR_INIT(GET "\n"), 400 },
	{ "CR alone in a value", STR_INIT(GET "A: b\rC: d\r\n\r\n"), 400 },
	{ "CR CR LF", STR_INIT(GET "A: b\r\r\n\r\n"), 400 },
	{ "an empty line before", STR_INIT("\r\n" GET "\r\n"), 400 },
	{ "folded line", STR_INIT(GET "A: b\r\n c\r\n\r\n"), 400 },
	{ "folded with a tab", STR_INIT(GET "A: b\r\n\tc\r\n\r\n"), 400 },
	{ "blank before the first header",
	    STR_INIT("GET / HTTP/1.1\r\n Host: a\r\n\r\n"), 400 },
	{ "NUL in a value", STR_INIT(GET "A: b\0c\r\n\r\n"), 400 },
	{ "NUL in a name", STR_INIT(GET "A\0: b\r\n\r\n"), 400 },
	{ "NUL in the target", STR_INIT("GET /\0a HTTP/1.1\r\n" H "\r\n"),
	    400 },
	{ "escape in a value", STR_INIT(GET "A: \033[2J\r\n\r\n"), 400 },
	{ "delete in a value", STR_INIT(GET "A: \177\r\n\r\n"), 400 },
	{ "empty name", STR_INIT(GET ": b\r\n\r\n"), 400 },
	{ "no colon", STR_INIT(GET "Nonsense\r\n\r\n"), 400 },
	{ "brackets in a name", STR_INIT(GET "A(b): c\r\n\r\n"), 400 },
	{ "Cyrillic name", STR_INIT(GET "Имя: c\r\n\r\n"), 400 },
	/* the request line */
	{ "HTTP/0.9", STR_INIT("GET /\r\n\r\n"), 400 },
	{ "HTTP/0.9 spelt out", STR_INIT("GET / HTTP/0.9\r\n" H "\r\n"), 400 },
	{ "HTTP/1.2", STR_INIT("GET / HTTP/1.2\r\n" H "\r\n"), 400 },
	{ "HTTP/2.0", STR_INIT("GET / HTTP/2.0\r\n" H "\r\n"), 400 },
	{ "HTTP/1.10", STR_INIT("GET / HTTP/1.10\r\n" H "\r\n"), 400 },
	{ "HTTP/01.1", STR_INIT("GET / HTTP/01.1\r\n" H "\r\n"), 400 },
	{ "http/1.1", STR_INIT("GET / http/1.1\r\n" H "\r\n"), 400 },
	{ "preface of HTTP/2", STR_INIT("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
	    400 },
	{ "no target", STR_INIT("GET HTTP/1.1\r\n" H "\r\n"), 400 },
	{ "two blanks", STR_INIT("GET  / HTTP/1.1\r\n" H "\r\n"), 400 },
	{ "tab for a blank", STR_INIT("GET\t/ HTTP/1.1\r\n" H "\r\n"), 400 },
	{ "blank behind the version", STR_INIT("GET / HTTP/1.1 \r\n" H "\r\n"),
	    400 },
	{ "blank before the method", STR_INIT(" GET / HTTP/1.1\r\n" H "\r\n"),
	    400 },
	{ "blank in the target", STR_INIT("GET /a b HTTP/1.1\r\n" H "\r\n"),
	    400 },
	{ "method that is no token", STR_INIT("G(ET / HTTP/1.1\r\n" H "\r\n"),
	    400 },
	{ "endless method",
	    STR_INIT("ABCDEFGHIJKLMNOPQRSTUVWXYZ / HTTP/1.1\r\n" H "\r\n"),
	    400 },
	{ "another host in the path",
	    STR_INIT("GET //evil.example/a HTTP/1.1\r\n" H "\r\n"), 400 },
	{ "absolute target",
	    STR_INIT("GET http://evil.example/ HTTP/1.1\r\n" H "\r\n"), 400 },
	{ "authority target",
	    STR_INIT("CONNECT evil.example:443 HTTP/1.1\r\n" H "\r\n"), 400 },
	{ "asterisk target", STR_INIT("OPTIONS * HTTP/1.1\r\n" H "\r\n"), 400 },
	{ "fragment", STR_INIT("GET /a#b HTTP/1.1\r\n" H "\r\n"), 400 },
	{ "Cyrillic in the target", STR_INIT("GET /путь HTTP/1.1\r\n" H "\r\n"),
	    400 },
	/* once only */
	{ "no Host", STR_INIT("GET / HTTP/1.1\r\n\r\n"), 400 },
	{ "empty Host", STR_INIT("GET / HTTP/1.1\r\nHost:\r\n\r\n"), 400 },
	{ "two Hosts", STR_INIT(GET "Host: b\r\n\r\n"), 400 },
	{ "two equal Hosts", STR_INIT(GET "host: a\r\n\r\n"), 400 },
	{ "a list of Hosts", STR_INIT("GET / HTTP/1.1\r\nHost: a, b\r\n\r\n"),
	    400 },
	{ "Host with a path", STR_INIT("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n"),
	    400 },
	{ "Host with somebody",
	    STR_INIT("GET / HTTP/1.1\r\nHost: me@a\r\n\r\n"), 400 },
	{ "two Cookies", STR_INIT(GET "Cookie: a=1\r\nCookie: a=2\r\n\r\n"),
	    400 },
	{ "two Content-Types",
	    STR_INIT(POST "Content-Type: application/json\r\nContent-Type: "
			  "text/plain\r\n\r\n"),
	    400 },
	{ "two Origins", STR_INIT(GET "Origin: a\r\nOrigin: b\r\n\r\n"), 400 },
	/* not a request at all */
	{ "the greeting of TLS", STR_INIT("\026\003\001\002\0\001\0\001"),
	    400 },
	{ "the greeting of mail", STR_INIT("EHLO a\r\n\r\n"), 400 },
	/* clear, and refused */
	{ "a body too large", STR_INIT(POST "Content-Length: 131073\r\n\r\n"),
	    413 },
	{ "a length of eight digits",
	    STR_INIT(POST "Content-Length: 10000000\r\n\r\n"), 413 },
	{ "another expectation",
	    STR_INIT(POST "Content-Length: 1\r\nExpect: magic\r\n\r\n"), 417 },
};

static void
malformed_requests_are_refused(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
		const struct door_case *c = &malformed[i];
		struct parse_framing framing;
		struct request r;
		int status = verdict(c->bytes, &r, &framing);

		if (status != c->status)
			fail_msg("%s: %d, not %d", c->name, status, c->status);
	}
}

/* Bit by bit, the verdict is the same and never a request too early. */
static void
pieces_change_nothing(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(malformed) / sizeof(malformed[0]); i++) {
		const struct door_case *c = &malformed[i];
		struct parse_scan whole = { 0 }, bits = { 0 };
		enum parse_rc expected = parse_scan(&whole, c->bytes);
		enum parse_rc rc = PARSE_MORE;

		for (size_t n = 1; n <= c->bytes.n && rc == PARSE_MORE; n++)
			rc = parse_scan(&bits, str_slice(c->bytes, 0, n));
		if (rc != expected || bits.at != whole.at)
			fail_msg("%s: in pieces %d, not %d", c->name, rc,
			    expected);
	}
}

static const struct {
	const char *name;
	struct str bytes;
	enum method method;
	const char *path, *query;
	size_t body;
	bool keep_alive;
} good[] = {
	{ "plain", STR_INIT(GET "\r\n"), METHOD_GET, "/", "", 0, true },
	{ "path and query",
	    STR_INIT("GET /a/%D0%B0?b=c?d&e HTTP/1.1\r\n" H "\r\n"), METHOD_GET,
	    "/a/%D0%B0", "b=c?d&e", 0, true },
	{ "empty query", STR_INIT("GET /a? HTTP/1.1\r\n" H "\r\n"), METHOD_GET,
	    "/a", "", 0, true },
	{ "head", STR_INIT("HEAD /a HTTP/1.1\r\n" H "\r\n"), METHOD_HEAD, "/a",
	    "", 0, true },
	{ "post", STR_INIT(POST "Content-Length: 3\r\n\r\n"), METHOD_POST, "/",
	    "", 3, true },
	{ "post of nothing", STR_INIT(POST "\r\n"), METHOD_POST, "/", "", 0,
	    true },
	{ "the largest body", STR_INIT(POST "Content-Length: 131072\r\n\r\n"),
	    METHOD_POST, "/", "", 131072, true },
	{ "zeros before the length",
	    STR_INIT(POST "Content-Length: 0000003\r\n\r\n"), METHOD_POST, "/",
	    "", 3, true },
	{ "blanks around the length",
	    STR_INIT(POST "Content-Length:  3  \r\n\r\n"), METHOD_POST, "/", "",
	    3, true },
	{ "GET with length 0", STR_INIT(GET "Content-Length: 0\r\n\r\n"),
	    METHOD_GET, "/", "", 0, true },
	{ "close", STR_INIT(GET "Connection: close\r\n\r\n"), METHOD_GET, "/",
	    "", 0, false },
	{ "close in a list", STR_INIT(GET "Connection: te, Close\r\n\r\n"),
	    METHOD_GET, "/", "", 0, false },
	{ "1.0", STR_INIT("GET / HTTP/1.0\r\n\r\n"), METHOD_GET, "/", "", 0,
	    false },
	{ "1.0 that stays",
	    STR_INIT("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"),
	    METHOD_GET, "/", "", 0, true },
	{ "host with a port",
	    STR_INIT("GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n"), METHOD_GET,
	    "/", "", 0, true },
	{ "upgrade is not for us",
	    STR_INIT(GET "Connection: Upgrade\r\nUpgrade: h2c\r\n\r\n"),
	    METHOD_GET, "/", "", 0, true },
	/* The last on their connection. */
	{ "DELETE", STR_INIT("DELETE /a HTTP/1.1\r\n" H "\r\n"), METHOD_OTHER,
	    "/a", "", 0, false },
	{ "a method nobody knows", STR_INIT("BREW /a HTTP/1.1\r\n" H "\r\n"),
	    METHOD_OTHER, "/a", "", 0, false },
	{ "small letters", STR_INIT("get / HTTP/1.1\r\n" H "\r\n"),
	    METHOD_OTHER, "/", "", 0, false },
	{ "TRACE with a body",
	    STR_INIT("TRACE / HTTP/1.1\r\n" H "Content-Length: 9\r\n\r\n"),
	    METHOD_OTHER, "/", "", 9, false },
	{ "CONNECT to a path",
	    STR_INIT("CONNECT /a HTTP/1.1\r\n" H "Content-Length: 9\r\n\r\n"),
	    METHOD_OTHER, "/a", "", 9, false },
};

static void
good_requests_are_read(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct parse_framing framing;
		struct request r;
		int status = verdict(good[i].bytes, &r, &framing);

		if (status != 0)
			fail_msg("%s: %d", good[i].name, status);
		if (r.method != good[i].method ||
		    !str_eq(r.path, str_from(good[i].path)) ||
		    !str_eq(r.query, str_from(good[i].query)) ||
		    framing.body != good[i].body ||
		    r.keep_alive != good[i].keep_alive)
			fail_msg("%s: read as %d '%.*s' '%.*s' %zu %d",
			    good[i].name, r.method, STR_ARG(r.path),
			    STR_ARG(r.query), framing.body, r.keep_alive);
	}
}

static void
headers_are_views_without_blanks(void **state)
{
	struct str bytes = STR(GET "X-One:   a b \t\r\nEmpty:\r\nx-two:b\r\n"
				   "Name: \xd0\x98\r\n\r\n");
	struct parse_framing framing;
	struct request r;

	(void)state;
	assert_int_equal(verdict(bytes, &r, &framing), 0);
	assert_int_equal(r.nheaders, 5);
	assert_true(str_eq(request_header(&r, "x-ONE"), STR("a b")));
	assert_true(str_eq(request_header(&r, "X-Two"), STR("b")));
	assert_true(str_eq(request_header(&r, "Name"), STR("\xd0\x98")));
	assert_int_equal(request_header(&r, "Empty").n, 0);
	assert_int_equal(request_header_count(&r, "empty"), 1);
	assert_int_equal(request_header_count(&r, "none"), 0);
}

static void
continue_is_asked_for_with_a_body_only(void **state)
{
	struct parse_framing framing;
	struct request r;

	(void)state;
	assert_int_equal(verdict(STR(POST "Content-Length: 3\r\n"
					  "Expect: 100-Continue\r\n\r\n"),
			     &r, &framing),
	    0);
	assert_true(framing.expects_continue);
	assert_int_equal(verdict(STR(POST "Expect: 100-continue\r\n\r\n"), &r,
			     &framing),
	    0);
	assert_false(framing.expects_continue);
}

/* GET, Host, and n more headers of one value each. */
static int
verdict_of_headers(int n, int value)
{
	struct parse_framing framing;
	struct buf b = { 0 };
	struct request r;
	int status;

	buf_str(&b, STR(GET));
	for (int i = 0; i < n; i++)
		buf_printf(&b, "A%d: %0*d\r\n", i, value, 1);
	buf_str(&b, STR("\r\n"));
	status = verdict(buf_view(&b), &r, &framing);
	buf_free(&b);
	return status;
}

static void
heads_have_limits(void **state)
{
	(void)state;
	assert_int_equal(verdict_of_headers(63, 1), 0);
	assert_int_equal(verdict_of_headers(64, 1), 431);
	assert_int_equal(verdict_of_headers(1, 16000), 0);
	assert_int_equal(verdict_of_headers(1, 16384), 431);
	assert_int_equal(verdict_of_headers(3, 8000), 431);
}

/* To the byte: 16,384 with the empty line are a head, one more is none. */
static void
a_head_may_fill_its_limit(void **state)
{
	int rest = HTTP_HEAD_MAX - (int)strlen(GET "A0: \r\n\r\n");

	(void)state;
	assert_int_equal(verdict_of_headers(1, rest), 0);
	assert_int_equal(verdict_of_headers(1, rest + 1), 431);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(malformed_requests_are_refused),
		cmocka_unit_test(pieces_change_nothing),
		cmocka_unit_test(good_requests_are_read),
		cmocka_unit_test(headers_are_views_without_blanks),
		cmocka_unit_test(continue_is_asked_for_with_a_body_only),
		cmocka_unit_test(heads_have_limits),
		cmocka_unit_test(a_head_may_fill_its_limit),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
