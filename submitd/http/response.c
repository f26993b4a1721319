#include "submitd/http/response.h"

#include <assert.h>

#include "base/json.h"
#include "base/log.h"

struct status {
	int code;
	const char *reason;
	const char *text; /* said to a person */
};

static const struct status statuses[] = {
	{ 100, "Continue", NULL },
	{ 200, "OK", NULL },
	{ 201, "Created", NULL },
	{ 202, "Accepted", NULL },
	{ 204, "No Content", NULL },
	{ 301, "Moved Permanently", NULL },
	{ 302, "Found", NULL },
	{ 303, "See Other", NULL },
	{ 304, "Not Modified", NULL },
	{ 307, "Temporary Redirect", NULL },
	{ 308, "Permanent Redirect", NULL },
	{ 400, "Bad Request", "Запрос не удалось прочитать." },
	{ 401, "Unauthorized", "Сначала войдите в кабинет." },
	{ 403, "Forbidden", "Сюда нет доступа." },
	{ 404, "Not Found", "Такой страницы нет." },
	{ 405, "Method Not Allowed", "Этого здесь сделать нельзя." },
	{ 406, "Not Acceptable", "Такого вида ответа нет." },
	{ 408, "Request Timeout", "Запрос шёл слишком долго. Повторите его." },
	{ 409, "Conflict", "Сейчас этого сделать нельзя." },
	{ 411, "Length Required", "У запроса не указана длина." },
	{ 413, "Content Too Large", "Запрос слишком велик." },
	{ 415, "Unsupported Media Type", "Запрос такого вида не принимается." },
	{ 417, "Expectation Failed", "Запрос не удалось прочитать." },
	{ 422, "Unprocessable Content", "В запросе есть ошибки." },
	{ 429, "Too Many Requests", "Слишком много попыток. Подождите." },
	{ 431, "Request Header Fields Too Large",
	    "Заголовки запроса слишком велики." },
	{ 500, "Internal Server Error", "У нас ошибка. Попробуйте позже." },
	{ 501, "Not Implemented", "Запрос такого вида не принимается." },
	{ 503, "Service Unavailable", "Сервис занят. Повторите через минуту." },
};

/* What every answer carries unless it says otherwise. */
static const struct {
	const char *name;
	struct str value;
	bool https; /* only when the site is */
} usual[] = {
	{ "Content-Security-Policy",
	    STR_INIT("default-src 'self'; base-uri 'none'; "
		     "form-action 'self'; frame-ancestors 'none'; "
		     "object-src 'none'"),
	    false },
	{ "X-Content-Type-Options", STR_INIT("nosniff"), false },
	/* "no-referrer" would make the Origin of our own forms "null". */
	{ "Referrer-Policy", STR_INIT("same-origin"), false },
	{ "Cache-Control", STR_INIT("no-store"), false },
	{ "Strict-Transport-Security", STR_INIT("max-age=31536000"), true },
};

static const struct status *
status_of(int code)
{
	static const struct status none = { 0, "Status", NULL };

	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].code == code)
			return &statuses[i];
	return &none;
}

const char *
response_reason(int status)
{
	return status_of(status)->reason;
}

static bool
has_control(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if ((c < ' ' && c != '\t') || c == 0x7f)
			return true;
	}
	return false;
}

void
response_header(struct response *r, const char *name, struct str value)
{
	if (r->nheaders == RESPONSE_HEADERS_MAX || has_control(value)) {
		log_warnx("header '%s' of an answer dropped", name);
		return;
	}
	r->headers[r->nheaders].name = str_from(name);
	r->headers[r->nheaders].value = value;
	r->nheaders++;
}

struct str
response_find(const struct response *r, const char *name)
{
	for (size_t i = 0; i < r->nheaders; i++)
		if (request_same(r->headers[i].name, str_from(name)))
			return r->headers[i].value;
	return (struct str){ 0 };
}

void
response_trouble(struct response *res, const struct request *req, int status)
{
	const struct status *s = status_of(status);
	struct str text = str_from(s->text != NULL ? s->text : s->reason);

	res->status = status;
	buf_reset(&res->body);
	if (request_wants_json(req)) {
		struct json j = { .out = &res->body };

		response_header(res, "Content-Type",
		    STR("application/problem+json"));
		json_open(&j, '{');
		json_str_field(&j, STR("type"), STR("about:blank"));
		json_str_field(&j, STR("title"), text);
		json_int_field(&j, STR("status"), status);
		json_close(&j, '}');
		return;
	}
	response_header(res, "Content-Type", STR("text/plain; charset=utf-8"));
	buf_str(&res->body, text);
	buf_char(&res->body, '\n');
}

static void
put_header(struct buf *out, struct str name, struct str value)
{
	buf_str(out, name);
	buf_put(out, ": ", 2);
	buf_str(out, value);
	buf_put(out, "\r\n", 2);
}

/* Decimal digits, without the price of printf. */
static void
put_number(struct buf *out, uint64_t n)
{
	char digits[24];
	size_t at = sizeof(digits);

	do
		digits[--at] = (char)('0' + n % 10);
	while ((n /= 10) > 0);
	buf_put(out, digits + at, sizeof(digits) - at);
}

void
response_put_head(const struct response *r, struct response_frame frame,
    struct buf *out)
{
	assert(r->status >= 100 && r->status <= 999);
	buf_str(out, STR("HTTP/1.1 "));
	put_number(out, (uint64_t)r->status);
	buf_char(out, ' ');
	buf_str(out, str_from(response_reason(r->status)));
	buf_str(out, STR("\r\n"));
	put_header(out, STR("Date"), frame.date);
	for (size_t i = 0; i < r->nheaders; i++)
		put_header(out, r->headers[i].name, r->headers[i].value);
	for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
		if ((frame.https || !usual[i].https) &&
		    response_find(r, usual[i].name).p == NULL)
			put_header(out, str_from(usual[i].name),
			    usual[i].value);
	if (frame.close)
		put_header(out, STR("Connection"), STR("close"));
	else if (frame.http10)
		put_header(out, STR("Connection"), STR("keep-alive"));
	if (r->status != 204 && r->status != 304) {
		buf_str(out, STR("Content-Length: "));
		put_number(out,
		    r->file_len > 0 ? (uint64_t)r->file_len : r->body.n);
		buf_str(out, STR("\r\n"));
	}
	buf_str(out, STR("\r\n"));
}
