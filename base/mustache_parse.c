#include "base/arena.h"
#include "base/messages.h"
#include "base/mustache_tokens.h"

/*
 * Source to ops, in two passes: tokens, then line by line, because a line
 * that holds nothing but a tag is not in the output (standalone), and because
 * the lines of a block lose the block's own indentation.
 */

/* A section, parent or block that waits for its end. */
struct opened {
	enum token_kind kind;
	size_t op;
	struct str name;
	struct str dedent; /* what the lines of a block lose */
};

struct parser {
	struct mustache_set *set;
	struct template *template;
	struct diag *diag;
	struct arena scratch;
	struct tokens tokens;
	struct opened open[MUSTACHE_DEPTH];
	size_t nopen;
	size_t barrier; /* texts are joined behind this op only */
};

static void
say(struct parser *p, enum base_message m, size_t at, struct str a,
    struct str b, struct str c)
{
	p->template->broken = true;
	diag_say(p->diag, &base_messages[m], template_pos(p->template, at), a,
	    b, c);
}

/* Spaces and tabs at the beginning. */
static struct str
leading(struct str s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == ' ' || s.p[n] == '\t'))
		n++;
	return str_slice(s, 0, n);
}

static struct op *
put_op(struct parser *p, enum op_kind kind, const struct token *t)
{
	struct op *op = VEC_PUSH(p->set->arena, &p->template->ops);

	op->kind = kind;
	op->at = (uint32_t)t->at;
	op->end = (uint32_t)p->template->ops.n;
	if (kind != OP_TEXT) {
		op->name = template_name(p->set, t->text);
		p->barrier = p->template->ops.n;
	}
	return op;
}

static void
emit_text(struct parser *p, const struct token *t, struct str text)
{
	struct template *tm = p->template;

	if (text.n == 0)
		return;
	if (tm->ops.n > p->barrier) {
		struct str *last = &tm->ops.at[tm->ops.n - 1].text;

		if (last->p + last->n == text.p) {
			last->n += text.n;
			return;
		}
	}
	put_op(p, OP_TEXT, t)->text = text;
}

/* A line without what the blocks around it were indented by. */
static struct str
dedent(const struct parser *p, struct str line)
{
	for (size_t i = 0; i < p->nopen; i++) {
		struct str d = p->open[i].dedent;
		size_t n = 0;

		while (n < d.n && n < line.n && line.p[n] == d.p[n])
			n++;
		line = str_slice(line, n, line.n);
		if (n < d.n)
			break;
	}
	return line;
}

/* The indentation of the first line with anything on it, from token i on. */
static struct str
next_indent(const struct parser *p, size_t i, struct str otherwise)
{
	for (; i < p->tokens.list.n; i++) {
		const struct token *t = &p->tokens.list.at[i];

		if (t->kind != TOKEN_TEXT)
			return STR("");
		bool whole = t->text.p[t->text.n - 1] == '\n';
		if (!whole || !text_is_blank(t->text))
			return leading(dedent(p, t->text));
	}
	return otherwise;
}

static void
open_tag(struct parser *p, enum op_kind kind, const struct token *t)
{
	struct op *op = put_op(p, kind, t);

	if (p->nopen == MUSTACHE_DEPTH) {
		say(p, BASE_TEMPLATE_NESTED, t->at, STR("32"), STR(""),
		    STR(""));
		return;
	}
	p->open[p->nopen++] = (struct opened){
		.kind = t->kind,
		.op = (size_t)(op - p->template->ops.at),
		.name = t->text,
	};
}

/* Notes a block that stands directly in a parent's body. */
static void
note_fill(struct parser *p, const struct token *t)
{
	struct template *tm = p->template;
	const struct template_name *name = template_name(p->set, t->text);
	struct block_fill **at;

	if (p->nopen == 0 || p->open[p->nopen - 1].kind != TOKEN_PARENT)
		return;
	at = &tm->ops.at[p->open[p->nopen - 1].op].fills;
	for (; *at != NULL; at = &(*at)->next)
		if ((*at)->name == name && p->set->mode == MUSTACHE_THEME)
			say(p, BASE_TEMPLATE_BLOCK_TWICE, t->at, t->text,
			    STR(""), STR(""));
	*at = arena_alloc(p->set->arena, sizeof(**at), 1);
	(*at)->name = name;
	(*at)->op = (uint32_t)tm->ops.n;
}

static bool
close_tag(struct parser *p, const struct token *t)
{
	if (p->nopen == 0) {
		say(p, BASE_TEMPLATE_SECTION_STRAY, t->at, t->text, STR(""),
		    STR(""));
		return false;
	}
	struct opened *o = &p->open[p->nopen - 1];
	struct op *op = &p->template->ops.at[o->op];
	if (!str_eq(o->name, t->text)) {
		say(p, BASE_TEMPLATE_SECTION_CROSSED, t->at, t->text, o->name,
		    str_format(&p->scratch, "%d",
			template_pos(p->template, op->at).line));
		return false;
	}
	op->end = (uint32_t)p->template->ops.n;
	p->barrier = p->template->ops.n;
	p->nopen--;
	return true;
}

/* In a theme a parent's body holds blocks, comments and blanks. */
static void
check_parent_body(struct parser *p, const struct token *t)
{
	size_t at = t->at;

	if (p->set->mode != MUSTACHE_THEME || p->nopen == 0 ||
	    p->open[p->nopen - 1].kind != TOKEN_PARENT)
		return;
	if (t->kind == TOKEN_BLOCK || t->kind == TOKEN_CLOSE ||
	    t->kind == TOKEN_COMMENT ||
	    (t->kind == TOKEN_TEXT && text_is_blank(t->text)))
		return;
	if (t->kind == TOKEN_TEXT)
		at += (size_t)(str_trim(t->text).p - t->text.p);
	say(p, BASE_TEMPLATE_PARENT_CONTENT, at, p->open[p->nopen - 1].name,
	    STR(""), STR(""));
}

struct line {
	size_t from, to; /* tokens */
	struct str lead; /* its indentation */
	bool standalone;
};

/* False: the file cannot be followed any further. */
static bool
emit_tag(struct parser *p, const struct line *l, size_t i)
{
	const struct token *t = &p->tokens.list.at[i];
	bool first = i == l->from || (i == l->from + 1 && l->lead.n > 0);
	struct str lead = first ? l->lead : STR("");
	struct op *op;

	switch (t->kind) {
	case TOKEN_TEXT:
	case TOKEN_COMMENT:
		break;
	case TOKEN_VALUE:
	case TOKEN_RAW:
		op = put_op(p, OP_VALUE, t);
		if (t->kind == TOKEN_RAW)
			op->out = OUT_PLAIN;
		break;
	case TOKEN_CLOSE:
		return close_tag(p, t);
	case TOKEN_SECTION:
		open_tag(p, OP_SECTION, t);
		break;
	case TOKEN_INVERTED:
		open_tag(p, OP_INVERTED, t);
		break;
	case TOKEN_PARTIAL:
		op = put_op(p, OP_PARTIAL, t);
		op->text = l->standalone ? lead : STR("");
		break;
	case TOKEN_PARENT:
		open_tag(p, OP_PARENT, t);
		op = &p->template->ops.at[p->template->ops.n - 1];
		op->text = l->standalone ? lead : STR("");
		break;
	case TOKEN_BLOCK:
		if (l->standalone)
			lead = next_indent(p, l->to, lead);
		note_fill(p, t);
		open_tag(p, OP_BLOCK, t);
		op = &p->template->ops.at[p->template->ops.n - 1];
		op->text = lead;
		if (p->nopen > 0)
			p->open[p->nopen - 1].dedent = lead;
		break;
	}
	return p->nopen < MUSTACHE_DEPTH || !p->template->broken;
}

/*
 * A line is standalone when it holds one tag and blanks, or tags of
 * inheritance and blanks; a block that begins and ends on it is content.
 */
static bool
line_is_standalone(const struct parser *p, const struct line *l)
{
	size_t tags = 0, opened = 0, closed = 0;
	bool parents[MUSTACHE_DEPTH], inheritance = true;

	for (size_t i = l->from; i < l->to; i++) {
		const struct token *t = &p->tokens.list.at[i];

		if (t->kind == TOKEN_TEXT) {
			if (!text_is_blank(t->text))
				return false;
			continue;
		}
		tags++;
		if (t->kind == TOKEN_VALUE || t->kind == TOKEN_RAW)
			return false;
		if (t->kind == TOKEN_PARENT || t->kind == TOKEN_BLOCK) {
			if (opened == MUSTACHE_DEPTH)
				return false;
			parents[opened++] = t->kind == TOKEN_PARENT;
		} else if (t->kind != TOKEN_CLOSE) {
			inheritance = false;
		} else if (opened > 0) {
			if (!parents[--opened])
				return false;
		} else if (closed < p->nopen) {
			closed++;
			if (p->open[p->nopen - closed].kind < TOKEN_PARENT)
				inheritance = false;
		}
	}
	return tags == 1 || (tags > 1 && inheritance);
}

static bool
emit_line(struct parser *p, size_t from, size_t to)
{
	struct line l = { .from = from, .to = to };
	struct str first = { 0 };

	if (p->tokens.list.at[from].kind == TOKEN_TEXT) {
		first = dedent(p, p->tokens.list.at[from].text);
		if (from + 1 < to && text_is_blank(first))
			l.lead = leading(first);
	}
	l.standalone = line_is_standalone(p, &l);
	for (size_t i = from; i < to; i++) {
		const struct token *t = &p->tokens.list.at[i];

		check_parent_body(p, t);
		if (t->kind != TOKEN_TEXT) {
			if (!emit_tag(p, &l, i))
				return false;
		} else if (!l.standalone) {
			emit_text(p, t, i == from ? first : t->text);
		}
	}
	return true;
}

static void
emit(struct parser *p)
{
	size_t from = 0;

	for (size_t i = 0; i < p->tokens.list.n; i++) {
		const struct token *t = &p->tokens.list.at[i];
		bool last =
		    t->kind == TOKEN_TEXT && t->text.p[t->text.n - 1] == '\n';

		if (!last && i + 1 < p->tokens.list.n)
			continue;
		if (!emit_line(p, from, i + 1))
			return;
		from = i + 1;
	}
	for (size_t i = 0; i < p->nopen; i++)
		say(p, BASE_TEMPLATE_SECTION_OPEN,
		    p->template->ops.at[p->open[i].op].at, p->open[i].name,
		    STR(""), STR(""));
}

void
template_parse(struct mustache_set *s, struct template *t, struct diag *d)
{
	struct parser p = {
		.set = s,
		.template = t,
		.diag = d,
	};

	if (template_tokens(s, t, d, &p.scratch, &p.tokens))
		emit(&p);
	arena_free(&p.scratch);
}
