#ifndef BASE_DB_DRIVER_H
#define BASE_DB_DRIVER_H

#include "base/db.h"

/*
 * What an engine provides.  Each member does what the function of db.h with
 * its name says; `db` and `db_statement` are the first members of the engine's
 * own structs.
 */

struct db {
	const struct db_driver *driver;
	struct db_statement *statements;
	bool broken;
};

struct db_statement {
	struct db *db;
	struct db_statement *next;
	size_t wants; /* values to be bound */
};

enum db_savepoint_verb { DB_SAVEPOINT, DB_RELEASE, DB_ROLLBACK_TO };

struct db_token {
	struct str name, text; /* "$int", "INTEGER" */
};

struct db_driver {
	const char *name;
	const struct db_token *tokens; /* ends with an empty name */
	struct db *(*open)(const char *path, enum db_mode mode);
	void (*close)(struct db *db);
	struct db_statement *(*prepare)(struct db *db, const char *sql);
	void (*finalize)(struct db_statement *st);
	enum db_rc (*script)(struct db *db, const char *sql);
	void (*bind)(struct db_statement *st, int i, const struct db_value *v);
	enum db_rc (*step)(struct db_statement *st);
	void (*reset)(struct db_statement *st);
	int64_t (*changes)(struct db *db);
	bool (*is_null)(struct db_statement *st, int column);
	int64_t (*get_int)(struct db_statement *st, int column);
	/* A view that lives until the next step. */
	struct str (*get_bytes)(struct db_statement *st, int column);
	enum db_rc (*begin)(struct db *db, bool to_write);
	enum db_rc (*commit)(struct db *db);
	void (*rollback)(struct db *db);
	enum db_rc (*savepoint)(struct db *db, enum db_savepoint_verb verb);
	bool (*in_transaction)(struct db *db);
	enum db_rc (*checkpoint)(struct db *db);
	enum db_rc (*backup)(struct db *db, const char *path);
	enum db_rc (*identity)(struct db *db, int64_t *app, int64_t *version);
	enum db_rc (*identify)(struct db *db, int64_t app, int64_t version);
	enum db_rc (*verify)(struct db *db);
	enum db_rc (*limit)(struct db *db, int64_t bytes);
};

#endif
