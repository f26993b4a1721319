#include "submitd/http/request.h"

#include <string.h>
#include <strings.h>

enum { QUALITY_ONE = 1000 };

bool
request_same(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || strncasecmp(a.p, b.p, a.n) == 0);
}

struct str
request_header(const struct request *r, const char *name)
{
	struct str wanted = str_from(name);

	for (size_t i = 0; i < r->nheaders; i++)
		if (request_same(r->headers[i].name, wanted))
			return r->headers[i].value;
	return (struct str){ 0 };
}

size_t
request_header_count(const struct request *r, const char *name)
{
	struct str wanted = str_from(name);
	size_t n = 0;

	for (size_t i = 0; i < r->nheaders; i++)
		if (request_same(r->headers[i].name, wanted))
			n++;
	return n;
}

/*
 * One item of a list with weights: "text/html;level=1;q=0.7".  A weight that
 * is none counts as 1.
 */
struct weighted {
	struct str name;
	int quality; /* thousandths */
};

static int
quality_of(struct str s)
{
	int value = 0, scale = QUALITY_ONE;

	if (s.n == 0 || s.n > 5 || (s.p[0] != '0' && s.p[0] != '1') ||
	    (s.n > 1 && s.p[1] != '.'))
		return QUALITY_ONE;
	for (size_t i = 0; i < s.n; i++) {
		if (i == 1)
			continue;
		if (s.p[i] < '0' || s.p[i] > '9')
			return QUALITY_ONE;
		value += (s.p[i] - '0') * scale;
		scale /= 10;
	}
	return value < QUALITY_ONE ? value : QUALITY_ONE;
}

static bool
next_weighted(struct str *list, struct weighted *out)
{
	struct str item, parameters;

	if (list->n == 0)
		return false;
	str_cut(*list, ',', &item, list);
	str_cut(item, ';', &out->name, &parameters);
	out->name = str_trim(out->name);
	out->quality = QUALITY_ONE;
	while (parameters.n > 0) {
		struct str parameter, name, value;

		str_cut(parameters, ';', &parameter, &parameters);
		str_cut(parameter, '=', &name, &value);
		if (request_same(str_trim(name), STR("q")))
			out->quality = quality_of(str_trim(value));
	}
	return true;
}

/* The weight of the closest name that matches; -1: none does. */
static int
quality_in(struct str list, const struct str *names, size_t n)
{
	struct weighted w;
	size_t closest = n;
	int quality = -1;

	while (next_weighted(&list, &w))
		for (size_t i = 0; i < closest; i++)
			if (request_same(w.name, names[i])) {
				closest = i;
				quality = w.quality;
			}
	return quality;
}

bool
request_wants_json(const struct request *r)
{
	/* From the closest name to the widest. */
	static const struct str json[] = { STR_INIT("application/json"),
		STR_INIT("application/problem+json"), STR_INIT("application/*"),
		STR_INIT("*/*") };
	static const struct str html[] = { STR_INIT("text/html"),
		STR_INIT("application/xhtml+xml"), STR_INIT("text/*"),
		STR_INIT("*/*") };
	struct str accept = request_header(r, "Accept");
	int of_json = quality_in(accept, json, sizeof(json) / sizeof(json[0]));
	int of_html = quality_in(accept, html, sizeof(html) / sizeof(html[0]));

	return of_json > 0 && of_json > of_html;
}

bool
request_takes_coding(const struct request *r, struct str coding)
{
	const struct str names[] = { coding, STR("*") };

	return quality_in(request_header(r, "Accept-Encoding"), names, 2) > 0;
}

bool
request_has_etag(const struct request *r, struct str etag)
{
	struct str list = request_header(r, "If-None-Match"), item;

	while (list.n > 0) {
		str_cut(list, ',', &item, &list);
		item = str_trim(item);
		if (str_starts(item, STR("W/")))
			item = str_slice(item, 2, item.n);
		if (str_eq(item, etag) || str_eq(item, STR("*")))
			return true;
	}
	return false;
}
