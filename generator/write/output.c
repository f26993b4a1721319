#include "generator/write/output.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"
#include "generator/write/compress.h"
#include "generator/write/output_own.h"

enum {
	HASH_DIGITS = 32,
	MODE_STAGING = 0700,
	FILES_A_FOLDER = 256,
};

const char *
output_place(struct arena *a, const struct output *o, struct str path)
{
	return str_format(a, "%s/%.*s", o->folder, STR_ARG(path)).p;
}

/* Not too many in one folder, where threads would wait for one another. */
static const char *
staged(struct arena *a, const struct output *o, size_t file)
{
	return str_format(a, "%s/%zu/%zu", o->staging, file / FILES_A_FOLDER,
	    file)
	    .p;
}

/* A real one: what a link leads to is not ours. */
static bool
is_folder(const char *path)
{
	struct stat st;

	return lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Only our own names. */
static void
clear_staging(const char *path)
{
	struct arena a = { 0 };
	struct dirent *e;
	int64_t n;

	if (!is_folder(path))
		return;
	DIR *dir = opendir(path);
	if (dir == NULL)
		return;
	while ((e = readdir(dir)) != NULL) {
		if (!str_to_int64(str_from(e->d_name), &n))
			continue;
		if (unlinkat(dirfd(dir), e->d_name, 0) == -1)
			clear_staging(
			    str_format(&a, "%s/%s", path, e->d_name).p);
	}
	closedir(dir);
	rmdir(path);
	arena_free(&a);
}

static int
lock_folder(struct output *o)
{
	o->lock = open(o->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (o->lock == -1) {
		log_warn("open %s", o->folder);
		return -1;
	}
	if (flock(o->lock, LOCK_EX | LOCK_NB) == 0)
		return 0;
	log_info("waiting for another build in %s", o->folder);
	while (flock(o->lock, LOCK_EX) == -1) {
		if (errno == EINTR)
			continue;
		log_warn("lock %s", o->folder);
		return -1;
	}
	return 0;
}

int
output_open_folder(struct output *o, const char *folder, const char *catalog)
{
	char real[PATH_MAX];

	if (realpath(folder, real) == NULL) {
		log_warn("%s", folder);
		return -1;
	}
	o->folder = str_c(&o->arena, str_from(real));
	o->staging = str_format(&o->arena, "%s/.kruzhok-tmp", o->folder).p;
	o->manifest_path = manifest_path(&o->arena, catalog);
	if (lock_folder(o) == -1 ||
	    manifest_read(&o->before, &o->arena, o->manifest_path) == -1)
		return -1;
	if (!str_eq(o->before.folder, str_from(o->folder)))
		o->before = (struct manifest){ 0 };
	return 0;
}

int
output_open(struct output *o, const char *folder, const char *catalog)
{
	*o = (struct output){ .lock = -1 };
	if (file_make_dirs(folder) == -1 ||
	    output_open_folder(o, folder, catalog) == -1)
		return -1;
	clear_staging(o->staging);
	return 0;
}

size_t
output_add(struct output *o, struct str path, enum output_class c)
{
	struct output_file *f = VEC_PUSH(&o->arena, &o->files);

	f->path = path;
	f->class = c;
	return o->files.n - 1;
}

void
output_compress(struct output *o)
{
	size_t n = o->files.n;

	for (size_t i = 0; i < n; i++) {
		struct str path = o->files.at[i].path;

		if (!compress_wants(path))
			continue;
		o->files.at[i].packed = o->files.n;
		for (int form = 0; form < COMPRESS_FORMS; form++) {
			struct output_file *f = VEC_PUSH(&o->arena, &o->files);

			f->path = str_format(&o->arena, "%.*s%.*s",
			    STR_ARG(path), STR_ARG(compress_ending(form)));
			f->class = o->files.at[i].class;
			f->is_packed = true;
		}
	}
}

/* Any thread may be the first; what is there already is as good. */
static int
make_staging(struct output *o)
{
	struct arena a = { 0 };
	int rc = 0;

	if (atomic_load(&o->staging_made))
		return 0;
	if (mkdir(o->staging, MODE_STAGING) == -1 &&
	    (errno != EEXIST || !is_folder(o->staging)))
		rc = -1;
	for (size_t i = 0; rc == 0 && i <= o->files.n / FILES_A_FOLDER; i++) {
		rc = mkdir(str_format(&a, "%s/%zu", o->staging, i).p,
		    MODE_STAGING);
		if (rc == -1 && errno == EEXIST)
			rc = 0;
	}
	if (rc == -1)
		log_warn("mkdir %s", o->staging);
	else
		atomic_store(&o->staging_made, true);
	arena_free(&a);
	return rc;
}

static int
stage(struct output *o, size_t file, struct str bytes)
{
	struct output_file *f = &o->files.at[file];
	struct arena a = { 0 };
	const char *path = output_place(&a, o, f->path);
	int rc = 0;

	f->size = (int64_t)bytes.n;
	f->hash = hash_of(bytes);
	enum file_match match = file_match(path, bytes);
	if (match == FILE_SAME) {
		f->state = OUTPUT_SAME;
		goto done;
	}
	f->state = match == FILE_NONE ? OUTPUT_NEW : OUTPUT_CHANGED;
	rc = make_staging(o);
	if (rc == 0)
		rc = file_create(staged(&a, o, file), bytes);
done:
	arena_free(&a);
	return rc;
}

/* What the last manifest says of a path: its hash, or nothing. */
static struct str
hash_before(const struct output *o, struct str path)
{
	const struct manifest_entry *e = map_get(&o->before.by_path, path);

	return e == NULL ? (struct str){ 0 } : e->hash;
}

static bool
is_hash(struct arena *a, struct hash h, struct str hex)
{
	return str_eq(hash_hex(a, h, HASH_DIGITS), hex);
}

/*
 * Whether the compressed form that is there was made of these very bytes: the
 * last build had both, and it is still what that build made.
 */
static bool
packed_is_good(const struct output *o, const struct output_file *of,
    struct output_file *f)
{
	enum { PACKED_MAX = 1 << 30 };
	struct arena a = { 0 };
	struct str bytes, hash = hash_before(o, f->path);
	bool good = of->state == OUTPUT_SAME && hash.n > 0 &&
		    is_hash(&a, of->hash, hash_before(o, of->path)) &&
		    file_read(&a, output_place(&a, o, f->path), PACKED_MAX,
			&bytes) == FILE_OK;

	if (good) {
		f->size = (int64_t)bytes.n;
		f->hash = hash_of(bytes);
		f->state = OUTPUT_SAME;
		good = is_hash(&a, f->hash, hash);
	}
	arena_free(&a);
	return good;
}

int
output_stage(struct output *o, size_t file, struct str bytes)
{
	const struct output_file *f = &o->files.at[file];
	struct buf packed = { 0 };
	int rc = stage(o, file, bytes);

	for (int form = 0; rc == 0 && f->packed > 0 && form < COMPRESS_FORMS;
	     form++) {
		size_t i = f->packed + (size_t)form;

		if (packed_is_good(o, f, &o->files.at[i]))
			continue;
		o->files.at[i].state = OUTPUT_MISSING;
		buf_reset(&packed);
		if (compress_put(form, bytes, &packed))
			rc = stage(o, i, buf_view(&packed));
	}
	buf_free(&packed);
	return rc;
}

/* Makes the folders above a file, each once. */
static int
make_parent(struct output *o, struct map *made, struct str path)
{
	while (path.n > 0 && path.p[path.n - 1] != '/')
		path.n--;
	if (path.n == 0 || !map_add(made, &o->arena, path, o))
		return 0;
	return file_make_dirs(
	    output_place(&o->arena, o, str_slice(path, 0, path.n - 1)));
}

struct manifest
output_manifest(const struct output *o, struct arena *a)
{
	struct manifest m = { .folder = str_from(o->folder) };

	m.files.cap = o->files.n + o->before.files.n;
	m.files.at = arena_alloc(a, sizeof(*m.files.at), m.files.cap);
	for (size_t i = 0; i < o->files.n; i++) {
		const struct output_file *f = &o->files.at[i];
		struct manifest_entry *e;

		if (f->state == OUTPUT_MISSING)
			continue;
		e = VEC_PUSH(a, &m.files);
		e->path = f->path;
		e->size = f->size;
		e->hash = hash_hex(a, f->hash, HASH_DIGITS);
		if (o->before.files.n > 0)
			map_add(&m.by_path, a, e->path, e);
	}
	return m;
}

/* Folders for what is new; whether the last manifest lacks any of it. */
static int
prepare(struct output *o, bool *more)
{
	struct map made = { 0 };

	*more = o->before.folder.n == 0;
	for (size_t i = 0; i < o->files.n; i++) {
		const struct output_file *f = &o->files.at[i];

		if (f->state == OUTPUT_NEW &&
		    make_parent(o, &made, f->path) == -1)
			return -1;
		if (f->state != OUTPUT_MISSING &&
		    map_get(&o->before.by_path, f->path) == NULL)
			*more = true;
	}
	return 0;
}

int
output_announce(struct output *o)
{
	struct arena a = { 0 };
	bool more;
	int rc = prepare(o, &more);

	if (rc == -1 || !more)
		return rc;
	struct manifest all = output_manifest(o, &a);
	for (size_t i = 0; i < o->before.files.n; i++) {
		const struct manifest_entry *e = &o->before.files.at[i];

		if (map_get(&all.by_path, e->path) == NULL)
			*VEC_PUSH(&a, &all.files) = *e;
	}
	rc = manifest_write(&all, o->manifest_path);
	arena_free(&a);
	return rc;
}

static int
move(struct output *o, size_t file)
{
	struct output_file *f = &o->files.at[file];
	struct arena a = { 0 };
	const char *path = output_place(&a, o, f->path);
	int rc = rename(staged(&a, o, file), path);

	if (rc == -1)
		log_warn("rename %s", path);
	arena_free(&a);
	o->written += rc == 0;
	return rc;
}

/*
 * A file and then its compressed forms, in the turn of `s`; those of a file
 * that stays as it is come with what is new.
 */
static int
publish(struct output *o, size_t file, enum output_state s)
{
	const struct output_file *f = &o->files.at[file];
	bool turn =
	    f->state == s || (f->state == OUTPUT_SAME && s == OUTPUT_NEW);
	int rc = 0;

	if (f->state == s)
		rc = move(o, file);
	for (size_t i = 0; turn && f->packed > 0 && i < COMPRESS_FORMS; i++)
		if (rc == 0 && o->files.at[f->packed + i].state > OUTPUT_SAME)
			rc = move(o, f->packed + i);
	return rc;
}

static int
publish_class(struct output *o, enum output_class c, enum output_state s)
{
	size_t n = o->files.n;

	for (size_t i = 0; i < n; i++) {
		/* The first list is the home page: it goes last. */
		size_t file = c == OUTPUT_LIST ? n - 1 - i : i;
		const struct output_file *f = &o->files.at[file];

		if (f->class == c && !f->is_packed && publish(o, file, s) == -1)
			return -1;
	}
	return 0;
}

int
output_publish_assets(struct output *o)
{
	if (publish_class(o, OUTPUT_ASSET, OUTPUT_NEW) == -1)
		return -1;
	return publish_class(o, OUTPUT_ASSET, OUTPUT_CHANGED);
}

int
output_publish_pages(struct output *o)
{
	static const enum output_state states[] = { OUTPUT_NEW,
		OUTPUT_CHANGED };
	static const enum output_class classes[] = { OUTPUT_LEAF, OUTPUT_PAGE,
		OUTPUT_PART, OUTPUT_LIST };

	for (size_t s = 0; s < sizeof(states) / sizeof(*states); s++)
		for (size_t c = 0; c < sizeof(classes) / sizeof(*classes); c++)
			if (publish_class(o, classes[c], states[s]) == -1)
				return -1;
	return 0;
}

void
output_close(struct output *o)
{
	if (o->folder == NULL)
		return;
	clear_staging(o->staging);
	if (o->lock != -1)
		close(o->lock);
	arena_free(&o->arena);
	*o = (struct output){ .lock = -1 };
}
