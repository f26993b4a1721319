#ifndef GENERATOR_WRITE_ASSETS_H
#define GENERATOR_WRITE_ASSETS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

struct output;
struct site;

/*
 * Files that go to the site as they are.  A theme's assets/DIR/NAME.EXT
 * becomes /assets/NAME.HASH.EXT: it may be cached for ever.  What a style
 * sheet names is renamed in it.  A theme's assets/root/NAME becomes /NAME
 * (favicon.ico and the like).  Pictures that the content names
 * (content/media/…) keep their paths.
 */
struct asset {
	struct str name; /* "css/site.css", "media/x.jpg" */
	const char *file;
	struct str bytes;
	struct str path; /* below the output folder; empty: not done yet */
	struct str url;
	/* assets.c's own */
	int state;
	bool twin;
	size_t file_number;
};

struct assets {
	struct arena arena;
	VEC(struct asset) all; /* sorted by name */
	struct map by_name;    /* → struct asset * */
	struct map urls;       /* → struct str *, as view.h wants them */
};

/*
 * Reads them all.  overrides (--templates) may be NULL.  Mistakes go to the
 * diag; -1: the machine's fault, logged.
 */
int assets_load(struct assets *as, struct diag *d, const struct site *s,
    const char *theme, const char *overrides, const char *content)
    __attribute__((warn_unused_result));

/* Adds their files to the output; assets_stage() follows. */
void assets_add(struct assets *as, struct output *out);

int assets_stage(const struct assets *as, struct output *out)
    __attribute__((warn_unused_result));

void assets_free(struct assets *as);

#endif
