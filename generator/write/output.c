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

#include "base/date.h"
#include "base/file.h"
#include "base/log.h"

enum {
	HASH_DIGITS = 32,
	MODE_STAGING = 0700,
	FILES_A_FOLDER = 256,
	KEPT_SECONDS = DATE_DAY,
};

static const char *
place(struct arena *a, const struct output *o, struct str path)
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

static int
open_folder(struct output *o, const char *folder, const char *catalog)
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
	    open_folder(o, folder, catalog) == -1)
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

int
output_stage(struct output *o, size_t file, struct str bytes)
{
	struct output_file *f = &o->files.at[file];
	struct arena a = { 0 };
	const char *path = place(&a, o, f->path);
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

/* Makes the folders above a file, each once. */
static int
make_parent(struct output *o, struct map *made, struct str path)
{
	while (path.n > 0 && path.p[path.n - 1] != '/')
		path.n--;
	if (path.n == 0 || !map_add(made, &o->arena, path, o))
		return 0;
	return file_make_dirs(
	    place(&o->arena, o, str_slice(path, 0, path.n - 1)));
}

/* A manifest of what this build makes, with room for what was before. */
static struct manifest
manifest_of(const struct output *o, struct arena *a)
{
	struct manifest m = { .folder = str_from(o->folder) };

	m.files.cap = o->files.n + o->before.files.n;
	m.files.at = arena_alloc(a, sizeof(*m.files.at), m.files.cap);
	for (size_t i = 0; i < o->files.n; i++) {
		const struct output_file *f = &o->files.at[i];
		struct manifest_entry *e = VEC_PUSH(a, &m.files);

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
		if (map_get(&o->before.by_path, f->path) == NULL)
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
	struct manifest all = manifest_of(o, &a);
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
publish(struct output *o, size_t file)
{
	struct output_file *f = &o->files.at[file];
	struct arena a = { 0 };
	const char *path = place(&a, o, f->path);
	int rc = rename(staged(&a, o, file), path);

	if (rc == -1)
		log_warn("rename %s", path);
	arena_free(&a);
	o->written += rc == 0;
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

		if (f->class == c && f->state == s && publish(o, file) == -1)
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
		OUTPUT_LIST };

	for (size_t s = 0; s < 2; s++)
		for (size_t c = 0; c < 3; c++)
			if (publish_class(o, classes[c], states[s]) == -1)
				return -1;
	return 0;
}

/* Folders that are empty now go too; the output folder itself stays. */
static void
remove_parents(struct arena *a, const struct output *o, struct str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/' &&
		    rmdir(place(a, o, str_slice(path, 0, i - 1))) == -1)
			return;
}

static int
remove_file(struct output *o, struct str path)
{
	struct arena a = { 0 };
	const char *p = place(&a, o, path);
	int rc = unlink(p);

	if (rc == 0) {
		o->removed++;
		remove_parents(&a, o, path);
	} else if (errno == ENOENT || errno == ENOTDIR) {
		rc = 0;
	} else {
		log_warn("remove %s", p);
	}
	arena_free(&a);
	return rc;
}

/* Its name changes with its bytes; pages in caches may want the old one. */
static bool
is_asset(struct str path)
{
	return str_starts(path, STR("assets/")) ||
	       (str_starts(path, STR("search/")) &&
		   !str_eq(path, STR("search/index.json")));
}

/* What a partial build has not made, or an old asset. */
static bool
stays(const struct output *o, struct manifest_entry *e, int64_t now)
{
	bool search = str_starts(e->path, STR("search/"));

	if (o->partial && (search || (!str_ends(e->path, STR(".html")) &&
					 !is_asset(e->path))))
		return true;
	if (!is_asset(e->path))
		return false;
	if (e->dropped == 0) {
		e->dropped = now;
		return true;
	}
	return now - e->dropped < KEPT_SECONDS;
}

int
output_remove(struct output *o, int64_t now)
{
	struct arena a = { 0 };
	struct manifest m = manifest_of(o, &a);
	int rc = 0;

	for (size_t i = 0; i < o->files.n; i++)
		o->unchanged += o->files.at[i].state == OUTPUT_SAME;
	for (size_t i = 0; rc == 0 && i < o->before.files.n; i++) {
		struct manifest_entry *e = &o->before.files.at[i];

		if (map_get(&m.by_path, e->path) != NULL)
			continue;
		if (stays(o, e, now))
			*VEC_PUSH(&a, &m.files) = *e;
		else
			rc = remove_file(o, e->path);
	}
	if (rc == 0)
		rc = manifest_write(&m, o->manifest_path);
	arena_free(&a);
	return rc;
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

int
output_clean(const char *folder, const char *catalog, size_t *removed)
{
	struct output o = { .lock = -1 };
	int rc = 0;

	*removed = 0;
	if (access(folder, F_OK) == -1 && errno == ENOENT)
		return 0;
	rc = open_folder(&o, folder, catalog);
	for (size_t i = 0; rc == 0 && i < o.before.files.n; i++)
		rc = remove_file(&o, o.before.files.at[i].path);
	if (rc == 0 && o.before.folder.n > 0 && unlink(o.manifest_path) == -1) {
		log_warn("remove %s", o.manifest_path);
		rc = -1;
	}
	*removed = o.removed;
	output_close(&o);
	return rc;
}
