#include "base/str.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"

struct str
str_from(const char *s)
{
	if (s == NULL)
		return (struct str){ 0 };
	return (struct str){ s, strlen(s) };
}

bool
str_eq(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int
str_cmp(struct str a, struct str b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int c = n == 0 ? 0 : memcmp(a.p, b.p, n);

	if (c != 0)
		return c;
	return a.n < b.n ? -1 : a.n > b.n;
}

bool
str_starts(struct str s, struct str prefix)
{
	return s.n >= prefix.n && str_eq((struct str){ s.p, prefix.n }, prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
	return s.n >= suffix.n &&
	       str_eq(str_slice(s, s.n - suffix.n, suffix.n), suffix);
}

ptrdiff_t
str_find_char(struct str s, char c)
{
	const char *at = s.n == 0 ? NULL : memchr(s.p, c, s.n);

	return at == NULL ? -1 : at - s.p;
}

ptrdiff_t
str_find(struct str s, struct str text)
{
	if (text.n == 0)
		return 0;
	for (size_t from = 0; from + text.n <= s.n; from++) {
		const char *at =
		    memchr(s.p + from, text.p[0], s.n - from - text.n + 1);
		if (at == NULL)
			return -1;
		if (memcmp(at, text.p, text.n) == 0)
			return at - s.p;
		from = (size_t)(at - s.p);
	}
	return -1;
}

struct str
str_slice(struct str s, size_t from, size_t n)
{
	if (from >= s.n)
		return (struct str){ s.n == 0 ? s.p : s.p + s.n, 0 };
	if (n > s.n - from)
		n = s.n - from;
	return (struct str){ s.p + from, n };
}

bool
str_cut(struct str s, char sep, struct str *head, struct str *tail)
{
	ptrdiff_t at = str_find_char(s, sep);

	if (at < 0) {
		*head = s;
		*tail = str_slice(s, s.n, 0);
		return false;
	}
	*head = str_slice(s, 0, (size_t)at);
	*tail = str_slice(s, (size_t)at + 1, s.n);
	return true;
}

static bool
blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

struct str
str_trim(struct str s)
{
	while (s.n > 0 && blank(s.p[s.n - 1]))
		s.n--;
	while (s.n > 0 && blank(s.p[0])) {
		s.p++;
		s.n--;
	}
	return s;
}

struct str
str_dup(struct arena *a, struct str s)
{
	return (struct str){ arena_copy(a, s.p, s.n), s.n };
}

char *
str_c(struct arena *a, struct str s)
{
	return arena_copy(a, s.p, s.n);
}

struct str
str_join(struct arena *a, size_t n, const struct str *parts)
{
	size_t length = 0;

	for (size_t i = 0; i < n; i++)
		length += parts[i].n;
	char *p = arena_alloc(a, 1, length + 1), *at = p;
	for (size_t i = 0; i < n; i++) {
		if (parts[i].n > 0)
			memcpy(at, parts[i].p, parts[i].n);
		at += parts[i].n;
	}
	return (struct str){ p, length };
}

struct str
str_format(struct arena *a, const char *fmt, ...)
{
	enum { SHORT = 256 }; /* most texts fit, and are formatted once */
	char text[SHORT];
	va_list ap;

	va_start(ap, fmt);
	int n = vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (n < 0)
		abort(); /* a wrong format is ours */
	if (n < SHORT)
		return (
		    struct str){ arena_copy(a, text, (size_t)n), (size_t)n };
	char *p = arena_alloc(a, 1, (size_t)n + 1);
	va_start(ap, fmt);
	vsnprintf(p, (size_t)n + 1, fmt, ap);
	va_end(ap);
	return (struct str){ p, (size_t)n };
}

struct str
str_int(struct arena *a, int64_t n)
{
	enum { ROOM = 20 }; /* "-9223372036854775808" */
	char digits[ROOM];
	size_t at = ROOM;
	uint64_t rest = n < 0 ? -(uint64_t)n : (uint64_t)n;

	do
		digits[--at] = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
	if (n < 0)
		digits[--at] = '-';
	return (struct str){ arena_copy(a, digits + at, ROOM - at), ROOM - at };
}

bool
str_to_int64(struct str s, int64_t *out)
{
	bool minus = s.n > 0 && s.p[0] == '-';
	struct str digits = str_slice(s, minus ? 1 : 0, s.n);
	int64_t n = 0;

	if (digits.n == 0 || digits.n > 19)
		return false;
	if (digits.p[0] == '0' && s.n > 1)
		return false;
	for (size_t i = 0; i < digits.n; i++) {
		int d = digits.p[i] - '0';

		if (d < 0 || d > 9)
			return false;
		/* Downwards: the smallest number has no positive twin. */
		if (n < (INT64_MIN + d) / 10)
			return false;
		n = n * 10 - d;
	}
	if (!minus && n == INT64_MIN)
		return false;
	*out = minus ? n : -n;
	return true;
}

enum { DISTANCE_LENGTH = 128 }; /* code points; longer texts only equal */

static size_t
code_points(struct str s, uint32_t out[DISTANCE_LENGTH])
{
	size_t n = 0;

	while (s.n > 0) {
		if (n == DISTANCE_LENGTH)
			return n + 1;
		out[n++] = utf8_next(&s);
	}
	return n;
}

static int
least(int a, int b)
{
	return a < b ? a : b;
}

int
str_distance(struct str a, struct str b, int max)
{
	uint32_t x[DISTANCE_LENGTH], y[DISTANCE_LENGTH];
	int rows[3][DISTANCE_LENGTH + 1];
	size_t nx = code_points(a, x), ny = code_points(b, y);

	if (nx > DISTANCE_LENGTH || ny > DISTANCE_LENGTH)
		return str_eq(a, b) ? 0 : max + 1;
	for (size_t j = 0; j <= ny; j++)
		rows[0][j] = (int)j;
	for (size_t i = 1; i <= nx; i++) {
		int *row = rows[i % 3], *last = rows[(i + 2) % 3],
		    *before = rows[(i + 1) % 3];

		row[0] = (int)i;
		for (size_t j = 1; j <= ny; j++) {
			int d = last[j - 1] + (x[i - 1] != y[j - 1]);

			d = least(d, least(last[j], row[j - 1]) + 1);
			if (i > 1 && j > 1 && x[i - 1] == y[j - 2] &&
			    x[i - 2] == y[j - 1])
				d = least(d, before[j - 2] + 1);
			row[j] = d;
		}
	}
	return least(rows[nx % 3][ny], max + 1);
}
