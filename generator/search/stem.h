#ifndef GENERATOR_SEARCH_STEM_H
#define GENERATOR_SEARCH_STEM_H

#include "base/str.h"

struct arena;

/*
 * The stem of a folded word: Snowball's, Russian for Cyrillic letters and
 * English for Latin ones, and for Russian what Snowball leaves apart (кружок
 * and кружки, танец and танцы) brought together.  Words of other letters, or
 * with digits, stay as they are.
 */
struct stemmer;

/* Aborts when the library has no such languages; they are built into it. */
struct stemmer *stemmer_new(void);
void stemmer_free(struct stemmer *s);

struct str stemmer_stem(struct stemmer *s, struct arena *a, struct str word);

#endif
