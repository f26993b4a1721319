#include "generator/write/css.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

struct css {
	struct buf *out;
	struct str rest;
	int line, column;
	css_resolve resolve;
	void *context;
};

/* Steps over n bytes. */
static void
skip(struct css *c, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		unsigned char byte = (unsigned char)c->rest.p[i];

		if (byte == '\n') {
			c->line++;
			c->column = 1;
		} else if ((byte & 0xc0) != 0x80) {
			c->column++;
		}
	}
	c->rest = str_slice(c->rest, n, c->rest.n);
}

static void
copy(struct css *c, size_t n)
{
	buf_put(c->out, c->rest.p, n);
	skip(c, n);
}

static bool
name_char(char ch)
{
	return (ch >= 'a' && ch <= 'z') || (ch >= 'A' && ch <= 'Z') ||
	       (ch >= '0' && ch <= '9') || ch == '-' || ch == '_' ||
	       (unsigned char)ch >= 0x80;
}

static bool
blank(char ch)
{
	return ch == ' ' || ch == '\t' || ch == '\n' || ch == '\r' ||
	       ch == '\f';
}

/* Whether a word, in lower case, stands next. */
static bool
next_is(const struct css *c, struct str word)
{
	if (c->rest.n < word.n)
		return false;
	for (size_t i = 0; i < word.n; i++) {
		char ch = c->rest.p[i];

		if (ch >= 'A' && ch <= 'Z')
			ch = (char)(ch - 'A' + 'a');
		if (ch != word.p[i])
			return false;
	}
	return true;
}

static void
copy_blanks(struct css *c)
{
	while (c->rest.n > 0 && blank(c->rest.p[0]))
		copy(c, 1);
}

/* The length of a text in quotes, with both; to the end when it is open. */
static size_t
quoted_length(struct str s)
{
	size_t i = 1;

	while (i < s.n && s.p[i] != s.p[0])
		i += s.p[i] == '\\' ? 2 : 1;
	return i + 1 < s.n ? i + 1 : s.n;
}

static size_t
comment_length(struct str s)
{
	ptrdiff_t end = str_find(str_slice(s, 2, s.n), STR("*/"));

	return end < 0 ? s.n : (size_t)end + 4;
}

static void
put_reference(struct css *c, size_t n)
{
	struct css_reference r = { str_slice(c->rest, 0, n), c->line,
		c->column };

	if (str_starts(r.text, STR("#")) || str_starts(r.text, STR("data:")))
		buf_str(c->out, r.text);
	else
		buf_str(c->out, c->resolve(c->context, &r));
	skip(c, n);
}

static void
quoted_reference(struct css *c)
{
	size_t n = quoted_length(c->rest);
	bool closed = n > 1 && c->rest.p[n - 1] == c->rest.p[0];

	copy(c, 1);
	put_reference(c, closed ? n - 2 : n - 1);
	if (closed)
		copy(c, 1);
}

static bool
at_quote(const struct css *c)
{
	return c->rest.n > 0 && (c->rest.p[0] == '"' || c->rest.p[0] == '\'');
}

/* Behind "url(". */
static void
url_reference(struct css *c)
{
	copy_blanks(c);
	if (at_quote(c)) {
		quoted_reference(c);
		return;
	}
	size_t n = 0;
	while (n < c->rest.n && c->rest.p[n] != ')' && !blank(c->rest.p[n]))
		n++;
	put_reference(c, n);
}

static void
step(struct css *c, bool in_name)
{
	if (str_starts(c->rest, STR("/*"))) {
		copy(c, comment_length(c->rest));
	} else if (at_quote(c)) {
		copy(c, quoted_length(c->rest));
	} else if (!in_name && next_is(c, STR("url("))) {
		copy(c, strlen("url("));
		url_reference(c);
	} else if (next_is(c, STR("@import"))) {
		copy(c, strlen("@import"));
		copy_blanks(c);
		if (at_quote(c))
			quoted_reference(c);
	} else {
		copy(c, 1);
	}
}

void
css_rewrite(struct buf *out, struct str css, css_resolve resolve, void *context)
{
	struct css c = { out, css, 1, 1, resolve, context };
	bool in_name = false;

	while (c.rest.n > 0) {
		char first = c.rest.p[0];
		size_t before = c.rest.n;

		step(&c, in_name);
		in_name = before - c.rest.n == 1 && name_char(first);
	}
}
