#include "base/utf8.h"

#include <utf8proc.h>

#include "base/arena.h"

bool
utf8_valid(struct str s, size_t *bad)
{
	for (size_t i = 0; i < s.n;) {
		utf8proc_int32_t cp;

		if ((unsigned char)s.p[i] < 0x80) {
			i++;
			continue;
		}
		utf8proc_ssize_t n =
		    utf8proc_iterate((const utf8proc_uint8_t *)s.p + i,
			(utf8proc_ssize_t)(s.n - i), &cp);
		if (n <= 0) {
			if (bad != NULL)
				*bad = i;
			return false;
		}
		i += (size_t)n;
	}
	return true;
}

size_t
utf8_count(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += ((unsigned char)s.p[i] & 0xc0) != 0x80;
	return n;
}

uint32_t
utf8_next(struct str *s)
{
	utf8proc_int32_t cp;

	if (s->n == 0)
		return 0;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s->p,
	    (utf8proc_ssize_t)s->n, &cp);
	if (n <= 0) { /* not valid after all: byte by byte */
		n = 1;
		cp = 0xfffd;
	}
	s->p += n;
	s->n -= (size_t)n;
	return (uint32_t)cp;
}

size_t
utf8_put(char out[4], uint32_t cp)
{
	if (cp > 0x10ffff || (cp >= 0xd800 && cp < 0xe000))
		cp = 0xfffd;
	return (size_t)utf8proc_encode_char((utf8proc_int32_t)cp,
	    (utf8proc_uint8_t *)out);
}

static struct str
mapped(struct arena *a, struct str s, utf8proc_option_t options)
{
	const utf8proc_uint8_t *in = (const utf8proc_uint8_t *)s.p;
	utf8proc_ssize_t size = (utf8proc_ssize_t)s.n;

	utf8proc_ssize_t n = utf8proc_decompose(in, size, NULL, 0, options);
	if (n <= 0)
		return str_dup(a, s);
	utf8proc_int32_t *room = arena_alloc(a, sizeof(*room), (size_t)n + 1);
	n = utf8proc_decompose(in, size, room, n, options);
	n = utf8proc_reencode(room, n, options);
	if (n < 0)
		return str_dup(a, s);
	return (struct str){ (const char *)room, (size_t)n };
}

static bool
ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

struct str
utf8_nfc(struct arena *a, struct str s)
{
	if (ascii(s))
		return str_dup(a, s);
	return mapped(a, s, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
}

struct str
utf8_fold(struct arena *a, struct str s)
{
	return mapped(a, s,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

uint32_t
utf8_lower(uint32_t cp)
{
	return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

bool
utf8_is_word(uint32_t cp)
{
	switch (utf8proc_category((utf8proc_int32_t)cp)) {
	case UTF8PROC_CATEGORY_LU:
	case UTF8PROC_CATEGORY_LL:
	case UTF8PROC_CATEGORY_LT:
	case UTF8PROC_CATEGORY_LM:
	case UTF8PROC_CATEGORY_LO:
	case UTF8PROC_CATEGORY_ND:
	case UTF8PROC_CATEGORY_NL:
	case UTF8PROC_CATEGORY_NO:
		return true;
	default:
		return false;
	}
}
