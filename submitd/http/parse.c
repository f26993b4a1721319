#include "submitd/http/parse.h"

#include <llhttp.h>
#include <string.h>

enum {
	METHOD_LENGTH_MAX = 24,
	CONTENT_LENGTH_DIGITS = 7,
	VERSION_LENGTH = 8,
};

/* Two of these are a quarrel about which one counts. */
static const char *const once[] = {
	"Authorization",
	"Content-Encoding",
	"Content-Length",
	"Content-Type",
	"Cookie",
	"Expect",
	"Host",
	"Idempotency-Key",
	"If-Modified-Since",
	"Origin",
	"Referer",
	"Sec-Fetch-Site",
	"X-CSRF-Token",
};

enum parse_rc
parse_scan(struct parse_scan *scan, struct str bytes)
{
	for (; scan->at < bytes.n; scan->at++) {
		unsigned char c = (unsigned char)bytes.p[scan->at];

		if (scan->at == HTTP_HEAD_MAX)
			return PARSE_TOO_LONG;
		if (c == '\n') {
			if (!scan->cr)
				return PARSE_BAD;
			if (scan->column == 0) {
				scan->at++;
				return scan->lines > 0 ? PARSE_WHOLE
						       : PARSE_BAD;
			}
			/* The request line is not a header. */
			if (++scan->lines > HTTP_HEADERS_MAX + 1)
				return PARSE_TOO_LONG;
			scan->column = 0;
			scan->cr = false;
			continue;
		}
		if (scan->cr || (c < ' ' && c != '\t' && c != '\r') ||
		    c == 0x7f)
			return PARSE_BAD;
		if (c == '\r')
			scan->cr = true;
		else
			scan->column++;
	}
	return PARSE_MORE;
}

/* RFC 9110 5.6.2 */
static bool
is_token(struct str s)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') &&
		    (c < 'a' || c > 'z') &&
		    memchr(others, c, sizeof(others) - 1) == NULL)
			return false;
	}
	return true;
}

/* Takes a line off the head, without its CR LF. */
static struct str
next_line(struct str *head)
{
	struct str line;

	str_cut(*head, '\n', &line, head);
	if (line.n > 0)
		line.n--;
	return line;
}

static enum method
method_of(struct str name)
{
	if (str_eq(name, STR("GET")))
		return METHOD_GET;
	if (str_eq(name, STR("HEAD")))
		return METHOD_HEAD;
	if (str_eq(name, STR("POST")))
		return METHOD_POST;
	return METHOD_OTHER;
}

/* A path of our own and nothing else: no host, no fragment. */
static bool
target_ok(struct str target)
{
	if (target.n == 0 || target.p[0] != '/' ||
	    (target.n > 1 && target.p[1] == '/'))
		return false;
	for (size_t i = 0; i < target.n; i++)
		if (target.p[i] < 0x21 || target.p[i] > 0x7e ||
		    target.p[i] == '#')
			return false;
	return true;
}

static bool
read_request_line(struct str line, struct request *r, struct str *method)
{
	struct str rest, target, version;

	if (!str_cut(line, ' ', method, &rest) ||
	    !str_cut(rest, ' ', &target, &version))
		return false;
	if (!is_token(*method) || method->n > METHOD_LENGTH_MAX ||
	    !target_ok(target))
		return false;
	r->http10 = str_eq(version, STR("HTTP/1.0"));
	if (!r->http10 && !str_eq(version, STR("HTTP/1.1")))
		return false;
	r->method = method_of(*method);
	str_cut(target, '?', &r->path, &r->query);
	return true;
}

/* A name, a colon right behind it; so a folded line is none either. */
static bool
lines_ok(struct str lines)
{
	while (lines.n > 0) {
		struct str line = next_line(&lines), name, value;

		if (line.n == 0)
			return lines.n == 0;
		if (!str_cut(line, ':', &name, &value) || !is_token(name))
			return false;
	}
	return false;
}

/* The parts of one text may come in several pieces. */
static void
span(struct str *s, const char *at, size_t n)
{
	if (s->n == 0)
		s->p = at;
	s->n += n;
}

struct reading {
	struct request *r;
	bool overflow, in_value, whole;
};

static int
on_header_field(llhttp_t *p, const char *at, size_t n)
{
	struct reading *reading = p->data;
	struct request *r = reading->r;

	if (reading->in_value || r->nheaders == 0) {
		if (r->nheaders == HTTP_HEADERS_MAX) {
			reading->overflow = true;
			return -1;
		}
		r->headers[r->nheaders++] = (struct header){ 0 };
		reading->in_value = false;
	}
	span(&r->headers[r->nheaders - 1].name, at, n);
	return 0;
}

static int
on_header_field_complete(llhttp_t *p)
{
	struct reading *reading = p->data;

	reading->in_value = true;
	return 0;
}

static int
on_header_value(llhttp_t *p, const char *at, size_t n)
{
	struct reading *reading = p->data;
	struct request *r = reading->r;

	if (r->nheaders == 0)
		return -1;
	span(&r->headers[r->nheaders - 1].value, at, n);
	return 0;
}

static int
on_headers_complete(llhttp_t *p)
{
	struct reading *reading = p->data;

	reading->whole = true;
	return HPE_PAUSED;
}

static const llhttp_settings_t settings = {
	.on_header_field = on_header_field,
	.on_header_field_complete = on_header_field_complete,
	.on_header_value = on_header_value,
	.on_headers_complete = on_headers_complete,
};

/*
 * The second reader.  It knows a list of methods, some with a framing of
 * their own (CONNECT, PRI); what is not ours it is shown as POST.
 */
static int
read_headers(struct str head, size_t method_n, struct request *r,
    uint64_t *length)
{
	struct reading reading = { .r = r };
	llhttp_t p;

	llhttp_init(&p, HTTP_REQUEST, &settings);
	p.data = &reading;
	if (r->method != METHOD_OTHER)
		llhttp_execute(&p, head.p, method_n);
	else
		llhttp_execute(&p, "POST", 4);
	llhttp_execute(&p, head.p + method_n, head.n - method_n);
	if (reading.overflow)
		return 431;
	if (llhttp_get_errno(&p) != HPE_PAUSED || !reading.whole)
		return 400;
	for (size_t i = 0; i < r->nheaders; i++)
		r->headers[i].value = str_trim(r->headers[i].value);
	r->keep_alive =
	    r->method != METHOD_OTHER && llhttp_should_keep_alive(&p);
	*length = p.content_length;
	return 0;
}

static bool
once_each(const struct request *r)
{
	for (size_t i = 0; i < sizeof(once) / sizeof(once[0]); i++)
		if (request_header_count(r, once[i]) > 1)
			return false;
	return true;
}

/* A name or address and a port: whatever else is there is an attempt. */
static bool
host_ok(const struct request *r)
{
	static const char marks[] = "-._:[]";
	struct str host = request_header(r, "Host");

	if (request_header_count(r, "Host") == 0)
		return r->http10;
	for (size_t i = 0; i < host.n; i++) {
		char c = host.p[i];

		if ((c < '0' || c > '9') && (c < 'A' || c > 'Z') &&
		    (c < 'a' || c > 'z') &&
		    memchr(marks, c, sizeof(marks) - 1) == NULL)
			return false;
	}
	return host.n > 0;
}

static int
read_length(const struct request *r, uint64_t other, size_t *out)
{
	struct str s = request_header(r, "Content-Length");
	uint64_t n = 0;

	*out = 0;
	if (request_header_count(r, "Content-Length") == 0)
		return other == 0 ? 0 : 400;
	if (s.n == 0)
		return 400;
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < '0' || s.p[i] > '9')
			return 400;
	if (s.n > CONTENT_LENGTH_DIGITS)
		return 413;
	for (size_t i = 0; i < s.n; i++)
		n = n * 10 + (uint64_t)(s.p[i] - '0');
	if (n != other)
		return 400;
	if (n > 0 && (r->method == METHOD_GET || r->method == METHOD_HEAD))
		return 400;
	if (n > HTTP_BODY_MAX)
		return 413;
	*out = (size_t)n;
	return 0;
}

int
parse_head(struct str head, struct request *r, struct parse_framing *framing)
{
	struct str rest = head, method;
	uint64_t length = 0;
	int status;

	r->nheaders = 0;
	r->body = (struct str){ 0 };
	*framing = (struct parse_framing){ 0 };
	if (!read_request_line(next_line(&rest), r, &method) || !lines_ok(rest))
		return 400;
	status = read_headers(head, method.n, r, &length);
	if (status != 0)
		return status;
	if (!once_each(r) || !host_ok(r))
		return 400;
	if (request_header_count(r, "Transfer-Encoding") > 0)
		return 501;
	status = read_length(r, length, &framing->body);
	if (status != 0)
		return status;
	if (request_header_count(r, "Expect") == 0)
		return 0;
	if (!request_same(request_header(r, "Expect"), STR("100-continue")))
		return 417;
	framing->expects_continue = !r->http10 && framing->body > 0;
	return 0;
}
