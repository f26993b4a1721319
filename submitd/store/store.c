#include "submitd/store/store.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/mem.h"
#include "submitd/store/inside.h"
#include "submitd/store/keys.h"

/* Held as long as the store is open; the file itself stays. */
static int
lock_file(const char *path)
{
	char name[4096];
	int n = snprintf(name, sizeof(name), "%s.lock", path);
	int fd;

	if (n < 0 || (size_t)n >= sizeof(name)) {
		log_warnx("%s: too long a path", path);
		return -1;
	}
	fd = open(name, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (fd == -1) {
		log_warn("open %s", name);
		return -1;
	}
	if (flock(fd, LOCK_EX | LOCK_NB) == 0)
		return fd;
	if (errno == EWOULDBLOCK)
		log_warnx("%s: in use by another submitd", path);
	else
		log_warn("lock %s", name);
	close(fd);
	return -1;
}

/*
 * A look before anything is touched: another program's file stays as it is.
 * 1: there is nothing yet, -1: not ours; logged.
 */
static int
look(const char *path, bool may_migrate)
{
	struct stat st;
	struct db *db;
	int rc;

	if (stat(path, &st) == -1 && errno == ENOENT)
		return 1;
	if (stat(path, &st) == 0 && st.st_size == 0)
		return 1;
	db = db_open(&db_sqlite, path, DB_READ);
	if (db == NULL)
		return -1;
	rc = store_recognize(db, path, may_migrate);
	db_close(db);
	return rc;
}

static int
prepare_all(struct store *s)
{
	const char *sql[STATEMENTS];

	statements_all(sql);
	for (int i = 0; i < STATEMENTS; i++)
		if ((s->st[i] = db_prepare(s->db, sql[i])) == NULL)
			return -1;
	return 0;
}

/* Far from those of other runs: caches have kept their tags. */
static int64_t
first_live_version(void)
{
	uint32_t run;

	hash_random(&run, sizeof(run));
	return (int64_t)run << 24;
}

struct store *
store_open(const char *url, enum store_mode mode, int64_t now)
{
	static const char scheme[] = "sqlite:";
	const char *path = strncmp(url, scheme, sizeof(scheme) - 1) == 0
			       ? url + sizeof(scheme) - 1
			       : url;
	struct store *s;

	(void)now;
	if (strncmp(path, "postgresql:", strlen("postgresql:")) == 0) {
		log_warnx("%s: this build speaks SQLite only", url);
		return NULL;
	}
	s = mem_alloc(sizeof(*s), 1);
	s->lock = -1;
	s->live_version = first_live_version();
	if (mode == STORE_WRITE && (s->lock = lock_file(path)) == -1)
		goto fail;
	switch (look(path, mode == STORE_WRITE)) {
	case -1:
		goto fail;
	case 1:
		if (mode == STORE_WRITE)
			break;
		log_warnx("%s: no such database", path);
		goto fail;
	}
	s->db =
	    db_open(&db_sqlite, path, mode == STORE_WRITE ? DB_STORE : DB_READ);
	if (s->db == NULL)
		goto fail;
	if (mode == STORE_WRITE &&
	    (db_verify(s->db) != DB_OK || store_migrate(s->db, path) == -1)) {
		log_warnx("%s: left as it is", path);
		goto fail;
	}
	if (prepare_all(s) == -1)
		goto fail;
	return s;
fail:
	store_close(s);
	return NULL;
}

void
store_close(struct store *s)
{
	if (s == NULL)
		return;
	if (s->in_turn)
		store_turn_abandon(s);
	store_catalog_free(s->catalog);
	db_close(s->db);
	/* Only now: another may open the file. */
	if (s->lock != -1)
		close(s->lock);
	mem_free(s);
}

enum store_rc
store_said(enum db_rc rc)
{
	switch (rc) {
	case DB_OK:
	case DB_ROW:
		return STORE_OK;
	case DB_CONFLICT:
		return STORE_CONFLICT;
	case DB_FULL:
	case DB_FAILED:
		break;
	}
	return STORE_FAILED;
}

enum store_rc
store_turn_begin(struct store *s)
{
	enum store_rc rc;

	assert(!s->in_turn);
	rc = store_said(db_begin(s->db));
	s->in_turn = rc == STORE_OK;
	s->live_dirty = false;
	return rc;
}

enum store_rc
store_turn_commit(struct store *s)
{
	enum store_rc rc;

	assert(s->in_turn);
	if (store_turn_ended(s)) {
		store_turn_abandon(s);
		return STORE_FAILED;
	}
	rc = store_said(db_commit(s->db));
	s->in_turn = false;
	if (rc != STORE_OK)
		return STORE_FAILED;
	if (s->live_dirty)
		s->live_version++;
	return store_keys_deferred(s);
}

void
store_turn_abandon(struct store *s)
{
	db_rollback(s->db);
	s->in_turn = false;
}

bool
store_turn_ended(struct store *s)
{
	return s->in_turn && !db_in_transaction(s->db);
}

enum store_rc
store_step_begin(struct store *s)
{
	if (!store_may_write(s))
		return STORE_FAILED;
	return store_said(db_savepoint(s->db));
}

enum store_rc
store_step_keep(struct store *s)
{
	if (!store_may_write(s))
		return STORE_FAILED;
	return store_said(db_savepoint_keep(s->db));
}

void
store_step_undo(struct store *s)
{
	/* One that cannot be undone must not be committed with the rest. */
	if (store_may_write(s) && db_savepoint_undo(s->db) != DB_OK)
		db_rollback(s->db);
}

bool
store_may_write(const struct store *s)
{
	return s->in_turn && db_in_transaction(s->db);
}

enum store_rc
store_row_values(struct store *s, enum statement id,
    const struct db_value *values, size_t n)
{
	db_bind_values(s->st[id], values, n);
	return store_next(s, id);
}

enum store_rc
store_change_values(struct store *s, enum statement id,
    const struct db_value *values, size_t n)
{
	if (!store_may_write(s))
		return STORE_FAILED;
	return store_row_values(s, id, values, n);
}

enum store_rc
store_write_values(struct store *s, enum statement id,
    const struct db_value *values, size_t n)
{
	if (!store_may_write(s))
		return STORE_FAILED;
	return store_said(db_run_values(s->st[id], values, n));
}

enum store_rc
store_changed_values(struct store *s, enum statement id,
    const struct db_value *values, size_t n)
{
	enum store_rc rc = store_write_values(s, id, values, n);

	return rc == STORE_OK && db_changes(s->db) == 0 ? STORE_NONE : rc;
}

enum store_rc
store_next(struct store *s, enum statement id)
{
	enum db_rc rc = db_step(s->st[id]);

	if (rc == DB_ROW)
		return STORE_OK;
	return rc == DB_OK ? STORE_NONE : store_said(rc);
}

void
store_done(struct store *s, enum statement id)
{
	db_reset(s->st[id]);
}

void
store_live_touch(struct store *s)
{
	s->live_dirty = true;
}

int64_t
store_live_version(const struct store *s)
{
	return s->live_version;
}

const struct catalog *
store_catalog(const struct store *s)
{
	return s->catalog;
}

enum store_rc
store_backup(struct store *s, const char *path)
{
	return store_said(db_backup(s->db, path));
}

void
store_checkpoint(struct store *s)
{
	if (!s->in_turn && db_checkpoint(s->db) != DB_OK)
		log_warnx("the log was not taken into the database");
}

bool
store_broken(const struct store *s)
{
	return db_broken(s->db);
}

enum store_rc
store_limit(struct store *s, int64_t bytes)
{
	return store_said(db_limit(s->db, bytes));
}
