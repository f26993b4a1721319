#ifndef GENERATOR_READ_FILES_H
#define GENERATOR_READ_FILES_H

#include <stdbool.h>

#include "base/str.h"
#include "base/vec.h"
#include "generator/model/site.h"

struct diag;

/* The files of a content folder: what each is, by its folder and name. */

enum file_kind {
	FILE_SITE,
	FILE_MUNICIPALITIES,
	FILE_HOLIDAYS,
	FILE_SEARCH,
	FILE_ORGANIZATION, /* from here on: one thing a file */
	FILE_PROGRAM,
	FILE_EVENT,
	FILE_HELP,
	FILE_NEWS,
	FILE_LEGAL,
	FILE_KINDS
};

struct content_file {
	enum file_kind kind;
	const char *path; /* as messages show it */
	struct str id;
	void *thing;  /* the struct it is read into */
	bool doubled; /* the id is an earlier file's */
	bool skipped; /* a draft, or not shown at this time */
};

struct content_files {
	VEC(struct content_file) all; /* by kind, id, path */
	size_t count[FILE_KINDS];
};

/*
 * Walks the folder.  Files of media/ go to s->media; mistakes of names (and
 * doubled ids) are told.  -1: the machine's fault, logged.
 */
int files_list(struct site *s, struct diag *d, const char *content,
    struct content_files *out) __attribute__((warn_unused_result));

/* The one file of a kind, or NULL. */
const struct content_file *files_one(const struct content_files *files,
    enum file_kind kind);

#endif
