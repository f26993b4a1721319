#ifndef SUBMITD_HTTP_CACHE_H
#define SUBMITD_HTTP_CACHE_H

#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>
#include <sys/types.h>

#include "base/str.h"

struct arena;

/*
 * The small files of one folder, kept in memory within a bound.  Each look
 * asks the file system whether the file is still the same one, so nothing
 * stale is ever given out.  No symbolic link below the folder is followed.
 */
enum {
	CACHE_FILE_MAX = 256 * 1024, /* larger ones are not kept */
	CACHE_TOTAL_MAX = 8 * 1024 * 1024,
	CACHE_BUCKETS = 1024,
};

TAILQ_HEAD(cache_list, cache_entry);

struct cache {
	char *root;
	struct cache_entry *buckets[CACHE_BUCKETS];
	struct cache_list used; /* the latest first */
	size_t total;
};

enum cache_rc {
	CACHE_FOUND,
	CACHE_MISSING,
	CACHE_FOLDER,
	CACHE_FAILED, /* the machine's fault, logged */
};

struct cache_file {
	struct str content; /* until another file is found, */
	int fd;             /* or, when not -1, the caller's */
	off_t size;
	int64_t mtime_ns;
	/* Ready for their headers, on the arena. */
	struct str etag; /* strong, with quotes */
	struct str modified;
};

void cache_open(struct cache *cache, const char *root);

/*
 * A file by its path below the root: parts that are not empty and do not
 * begin with a dot, joined by '/'.
 */
enum cache_rc cache_find(struct cache *cache, struct arena *a, struct str path,
    struct cache_file *out);

void cache_close(struct cache *cache);

#endif
