#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/submitd/store_fixture.h"

static const struct date eight = { 2018, 3, 1 };
static const struct date october = { 2026, 10, 5 };

static struct certificate
certificate(struct fixture *f, struct str child)
{
	struct certificate k;

	assert_int_equal(store_certificate_of(f->s, &f->a, &f->guardian, child,
			     f->now, &k),
	    STORE_OK);
	return k;
}

static struct certificate
active(struct fixture *f, struct str child)
{
	struct certificate k;
	enum verdict v;
	struct str id;

	turn_begin(f);
	assert_int_equal(store_certificate_request(f->s, &f->a, &f->guardian,
			     child, f->now, &v, &id),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	assert_int_equal(store_certificate_activate(f->s, &f->a, &f->operator,
			     id, f->now, &v, &k),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	turn_end(f);
	return k;
}

static enum verdict
approve(struct fixture *f, struct str id)
{
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_application_approve(f->s, &f->a, &f->organizer,
			     id, f->now, &v, NULL),
	    STORE_OK);
	turn_end(f);
	return v;
}

static enum verdict
contract(struct fixture *f, struct str id, struct date date)
{
	struct application out;
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_application_contract(f->s, &f->a, &f->organizer,
			     id, STR("D-1"), date, f->now, &v, &out),
	    STORE_OK);
	turn_end(f);
	return v;
}

static enum verdict
enroll(struct fixture *f, struct str id)
{
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_application_enroll(f->s, &f->a, &f->organizer,
			     id, STR("1"), october, f->now, &v, NULL),
	    STORE_OK);
	turn_end(f);
	return v;
}

static void
a_certificate_is_requested_once_and_granted(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct certificate_list list = { 0 };
	struct certificate k = active(f, child);
	struct ledger ledger = { 0 };
	enum verdict v;
	struct str id;

	assert_int_equal(k.number.n, 10);
	assert_true(k.number.p[0] != '0');
	assert_int_equal(k.available, 2000000);
	turn_begin(f);
	assert_int_equal(store_certificate_request(f->s, &f->a, &f->guardian,
			     child, f->now, &v, &id),
	    STORE_OK);
	assert_int_equal(v, VERDICT_DUPLICATE);
	assert_true(str_eq(id, k.id));
	assert_int_equal(store_certificate_activate(f->s, &f->a, &f->operator,
			     id, f->now, &v, &k),
	    STORE_OK);
	assert_int_equal(v, VERDICT_STATE);
	turn_end(f);
	assert_int_equal(store_certificate_ledger(f->s, &f->a, k.id, &ledger),
	    STORE_OK);
	assert_int_equal(ledger.items.n, 1);
	assert_int_equal(ledger.items.at[0].kind, LEDGER_GRANT);
	assert_int_equal(store_certificate_list(f->s, &f->a, &f->operator,
			     CERTIFICATE_ACTIVE, f->now, &list),
	    STORE_OK);
	assert_int_equal(list.items.n, 1);
	assert_true(str_eq(last_letter(f), STR("certificate-active")));
}

static void
a_certificate_is_for_5_to_17(void **state)
{
	struct fixture *f = *state;
	struct str child =
	    child_of(f, &f->guardian, "mira", (struct date){ 2021, 10, 2 });
	enum verdict v;
	struct str id;

	turn_begin(f);
	assert_int_equal(store_certificate_request(f->s, &f->a, &f->guardian,
			     child, f->now, &v, &id),
	    STORE_OK);
	assert_int_equal(v, VERDICT_AGE);
	turn_end(f);
}

static void
a_contract_holds_releases_and_charges(void **state)
{
	static const enum ledger_kind want[] = { LEDGER_GRANT, LEDGER_HOLD,
		LEDGER_RELEASE, LEDGER_CHARGE };
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct certificate k = active(f, child);
	struct ledger ledger = { 0 };
	struct application a;

	assert_int_equal(apply(f, &f->guardian, "robots", "a", child, true, &a),
	    VERDICT_OK);
	assert_int_equal(a.cost, 1500000);
	assert_int_equal(a.shown, 1500000);
	assert_int_equal(approve(f, a.id), VERDICT_OK);
	assert_int_equal(certificate(f, child).held, 0);
	assert_int_equal(enroll(f, a.id), VERDICT_CONTRACT);
	assert_int_equal(contract(f, a.id, october), VERDICT_OK);
	k = certificate(f, child);
	assert_int_equal(k.available, 500000);
	assert_int_equal(k.held, 0);
	assert_int_equal(k.spent, 1500000);
	assert_int_equal(application(f, a.id).charged, 1500000);
	assert_int_equal(enroll(f, a.id), VERDICT_OK);
	assert_int_equal(store_certificate_ledger(f->s, &f->a, k.id, &ledger),
	    STORE_OK);
	assert_int_equal(ledger.items.n, 4);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(ledger.items.at[i].kind, want[i]);
	assert_true(str_eq(ledger.items.at[3].program_title, STR("Robots")));
}

static void
less_than_was_shown_is_said_and_nothing_is_done(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application a, b;

	active(f, child);
	catalog_change(f, "DELETE FROM lesson");
	apply(f, &f->guardian, "robots", "a", child, true, &a);
	apply(f, &f->guardian, "chess", "a", child, true, &b);
	assert_int_equal(b.shown, 1200000);
	approve(f, a.id);
	approve(f, b.id);
	assert_int_equal(contract(f, a.id, october), VERDICT_OK);
	assert_int_equal(contract(f, b.id, october), VERDICT_MONEY);
	assert_int_equal(certificate(f, child).available, 500000);
	assert_int_equal(application(f, b.id).contract_number.n, 0);
	/* There is no row of that year at all. */
	assert_int_equal(contract(f, b.id, (struct date){ 2027, 1, 9 }),
	    VERDICT_MONEY);
}

static void
part_of_the_cost_is_the_familys(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application_preview p;
	struct application a, b;

	active(f, child);
	catalog_change(f, "DELETE FROM lesson");
	apply(f, &f->guardian, "robots", "a", child, true, &a);
	approve(f, a.id);
	contract(f, a.id, october);
	assert_int_equal(store_application_preview(f->s, &f->a, &f->guardian,
			     &(struct application_ask){ STR("chess"), STR("a"),
				 child, true },
			     f->now, &p),
	    STORE_OK);
	assert_int_equal(p.cost, 1200000);
	assert_int_equal(p.covered, 500000);
	apply(f, &f->guardian, "chess", "a", child, true, &b);
	approve(f, b.id);
	assert_int_equal(contract(f, b.id, october), VERDICT_OK);
	assert_int_equal(certificate(f, child).available, 0);
	assert_int_equal(application(f, b.id).charged, 500000);
}

static void
hold_on_approval_puts_aside_and_gives_back(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application a;
	struct certificate k;
	enum verdict v;

	catalog_change(f,
	    "UPDATE setting SET value = 'approval' WHERE name = 'hold_on'");
	active(f, child);
	apply(f, &f->guardian, "robots", "a", child, true, &a);
	assert_int_equal(approve(f, a.id), VERDICT_OK);
	k = certificate(f, child);
	assert_int_equal(k.available, 500000);
	assert_int_equal(k.held, 1500000);
	assert_int_equal(application(f, a.id).held, 1500000);
	turn_begin(f);
	assert_int_equal(store_application_decline(f->s, &f->a, &f->organizer,
			     a.id, DECLINE_TEST, STR("sorry"), f->now, &v,
			     NULL),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	turn_end(f);
	k = certificate(f, child);
	assert_int_equal(k.available, 2000000);
	assert_int_equal(k.held, 0);
	/* Again, and on to the contract: the same money, once. */
	apply(f, &f->guardian, "robots", "a", child, true, &a);
	approve(f, a.id);
	assert_int_equal(contract(f, a.id, october), VERDICT_OK);
	k = certificate(f, child);
	assert_int_equal(k.available, 500000);
	assert_int_equal(k.held, 0);
	assert_int_equal(k.spent, 1500000);
}

static void
leaving_refunds_whole_months(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application a;
	struct certificate k;
	enum verdict v;

	active(f, child);
	apply(f, &f->guardian, "robots", "a", child, true, &a);
	approve(f, a.id);
	contract(f, a.id, october);
	enroll(f, a.id);
	turn_begin(f);
	assert_int_equal(store_application_leave(f->s, &f->a, &f->organizer,
			     a.id, true, LEAVE_OTHER, STR(""),
			     (struct date){ 2026, 11, 30 }, f->now, &v, NULL),
	    STORE_OK);
	turn_end(f);
	k = certificate(f, child);
	/* September to May is nine months; December to May are unused. */
	assert_int_equal(k.spent, 1500000 - 1000000);
	assert_int_equal(k.available, 500000 + 1000000);
}

static void
cancelling_behind_the_contract_gives_all_back(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application a;
	enum verdict v;

	active(f, child);
	apply(f, &f->guardian, "robots", "a", child, true, &a);
	approve(f, a.id);
	contract(f, a.id, october);
	turn_begin(f);
	assert_int_equal(store_application_cancel(f->s, &f->a, &f->guardian,
			     a.id, f->now, &v, NULL),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	turn_end(f);
	assert_int_equal(certificate(f, child).available, 2000000);
	assert_int_equal(certificate(f, child).spent, 0);
}

static void
asked_for_with_the_first_application(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application a;
	struct certificate k;
	enum verdict v;

	assert_int_equal(apply(f, &f->guardian, "robots", "a", child, true, &a),
	    VERDICT_OK);
	k = certificate(f, child);
	assert_int_equal(k.state, CERTIFICATE_REQUESTED);
	assert_int_equal(a.shown, 0);
	approve(f, a.id);
	assert_int_equal(contract(f, a.id, october), VERDICT_CERTIFICATE);
	turn_begin(f);
	assert_int_equal(store_certificate_activate(f->s, &f->a, &f->operator,
			     k.id, f->now, &v, &k),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(contract(f, a.id, october), VERDICT_OK);
	assert_int_equal(application(f, a.id).charged, 1500000);
}

static void
the_year_ends_and_another_begins(void **state)
{
	struct fixture *f = *state;
	struct str child = child_of(f, &f->guardian, "mira", eight);
	struct application a;
	struct certificate k;
	enum verdict v;
	bool more;

	active(f, child);
	apply(f, &f->guardian, "robots", "a", child, true, &a);
	approve(f, a.id);
	contract(f, a.id, october);
	enroll(f, a.id);
	assert_true(
	    date_epoch((struct local_time){ { 2026, 12, 31 }, 23, 59, 59 },
		&f->now));
	assert_int_equal(store_due(f->s, &f->a, f->now, &more), STORE_OK);
	assert_int_equal(certificate(f, child).available, 500000);
	f->now++;
	assert_int_equal(store_due(f->s, &f->a, f->now, &more), STORE_OK);
	k = certificate(f, child);
	assert_int_equal(k.year, 2027);
	assert_int_equal(k.available, 2100000);
	/* What comes back into a year that is over is lost at once. */
	turn_begin(f);
	assert_int_equal(store_application_leave(f->s, &f->a, &f->organizer,
			     a.id, false, LEAVE_TIME, STR(""),
			     (struct date){ 2027, 1, 1 }, f->now, &v, NULL),
	    STORE_OK);
	turn_end(f);
	assert_int_equal(certificate(f, child).available, 2100000);
}

#define TEST(name) \
	cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_certificate_is_requested_once_and_granted),
		TEST(a_certificate_is_for_5_to_17),
		TEST(a_contract_holds_releases_and_charges),
		TEST(less_than_was_shown_is_said_and_nothing_is_done),
		TEST(part_of_the_cost_is_the_familys),
		TEST(hold_on_approval_puts_aside_and_gives_back),
		TEST(leaving_refunds_whole_months),
		TEST(cancelling_behind_the_contract_gives_all_back),
		TEST(asked_for_with_the_first_application),
		TEST(the_year_ends_and_another_begins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
