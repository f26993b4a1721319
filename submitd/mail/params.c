#include "submitd/mail/params.h"

#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/utf8.h"

enum { HEX_DIGITS = 4 };

struct cursor {
	struct arena *arena;
	struct str left;
};

static void
skip_blanks(struct cursor *c)
{
	while (
	    c->left.n > 0 && str_find_char(STR(" \t\r\n"), c->left.p[0]) != -1)
		c->left = str_slice(c->left, 1, c->left.n);
}

static bool
take(struct cursor *c, char wanted)
{
	skip_blanks(c);
	if (c->left.n == 0 || c->left.p[0] != wanted)
		return false;
	c->left = str_slice(c->left, 1, c->left.n);
	return true;
}

static int
hex(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* The code point of \uXXXX; our writer never makes pairs of them. */
static bool
take_hex(struct cursor *c, uint32_t *out)
{
	if (c->left.n < HEX_DIGITS)
		return false;
	*out = 0;
	for (int i = 0; i < HEX_DIGITS; i++) {
		int digit = hex(c->left.p[i]);

		if (digit == -1)
			return false;
		*out = *out << 4 | (uint32_t)digit;
	}
	c->left = str_slice(c->left, HEX_DIGITS, c->left.n);
	return *out < 0xd800 || *out > 0xdfff;
}

/* What stands behind a backslash, into at most 4 bytes. */
static bool
take_escape(struct cursor *c, char out[4], size_t *n)
{
	static const char names[] = "\"\\/bfnrt";
	static const char values[] = "\"\\/\b\f\n\r\t";
	uint32_t cp;

	if (c->left.n == 0)
		return false;
	char name = c->left.p[0];

	c->left = str_slice(c->left, 1, c->left.n);
	if (name == 'u') {
		if (!take_hex(c, &cp))
			return false;
		*n = utf8_put(out, cp);
		return true;
	}
	ptrdiff_t i = str_find_char(str_from(names), name);

	if (i == -1)
		return false;
	out[0] = values[i];
	*n = 1;
	return true;
}

static bool
take_string(struct cursor *c, struct str *out)
{
	/* What is escaped is never shorter than what it says. */
	char *text;
	size_t n = 0;

	if (!take(c, '"'))
		return false;
	text = arena_alloc(c->arena, 1, c->left.n + 1);
	while (c->left.n > 0 && c->left.p[0] != '"') {
		char bytes[4] = { c->left.p[0] };
		size_t count = 1;

		c->left = str_slice(c->left, 1, c->left.n);
		if (bytes[0] == '\\' && !take_escape(c, bytes, &count))
			return false;
		for (size_t i = 0; i < count; i++)
			text[n++] = bytes[i];
	}
	*out = (struct str){ text, n };
	return take(c, '"');
}

bool
params_read(struct arena *a, struct str json, struct map *out)
{
	struct cursor c = { a, json };
	struct str key;

	if (!take(&c, '{'))
		return false;
	if (take(&c, '}'))
		return c.left.n == 0;
	do {
		struct str *value = arena_alloc(a, sizeof(*value), 1);

		if (!take_string(&c, &key) || !take(&c, ':') ||
		    !take_string(&c, value) || !map_add(out, a, key, value))
			return false;
	} while (take(&c, ','));
	return take(&c, '}') && str_trim(c.left).n == 0;
}

struct str
params_get(const struct map *m, const char *name)
{
	const struct str *value = map_get(m, str_from(name));

	return value != NULL ? *value : (struct str){ 0 };
}
