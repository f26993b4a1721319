#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/db_driver.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/sabotage.h"

enum {
	BUSY_MS = 2000, /* a reader that recovers the log holds it */
	PAGE_SIZE = 4096,
	SMALLEST_PAGE = 512,
	JOURNAL_KEPT = 16 << 20,
	CACHE_KIB = 16 << 10,
};

enum fixed { BEGIN, COMMIT, SAVEPOINT, RELEASE, ROLLBACK_TO, FIXED };

struct sqlite {
	struct db base;
	sqlite3 *handle;
	sqlite3_stmt *fixed[FIXED]; /* said in every turn; made when first */
};

struct sqlite_statement {
	struct db_statement base;
	sqlite3_stmt *handle;
	bool unbound; /* a value did not go in: not to be run */
};

static const struct db_token tokens[] = {
	{ STR_INIT("$int"), STR_INIT("INTEGER") },
	{ STR_INIT("$blob"), STR_INIT("BLOB") },
	{ STR_INIT("$serial"), STR_INIT("INTEGER PRIMARY KEY AUTOINCREMENT") },
	{ STR_INIT("$strict"), STR_INIT("STRICT") },
	{ STR_INIT("$clustered"), STR_INIT("STRICT, WITHOUT ROWID") },
	{ { 0, 0 }, { 0, 0 } },
};

static sqlite3 *
handle_of(struct db *db)
{
	return ((struct sqlite *)db)->handle;
}

static sqlite3_stmt *
stmt_of(struct db_statement *st)
{
	return ((struct sqlite_statement *)st)->handle;
}

/* Said once, here; `what` is never a value that was bound. */
static enum db_rc
outcome(struct db *db, int rc, const char *what)
{
	switch (rc & 0xff) {
	case SQLITE_OK:
	case SQLITE_DONE:
		return DB_OK;
	case SQLITE_ROW:
		return DB_ROW;
	case SQLITE_CONSTRAINT:
		log_debug("database: %s", sqlite3_errmsg(handle_of(db)));
		return DB_CONFLICT;
	case SQLITE_FULL:
		log_warnx("database: no room: %s", what);
		return DB_FULL;
	case SQLITE_IOERR:
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		db->broken = true;
		break;
	}
	log_warnx("database: %s (%d): %s", sqlite3_errmsg(handle_of(db)),
	    sqlite3_extended_errcode(handle_of(db)), what);
	return DB_FAILED;
}

static enum db_rc
run(struct db *db, const char *sql)
{
	return outcome(db, sqlite3_exec(handle_of(db), sql, NULL, NULL, NULL),
	    sql);
}

/* The one number that a pragma answers. */
static enum db_rc
ask(struct db *db, const char *sql, int64_t *out)
{
	sqlite3_stmt *st;
	int rc = sqlite3_prepare_v2(handle_of(db), sql, -1, &st, NULL);

	if (rc != SQLITE_OK)
		return outcome(db, rc, sql);
	rc = sqlite3_step(st);
	if (rc == SQLITE_ROW)
		*out = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	if (rc == SQLITE_ROW)
		return DB_OK;
	outcome(db, rc, sql);
	return DB_FAILED;
}

static int
configure_handle(sqlite3 *h)
{
	static const struct {
		int what, on;
	} switches[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
		{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
		{ SQLITE_DBCONFIG_DQS_DML, 0 },
		{ SQLITE_DBCONFIG_DQS_DDL, 0 },
		{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
		{ SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1 },
		{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
	};
	static const struct {
		int what, most;
	} limits[] = {
		{ SQLITE_LIMIT_LENGTH, 8 << 20 },
		{ SQLITE_LIMIT_SQL_LENGTH, 100000 },
		{ SQLITE_LIMIT_COLUMN, 100 },
		{ SQLITE_LIMIT_EXPR_DEPTH, 40 },
		{ SQLITE_LIMIT_COMPOUND_SELECT, 16 },
		{ SQLITE_LIMIT_VDBE_OP, 25000 },
		{ SQLITE_LIMIT_FUNCTION_ARG, 16 },
		{ SQLITE_LIMIT_ATTACHED, 1 }, /* VACUUM INTO takes one */
		{ SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200 },
		{ SQLITE_LIMIT_VARIABLE_NUMBER, 64 },
		{ SQLITE_LIMIT_TRIGGER_DEPTH, 10 },
	};

	for (size_t i = 0; i < sizeof(switches) / sizeof(*switches); i++) {
		int now = -1;

		if (sqlite3_db_config(h, switches[i].what, switches[i].on,
			&now) != SQLITE_OK ||
		    now != switches[i].on)
			return -1;
	}
	for (size_t i = 0; i < sizeof(limits) / sizeof(*limits); i++)
		sqlite3_limit(h, limits[i].what, limits[i].most);
	sqlite3_extended_result_codes(h, 1);
	return sqlite3_busy_timeout(h, BUSY_MS) == SQLITE_OK ? 0 : -1;
}

/* Durability is not taken on trust: what was set is read back. */
static enum db_rc
settle_store(struct db *db)
{
	bool synced = !sabotaged(SABOTAGE_UNSYNCED);
	int64_t level = -1;
	char sql[256];
	enum db_rc rc;

	snprintf(sql, sizeof(sql),
	    "PRAGMA page_size=%d;PRAGMA journal_mode=WAL;PRAGMA synchronous=%s;"
	    "PRAGMA wal_autocheckpoint=0;PRAGMA journal_size_limit=%d;"
	    "PRAGMA cache_size=-%d;PRAGMA temp_store=MEMORY",
	    PAGE_SIZE, synced ? "FULL" : "OFF", JOURNAL_KEPT, CACHE_KIB);
	if ((rc = run(db, sql)) != DB_OK ||
	    (rc = ask(db, "PRAGMA synchronous", &level)) != DB_OK)
		return rc;
	if (level != (synced ? 2 : 0)) {
		log_warnx("database: synchronous=FULL was not taken");
		return DB_FAILED;
	}
	rc = ask(db, "SELECT journal_mode='wal' FROM pragma_journal_mode",
	    &level);
	if (rc == DB_OK && level != 1) {
		log_warnx("database: journal_mode=WAL was not taken");
		return DB_FAILED;
	}
	return rc;
}

static enum db_rc
settle(struct db *db, enum db_mode mode)
{
	char sql[256];
	enum db_rc rc;
	int64_t any;

	rc = run(db, "PRAGMA cell_size_check=ON;PRAGMA mmap_size=0");
	if (rc != DB_OK)
		return rc;
	switch (mode) {
	case DB_STORE:
		rc = settle_store(db);
		break;
	case DB_FILE:
		snprintf(sql, sizeof(sql),
		    "PRAGMA page_size=%d;PRAGMA encoding='UTF-8';"
		    "PRAGMA journal_mode=OFF;PRAGMA synchronous=FULL;"
		    "PRAGMA locking_mode=EXCLUSIVE;PRAGMA temp_store=MEMORY",
		    PAGE_SIZE);
		rc = run(db, sql);
		break;
	case DB_READ:
		rc = run(db, "PRAGMA query_only=ON;PRAGMA wal_autocheckpoint=0;"
			     "PRAGMA temp_store=MEMORY");
		break;
	}
	return rc != DB_OK ? rc : ask(db, "PRAGMA schema_version", &any);
}

/*
 * A log without its database is somebody's data: a new database beside it
 * would wipe it.
 */
static bool
orphan_log(const char *path)
{
	struct stat main_file, wal;
	char name[4096];
	int n = snprintf(name, sizeof(name), "%s-wal", path);

	if (n < 0 || (size_t)n >= sizeof(name) || stat(name, &wal) == -1 ||
	    wal.st_size == 0)
		return false;
	if (stat(path, &main_file) == 0 && main_file.st_size > 0)
		return false;
	log_warnx("%s: the database is missing or empty but %s is there", path,
	    name);
	return true;
}

/*
 * SQLite takes a file of less than a page for a new one and writes over it;
 * somebody's text would be gone.
 */
static bool
too_short(const char *path)
{
	struct stat st;

	if (stat(path, &st) == -1 || st.st_size == 0 ||
	    st.st_size >= SMALLEST_PAGE)
		return false;
	log_warnx("%s: not a database", path);
	return true;
}

/* A store is nobody else's to read; its log takes the same mode. */
static int
make_private(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd == -1 && errno != EEXIST) {
		log_warn("make %s", path);
		return -1;
	}
	if (fd != -1)
		close(fd);
	return 0;
}

static struct db *
open_file(const char *path, enum db_mode mode)
{
	struct sqlite *q;
	int flags = SQLITE_OPEN_NOMUTEX;

	/*
	 * Nobody asks SQLite how much memory it has, and counting takes a lock
	 * at every piece.  Refused when it has begun, which is as good.
	 */
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	if (too_short(path))
		return NULL;
	if (mode == DB_STORE && (orphan_log(path) || make_private(path) == -1))
		return NULL;
	flags |= mode == DB_READ ? SQLITE_OPEN_READONLY
				 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
	q = mem_alloc(sizeof(*q), 1);
	if (sqlite3_open_v2(path, &q->handle, flags, NULL) != SQLITE_OK) {
		log_warnx("open %s: %s", path,
		    q->handle != NULL ? sqlite3_errmsg(q->handle) : "memory");
		goto fail;
	}
	if (configure_handle(q->handle) == -1) {
		log_warnx("open %s: the SQLite library lacks a safety switch",
		    path);
		goto fail;
	}
	if (settle(&q->base, mode) != DB_OK) {
		log_warnx("open %s: %s", path,
		    q->base.broken ? "damaged, or not a database"
				   : "not usable");
		goto fail;
	}
	return &q->base;
fail:
	sqlite3_close(q->handle);
	mem_free(q);
	return NULL;
}

/* What is said thousands of times a second is parsed once. */
static enum db_rc
say(struct db *db, enum fixed what)
{
	static const char *const sql[FIXED] = {
		[BEGIN] = "BEGIN IMMEDIATE",
		[COMMIT] = "COMMIT",
		[SAVEPOINT] = "SAVEPOINT one",
		[RELEASE] = "RELEASE one",
		[ROLLBACK_TO] = "ROLLBACK TO one",
	};
	sqlite3_stmt **st = &((struct sqlite *)db)->fixed[what];
	int rc = SQLITE_OK;

	if (*st == NULL)
		rc = sqlite3_prepare_v3(handle_of(db), sql[what], -1,
		    SQLITE_PREPARE_PERSISTENT, st, NULL);
	if (rc == SQLITE_OK) {
		rc = sqlite3_step(*st);
		sqlite3_reset(*st);
	}
	return outcome(db, rc, sql[what]);
}

static void
close_file(struct db *db)
{
	for (int i = 0; i < FIXED; i++)
		sqlite3_finalize(((struct sqlite *)db)->fixed[i]);
	if (sqlite3_close(handle_of(db)) != SQLITE_OK)
		log_warnx("database: %s", sqlite3_errmsg(handle_of(db)));
	mem_free(db);
}

static struct db_statement *
prepare(struct db *db, const char *sql)
{
	struct sqlite_statement *st = mem_alloc(sizeof(*st), 1);
	int rc = sqlite3_prepare_v3(handle_of(db), sql, -1,
	    SQLITE_PREPARE_PERSISTENT, &st->handle, NULL);

	if (rc == SQLITE_OK && st->handle != NULL) {
		st->base.wants =
		    (size_t)sqlite3_bind_parameter_count(st->handle);
		return &st->base;
	}
	outcome(db, rc, sql);
	mem_free(st);
	return NULL;
}

static void
finalize(struct db_statement *st)
{
	sqlite3_finalize(stmt_of(st));
	mem_free(st);
}

static void
bind(struct db_statement *st, int i, const struct db_value *v)
{
	sqlite3_stmt *h = stmt_of(st);
	const char *p = v->s.p != NULL ? v->s.p : "";
	int rc = SQLITE_OK;

	switch (v->kind) {
	case DB_KIND_NULL:
		rc = sqlite3_bind_null(h, i + 1);
		break;
	case DB_KIND_INT:
		rc = sqlite3_bind_int64(h, i + 1, v->n);
		break;
	case DB_KIND_TEXT:
		rc = sqlite3_bind_text64(h, i + 1, p, v->s.n, SQLITE_STATIC,
		    SQLITE_UTF8);
		break;
	case DB_KIND_BLOB:
		rc = sqlite3_bind_blob64(h, i + 1, p, v->s.n, SQLITE_STATIC);
		break;
	}
	/* Only our own mistake, or a text beyond every limit of the door. */
	if (rc == SQLITE_OK)
		return;
	outcome(st->db, rc, sqlite3_sql(h));
	((struct sqlite_statement *)st)->unbound = true;
}

static enum db_rc
step(struct db_statement *st)
{
	if (((struct sqlite_statement *)st)->unbound)
		return DB_FAILED;
	return outcome(st->db, sqlite3_step(stmt_of(st)),
	    sqlite3_sql(stmt_of(st)));
}

static void
reset(struct db_statement *st)
{
	sqlite3_reset(stmt_of(st));
	sqlite3_clear_bindings(stmt_of(st));
	((struct sqlite_statement *)st)->unbound = false;
}

static int64_t
changes(struct db *db)
{
	return sqlite3_changes64(handle_of(db));
}

static bool
is_null(struct db_statement *st, int column)
{
	return sqlite3_column_type(stmt_of(st), column) == SQLITE_NULL;
}

static int64_t
get_int(struct db_statement *st, int column)
{
	return sqlite3_column_int64(stmt_of(st), column);
}

static struct str
get_bytes(struct db_statement *st, int column)
{
	const void *p = sqlite3_column_blob(stmt_of(st), column);
	int n = sqlite3_column_bytes(stmt_of(st), column);

	return (struct str){ p, p != NULL ? (size_t)n : 0 };
}

static enum db_rc
begin(struct db *db, bool to_write)
{
	return to_write ? say(db, BEGIN) : run(db, "BEGIN");
}

static bool
in_transaction(struct db *db)
{
	return sqlite3_get_autocommit(handle_of(db)) == 0;
}

static void
rollback(struct db *db)
{
	if (in_transaction(db))
		run(db, "ROLLBACK");
}

static enum db_rc
commit(struct db *db)
{
	enum db_rc rc = say(db, COMMIT);

	if (rc != DB_OK)
		rollback(db);
	return rc;
}

static enum db_rc
savepoint(struct db *db, enum db_savepoint_verb verb)
{
	static const enum fixed verbs[] = {
		[DB_SAVEPOINT] = SAVEPOINT,
		[DB_RELEASE] = RELEASE,
		[DB_ROLLBACK_TO] = ROLLBACK_TO,
	};

	return say(db, verbs[verb]);
}

static enum db_rc
checkpoint(struct db *db)
{
	return outcome(db,
	    sqlite3_wal_checkpoint_v2(handle_of(db), NULL,
		SQLITE_CHECKPOINT_PASSIVE, NULL, NULL),
	    "checkpoint");
}

/* The copy is a plain file: nothing beside it, ready to be moved away. */
static enum db_rc
backup(struct db *db, const char *path)
{
	sqlite3 *to = NULL;
	sqlite3_backup *b = NULL;
	int rc;

	if (access(path, F_OK) == 0) {
		log_warnx("%s: there already", path);
		return DB_FAILED;
	}
	rc = sqlite3_open_v2(path, &to,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
	    NULL);
	if (rc == SQLITE_OK)
		b = sqlite3_backup_init(to, "main", handle_of(db), "main");
	if (b != NULL) {
		/* All pages at once: a writer between steps starts it anew. */
		sqlite3_backup_step(b, -1);
		rc = sqlite3_backup_finish(b);
	}
	if (b == NULL || rc != SQLITE_OK)
		log_warnx("backup %s: %s", path,
		    to != NULL ? sqlite3_errmsg(to) : "memory");
	else if (sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL,
		     NULL) != SQLITE_OK)
		rc = SQLITE_ERROR;
	sqlite3_close(to);
	return b != NULL && rc == SQLITE_OK ? DB_OK : DB_FAILED;
}

static enum db_rc
identity(struct db *db, int64_t *application, int64_t *version)
{
	enum db_rc rc = ask(db, "PRAGMA application_id", application);

	return rc != DB_OK ? rc : ask(db, "PRAGMA user_version", version);
}

static enum db_rc
identify(struct db *db, int64_t application, int64_t version)
{
	char sql[128];

	snprintf(sql, sizeof(sql),
	    "PRAGMA application_id=%lld;PRAGMA user_version=%lld",
	    (long long)application, (long long)version);
	return run(db, sql);
}

static enum db_rc
verify(struct db *db)
{
	int64_t sound = 0;
	enum db_rc rc = ask(db,
	    "SELECT quick_check='ok' FROM pragma_quick_check(1)", &sound);

	if (rc == DB_OK && sound != 1) {
		log_warnx("database: damaged inside");
		db->broken = true;
		return DB_FAILED;
	}
	if (rc == DB_OK)
		rc = ask(db, "SELECT count(*) FROM pragma_foreign_key_check",
		    &sound);
	if (rc == DB_OK && sound != 0) {
		log_warnx("database: %lld rows refer to nothing",
		    (long long)sound);
		return DB_FAILED;
	}
	return rc;
}

static enum db_rc
limit(struct db *db, int64_t bytes)
{
	char sql[64];

	snprintf(sql, sizeof(sql), "PRAGMA max_page_count=%lld",
	    (long long)(bytes / PAGE_SIZE));
	return run(db, sql);
}

const struct db_driver db_sqlite = {
	.name = "sqlite",
	.tokens = tokens,
	.open = open_file,
	.close = close_file,
	.prepare = prepare,
	.finalize = finalize,
	.script = run,
	.bind = bind,
	.step = step,
	.reset = reset,
	.changes = changes,
	.is_null = is_null,
	.get_int = get_int,
	.get_bytes = get_bytes,
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.savepoint = savepoint,
	.in_transaction = in_transaction,
	.checkpoint = checkpoint,
	.backup = backup,
	.identity = identity,
	.identify = identify,
	.verify = verify,
	.limit = limit,
};
