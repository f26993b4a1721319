#ifndef BASE_YAML_H
#define BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/*
 * A YAML file as a tree of nodes with places, over libyaml's events.  Only
 * what an editor needs is let in: scalars, sequences and mappings of one
 * document.  Anchors, aliases, tags, merge keys, second documents, doubled
 * keys and what is deeper, longer or more than the limits are mistakes at
 * their place.  Scalars are text as written: the schema decides their type.
 */

enum {
	YAML_FILE_MAX = 1024 * 1024, /* bytes */
	YAML_SCALAR_MAX = 64 * 1024, /* bytes */
	YAML_DEPTH_MAX = 32,
	YAML_NODES_MAX = 50000,
};

enum node_kind {
	NODE_SCALAR,
	NODE_SEQUENCE,
	NODE_MAPPING,
	NODE_WRONG, /* told already: to be passed over in silence */
};

struct node {
	enum node_kind kind;
	bool quoted; /* a scalar in quotes or a block: never null */
	bool block;  /* a scalar after | or >: may have many lines */
	struct pos pos;
	struct str text;    /* of a scalar; NUL behind it */
	struct node *first; /* item of a sequence, key of a mapping */
	struct node *next;  /* the item or key behind this one */
	struct node *value; /* of a key */
	size_t n;           /* items or keys */
};

/*
 * The root of a text, or NULL when there is none to go on with; the mistakes
 * are in d.  Keys are scalars and single in their mapping.  An empty text is
 * an empty scalar at 1:1.  `path` must outlive d; `line` is the number of the
 * text's first line (1, or 2 behind the fence of front matter).
 */
struct node *yaml_parse(struct arena *a, struct diag *d, const char *path,
    struct str text, int line);

/*
 * Reads and parses a file.  -1: the machine's fault (or no such file),
 * logged.  *out may be NULL as above.
 */
int yaml_load(struct arena *a, struct diag *d, const char *path,
    struct node **out) __attribute__((warn_unused_result));

/* A scalar that says nothing: null, ~ or empty, without quotes. */
bool node_is_null(const struct node *n);

/* The value of a key; NULL when the mapping (or its lack) has none. */
struct node *node_get(const struct node *mapping, const char *key);

/*
 * Text without control characters (NUL and those of Unicode's category Cc but
 * tab and line end; and the marks that turn the direction of writing); one
 * warning at pos when there were any.  For texts that do not come through
 * yaml_parse().
 */
struct str yaml_clean(struct arena *a, struct diag *d, struct pos pos,
    struct str text);

/*
 * Whether a text is UTF-8 without NUL; tells the first wrong byte at its line
 * and column if not.
 */
bool yaml_check_text(struct diag *d, const char *path, struct str text);

#endif
