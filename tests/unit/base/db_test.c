#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <sys/stat.h>

#include "base/db.h"
#include "base/file.h"

struct place {
	char dir[32];
	char path[64];
	struct arena a;
};

static int
setup(void **state)
{
	struct place *p = calloc(1, sizeof(*p));

	memcpy(p->dir, "/tmp/kruzhok-db-XXXXXX", 23);
	if (mkdtemp(p->dir) == NULL)
		return -1;
	snprintf(p->path, sizeof(p->path), "%s/a.db", p->dir);
	*state = p;
	return 0;
}

static int
teardown(void **state)
{
	struct place *p = *state;
	struct file_list files = { 0 };

	if (file_walk(&p->a, p->dir, &files) == 0)
		for (size_t i = 0; i < files.files.n; i++)
			unlink(
			    file_join(&p->a, p->dir, files.files.at[i].path));
	rmdir(p->dir);
	arena_free(&p->a);
	free(p);
	return 0;
}

static struct db *
store(struct place *p)
{
	struct db *db = db_open(&db_sqlite, p->path, DB_STORE);

	assert_non_null(db);
	return db;
}

static void
what_is_bound_comes_back(void **state)
{
	struct place *p = *state;
	struct db *db = store(p);
	struct db_statement *put, *get;

	assert_int_equal(db_script(db, "CREATE TABLE t (n $int, s TEXT, b "
				       "$blob) $strict"),
	    DB_OK);
	put = db_prepare(db, "INSERT INTO t (n, s, b) VALUES (?, ?, ?)");
	get = db_prepare(db, "SELECT n, s, b FROM t ORDER BY n");
	assert_int_equal(db_run(put, db_int(INT64_MIN), db_text(STR("мир")),
			     db_blob((struct str){ "a\0b", 3 })),
	    DB_OK);
	assert_int_equal(db_run(put, db_int(INT64_MAX), db_null(), db_null()),
	    DB_OK);
	assert_int_equal(db_run(put, db_int(0), db_text_or_null(STR("")),
			     db_blob(STR(""))),
	    DB_OK);
	assert_int_equal(db_step(get), DB_ROW);
	assert_int_equal(db_get_int(get, 0), INT64_MIN);
	assert_true(str_eq(db_get_str(get, &p->a, 1), STR("мир")));
	assert_true(
	    str_eq(db_get_blob(get, &p->a, 2), (struct str){ "a\0b", 3 }));
	assert_int_equal(db_step(get), DB_ROW);
	assert_true(db_get_null(get, 1));
	assert_int_equal(db_step(get), DB_ROW);
	assert_true(db_get_null(get, 1));
	assert_int_equal(db_get_int_or(get, 1, -7), -7);
	assert_int_equal(db_step(get), DB_OK);
	/* And again from the start. */
	assert_int_equal(db_step(get), DB_ROW);
	db_close(db);
}

static void
a_conflict_is_an_answer(void **state)
{
	struct place *p = *state;
	struct db *db = store(p);
	struct db_statement *put, *count;

	assert_int_equal(db_script(db,
			     "CREATE TABLE t (id TEXT PRIMARY KEY NOT NULL,"
			     " n $int CHECK (n > 0)) $clustered;"
			     "CREATE TABLE u (id TEXT REFERENCES t (id))"
			     " $strict"),
	    DB_OK);
	put = db_prepare(db, "INSERT INTO t (id, n) VALUES (?, ?)");
	count = db_prepare(db, "SELECT count(*) FROM t");
	assert_int_equal(db_begin(db), DB_OK);
	assert_int_equal(db_run(put, db_text(STR("a")), db_int(1)), DB_OK);
	assert_int_equal(db_savepoint(db), DB_OK);
	assert_int_equal(db_run(put, db_text(STR("b")), db_int(1)), DB_OK);
	assert_int_equal(db_run(put, db_text(STR("a")), db_int(1)),
	    DB_CONFLICT);
	assert_true(db_in_transaction(db));
	assert_int_equal(db_savepoint_undo(db), DB_OK);
	assert_int_equal(db_savepoint(db), DB_OK);
	assert_int_equal(db_run(put, db_text(STR("c")), db_int(0)),
	    DB_CONFLICT);
	assert_int_equal(db_savepoint_undo(db), DB_OK);
	assert_int_equal(db_savepoint(db), DB_OK);
	assert_int_equal(db_script(db, "INSERT INTO u (id) VALUES ('nobody')"),
	    DB_CONFLICT);
	assert_int_equal(db_savepoint_undo(db), DB_OK);
	assert_int_equal(db_commit(db), DB_OK);
	assert_int_equal(db_step(count), DB_ROW);
	assert_int_equal(db_get_int(count, 0), 1);
	assert_false(db_broken(db));
	db_close(db);
}

static void
bad_sql_is_failed_not_a_crash(void **state)
{
	struct place *p = *state;
	struct db *db = store(p);

	assert_null(db_prepare(db, "SELECT FROM nothing"));
	assert_null(db_prepare(db, "SELECT \"no such column\""));
	assert_null(db_prepare(db, ""));
	assert_int_equal(db_script(db, "nonsense"), DB_FAILED);
	assert_false(db_broken(db));
	db_close(db);
	db_close(NULL);
}

static void
readers_see_and_never_write(void **state)
{
	struct place *p = *state;
	struct db *db = store(p), *reader;
	struct db_statement *count;

	assert_int_equal(db_script(db, "CREATE TABLE t (n $int) $strict"),
	    DB_OK);
	reader = db_open(&db_sqlite, p->path, DB_READ);
	assert_non_null(reader);
	assert_int_equal(db_script(reader, "INSERT INTO t VALUES (1)"),
	    DB_FAILED);
	count = db_prepare(reader, "SELECT count(*) FROM t");
	assert_int_equal(db_look_begin(reader), DB_OK);
	assert_int_equal(db_step(count), DB_ROW);
	db_reset(count);
	assert_int_equal(db_script(db, "INSERT INTO t VALUES (1)"), DB_OK);
	/* One look is one state. */
	assert_int_equal(db_step(count), DB_ROW);
	assert_int_equal(db_get_int(count, 0), 0);
	db_reset(count);
	db_look_end(reader);
	assert_int_equal(db_step(count), DB_ROW);
	assert_int_equal(db_get_int(count, 0), 1);
	db_close(reader);
	assert_int_equal(db_checkpoint(db), DB_OK);
	db_close(db);
	assert_null(db_open(&db_sqlite, "/nonexistent/x.db", DB_READ));
	assert_null(db_open(&db_sqlite, "/nonexistent/x.db", DB_STORE));
}

static void
plain_files_are_the_same_twice(void **state)
{
	struct place *p = *state;
	struct str text[2];
	char path[80];

	for (int i = 0; i < 2; i++) {
		struct db *db;
		struct db_statement *put;

		snprintf(path, sizeof(path), "%s/%d.db", p->dir, i);
		db = db_open(&db_sqlite, path, DB_FILE);
		assert_non_null(db);
		assert_int_equal(db_begin(db), DB_OK);
		assert_int_equal(db_script(db,
				     "CREATE TABLE t (n $int, s TEXT) $strict"),
		    DB_OK);
		put = db_prepare(db, "INSERT INTO t VALUES (?, ?)");
		for (int n = 0; n < 5000; n++)
			assert_int_equal(db_run(put, db_int(n),
					     db_text(STR("some text"))),
			    DB_OK);
		assert_int_equal(db_commit(db), DB_OK);
		db_close(db);
		assert_int_equal(file_read(&p->a, path, 1 << 24, &text[i]),
		    FILE_OK);
		/* Nothing is left beside it. */
		snprintf(path, sizeof(path), "%s/%d.db-wal", p->dir, i);
		assert_int_equal(access(path, F_OK), -1);
	}
	assert_true(str_eq(text[0], text[1]));
	assert_true(text[0].n > 4096);
}

static void
no_room_is_full_and_it_goes_on(void **state)
{
	struct place *p = *state;
	struct db *db = store(p);
	struct db_statement *put;
	enum db_rc rc = DB_OK;

	assert_int_equal(db_script(db, "CREATE TABLE t (s TEXT) $strict"),
	    DB_OK);
	assert_int_equal(db_limit(db, 10 * 4096), DB_OK);
	put = db_prepare(db, "INSERT INTO t VALUES (?)");
	for (int i = 0; i < 100 && rc == DB_OK; i++)
		rc = db_run(put,
		    db_text(str_from(
			memset(arena_alloc(&p->a, 1, 3001), 'x', 3000))));
	assert_int_equal(rc, DB_FULL);
	assert_false(db_broken(db));
	assert_int_equal(db_limit(db, 1000 * 4096), DB_OK);
	assert_int_equal(db_run(put, db_text(STR("y"))), DB_OK);
	assert_int_equal(db_verify(db), DB_OK);
	db_close(db);
}

static int64_t
pragma(struct db *db, const char *name)
{
	char sql[80];
	struct db_statement *st;

	snprintf(sql, sizeof(sql), "PRAGMA %s", name);
	st = db_prepare(db, sql);
	assert_non_null(st);
	assert_int_equal(db_step(st), DB_ROW);
	return db_get_int(st, 0);
}

static void
a_store_waits_for_the_disk_and_checkpoints_when_told(void **state)
{
	struct place *p = *state;
	struct db *db = store(p);

	assert_int_equal(pragma(db, "synchronous"), 2);
	assert_int_equal(pragma(db, "wal_autocheckpoint"), 0);
	assert_int_equal(pragma(db, "foreign_keys"), 1);
	assert_int_equal(pragma(db, "trusted_schema"), 0);
	db_close(db);
	db = db_open(&db_sqlite, p->path, DB_READ);
	assert_int_equal(pragma(db, "wal_autocheckpoint"), 0);
	assert_int_equal(pragma(db, "query_only"), 1);
	db_close(db);
}

static void
a_store_is_nobody_elses_to_read(void **state)
{
	struct place *p = *state;
	mode_t before = umask(0);
	struct db *db = store(p);
	struct stat st;

	assert_int_equal(db_script(db, "CREATE TABLE t (n $int) $strict"),
	    DB_OK);
	assert_int_equal(stat(p->path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	assert_int_equal(stat(str_format(&p->a, "%s-wal", p->path).p, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0600);
	umask(before);
	db_close(db);
}

static void
identity_is_kept(void **state)
{
	struct place *p = *state;
	struct db *db = store(p);
	int64_t app = -1, version = -1;

	assert_int_equal(db_identity(db, &app, &version), DB_OK);
	assert_int_equal(app, 0);
	assert_int_equal(version, 0);
	assert_int_equal(db_begin(db), DB_OK);
	assert_int_equal(db_identify(db, 7, 8), DB_OK);
	db_rollback(db);
	assert_int_equal(db_identity(db, &app, &version), DB_OK);
	assert_int_equal(version, 0);
	assert_int_equal(db_identify(db, 7, 8), DB_OK);
	db_close(db);
	db = store(p);
	assert_int_equal(db_identity(db, &app, &version), DB_OK);
	assert_int_equal(app, 7);
	assert_int_equal(version, 8);
	db_close(db);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_bound_comes_back),
		TEST(a_conflict_is_an_answer),
		TEST(bad_sql_is_failed_not_a_crash),
		TEST(readers_see_and_never_write),
		TEST(plain_files_are_the_same_twice),
		TEST(no_room_is_full_and_it_goes_on),
		TEST(a_store_waits_for_the_disk_and_checkpoints_when_told),
		TEST(a_store_is_nobody_elses_to_read),
		TEST(identity_is_kept),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
