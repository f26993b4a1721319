#include "base/db.h"

#include <assert.h>

#include "base/buf.h"
#include "base/db_driver.h"

struct db *
db_open(const struct db_driver *driver, const char *path, enum db_mode mode)
{
	struct db *db = driver->open(path, mode);

	if (db != NULL)
		db->driver = driver;
	return db;
}

void
db_close(struct db *db)
{
	struct db_statement *st;

	if (db == NULL)
		return;
	while ((st = db->statements) != NULL) {
		db->statements = st->next;
		db->driver->finalize(st);
	}
	db->driver->close(db);
}

struct db_statement *
db_prepare(struct db *db, const char *sql)
{
	struct db_statement *st = db->driver->prepare(db, sql);

	if (st == NULL)
		return NULL;
	st->db = db;
	st->next = db->statements;
	db->statements = st;
	return st;
}

/* The engine's word for the token that stands at the head of s, or NULL. */
static const struct db_token *
token_at(const struct db *db, struct str s)
{
	for (const struct db_token *t = db->driver->tokens; t->name.n > 0; t++)
		if (str_eq(str_slice(s, 0, t->name.n), t->name))
			return t;
	return NULL;
}

enum db_rc
db_script(struct db *db, const char *sql)
{
	struct str rest = str_from(sql);
	struct buf out = { 0 };
	enum db_rc rc;

	while (rest.n > 0) {
		const struct db_token *t =
		    *rest.p == '$' ? token_at(db, rest) : NULL;
		size_t taken = t != NULL ? t->name.n : 1;

		buf_str(&out, t != NULL ? t->text : str_slice(rest, 0, 1));
		rest = str_slice(rest, taken, rest.n);
	}
	rc = db->driver->script(db, buf_view(&out).p);
	buf_free(&out);
	return rc;
}

void
db_bind_values(struct db_statement *st, const struct db_value *values, size_t n)
{
	assert(n == st->wants);
	db_reset(st);
	for (size_t i = 0; i < n; i++)
		st->db->driver->bind(st, (int)i, &values[i]);
}

enum db_rc
db_step(struct db_statement *st)
{
	enum db_rc rc = st->db->driver->step(st);

	if (rc != DB_ROW)
		db_reset(st);
	return rc;
}

void
db_reset(struct db_statement *st)
{
	st->db->driver->reset(st);
}

enum db_rc
db_run_values(struct db_statement *st, const struct db_value *values, size_t n)
{
	enum db_rc rc;

	db_bind_values(st, values, n);
	while ((rc = db_step(st)) == DB_ROW)
		continue;
	return rc;
}

int64_t
db_changes(struct db *db)
{
	return db->driver->changes(db);
}

int64_t
db_get_int(struct db_statement *st, int column)
{
	return st->db->driver->get_int(st, column);
}

int64_t
db_get_int_or(struct db_statement *st, int column, int64_t null)
{
	return db_get_null(st, column) ? null : db_get_int(st, column);
}

bool
db_get_null(struct db_statement *st, int column)
{
	return st->db->driver->is_null(st, column);
}

struct str
db_get_str(struct db_statement *st, struct arena *a, int column)
{
	return str_dup(a, st->db->driver->get_bytes(st, column));
}

struct str
db_get_blob(struct db_statement *st, struct arena *a, int column)
{
	return db_get_str(st, a, column);
}

enum db_rc
db_begin(struct db *db)
{
	return db->driver->begin(db, true);
}

enum db_rc
db_look_begin(struct db *db)
{
	return db->driver->begin(db, false);
}

void
db_look_end(struct db *db)
{
	db->driver->rollback(db);
}

enum db_rc
db_commit(struct db *db)
{
	return db->driver->commit(db);
}

void
db_rollback(struct db *db)
{
	db->driver->rollback(db);
}

enum db_rc
db_savepoint(struct db *db)
{
	return db->driver->savepoint(db, DB_SAVEPOINT);
}

enum db_rc
db_savepoint_keep(struct db *db)
{
	return db->driver->savepoint(db, DB_RELEASE);
}

enum db_rc
db_savepoint_undo(struct db *db)
{
	enum db_rc rc = db->driver->savepoint(db, DB_ROLLBACK_TO);

	if (rc != DB_OK)
		return rc;
	return db->driver->savepoint(db, DB_RELEASE);
}

bool
db_in_transaction(struct db *db)
{
	return db->driver->in_transaction(db);
}

bool
db_broken(const struct db *db)
{
	return db->broken;
}

enum db_rc
db_checkpoint(struct db *db)
{
	return db->driver->checkpoint(db);
}

enum db_rc
db_backup(struct db *db, const char *path)
{
	return db->driver->backup(db, path);
}

enum db_rc
db_identity(struct db *db, int64_t *application, int64_t *version)
{
	return db->driver->identity(db, application, version);
}

enum db_rc
db_identify(struct db *db, int64_t application, int64_t version)
{
	return db->driver->identify(db, application, version);
}

enum db_rc
db_verify(struct db *db)
{
	return db->driver->verify(db);
}

enum db_rc
db_limit(struct db *db, int64_t bytes)
{
	return db->driver->limit(db, bytes);
}
