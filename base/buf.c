#include "base/buf.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* Room for n more and a NUL; false when the ceiling is in the way. */
static bool
room(struct buf *b, size_t n)
{
	enum { FIRST = 256 };

	if (b->overflowed)
		return false;
	if (n > SIZE_MAX / 4 - b->n || (b->max > 0 && n > b->max - b->n)) {
		b->overflowed = true;
		return false;
	}
	size_t need = b->n + n + 1;
	if (need <= b->cap)
		return true;
	size_t cap = b->cap < FIRST ? FIRST : b->cap * 2;
	b->cap = cap < need ? need : cap;
	b->p = mem_resize(b->p, 1, b->cap);
	return true;
}

void
buf_put(struct buf *b, const char *p, size_t n)
{
	if (n == 0 || !room(b, n))
		return;
	memcpy(b->p + b->n, p, n);
	b->n += n;
}

void
buf_str(struct buf *b, struct str s)
{
	buf_put(b, s.p, s.n);
}

void
buf_char(struct buf *b, char c)
{
	if (!room(b, 1))
		return;
	b->p[b->n++] = c;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	if (b->p == NULL && !room(b, 0))
		return;
	va_start(ap, fmt);
	int n = vsnprintf(b->p + b->n, b->cap - b->n, fmt, ap);
	va_end(ap);
	if (n < 0)
		abort(); /* a wrong format is ours */
	bool whole = (size_t)n < b->cap - b->n;
	if (!room(b, (size_t)n))
		return;
	if (!whole) {
		va_start(ap, fmt);
		vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
		va_end(ap);
	}
	b->n += (size_t)n;
}

bool
buf_overflowed(const struct buf *b)
{
	return b->overflowed;
}

struct str
buf_view(struct buf *b)
{
	if (b->p == NULL)
		return STR("");
	b->p[b->n] = '\0';
	return (struct str){ b->p, b->n };
}

void
buf_reset(struct buf *b)
{
	b->n = 0;
	b->overflowed = false;
}

void
buf_free(struct buf *b)
{
	mem_free(b->p);
	*b = (struct buf){ .max = b->max };
}
