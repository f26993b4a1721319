#ifndef BASE_FILE_H
#define BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"

struct arena;

/* Files whole.  int is 0 or -1; -1 has been logged unless said otherwise. */

enum file_rc { FILE_OK, FILE_MISSING, FILE_TOO_BIG, FILE_FAILED };

/*
 * Reads a regular file of at most max bytes; the text has a NUL behind it.
 * FILE_MISSING and FILE_TOO_BIG are answers (not logged), FILE_FAILED is the
 * machine's fault (logged).
 */
enum file_rc file_read(struct arena *a, const char *path, size_t max,
    struct str *out) __attribute__((warn_unused_result));

enum file_match { FILE_NONE, FILE_OTHER, FILE_SAME };

/*
 * Whether PATH is a regular file with exactly these bytes: FILE_SAME, and its
 * mode is made 0644 on the way.  FILE_NONE: nothing is there.
 */
enum file_match file_match(const char *path, struct str text);

/*
 * Writes a file that nobody else looks at yet (in place of what a killed run
 * left there), mode 0644 whatever the umask.  Nothing is left on failure.
 */
int file_create(const char *path, struct str text)
    __attribute__((warn_unused_result));

enum file_change { FILE_FAILURE = -1, FILE_UNCHANGED, FILE_WRITTEN };

/*
 * Writes beside (PATH.tmp-PID…) and renames, unless the file holds exactly
 * these bytes already.  Parent folders must exist.  Mode 0644 whatever the
 * umask.
 */
enum file_change file_write_changed(const char *path, struct str text)
    __attribute__((warn_unused_result));

/* mkdir -p of the folder itself; mode 0755 whatever the umask. */
int file_make_dirs(const char *path) __attribute__((warn_unused_result));

/*
 * root/relative, or NULL when the relative path is empty, absolute, has an
 * empty, "." or ".." part, a backslash or a NUL.  Purely textual.
 */
const char *file_join(struct arena *a, const char *root, struct str relative);

struct file_entry {
	struct str path; /* below the root, parts joined by '/' */
	int64_t size, mtime_ns;
	bool symlink; /* never followed */
};

struct file_list {
	VEC(struct file_entry) files;
};

/*
 * All regular files and symbolic links below a folder, sorted bytewise by
 * path; names that begin with '.' are passed over, folders too.  A folder
 * that is not there gives an empty list.
 */
int file_walk(struct arena *a, const char *root, struct file_list *out)
    __attribute__((warn_unused_result));

#endif
