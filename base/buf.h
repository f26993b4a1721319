#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * Output that grows, up to `max` bytes (0: no ceiling).  Appending never
 * returns an error: what does not fit is dropped whole from there on and
 * buf_overflowed() is asked once, at the end.  Zero is a valid start.
 */
struct buf {
	char *p;
	size_t n, cap, max;
	bool overflowed;
};

void buf_put(struct buf *b, const char *p, size_t n);
void buf_str(struct buf *b, struct str s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
bool buf_overflowed(const struct buf *b);

/* Valid until the next append.  Has a NUL behind it. */
struct str buf_view(struct buf *b);

/* Empty again; the room is kept. */
void buf_reset(struct buf *b);

void buf_free(struct buf *b);

#endif
