#ifndef SUBMITD_MAIL_COMPOSE_H
#define SUBMITD_MAIL_COMPOSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct buf;

/*
 * One letter.  Pure: text in, RFC 5322 out, every line ended by CRLF.  No
 * line of a visitor's text stands raw in it: headers that are not plain ASCII
 * become encoded words (RFC 2047), bodies are base64.
 */
struct letter {
	struct str id;       /* stable over repeats: Message-ID <id@host> */
	struct str host;     /* of base_url */
	struct str kind;     /* X-Kruzhok-Letter */
	struct str language; /* "ru" */
	struct str from_name, from;
	struct str to;
	struct str subject;
	struct str text, html; /* html may be empty */
	int64_t at;
};

/*
 * An address we write to: one '@', printable ASCII, at most 254 bytes, none of
 * the characters that mean something to SMTP or to a header.
 */
bool compose_address_ok(struct str address);

/* False when an address is not ok or a header is none; nothing is written. */
bool compose(struct buf *out, const struct letter *l);

#endif
