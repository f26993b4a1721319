#ifndef GENERATOR_READ_SLUG_H
#define GENERATOR_READ_SLUG_H

#include "base/str.h"

struct buf;

/*
 * A text as part of an anchor: a-z, 0-9 and single '-', Russian letters
 * written in Latin ones.  Nothing for a text without any of them.
 */
void slug_put(struct buf *b, struct str text);

#endif
