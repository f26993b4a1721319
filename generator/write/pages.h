#ifndef GENERATOR_WRITE_PAGES_H
#define GENERATOR_WRITE_PAGES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "generator/view/view.h"

struct assets;
struct diag;
struct output;

/* All files of the plan, rendered on threads. */
struct pages {
	struct arena arena; /* the plan lives on it */
	const struct view *view;
	struct view_pages plan;
	size_t first;               /* number of the first in the output */
	size_t of_kind[VIEW_KINDS]; /* for the summary */
	bool progress;              /* a line on stderr */
};

/*
 * Plans; tells two things for one path, and templates that the theme (a
 * folder) lacks.
 */
void pages_plan(struct pages *p, struct view *v, struct diag *d,
    const struct assets *as, const char *theme);

/* Adds them to the output; pages_stage() follows. */
void pages_add(struct pages *p, struct output *out);

/*
 * Renders and stages all pages on so many threads, with an arena and a buffer
 * each.  The bytes do not depend on how many.
 */
int pages_stage(const struct pages *p, struct output *out, int jobs)
    __attribute__((warn_unused_result));

void pages_free(struct pages *p);

#endif
