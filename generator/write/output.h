#ifndef GENERATOR_WRITE_OUTPUT_H
#define GENERATOR_WRITE_OUTPUT_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "base/vec.h"
#include "generator/write/manifest.h"

/*
 * The output folder during one build.  Every file is staged first: compared
 * with what is there and, when it differs, written whole into a folder of
 * temporary files inside the output.  Nothing that a visitor sees has changed
 * until then.  Publishing renames, in an order in which no page leads to one
 * that is not there yet; what is no longer part of the site goes last.
 *
 *	output_open, output_add …, output_compress when wanted,
 *	output_stage … (on any thread),
 *	output_announce, output_publish_assets, output_publish_pages,
 *	output_remove, output_close
 */

enum output_class {
	OUTPUT_ASSET, /* its name changes with its bytes */
	OUTPUT_LEAF,  /* leads nowhere: calendars, media */
	OUTPUT_PAGE,
	OUTPUT_PART, /* of the search: leads to pages, found by its list */
	OUTPUT_LIST, /* leads to other pages: published after them */
};

enum output_state { OUTPUT_MISSING, OUTPUT_SAME, OUTPUT_CHANGED, OUTPUT_NEW };

struct output_file {
	struct str path; /* below the folder */
	enum output_class class;
	/*
	 * OUTPUT_MISSING until it is staged, and for good when it is a
	 * compressed form that would save nothing.
	 */
	enum output_state state;
	int64_t size;
	struct hash hash;
	size_t packed;  /* number of its first compressed form; 0: none */
	bool is_packed; /* it is one: staged and published with its file */
};

struct output {
	struct arena arena;
	const char *folder; /* without symbolic links */
	const char *staging;
	const char *manifest_path;
	int lock; /* the folder, open */
	atomic_bool staging_made;
	bool partial; /* not the whole site: what else there was stays */
	struct manifest before;
	VEC(struct output_file) files;
	size_t written, unchanged, removed;
};

/*
 * Makes the folder when it is not there, waits for another build in it to
 * end, takes away what a killed one left half done.
 */
int output_open(struct output *o, const char *folder, const char *catalog)
    __attribute__((warn_unused_result));

/* The file's number.  All are added before the first is staged. */
size_t output_add(struct output *o, struct str path, enum output_class c);

/*
 * Adds the compressed forms of all that is text; after the last output_add().
 * They are made of what is staged, and only of what has changed.
 */
void output_compress(struct output *o);

/* Thread-safe for different files. */
int output_stage(struct output *o, size_t file, struct str bytes)
    __attribute__((warn_unused_result));

/*
 * Writes down what is about to be there besides what was: whatever a kill
 * leaves from here on, the next build knows as its own.
 */
int output_announce(struct output *o) __attribute__((warn_unused_result));

int output_publish_assets(struct output *o) __attribute__((warn_unused_result));
int output_publish_pages(struct output *o) __attribute__((warn_unused_result));

/*
 * Removes what the last manifest names and this build does not have, if the
 * manifest is of this folder, and writes the new one.  An old asset stays
 * for one more build and for a day of the build's clock.  Of a partial build
 * only pages are removed.
 */
int output_remove(struct output *o, int64_t now)
    __attribute__((warn_unused_result));

/* Takes the staging folder away.  Without output_open() it does nothing. */
void output_close(struct output *o);

/*
 * `kruzhok clean`: removes what the manifest names, if it is of this folder,
 * and the manifest.
 */
int output_clean(const char *folder, const char *catalog, size_t *removed)
    __attribute__((warn_unused_result));

#endif
