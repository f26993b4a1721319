#ifndef GENERATOR_SEARCH_TERMS_H
#define GENERATOR_SEARCH_TERMS_H

#include <stddef.h>

#include "base/str.h"
#include "base/vec.h"

struct arena;
struct docs;
struct reader;

/*
 * Which documents a key stands in, and how well: in the title, the tags, the
 * names around it (organization, town, direction, teachers), or the text.
 */
enum term_class { TERM_TITLE, TERM_TAG, TERM_NAME, TERM_TEXT, TERM_CLASSES };

struct terms;

struct terms *terms_new(struct arena *a, struct reader *r);

/* Reads all documents. */
void terms_read(struct terms *t, const struct docs *d);

/*
 * A part of the dictionary with its postings, sorted by key.  For each key:
 * how many bytes it shares with the one before, how many follow, these; then
 * for each class how many documents and the steps between their numbers, all
 * as varints.  The first byte is the format, 1.
 */
struct term_shard {
	struct str first; /* its first key */
	struct str bytes;
};

struct term_shards {
	VEC(struct term_shard) all;
};

void terms_shards(const struct terms *t, struct arena *a,
    struct term_shards *out);

/*
 * The keys that typing mistakes are measured against: those of titles, tags
 * and names, coded as above but without documents.
 */
struct str terms_words(const struct terms *t, struct arena *a);

#endif
