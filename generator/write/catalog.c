#include "generator/write/catalog.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/db.h"
#include "base/embed.h"
#include "base/file.h"
#include "base/log.h"
#include "generator/model/site.h"
#include "generator/view/view.h"
#include "generator/write/catalog_rows.h"

extern const struct embedded catalog_sql[];

enum { FILE_MAX = 1 << 30 };

/* The first bytes of a database of SQLite (its file format, 1.3). */
enum { HEADER_SIZE = 100, HEADER_APPLICATION = 68 };

/*
 * A file that we may write over: none, an empty one, or a catalog.  It is told
 * by its header alone, so that a damaged catalog is made anew.
 */
static bool
ours(const char *path)
{
	unsigned char header[HEADER_SIZE] = { 0 };
	FILE *f = fopen(path, "rb");

	if (f == NULL && errno == ENOENT)
		return true;
	if (f == NULL) {
		log_warn("open %s", path);
		return false;
	}
	size_t n = fread(header, 1, sizeof(header), f);
	fclose(f);
	if (n == 0)
		return true;
	const unsigned char *id = header + HEADER_APPLICATION;
	uint32_t application = (uint32_t)id[0] << 24 | (uint32_t)id[1] << 16 |
			       (uint32_t)id[2] << 8 | id[3];
	if (n == sizeof(header) && application == CATALOG_APPLICATION_ID)
		return true;
	log_warnx("%s: not a catalog; it is left as it is", path);
	return false;
}

/* The old file's generation when its hash is the same, else now. */
static int64_t
generation(const char *path, struct str hash, int64_t now)
{
	struct arena a = { 0 };
	struct stat st;
	int64_t out = now;

	if (stat(path, &st) == -1 || st.st_size == 0)
		return now;
	struct db *db = db_open(&db_sqlite, path, DB_READ);
	if (db == NULL)
		return now;
	struct db_statement *st_meta =
	    db_prepare(db, "SELECT format, generation, hash FROM meta");
	if (st_meta != NULL && db_step(st_meta) == DB_ROW &&
	    db_get_int(st_meta, 0) == CATALOG_FORMAT &&
	    str_eq(db_get_str(st_meta, &a, 2), hash))
		out = db_get_int(st_meta, 1);
	db_close(db);
	arena_free(&a);
	return out;
}

static enum db_rc
insert_meta(struct db *db, struct str hash, int64_t generation_)
{
	struct db_statement *st = db_prepare(db,
	    "INSERT INTO meta (format, generation, hash) VALUES (?, ?, ?)");

	if (st == NULL)
		return DB_FAILED;
	return db_run(st, db_int(CATALOG_FORMAT), db_int(generation_),
	    db_text(hash));
}

static int
fill(struct catalog *c, struct db *db, const struct view *v,
    const struct assets *as)
{
	struct str hash;

	if (db_identify(db, CATALOG_APPLICATION_ID, CATALOG_FORMAT) != DB_OK ||
	    db_begin(db) != DB_OK ||
	    db_script(db, catalog_sql[0].text) != DB_OK ||
	    catalog_rows(db, v, as, &c->arena, &hash) == -1)
		return -1;
	int64_t g = generation(c->path, hash, v->site->now);
	if (insert_meta(db, hash, g) != DB_OK || db_commit(db) != DB_OK)
		return -1;
	return 0;
}

int
catalog_stage(struct catalog *c, const struct view *v, const struct assets *as,
    const char *path)
{
	struct arena a = { 0 };
	struct str bytes;

	*c = (struct catalog){ .path = path };
	c->temporary = str_format(&c->arena, "%s.tmp", path).p;
	if (!ours(path))
		return -1;
	if (unlink(c->temporary) == -1 && errno != ENOENT) {
		log_warn("remove %s", c->temporary);
		return -1;
	}
	c->staged = true;
	struct db *db = db_open(&db_sqlite, c->temporary, DB_FILE);
	if (db == NULL)
		return -1;
	int rc = fill(c, db, v, as);
	db_close(db);
	if (rc == -1)
		return -1;
	if (file_read(&a, c->temporary, FILE_MAX, &bytes) == FILE_OK) {
		c->changed = file_match(path, bytes) != FILE_SAME;
	} else {
		log_warnx("%s: cannot be read back", c->temporary);
		rc = -1;
	}
	arena_free(&a);
	return rc;
}

int
catalog_publish(struct catalog *c)
{
	enum { MODE_FILE = 0644 };

	if (!c->changed)
		return 0;
	if (chmod(c->temporary, MODE_FILE) == -1 ||
	    rename(c->temporary, c->path) == -1) {
		log_warn("rename %s", c->path);
		return -1;
	}
	c->staged = false;
	return 0;
}

void
catalog_close(struct catalog *c)
{
	if (c->staged)
		unlink(c->temporary);
	arena_free(&c->arena);
	*c = (struct catalog){ 0 };
}
