#ifndef SUBMITD_DEMO_TEXTS_H
#define SUBMITD_DEMO_TEXTS_H

#include <stddef.h>

#include "base/str.h"

/* What example families say of programs, and what organizations answer. */
struct opinion_text {
	const char *direction; /* NULL: of any program */
	int rating;
	const char *text;
};

enum { TEXTS_OPINIONS = 39 };

extern const struct opinion_text texts_opinions[TEXTS_OPINIONS];

/* Every number gives one. */
struct str texts_answer(size_t i);

#endif
