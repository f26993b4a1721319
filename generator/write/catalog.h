#ifndef GENERATOR_WRITE_CATALOG_H
#define GENERATOR_WRITE_CATALOG_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct assets;
struct view;

enum {
	CATALOG_APPLICATION_ID = 0x4b7a4361, /* "KzCa" in the file's header */
	CATALOG_FORMAT = 1,
};

/*
 * catalog.db (catalog.sql), what submitd must know.  It is written beside and
 * renamed, and only when its bytes differ; its generation is the build clock
 * of the last build in which anything else in it changed.
 */
struct catalog {
	struct arena arena;
	const char *path, *temporary;
	bool staged, changed;
};

/*
 * Writes the new one beside.  A file at the path that is no catalog is left
 * alone: -1, logged.
 */
int catalog_stage(struct catalog *c, const struct view *v,
    const struct assets *as, const char *path)
    __attribute__((warn_unused_result));

int catalog_publish(struct catalog *c) __attribute__((warn_unused_result));

/* Takes away what was not published. */
void catalog_close(struct catalog *c);

#endif
