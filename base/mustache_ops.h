#ifndef BASE_MUSTACHE_OPS_H
#define BASE_MUSTACHE_OPS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/mustache.h"
#include "base/str.h"
#include "base/vec.h"

/* What a template is compiled to; known to the mustache rooms only. */

/* The ending decides what is escaped and how. */
enum template_kind {
	TEMPLATE_HTML,
	TEMPLATE_TXT,
	TEMPLATE_XML,
	TEMPLATE_ICS,
	TEMPLATE_JSON,
	TEMPLATE_SPEC, /* as html, unchecked */
};

/* How a value goes out. */
enum out {
	OUT_UNSEEN,  /* an html place not yet looked at: escaped */
	OUT_CONTENT, /* between tags: html as it is, text escaped */
	OUT_ESCAPED, /* & < > " ' whatever the value is */
	OUT_PLAIN,
	OUT_ICS,
	OUT_JSON,      /* text within quotes, JSON as it is */
	OUT_JSON_ONLY, /* alone in a script of JSON */
};

/* "a.b.c" with the hash of each part; "." has none. */
struct template_name {
	struct str text;
	size_t n;
	struct name_part {
		struct str text;
		uint32_t hash;
	} * parts;
};

enum op_kind {
	OP_TEXT,
	OP_VALUE,
	OP_SECTION,
	OP_INVERTED,
	OP_PARTIAL,
	OP_PARENT,
	OP_BLOCK,
};

struct op {
	enum op_kind kind;
	enum out out;
	uint32_t at;  /* byte of the source, for messages */
	uint32_t end; /* the op behind the body */
	const struct template_name *name;
	struct str text;          /* the text; or the indentation of a call */
	struct template *target;  /* NULL: unknown, nothing */
	struct block_fill *fills; /* of a parent */
};

/* A block inside a parent's body: what fills the parent's block. */
struct block_fill {
	const struct template_name *name;
	uint32_t op;
	struct block_fill *next;
};

struct template
{
	struct str name;
	const char *path;
	struct str source;
	enum template_kind kind;
	size_t index; /* in the set */
	bool broken;  /* not to be linked, nor rendered */
	bool called;  /* by another one */
	VEC(struct op) ops;
};

struct mustache_set {
	struct arena *arena;
	enum mustache_mode mode;
	bool broken;
	struct map templates;
	struct map names;
};

/* The same text gives the same pointer. */
const struct template_name *template_name(struct mustache_set *s,
    struct str text);

/* The place of a byte of the source. */
struct pos template_pos(const struct template *t, size_t at);

/* Fills t->ops from t->source; sets t->broken when that cannot be. */
void template_parse(struct mustache_set *s, struct template *t, struct diag *d);

/* Looks at where in the HTML the tags of all .html templates stand. */
void template_check_places(struct mustache_set *s, struct diag *d);

/* bool[n * n]: from template i one comes to template j, by any calls. */
bool *template_reach(const struct mustache_set *s, struct arena *a);

#endif
