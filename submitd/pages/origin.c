#include "submitd/pages/origin.h"

#include <stddef.h>

struct str
origin_host(struct str url)
{
	ptrdiff_t slashes = str_find(url, STR("//"));
	struct str host, rest;

	if (slashes == -1)
		return (struct str){ 0 };
	url = str_slice(url, (size_t)slashes + 2, url.n);
	str_cut(url, '/', &host, &rest);
	return host;
}

bool
origin_is_loopback(struct str host)
{
	static const struct str names[] = {
		STR_INIT("127.0.0.1"),
		STR_INIT("[::1]"),
		STR_INIT("localhost"),
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		if (str_starts(host, names[i]) &&
		    (host.n == names[i].n || host.p[names[i].n] == ':'))
			return true;
	}
	return false;
}

bool
origin_is_ours(struct str base_url, const struct request *r)
{
	struct str origin = request_header(r, "Origin");
	struct str site = request_header(r, "Sec-Fetch-Site");
	struct str host = request_header(r, "Host");

	if (request_header_count(r, "Origin") == 0)
		return site.n == 0 || str_eq(site, STR("same-origin")) ||
		       str_eq(site, STR("none"));
	if (request_same(origin, base_url))
		return true;
	/* Under another of its names a machine talks to itself: make run. */
	return origin_is_loopback(origin_host(base_url)) &&
	       str_starts(origin, STR("http://")) && origin_is_loopback(host) &&
	       str_eq(str_slice(origin, 7, origin.n), host);
}

bool
origin_is_local(const struct request *r)
{
	static const char *const proxy_headers[] = { "X-Forwarded-For",
		"Forwarded", "X-Real-IP", "Via" };

	for (size_t i = 0; i < sizeof(proxy_headers) / sizeof(char *); i++) {
		if (request_header_count(r, proxy_headers[i]) > 0)
			return false;
	}
	return str_eq(r->address, STR("unix")) ||
	       str_starts(r->address, STR("127.")) ||
	       str_eq(r->address, STR("::1"));
}
