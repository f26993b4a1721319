#ifndef SUBMITD_HTTP_RESPONSE_H
#define SUBMITD_HTTP_RESPONSE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/buf.h"
#include "base/str.h"
#include "submitd/http/request.h"

enum { RESPONSE_HEADERS_MAX = 24 };

/*
 * An answer in the making.  Zero is a valid start; the status must be set.
 *
 * Content-Length, Date and Connection are the server's business.  It also
 * puts on every answer what is not there yet: Content-Security-Policy,
 * Referrer-Policy, X-Content-Type-Options, Cache-Control (no-store) and, when
 * the site is https, Strict-Transport-Security.
 */
struct response {
	int status;
	struct {
		struct str name, value;
	} headers[RESPONSE_HEADERS_MAX];
	size_t nheaders;
	struct buf body;
	int file;       /* body from this open file when file_len > 0; */
	off_t file_len; /* the server closes it */
	bool close;     /* close the connection behind it */
};

/*
 * Name and value must outlive the answer (literals, or the arena's).  One
 * whose value has a control character, and any beyond the 24th, is dropped
 * and logged.
 */
void response_header(struct response *r, const char *name, struct str value);

/* A header set before; empty when there is none. */
struct str response_find(const struct response *r, const char *name);

/* "Not Found"; for a number without a name, "Status". */
const char *response_reason(int status);

/*
 * Fills the answer with a short sentence, or with problem+json when the
 * client would rather have that: what the server says on its own account.
 */
void response_trouble(struct response *res, const struct request *req,
    int status);

struct response_frame {
	struct str date; /* as in the Date header */
	bool https;
	bool http10;
	bool close;
};

/*
 * Appends the whole head of the answer, empty line included.  The length is
 * that of the body or the file, sent or not (HEAD); 204 and 304 have none.
 */
void response_put_head(const struct response *r, struct response_frame frame,
    struct buf *out);

#endif
