#include "submitd/http/cache.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/log.h"
#include "base/mem.h"

enum { PATH_LIMIT = 4096, NS = 1000000000 };

/* Files with the same one are the same file with the same bytes. */
struct identity {
	dev_t device;
	ino_t inode;
	off_t size;
	int64_t mtime_ns, ctime_ns;
};

/* What its headers say, made once. */
struct labels {
	char etag[64], modified[40];
};

struct cache_entry {
	TAILQ_ENTRY(cache_entry) place;
	struct cache_entry *next; /* in its bucket */
	struct identity identity;
	struct labels labels;
	size_t path_n, content_n;
	char bytes[]; /* path, content */
};

static struct identity
identity_of(const struct stat *st)
{
	return (struct identity){
		.device = st->st_dev,
		.inode = st->st_ino,
		.size = st->st_size,
		.mtime_ns =
		    (int64_t)st->st_mtim.tv_sec * NS + st->st_mtim.tv_nsec,
		.ctime_ns =
		    (int64_t)st->st_ctim.tv_sec * NS + st->st_ctim.tv_nsec,
	};
}

static bool
same(const struct identity *a, const struct identity *b)
{
	return a->device == b->device && a->inode == b->inode &&
	       a->size == b->size && a->mtime_ns == b->mtime_ns &&
	       a->ctime_ns == b->ctime_ns;
}

/* FNV-1a */
static struct cache_entry **
bucket_of(struct cache *cache, struct str path)
{
	uint32_t h = 2166136261U;

	for (size_t i = 0; i < path.n; i++)
		h = (h ^ (unsigned char)path.p[i]) * 16777619U;
	return &cache->buckets[h % CACHE_BUCKETS];
}

static struct cache_entry *
find_entry(struct cache *cache, struct str path)
{
	struct cache_entry *e = *bucket_of(cache, path);

	while (e != NULL && !str_eq((struct str){ e->bytes, e->path_n }, path))
		e = e->next;
	return e;
}

static size_t
cost_of(const struct cache_entry *e)
{
	return sizeof(*e) + e->path_n + e->content_n;
}

static void
remove_entry(struct cache *cache, struct cache_entry *e)
{
	struct cache_entry **at =
	    bucket_of(cache, (struct str){ e->bytes, e->path_n });

	while (*at != e)
		at = &(*at)->next;
	*at = e->next;
	TAILQ_REMOVE(&cache->used, e, place);
	cache->total -= cost_of(e);
	mem_free(e);
}

static void
add_entry(struct cache *cache, struct cache_entry *e)
{
	struct cache_entry **bucket =
	    bucket_of(cache, (struct str){ e->bytes, e->path_n });

	e->next = *bucket;
	*bucket = e;
	TAILQ_INSERT_HEAD(&cache->used, e, place);
	cache->total += cost_of(e);
	while (cache->total > CACHE_TOTAL_MAX)
		remove_entry(cache, TAILQ_LAST(&cache->used, cache_list));
}

/* -1 with errno: ELOOP or ENOTDIR where a link is in the way. */
static int
open_below(struct arena *a, const char *root, struct str path)
{
	int dir = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	while (dir != -1) {
		struct str part;
		bool more = str_cut(path, '/', &part, &path);
		int flags = O_RDONLY | O_NOFOLLOW | O_CLOEXEC |
			    (more ? O_DIRECTORY : O_NONBLOCK);
		int fd = openat(dir, str_c(a, part), flags);
		int reason = errno;

		close(dir);
		errno = reason;
		if (!more)
			return fd;
		dir = fd;
	}
	return -1;
}

static bool
read_whole(int fd, char *p, size_t n)
{
	while (n > 0) {
		ssize_t got = read(fd, p, n);

		if (got == -1 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return true;
}

/* Takes the descriptor unless the file is too large to be kept. */
static enum cache_rc
load(struct cache *cache, struct str path, int fd, const struct identity *id,
    const struct labels *labels, struct cache_file *out)
{
	struct cache_entry *e;
	size_t n = (size_t)id->size;

	out->fd = fd;
	if (id->size > CACHE_FILE_MAX)
		return CACHE_FOUND;
	e = mem_alloc(1, sizeof(*e) + path.n + n);
	e->identity = *id;
	e->labels = *labels;
	e->path_n = path.n;
	e->content_n = n;
	memcpy(e->bytes, path.p, path.n);
	if (!read_whole(fd, e->bytes + path.n, n)) {
		log_warnx("read of a static file ended early");
		close(fd);
		out->fd = -1;
		mem_free(e);
		return CACHE_FAILED;
	}
	close(fd);
	out->fd = -1;
	out->content = (struct str){ e->bytes + path.n, n };
	add_entry(cache, e);
	return CACHE_FOUND;
}

static enum cache_rc
rc_of_errno(const char *what)
{
	switch (errno) {
	case ENOENT:
	case ENOTDIR:
	case ELOOP:
	case ENAMETOOLONG:
	case EACCES:
		return CACHE_MISSING;
	default:
		log_warn("%s of a static file", what);
		return CACHE_FAILED;
	}
}

static struct labels
labels_of(const struct identity *id)
{
	struct buf date = { 0 };
	struct labels l;

	snprintf(l.etag, sizeof(l.etag),
	    "\"%" PRIx64 "-%" PRIx64 "-%" PRIx64 "\"", (uint64_t)id->inode,
	    (uint64_t)id->size, (uint64_t)id->mtime_ns);
	date_put_http(&date, id->mtime_ns / NS);
	snprintf(l.modified, sizeof(l.modified), "%s", buf_view(&date).p);
	buf_free(&date);
	return l;
}

static void
describe(struct arena *a, const struct identity *id, const struct labels *l,
    struct cache_file *out)
{
	out->size = id->size;
	out->mtime_ns = id->mtime_ns;
	out->etag = str_dup(a, str_from(l->etag));
	out->modified = str_dup(a, str_from(l->modified));
}

static const char *
full_path(struct arena *a, const char *root, struct str path)
{
	struct str s = str_from(root);
	char *p = arena_alloc(a, 1, s.n + path.n + 2);

	memcpy(p, s.p, s.n);
	p[s.n] = '/';
	memcpy(p + s.n + 1, path.p, path.n);
	return p;
}

void
cache_open(struct cache *cache, const char *root)
{
	struct str s = str_from(root);

	*cache = (struct cache){ 0 };
	TAILQ_INIT(&cache->used);
	cache->root = mem_alloc(1, s.n + 1);
	memcpy(cache->root, s.p, s.n);
}

enum cache_rc
cache_find(struct cache *cache, struct arena *a, struct str path,
    struct cache_file *out)
{
	struct cache_entry *e;
	struct labels labels;
	struct identity id;
	struct stat st;
	int fd;

	*out = (struct cache_file){ .fd = -1 };
	if (path.n >= PATH_LIMIT)
		return CACHE_MISSING;
	if (lstat(full_path(a, cache->root, path), &st) == -1)
		return rc_of_errno("lstat");
	if (S_ISDIR(st.st_mode))
		return CACHE_FOLDER;
	if (!S_ISREG(st.st_mode))
		return CACHE_MISSING;
	id = identity_of(&st);
	e = find_entry(cache, path);
	if (e != NULL && same(&e->identity, &id)) {
		TAILQ_REMOVE(&cache->used, e, place);
		TAILQ_INSERT_HEAD(&cache->used, e, place);
		describe(a, &id, &e->labels, out);
		out->content =
		    (struct str){ e->bytes + e->path_n, e->content_n };
		return CACHE_FOUND;
	}
	if (e != NULL)
		remove_entry(cache, e);
	fd = open_below(a, cache->root, path);
	if (fd == -1)
		return rc_of_errno("open");
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode)) {
		close(fd);
		return CACHE_MISSING;
	}
	id = identity_of(&st);
	labels = labels_of(&id);
	describe(a, &id, &labels, out);
	return load(cache, path, fd, &id, &labels, out);
}

void
cache_close(struct cache *cache)
{
	struct cache_entry *e;

	while ((e = TAILQ_FIRST(&cache->used)) != NULL)
		remove_entry(cache, e);
	mem_free(cache->root);
	cache->root = NULL;
}
