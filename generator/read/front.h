#ifndef GENERATOR_READ_FRONT_H
#define GENERATOR_READ_FRONT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct diag;

/* A Markdown file: "---", fields, "---", body. */
struct front {
	struct str fields; /* from line 2 on */
	struct str body;
	int body_line;
};

/* The size of a byte order mark at the front, or 0. */
size_t front_bom(struct str text);

/* False: told. */
bool front_cut(struct diag *d, const char *path, struct str text,
    struct front *out);

#endif
