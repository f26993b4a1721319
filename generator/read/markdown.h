#ifndef GENERATOR_READ_MARKDOWN_H
#define GENERATOR_READ_MARKDOWN_H

#include <stdbool.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct prose;
struct reading;

enum {
	MARKDOWN_MAX = 64 * 1024, /* bytes */
	MARKDOWN_MARKS_MAX = 20,  /* list and quote marks in one line */
};

/* How a text stands on its page. */
struct markdown {
	struct pos pos;     /* of the field, or of a file's first line */
	bool file;          /* mistakes at their own line and column; else
			       all at pos */
	int heading_min;    /* what "## " becomes, and none is above */
	const char *prefix; /* of the headings' ids: one page may show
			       several texts; may be "" */
};

/*
 * Markdown (CommonMark, safe mode) to the html of a page.  Headings get ids,
 * links of the site its base path, links elsewhere rel; what a link or picture
 * of the site leads to is remembered in r for link.c to look up.  Raw HTML is
 * left out.  Mistakes are told; out is filled all the same.
 */
void markdown_render(struct reading *r, const struct markdown *m,
    struct str source, struct prose *out);

#endif
