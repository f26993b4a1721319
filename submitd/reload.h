#ifndef SUBMITD_RELOAD_H
#define SUBMITD_RELOAD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "base/str.h"

struct app;

/*
 * The pair of catalog and theme.  A new catalog.db (renamed into place by a
 * build) brings the theme it was built with, so both are read again; on any
 * failure the old pair stays and the log says so.
 */
struct reload {
	struct app *app;
	const char *catalog, *theme, *templates;
	struct stat last;  /* of the catalog that was tried last */
	struct pair *pair; /* what is in use */
};

/* The first time it must succeed.  -1: logged. */
int reload_open(struct reload *r, struct app *app, const char *catalog,
    const char *theme, const char *templates)
    __attribute__((warn_unused_result));

/* From a timer, outside a turn. */
void reload_look(struct reload *r);

void reload_close(struct reload *r);

#endif
