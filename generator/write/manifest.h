#ifndef GENERATOR_WRITE_MANIFEST_H
#define GENERATOR_WRITE_MANIFEST_H

#include <stdint.h>

#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

struct arena;

/*
 * What the last build put where: build/catalog.manifest.tsv.  The first line
 * is the output folder, then come path, size, hash, sorted by path.  A fourth
 * column, only on an asset that the site has no more, is the clock of the
 * first build without it.
 */
struct manifest_entry {
	struct str path; /* below the folder */
	int64_t size;
	struct str hash;
	int64_t dropped; /* 0: part of the last build */
};

struct manifest {
	struct str folder; /* empty: there was no manifest */
	VEC(struct manifest_entry) files;
	struct map by_path; /* → struct manifest_entry *, after reading */
};

/* build/catalog.db gives build/catalog.manifest.tsv. */
const char *manifest_path(struct arena *a, const char *catalog);

/*
 * A manifest that is not there is empty.  Lines that nobody could have
 * written here are passed over: what they name is never removed.
 */
int manifest_read(struct manifest *m, struct arena *a, const char *path)
    __attribute__((warn_unused_result));

/* Sorts the files; the same bytes are not written again. */
int manifest_write(struct manifest *m, const char *path)
    __attribute__((warn_unused_result));

#endif
