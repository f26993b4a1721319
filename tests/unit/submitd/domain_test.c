#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/date.h"
#include "submitd/domain/account.h"
#include "submitd/domain/application.h"
#include "submitd/domain/catalog.h"
#include "submitd/domain/certificate.h"
#include "submitd/domain/child.h"
#include "submitd/domain/limit.h"
#include "submitd/domain/mail.h"
#include "submitd/domain/password.h"
#include "submitd/domain/review.h"
#include "submitd/domain/session.h"
#include "submitd/domain/sign_up.h"

#define ROWS(t) (sizeof(t) / sizeof(*(t)))

static void
email_is_brought_to_one_form(void **state)
{
	static const struct {
		const char *typed, *want; /* NULL: not one */
	} rows[] = {
		{ "a@b.ru", "a@b.ru" },
		{ "  Anna.Petrova+nav@Mail.RU \t", "anna.petrova+nav@mail.ru" },
		{ "", NULL },
		{ "@", NULL },
		{ "a@b", NULL },
		{ "a@b.", NULL },
		{ "a@.b", NULL },
		{ "a@b..ru", NULL },
		{ "a.@b.ru", NULL },
		{ ".a@b.ru", NULL },
		{ "a..b@c.ru", NULL },
		{ "a b@c.ru", NULL },
		{ "a@b@c.ru", NULL },
		{ "a@-b.ru", NULL },
		{ "a@b.ru\nBcc: x@y.ru", NULL },
		{ "a@b,ru", NULL },
		{ "<a@b.ru>", NULL },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct str got;
		bool ok = account_email(&a, str_from(rows[i].typed), &got);

		if (ok != (rows[i].want != NULL) ||
		    (ok && !str_eq(got, str_from(rows[i].want))))
			fail_msg("row %zu", i);
	}
	arena_free(&a);
}

static void
names_are_letters_and_what_joins_them(void **state)
{
	static const struct {
		const char *typed, *want;
	} rows[] = {
		{ "Мира", "Мира" },
		{ "  Анна   Мария ", "Анна Мария" },
		{ "О'Коннор-Ли", "О'Коннор-Ли" },
		{ "Й\xcc\x81", "Й\xcc\x81" },
		{ "", NULL },
		{ "--", NULL },
		{ "Мира1", NULL },
		{ "<b>", NULL },
		{ "a\x01", NULL },
		{ "a\xe2\x80\xae"
		  "b",
		    NULL }, /* turns the line round */
		{ "a😀", NULL },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct str got;
		bool ok = account_name(&a, str_from(rows[i].typed), &got);

		if (ok != (rows[i].want != NULL) ||
		    (ok && !str_eq(got, str_from(rows[i].want))))
			fail_msg("row %zu", i);
	}
	arena_free(&a);
}

static void
who_serves_whom(void **state)
{
	const struct actor organizer = { .role = ROLE_ORGANIZER,
		.organization = STR("dvorets") };
	const struct actor lost = { .role = ROLE_ORGANIZER };
	const struct actor local = { .role = ROLE_OPERATOR,
		.municipality = STR("svob") };
	const struct actor region = { .role = ROLE_OPERATOR };
	const struct actor guardian = { .role = ROLE_GUARDIAN };

	(void)state;
	assert_true(actor_serves(&organizer, STR("dvorets")));
	assert_false(actor_serves(&organizer, STR("shkola")));
	assert_false(actor_serves(&lost, STR("")));
	assert_false(actor_serves(&guardian, STR("dvorets")));
	assert_true(actor_oversees(&local, STR("svob")));
	assert_false(actor_oversees(&local, STR("tynda")));
	assert_true(actor_oversees(&region, STR("tynda")));
	assert_false(actor_oversees(&organizer, STR("svob")));
}

static void
sessions_of_staff_are_shorter(void **state)
{
	(void)state;
	assert_true(session_live(ROLE_GUARDIAN, 0, 0, 86400));
	assert_false(session_live(ROLE_OPERATOR, 0, 0, 86400));
	assert_true(session_live(ROLE_OPERATOR, 0, 80000, 86400));
	assert_false(session_live(ROLE_OPERATOR, 0, 7 * 86400, 7 * 86400));
}

static void
children_who_are_near(void **state)
{
	static const struct {
		const char *a, *b;
		struct date x, y;
		bool want;
	} rows[] = {
		{ "семенова/мира/", "семинова/мира/", { 2018, 1, 2 },
		    { 2018, 1, 2 }, true },
		{ "семенова/мира/", "семинава/мира/", { 2018, 1, 2 },
		    { 2018, 1, 2 }, true },
		{ "семенова/мира/", "самирова/кира/", { 2018, 1, 2 },
		    { 2018, 1, 2 }, false },
		{ "семенова/мира/", "мира/семенова/", { 2018, 1, 2 },
		    { 2018, 1, 2 }, true },
		{ "семенова/мира/", "семенова/мира/", { 2018, 1, 2 },
		    { 2018, 1, 3 }, true },
		{ "семенова/мира/", "семенова/мира/", { 2018, 1, 2 },
		    { 2018, 2, 1 }, false },
		{ "семенова/мира/", "семинова/мира/", { 2018, 1, 2 },
		    { 2018, 1, 3 }, false },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if (child_alike(str_from(rows[i].a), rows[i].x,
			str_from(rows[i].b), rows[i].y) != rows[i].want)
			fail_msg("row %zu", i);
}

static void
applications_move_as_the_table_says(void **state)
{
	/* s w a e d c l C, by action; 1 may. */
	static const char *const may[] = {
		[ACTION_CANCEL] = "11100000",
		[ACTION_APPROVE] = "10000000",
		[ACTION_DECLINE] = "11100000",
		[ACTION_CONTRACT] = "00100000",
		[ACTION_ENROLL] = "00100000",
		[ACTION_ASK_LEAVE] = "00010000",
		[ACTION_LEAVE] = "00010000",
		[ACTION_EXPEL] = "00010000",
		[ACTION_COMPLETE] = "00010000",
	};

	(void)state;
	for (size_t act = 0; act < ROWS(may); act++)
		for (int s = 0; s < APPLICATION_STATES; s++)
			assert_int_equal(
			    application_may((enum application_state)s,
				(enum application_action)act),
			    may[act][s] == '1');
}

static void
names_go_there_and_back(void **state)
{
	(void)state;
	for (int i = 0; i < APPLICATION_STATES; i++) {
		enum application_state got;
		const char *name =
		    application_state_name((enum application_state)i);

		assert_true(application_state_from(str_from(name), &got));
		assert_int_equal(got, i);
	}
	for (int i = 0; i < CAUSES; i++) {
		enum application_cause got;
		const char *name =
		    application_cause_name((enum application_cause)i);

		assert_true(application_cause_from(str_from(name), &got));
		assert_int_equal(got, i);
	}
	for (int i = 1; i < VERDICTS; i++)
		assert_non_null(verdict_name((enum verdict)i));
	assert_int_equal(role_from(STR("boss")), ROLE_NOBODY);
	assert_int_equal(role_from(STR("nobody")), ROLE_NOBODY);
	assert_int_equal(role_from(STR("admin")), ROLE_ADMIN);
}

static void
clashes_need_a_day_an_hour_a_week_and_a_period(void **state)
{
	static const struct {
		struct catalog_lesson other;
		struct date from, to;
		bool want;
	} rows[] = {
		{ { 0, 930, 990, 'a' }, { 0, 0, 0 }, { 0, 0, 0 }, true },
		{ { 0, 960, 990, 'a' }, { 0, 0, 0 }, { 0, 0, 0 }, false },
		{ { 0, 800, 900, 'a' }, { 0, 0, 0 }, { 0, 0, 0 }, false },
		{ { 1, 930, 990, 'a' }, { 0, 0, 0 }, { 0, 0, 0 }, false },
		{ { 0, 930, 990, 'e' }, { 0, 0, 0 }, { 0, 0, 0 }, false },
		{ { 0, 930, 990, 'o' }, { 0, 0, 0 }, { 0, 0, 0 }, true },
		{ { 0, 930, 990, 'a' }, { 2027, 6, 1 }, { 2027, 8, 1 }, false },
		{ { 0, 930, 990, 'a' }, { 2027, 5, 31 }, { 2027, 8, 1 }, true },
	};
	struct catalog_lesson lesson = { 0, 900, 960, 'o' };
	struct catalog_group a = { .from = { 2026, 9, 1 },
		.to = { 2027, 5, 31 } };

	(void)state;
	a.lessons.at = &lesson;
	a.lessons.n = 1;
	for (size_t i = 0; i < ROWS(rows); i++) {
		struct catalog_lesson other = rows[i].other;
		struct catalog_group b = { .from = rows[i].from,
			.to = rows[i].to };

		b.lessons.at = &other;
		b.lessons.n = 1;
		if (application_clash(&a, &b) != rows[i].want ||
		    application_clash(&b, &a) != rows[i].want)
			fail_msg("row %zu", i);
	}
}

static void
refunds_count_whole_months(void **state)
{
	static const struct date from = { 2026, 9, 1 }, to = { 2027, 5, 31 };
	static const struct {
		int64_t charged;
		struct date left;
		int64_t want;
	} rows[] = {
		{ 900, { 2026, 9, 1 }, 800 },
		{ 900, { 2026, 9, 30 }, 800 },
		{ 900, { 2027, 4, 30 }, 100 },
		{ 900, { 2027, 5, 1 }, 0 },
		{ 900, { 2027, 7, 1 }, 0 },
		{ 900, { 2026, 7, 1 }, 900 },
		{ 1000, { 2027, 4, 1 }, 111 },
		{ 0, { 2026, 9, 1 }, 0 },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		assert_int_equal(certificate_refund(rows[i].charged, from, to,
				     rows[i].left),
		    rows[i].want);
	assert_int_equal(certificate_refund(900, (struct date){ 0, 0, 0 },
			     (struct date){ 0, 0, 0 },
			     (struct date){ 2026, 9, 1 }),
	    0);
	assert_int_equal(certificate_cover(100, 50), 50);
	assert_int_equal(certificate_cover(50, 100), 50);
	assert_int_equal(certificate_cover(50, 0), 0);
	assert_int_equal(certificate_cover(-1, 100), 0);
}

static void
numbers_are_ten_digits(void **state)
{
	struct arena a = { 0 };
	int seen[10] = { 0 };

	(void)state;
	for (int i = 0; i < 2000; i++) {
		struct str n = certificate_number(&a);

		assert_int_equal(n.n, 10);
		assert_true(n.p[0] >= '1' && n.p[0] <= '9');
		for (int k = 1; k < 10; k++) {
			assert_true(n.p[k] >= '0' && n.p[k] <= '9');
			seen[n.p[k] - '0']++;
		}
	}
	for (int i = 0; i < 10; i++)
		assert_in_range(seen[i], 1500, 2100);
	arena_free(&a);
}

static void
answers_are_due_in_working_days(void **state)
{
	struct catalog_holiday holidays[] = {
		{ { 2026, 10, 6 }, false }, /* a Tuesday off */
		{ { 2026, 10, 10 }, true }, /* a Saturday worked */
	};
	struct catalog c = { 0 };
	int64_t t;

	(void)state;
	assert_true(date_zone_set("Asia/Yakutsk"));
	t = application_answer_by(&c, (struct date){ 2026, 10, 1 }, false);
	assert_int_equal(date_local(t).date.day, 12);
	assert_int_equal(date_local(t).hour, 23);
	c.holidays.at = holidays;
	c.holidays.n = 2;
	t = application_answer_by(&c, (struct date){ 2026, 10, 1 }, false);
	assert_int_equal(date_local(t).date.day, 12);
	c.holidays.n = 1;
	t = application_answer_by(&c, (struct date){ 2026, 10, 1 }, false);
	assert_int_equal(date_local(t).date.day, 13);
	t = application_answer_by(&c, (struct date){ 2026, 10, 1 }, true);
	assert_int_equal(date_local(t).date.month, 12);
}

static void
the_school_year_is_that_of_the_period(void **state)
{
	struct catalog c = { .year_starts = { 2000, 9, 1 } };
	struct catalog_group g = { 0 };

	(void)state;
	assert_int_equal(application_school_year(&c, &g,
			     (struct date){ 2026, 8, 31 }),
	    2025);
	assert_int_equal(application_school_year(&c, &g,
			     (struct date){ 2026, 9, 1 }),
	    2026);
	g.school_year = 2030;
	assert_int_equal(application_school_year(&c, &g,
			     (struct date){ 2026, 9, 1 }),
	    2030);
}

static void
authors_are_a_given_name_and_an_initial(void **state)
{
	static const struct {
		const char *full, *want;
	} rows[] = {
		{ "Семёнова Ольга Викторовна", "Ольга С." },
		{ "Ольга Викторовна Семёнова", "Ольга С." },
		{ "Ольга Семёнова", "Ольга С." },
		{ "Семёнова Ольга", "Ольга С." },
		{ "Ким Анна", "Анна К." },
		{ "Ольга", "Ольга" },
		{ "", "" },
	};
	struct arena a = { 0 };

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if (!str_eq(review_author(&a, str_from(rows[i].full)),
			str_from(rows[i].want)))
			fail_msg("row %zu", i);
	arena_free(&a);
}

static void
limits_fill_and_drain(void **state)
{
	const struct limit_rule rule = { 3, 60 }, off = { 0, 60 };
	struct limit_table *t = limit_table_new(1000);
	struct str name = STR("login"), key = STR("a@b.ru");

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(limit_take(t, rule, name, key, 1000), 0);
	assert_int_equal(limit_take(t, rule, name, key, 1000), 20);
	assert_int_equal(limit_take(t, rule, STR("reset"), key, 1000), 0);
	assert_int_equal(limit_take(t, rule, name, STR("c@d.ru"), 1000), 0);
	assert_int_equal(limit_take(t, rule, name, key, 1019), 1);
	assert_int_equal(limit_take(t, rule, name, key, 1020), 0);
	assert_int_equal(limit_take(t, rule, name, key, 1020), 20);
	limit_give(t, rule, name, key);
	assert_int_equal(limit_take(t, rule, name, key, 1020), 0);
	for (int i = 0; i < 100; i++)
		assert_int_equal(limit_take(t, off, name, key, 1020), 0);
	limit_table_free(t);
	limit_table_free(NULL);
}

static void
passwords_are_judged_and_match(void **state)
{
	static const struct {
		const char *typed;
		enum password_fault want;
	} rows[] = {
		{ "", PASSWORD_SHORT },
		{ "1234567", PASSWORD_SHORT },
		{ "пароль1", PASSWORD_SHORT },
		{ "password", PASSWORD_COMMON },
		{ "PassWord", PASSWORD_COMMON },
		{ "12345678", PASSWORD_COMMON },
		{ "йцукенгшщз", PASSWORD_COMMON },
		{ "пароль123", PASSWORD_COMMON },
		{ "зелёный чайник", PASSWORD_FINE },
	};
	struct arena a = { 0 };
	char long_one[PASSWORD_MAX + 2];
	struct str hash, other;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		if (password_judge(str_from(rows[i].typed)) != rows[i].want)
			fail_msg("row %zu", i);
	for (int i = 0; i <= PASSWORD_MAX; i++)
		long_one[i] = (char)('a' + i % 7);
	long_one[PASSWORD_MAX + 1] = '\0';
	assert_int_equal(password_judge(str_from(long_one)), PASSWORD_LONG);
	long_one[PASSWORD_MAX] = '\0';
	assert_int_equal(password_judge(str_from(long_one)), PASSWORD_FINE);
	assert_int_equal(password_hash(&a, STR("зелёный чайник"), &hash), 0);
	assert_int_equal(password_hash(&a, STR("зелёный чайник"), &other), 0);
	assert_false(str_eq(hash, other));
	assert_true(str_starts(hash, STR("$argon2id$v=19$m=19456,t=2,")));
	assert_true(password_matches(hash, STR("зелёный чайник")));
	assert_false(password_matches(hash, STR("зеленый чайник")));
	assert_false(password_matches(STR(""), STR("зелёный чайник")));
	assert_false(password_matches(STR("rubbish"), STR("x")));
	arena_free(&a);
}

static void
retries_slow_down(void **state)
{
	int64_t last = 0;

	(void)state;
	assert_int_equal(mail_retry_at(1, 100), 130);
	for (int i = 1; i < 40; i++) {
		int64_t wait = mail_retry_at(i, 0);

		assert_true(wait >= last && wait <= 6 * 3600);
		last = wait;
	}
}

static void
sign_ups_have_their_window_and_ages(void **state)
{
	struct catalog_event e = { .sign_up = true,
		.status = STR("scheduled"),
		.starts = 1795000000,
		.opens = 1790000000,
		.closes = 1794000000,
		.age_min = 6,
		.age_max = -1,
		.seats = -1 };
	const struct date eight = { 2018, 3, 1 };

	(void)state;
	assert_true(date_zone_set("Asia/Yakutsk"));
	assert_int_equal(sign_up_may_add(NULL, NULL, eight, 0),
	    VERDICT_UNKNOWN);
	assert_int_equal(sign_up_may_add(&e, NULL, eight, 1790000000),
	    VERDICT_OK);
	assert_int_equal(sign_up_may_add(&e, NULL, eight, 1789999999),
	    VERDICT_CLOSED);
	assert_int_equal(sign_up_may_add(&e, NULL, eight, 1794000000),
	    VERDICT_CLOSED);
	assert_int_equal(sign_up_may_add(&e, NULL, (struct date){ 2021, 3, 1 },
			     1790000000),
	    VERDICT_AGE);
	e.status = STR("cancelled");
	assert_int_equal(sign_up_may_add(&e, NULL, eight, 1790000000),
	    VERDICT_CLOSED);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(email_is_brought_to_one_form),
		cmocka_unit_test(names_are_letters_and_what_joins_them),
		cmocka_unit_test(who_serves_whom),
		cmocka_unit_test(sessions_of_staff_are_shorter),
		cmocka_unit_test(children_who_are_near),
		cmocka_unit_test(applications_move_as_the_table_says),
		cmocka_unit_test(names_go_there_and_back),
		cmocka_unit_test(
		    clashes_need_a_day_an_hour_a_week_and_a_period),
		cmocka_unit_test(refunds_count_whole_months),
		cmocka_unit_test(numbers_are_ten_digits),
		cmocka_unit_test(answers_are_due_in_working_days),
		cmocka_unit_test(the_school_year_is_that_of_the_period),
		cmocka_unit_test(authors_are_a_given_name_and_an_initial),
		cmocka_unit_test(limits_fill_and_drain),
		cmocka_unit_test(passwords_are_judged_and_match),
		cmocka_unit_test(retries_slow_down),
		cmocka_unit_test(sign_ups_have_their_window_and_ages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
