#ifndef BASE_DB_H
#define BASE_DB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/*
 * SQL, one text for every engine: '?' for what is bound, only what all engines
 * know (RETURNING, ON CONFLICT).  A connection belongs to one thread at a
 * time.  What goes wrong on the engine's side is logged here, once.
 *
 *	struct db *db = db_open(&db_sqlite, "build/catalog.db.tmp", DB_FILE);
 *	struct db_statement *add = db_prepare(db,
 *	    "INSERT INTO event (id, starts, ends) VALUES (?, ?, ?)");
 *	rc = db_run(add, db_text(id), db_int(starts), db_null());
 */

struct db;
struct db_driver;
struct db_statement;

extern const struct db_driver db_sqlite;

enum db_mode {
	/* The store: reads, writes and checkpoints; made when missing. */
	DB_STORE,
	/* Reads beside whoever writes; never changes or checkpoints. */
	DB_READ,
	/*
	 * A plain file by one writer, for others to read after a rename: no
	 * journal, fixed pages, the same statements give the same bytes.  A
	 * write that failed leaves rubbish: remove it.
	 */
	DB_FILE,
};

enum db_rc {
	DB_OK,  /* done; for db_step: no more rows */
	DB_ROW, /* a row stands ready */
	/* A constraint said no; the statement has changed nothing. */
	DB_CONFLICT,
	/* No room; db_in_transaction() tells whether anything is left of it. */
	DB_FULL,
	/* Anything else of the engine's; logged. */
	DB_FAILED,
};

/* NULL: logged, with what is wrong with the file. */
struct db *db_open(const struct db_driver *driver, const char *path,
    enum db_mode mode);

/* Closes the statements too.  db_close(NULL) does nothing. */
void db_close(struct db *db);

/* NULL: logged.  Lives as long as the connection. */
struct db_statement *db_prepare(struct db *db, const char *sql);

/*
 * Runs statements that give no rows, separated by ';'.  The tokens $int $blob
 * $serial (a growing number that is the key) $strict and $clustered (behind
 * the table's last bracket) stand for the engine's words.
 */
enum db_rc db_script(struct db *db, const char *sql)
    __attribute__((warn_unused_result));

enum db_kind { DB_KIND_NULL, DB_KIND_INT, DB_KIND_TEXT, DB_KIND_BLOB };

struct db_value {
	enum db_kind kind;
	int64_t n;
	struct str s;
};

static inline struct db_value
db_null(void)
{
	return (struct db_value){ DB_KIND_NULL, 0, { 0, 0 } };
}

static inline struct db_value
db_int(int64_t n)
{
	return (struct db_value){ DB_KIND_INT, n, { 0, 0 } };
}

static inline struct db_value
db_text(struct str s)
{
	return (struct db_value){ DB_KIND_TEXT, 0, s };
}

static inline struct db_value
db_blob(struct str s)
{
	return (struct db_value){ DB_KIND_BLOB, 0, s };
}

/* NULL when there is no text. */
static inline struct db_value
db_text_or_null(struct str s)
{
	return s.n > 0 ? db_text(s) : db_null();
}

/*
 * Binds all of a statement's values anew, ending what it was doing.  Texts
 * must live until the next db_bind or db_reset.
 */
#define db_bind(st, ...) \
	db_bind_values(st, (struct db_value[]){ __VA_ARGS__ }, \
	    sizeof((struct db_value[]){ __VA_ARGS__ }) / \
		sizeof(struct db_value))

void db_bind_values(struct db_statement *st, const struct db_value *values,
    size_t n);

/* DB_ROW, or DB_OK behind the last one; then or on error the statement ends. */
enum db_rc db_step(struct db_statement *st) __attribute__((warn_unused_result));

/* Ends a statement before its last row, and forgets what was bound. */
void db_reset(struct db_statement *st);

/* Binds, runs to the end, drops rows. */
#define db_run(st, ...) \
	db_run_values(st, (struct db_value[]){ __VA_ARGS__ }, \
	    sizeof((struct db_value[]){ __VA_ARGS__ }) / \
		sizeof(struct db_value))

enum db_rc db_run_values(struct db_statement *st, const struct db_value *values,
    size_t n) __attribute__((warn_unused_result));

/* How many rows the last statement that changed any has changed. */
int64_t db_changes(struct db *db);

/* Columns from 0 of the row that stands ready. */
int64_t db_get_int(struct db_statement *st, int column); /* NULL: 0 */
int64_t db_get_int_or(struct db_statement *st, int column, int64_t null);
bool db_get_null(struct db_statement *st, int column);
/* A copy; NULL gives the empty text. */
struct str db_get_str(struct db_statement *st, struct arena *a, int column);
struct str db_get_blob(struct db_statement *st, struct arena *a, int column);

/*
 * One transaction, taken for writing at once.  After a commit that did not
 * give DB_OK the transaction is over and its outcome unknown.
 */
enum db_rc db_begin(struct db *db) __attribute__((warn_unused_result));
enum db_rc db_commit(struct db *db) __attribute__((warn_unused_result));
void db_rollback(struct db *db);

/*
 * A savepoint inside it; they do not nest.  After DB_CONFLICT nothing but
 * db_savepoint_undo() may follow on any engine.
 */
enum db_rc db_savepoint(struct db *db) __attribute__((warn_unused_result));
enum db_rc db_savepoint_keep(struct db *db) __attribute__((warn_unused_result));
enum db_rc db_savepoint_undo(struct db *db) __attribute__((warn_unused_result));

/*
 * Between these two all that is read is one state of the database, whoever
 * writes beside.  Not inside a transaction.
 */
enum db_rc db_look_begin(struct db *db) __attribute__((warn_unused_result));
void db_look_end(struct db *db);

/* False after the engine ended a transaction of its own accord. */
bool db_in_transaction(struct db *db);

/* An I/O error or damage was seen: nothing more should be asked of it. */
bool db_broken(const struct db *db);

/* Moves what is written into the main file, without waiting for anybody. */
enum db_rc db_checkpoint(struct db *db) __attribute__((warn_unused_result));

/* A whole copy in a new file, beside whoever writes. */
enum db_rc db_backup(struct db *db, const char *path)
    __attribute__((warn_unused_result));

/* Whose file it is and of which version; both 0 in a new one. */
enum db_rc db_identity(struct db *db, int64_t *application, int64_t *version)
    __attribute__((warn_unused_result));
enum db_rc db_identify(struct db *db, int64_t application, int64_t version)
    __attribute__((warn_unused_result));

/* The engine's own check of the whole file; DB_FAILED and logged when bad. */
enum db_rc db_verify(struct db *db) __attribute__((warn_unused_result));

/* The file may not grow beyond so many bytes: DB_FULL from there on. */
enum db_rc db_limit(struct db *db, int64_t bytes)
    __attribute__((warn_unused_result));

#endif
