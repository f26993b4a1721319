#ifndef SUBMITD_HTTP_REQUEST_H
#define SUBMITD_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * One request as the parser leaves it.  All views live on its arena (the
 * exchange's) until the answer is sent.
 */

enum method { METHOD_GET, METHOD_HEAD, METHOD_POST, METHOD_OTHER };

enum { HTTP_HEADERS_MAX = 64, HTTP_HEAD_MAX = 16384, HTTP_BODY_MAX = 131072 };

struct header {
	struct str name, value; /* name as sent; compare without case */
};

struct request {
	enum method method;
	struct str path;  /* raw, begins with one '/', no query */
	struct str query; /* raw, without '?' */
	struct header headers[HTTP_HEADERS_MAX];
	size_t nheaders;
	struct str body;
	bool http10;
	bool keep_alive;
	/*
	 * The client's address in text: the peer's, or the last one in
	 * X-Forwarded-For when the peer is the trusted proxy; "unix" for a
	 * socket without one.
	 */
	struct str address;
};

/* The value of a header, without case; empty when there is none. */
struct str request_header(const struct request *r, const char *name);

/* How many times it was sent. */
size_t request_header_count(const struct request *r, const char *name);

/* Equal but for the case of ASCII letters. */
bool request_same(struct str a, struct str b);

/*
 * Whether Accept would rather have JSON than a page.  Without a word on
 * either, or with the same for both, it is the page.
 */
bool request_wants_json(const struct request *r);

/* Whether Accept-Encoding takes this coding ("br", "gzip"). */
bool request_takes_coding(const struct request *r, struct str coding);

/*
 * Whether If-None-Match names this entity tag (given with its quotes; weak
 * comparison), or is "*".
 */
bool request_has_etag(const struct request *r, struct str etag);

#endif
