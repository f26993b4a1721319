#ifndef BASE_WORDS_TREE_H
#define BASE_WORDS_TREE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

struct arena;
struct value;

/* What strings/LANG.yaml is loaded into; known to the words rooms only. */

/* CLDR's plural categories, as keys of a plural. */
enum form {
	FORM_ZERO,
	FORM_ONE,
	FORM_TWO,
	FORM_FEW,
	FORM_MANY,
	FORM_OTHER,
	FORMS
};

/* Whole numbers take a form by the rule, broken ones "other". */
struct language {
	struct str name;
	enum form (*form)(uint64_t n);
	unsigned forms; /* bits */
};

/* What stands under one dotted key. */
struct entry {
	struct str text;
	bool plural;
	struct str forms[FORMS];
	VEC(struct str) list;
};

struct strings {
	struct arena *arena;
	const struct language *language;
	struct value *tree;
	struct map entries; /* by dotted key */
};

#endif
