#include "submitd/mail/compose.h"

#include <assert.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/hash.h"
#include "base/utf8.h"

enum {
	ADDRESS_MAX = 254,
	LOCAL_MAX = 64,
	WORD_BYTES = 42, /* 56 base64 characters, 68 with its frame */
	PLAIN_MAX = 60,  /* a longer plain header is encoded, too */
	LINE_BYTES = 57, /* 76 base64 characters */
	BOUNDARY_DIGITS = 24,
};

/* Of a line's bytes at most. */
static void
put_base64(struct buf *b, struct str s)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	char line[LINE_BYTES / 3 * 4], *p = line;

	assert(s.n <= LINE_BYTES);
	for (size_t i = 0; i < s.n; i += 3) {
		size_t left = s.n - i;
		unsigned v = (unsigned)(unsigned char)s.p[i] << 16;

		if (left > 1)
			v |= (unsigned)(unsigned char)s.p[i + 1] << 8;
		if (left > 2)
			v |= (unsigned char)s.p[i + 2];
		*p++ = digits[v >> 18];
		*p++ = digits[v >> 12 & 63];
		*p++ = left > 1 ? digits[v >> 6 & 63] : '=';
		*p++ = left > 2 ? digits[v & 63] : '=';
	}
	buf_put(b, line, (size_t)(p - line));
}

static void
put_base64_lines(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i += LINE_BYTES) {
		put_base64(b, str_slice(s, i, LINE_BYTES));
		buf_str(b, STR("\r\n"));
	}
}

static bool
is_plain(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] < ' ' || s.p[i] > '~')
			return false;
	}
	return s.n <= PLAIN_MAX && str_find(s, STR("=?")) == -1;
}

/* How many bytes of whole code points fit into one encoded word. */
static size_t
word_length(struct str s)
{
	size_t n = s.n < WORD_BYTES ? s.n : WORD_BYTES;

	while (n < s.n && n > 1 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	return n;
}

/* Text of a header: controls become blanks, the rest goes as RFC 2047 says. */
static void
put_words(struct buf *b, struct str s)
{
	struct buf clean = { 0 };

	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		buf_char(&clean, c < ' ' || c == 0x7f ? ' ' : s.p[i]);
	}
	s = str_trim(buf_view(&clean));
	if (is_plain(s)) {
		buf_str(b, s);
	} else {
		for (size_t n; s.n > 0; s = str_slice(s, n, s.n)) {
			n = word_length(s);
			buf_str(b, STR("=?UTF-8?B?"));
			put_base64(b, str_slice(s, 0, n));
			buf_str(b, STR("?="));
			if (n < s.n)
				buf_str(b, STR("\r\n "));
		}
	}
	buf_free(&clean);
}

/* A display name: a plain one is quoted, so that "," or "@" mean nothing. */
static void
put_name(struct buf *b, struct str s)
{
	if (!is_plain(s)) {
		put_words(b, s);
		return;
	}
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_char(b, '\\');
		buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
}

bool
compose_address_ok(struct str address)
{
	struct str local, domain;

	if (address.n > ADDRESS_MAX || !str_cut(address, '@', &local, &domain))
		return false;
	if (local.n == 0 || local.n > LOCAL_MAX || domain.n == 0 ||
	    str_find_char(domain, '@') != -1 ||
	    str_find(address, STR("..")) != -1 || local.p[0] == '.' ||
	    local.p[0] == '-' || local.p[local.n - 1] == '.' ||
	    domain.p[0] == '.' || domain.p[domain.n - 1] == '.')
		return false;
	for (size_t i = 0; i < address.n; i++) {
		char c = address.p[i];

		if (c <= ' ' || c > '~' ||
		    str_find_char(STR("<>()[],;:\\\""), c) != -1)
			return false;
	}
	return true;
}

/* What goes between "<" and ">" or stands bare in a header of ours. */
static bool
is_token(struct str s)
{
	if (s.n == 0)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '.' ||
			c == '_'))
			return false;
	}
	return true;
}

static void
put_part(struct buf *b, const char *type, struct str text)
{
	buf_printf(b,
	    "Content-Type: %s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: base64\r\n\r\n",
	    type);
	put_base64_lines(b, text);
}

static void
put_body(struct buf *b, const struct letter *l)
{
	struct arena arena = { 0 };
	struct str parts[] = { l->id, l->text, l->html };
	struct str mark =
	    hash_hex(&arena, hash_of_all(parts, 3), BOUNDARY_DIGITS);

	if (l->html.n == 0) {
		put_part(b, "text/plain", l->text);
		arena_free(&arena);
		return;
	}
	/* "=_" cannot come from base64: no body holds the boundary. */
	buf_printf(b,
	    "Content-Type: multipart/alternative; boundary=\"=_%.*s\"\r\n\r\n",
	    STR_ARG(mark));
	buf_printf(b, "--=_%.*s\r\n", STR_ARG(mark));
	put_part(b, "text/plain", l->text);
	buf_printf(b, "--=_%.*s\r\n", STR_ARG(mark));
	put_part(b, "text/html", l->html);
	buf_printf(b, "--=_%.*s--\r\n", STR_ARG(mark));
	arena_free(&arena);
}

bool
compose(struct buf *out, const struct letter *l)
{
	if (!compose_address_ok(l->to) || !compose_address_ok(l->from) ||
	    !is_token(l->id) || !is_token(l->host) || !is_token(l->kind) ||
	    !is_token(l->language))
		return false;
	buf_str(out, STR("Date: "));
	date_put_rfc5322(out, l->at);
	buf_str(out, STR("\r\nFrom: "));
	put_name(out, l->from_name);
	buf_printf(out, " <%.*s>\r\n", STR_ARG(l->from));
	buf_printf(out, "To: <%.*s>\r\n", STR_ARG(l->to));
	buf_str(out, STR("Subject: "));
	put_words(out, l->subject);
	buf_printf(out, "\r\nMessage-ID: <%.*s@%.*s>\r\n", STR_ARG(l->id),
	    STR_ARG(l->host));
	buf_printf(out, "X-Kruzhok-Letter: %.*s\r\n", STR_ARG(l->kind));
	buf_printf(out, "Content-Language: %.*s\r\n", STR_ARG(l->language));
	buf_str(out, STR("Auto-Submitted: auto-generated\r\n"
			 "MIME-Version: 1.0\r\n"));
	put_body(out, l);
	return true;
}
