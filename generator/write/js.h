#ifndef GENERATOR_WRITE_JS_H
#define GENERATOR_WRITE_JS_H

#include "base/str.h"
#include "generator/write/css.h"

struct buf;

/*
 * Copies a script without the comments that have lines to themselves, which
 * readers of the site need not wait for, and asks about every module that it
 * imports from beside itself: from "./NAME", in double quotes.  What comes back
 * stands behind the "./".
 */
void js_rewrite(struct buf *out, struct str js, css_resolve resolve,
    void *context);

#endif
