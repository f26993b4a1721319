#include <string.h>

#include "base/arena.h"
#include "base/messages.h"
#include "base/mustache_ops.h"
#include "base/utf8.h"
#include "base/value.h"

static const struct {
	struct str ending;
	enum out out;
} kinds[] = {
	[TEMPLATE_HTML] = { STR_INIT(".html"), OUT_UNSEEN },
	[TEMPLATE_TXT] = { STR_INIT(".txt"), OUT_PLAIN },
	[TEMPLATE_XML] = { STR_INIT(".xml"), OUT_ESCAPED },
	[TEMPLATE_ICS] = { STR_INIT(".ics"), OUT_ICS },
	[TEMPLATE_JSON] = { STR_INIT(".json"), OUT_JSON },
	[TEMPLATE_SPEC] = { STR_INIT(""), OUT_ESCAPED },
};

struct mustache_set *
mustache_set_new(struct arena *a, enum mustache_mode mode)
{
	struct mustache_set *s = arena_alloc(a, sizeof(*s), 1);

	s->arena = a;
	s->mode = mode;
	return s;
}

const struct template_name *
template_name(struct mustache_set *s, struct str text)
{
	struct template_name *name = map_get(&s->names, text);
	struct str rest = text;
	size_t n = 1;

	if (name != NULL)
		return name;
	name = arena_alloc(s->arena, sizeof(*name), 1);
	name->text = text;
	map_add(&s->names, s->arena, text, name);
	if (str_eq(text, STR(".")))
		return name;
	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == '.';
	name->n = n;
	name->parts = arena_alloc(s->arena, sizeof(*name->parts), n);
	for (size_t i = 0; i < n; i++) {
		struct name_part *part = &name->parts[i];

		str_cut(rest, '.', &part->text, &rest);
		part->hash = value_hash(part->text);
	}
	return name;
}

struct pos
template_pos(const struct template *t, size_t at)
{
	struct pos pos = { t->path, 1, 1 };

	for (size_t i = 0; i < at && i < t->source.n; i++) {
		unsigned char c = (unsigned char)t->source.p[i];

		if (c == '\n') {
			pos.line++;
			pos.column = 1;
		} else if ((c & 0xc0) != 0x80) {
			pos.column++;
		}
	}
	return pos;
}

static bool
kind_of(struct str name, enum template_kind *out)
{
	for (int k = TEMPLATE_HTML; k < TEMPLATE_SPEC; k++)
		if (str_ends(name, kinds[k].ending)) {
			*out = (enum template_kind)k;
			return true;
		}
	return false;
}

/* What the file's kind says about its values, where the tag said nothing. */
static void
set_outs(struct template *t)
{
	for (size_t i = 0; i < t->ops.n; i++) {
		struct op *op = &t->ops.at[i];

		if (op->kind == OP_VALUE && op->out != OUT_PLAIN)
			op->out = kinds[t->kind].out;
	}
}

void
mustache_set_add(struct mustache_set *s, struct diag *d, const char *path,
    struct str name, struct str source)
{
	struct template *t = arena_alloc(s->arena, sizeof(*t), 1);
	size_t bad;

	t->name = name;
	t->path = path;
	t->source = source;
	t->kind = TEMPLATE_SPEC;
	t->index = s->templates.n;
	if (!map_add(&s->templates, s->arena, name, t))
		return;
	if (s->mode == MUSTACHE_THEME && !kind_of(name, &t->kind)) {
		t->broken = true;
		diag_say(d, &base_messages[BASE_TEMPLATE_ENDING],
		    template_pos(t, 0), name);
	} else if (!utf8_valid(source, &bad)) {
		t->broken = true;
		diag_say(d, &base_messages[BASE_TEMPLATE_UTF8],
		    template_pos(t, bad), name);
	} else {
		template_parse(s, t, d);
		set_outs(t);
	}
	s->broken |= t->broken;
}

bool
mustache_has(const struct mustache_set *s, struct str name)
{
	return map_get(&s->templates, name) != NULL;
}

/* A name without ending has that of the file it stands in. */
static struct template *
find_target(const struct mustache_set *s, const struct template *from,
    struct str name, struct arena *scratch)
{
	struct str ending = kinds[from->kind].ending;
	struct template *t = map_get(&s->templates,
	    str_format(scratch, "%.*s%.*s", STR_ARG(name), STR_ARG(ending)));

	if (t == NULL)
		t = map_get(&s->templates, name);
	return t != NULL && t->kind == from->kind ? t : NULL;
}

static struct str
nearest_template(const struct mustache_set *s, const struct template *from,
    struct str name, struct arena *scratch)
{
	VEC(struct str) names = { 0 };
	struct str ending = kinds[from->kind].ending;

	for (size_t i = 0; i < s->templates.n; i++) {
		struct str key = s->templates.at[i].key;

		if (str_ends(key, ending))
			*VEC_PUSH(scratch, &names) =
			    str_slice(key, 0, key.n - ending.n);
	}
	return diag_nearest(name, names.at, names.n);
}

static void
link_calls(struct mustache_set *s, struct template *t, struct diag *d,
    struct arena *scratch)
{
	for (size_t i = 0; i < t->ops.n; i++) {
		struct op *op = &t->ops.at[i];

		if (op->kind != OP_PARTIAL && op->kind != OP_PARENT)
			continue;
		op->target = find_target(s, t, op->name->text, scratch);
		if (op->target != NULL) {
			op->target->called = true;
			continue;
		}
		if (s->mode == MUSTACHE_SPEC)
			continue;
		diag_say(d, &base_messages[BASE_TEMPLATE_UNKNOWN],
		    template_pos(t, op->at), op->name->text,
		    nearest_template(s, t, op->name->text, scratch));
		s->broken = true;
	}
}

bool *
template_reach(const struct mustache_set *s, struct arena *a)
{
	size_t n = s->templates.n;
	bool *reach = arena_alloc(a, sizeof(*reach), n * n + 1);

	for (size_t i = 0; i < n; i++) {
		const struct template *t = s->templates.at[i].value;

		reach[i * n + i] = true;
		for (size_t k = 0; k < t->ops.n; k++)
			if (t->ops.at[k].target != NULL)
				reach[i * n + t->ops.at[k].target->index] =
				    true;
	}
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < n; i++)
			for (size_t j = 0; reach[i * n + k] && j < n; j++)
				reach[i * n + j] |= reach[k * n + j];
	return reach;
}

static bool
has_block(const struct template *t, const struct template_name *name,
    const struct op *but)
{
	for (size_t i = 0; i < t->ops.n; i++)
		if (t->ops.at[i].kind == OP_BLOCK &&
		    t->ops.at[i].name == name && &t->ops.at[i] != but)
			return true;
	return false;
}

/* Some template that the parent comes to has the block that is filled. */
static void
check_fill(const struct mustache_set *s, const struct template *t,
    const struct op *parent, const struct block_fill *fill, const bool *reach,
    struct diag *d)
{
	const struct op *block = &t->ops.at[fill->op];
	const bool *row = reach + parent->target->index * s->templates.n;
	VEC(struct str) names = { 0 };
	struct arena scratch = { 0 };

	for (size_t i = 0; i < s->templates.n; i++) {
		const struct template *other = s->templates.at[i].value;

		if (!row[i])
			continue;
		if (has_block(other, fill->name, block))
			goto done;
		for (size_t k = 0; k < other->ops.n; k++)
			if (other->ops.at[k].kind == OP_BLOCK)
				*VEC_PUSH(&scratch, &names) =
				    other->ops.at[k].name->text;
	}
	diag_say(d, &base_messages[BASE_TEMPLATE_BLOCK_UNKNOWN],
	    template_pos(t, block->at), fill->name->text,
	    diag_nearest(fill->name->text, names.at, names.n));
done:
	arena_free(&scratch);
}

static void
check_fills(const struct mustache_set *s, struct diag *d, struct arena *a)
{
	const bool *reach = template_reach(s, a);

	for (size_t i = 0; i < s->templates.n; i++) {
		const struct template *t = s->templates.at[i].value;

		for (size_t k = 0; k < t->ops.n; k++) {
			const struct op *op = &t->ops.at[k];

			for (const struct block_fill *f = op->fills; f != NULL;
			     f = f->next)
				check_fill(s, t, op, f, reach, d);
		}
	}
}

void
mustache_set_link(struct mustache_set *s, struct diag *d)
{
	struct arena scratch = { 0 };

	for (size_t i = 0; i < s->templates.n; i++) {
		struct template *t = s->templates.at[i].value;

		if (!t->broken)
			link_calls(s, t, d, &scratch);
	}
	/* Half of a set would only give mistakes that are none. */
	if (s->mode == MUSTACHE_THEME && !s->broken) {
		check_fills(s, d, &scratch);
		template_check_places(s, d);
	}
	arena_free(&scratch);
}

/* The last part of a name that the tree does not have, and its nearest. */
static void
check_name(const struct template *t, const struct op *op, struct diag *d,
    const struct value *tree)
{
	struct arena scratch = { 0 };
	VEC(struct str) keys = { 0 };

	for (size_t i = 1; i < op->name->n; i++) {
		struct name_part part = op->name->parts[i];
		const struct value *v = value_find(tree, part.text, part.hash);

		if (v != NULL) {
			tree = v;
			continue;
		}
		if (value_kind(tree) == VALUE_MAP)
			for (size_t k = 0; k < value_count(tree); k++)
				*VEC_PUSH(&scratch, &keys) = value_key(tree, k);
		diag_say(d, &base_messages[BASE_TEMPLATE_WORD],
		    template_pos(t, op->at), op->name->text,
		    diag_nearest(part.text, keys.at, keys.n));
		break;
	}
	arena_free(&scratch);
}

void
mustache_set_check_names(const struct mustache_set *s, struct diag *d,
    struct str root, const struct value *tree)
{
	for (size_t i = 0; i < s->templates.n; i++) {
		const struct template *t = s->templates.at[i].value;

		for (size_t k = 0; k < t->ops.n; k++) {
			const struct op *op = &t->ops.at[k];
			bool value = op->kind == OP_VALUE ||
				     op->kind == OP_SECTION ||
				     op->kind == OP_INVERTED;

			if (value && op->name->n > 1 &&
			    str_eq(op->name->parts[0].text, root))
				check_name(t, op, d, tree);
		}
	}
}
