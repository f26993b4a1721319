#ifndef GENERATOR_SEARCH_TEXT_H
#define GENERATOR_SEARCH_TEXT_H

#include <stddef.h>

#include "base/str.h"
#include "base/vec.h"

struct arena;
struct search_words;

/*
 * From text to the keys under which it is found.  Letters are composed, made
 * small, freed of stress marks, ё and э are е; words are runs of letters and
 * digits with a ++ or # right behind them (3d, c++); Latin letters inside a
 * Cyrillic word are the ones that look the same; stop words are left out; the
 * rest is stemmed and, where the site's search.yaml says so, taken for
 * another word.  The twin in the browser is assets/js/search-words.js; the
 * two are held equal by tests/search/words.tsv.
 */
struct reader;

struct word_keys {
	VEC(struct str) keys;
};

/* Lives until reader_free(); the words must live as long. */
struct reader *reader_new(const struct search_words *words);
void reader_free(struct reader *r);

/*
 * The keys of a text, in its order, doubled ones too.  They live as long as
 * the reader; the vector on `a`.
 */
void reader_read(struct reader *r, struct arena *a, struct str text,
    struct word_keys *out);

/* The same for html that our Markdown made: tags are blanks. */
void reader_read_html(struct reader *r, struct arena *a, struct str html,
    struct word_keys *out);

/* Small, composed, without marks: as words are compared with each other. */
struct str reader_fold(struct reader *r, struct str text);

#endif
