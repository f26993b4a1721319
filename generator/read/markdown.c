#include "generator/read/markdown.h"

#include <cmark.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/map.h"
#include "base/messages.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "generator/model/messages.h"
#include "generator/model/url.h"
#include "generator/read/kinds.h"
#include "generator/read/slug.h"

enum {
	HEADING_LAST = 6,
	SUMMARY_MAX = 200, /* code points */
};

struct render {
	struct reading *r;
	struct arena scratch; /* of this text */
	const struct markdown *m;
	struct str source;
	VEC(cmark_node *) headings;
	VEC(cmark_node *) links;
	VEC(cmark_node *) images;
	VEC(cmark_node *) raw;
	struct map slugs;
	struct buf text; /* of the first paragraphs */
	bool text_done;
};

/* Byte columns of cmark as code points; lines from 1. */
static int
column_of(struct str source, int line, int byte)
{
	struct str head, tail = source;

	for (int i = 1; i < line; i++)
		str_cut(tail, '\n', &head, &tail);
	str_cut(tail, '\n', &head, &tail);
	return (int)utf8_count(str_slice(head, 0, (size_t)byte - 1)) + 1;
}

static struct pos
place(const struct render *x, cmark_node *n)
{
	struct pos pos = x->m->pos;
	int line = cmark_node_get_start_line(n);
	int column = cmark_node_get_start_column(n);

	if (!x->m->file || line < 1 || column < 1)
		return pos;
	pos.line += line - 1;
	pos.column = column_of(x->source, line, column);
	return pos;
}

static void
tell(struct render *x, enum site_message m, cmark_node *n, struct str arg)
{
	diag_say(x->r->diag, &site_messages[m], place(x, n), arg);
}

/* How many marks of lists and quotes a line begins with. */
static int
marks(struct str line)
{
	int n = 0;

	for (size_t i = 0; i < line.n;) {
		size_t digits = 0;

		while (i + digits < line.n && line.p[i + digits] >= '0' &&
		       line.p[i + digits] <= '9')
			digits++;
		if (line.p[i] == ' ' || line.p[i] == '\t') {
			i++;
			continue;
		}
		if (digits > 0 && i + digits < line.n &&
		    (line.p[i + digits] == '.' || line.p[i + digits] == ')'))
			i += digits;
		else if (strchr("-+*>", line.p[i]) == NULL)
			return n;
		i++;
		n++;
	}
	return n;
}

/* A line of nothing but - or * is a rule, however long. */
static bool
is_rule(struct str line)
{
	char first = '\0';

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];

		if (c == ' ' || c == '\t' || c == '\r')
			continue;
		if (first == '\0' && strchr("-*", c) != NULL)
			first = c;
		else if (c != first || first == '\0')
			return false;
	}
	return true;
}

/* cmark takes quadratic time for lines of many marks. */
static bool
check_marks(struct reading *r, const struct markdown *m, struct str source)
{
	struct str line;
	struct pos pos = m->pos;

	for (; source.n > 0; pos.line += m->file ? 1 : 0) {
		str_cut(source, '\n', &line, &source);
		if (marks(line) <= MARKDOWN_MARKS_MAX)
			continue;
		if (is_rule(line) && line.n < 200)
			continue;
		diag_say(r->diag, &site_messages[SITE_MARKDOWN_DEEP], pos,
		    str_format(r->arena, "%d", MARKDOWN_MARKS_MAX));
		return false;
	}
	return true;
}

/* The plain text of a node's inside. */
static void
put_text(struct buf *b, cmark_node *top)
{
	cmark_iter *it = cmark_iter_new(top);
	cmark_event_type e;

	while ((e = cmark_iter_next(it)) != CMARK_EVENT_DONE) {
		cmark_node *n = cmark_iter_get_node(it);
		cmark_node_type t = cmark_node_get_type(n);

		if (e != CMARK_EVENT_ENTER)
			continue;
		if (t == CMARK_NODE_TEXT || t == CMARK_NODE_CODE)
			buf_str(b, str_from(cmark_node_get_literal(n)));
		else if (t == CMARK_NODE_SOFTBREAK || t == CMARK_NODE_LINEBREAK)
			buf_char(b, ' ');
	}
	cmark_iter_free(it);
}

/* An id of the page that no other heading of this text has. */
static struct str
heading_id(struct render *x, cmark_node *heading)
{
	struct arena *a = &x->scratch;
	struct buf text = { 0 }, slug = { 0 };
	struct str id;

	put_text(&text, heading);
	if (x->m->prefix[0] != '\0')
		buf_printf(&slug, "%s-", x->m->prefix);
	slug_put(&slug, buf_view(&text));
	if (slug.n == 0)
		buf_str(&slug, STR("section"));
	id = str_dup(a, buf_view(&slug));
	for (int i = 2; !map_add(&x->slugs, a, id, x); i++)
		id = str_format(a, "%.*s-%d", STR_ARG(buf_view(&slug)), i);
	buf_free(&text);
	buf_free(&slug);
	return id;
}

/* Puts a node of given html round the children of another, in its place. */
static void
wrap(cmark_node *n, cmark_node_type type, struct buf *enter, const char *leave)
{
	cmark_node *w = cmark_node_new(type), *child;

	buf_view(enter);
	cmark_node_set_on_enter(w, enter->p);
	cmark_node_set_on_exit(w, leave);
	while ((child = cmark_node_first_child(n)) != NULL)
		cmark_node_append_child(w, child);
	cmark_node_replace(n, w);
	cmark_node_free(n);
}

static void
render_heading(struct render *x, cmark_node *n)
{
	struct buf enter = { 0 };
	char leave[] = "</h1>";
	int level = cmark_node_get_heading_level(n) + x->m->heading_min - 2;

	if (level < x->m->heading_min)
		level = x->m->heading_min;
	if (level > HEADING_LAST)
		level = HEADING_LAST;
	leave[3] = (char)('0' + level);
	buf_printf(&enter, "<h%d id=\"", level);
	escape_html(&enter, heading_id(x, n));
	buf_str(&enter, STR("\">"));
	wrap(n, CMARK_NODE_CUSTOM_BLOCK, &enter, leave);
	buf_free(&enter);
}

static bool
has_scheme(struct str url, const char *const *schemes)
{
	for (; *schemes != NULL; schemes++) {
		size_t n = strlen(*schemes);
		size_t i = 0;

		while (i < n && i < url.n &&
		       (url.p[i] | ((*schemes)[i] >= 'a' ? 0x20 : 0)) ==
			   (*schemes)[i])
			i++;
		if (i == n && url.n > n)
			return true;
	}
	return false;
}

static const char *const far_schemes[] = { "https://", "http://", NULL };
static const char *const other_schemes[] = { "mailto:", "tel:", NULL };

static size_t
path_length(struct str url)
{
	size_t n = 0;

	while (n < url.n && url.p[n] != '#' && url.p[n] != '?')
		n++;
	return n;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "%20" is a blank in the name of a file. */
static struct str
decode(struct arena *a, struct str s)
{
	struct buf b = { 0 };
	struct str out;

	for (size_t i = 0; i < s.n; i++) {
		int high = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
		int low = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;

		if (s.p[i] == '%' && high >= 0 && low >= 0) {
			buf_char(&b, (char)(high * 16 + low));
			i += 2;
		} else {
			buf_char(&b, s.p[i]);
		}
	}
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

/* A path of the site: remembered, and as a page must write it. */
static const char *
local_url(struct render *x, cmark_node *n, struct str url)
{
	struct arena *a = x->r->arena;
	size_t length = path_length(url);
	struct link_use *use = VEC_PUSH(a, &x->r->links);
	struct str path = str_slice(url, 0, length);

	use->media = str_starts(path, STR("/media/"));
	use->path = decode(a, str_slice(path, use->media ? 1 : 0, path.n));
	use->pos = place(x, n);
	path = url_of(&x->scratch, x->r->site, str_slice(path, 1, path.n));
	return str_format(&x->scratch, "%.*s%.*s", STR_ARG(path),
	    STR_ARG(str_slice(url, length, url.n)))
	    .p;
}

static void
render_link(struct render *x, cmark_node *n)
{
	struct str url = str_from(cmark_node_get_url(n));

	if (str_starts(url, STR("#")) || has_scheme(url, other_schemes))
		return;
	if (has_scheme(url, far_schemes)) {
		struct buf plain = { 0 }, enter = { 0 };

		escape_url(&plain, url);
		buf_str(&enter, STR("<a href=\""));
		escape_html(&enter, buf_view(&plain));
		buf_str(&enter, STR("\" rel=\"nofollow noopener\">"));
		wrap(n, CMARK_NODE_CUSTOM_INLINE, &enter, "</a>");
		buf_free(&plain);
		buf_free(&enter);
	} else if (str_starts(url, STR("/")) && !str_starts(url, STR("//"))) {
		cmark_node_set_url(n, local_url(x, n, url));
	} else {
		tell(x, SITE_BAD_LINK, n, url);
	}
}

static void
render_image(struct render *x, cmark_node *n)
{
	struct str url = str_from(cmark_node_get_url(n));

	if (!str_starts(url, STR("/")) || str_starts(url, STR("//"))) {
		tell(x, SITE_FOREIGN_IMAGE, n, url);
		return;
	}
	if (cmark_node_first_child(n) == NULL)
		tell(x, SITE_IMAGE_ALT, n, url);
	cmark_node_set_url(n, local_url(x, n, url));
}

static void
drop_html(struct render *x, cmark_node *n)
{
	struct str html = str_trim(str_from(cmark_node_get_literal(n)));

	/*
	 * A comment of the author's to himself needs no warning, the end of
	 * what has been told no second one.
	 */
	if (!str_starts(html, STR("<!--")) && !str_starts(html, STR("</")))
		tell(x, SITE_HTML_LEFT_OUT, n, STR(""));
	cmark_node_free(n);
}

static void
take_summary(struct render *x, cmark_node *paragraph)
{
	if (x->text_done)
		return;
	if (x->text.n > 0)
		buf_char(&x->text, ' ');
	put_text(&x->text, paragraph);
	x->text_done = utf8_count(buf_view(&x->text)) > SUMMARY_MAX;
}

static void
collect(struct render *x, cmark_node *n)
{
	struct arena *a = &x->scratch;

	switch (cmark_node_get_type(n)) {
	case CMARK_NODE_HEADING:
		*VEC_PUSH(a, &x->headings) = n;
		break;
	case CMARK_NODE_LINK:
		*VEC_PUSH(a, &x->links) = n;
		break;
	case CMARK_NODE_IMAGE:
		*VEC_PUSH(a, &x->images) = n;
		break;
	case CMARK_NODE_HTML_BLOCK:
	case CMARK_NODE_HTML_INLINE:
		*VEC_PUSH(a, &x->raw) = n;
		break;
	case CMARK_NODE_PARAGRAPH:
		take_summary(x, n);
		break;
	default:
		break;
	}
}

/* Whole sentences up to SUMMARY_MAX, or words and an ellipsis. */
static struct str
cut_summary(struct arena *a, struct str text)
{
	struct str rest = text;
	size_t sentence = 0, word = 0;

	for (int i = 0; i < SUMMARY_MAX && rest.n > 0; i++) {
		uint32_t c = utf8_next(&rest);
		size_t at = text.n - rest.n;

		if (rest.n > 0 && rest.p[0] != ' ')
			continue;
		word = at;
		if (c == '.' || c == '!' || c == '?' || c == 0x2026)
			sentence = at;
	}
	if (rest.n == 0)
		return str_dup(a, text);
	if (sentence > 0)
		return str_dup(a, str_slice(text, 0, sentence));
	if (word == 0)
		word = text.n - rest.n;
	return str_format(a, "%.*s…", STR_ARG(str_slice(text, 0, word)));
}

static void
render_nodes(struct render *x, cmark_node *root)
{
	cmark_iter *it = cmark_iter_new(root);
	cmark_event_type e;

	while ((e = cmark_iter_next(it)) != CMARK_EVENT_DONE)
		if (e == CMARK_EVENT_ENTER)
			collect(x, cmark_iter_get_node(it));
	cmark_iter_free(it);
	for (size_t i = 0; i < x->images.n; i++)
		render_image(x, x->images.at[i]);
	for (size_t i = 0; i < x->headings.n; i++)
		render_heading(x, x->headings.at[i]);
	for (size_t i = 0; i < x->links.n; i++)
		render_link(x, x->links.at[i]);
	for (size_t i = 0; i < x->raw.n; i++)
		drop_html(x, x->raw.at[i]);
}

void
markdown_render(struct reading *r, const struct markdown *m, struct str source,
    struct prose *out)
{
	struct render x = { .r = r, .m = m, .source = source };
	cmark_node *root;
	char *html;

	out->pos = m->pos;
	if (source.n > MARKDOWN_MAX) {
		diag_say(r->diag, &base_messages[BASE_YAML_TOO_LONG], m->pos,
		    str_format(r->arena, "%d", MARKDOWN_MAX / 1024));
		return;
	}
	if (!check_marks(r, m, source))
		return;
	root = cmark_parse_document(source.p, source.n, CMARK_OPT_DEFAULT);
	render_nodes(&x, root);
	html = cmark_render_html(root, CMARK_OPT_DEFAULT);
	out->html = str_dup(r->arena, str_from(html));
	out->text = cut_summary(r->arena, str_trim(buf_view(&x.text)));
	cmark_get_default_mem_allocator()->free(html);
	cmark_node_free(root);
	buf_free(&x.text);
	arena_free(&x.scratch);
}
