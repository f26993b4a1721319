#ifndef GENERATOR_SEARCH_DOCS_H
#define GENERATOR_SEARCH_DOCS_H

#include <stddef.h>

#include "generator/view/view.h"

struct arena;
struct site;

/*
 * What can be found, numbered: programs by organization and id, then events,
 * organizations, help pages and news, each by id.
 */
struct docs {
	struct view_found *at;
	size_t n;
	size_t of_kind[URL_KINDS];
};

void docs_make(struct docs *d, struct arena *a, const struct site *s);

#endif
