#include "base/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"
#include "base/map.h"
#include "base/messages.h"
#include "base/utf8.h"
#include "base/yaml_text.h"

/* A mapping of more keys than this looks for doubled ones in a map. */
enum { KEYS_TO_COMPARE = 12 };

/* A sequence or mapping that is still open. */
struct open {
	struct node *node;
	struct node *last; /* item or key */
	bool wants_value;  /* a key waits for it */
	struct map keys;
};

struct reader {
	yaml_parser_t parser;
	struct arena *arena;
	struct diag *diag;
	const char *path;
	int first_line;
	struct open open[YAML_DEPTH_MAX];
	int depth;
	struct node *root;
	size_t nodes;
	bool stand_ins; /* the text has some */
	bool stopped;   /* a mistake behind which nothing makes sense */
};

static struct pos
place(const struct reader *r, yaml_mark_t mark)
{
	return (struct pos){ r->path, (int)mark.line + r->first_line,
		(int)mark.column + 1 };
}

static struct str
number(struct reader *r, int n)
{
	return str_format(r->arena, "%d", n);
}

static struct node *
node_new(struct reader *r, enum node_kind kind, yaml_mark_t mark)
{
	struct node *n = arena_alloc(r->arena, sizeof(*n), 1);

	n->kind = kind;
	n->pos = place(r, mark);
	if (++r->nodes == YAML_NODES_MAX) {
		diag_say(r->diag, &base_messages[BASE_YAML_TOO_MANY], n->pos,
		    number(r, YAML_NODES_MAX));
		r->stopped = true;
	}
	return n;
}

/* The key of the same name that is there already, or NULL. */
static struct node *
key_twin(struct reader *r, struct open *o, struct node *key)
{
	if (o->node->n < KEYS_TO_COMPARE) {
		for (struct node *k = o->node->first; k != NULL; k = k->next)
			if (str_eq(k->text, key->text))
				return k;
		return NULL;
	}
	if (o->keys.n == 0)
		for (struct node *k = o->node->first; k != NULL; k = k->next)
			map_add(&o->keys, r->arena, k->text, k);
	if (map_add(&o->keys, r->arena, key->text, key))
		return NULL;
	return map_get(&o->keys, key->text);
}

static void
append(struct open *o, struct node *n)
{
	if (o->last == NULL)
		o->node->first = n;
	else
		o->last->next = n;
	o->last = n;
	o->node->n++;
}

static void
add_key(struct reader *r, struct open *o, struct node *key)
{
	struct node *twin;

	if (key->kind != NODE_SCALAR) {
		diag_say(r->diag, &base_messages[BASE_YAML_KEY_NOT_TEXT],
		    key->pos, STR(""));
		r->stopped = true;
		return;
	}
	if (!key->quoted && str_eq(key->text, STR("<<"))) {
		diag_say(r->diag, &base_messages[BASE_YAML_MERGE_KEY], key->pos,
		    STR(""));
		key->kind = NODE_WRONG;
	} else if ((twin = key_twin(r, o, key)) != NULL) {
		diag_say(r->diag, &base_messages[BASE_YAML_DOUBLED_KEY],
		    key->pos, key->text, number(r, twin->pos.line));
		key->kind = NODE_WRONG;
	}
	append(o, key);
	o->wants_value = true;
}

static void
add(struct reader *r, struct node *n)
{
	struct open *o;

	if (r->depth == 0) {
		r->root = n;
		return;
	}
	o = &r->open[r->depth - 1];
	if (o->node->kind == NODE_SEQUENCE) {
		append(o, n);
	} else if (!o->wants_value) {
		add_key(r, o, n);
	} else {
		o->last->value = n;
		o->wants_value = false;
	}
}

static void
refuse(struct reader *r, enum base_message m, struct node *n, const char *name)
{
	diag_say(r->diag, &base_messages[m], n->pos, str_from(name));
	n->kind = NODE_WRONG;
}

/* libyaml has written out what "!!" stands for. */
static const char *
tag_as_written(struct reader *r, const yaml_char_t *tag)
{
	struct str s = str_from((const char *)tag);
	struct str prefix = STR("tag:yaml.org,2002:");

	if (!str_starts(s, prefix))
		return (const char *)tag;
	return str_format(r->arena, "!!%.*s",
	    STR_ARG(str_slice(s, prefix.n, s.n)))
	    .p;
}

static void
check_marks(struct reader *r, struct node *n, const yaml_char_t *anchor,
    const yaml_char_t *tag)
{
	enum node_kind kind = n->kind;

	if (anchor != NULL)
		refuse(r, BASE_YAML_ANCHOR, n, (const char *)anchor);
	if (tag != NULL)
		refuse(r, BASE_YAML_TAG, n, tag_as_written(r, tag));
	/* A wrong mapping is still open and must be filled as one. */
	if (kind != NODE_SCALAR)
		n->kind = kind;
}

static void
add_scalar(struct reader *r, yaml_event_t *e)
{
	struct node *n = node_new(r, NODE_SCALAR, e->start_mark);
	yaml_scalar_style_t style = e->data.scalar.style;
	struct str s = { (const char *)e->data.scalar.value,
		e->data.scalar.length };

	n->quoted = style != YAML_PLAIN_SCALAR_STYLE;
	n->block = style == YAML_LITERAL_SCALAR_STYLE ||
		   style == YAML_FOLDED_SCALAR_STYLE;
	/* In a text without control characters only escapes make some. */
	if (r->stand_ins || style == YAML_DOUBLE_QUOTED_SCALAR_STYLE)
		s = yaml_clean(r->arena, r->diag, n->pos, s);
	n->text = str_dup(r->arena, s);
	if (n->text.n > YAML_SCALAR_MAX) {
		diag_say(r->diag, &base_messages[BASE_YAML_TOO_LONG], n->pos,
		    number(r, YAML_SCALAR_MAX / 1024));
		n->kind = NODE_WRONG;
	}
	check_marks(r, n, e->data.scalar.anchor, e->data.scalar.tag);
	add(r, n);
}

static void
open_node(struct reader *r, enum node_kind kind, yaml_event_t *e,
    const yaml_char_t *anchor, const yaml_char_t *tag)
{
	struct node *n = node_new(r, kind, e->start_mark);

	check_marks(r, n, anchor, tag);
	if (r->depth == YAML_DEPTH_MAX) {
		diag_say(r->diag, &base_messages[BASE_YAML_TOO_DEEP], n->pos,
		    number(r, YAML_DEPTH_MAX));
		r->stopped = true;
		return;
	}
	add(r, n);
	r->open[r->depth++] = (struct open){ .node = n };
}

static void
take_event(struct reader *r, yaml_event_t *e)
{
	switch (e->type) {
	case YAML_ALIAS_EVENT: {
		struct node *n = node_new(r, NODE_SCALAR, e->start_mark);
		refuse(r, BASE_YAML_ALIAS, n,
		    (const char *)e->data.alias.anchor);
		if (r->depth > 0 &&
		    r->open[r->depth - 1].node->kind == NODE_MAPPING &&
		    !r->open[r->depth - 1].wants_value)
			r->stopped = true; /* an alias for a key */
		else
			add(r, n);
		break;
	}
	case YAML_SCALAR_EVENT:
		add_scalar(r, e);
		break;
	case YAML_SEQUENCE_START_EVENT:
		open_node(r, NODE_SEQUENCE, e, e->data.sequence_start.anchor,
		    e->data.sequence_start.tag);
		break;
	case YAML_MAPPING_START_EVENT:
		open_node(r, NODE_MAPPING, e, e->data.mapping_start.anchor,
		    e->data.mapping_start.tag);
		break;
	case YAML_SEQUENCE_END_EVENT:
	case YAML_MAPPING_END_EVENT:
		r->depth--;
		break;
	case YAML_DOCUMENT_START_EVENT:
		if (r->root != NULL) {
			diag_say(r->diag,
			    &base_messages[BASE_YAML_SECOND_DOCUMENT],
			    place(r, e->start_mark), STR(""));
			r->stopped = true;
		}
		break;
	default:
		break;
	}
}

/* libyaml stopped: says where and, in the author's words, why. */
static void
tell_syntax(struct reader *r, struct str text)
{
	yaml_parser_t *p = &r->parser;
	struct pos at = place(r, p->problem_mark);
	struct pos end = yaml_text_place(r->path, text, text.n);
	const char *why;

	/* libyaml begins a line behind a last one that has no end. */
	end.line += r->first_line - 1;
	if (at.line > end.line)
		at = end;
	if (p->error == YAML_MEMORY_ERROR)
		abort();
	if (p->error == YAML_READER_ERROR) {
		size_t bad = p->problem_offset;

		/* libyaml points into the character, we at its first byte. */
		if (utf8_valid(text, &bad))
			bad = p->problem_offset;
		at = yaml_text_place(r->path, text, bad);
		at.line += r->first_line - 1;
		diag_say(r->diag, &base_messages[BASE_YAML_NOT_UTF8], at,
		    STR(""));
		return;
	}
	why = yaml_text_problem(p->problem, r->diag->lang,
	    yaml_text_at(text, p->problem_mark.line, p->problem_mark.column));
	diag_say(r->diag, &base_messages[BASE_YAML_SYNTAX], at, str_from(why));
}

static void
read_events(struct reader *r, struct str text)
{
	yaml_event_t e;
	bool end = false;

	while (!end && !r->stopped) {
		if (!yaml_parser_parse(&r->parser, &e)) {
			tell_syntax(r, text);
			r->stopped = true;
			return;
		}
		take_event(r, &e);
		end = e.type == YAML_STREAM_END_EVENT;
		yaml_event_delete(&e);
	}
}

struct node *
yaml_parse(struct arena *a, struct diag *d, const char *path, struct str text,
    int line)
{
	struct reader r = { .arena = a,
		.diag = d,
		.path = path,
		.first_line = line };
	struct str raw = yaml_text_without_bom(text);

	text = raw;
	if (!yaml_text_ready(a, d, path, line, &text))
		return NULL;
	r.stand_ins = text.p != raw.p;
	if (!yaml_parser_initialize(&r.parser))
		abort(); /* out of memory, as everywhere */
	yaml_parser_set_encoding(&r.parser, YAML_UTF8_ENCODING);
	yaml_parser_set_input_string(&r.parser, (const unsigned char *)text.p,
	    text.n);
	read_events(&r, text);
	yaml_parser_delete(&r.parser);
	if (r.stopped)
		return NULL;
	if (r.root == NULL) {
		r.root = arena_alloc(a, sizeof(*r.root), 1);
		r.root->pos = (struct pos){ path, line, 1 };
		r.root->text = str_dup(a, STR(""));
	}
	return r.root;
}

int
yaml_load(struct arena *a, struct diag *d, const char *path, struct node **out)
{
	struct str text;

	*out = NULL;
	switch (file_read(a, path, YAML_FILE_MAX, &text)) {
	case FILE_OK:
		*out = yaml_parse(a, d, path, text, 1);
		return 0;
	case FILE_TOO_BIG:
		diag_say(d, &base_messages[BASE_YAML_FILE_TOO_BIG],
		    ((struct pos){ path, 1, 1 }),
		    str_format(a, "%d", YAML_FILE_MAX / 1024));
		return 0;
	case FILE_MISSING:
		log_warnx("open %s: no such file", path);
		return -1;
	case FILE_FAILED:
		return -1;
	}
	return -1;
}

bool
node_is_null(const struct node *n)
{
	return n->kind == NODE_SCALAR && !n->quoted &&
	       (n->text.n == 0 || str_eq(n->text, STR("~")) ||
		   str_eq(n->text, STR("null")));
}

struct node *
node_get(const struct node *mapping, const char *key)
{
	struct str name = str_from(key);

	if (mapping == NULL || mapping->kind != NODE_MAPPING)
		return NULL;
	for (struct node *k = mapping->first; k != NULL; k = k->next)
		if (k->kind == NODE_SCALAR && str_eq(k->text, name))
			return k->value;
	return NULL;
}
