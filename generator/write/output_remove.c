#include <errno.h>
#include <unistd.h>

#include "base/date.h"
#include "base/log.h"
#include "generator/write/compress.h"
#include "generator/write/output_own.h"

enum { KEPT_SECONDS = DATE_DAY };

/* Folders that are empty now go too; the output folder itself stays. */
static void
remove_parents(struct arena *a, const struct output *o, struct str path)
{
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/' &&
		    rmdir(output_place(a, o, str_slice(path, 0, i - 1))) == -1)
			return;
}

static int
remove_file(struct output *o, struct str path)
{
	struct arena a = { 0 };
	const char *p = output_place(&a, o, path);
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

/* Whose compressed form it is, or the path itself. */
static struct str
plain(struct str path)
{
	for (int form = 0; form < COMPRESS_FORMS; form++)
		if (str_ends(path, compress_ending(form)))
			path.n -= compress_ending(form).n;
	return path;
}

static bool
is_page(struct str path)
{
	return str_ends(plain(path), STR(".html"));
}

/* Its name changes with its bytes; pages in caches may want the old one. */
static bool
is_asset(struct str path)
{
	return str_starts(path, STR("assets/")) ||
	       (str_starts(path, STR("search/")) &&
		   !str_eq(plain(path), STR("search/index.json")));
}

/* What a partial build has not made, or an old asset. */
static bool
stays(const struct output *o, struct manifest_entry *e, int64_t now)
{
	bool search = str_starts(e->path, STR("search/"));

	if (o->partial && (search || (!is_page(e->path) && !is_asset(e->path))))
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
	struct manifest m = output_manifest(o, &a);
	int rc = 0;

	for (size_t i = 0; i < o->files.n; i++)
		o->unchanged += o->files.at[i].state == OUTPUT_SAME;
	/* Pages first: no page is left that leads to what has gone. */
	for (size_t i = 0; rc == 0 && i < 2 * o->before.files.n; i++) {
		struct manifest_entry *e =
		    &o->before.files.at[i % o->before.files.n];
		bool pages = i < o->before.files.n;

		if (is_page(e->path) != pages ||
		    map_get(&m.by_path, e->path) != NULL)
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

int
output_clean(const char *folder, const char *catalog, size_t *removed)
{
	struct output o = { .lock = -1 };
	int rc = 0;

	*removed = 0;
	if (access(folder, F_OK) == -1 && errno == ENOENT)
		return 0;
	rc = output_open_folder(&o, folder, catalog);
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
