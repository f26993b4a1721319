#ifndef GENERATOR_SEARCH_ROWS_H
#define GENERATOR_SEARCH_ROWS_H

#include <stddef.h>

#include "base/str.h"

struct arena;
struct docs;
struct view;

/*
 * The files of rows of results, SEARCH_ROWS documents each, on `a`.  -1: a
 * template went wrong, logged.
 */
struct rows {
	struct str *at;
	size_t n;
};

int rows_make(struct rows *r, struct arena *a, const struct view *v,
    const struct docs *d) __attribute__((warn_unused_result));

#endif
