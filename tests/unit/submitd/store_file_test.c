#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "tests/unit/submitd/store_fixture.h"

/* The file itself: refusals, room, locks, crashes, broken invariants. */

static const struct date eight = { 2018, 3, 1 };

static void
put(const char *path, const char *bytes, size_t n)
{
	FILE *out = fopen(path, "w");

	assert_non_null(out);
	assert_int_equal(fwrite(bytes, 1, n, out), n);
	assert_int_equal(fclose(out), 0);
}

/* Refused, and not a byte of it touched. */
static void
refused(struct fixture *f, const char *path)
{
	struct str before, after;

	assert_int_equal(file_read(&f->a, path, 1 << 24, &before), FILE_OK);
	assert_null(store_open(path, STORE_WRITE, f->now));
	assert_null(store_open(path, STORE_READ, f->now));
	assert_int_equal(file_read(&f->a, path, 1 << 24, &after), FILE_OK);
	assert_true(str_eq(before, after));
}

static void
foreign_and_damaged_files_are_refused_and_left(void **state)
{
	struct fixture *f = *state;
	struct str text;
	char path[160], *copy;
	struct db *db;

	snprintf(path, sizeof(path), "%s/other.db", f->dir);
	put(path, "this is a letter to my mother\n", 30);
	refused(f, path);

	unlink(path);
	db = db_open(&db_sqlite, path, DB_FILE);
	assert_int_equal(db_script(db, "CREATE TABLE mine ($x $int) $strict"),
	    DB_FAILED);
	assert_int_equal(db_script(db, "CREATE TABLE mine (x $int) $strict"),
	    DB_OK);
	db_close(db);
	refused(f, path);

	db = db_open(&db_sqlite, path, DB_FILE);
	assert_int_equal(db_identify(db, 0x4b72757a, 99), DB_OK);
	db_close(db);
	refused(f, path);

	/* Ours, with a page of rubbish in the middle. */
	store_checkpoint(f->s);
	assert_int_equal(file_read(&f->a, f->path, 1 << 24, &text), FILE_OK);
	copy = arena_copy(&f->a, text.p, text.n);
	memset(copy + 8192, 0x5a, 4096);
	put(path, copy, text.n);
	assert_null(store_open(path, STORE_WRITE, f->now));
	/* Ours, cut off. */
	put(path, text.p, text.n / 2);
	assert_null(store_open(path, STORE_WRITE, f->now));
}

static void
a_log_without_its_database_is_not_wiped(void **state)
{
	struct fixture *f = *state;
	char path[160], wal[170];
	struct stat st;

	snprintf(path, sizeof(path), "%s/lost.db", f->dir);
	snprintf(wal, sizeof(wal), "%s-wal", path);
	put(wal, "somebody's data", 15);
	assert_null(store_open(path, STORE_WRITE, f->now));
	assert_int_equal(stat(wal, &st), 0);
	assert_int_equal(st.st_size, 15);
	assert_int_equal(stat(path, &st), -1);
}

static void
a_missing_file_is_made_by_writers_only(void **state)
{
	struct fixture *f = *state;
	char path[160];
	struct store *s;
	struct stat st;

	snprintf(path, sizeof(path), "%s/new.db", f->dir);
	assert_null(store_open(path, STORE_READ, f->now));
	assert_int_equal(stat(path, &st), -1);
	s = store_open(path, STORE_WRITE, f->now);
	assert_non_null(s);
	store_close(s);
	s = store_open(path, STORE_READ, f->now);
	assert_non_null(s);
	store_close(s);
}

static void
one_daemon_at_a_time_and_readers_beside_it(void **state)
{
	struct fixture *f = *state;
	struct child_list list = { 0 };
	struct store *s;

	assert_null(store_open(f->path, STORE_WRITE, f->now));
	s = store_open(f->path, STORE_READ, f->now);
	assert_non_null(s);
	child_of(f, &f->guardian, "mira", eight);
	assert_int_equal(store_child_list(s, &f->a, &f->guardian, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 1);
	assert_int_equal(store_check(s, stderr, f->now), 0);
	store_close(s);
	child_of(f, &f->guardian, "petr", eight);
}

static void
a_full_disk_answers_failed_and_leaves_nothing_half(void **state)
{
	struct fixture *f = *state;
	int64_t made = 0, refusals = 0;
	struct stat st;

	store_checkpoint(f->s);
	assert_int_equal(stat(f->path, &st), 0);
	assert_int_equal(store_limit(f->s, st.st_size + 24 * 4096), STORE_OK);
	for (int i = 0; i < 400 && refusals < 5; i++) {
		struct actor who = f->guardian;
		struct child c = { .family_name = str_from(nth_name(f, i)),
			.given_name = STR("mira"),
			.birth = eight,
			.municipality = STR("svob") };
		enum store_rc rc;
		enum verdict v;
		struct str id;

		who.role = ROLE_NOBODY;
		assert_int_equal(store_turn_begin(f->s), STORE_OK);
		rc = store_step_begin(f->s);
		c.patronymic =
		    str_from(memset(arena_alloc(&f->a, 1, 2001), 'x', 2000));
		if (rc == STORE_OK)
			rc = store_child_add(f->s, &f->a, &who, &c, f->now, &v,
			    &id);
		if (rc == STORE_OK)
			rc = store_step_keep(f->s);
		else
			store_step_undo(f->s);
		if (store_turn_ended(f->s)) {
			store_turn_abandon(f->s);
			rc = STORE_FAILED;
		} else if (store_turn_commit(f->s) != STORE_OK) {
			rc = STORE_FAILED;
		}
		if (rc == STORE_OK)
			made++;
		else
			refusals++;
	}
	assert_true(made > 0);
	assert_int_equal(refusals, 5);
	assert_false(store_broken(f->s));
	struct store_counts counts;
	assert_int_equal(store_counts(f->s,
			     &(struct actor){ .role = ROLE_ADMIN }, f->now,
			     &counts),
	    STORE_OK);
	assert_int_equal(counts.children, made);
	/* Room again: it goes on. */
	assert_int_equal(store_limit(f->s, st.st_size * 100), STORE_OK);
	child_of(f, &f->guardian, "anna", eight);
}

static void
what_was_committed_is_there_after_a_kill(void **state)
{
	struct fixture *f = *state;
	struct child_list list = { 0 };
	int status;
	pid_t pid;

	store_close(f->s);
	f->s = NULL;
	pid = fork();
	assert_true(pid >= 0);
	if (pid == 0) {
		struct child c = { .family_name = STR("Petrov"),
			.given_name = STR("lost"),
			.birth = eight,
			.municipality = STR("svob") };
		enum verdict v;
		struct str id;

		fixture_open(f);
		child_of(f, &f->guardian, "mira", eight);
		turn_begin(f);
		if (store_child_add(f->s, &f->a, &f->guardian, &c, f->now, &v,
			&id) != STORE_OK)
			_exit(1);
		raise(9);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFSIGNALED(status));
	/* A reader comes first and has to recover the log by itself. */
	struct store *reader = store_open(f->path, STORE_READ, f->now);
	assert_non_null(reader);
	store_close(reader);
	fixture_open(f);
	assert_int_equal(store_child_list(f->s, &f->a, &f->guardian, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 1);
	assert_true(str_eq(list.items.at[0].given_name, STR("mira")));
}

static void
a_backup_is_a_whole_store(void **state)
{
	struct fixture *f = *state;
	struct child_list list = { 0 };
	char path[160];
	struct store *s;

	child_of(f, &f->guardian, "mira", eight);
	snprintf(path, sizeof(path), "%s/backup.db", f->dir);
	assert_int_equal(store_backup(f->s, path), STORE_OK);
	assert_int_equal(store_backup(f->s, path), STORE_FAILED);
	s = store_open(path, STORE_WRITE, f->now);
	assert_non_null(s);
	assert_int_equal(store_child_list(s, &f->a, &f->guardian, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 1);
	assert_int_equal(store_check(s, stderr, f->now), 0);
	store_close(s);
}

/* Each of these breaks one thing behind the store's back. */
static const struct {
	const char *code, *sql;
} broken[] = {
	{ "seats-taken",
	    "UPDATE program_group SET taken = 0 WHERE program = 'robots'" },
	{ "seats-waiting",
	    "UPDATE program_group SET waiting = 0 WHERE program = 'robots'" },
	{ "seats-over",
	    "UPDATE program_group SET seats = 1 WHERE program = 'robots'"
	    " AND id = 'a'" },
	{ "seats-excess",
	    "UPDATE program_group SET excess = 1 WHERE program = 'chess'" },
	{ "seats-idle",
	    "UPDATE program_group SET seats = 9 WHERE program = 'robots'"
	    " AND id = 'a'" },
	{ "waiting-order",
	    "UPDATE application_event SET arrival = arrival + 100"
	    " WHERE seq = (SELECT min(seq) FROM application_event"
	    " WHERE was = 'waiting')" },
	{ "application-live",
	    "DROP INDEX application_live; INSERT INTO application (id, child,"
	    " program, program_group, organization, municipality,"
	    " school_year, state, created, changed, entrance_test,"
	    " certificate, cost, shown) SELECT 'twice', child, program,"
	    " program_group, organization, municipality, school_year,"
	    " 'submitted', created, changed, 0, 0, 0, 0 FROM application"
	    " WHERE state = 'submitted' LIMIT 1" },
	{ "application-event", "UPDATE application SET state = 'approved'"
			       " WHERE state = 'submitted'" },
	{ "application-chain", "UPDATE application_event SET was = 'enrolled'"
			       " WHERE was = 'submitted'" },
	{ "ledger-available",
	    "UPDATE certificate_year SET available = available + 1" },
	{ "ledger-spent", "UPDATE certificate_year SET spent = spent - 1" },
	{ "ledger-held", "UPDATE certificate_year SET held = held + 1" },
	{ "ledger-release",
	    "DROP INDEX ledger_release; INSERT INTO ledger (certificate,"
	    " year, at, kind, amount, cause, application, hold) SELECT"
	    " certificate, year, at, kind, amount, cause, application, hold"
	    " FROM ledger WHERE kind = 'release'" },
	{ "ledger-open-hold", "DELETE FROM ledger WHERE kind = 'release';"
			      "UPDATE application SET state = 'declined'"
			      " WHERE state = 'enrolled'" },
	{ "ledger-charge", "DELETE FROM ledger WHERE kind = 'release'" },
	{ "child-key", "UPDATE child SET name_key = 'x' || id" },
	{ "event-taken", "UPDATE event_seat SET taken = 0" },
	{ "event-waiting", "UPDATE event_seat SET waiting = 7" },
	{ "event-idle", "UPDATE event_seat SET seats = NULL" },
	{ "review-rating", "DELETE FROM rating" },
	{ "mail-secret", "UPDATE mail SET state = 'sent', sent = 1" },
	{ "audit-gap", "PRAGMA foreign_keys = OFF;"
		       "DELETE FROM audit WHERE n = 3" },
	{ "audit-seal", "UPDATE audit SET object = 'other' WHERE n = 2" },
	{ "audit-missing", "UPDATE audit SET kind = 'x'"
			   " WHERE kind = 'application'" },
};

/* Something of everything. */
static void
live_a_little(struct fixture *f)
{
	struct application a[5];
	struct certificate k;
	struct sign_up_list ups = { 0 };
	struct review r;
	struct str child[5], id;
	enum verdict v;
	size_t failed;
	bool more;

	for (int i = 0; i < 5; i++) {
		child[i] = child_of(f, &f->guardian, nth_name(f, 3 * i), eight);
		apply(f, &f->guardian, "robots", "a", child[i], i == 0, &a[i]);
	}
	turn_begin(f);
	assert_int_equal(store_certificate_of(f->s, &f->a, &f->guardian,
			     child[0], f->now, &k),
	    STORE_OK);
	id = k.id;
	assert_int_equal(store_certificate_activate(f->s, &f->a, &f->operator,
			     id, f->now, &v, &k),
	    STORE_OK);
	assert_int_equal(store_application_approve(f->s, &f->a, &f->organizer,
			     a[0].id, f->now, &v, NULL),
	    STORE_OK);
	assert_int_equal(store_application_contract(f->s, &f->a, &f->organizer,
			     a[0].id, STR("1"), (struct date){ 2026, 10, 1 },
			     f->now, &v, NULL),
	    STORE_OK);
	assert_int_equal(store_application_enroll(f->s, &f->a, &f->organizer,
			     a[0].id, STR("1"), (struct date){ 2026, 10, 1 },
			     f->now, &v, NULL),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(store_application_cancel(f->s, &f->a, &f->guardian,
			     a[1].id, f->now, &v, NULL),
	    STORE_OK);
	assert_int_equal(store_sign_up_add(f->s, &f->a, &f->guardian,
			     &(struct sign_up_ask){ STR("fair"), STR(""), child,
				 2 },
			     f->now, &v, &failed, &ups),
	    STORE_OK);
	assert_int_equal(store_review_put(f->s, &f->a, &f->guardian,
			     STR("robots"), 5, STR("good"), f->now, &v, &r),
	    STORE_OK);
	assert_int_equal(store_review_decide(f->s, &f->a, &f->operator, r.id,
			     true, STR(""), f->now, &v, &r),
	    STORE_OK);
	turn_end(f);
	f->now += 61;
	assert_int_equal(store_due(f->s, &f->a, f->now, &more), STORE_OK);
	assert_int_equal(breaches(f), 0);
}

/* Another program writes into a copy and drops what would stop it. */
static void
break_copy(struct fixture *f, const char *path, const char *sql)
{
	struct db *db;

	unlink(path);
	assert_int_equal(store_backup(f->s, path), STORE_OK);
	db = db_open(&db_sqlite, path, DB_FILE);
	assert_non_null(db);
	assert_int_equal(db_script(db, "PRAGMA ignore_check_constraints = ON"),
	    DB_OK);
	assert_int_equal(db_script(db, sql), DB_OK);
	db_close(db);
}

static void
each_broken_database_is_red(void **state)
{
	struct fixture *f = *state;
	size_t n = sizeof(broken) / sizeof(*broken);
	char path[160], told[160];

	live_a_little(f);
	snprintf(path, sizeof(path), "%s/broken.db", f->dir);
	snprintf(told, sizeof(told), "%s/told", f->dir);
	for (size_t i = 0; i < n; i++) {
		struct store *s;
		struct str text;
		FILE *out;

		break_copy(f, path, broken[i].sql);
		s = store_open(path, STORE_READ, f->now);
		assert_non_null(s);
		out = fopen(told, "w");
		assert_non_null(out);
		if (store_check(s, out, f->now) <= 0)
			fail_msg("%s stays green", broken[i].code);
		fclose(out);
		store_close(s);
		assert_int_equal(file_read(&f->a, told, 1 << 16, &text),
		    FILE_OK);
		if (str_find(text, str_format(&f->a, "%s: ", broken[i].code)) ==
		    -1)
			fail_msg("%s is not told: %s", broken[i].code, text.p);
	}
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(foreign_and_damaged_files_are_refused_and_left),
		TEST(a_log_without_its_database_is_not_wiped),
		TEST(a_missing_file_is_made_by_writers_only),
		TEST(one_daemon_at_a_time_and_readers_beside_it),
		TEST(a_full_disk_answers_failed_and_leaves_nothing_half),
		TEST(what_was_committed_is_there_after_a_kill),
		TEST(a_backup_is_a_whole_store),
		TEST(each_broken_database_is_red),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
