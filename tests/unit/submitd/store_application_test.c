#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/submitd/store_fixture.h"

static const struct date eight = { 2018, 3, 1 }, twelve = { 2014, 3, 1 };

static void
apply_takes_a_seat_and_writes_a_letter(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application_event_list events = { 0 };
	struct application a;
	struct mail_list mail;

	assert_int_equal(apply(f, &f->guardian, "robots", "a", child, false,
			     &a),
	    VERDICT_OK);
	assert_int_equal(a.state, APPLICATION_SUBMITTED);
	assert_int_equal(a.place, 0);
	assert_int_equal(a.school_year, 2026);
	assert_true(str_eq(a.program_title, STR("Robots")));
	assert_int_equal(group(f, "robots", "a").taken, 1);
	/* Seven working days behind Thursday, 1 October: Monday, the 12th. */
	assert_int_equal(date_local(a.answer_by).date.day, 12);
	mail = letters(f);
	assert_int_equal(mail.items.n, 1);
	assert_true(
	    str_eq(mail.items.at[0].kind, STR("application-submitted")));
	assert_true(str_eq(mail.items.at[0].recipient, STR("g@demo.example")));
	assert_true(
	    str_eq(param(mail.items.at[0].params, "application"), a.id));
	assert_int_equal(store_application_events(f->s, &f->a, a.id, &events),
	    STORE_OK);
	assert_int_equal(events.items.n, 1);
	assert_int_equal(events.items.at[0].cause, CAUSE_APPLIED);
}

static void
verdicts_are_values_and_write_nothing(void **state)
{
	static const struct {
		const char *program, *group;
		int birth_year;
		bool certificate;
		enum verdict want;
	} rows[] = {
		{ "", "", 2018, false, VERDICT_UNKNOWN },
		{ "robots", "nope", 2018, false, VERDICT_UNKNOWN },
		{ "nope", "a", 2018, false, VERDICT_UNKNOWN },
		{ "robots", "past", 2018, false, VERDICT_CLOSED },
		{ "chess", "late", 2018, false, VERDICT_CLOSED },
		{ "robots", "a", 2021, false, VERDICT_AGE },
		{ "robots", "a", 2014, false, VERDICT_AGE },
		{ "robots", "b", 2018, false, VERDICT_AGE },
		{ "choir", "a", 2018, true, VERDICT_CERTIFICATE },
		{ "robots", "a", 2018, false, VERDICT_OK },
		{ "robots", "a", 2018, false, VERDICT_DUPLICATE },
	};
	struct fixture *f = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct date birth = { rows[i].birth_year, 3, 1 };
		struct str child = child_of(f, &f->guardian, "mira", birth);
		struct application a = { 0 };

		if (apply(f, &f->guardian, rows[i].program, rows[i].group,
			child, rows[i].certificate, &a) != rows[i].want)
			fail_msg("row %zu", i);
	}
	assert_int_equal(group(f, "robots", "a").taken, 1);
	assert_int_equal(letters(f).items.n, 1);
}

static void
lessons_at_the_same_time_clash(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application a;

	assert_int_equal(apply(f, &f->guardian, "robots", "a", child, false,
			     &a),
	    VERDICT_OK);
	assert_int_equal(apply(f, &f->guardian, "chess", "a", child, false, &a),
	    VERDICT_CLASH);
	assert_int_equal(group(f, "chess", "a").taken, 0);
}

static void
a_foreign_child_does_not_exist(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	const struct application_ask ask = { STR("robots"), STR("a"), child,
		false };
	struct application a;
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_application_apply(f->s, &f->a, &f->other, &ask,
			     f->now, &v, &a),
	    STORE_NONE);
	turn_undo(f);
}

static void
full_groups_wait_or_refuse(void **state)
{
	static const struct {
		enum verdict want;
		enum application_state state;
		int64_t place;
	} rows[] = {
		{ VERDICT_OK, APPLICATION_SUBMITTED, 0 },
		{ VERDICT_OK, APPLICATION_WAITING, 1 },
		{ VERDICT_FULL, APPLICATION_WAITING, 0 },
	};
	struct fixture *f = *state;

	for (int i = 0; i < 3; i++) {
		struct str child =
		    child_of(f, &f->guardian, nth_name(f, 3 * i), twelve);
		struct application a = { 0 };

		assert_int_equal(apply(f, &f->guardian, "robots", "b", child,
				     false, &a),
		    rows[i].want);
		if (rows[i].want != VERDICT_OK)
			continue;
		assert_int_equal(a.state, rows[i].state);
		assert_int_equal(a.place, rows[i].place);
	}
	assert_int_equal(group(f, "robots", "b").taken, 1);
	assert_int_equal(group(f, "robots", "b").waiting, 1);
}

static void
preview_says_what_apply_would(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", twelve);
	struct str second = child_of(f, &f->guardian, "petr", twelve);
	struct application_ask ask = { STR("robots"), STR("b"), child, false };
	struct application_preview p;
	struct application a;

	assert_int_equal(store_application_preview(f->s, &f->a, &f->guardian,
			     &ask, f->now, &p),
	    STORE_OK);
	assert_int_equal(p.verdict, VERDICT_OK);
	assert_false(p.waits);
	apply(f, &f->guardian, "robots", "b", child, false, &a);
	ask.child = second;
	assert_int_equal(store_application_preview(f->s, &f->a, &f->guardian,
			     &ask, f->now, &p),
	    STORE_OK);
	assert_int_equal(p.verdict, VERDICT_OK);
	assert_true(p.waits);
	assert_int_equal(p.ahead, 0);
	ask.group = STR("a");
	assert_int_equal(store_application_preview(f->s, &f->a, &f->guardian,
			     &ask, f->now, &p),
	    STORE_OK);
	assert_int_equal(p.verdict, VERDICT_AGE);
}

static void
cancel_promotes_the_first_who_waits(void **state)
{
	struct fixture *f = *state;
	struct application a[5], now;
	struct application_move_list moves = { 0 };
	enum verdict v;

	for (int i = 0; i < 5; i++)
		assert_int_equal(apply(f, &f->guardian, "robots", "a",
				     child_of(f, &f->guardian,
					 nth_name(f, 5 * i), eight),
				     false, &a[i]),
		    VERDICT_OK);
	assert_int_equal(a[4].place, 3);
	letters(f);
	/* The second of the list goes, then a seat becomes free. */
	turn_begin(f);
	assert_int_equal(store_application_cancel(f->s, &f->a, &f->guardian,
			     a[3].id, f->now + 60, &v, &now),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(application(f, a[4].id).place, 2);
	turn_begin(f);
	assert_int_equal(store_application_cancel(f->s, &f->a, &f->guardian,
			     a[0].id, f->now + 120, &v, &now),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(now.state, APPLICATION_CANCELLED);
	turn_end(f);
	assert_int_equal(application(f, a[2].id).state, APPLICATION_SUBMITTED);
	assert_int_equal(application(f, a[4].id).place, 1);
	assert_int_equal(group(f, "robots", "a").taken, 2);
	assert_int_equal(group(f, "robots", "a").waiting, 1);
	f->now += 200;
	assert_true(str_eq(last_letter(f), STR("application-submitted")));
	assert_int_equal(store_application_moves(f->s, &f->a, a[4].id, &moves),
	    STORE_OK);
	assert_int_equal(moves.items.n, 3);
	assert_int_equal(moves.items.at[0].place, 3);
	assert_int_equal(moves.items.at[1].place, 2);
	assert_int_equal(moves.items.at[1].cause, CAUSE_CANCELLED);
	assert_int_equal(moves.items.at[2].place, 1);
	assert_int_equal(moves.items.at[2].cause, CAUSE_SEAT_FREED);
	/* The one who was promoted: only what happened while it waited. */
	moves = (struct application_move_list){ 0 };
	assert_int_equal(store_application_moves(f->s, &f->a, a[2].id, &moves),
	    STORE_OK);
	assert_int_equal(moves.items.n, 1);
	assert_int_equal(moves.items.at[0].place, 1);
}

static void
nobody_is_promoted_behind_the_period(void **state)
{
	struct fixture *f = *state;
	struct application a, b, out;
	enum verdict v;
	bool more;

	apply(f, &f->guardian, "robots", "b",
	    child_of(f, &f->guardian, "mira", twelve), false, &a);
	apply(f, &f->guardian, "robots", "b",
	    child_of(f, &f->guardian, "petr", twelve), false, &b);
	assert_int_equal(b.state, APPLICATION_WAITING);
	/* 1 June 2027, 00:00: the first second behind the period. */
	assert_true(date_epoch((struct local_time){ { 2027, 6, 1 }, 0, 0, 0 },
	    &f->now));
	turn_begin(f);
	assert_int_equal(store_application_cancel(f->s, &f->a, &f->guardian,
			     a.id, f->now, &v, &out),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(application(f, b.id).state, APPLICATION_WAITING);
	assert_int_equal(store_due(f->s, &f->a, f->now, &more), STORE_OK);
	out = application(f, b.id);
	assert_int_equal(out.state, APPLICATION_DECLINED);
	assert_true(str_eq(out.reason, STR("ended")));
	assert_true(str_eq(last_letter(f), STR("application-declined")));
}

static void
step_states(struct fixture *f, struct str id, enum verdict want)
{
	const struct actor *org = &f->organizer;
	struct application out;
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_application_approve(f->s, &f->a, org, id, f->now,
			     &v, &out),
	    STORE_OK);
	assert_int_equal(v, want);
	turn_end(f);
}

static void
the_whole_way_to_completed(void **state)
{
	struct fixture *f = *state;
	const struct actor *org = &f->organizer;
	struct application_event_list events = { 0 };
	struct application a, out;
	enum verdict v;
	bool more;

	apply(f, &f->guardian, "robots", "a",
	    child_of(f, &f->guardian, "mira", eight), false, &a);
	turn_begin(f);
	assert_int_equal(store_application_enroll(f->s, &f->a, org, a.id,
			     STR("1"), (struct date){ 2026, 10, 2 }, f->now, &v,
			     &out),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STATE);
	assert_int_equal(out.state, APPLICATION_SUBMITTED);
	turn_end(f);
	step_states(f, a.id, VERDICT_OK);
	step_states(f, a.id, VERDICT_STATE);
	turn_begin(f);
	assert_int_equal(store_application_contract(f->s, &f->a, org, a.id,
			     STR("D-1"), (struct date){ 2026, 10, 2 }, f->now,
			     &v, &out),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_true(str_eq(out.contract_number, STR("D-1")));
	assert_int_equal(store_application_contract(f->s, &f->a, org, a.id,
			     STR("D-2"), (struct date){ 2026, 10, 2 }, f->now,
			     &v, &out),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STATE);
	assert_int_equal(store_application_enroll(f->s, &f->a, org, a.id,
			     STR("1-k"), (struct date){ 2026, 10, 3 }, f->now,
			     &v, &out),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(out.state, APPLICATION_ENROLLED);
	turn_end(f);
	assert_int_equal(group(f, "robots", "a").taken, 1);
	assert_true(date_epoch((struct local_time){ { 2027, 6, 1 }, 0, 0, 0 },
	    &f->now));
	assert_int_equal(store_due(f->s, &f->a, f->now, &more), STORE_OK);
	assert_false(more);
	assert_int_equal(application(f, a.id).state, APPLICATION_COMPLETED);
	assert_int_equal(group(f, "robots", "a").taken, 0);
	assert_int_equal(store_application_events(f->s, &f->a, a.id, &events),
	    STORE_OK);
	assert_int_equal(events.items.n, 5);
	assert_int_equal(events.items.at[4].cause, CAUSE_COMPLETED);
}

static void
leave_is_asked_confirmed_and_frees_the_seat(void **state)
{
	struct fixture *f = *state;
	const struct actor *org = &f->organizer;
	struct application a, b, out;
	enum verdict v;

	apply(f, &f->guardian, "robots", "b",
	    child_of(f, &f->guardian, "mira", twelve), false, &a);
	apply(f, &f->other, "robots", "b",
	    child_of(f, &f->other, "petr", twelve), false, &b);
	step_states(f, a.id, VERDICT_OK);
	turn_begin(f);
	assert_int_equal(store_application_enroll(f->s, &f->a, org, a.id,
			     STR("1"), (struct date){ 2026, 10, 3 }, f->now, &v,
			     &out),
	    STORE_OK);
	assert_int_equal(store_application_leave_ask(f->s, &f->a, &f->guardian,
			     a.id, LEAVE_TIME, STR("no time"), f->now, &v,
			     &out),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_true(out.leave_asked);
	assert_int_equal(store_application_leave_ask(f->s, &f->a, &f->guardian,
			     a.id, LEAVE_TIME, STR(""), f->now, &v, &out),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STATE);
	assert_int_equal(store_application_leave(f->s, &f->a, org, a.id, false,
			     LEAVE_TIME, STR(""), (struct date){ 2026, 11, 5 },
			     f->now, &v, &out),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(out.state, APPLICATION_LEFT);
	turn_end(f);
	assert_int_equal(application(f, b.id).state, APPLICATION_SUBMITTED);
}

static void
only_those_concerned_may(void **state)
{
	struct fixture *f = *state;
	const struct actor strangers[] = {
		{ .role = ROLE_ORGANIZER, .organization = STR("shkola") },
		{ .role = ROLE_OPERATOR, .municipality = STR("tynda") },
		{ .role = ROLE_NOBODY },
		f->guardian,
	};
	struct application a, out;
	enum verdict v;

	apply(f, &f->guardian, "robots", "a",
	    child_of(f, &f->guardian, "mira", eight), false, &a);
	for (size_t i = 0; i < sizeof(strangers) / sizeof(*strangers); i++) {
		turn_begin(f);
		assert_int_equal(store_application_approve(f->s, &f->a,
				     &strangers[i], a.id, f->now, &v, &out),
		    STORE_NONE);
		turn_undo(f);
	}
	turn_begin(f);
	assert_int_equal(store_application_cancel(f->s, &f->a, &f->other, a.id,
			     f->now, &v, &out),
	    STORE_NONE);
	assert_int_equal(store_application_cancel(f->s, &f->a, &f->organizer,
			     a.id, f->now, &v, &out),
	    STORE_NONE);
	turn_undo(f);
	assert_int_equal(store_application_get(f->s, &f->a, &f->other, a.id,
			     &out),
	    STORE_NONE);
}

static void
lists_and_counts_are_of_the_actor(void **state)
{
	struct fixture *f = *state;
	struct application_filter filter = { .state = -1, .limit = 2 };
	struct application_list list = { 0 };
	int64_t counts[APPLICATION_STATES];
	struct application a;

	for (int i = 0; i < 5; i++)
		apply(f, &f->guardian, "robots", "a",
		    child_of(f, &f->guardian, nth_name(f, 7 * i), eight), false,
		    &a);
	apply(f, &f->other, "choir", "a", child_of(f, &f->other, "zoya", eight),
	    false, &a);
	assert_int_equal(store_application_list(f->s, &f->a, &f->guardian,
			     &filter, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 2);
	assert_true(list.next > 0);
	filter.after = list.next;
	filter.limit = 10;
	list = (struct application_list){ 0 };
	assert_int_equal(store_application_list(f->s, &f->a, &f->guardian,
			     &filter, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 3);
	assert_int_equal(list.next, 0);
	filter = (struct application_filter){ .state = APPLICATION_WAITING,
		.program = STR("robots") };
	list = (struct application_list){ 0 };
	assert_int_equal(store_application_list(f->s, &f->a, &f->organizer,
			     &filter, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 3);
	assert_int_equal(list.items.at[2].place, 3);
	filter = (struct application_filter){ .state = -1 };
	list = (struct application_list){ 0 };
	assert_int_equal(store_application_list(f->s, &f->a,
			     &f->operator, & filter, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 5);
	assert_int_equal(store_application_counts(f->s, &f->other, counts),
	    STORE_OK);
	assert_int_equal(counts[APPLICATION_SUBMITTED], 1);
	assert_int_equal(store_application_counts(f->s, &f->organizer, counts),
	    STORE_OK);
	assert_int_equal(counts[APPLICATION_WAITING], 3);
}

static void
the_organizer_closes_a_group_by_hand(void **state)
{
	struct fixture *f = *state;
	const struct actor stranger = { .role = ROLE_ORGANIZER,
		.organization = STR("shkola") };
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application a;

	turn_begin(f);
	assert_int_equal(store_group_close(f->s, &stranger, STR("robots"),
			     STR("a"), true, f->now),
	    STORE_NONE);
	assert_int_equal(store_group_close(f->s, &f->organizer, STR("robots"),
			     STR("a"), true, f->now),
	    STORE_OK);
	turn_end(f);
	assert_false(group(f, "robots", "a").open);
	assert_int_equal(apply(f, &f->guardian, "robots", "a", child, false,
			     &a),
	    VERDICT_CLOSED);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(apply_takes_a_seat_and_writes_a_letter),
		TEST(verdicts_are_values_and_write_nothing),
		TEST(lessons_at_the_same_time_clash),
		TEST(a_foreign_child_does_not_exist),
		TEST(full_groups_wait_or_refuse),
		TEST(preview_says_what_apply_would),
		TEST(cancel_promotes_the_first_who_waits),
		TEST(nobody_is_promoted_behind_the_period),
		TEST(the_whole_way_to_completed),
		TEST(leave_is_asked_confirmed_and_frees_the_seat),
		TEST(only_those_concerned_may),
		TEST(lists_and_counts_are_of_the_actor),
		TEST(the_organizer_closes_a_group_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
