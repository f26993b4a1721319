#ifndef GENERATOR_SEARCH_BYTES_H
#define GENERATOR_SEARCH_BYTES_H

#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

/* Seven bits a byte, the lowest first, the eighth set where more follow. */
static inline void
bytes_varint(struct buf *b, uint64_t n)
{
	for (; n >= 0x80; n >>= 7)
		buf_char(b, (char)(n | 0x80));
	buf_char(b, (char)n);
}

#endif
