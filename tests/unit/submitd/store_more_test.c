#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/submitd/store_fixture.h"

/* Sign-ups, reviews, the catalog's changes, the export. */

static const struct date eight = { 2018, 3, 1 }, twelve = { 2014, 3, 1 };

static enum verdict
sign_up(struct fixture *f, const char *event, const char *category,
    const struct str *children, size_t n, struct sign_up_list *out)
{
	const struct sign_up_ask ask = { str_from(event), str_from(category),
		children, n };
	enum verdict v;
	size_t failed;

	*out = (struct sign_up_list){ 0 };
	turn_begin(f);
	assert_int_equal(store_sign_up_add(f->s, &f->a, &f->guardian, &ask,
			     f->now, &v, &failed, out),
	    STORE_OK);
	turn_end(f);
	return v;
}

static struct sign_up
act(struct fixture *f, const struct actor *who, struct str id,
    enum sign_up_action action, enum verdict want)
{
	struct sign_up out;
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_sign_up_act(f->s, &f->a, who, id, action,
			     STR(""), STR(""), f->now, &v, &out),
	    STORE_OK);
	assert_int_equal(v, want);
	turn_end(f);
	return out;
}

static void
one_form_for_several_children(void **state)
{
	struct fixture *f = *state;
	const struct str big[] = {
		child_of(f, &f->guardian, "mira", twelve),
		child_of(f, &f->guardian, "petr", twelve),
		child_of(f, &f->guardian, "oleg", twelve),
	};
	const struct str small[] = { child_of(f, &f->guardian, "zoya", eight) };
	struct sign_up_list list, more;
	struct event_state_list seats = { 0 };
	struct sign_up got;

	assert_int_equal(sign_up(f, "race", "big", big, 3, &list), VERDICT_OK);
	assert_int_equal(list.items.n, 3);
	assert_int_equal(list.items.at[1].state, SIGN_UP_SUBMITTED);
	/* The category has two seats. */
	assert_int_equal(list.items.at[2].state, SIGN_UP_WAITING);
	assert_int_equal(list.items.at[2].place, 1);
	assert_int_equal(sign_up(f, "race", "small", small, 1, &more),
	    VERDICT_OK);
	assert_int_equal(more.items.at[0].state, SIGN_UP_SUBMITTED);
	assert_int_equal(store_event_states(f->s, &f->a, STR("race"), &seats),
	    STORE_OK);
	assert_int_equal(seats.items.n, 3);
	assert_int_equal(seats.items.at[0].taken, 3);
	assert_int_equal(seats.items.at[0].waiting, 1);
	/* A seat of the other category is no help to the one who waits. */
	act(f, &f->guardian, more.items.at[0].id, SIGN_UP_CANCEL, VERDICT_OK);
	assert_int_equal(store_sign_up_get(f->s, &f->a, &f->guardian,
			     list.items.at[2].id, &got),
	    STORE_OK);
	assert_int_equal(got.state, SIGN_UP_WAITING);
	act(f, &f->organizer, list.items.at[0].id, SIGN_UP_DECLINE, VERDICT_OK);
	assert_int_equal(store_sign_up_get(f->s, &f->a, &f->guardian,
			     list.items.at[2].id, &got),
	    STORE_OK);
	assert_int_equal(got.state, SIGN_UP_SUBMITTED);
	act(f, &f->organizer, got.id, SIGN_UP_ATTEND, VERDICT_STATE);
	act(f, &f->organizer, got.id, SIGN_UP_APPROVE, VERDICT_OK);
	got = act(f, &f->organizer, got.id, SIGN_UP_ATTEND, VERDICT_OK);
	assert_int_equal(got.state, SIGN_UP_ATTENDED);
}

static void
all_of_a_form_or_none(void **state)
{
	struct fixture *f = *state;
	const struct str both[] = {
		child_of(f, &f->guardian, "mira", twelve),
		child_of(f, &f->guardian, "petr", eight),
	};
	const struct str twice[] = { both[0], both[0] };
	struct sign_up_list list;

	assert_int_equal(sign_up(f, "race", "big", both, 2, &list),
	    VERDICT_AGE);
	assert_int_equal(list.items.n, 0);
	assert_int_equal(sign_up(f, "race", "big", twice, 2, &list),
	    VERDICT_DUPLICATE);
	assert_int_equal(sign_up(f, "race", "", both, 1, &list),
	    VERDICT_UNKNOWN);
	assert_int_equal(sign_up(f, "race", "huge", both, 1, &list),
	    VERDICT_UNKNOWN);
	assert_int_equal(sign_up(f, "nope", "", both, 1, &list),
	    VERDICT_UNKNOWN);
	assert_int_equal(sign_up(f, "done", "", both, 1, &list),
	    VERDICT_CLOSED);
	assert_int_equal(letters(f).items.n, 0);
}

static void
auto_approve_and_the_list_of_an_event(void **state)
{
	struct fixture *f = *state;
	const struct str children[] = {
		child_of(f, &f->guardian, "mira", twelve),
		child_of(f, &f->guardian, "petr", eight),
	};
	struct sign_up_list list, all = { 0 };
	struct sign_up got;

	assert_int_equal(sign_up(f, "fair", "", children, 2, &list),
	    VERDICT_OK);
	assert_int_equal(list.items.at[0].state, SIGN_UP_APPROVED);
	assert_int_equal(list.items.at[1].state, SIGN_UP_WAITING);
	act(f, &f->guardian, list.items.at[0].id, SIGN_UP_CANCEL, VERDICT_OK);
	assert_int_equal(store_sign_up_get(f->s, &f->a, &f->organizer,
			     list.items.at[1].id, &got),
	    STORE_OK);
	assert_int_equal(got.state, SIGN_UP_APPROVED);
	f->now += 1;
	assert_true(str_eq(last_letter(f), STR("sign-up-approved")));
	assert_int_equal(store_sign_up_list(f->s, &f->a, &f->organizer,
			     STR("fair"), 0, 0, &all),
	    STORE_OK);
	assert_int_equal(all.items.n, 2);
	/* The family cancels, the organizer does not; nor do strangers. */
	turn_begin(f);
	enum verdict v;
	assert_int_equal(store_sign_up_act(f->s, &f->a, &f->other, got.id,
			     SIGN_UP_CANCEL, STR(""), STR(""), f->now, &v,
			     &got),
	    STORE_NONE);
	turn_undo(f);
	/* Whoever cancelled may come again. */
	assert_int_equal(sign_up(f, "fair", "", children, 1, &list),
	    VERDICT_OK);
}

static struct str
enrolled(struct fixture *f, const char *name)
{
	struct str child = child_of(f, &f->guardian, name, eight);
	struct application a;
	enum verdict v;

	assert_int_equal(apply(f, &f->guardian, "robots", "a", child, false,
			     &a),
	    VERDICT_OK);
	turn_begin(f);
	assert_int_equal(store_application_approve(f->s, &f->a, &f->organizer,
			     a.id, f->now, &v, NULL),
	    STORE_OK);
	assert_int_equal(store_application_enroll(f->s, &f->a, &f->organizer,
			     a.id, STR("1"), (struct date){ 2026, 10, 5 },
			     f->now, &v, NULL),
	    STORE_OK);
	turn_end(f);
	return a.id;
}

static enum verdict
review(struct fixture *f, const struct actor *who, int rating, const char *text,
    struct review *out)
{
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_review_put(f->s, &f->a, who, STR("robots"),
			     rating, str_from(text), f->now, &v, out),
	    STORE_OK);
	turn_end(f);
	return v;
}

static void
a_review_is_written_changed_approved_answered(void **state)
{
	struct fixture *f = *state;
	struct program_list programs = { 0 };
	struct review_list list = { 0 };
	struct review v1, v2;
	int64_t sum, count;
	enum verdict v;

	assert_int_equal(review(f, &f->guardian, 5, "x", &v1),
	    VERDICT_NOT_ENROLLED);
	enrolled(f, "mira");
	assert_int_equal(store_review_programs(f->s, &f->a, &f->guardian,
			     &programs),
	    STORE_OK);
	assert_int_equal(programs.items.n, 1);
	assert_int_equal(review(f, &f->guardian, 3, "so-so", &v1), VERDICT_OK);
	assert_true(str_eq(v1.author, STR("Anna P.")));
	assert_int_equal(review(f, &f->guardian, 5, "good", &v2), VERDICT_OK);
	assert_true(str_eq(v1.id, v2.id));
	assert_int_equal(store_rating(f->s, STR("robots"), &sum, &count),
	    STORE_NONE);
	assert_int_equal(store_review_list(f->s, &f->a, &f->operator,
			     REVIEW_SUBMITTED, 0, 0, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 1);
	turn_begin(f);
	assert_int_equal(store_review_decide(f->s, &f->a, &f->organizer, v1.id,
			     true, STR(""), f->now, &v, &v1),
	    STORE_NONE);
	assert_int_equal(store_review_decide(f->s, &f->a, &f->operator, v1.id,
			     true, STR(""), f->now, &v, &v1),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(store_review_decide(f->s, &f->a, &f->operator, v1.id,
			     true, STR(""), f->now, &v, &v1),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STATE);
	turn_end(f);
	assert_int_equal(review(f, &f->guardian, 1, "bad", &v2),
	    VERDICT_DUPLICATE);
	turn_begin(f);
	assert_int_equal(store_review_answer(f->s, &f->a, &f->organizer, v1.id,
			     STR("thanks"), f->now, &v, &v1),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(store_rating(f->s, STR("robots"), &sum, &count),
	    STORE_OK);
	assert_int_equal(sum, 5);
	assert_int_equal(count, 1);
	list = (struct review_list){ 0 };
	assert_int_equal(store_review_public(f->s, &f->a, STR("robots"), 10,
			     &list),
	    STORE_OK);
	assert_true(str_eq(list.items.at[0].answer, STR("thanks")));
	assert_true(str_eq(last_letter(f), STR("review-answered")));
}

static void
seats_rise_and_promote(void **state)
{
	struct fixture *f = *state;
	int64_t version = store_live_version(f->s);
	struct application a[4];

	for (int i = 0; i < 4; i++)
		apply(f, &f->guardian, "robots", "a",
		    child_of(f, &f->guardian, nth_name(f, 3 * i), eight), false,
		    &a[i]);
	assert_true(store_live_version(f->s) > version);
	catalog_change(f,
	    "UPDATE program_group SET seats = 3 WHERE program = 'robots'"
	    " AND id = 'a'");
	assert_int_equal(application(f, a[2].id).state, APPLICATION_SUBMITTED);
	assert_int_equal(application(f, a[3].id).state, APPLICATION_WAITING);
	assert_int_equal(group(f, "robots", "a").seats, 3);
	f->now += 1;
	assert_true(str_eq(last_letter(f), STR("application-submitted")));
	catalog_change(f, "UPDATE program_group SET seats = NULL"
			  " WHERE program = 'robots' AND id = 'a'");
	assert_int_equal(application(f, a[3].id).state, APPLICATION_SUBMITTED);
}

static void
a_group_that_shrank_grants_nothing_until_it_fits(void **state)
{
	struct fixture *f = *state;
	struct group_state_list conflicts = { 0 };
	struct application a[4];
	enum verdict v;

	catalog_change(f,
	    "UPDATE program_group SET seats = 3 WHERE program = 'robots'"
	    " AND id = 'a'");
	for (int i = 0; i < 4; i++)
		apply(f, &f->guardian, "robots", "a",
		    child_of(f, &f->guardian, nth_name(f, 3 * i), eight), false,
		    &a[i]);
	catalog_change(f,
	    "UPDATE program_group SET seats = 1 WHERE program = 'robots'"
	    " AND id = 'a'");
	assert_true(group(f, "robots", "a").over);
	assert_int_equal(store_group_conflicts(f->s, &f->a, &f->operator,
			     f->now, &conflicts),
	    STORE_OK);
	assert_int_equal(conflicts.items.n, 1);
	for (int i = 0; i < 3; i++) {
		turn_begin(f);
		assert_int_equal(store_application_cancel(f->s, &f->a,
				     &f->guardian, a[i].id, f->now, &v, NULL),
		    STORE_OK);
		turn_end(f);
		assert_int_equal(application(f, a[3].id).state,
		    i < 2 ? APPLICATION_WAITING : APPLICATION_SUBMITTED);
	}
	assert_false(group(f, "robots", "a").over);
}

static void
a_group_that_vanished_keeps_its_applications(void **state)
{
	struct fixture *f = *state;
	struct application a, b;

	apply(f, &f->guardian, "robots", "a",
	    child_of(f, &f->guardian, "mira", eight), false, &a);
	catalog_change(f, "DELETE FROM lesson; DELETE FROM program_group"
			  " WHERE program = 'robots' AND id = 'a'");
	assert_true(application(f, a.id).group_gone);
	assert_true(str_eq(application(f, a.id).program_title, STR("Robots")));
	assert_int_equal(apply(f, &f->other, "robots", "a",
			     child_of(f, &f->other, "petr", eight), false, &b),
	    VERDICT_UNKNOWN);
	/* It may come back. */
	catalog_change(f, "");
	assert_false(application(f, a.id).group_gone);
	assert_int_equal(group(f, "robots", "a").taken, 1);
}

static void
a_renamed_group_takes_its_applications_along(void **state)
{
	struct fixture *f = *state;
	struct application a, b;

	apply(f, &f->guardian, "robots", "a",
	    child_of(f, &f->guardian, "mira", eight), false, &a);
	catalog_change(f,
	    "DELETE FROM lesson; UPDATE program_group SET id = 'young'"
	    " WHERE program = 'robots' AND id = 'a';"
	    "INSERT INTO alias VALUES ('group', 'robots/a',"
	    " 'robots/young')");
	b = application(f, a.id);
	assert_true(str_eq(b.group, STR("young")));
	assert_false(b.group_gone);
	assert_int_equal(group(f, "robots", "young").taken, 1);
	/* An old link still leads there. */
	assert_int_equal(apply(f, &f->other, "robots", "a",
			     child_of(f, &f->other, "petr", eight), false, &b),
	    VERDICT_OK);
	assert_true(str_eq(b.group, STR("young")));
}

static void
a_renamed_event_takes_its_sign_ups_along(void **state)
{
	struct fixture *f = *state;
	const struct str child[] = { child_of(f, &f->guardian, "mira",
	    twelve) };
	struct sign_up_list list;
	struct sign_up got;

	sign_up(f, "race", "big", child, 1, &list);
	catalog_change(f, "PRAGMA foreign_keys = OFF;"
			  "UPDATE event SET id = 'run' WHERE id = 'race';"
			  "UPDATE category SET event = 'run';"
			  "INSERT INTO alias VALUES ('event', 'race', 'run')");
	assert_int_equal(store_sign_up_get(f->s, &f->a, &f->guardian,
			     list.items.at[0].id, &got),
	    STORE_OK);
	assert_true(str_eq(got.event, STR("run")));
	assert_false(got.event_gone);
	assert_int_equal(sign_up(f, "race", "big", child, 1, &list),
	    VERDICT_DUPLICATE);
}

static void
an_older_catalog_does_not_move_seats(void **state)
{
	struct fixture *f = *state;

	f->generation = 0;
	catalog_make(f,
	    "UPDATE program_group SET seats = 9 WHERE program = 'robots'"
	    " AND id = 'a'");
	assert_int_equal(store_catalog_load(f->s, f->catalog, f->now), 0);
	assert_int_equal(group(f, "robots", "a").seats, 2);
}

static void
a_bad_catalog_leaves_the_old_one(void **state)
{
	static const char *const bad[] = { "", "not a database at all",
		"SQLite format 3" };
	struct fixture *f = *state;
	const struct catalog *before = store_catalog(f->s);

	for (size_t i = 0; i < 3; i++) {
		FILE *out = fopen(f->catalog, "w");

		fputs(bad[i], out);
		fclose(out);
		assert_int_equal(store_catalog_load(f->s, f->catalog, f->now),
		    -1);
		assert_ptr_equal(store_catalog(f->s), before);
	}
	unlink(f->catalog);
	assert_int_equal(store_catalog_load(f->s, f->catalog, f->now), -1);
	catalog_make(f, "PRAGMA foreign_keys = OFF;"
			"DELETE FROM municipality WHERE id = 'tynda'");
	assert_int_equal(store_catalog_load(f->s, f->catalog, f->now), -1);
	assert_ptr_equal(store_catalog(f->s), before);
}

static int64_t
ask(struct fixture *f, const char *path, const char *sql)
{
	struct db *db = db_open(&db_sqlite, path, DB_READ);
	struct db_statement *st;
	int64_t n;

	(void)f;
	assert_non_null(db);
	st = db_prepare(db, sql);
	assert_non_null(st);
	assert_int_equal(db_step(st), DB_ROW);
	n = db_get_int(st, 0);
	db_close(db);
	return n;
}

static void
the_export_has_what_is_public_and_is_the_same_twice(void **state)
{
	struct fixture *f = *state;
	struct str one, two;
	char path[2][160];
	struct review r;
	enum verdict v;

	enrolled(f, "mira");
	review(f, &f->guardian, 4, "good", &r);
	for (int i = 0; i < 2; i++)
		snprintf(path[i], sizeof(path[i]), "%s/live%d.db", f->dir, i);
	assert_int_equal(store_export(f->s, path[0], f->now), 0);
	assert_int_equal(ask(f, path[0], "SELECT count(*) FROM review"), 0);
	turn_begin(f);
	assert_int_equal(store_review_decide(f->s, &f->a, &f->operator, r.id,
			     true, STR(""), f->now, &v, &r),
	    STORE_OK);
	turn_end(f);
	for (int i = 0; i < 2; i++)
		assert_int_equal(store_export(f->s, path[i], f->now + i), 0);
	assert_int_equal(ask(f, path[0],
			     "SELECT sum * 10 + count FROM rating"
			     " WHERE program = 'robots'"),
	    41);
	assert_int_equal(ask(f, path[0],
			     "SELECT count(*) FROM review WHERE"
			     " author = 'Anna P.' AND rating = 4"),
	    1);
	assert_int_equal(ask(f, path[0],
			     "SELECT taken FROM seats WHERE"
			     " program = 'robots' AND program_group = 'a'"),
	    1);
	assert_int_equal(file_read(&f->a, path[0], 1 << 20, &one), FILE_OK);
	assert_int_equal(file_read(&f->a, path[1], 1 << 20, &two), FILE_OK);
	assert_true(str_eq(one, two));
}

static void
the_operator_sees_figures(void **state)
{
	const struct actor elsewhere = { .role = ROLE_OPERATOR,
		.municipality = STR("tynda") };
	struct fixture *f = *state;
	struct store_counts c;

	enrolled(f, "mira");
	assert_int_equal(store_counts(f->s, &f->operator, f->now, &c),
	    STORE_OK);
	assert_int_equal(c.applications[APPLICATION_ENROLLED], 1);
	assert_int_equal(c.children, 1);
	assert_int_equal(c.guardians, 2);
	assert_int_equal(c.letters_waiting, 3);
	assert_int_equal(store_counts(f->s, &elsewhere, f->now, &c), STORE_OK);
	assert_int_equal(c.children, 0);
	assert_int_equal(store_counts(f->s, &f->guardian, f->now, &c),
	    STORE_NONE);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(one_form_for_several_children),
		TEST(all_of_a_form_or_none),
		TEST(auto_approve_and_the_list_of_an_event),
		TEST(a_review_is_written_changed_approved_answered),
		TEST(seats_rise_and_promote),
		TEST(a_group_that_shrank_grants_nothing_until_it_fits),
		TEST(a_group_that_vanished_keeps_its_applications),
		TEST(a_renamed_group_takes_its_applications_along),
		TEST(a_renamed_event_takes_its_sign_ups_along),
		TEST(an_older_catalog_does_not_move_seats),
		TEST(a_bad_catalog_leaves_the_old_one),
		TEST(the_export_has_what_is_public_and_is_the_same_twice),
		TEST(the_operator_sees_figures),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
