#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/submitd/store_fixture.h"

/*
 * Random operations against a small model that knows nothing of SQL: groups
 * with seats and lists, children with at most one live application each, one
 * purse a child.  The store must agree with it after every one.
 */

enum {
	CHILDREN = 40,
	GROUPS = 4,
	OPERATIONS = 24000,
	A_TURN = 16, /* requests that share a transaction */
	NOMINAL = 2000000,
	COST = 700000,
	MOST = OPERATIONS + 1,
};

enum model_state { NONE, SUBMITTED, WAITING, APPROVED, CONTRACTED, ENROLLED };

struct model_group {
	const char *id;
	int seats, waiting_max; /* -1: no limit */
	int taken;
	int queue[CHILDREN], n; /* children by arrival */
};

struct model_child {
	struct str id, application;
	enum model_state state;
	int group;
	bool pays;
	int64_t available, spent, paid;
};

struct model {
	struct fixture *f;
	uint64_t seed;
	struct model_group groups[GROUPS];
	struct model_child children[CHILDREN];
	int done[10];
	struct arena a; /* of one turn */
};

/* xorshift64: the same walk every time. */
static int
dice(struct model *m, int sides)
{
	m->seed ^= m->seed << 13;
	m->seed ^= m->seed >> 7;
	m->seed ^= m->seed << 17;
	return (int)(m->seed % (uint64_t)sides);
}

static bool
has_room(const struct model_group *g)
{
	return g->seats < 0 || g->taken < g->seats;
}

static void
model_fill(struct model *m, int group)
{
	struct model_group *g = &m->groups[group];

	while (g->n > 0 && has_room(g)) {
		m->children[g->queue[0]].state = SUBMITTED;
		memmove(g->queue, g->queue + 1,
		    sizeof(*g->queue) * (size_t)--g->n);
		g->taken++;
	}
}

/* The application of a child is over. */
static void
model_end(struct model *m, int i)
{
	struct model_child *c = &m->children[i];
	struct model_group *g = &m->groups[c->group];
	int at = 0;

	if (c->state == WAITING) {
		while (g->queue[at] != i)
			at++;
		memmove(g->queue + at, g->queue + at + 1,
		    sizeof(*g->queue) * (size_t)(--g->n - at));
	} else {
		g->taken--;
	}
	c->state = NONE;
	model_fill(m, c->group);
}

static void
do_apply(struct model *m, int i)
{
	struct model_child *c = &m->children[i];
	int group = dice(m, GROUPS);
	struct model_group *g = &m->groups[group];
	const struct application_ask ask = { STR("mill"), str_from(g->id),
		c->id, dice(m, 2) == 0 };
	enum verdict v, want = VERDICT_OK;
	struct application out;

	if (c->state != NONE)
		want = VERDICT_DUPLICATE;
	else if (!has_room(g) && g->waiting_max >= 0 && g->n >= g->waiting_max)
		want = VERDICT_FULL;
	assert_int_equal(store_application_apply(m->f->s, &m->a,
			     &m->f->guardian, &ask, m->f->now, &v, &out),
	    STORE_OK);
	assert_int_equal(v, want);
	if (v != VERDICT_OK)
		return;
	c->group = group;
	c->pays = ask.certificate;
	c->application = str_dup(&m->f->a, out.id);
	c->state = has_room(g) ? SUBMITTED : WAITING;
	if (c->state == SUBMITTED)
		g->taken++;
	else
		g->queue[g->n++] = i;
	assert_int_equal(out.state, c->state == SUBMITTED
					? APPLICATION_SUBMITTED
					: APPLICATION_WAITING);
	assert_int_equal(out.place, c->state == SUBMITTED ? 0 : g->n);
}

/* What was paid for the application goes back, or a part of it. */
static void
give_back(struct model_child *c, int64_t sum)
{
	c->available += sum;
	c->spent -= sum;
	c->paid = 0;
}

static void
do_cancel(struct model *m, int i)
{
	struct model_child *c = &m->children[i];
	enum verdict v;

	assert_int_equal(store_application_cancel(m->f->s, &m->a,
			     &m->f->guardian, c->application, m->f->now, &v,
			     NULL),
	    STORE_OK);
	assert_int_equal(v, c->state == NONE || c->state == ENROLLED
				? VERDICT_STATE
				: VERDICT_OK);
	if (v != VERDICT_OK)
		return;
	give_back(c, c->paid);
	model_end(m, i);
}

static void
do_decline(struct model *m, int i)
{
	struct model_child *c = &m->children[i];
	enum verdict v;

	assert_int_equal(store_application_decline(m->f->s, &m->a,
			     &m->f->organizer, c->application, DECLINE_OTHER,
			     STR(""), m->f->now, &v, NULL),
	    STORE_OK);
	assert_int_equal(v, c->state == NONE || c->state == ENROLLED
				? VERDICT_STATE
				: VERDICT_OK);
	if (v != VERDICT_OK)
		return;
	give_back(c, c->paid);
	model_end(m, i);
}

static void
do_approve(struct model *m, int i)
{
	struct model_child *c = &m->children[i];
	enum verdict v;

	assert_int_equal(store_application_approve(m->f->s, &m->a,
			     &m->f->organizer, c->application, m->f->now, &v,
			     NULL),
	    STORE_OK);
	assert_int_equal(v, c->state == SUBMITTED ? VERDICT_OK : VERDICT_STATE);
	if (v == VERDICT_OK)
		c->state = APPROVED;
}

static void
do_contract(struct model *m, int i)
{
	struct model_child *c = &m->children[i];
	enum verdict v, want = VERDICT_STATE;
	struct application out;

	assert_int_equal(store_application_contract(m->f->s, &m->a,
			     &m->f->organizer, c->application, STR("D"),
			     (struct date){ 2026, 10, 1 }, m->f->now, &v, &out),
	    STORE_OK);
	if (c->state == APPROVED) {
		int64_t sum = certificate_cover(COST, c->available);

		want = c->pays && sum < out.shown ? VERDICT_MONEY : VERDICT_OK;
		if (want == VERDICT_OK) {
			c->state = CONTRACTED;
			c->paid = c->pays ? sum : 0;
			c->available -= c->paid;
			c->spent += c->paid;
		}
	}
	assert_int_equal(v, want);
}

static void
do_enroll(struct model *m, int i)
{
	struct model_child *c = &m->children[i];
	struct application out;
	enum verdict v;

	assert_int_equal(store_application_enroll(m->f->s, &m->a,
			     &m->f->organizer, c->application, STR("1"),
			     (struct date){ 2026, 10, 1 }, m->f->now, &v, &out),
	    STORE_OK);
	if (c->state == CONTRACTED ||
	    (c->state == APPROVED && !out.certificate))
		assert_int_equal(v, VERDICT_OK);
	else
		assert_int_equal(v,
		    c->state == APPROVED ? VERDICT_CONTRACT : VERDICT_STATE);
	if (v != VERDICT_OK)
		return;
	c->state = ENROLLED;
}

static void
do_leave(struct model *m, int i)
{
	struct model_child *c = &m->children[i];
	int month = 1 + dice(m, 5);
	const struct date last = { 2027, month, 10 };
	enum verdict v;

	assert_int_equal(store_application_leave(m->f->s, &m->a,
			     &m->f->organizer, c->application, dice(m, 2) == 0,
			     LEAVE_OTHER, STR(""), last, m->f->now, &v, NULL),
	    STORE_OK);
	assert_int_equal(v, c->state == ENROLLED ? VERDICT_OK : VERDICT_STATE);
	if (v != VERDICT_OK)
		return;
	/* Nine months, those behind the leaving one are unused. */
	give_back(c, c->paid * (5 - month) / 9);
	model_end(m, i);
}

static void
operate(struct model *m)
{
	static void (*const operations[])(struct model *, int) = {
		do_apply,
		do_apply,
		do_apply,
		do_cancel,
		do_decline,
		do_approve,
		do_approve,
		do_contract,
		do_enroll,
		do_leave,
	};
	int which = dice(m, 10), i = dice(m, CHILDREN);

	if (which > 2 && m->children[i].application.n == 0)
		return;
	operations[which](m, i);
	m->done[which]++;
}

static void
compare(struct model *m)
{
	for (int i = 0; i < GROUPS; i++) {
		struct model_group *g = &m->groups[i];
		struct group_state now = group(m->f, "mill", g->id);

		assert_int_equal(now.taken, g->taken);
		assert_int_equal(now.waiting, g->n);
		assert_int_equal(now.seats, g->seats);
		for (int k = 0; k < g->n; k++)
			assert_int_equal(application(m->f,
					     m->children[g->queue[k]]
						 .application)
					     .place,
			    k + 1);
	}
	for (int i = 0; i < CHILDREN; i++) {
		struct certificate k;

		assert_int_equal(store_certificate_of(m->f->s, &m->f->a,
				     &m->f->guardian, m->children[i].id,
				     m->f->now, &k),
		    STORE_OK);
		assert_int_equal(k.spent, m->children[i].spent);
		assert_int_equal(k.available, m->children[i].available);
		assert_int_equal(k.held, 0);
	}
}

/* Groups grow and shrink, lists too. */
static void
change_catalog(struct model *m)
{
	char sql[1024];
	int n = 0;

	for (int i = 0; i < GROUPS; i++) {
		struct model_group *g = &m->groups[i];

		g->seats = dice(m, 8) == 0 ? -1 : dice(m, 9);
		g->waiting_max = dice(m, 3) == 0 ? -1 : dice(m, 8);
		n += snprintf(sql + n, sizeof(sql) - (size_t)n,
		    "UPDATE program_group SET seats = %d, waiting = %d"
		    " WHERE id = '%s' AND program = 'mill';",
		    g->seats, g->waiting_max, g->id);
	}
	snprintf(sql + n, sizeof(sql) - (size_t)n,
	    "UPDATE program_group SET seats = NULL WHERE seats < 0;"
	    "UPDATE program_group SET waiting = NULL WHERE waiting < 0");
	char *all = arena_alloc(&m->a, 1, 4096);
	snprintf(all, 4096,
	    "INSERT INTO program VALUES ('mill', 'Mill', 'dvorets', 'svob',"
	    " 'sports', 0, 1, 0, NULL, '', %d, 0, '[]');"
	    "UPDATE nominal SET amount = %d;"
	    "INSERT INTO program_group SELECT 'mill', x.column1, x.column1,"
	    " 0, NULL, NULL, 1, 1, '', '', '2026-09-01', '2027-05-31', 2026,"
	    " NULL, NULL, '' FROM (VALUES ('a'), ('b'), ('c'), ('d')) x;%s",
	    COST, NOMINAL, sql);
	catalog_change(m->f, all);
	for (int i = 0; i < GROUPS; i++)
		model_fill(m, i);
}

static void
setup_children(struct model *m)
{
	struct fixture *f = m->f;

	for (int i = 0; i < CHILDREN; i++) {
		struct model_child *c = &m->children[i];
		struct certificate k;
		enum verdict v;
		struct str id;

		/* A guardian has at most twenty by the form. */
		if (i == CHILD_OF_ACCOUNT_MAX)
			f->now += 1;
		const struct actor *who = &f->guardian;
		struct child child = { .family_name = STR("Petrov"),
			.given_name = str_from(nth_name(f, 7 * i)),
			.birth = { 2015, 1, 1 + i % 28 },
			.municipality = STR("svob") };

		turn_begin(f);
		if (i < CHILD_OF_ACCOUNT_MAX) {
			assert_int_equal(store_child_add(f->s, &f->a, who,
					     &child, f->now, &v, &c->id),
			    STORE_OK);
		} else {
			struct actor second = f->other;

			assert_int_equal(store_child_add(f->s, &f->a, &second,
					     &child, f->now, &v, &c->id),
			    STORE_OK);
			assert_int_equal(store_claim_add(f->s, &f->a, who,
					     &child, CLAIM_OPERATOR, f->now, &v,
					     &id),
			    STORE_OK);
			assert_int_equal(store_claim_decide(f->s, &f->a,
					     &f->operator, id, true, f->now,
					     &v),
			    STORE_OK);
			f->now += DATE_DAY;
		}
		assert_int_equal(v, VERDICT_OK);
		assert_int_equal(store_certificate_request(f->s, &f->a, who,
				     c->id, f->now, &v, &id),
		    STORE_OK);
		assert_int_equal(store_certificate_activate(f->s, &f->a,
				     &f->operator, id, f->now, &v, &k),
		    STORE_OK);
		assert_int_equal(v, VERDICT_OK);
		turn_end(f);
		c->available = NOMINAL;
	}
}

static void
the_store_agrees_with_a_small_model(void **state)
{
	static const char *const names[GROUPS] = { "a", "b", "c", "d" };
	struct fixture *f = *state;
	struct model *m = calloc(1, sizeof(*m));
	int done = 0;

	m->f = f;
	m->seed = 88172645463325252u;
	for (int i = 0; i < GROUPS; i++)
		m->groups[i].id = names[i];
	change_catalog(m);
	setup_children(m);
	for (int turn = 0; done < OPERATIONS; turn++) {
		assert_int_equal(store_turn_begin(f->s), STORE_OK);
		for (int i = 0; i < A_TURN; i++, done++) {
			assert_int_equal(store_step_begin(f->s), STORE_OK);
			operate(m);
			assert_int_equal(store_step_keep(f->s), STORE_OK);
		}
		assert_int_equal(store_turn_commit(f->s), STORE_OK);
		f->now += 1;
		arena_reset(&m->a);
		if (turn % 10 == 0)
			compare(m);
		if (turn % 40 == 39)
			change_catalog(m);
		if (turn % 300 == 299)
			assert_int_equal(breaches(f), 0);
	}
	compare(m);
	assert_int_equal(breaches(f), 0);
	/* Every kind of operation was really among them. */
	for (int i = 0; i < 10; i++)
		assert_true(m->done[i] > OPERATIONS / 20);
	arena_free(&m->a);
	free(m);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_store_agrees_with_a_small_model, fixture_setup,
		    fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
