#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/hash.h"
#include "tests/unit/submitd/store_fixture.h"

static enum verdict
register_as(struct fixture *f, const char *email, const char *version)
{
	const struct consent consents[] = {
		{ STR("consent"), str_from(version), STR("") },
	};
	const struct registration r = { .email = str_from(email),
		.password = STR("secret-hash"),
		.full_name = STR("Sidorova Inna"),
		.consents = consents,
		.nconsents = version[0] != '\0' ? 1 : 0,
		.next = STR("/my/") };
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_account_register(f->s, &f->a, &r,
			     STR("127.0.0.1"), f->now, &v),
	    STORE_OK);
	turn_end(f);
	return v;
}

/* The token in the last letter; none may be handed out twice. */
static struct str
token(struct fixture *f, const char *kind)
{
	struct mail_list list = letters(f);
	struct mail *m;

	assert_true(list.items.n > 0);
	m = &list.items.at[list.items.n - 1];
	assert_true(str_eq(m->kind, str_from(kind)));
	f->now += MAIL_LEASE + 1;
	return param(m->params, "token");
}

static void
an_account_is_made_by_its_letter(void **state)
{
	struct fixture *f = *state;
	struct account account;
	struct str t, next, password;
	enum verdict v;

	assert_int_equal(register_as(f, "new@demo.example", "2"), VERDICT_OK);
	t = token(f, "confirm");
	assert_int_equal(store_account_find(f->s, &f->a,
			     STR("new@demo.example"), &account, &password),
	    STORE_NONE);
	assert_int_equal(store_account_confirm_peek(f->s, &f->a,
			     STR("nonsense"), f->now, &v, &next),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STALE);
	for (int i = 0; i < 2; i++) {
		turn_begin(f);
		assert_int_equal(store_account_confirm(f->s, &f->a, t, f->now,
				     &v, &next),
		    STORE_OK);
		assert_int_equal(v, VERDICT_OK);
		assert_true(str_eq(next, STR("/my/")));
		turn_end(f);
	}
	assert_int_equal(store_account_find(f->s, &f->a,
			     STR("new@demo.example"), &account, &password),
	    STORE_OK);
	assert_int_equal(account.role, ROLE_GUARDIAN);
	assert_true(str_eq(password, STR("secret-hash")));
}

static void
consents_are_required_in_their_version(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(register_as(f, "new@demo.example", ""),
	    VERDICT_CONSENT);
	assert_int_equal(register_as(f, "new@demo.example", "1"),
	    VERDICT_CONSENT);
	assert_int_equal(letters(f).items.n, 0);
}

static void
a_known_address_gets_another_letter(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(register_as(f, "g@demo.example", "2"), VERDICT_OK);
	assert_true(str_eq(last_letter(f), STR("already")));
}

static void
an_old_letter_makes_nothing(void **state)
{
	struct fixture *f = *state;
	struct str t, next;
	enum verdict v;

	register_as(f, "new@demo.example", "2");
	t = token(f, "confirm");
	f->now += ACCOUNT_CONFIRM_LIFE;
	turn_begin(f);
	assert_int_equal(store_account_confirm(f->s, &f->a, t, f->now, &v,
			     &next),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STALE);
	turn_end(f);
}

static void
two_letters_make_one_account(void **state)
{
	struct fixture *f = *state;
	struct mail_list list;
	struct str next;
	enum verdict v;

	register_as(f, "new@demo.example", "2");
	register_as(f, "new@demo.example", "2");
	list = letters(f);
	assert_int_equal(list.items.n, 2);
	for (int i = 0; i < 2; i++) {
		turn_begin(f);
		assert_int_equal(store_account_confirm(f->s, &f->a,
				     param(list.items.at[i].params, "token"),
				     f->now, &v, &next),
		    STORE_OK);
		assert_int_equal(v, VERDICT_OK);
		turn_end(f);
	}
}

static void
a_reset_works_once_and_ends_sessions(void **state)
{
	struct fixture *f = *state;
	struct session session;
	struct account account;
	struct str t, password;
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_session_add(f->s, STR("sid"),
			     f->guardian.account, STR("::1"), STR("agent"),
			     f->now),
	    STORE_OK);
	assert_int_equal(store_account_reset_ask(f->s, &f->a,
			     STR("nobody@demo.example"), f->now),
	    STORE_OK);
	assert_int_equal(store_account_reset_ask(f->s, &f->a,
			     STR("g@demo.example"), f->now),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(letters(f).items.n, 1);
	f->now += MAIL_LEASE + 1;
	t = token(f, "reset");
	assert_int_equal(store_account_reset_peek(f->s, &f->a, t, f->now, &v),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	turn_begin(f);
	assert_int_equal(store_account_reset(f->s, &f->a, t, STR("new"), f->now,
			     &v),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(store_account_reset(f->s, &f->a, t, STR("newer"),
			     f->now, &v),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STALE);
	turn_end(f);
	assert_int_equal(store_account_get(f->s, &f->a, f->guardian.account,
			     &account, &password),
	    STORE_OK);
	assert_true(str_eq(password, STR("new")));
	assert_int_equal(store_session_find(f->s, &f->a, STR("sid"), f->now,
			     &session),
	    STORE_NONE);
	assert_true(str_eq(last_letter(f), STR("password")));
}

static void
sessions_live_and_end(void **state)
{
	struct fixture *f = *state;
	struct session s;

	turn_begin(f);
	for (int i = 0; i < 3; i++)
		assert_int_equal(store_session_add(f->s,
				     str_from(nth_name(f, i)),
				     f->guardian.account, STR("::1"), STR("x"),
				     f->now),
		    STORE_OK);
	turn_end(f);
	assert_int_equal(store_session_find(f->s, &f->a, STR("a"), f->now, &s),
	    STORE_OK);
	assert_true(str_eq(s.account.email, STR("g@demo.example")));
	assert_int_equal(s.account.role, ROLE_GUARDIAN);
	turn_begin(f);
	assert_int_equal(store_session_seen(f->s, STR("a"),
			     f->now + SESSION_SEEN_EVERY),
	    STORE_OK);
	assert_int_equal(store_session_end(f->s, STR("b")), STORE_OK);
	turn_end(f);
	assert_int_equal(store_session_find(f->s, &f->a, STR("b"), f->now, &s),
	    STORE_NONE);
	turn_begin(f);
	assert_int_equal(store_session_end_others(f->s, f->guardian.account,
			     STR("a")),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(store_session_find(f->s, &f->a, STR("c"), f->now, &s),
	    STORE_NONE);
	assert_int_equal(store_session_find(f->s, &f->a, STR("a"),
			     f->now + SESSION_IDLE_GUARDIAN, &s),
	    STORE_OK);
	assert_int_equal(store_session_find(f->s, &f->a, STR("a"),
			     f->now + SESSION_IDLE_GUARDIAN +
				 3 * SESSION_SEEN_EVERY,
			     &s),
	    STORE_NONE);
}

static enum verdict
child_try(struct fixture *f, const struct actor *who, const char *family,
    const char *given, struct date birth, struct str *id)
{
	const struct child c = { .family_name = str_from(family),
		.given_name = str_from(given),
		.birth = birth,
		.municipality = STR("svob") };
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_child_add(f->s, &f->a, who, &c, f->now, &v, id),
	    STORE_OK);
	turn_end(f);
	return v;
}

static void
the_same_child_is_there_already(void **state)
{
	/* ё, Latin look-alikes, case, blanks and hyphens do not hide it. */
	static const struct {
		const char *family, *given;
	} rows[] = {
		{ "Семёнова", "Мира" },
		{ "СЕМЕНОВА", "мира" },
		{ "Ceмeнoвa", "Миpa" },
		{ "Семен-ова", "Ми ра" },
	};
	const struct date birth = { 2018, 5, 6 };
	struct fixture *f = *state;
	struct str id, mine;

	assert_int_equal(child_try(f, &f->guardian, "Семенова", "Мира", birth,
			     &mine),
	    VERDICT_OK);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(child_try(f, &f->other, rows[i].family,
				     rows[i].given, birth, &id),
		    VERDICT_EXISTS);
	/* One's own is no duplicate. */
	assert_int_equal(child_try(f, &f->guardian, "Семёнова", "Мира", birth,
			     &id),
	    VERDICT_OK);
	assert_true(str_eq(id, mine));
	assert_int_equal(child_try(f, &f->other, "Семёнова", "Мира", birth,
			     &id),
	    VERDICT_EXISTS);
	assert_int_equal(child_try(f, &f->other, "Семёнова", "Мира", birth,
			     &id),
	    VERDICT_LIMIT);
	f->now += DATE_DAY + 1;
	assert_int_equal(child_try(f, &f->other, "Семёнова", "Мира", birth,
			     &id),
	    VERDICT_EXISTS);
}

static void
a_child_is_0_to_17(void **state)
{
	static const struct {
		struct date birth;
		enum verdict want;
	} rows[] = {
		{ { 2026, 10, 2 }, VERDICT_AGE },
		{ { 2026, 10, 1 }, VERDICT_OK },
		{ { 2008, 10, 2 }, VERDICT_OK },
		{ { 2008, 10, 1 }, VERDICT_AGE },
	};
	struct fixture *f = *state;
	struct str id;

	for (size_t i = 0; i < 4; i++)
		assert_int_equal(child_try(f, &f->guardian, "Petrov",
				     nth_name(f, (int)i), rows[i].birth, &id),
		    rows[i].want);
}

static void
near_ones_come_before_the_operator(void **state)
{
	struct fixture *f = *state;
	struct child_pair_list pairs = { 0 };
	struct str id;

	child_try(f, &f->guardian, "Semenova", "Mira",
	    (struct date){ 2018, 5, 6 }, &id);
	assert_int_equal(child_try(f, &f->other, "Semenowa", "Mira",
			     (struct date){ 2018, 5, 6 }, &id),
	    VERDICT_OK);
	assert_int_equal(child_try(f, &f->other, "Semenova", "Mira",
			     (struct date){ 2018, 5, 7 }, &id),
	    VERDICT_OK);
	assert_int_equal(child_try(f, &f->other, "Mira", "Semenova",
			     (struct date){ 2018, 5, 6 }, &id),
	    VERDICT_OK);
	assert_int_equal(child_try(f, &f->other, "Ivanov", "Oleg",
			     (struct date){ 2018, 5, 6 }, &id),
	    VERDICT_OK);
	assert_int_equal(store_child_pairs(f->s, &f->a, &f->operator, & pairs),
	    STORE_OK);
	assert_int_equal(pairs.items.n, 3);
	turn_begin(f);
	assert_int_equal(store_child_pair_close(f->s, &f->organizer,
			     pairs.items.at[0].id, f->now),
	    STORE_NONE);
	assert_int_equal(store_child_pair_close(f->s, &f->operator,
			     pairs.items.at[0].id, f->now),
	    STORE_OK);
	turn_end(f);
	pairs = (struct child_pair_list){ 0 };
	assert_int_equal(store_child_pairs(f->s, &f->a, &f->operator, & pairs),
	    STORE_OK);
	assert_int_equal(pairs.items.n, 2);
}

static struct str
claim_try(struct fixture *f, const struct actor *who, const char *given,
    enum claim_way way)
{
	const struct child c = { .family_name = STR("Petrov"),
		.given_name = str_from(given),
		.birth = { 2018, 3, 1 } };
	enum verdict v;
	struct str id;

	turn_begin(f);
	assert_int_equal(store_claim_add(f->s, &f->a, who, &c, way, f->now, &v,
			     &id),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_true(id.n > 0);
	turn_end(f);
	return id;
}

static void
a_claim_opens_the_way(void **state)
{
	struct fixture *f = *state;
	struct str child =
	    child_of(f, &f->guardian, "mira", (struct date){ 2018, 3, 1 });
	struct child_list list = { 0 };
	struct claim claim;
	struct child got;
	struct str t;
	enum verdict v;

	claim_try(f, &f->other, "mira", CLAIM_GUARDIAN);
	t = token(f, "claim");
	assert_int_equal(store_claim_peek(f->s, &f->a, t, f->now, &v, &claim),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(store_child_get(f->s, &f->a, &f->other, child, &got),
	    STORE_NONE);
	for (int i = 0; i < 2; i++) {
		turn_begin(f);
		assert_int_equal(store_claim_answer(f->s, &f->a, t, true,
				     f->now, &v),
		    STORE_OK);
		assert_int_equal(v, i == 0 ? VERDICT_OK : VERDICT_STALE);
		turn_end(f);
	}
	assert_int_equal(store_child_get(f->s, &f->a, &f->other, child, &got),
	    STORE_OK);
	assert_int_equal(store_child_list(f->s, &f->a, &f->other, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 1);
	assert_true(str_eq(last_letter(f), STR("claim-confirmed")));
}

static void
a_claim_at_nobody_answers_the_same(void **state)
{
	struct fixture *f = *state;

	claim_try(f, &f->other, "nobody", CLAIM_GUARDIAN);
	assert_int_equal(letters(f).items.n, 0);
}

static void
the_operator_decides_claims(void **state)
{
	const struct actor foreign = { .role = ROLE_OPERATOR,
		.municipality = STR("tynda") };
	struct fixture *f = *state;
	struct claim_list list = { 0 };
	enum verdict v;

	child_of(f, &f->guardian, "mira", (struct date){ 2018, 3, 1 });
	claim_try(f, &f->other, "mira", CLAIM_OPERATOR);
	assert_int_equal(store_claim_list(f->s, &f->a, &foreign, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 0);
	assert_int_equal(store_claim_list(f->s, &f->a, &f->operator, & list),
	    STORE_OK);
	assert_int_equal(list.items.n, 1);
	turn_begin(f);
	assert_int_equal(store_claim_decide(f->s, &f->a, &foreign,
			     list.items.at[0].id, true, f->now, &v),
	    STORE_NONE);
	assert_int_equal(store_claim_decide(f->s, &f->a, &f->operator,
			     list.items.at[0].id, false, f->now, &v),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(store_claim_decide(f->s, &f->a, &f->operator,
			     list.items.at[0].id, true, f->now, &v),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STATE);
	turn_end(f);
	assert_true(str_eq(last_letter(f), STR("claim-refused")));
}

static void
letters_are_claimed_sent_and_retried(void **state)
{
	struct fixture *f = *state;
	struct mail_list list;
	int64_t due;

	assert_int_equal(store_mail_is_due(f->s, f->now), STORE_NONE);
	turn_begin(f);
	for (int i = 0; i < 3; i++)
		assert_int_equal(store_mail_add(f->s, &f->a, "support",
				     STR("x@y.zz"), STR("{\"n\":\"1\"}"),
				     f->now),
		    STORE_OK);
	turn_end(f);
	assert_int_equal(store_mail_is_due(f->s, f->now - 1), STORE_NONE);
	assert_int_equal(store_mail_is_due(f->s, f->now), STORE_OK);
	list = letters(f);
	assert_int_equal(list.items.n, 3);
	assert_true(list.items.at[0].seq < list.items.at[1].seq);
	/* Claimed ones are nobody else's, until the lease is over. */
	assert_int_equal(letters(f).items.n, 0);
	turn_begin(f);
	assert_int_equal(store_mail_sent(f->s, list.items.at[0].id, f->now),
	    STORE_OK);
	assert_int_equal(store_mail_failed(f->s, list.items.at[1].id, false,
			     STR("451"), f->now),
	    STORE_OK);
	assert_int_equal(store_mail_failed(f->s, list.items.at[2].id, true,
			     STR("550"), f->now),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(letters(f).items.n, 0);
	due = mail_retry_at(1, f->now);
	assert_int_equal(store_mail_is_due(f->s, due - 1), STORE_NONE);
	assert_int_equal(store_mail_is_due(f->s, due), STORE_OK);
	f->now = due;
	list = letters(f);
	assert_int_equal(list.items.n, 1);
	assert_int_equal(list.items.at[0].attempts, 2);
	f->now += MAIL_LEASE;
	assert_int_equal(letters(f).items.n, 1);
}

static void
an_answered_key_gives_the_same_again(void **state)
{
	struct fixture *f = *state;
	const struct store_answer answer = { .status = 303,
		.location = STR("/my/"),
		.content_type = STR("text/html"),
		.body = { "a\0b", 3 } };
	struct store_answer got;

	turn_begin(f);
	assert_int_equal(store_key_find(f->s, &f->a, STR("acc"), STR("POST /x"),
			     STR("key"), STR("h"), f->now, &got),
	    STORE_NONE);
	assert_int_equal(store_key_add(f->s, STR("acc"), STR("POST /x"),
			     STR("key"), STR("h"), &answer, f->now),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(store_key_find(f->s, &f->a, STR("acc"), STR("POST /x"),
			     STR("key"), STR("h"), f->now, &got),
	    STORE_OK);
	assert_true(got.same_body);
	assert_int_equal(got.status, 303);
	assert_true(str_eq(got.body, answer.body));
	assert_int_equal(store_key_find(f->s, &f->a, STR("acc"), STR("POST /x"),
			     STR("key"), STR("other"), f->now, &got),
	    STORE_OK);
	assert_false(got.same_body);
	assert_int_equal(store_key_find(f->s, &f->a, STR("acc"), STR("POST /y"),
			     STR("key"), STR("h"), f->now, &got),
	    STORE_NONE);
	turn_begin(f);
	assert_int_equal(store_key_add(f->s, STR("acc"), STR("POST /x"),
			     STR("key"), STR("h"), &answer, f->now),
	    STORE_CONFLICT);
	turn_undo(f);
	f->now += STORE_KEY_LIFE;
	assert_int_equal(store_key_find(f->s, &f->a, STR("acc"), STR("POST /x"),
			     STR("key"), STR("h"), f->now, &got),
	    STORE_NONE);
	turn_begin(f);
	assert_int_equal(store_key_add(f->s, STR("acc"), STR("POST /x"),
			     STR("key"), STR("h"), &answer, f->now),
	    STORE_OK);
	turn_end(f);
}

static void
an_undone_step_leaves_nothing(void **state)
{
	const struct store_answer answer = { .status = 303 };
	struct fixture *f = *state;
	struct store_answer got;
	struct child c = { .family_name = STR("Petrov"),
		.given_name = STR("mira"),
		.birth = { 2018, 3, 1 },
		.municipality = STR("svob") };
	struct child_list list = { 0 };
	enum verdict v;
	struct str id;

	turn_begin(f);
	assert_int_equal(store_child_add(f->s, &f->a, &f->guardian, &c, f->now,
			     &v, &id),
	    STORE_OK);
	assert_int_equal(store_key_add(f->s, STR("a"), STR("r"), STR("k"),
			     STR("h"), &answer, f->now),
	    STORE_OK);
	store_step_undo(f->s);
	assert_int_equal(store_step_begin(f->s), STORE_OK);
	c.given_name = STR("petr");
	assert_int_equal(store_child_add(f->s, &f->a, &f->guardian, &c, f->now,
			     &v, &id),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(store_child_list(f->s, &f->a, &f->guardian, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 1);
	assert_true(str_eq(list.items.at[0].given_name, STR("petr")));
	assert_int_equal(store_key_find(f->s, &f->a, STR("a"), STR("r"),
			     STR("k"), STR("h"), f->now, &got),
	    STORE_NONE);
}

static void
nothing_is_written_outside_a_turn(void **state)
{
	struct fixture *f = *state;
	enum verdict v;
	struct str id;
	const struct child c = { .family_name = STR("Petrov"),
		.given_name = STR("mira"),
		.birth = { 2018, 3, 1 } };

	assert_int_equal(store_child_add(f->s, &f->a, &f->guardian, &c, f->now,
			     &v, &id),
	    STORE_FAILED);
}

static void
what_is_due_sweeps_and_seals(void **state)
{
	struct fixture *f = *state;
	struct session s;
	bool more;

	turn_begin(f);
	assert_int_equal(store_session_add(f->s, STR("sid"),
			     f->guardian.account, STR("::1"), STR("x"), f->now),
	    STORE_OK);
	turn_end(f);
	f->now += 120;
	assert_int_equal(store_due(f->s, &f->a, f->now, &more), STORE_OK);
	assert_int_equal(store_session_find(f->s, &f->a, STR("sid"), f->now,
			     &s),
	    STORE_OK);
	assert_int_equal(breaches(f), 0);
	f->now += SESSION_LIFE_GUARDIAN;
	assert_int_equal(store_due(f->s, &f->a, f->now, &more), STORE_OK);
	assert_int_equal(store_session_find(f->s, &f->a, STR("sid"), f->now,
			     &s),
	    STORE_NONE);
}

static void
a_busy_minute_is_sealed_in_pieces(void **state)
{
	struct fixture *f = *state;
	int pieces = 0;
	bool more;

	turn_begin(f);
	for (int i = 0; i < 4500; i++)
		assert_int_equal(store_audit(f->s, &f->guardian, "look",
				     "child", STR("c"), STR(""), f->now),
		    STORE_OK);
	turn_end(f);
	f->now += 120;
	do {
		assert_int_equal(store_due(f->s, &f->a, f->now, &more),
		    STORE_OK);
		pieces++;
	} while (more && pieces < 10);
	assert_int_equal(pieces, 3);
	assert_int_equal(breaches(f), 0);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_account_is_made_by_its_letter),
		TEST(consents_are_required_in_their_version),
		TEST(a_known_address_gets_another_letter),
		TEST(an_old_letter_makes_nothing),
		TEST(two_letters_make_one_account),
		TEST(a_reset_works_once_and_ends_sessions),
		TEST(sessions_live_and_end),
		TEST(the_same_child_is_there_already),
		TEST(a_child_is_0_to_17),
		TEST(near_ones_come_before_the_operator),
		TEST(a_claim_opens_the_way),
		TEST(a_claim_at_nobody_answers_the_same),
		TEST(the_operator_decides_claims),
		TEST(letters_are_claimed_sent_and_retried),
		TEST(an_answered_key_gives_the_same_again),
		TEST(an_undone_step_leaves_nothing),
		TEST(nothing_is_written_outside_a_turn),
		TEST(what_is_due_sweeps_and_seals),
		TEST(a_busy_minute_is_sealed_in_pieces),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
