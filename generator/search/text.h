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

/* One key, however often it is met; numbered from 0 as they come. */
struct word_key {
	struct str text;
	size_t id;
};

struct word_keys {
	VEC(const struct word_key *) keys;
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

/* How many keys there are so far, and one of them. */
size_t reader_count(const struct reader *r);
const struct word_key *reader_key(const struct reader *r, size_t id);

/* Small, composed, without marks: as words are compared with each other. */
struct str reader_fold(struct reader *r, struct str text);

/*
 * What the twin in the browser has to be told: the stop words, and pairs of a
 * stem and the key it has instead.  Returns how many; the arrays are on `a`.
 */
size_t reader_stop_words(const struct reader *r, struct arena *a,
    struct str **words);
size_t reader_exceptions(const struct reader *r, struct arena *a,
    struct str **pairs);

#endif
