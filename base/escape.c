#include "base/escape.h"

#include <stdbool.h>
#include <string.h>

#include "base/buf.h"

static const char *
html_name(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void
escape_html(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		const char *name = html_name(s.p[i]);

		if (name == NULL)
			continue;
		buf_put(b, s.p + from, i - from);
		buf_str(b, str_from(name));
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, s.p + from, s.n - from);
}

static bool
letter_or_digit(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

static bool
hex_digit(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') ||
	       (c >= 'A' && c <= 'F');
}

static void
put_percent(struct buf *b, char c)
{
	static const char digits[] = "0123456789ABCDEF";
	unsigned char u = (unsigned char)c;

	buf_put(b, (char[]){ '%', digits[u >> 4], digits[u & 15] }, 3);
}

static bool
one_of(char c, const char *set)
{
	return c != '\0' && strchr(set, c) != NULL;
}

void
escape_url_part(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (letter_or_digit(s.p[i]) || one_of(s.p[i], "-._~"))
			buf_char(b, s.p[i]);
		else
			put_percent(b, s.p[i]);
	}
}

/* Where the host ends: only there may brackets stand (RFC 3986 3.2.2). */
static size_t
end_of_host(struct str s)
{
	size_t i = 0;

	while (i < s.n && !one_of(s.p[i], ":/?#[]"))
		i++;
	if (!str_starts(str_slice(s, i, s.n), STR("://")))
		return 0;
	for (i += 3; i < s.n && !one_of(s.p[i], "/?#");)
		i++;
	return i;
}

void
escape_url(struct buf *b, struct str s)
{
	size_t host = end_of_host(s);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		/* What is encoded already stays. */
		bool encoded = c == '%' && i + 2 < s.n &&
			       hex_digit(s.p[i + 1]) && hex_digit(s.p[i + 2]);

		if (letter_or_digit(c) || encoded ||
		    one_of(c, "-._~:/?#@!$&'()*+,;=") ||
		    (i < host && one_of(c, "[]")))
			buf_char(b, c);
		else
			put_percent(b, c);
	}
}

/* U+2028 and U+2029 end a line in old JavaScript. */
static bool
line_separator(struct str s, size_t i)
{
	return i + 2 < s.n && (unsigned char)s.p[i] == 0xe2 &&
	       (unsigned char)s.p[i + 1] == 0x80 &&
	       ((unsigned char)s.p[i + 2] & 0xfe) == 0xa8;
}

static void
json_char(struct buf *b, char c)
{
	static const char from[] = "\"\\\b\f\n\r\t", to[] = "\"\\bfnrt";

	if (one_of(c, from)) {
		buf_char(b, '\\');
		buf_char(b, to[strchr(from, c) - from]);
		return;
	}
	buf_printf(b, "\\u%04x", (unsigned)(unsigned char)c);
}

/* "<", ">" and "&" mean something to the HTML around a script. */
static bool
json_plain(char c)
{
	return (unsigned char)c >= 0x20 && c != '"' && c != '\\' && c != '<' &&
	       c != '>' && c != '&';
}

void
escape_json(struct buf *b, struct str s)
{
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++) {
		bool separator = line_separator(s, i);

		if (json_plain(s.p[i]) && !separator)
			continue;
		buf_put(b, s.p + from, i - from);
		if (separator) {
			bool paragraph = s.p[i + 2] & 1;

			buf_str(b, paragraph ? STR("\\u2029") : STR("\\u2028"));
			i += 2;
		} else {
			json_char(b, s.p[i]);
		}
		from = i + 1;
	}
	if (from < s.n)
		buf_put(b, s.p + from, s.n - from);
}

void
escape_ics(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		if (c == '\r' || c == '\n') {
			buf_str(b, STR("\\n"));
			continue;
		}
		if (one_of(c, "\\;,"))
			buf_char(b, '\\');
		/* Other control characters may not stand in TEXT. */
		if (c == '\t' || ((unsigned char)c >= 0x20 && c != 0x7f))
			buf_char(b, c);
	}
}
