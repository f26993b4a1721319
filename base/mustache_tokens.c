#include "base/mustache_tokens.h"

#include "base/messages.h"

struct lexer {
	struct mustache_set *set;
	struct template *template;
	struct diag *diag;
	struct arena *arena;
	struct tokens *out;
	struct str left, right; /* delimiters */
};

static void
say(struct lexer *p, enum base_message m, size_t at, struct str a)
{
	p->template->broken = true;
	diag_say(p->diag, &base_messages[m], template_pos(p->template, at), a);
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

bool
text_is_blank(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!is_blank(s.p[i]))
			return false;
	return true;
}

static void
put_token(struct lexer *p, enum token_kind kind, struct str text, size_t at)
{
	*VEC_PUSH(p->arena, &p->out->list) = (struct token){ kind, text, at };
}

static void
put_text(struct lexer *p, size_t from, size_t to)
{
	struct str source = p->template->source;

	while (from < to) {
		struct str rest = str_slice(source, from, to - from);
		ptrdiff_t line = str_find_char(rest, '\n');
		size_t n = line < 0 ? rest.n : (size_t)line + 1;

		put_token(p, TOKEN_TEXT, str_slice(rest, 0, n), from);
		from += n;
	}
}

static enum token_kind
token_of(char sigil)
{
	switch (sigil) {
	case '{':
	case '&':
		return TOKEN_RAW;
	case '!':
	case '=':
		return TOKEN_COMMENT;
	case '/':
		return TOKEN_CLOSE;
	case '#':
		return TOKEN_SECTION;
	case '^':
		return TOKEN_INVERTED;
	case '>':
		return TOKEN_PARTIAL;
	case '<':
		return TOKEN_PARENT;
	case '$':
		return TOKEN_BLOCK;
	default:
		return TOKEN_VALUE;
	}
}

/* "<% %>" */
static void
set_delimiters(struct lexer *p, struct str text, size_t at)
{
	size_t n = 0, m;

	while (n < text.n && !is_blank(text.p[n]))
		n++;
	struct str left = str_slice(text, 0, n);
	struct str right = str_trim(str_slice(text, n, text.n));
	for (m = 0; m < right.n && !is_blank(right.p[m]); m++)
		continue;
	if (p->set->mode == MUSTACHE_THEME || left.n == 0 || right.n == 0 ||
	    m < right.n) {
		say(p, BASE_TEMPLATE_DELIMITERS, at, text);
		return;
	}
	p->left = left;
	p->right = right;
}

static bool
is_name_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/* A theme's names are plain: parts joined by dots, files by slashes too. */
static bool
name_is_plain(enum token_kind kind, struct str name)
{
	bool file = kind == TOKEN_PARTIAL || kind == TOKEN_PARENT;
	bool part = false;

	if (str_eq(name, STR(".")))
		return !file && kind != TOKEN_BLOCK;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (is_name_char(c)) {
			part = true;
			continue;
		}
		if (!part || (c != '.' && !(file && c == '/')))
			return false;
		part = false;
	}
	return part;
}

static void
check_name(struct lexer *p, enum token_kind kind, struct str name, size_t at)
{
	if (name.n == 0) {
		say(p, BASE_TEMPLATE_TAG_EMPTY, at, name);
		return;
	}
	if (p->set->mode != MUSTACHE_THEME)
		return;
	if (kind == TOKEN_RAW)
		say(p, BASE_TEMPLATE_UNESCAPED, at, name);
	/* A closing tag need only be what was opened. */
	if (kind != TOKEN_CLOSE && !name_is_plain(kind, name))
		say(p, BASE_TEMPLATE_NAME, at, name);
}

/* A tag that begins at `at`; where the text goes on, or 0 if it has no end. */
static size_t
put_tag(struct lexer *p, size_t at)
{
	struct str source = p->template->source;
	struct str end = p->right;
	size_t from = at + p->left.n;
	char sigil;

	while (from < source.n && is_blank(source.p[from]))
		from++;
	sigil = from < source.n ? source.p[from] : '\0';
	if (sigil == '{' || sigil == '=')
		end = str_format(p->arena, "%c%.*s", sigil == '{' ? '}' : '=',
		    STR_ARG(p->right));
	enum token_kind kind = token_of(sigil);
	if (kind != TOKEN_VALUE)
		from++;
	struct str rest = str_slice(source, from, source.n);
	ptrdiff_t n = str_find(rest, end);
	if (n < 0) {
		say(p, BASE_TEMPLATE_TAG_OPEN, at, end);
		return 0;
	}
	struct str text = str_trim(str_slice(rest, 0, (size_t)n));
	size_t next = from + (size_t)n + end.n;
	if (sigil == '=')
		set_delimiters(p, text, at);
	else if (kind != TOKEN_COMMENT)
		check_name(p, kind, text, at);
	put_token(p, kind, text, at);
	return next;
}

static bool
tokenize(struct lexer *p)
{
	struct str source = p->template->source;
	size_t at = 0;

	while (at < source.n) {
		struct str rest = str_slice(source, at, source.n);
		ptrdiff_t tag = str_find(rest, p->left);

		if (tag < 0)
			break;
		put_text(p, at, at + (size_t)tag);
		at = put_tag(p, at + (size_t)tag);
		if (at == 0)
			return false;
	}
	put_text(p, at, source.n);
	return true;
}

bool
template_tokens(struct mustache_set *s, struct template *t, struct diag *d,
    struct arena *a, struct tokens *out)
{
	struct lexer p = {
		.set = s,
		.template = t,
		.diag = d,
		.arena = a,
		.out = out,
		.left = STR("{{"),
		.right = STR("}}"),
	};

	return tokenize(&p);
}
