#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include "base/str.h"

struct buf;

/* Text into a context; the name is the context.  Input is valid UTF-8. */

/* & < > " ' — element content and quoted attributes, HTML and XML. */
void escape_html(struct buf *b, struct str s);
/* One part of a path or a query: all but unreserved (RFC 3986 2.3). */
void escape_url_part(struct buf *b, struct str s);
/* A whole URL or path: only bytes that may not stand in one. */
void escape_url(struct buf *b, struct str s);
/* Inside the quotes of a JSON string; < > & and U+2028/9 as \u too. */
void escape_json(struct buf *b, struct str s);
/* RFC 5545 3.3.11 TEXT: \ ; , and line ends. */
void escape_ics(struct buf *b, struct str s);

#endif
