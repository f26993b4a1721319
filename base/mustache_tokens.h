#ifndef BASE_MUSTACHE_TOKENS_H
#define BASE_MUSTACHE_TOKENS_H

#include "base/mustache_ops.h"

/* A template's source cut into texts and tags. */

enum token_kind {
	TOKEN_TEXT, /* ends at a line's end at the latest */
	TOKEN_VALUE,
	TOKEN_RAW,
	TOKEN_COMMENT, /* and set-delimiters */
	TOKEN_CLOSE,
	TOKEN_SECTION,
	TOKEN_INVERTED,
	TOKEN_PARTIAL,
	TOKEN_PARENT,
	TOKEN_BLOCK,
};

struct token {
	enum token_kind kind;
	struct str text; /* of a text; the name of a tag */
	size_t at;
};

struct tokens {
	VEC(struct token) list;
};

bool text_is_blank(struct str s);

/* On the arena.  False: a tag has no end, and there is no going on. */
bool template_tokens(struct mustache_set *s, struct template *t, struct diag *d,
    struct arena *a, struct tokens *out);

#endif
