#ifndef SUBMITD_HTTP_PARSE_H
#define SUBMITD_HTTP_PARSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "submitd/http/request.h"

/*
 * Bytes to a request, in two strokes: where does the head end, and what does
 * it say.  Two readers, ours and llhttp, must agree on every head; whatever
 * one of them finds odd is refused, since an odd head is one that a proxy may
 * have read in another way.  Pure.
 */

/* Zero is a valid start; a new one for each head. */
struct parse_scan {
	uint16_t at;     /* bytes seen; of the whole head at the end */
	uint16_t column; /* in the line */
	uint8_t lines;
	bool cr;
};

enum parse_rc { PARSE_MORE, PARSE_WHOLE, PARSE_BAD, PARSE_TOO_LONG };

/*
 * Looks for the empty line that ends a head.  `bytes` begins where the head
 * does and may be longer at each call; what was seen is not looked at again.
 * Bad lines are told as soon as they are there.
 */
enum parse_rc parse_scan(struct parse_scan *scan, struct str bytes);

struct parse_framing {
	size_t body;           /* bytes of body behind the head */
	bool expects_continue; /* waits for "100 Continue" to send it */
};

/*
 * Reads a whole head.  0, or the status to refuse with (400, 413, 417, 431,
 * 501), after which the connection is good for nothing.  Views in *r point
 * into the head.  On 413, 417 and 501 the headers in *r are there.
 *
 * Methods other than GET, HEAD and POST are METHOD_OTHER, and the last on
 * their connection.
 */
int parse_head(struct str head, struct request *r,
    struct parse_framing *framing);

#endif
