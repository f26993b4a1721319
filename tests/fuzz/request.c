/* Heads: any bytes, in one piece and in two. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "submitd/http/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* What nobody behind the parser looks at again. */
static void
check(const struct request *r, const struct parse_framing *framing)
{
	assert(r->path.n > 0 && r->path.p[0] == '/');
	assert(r->path.n == 1 || r->path.p[1] != '/');
	for (size_t i = 0; i < r->path.n; i++)
		assert(r->path.p[i] > ' ' && r->path.p[i] < 0x7f);
	assert(r->nheaders <= HTTP_HEADERS_MAX);
	for (size_t i = 0; i < r->nheaders; i++) {
		assert(r->headers[i].name.n > 0);
		for (size_t k = 0; k < r->headers[i].value.n; k++)
			assert(memchr("\r\n", r->headers[i].value.p[k], 2) ==
			       NULL);
	}
	assert(request_header_count(r, "Transfer-Encoding") == 0);
	assert(request_header_count(r, "Content-Length") <= 1);
	assert(r->http10 || request_header_count(r, "Host") == 1);
	assert(framing->body <= HTTP_BODY_MAX);
	assert(framing->body == 0 ||
	       (r->method != METHOD_GET && r->method != METHOD_HEAD));
	assert(!r->keep_alive || r->method != METHOD_OTHER);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str bytes = { (const char *)data, n };
	struct parse_scan whole = { 0 }, pieces = { 0 };
	struct parse_framing framing;
	static struct request r;
	enum parse_rc rc = parse_scan(&whole, bytes), other;

	other = parse_scan(&pieces, str_slice(bytes, 0, n / 2));
	if (other == PARSE_MORE)
		other = parse_scan(&pieces, bytes);
	assert(rc == other && whole.at == pieces.at);
	if (rc != PARSE_WHOLE)
		return 0;
	assert(whole.at <= HTTP_HEAD_MAX && whole.at <= n);
	if (parse_head(str_slice(bytes, 0, whole.at), &r, &framing) == 0) {
		check(&r, &framing);
		request_wants_json(&r);
		request_takes_coding(&r, STR("br"));
		request_has_etag(&r, STR("\"a\""));
	}
	return 0;
}
