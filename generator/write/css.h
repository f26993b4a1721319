#ifndef GENERATOR_WRITE_CSS_H
#define GENERATOR_WRITE_CSS_H

#include "base/str.h"

struct buf;

/* A reference in a style sheet; column in code points. */
struct css_reference {
	struct str text; /* as written, without quotes and blanks */
	int line, column;
};

/* What stands in place of a reference; the same text leaves it alone. */
typedef struct str (*css_resolve)(void *context, const struct css_reference *r);

/*
 * Copies a style sheet and asks about everything that url() and @import name,
 * but for data: and fragments (#x) of the page.
 */
void css_rewrite(struct buf *out, struct str css, css_resolve resolve,
    void *context);

#endif
