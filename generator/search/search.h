#ifndef GENERATOR_SEARCH_SEARCH_H
#define GENERATOR_SEARCH_SEARCH_H

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"

struct view;

/*
 * The index of the whole site, as files below search/ that the browser reads
 * by itself.  Numbers in the names are hashes of the bytes, so all but
 * index.json may be kept for ever; they end in .txt, for hosts compress what
 * they take for text.
 *	index.json		{"format", "main": the name of main}
 *	main.HASH.txt		a varint: the length of the JSON header, that
 *				header, the columns of columns.h
 *	tN.HASH.txt		dictionary and postings, terms.h
 *	words.HASH.txt		what typing mistakes are measured against
 *	titles, order, days	further columns, .HASH.txt likewise
 *	cN.HASH.html		rows of results, SEARCH_ROWS a file
 */
enum { SEARCH_ROWS = 8 };

struct search_file {
	struct str path; /* "search/main.0123456789.txt" */
	struct str bytes;
};

struct search {
	struct arena arena;
	VEC(struct search_file) files; /* index.json is the last */
};

/*
 * Makes it, on two threads when jobs allows.  Without a template for results
 * there is none: no files, 0.  -1: the machine's fault, logged.
 */
int search_make(struct search *s, const struct view *v, int jobs)
    __attribute__((warn_unused_result));

void search_free(struct search *s);

#endif
