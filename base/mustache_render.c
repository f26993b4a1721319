#include "base/buf.h"
#include "base/escape.h"
#include "base/mustache_ops.h"
#include "base/value.h"

/* What names are looked up in, from the inside outwards. */
struct scope {
	const struct value *value;
	const struct scope *up;
};

/* The parents that are being rendered, from the inside outwards. */
struct frame {
	const struct template *template; /* where the body stands */
	const struct op *parent;
	const struct frame *up;
};

/* What ops are run with. */
struct view {
	const struct template *template;
	const struct scope *scope;
	const struct frame *frame;
	int depth; /* of templates */
};

struct renderer {
	struct buf *out;
	struct buf indent; /* before each line of the templates */
	bool line_start;
	int max_depth;
	enum mustache_rc rc;
	struct pos *where;
};

static void run(struct renderer *r, const struct view *v, size_t from,
    size_t to);

static void
fail(struct renderer *r, const struct view *v, const struct op *op,
    enum mustache_rc rc)
{
	if (r->rc != MUSTACHE_OK)
		return;
	r->rc = rc;
	*r->where = template_pos(v->template, op->at);
}

static void
put_text(struct renderer *r, struct str text)
{
	if (r->indent.n == 0) {
		buf_str(r->out, text);
		r->line_start = text.p[text.n - 1] == '\n';
		return;
	}
	while (text.n > 0) {
		ptrdiff_t end = str_find_char(text, '\n');
		size_t n = end < 0 ? text.n : (size_t)end + 1;

		if (r->line_start && end != 0)
			buf_str(r->out, buf_view(&r->indent));
		buf_str(r->out, str_slice(text, 0, n));
		r->line_start = end >= 0;
		text = str_slice(text, n, text.n);
	}
}

static const struct value *
look_up(const struct scope *s, const struct template_name *name)
{
	const struct value *v = NULL;

	if (name->n == 0)
		return s->value;
	for (; s != NULL && v == NULL; s = s->up)
		v = value_find(s->value, name->parts[0].text,
		    name->parts[0].hash);
	for (size_t i = 1; i < name->n && v != NULL; i++)
		v = value_find(v, name->parts[i].text, name->parts[i].hash);
	return v;
}

static void
put_value(struct renderer *r, const struct view *v, const struct op *op)
{
	const struct value *value = look_up(v->scope, op->name);
	enum value_kind kind = value_kind(value);
	struct str s = value_str(value);

	if (s.n == 0)
		return;
	if (r->line_start && r->indent.n > 0)
		buf_str(r->out, buf_view(&r->indent));
	r->line_start = false;
	switch (op->out) {
	case OUT_CONTENT:
		if (kind == VALUE_HTML)
			break;
		escape_html(r->out, s);
		return;
	case OUT_UNSEEN:
	case OUT_ESCAPED:
		escape_html(r->out, s);
		return;
	case OUT_ICS:
		escape_ics(r->out, s);
		return;
	case OUT_JSON:
		if (kind == VALUE_JSON)
			break;
		escape_json(r->out, s);
		return;
	case OUT_JSON_ONLY:
		if (kind == VALUE_JSON)
			break;
		fail(r, v, op, MUSTACHE_NOT_JSON);
		return;
	case OUT_PLAIN:
		break;
	}
	buf_str(r->out, s);
}

static void
run_section(struct renderer *r, const struct view *v, const struct op *op)
{
	const struct value *value = look_up(v->scope, op->name);
	struct scope scope = { value, v->scope };
	struct view inner = *v;
	size_t from = (size_t)(op - v->template->ops.at) + 1;

	if (value_is_empty(value))
		return;
	inner.scope = &scope;
	if (value_kind(value) != VALUE_LIST) {
		run(r, &inner, from, op->end);
		return;
	}
	for (size_t i = 0; i < value_count(value); i++) {
		scope.value = value_at(value, i);
		run(r, &inner, from, op->end);
	}
}

static void
run_template(struct renderer *r, const struct view *v, const struct op *op)
{
	struct frame frame = { v->template, op, v->frame };
	struct view inner = *v;
	size_t indent = r->indent.n;

	if (op->target == NULL)
		return;
	if (v->depth >= r->max_depth) {
		fail(r, v, op, MUSTACHE_DEEP);
		return;
	}
	inner.template = op->target;
	inner.depth++;
	if (op->fills != NULL)
		inner.frame = &frame;
	buf_str(&r->indent, op->text);
	run(r, &inner, 0, op->target->ops.n);
	r->indent.n = indent;
}

/*
 * The outermost parent that fills a block wins.  What it fills it with was
 * written where only the parents around that one are known, so a block of the
 * same name inside it does not go round in a circle.
 */
static void
run_block(struct renderer *r, const struct view *v, const struct op *op)
{
	struct view inner = *v;
	const struct block_fill *fill = NULL;
	size_t from = (size_t)(op - v->template->ops.at) + 1;
	size_t to = op->end, indent = r->indent.n;

	for (const struct frame *f = v->frame; f != NULL; f = f->up)
		for (const struct block_fill *b = f->parent->fills; b != NULL;
		     b = b->next)
			if (b->name == op->name) {
				fill = b;
				inner.template = f->template;
				inner.frame = f->up;
			}
	if (fill != NULL) {
		from = fill->op + 1;
		to = inner.template->ops.at[fill->op].end;
	}
	buf_str(&r->indent, op->text);
	run(r, &inner, from, to);
	r->indent.n = indent;
}

static void
run(struct renderer *r, const struct view *v, size_t from, size_t to)
{
	const struct op *ops = v->template->ops.at;

	for (size_t i = from; i < to && r->rc == MUSTACHE_OK; i = ops[i].end) {
		const struct op *op = &ops[i];

		switch (op->kind) {
		case OP_TEXT:
			put_text(r, op->text);
			break;
		case OP_VALUE:
			put_value(r, v, op);
			break;
		case OP_SECTION:
			run_section(r, v, op);
			break;
		case OP_INVERTED:
			if (value_is_empty(look_up(v->scope, op->name)))
				run(r, v, i + 1, op->end);
			break;
		case OP_PARTIAL:
		case OP_PARENT:
			run_template(r, v, op);
			break;
		case OP_BLOCK:
			run_block(r, v, op);
			break;
		}
	}
}

enum mustache_rc
mustache_render(const struct mustache_set *s, struct str name,
    const struct value *outer, const struct value *v, struct buf *out,
    struct pos *where)
{
	const struct template *t = map_get(&s->templates, name);
	struct scope outside = { outer, NULL };
	struct scope inside = { v, &outside };
	struct view view = { .template = t, .scope = &inside };
	struct renderer r = {
		.out = out,
		.line_start = true,
		.max_depth = s->mode == MUSTACHE_SPEC ? MUSTACHE_SPEC_DEPTH
						      : MUSTACHE_DEPTH,
		.where = where,
	};

	*where = (struct pos){ 0 };
	if (t == NULL || t->broken)
		return MUSTACHE_MISSING;
	run(&r, &view, 0, t->ops.n);
	buf_free(&r.indent);
	return r.rc;
}
