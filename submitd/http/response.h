#ifndef SUBMITD_HTTP_RESPONSE_H
#define SUBMITD_HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/str.h"

struct arena;

enum { RESPONSE_HEADERS_MAX = 24 };

/*
 * An answer in the making.  Zero is a valid start; the status must be set.
 * Content-Length, Date, Connection and the security headers that every answer
 * carries (CSP, nosniff, Referrer-Policy, frame-ancestors) are the server's
 * business.
 */
struct response {
	int status;
	struct {
		struct str name, value;
	} headers[RESPONSE_HEADERS_MAX];
	size_t nheaders;
	struct buf body;
	int file;		/* body from this open file when file_len > 0; */
	off_t file_len;		/* the server closes it */
	bool close;		/* close the connection behind it */
};

/* Name and value must outlive the answer (literals, or the arena's). */
void response_header(struct response *r, const char *name, struct str value);

#endif
