#include "base/mustache_html.h"

#include <string.h>

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
is_letter(char c)
{
	return lower(c) >= 'a' && lower(c) <= 'z';
}

/* A word that does not fit is no word that we know: its length says so. */
static void
word_add(struct html_word *w, char c)
{
	if (w->n < HTML_WORD)
		w->p[w->n] = lower(c);
	if (w->n <= HTML_WORD)
		w->n++;
}

bool
html_word_is(const struct html_word *w, const char *s)
{
	return w->n == strlen(s) && w->n <= HTML_WORD &&
	       memcmp(w->p, s, w->n) == 0;
}

static bool
word_in(const struct html_word *w, const char *const *list)
{
	for (; *list != NULL; list++)
		if (html_word_is(w, *list))
			return true;
	return false;
}

/* A URL that is run: what follows in it is a script. */
static bool
is_script_url(const struct html_word *value)
{
	static const char scheme[] = "javascript:";
	size_t i = 0, n = sizeof(scheme) - 1;

	while (i < HTML_WORD && is_space(value->p[i]))
		i++;
	return i + n <= HTML_WORD && memcmp(value->p + i, scheme, n) == 0;
}

bool
html_attribute_is_code(const struct html *h)
{
	static const char *const code[] = { "style", "srcdoc", NULL };

	return is_script_url(&h->value) ||
	       (h->attribute.n > 2 && h->attribute.p[0] == 'o' &&
		   h->attribute.p[1] == 'n') ||
	       word_in(&h->attribute, code);
}

static void
end_attribute(struct html *h)
{
	static const char *const types[] = { "application/ld+json",
		"application/json", NULL };

	if (html_word_is(&h->element, "script") &&
	    html_word_is(&h->attribute, "type"))
		h->json = word_in(&h->value, types);
	h->attribute = h->value = (struct html_word){ 0 };
	h->state = HTML_TAG;
}

static void
end_tag(struct html *h)
{
	static const char *const raw[] = { "script", "style", "iframe", "xmp",
		"noembed", "noframes", "plaintext", NULL };
	static const char *const rcdata[] = { "title", "textarea", NULL };

	h->attribute = h->value = (struct html_word){ 0 };
	h->state = HTML_TEXT;
	h->filled = h->valued = false;
	if (h->end_tag)
		return;
	if (word_in(&h->element, raw))
		h->state = HTML_RAW;
	else if (word_in(&h->element, rcdata))
		h->state = HTML_RCDATA;
}

static void
tag_open(struct html *h, struct str rest)
{
	h->end_tag = rest.p[0] == '/';
	h->element = h->attribute = h->value = (struct html_word){ 0 };
	if (is_letter(rest.p[0])) {
		h->json = false;
		h->state = HTML_TAG_NAME;
		word_add(&h->element, rest.p[0]);
	} else if (h->end_tag) {
		h->state = HTML_TAG_NAME;
	} else if (str_starts(rest, STR("!--"))) {
		h->state = HTML_COMMENT;
		h->dashes = 0;
	} else if (rest.p[0] == '!' || rest.p[0] == '?') {
		h->state = HTML_BANG;
	} else if (rest.p[0] != '<') {
		h->state = HTML_TEXT;
	}
}

static void
comment(struct html *h, char c)
{
	if (c == '-')
		h->dashes++;
	else if (c == '>' && h->dashes >= 2)
		h->state = HTML_TEXT;
	else if (c != '!' || h->dashes < 2)
		h->dashes = 0;
}

/* The end tag of the element whose content this is? */
static bool
ends_content(const struct html *h, struct str rest)
{
	size_t n = h->element.n;

	if (rest.n < n + 3 || rest.p[0] != '<' || rest.p[1] != '/')
		return false;
	for (size_t i = 0; i < n; i++)
		if (lower(rest.p[2 + i]) != h->element.p[i])
			return false;
	char c = rest.p[2 + n];
	return is_space(c) || c == '/' || c == '>';
}

static void
in_content(struct html *h, struct str rest)
{
	if (ends_content(h, rest))
		h->state = HTML_TAG_OPEN;
	else if (!is_space(rest.p[0])) {
		h->filled = true;
		h->crowded |= h->valued && h->state == HTML_RAW;
	}
}

static void
name_begin(struct html *h, char c)
{
	h->attribute = h->value = (struct html_word){ 0 };
	word_add(&h->attribute, c);
	h->state = HTML_NAME;
}

static void
in_tag(struct html *h, char c)
{
	if (c == '>')
		end_tag(h);
	else if (is_space(c) || c == '/')
		h->state = h->state == HTML_AFTER_NAME && c != '/'
			       ? HTML_AFTER_NAME
			       : HTML_TAG;
	else if (h->state == HTML_AFTER_NAME && c == '=')
		h->state = HTML_EQUALS;
	else
		name_begin(h, c);
}

static void
in_name(struct html *h, char c)
{
	if (c == '=')
		h->state = HTML_EQUALS;
	else if (is_space(c))
		h->state = HTML_AFTER_NAME;
	else if (c == '/' || c == '>')
		in_tag(h, c);
	else
		word_add(&h->attribute, c);
}

static void
equals(struct html *h, char c)
{
	if (c == '"')
		h->state = HTML_DOUBLE;
	else if (c == '\'')
		h->state = HTML_SINGLE;
	else if (c == '>')
		end_tag(h);
	else if (!is_space(c)) {
		word_add(&h->value, c);
		h->state = HTML_UNQUOTED;
	}
}

static void
in_value(struct html *h, char c)
{
	bool ends = h->state == HTML_DOUBLE   ? c == '"'
		    : h->state == HTML_SINGLE ? c == '\''
					      : is_space(c) || c == '>';

	if (!ends) {
		word_add(&h->value, c);
		return;
	}
	end_attribute(h);
	if (c == '>')
		end_tag(h);
}

static void
step(struct html *h, struct str rest)
{
	char c = rest.p[0];

	switch (h->state) {
	case HTML_TEXT:
		if (c == '<')
			h->state = HTML_TAG_OPEN;
		break;
	case HTML_TAG_OPEN:
		tag_open(h, rest);
		break;
	case HTML_TAG_NAME:
		if (is_space(c) || c == '/' || c == '>')
			in_tag(h, c);
		else
			word_add(&h->element, c);
		break;
	case HTML_NAME_END:
		if (!is_space(c) && c != '/' && c != '>')
			h->broken_name = true;
		in_tag(h, c);
		break;
	case HTML_TAG:
	case HTML_AFTER_NAME:
		in_tag(h, c);
		break;
	case HTML_NAME:
		in_name(h, c);
		break;
	case HTML_EQUALS:
		equals(h, c);
		break;
	case HTML_UNQUOTED:
	case HTML_DOUBLE:
	case HTML_SINGLE:
		in_value(h, c);
		break;
	case HTML_COMMENT:
		comment(h, c);
		break;
	case HTML_BANG:
		if (c == '>')
			h->state = HTML_TEXT;
		break;
	case HTML_RAW:
	case HTML_RCDATA:
		in_content(h, rest);
		break;
	}
}

void
html_feed(struct html *h, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		if (h->state == HTML_TEXT) {
			ptrdiff_t tag =
			    str_find_char(str_slice(text, i, text.n), '<');
			if (tag < 0)
				return;
			i += (size_t)tag;
		}
		step(h, str_slice(text, i, text.n));
	}
}

void
html_value(struct html *h)
{
	h->value.n = HTML_WORD + 1;
	h->filled = true;
}

void
html_cut(struct html *h)
{
	switch (h->state) {
	case HTML_UNQUOTED:
		end_attribute(h);
		h->state = HTML_NAME_END;
		break;
	case HTML_TAG_NAME:
	case HTML_NAME:
		h->state = HTML_NAME_END;
		break;
	case HTML_AFTER_NAME:
		h->state = HTML_TAG;
		break;
	default:
		break;
	}
}

bool
html_same(const struct html *a, const struct html *b)
{
	enum html_state x = a->state == HTML_NAME_END ? HTML_TAG : a->state;
	enum html_state y = b->state == HTML_NAME_END ? HTML_TAG : b->state;

	if (x != y)
		return false;
	switch (x) {
	case HTML_DOUBLE:
	case HTML_SINGLE:
		return html_attribute_is_code(a) == html_attribute_is_code(b);
	case HTML_RCDATA:
		return a->element.n == b->element.n &&
		       memcmp(a->element.p, b->element.p, a->element.n) == 0;
	default:
		return true;
	}
}
