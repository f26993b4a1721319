#include "base/arena.h"
#include "base/messages.h"
#include "base/mustache_html.h"
#include "base/mustache_ops.h"

/*
 * Walks the text of all .html templates and holds every tag to the place of
 * the HTML where it stands.  A partial, and what fills a block, is looked at
 * once for every kind of place that it is put in.
 */

/* Ops that begin in some place: a template, or what fills a block. */
struct stretch {
	struct template *template;
	size_t from, to;
	struct html start;
	size_t at; /* of the tag that it stands for */
};

/* A block of a template, and where it stands. */
struct site {
	const struct template *template;
	const struct template_name *name;
	struct html place;
};

/* What fills a block of the templates that a parent comes to. */
struct fill {
	struct template *template;
	const struct template *parent;
	const struct block_fill *block;
};

struct checker {
	struct mustache_set *set;
	struct diag *diag;
	struct arena scratch;
	const bool *reach;
	VEC(struct stretch) work; /* done and to be done */
	VEC(struct site) sites;
	VEC(struct fill) fills;
};

static void
say(struct checker *c, enum base_message m, const struct template *t, size_t at,
    struct str a, struct str b)
{
	diag_say(c->diag, &base_messages[m], template_pos(t, at), a, b);
}

static void
add_work(struct checker *c, struct template *t, size_t from, size_t to,
    const struct html *start, size_t at)
{
	for (size_t i = 0; i < c->work.n; i++) {
		const struct stretch *w = &c->work.at[i];

		if (w->template == t && w->from == from && w->to == to &&
		    html_same(&w->start, start))
			return;
	}
	*VEC_PUSH(&c->scratch, &c->work) =
	    (struct stretch){ t, from, to, *start, at };
}

static void
add_fill_work(struct checker *c, const struct fill *f, const struct site *s)
{
	size_t n = c->set->templates.n;

	if (f->block->name != s->name ||
	    !c->reach[f->parent->index * n + s->template->index])
		return;
	add_work(c, f->template, f->block->op + 1,
	    f->template->ops.at[f->block->op].end, &s->place,
	    f->template->ops.at[f->block->op].at);
}

static void
add_site(struct checker *c, const struct template *t, const struct op *op,
    const struct html *place)
{
	struct site *s = VEC_PUSH(&c->scratch, &c->sites);

	*s = (struct site){ t, op->name, *place };
	for (size_t i = 0; i < c->fills.n; i++)
		add_fill_work(c, &c->fills.at[i], s);
}

static void
add_fills(struct checker *c, struct template *t, const struct op *op)
{
	for (const struct block_fill *b = op->fills; b != NULL; b = b->next) {
		struct fill *f = VEC_PUSH(&c->scratch, &c->fills);

		*f = (struct fill){ t, op->target, b };
		for (size_t i = 0; i < c->sites.n; i++)
			add_fill_work(c, f, &c->sites.at[i]);
	}
}

/* Places where no tag may stand, whatever it is.  False: it is told. */
static bool
check_any(struct checker *c, const struct template *t, const struct op *op,
    const struct html *h)
{
	enum base_message m;

	switch (h->state) {
	case HTML_RAW:
		m = h->json ? BASE_TEMPLATE_IN_JSON : BASE_TEMPLATE_IN_RAW;
		break;
	case HTML_COMMENT:
	case HTML_BANG:
		m = BASE_TEMPLATE_IN_COMMENT;
		break;
	case HTML_TAG_OPEN:
	case HTML_EQUALS:
		m = op->kind != OP_VALUE        ? BASE_TEMPLATE_SECTION_PLACE
		    : h->state == HTML_TAG_OPEN ? BASE_TEMPLATE_IN_TAG
						: BASE_TEMPLATE_IN_UNQUOTED;
		break;
	default:
		return true;
	}
	say(c, m, t, op->at, op->name->text, STR(""));
	return false;
}

/* The last part of the name, "json…", says that the view made JSON. */
static bool
is_json_name(const struct template_name *name)
{
	return name->n > 0 &&
	       str_starts(name->parts[name->n - 1].text, STR("json"));
}

static void
check_value(struct checker *c, const struct template *t, struct op *op,
    struct html *h)
{
	struct str name = op->name->text;
	bool json = h->state == HTML_RAW && h->json && !h->filled &&
		    is_json_name(op->name);

	if (json) {
		op->out = OUT_JSON_ONLY;
		h->valued = true;
	} else if (!check_any(c, t, op, h)) {
		if (h->state == HTML_EQUALS)
			h->state = HTML_UNQUOTED;
		else if (h->state == HTML_TAG_OPEN)
			h->state = HTML_TAG_NAME;
	} else if (h->state == HTML_TEXT) {
		if (op->out == OUT_UNSEEN)
			op->out = OUT_CONTENT;
	} else {
		op->out = OUT_ESCAPED;
		if (h->state == HTML_UNQUOTED)
			say(c, BASE_TEMPLATE_IN_UNQUOTED, t, op->at, name,
			    STR(""));
		else if (h->state >= HTML_TAG_NAME && h->state < HTML_DOUBLE)
			say(c, BASE_TEMPLATE_IN_TAG, t, op->at, name, STR(""));
		else if (h->state <= HTML_SINGLE && html_attribute_is_code(h))
			say(c, BASE_TEMPLATE_IN_ATTRIBUTE, t, op->at, name,
			    (struct str){ h->attribute.p,
				h->attribute.n > HTML_WORD ? HTML_WORD
							   : h->attribute.n });
	}
	html_value(h);
}

static void walk(struct checker *c, struct template *t, size_t from, size_t to,
    struct html *h);

/* A body that may be left out, or come again, ends where it began. */
static void
walk_body(struct checker *c, struct template *t, const struct op *op,
    struct html *h)
{
	struct html inner = *h;
	size_t from = (size_t)(op - t->ops.at) + 1;

	walk(c, t, from, op->end, &inner);
	html_cut(&inner);
	if (!html_same(h, &inner))
		say(c, BASE_TEMPLATE_SECTION_HTML, t, op->at, op->name->text,
		    STR(""));
	if (inner.state == HTML_NAME_END)
		h->state = HTML_NAME_END;
	if (h->state == HTML_DOUBLE || h->state == HTML_SINGLE)
		html_value(h);
}

/* What a message may quote of a text: up to a blank, ASCII only. */
static struct str
first_word(struct str text)
{
	size_t n = 0;

	while (n < text.n && text.p[n] > ' ' && text.p[n] < 0x7f)
		n++;
	return str_slice(text, 0, n);
}

static void
walk_text(struct checker *c, const struct template *t, const struct op *op,
    struct html *h)
{
	html_feed(h, op->text);
	if (h->broken_name)
		say(c, BASE_TEMPLATE_SECTION_PLACE, t, op->at,
		    first_word(op->text), STR(""));
	if (h->crowded)
		say(c, BASE_TEMPLATE_IN_JSON, t, op->at, first_word(op->text),
		    STR(""));
	h->broken_name = h->crowded = false;
}

static void
walk(struct checker *c, struct template *t, size_t from, size_t to,
    struct html *h)
{
	for (size_t i = from; i < to; i = t->ops.at[i].end) {
		struct op *op = &t->ops.at[i];

		if (op->kind == OP_TEXT) {
			walk_text(c, t, op, h);
			continue;
		}
		if (op->kind == OP_VALUE) {
			check_value(c, t, op, h);
			continue;
		}
		if (!check_any(c, t, op, h)) {
			if (op->kind != OP_PARENT)
				walk(c, t, i + 1, op->end, h);
			continue;
		}
		html_cut(h);
		switch (op->kind) {
		case OP_PARENT:
			add_fills(c, t, op);
			/* fallthrough */
		case OP_PARTIAL:
			add_work(c, op->target, 0, op->target->ops.n, h,
			    op->target->source.n);
			break;
		case OP_BLOCK:
			add_site(c, t, op, h);
			/* fallthrough */
		default:
			walk_body(c, t, op, h);
			break;
		}
	}
}

static void
walk_stretch(struct checker *c, struct stretch w)
{
	struct html h = w.start;

	walk(c, w.template, w.from, w.to, &h);
	html_cut(&h);
	if (!html_same(&h, &w.start))
		say(c, BASE_TEMPLATE_END_HTML, w.template, w.at, STR(""),
		    STR(""));
}

static void
work_off(struct checker *c, size_t *done)
{
	while (*done < c->work.n)
		walk_stretch(c, c->work.at[(*done)++]);
}

void
template_check_places(struct mustache_set *s, struct diag *d)
{
	struct checker c = { .set = s, .diag = d };
	struct html text = { .state = HTML_TEXT };
	size_t done = 0;

	c.reach = template_reach(s, &c.scratch);
	/* First those that nobody calls, then circles that stand alone. */
	for (int called = 0; called <= 1; called++) {
		for (size_t i = 0; i < s->templates.n; i++) {
			struct template *t = s->templates.at[i].value;
			bool seen = false;

			for (size_t k = 0; k < c.work.n; k++)
				seen |= c.work.at[k].template == t;
			if (t->kind == TEMPLATE_HTML && !seen &&
			    t->called == (called == 1))
				add_work(&c, t, 0, t->ops.n, &text,
				    t->source.n);
			work_off(&c, &done);
		}
	}
	arena_free(&c.scratch);
}
