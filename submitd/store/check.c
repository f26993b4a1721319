#include "submitd/store/check.h"
#include "base/hash.h"
#include "base/log.h"
#include "submitd/store/inside.h"

/* Counts and tells breaches. */
struct checker {
	struct store *s;
	FILE *out;
	struct arena *a;
	int64_t now;
	int found;
};

static void
breach(struct checker *c, const char *code, struct str what)
{
	c->found++;
	fprintf(c->out, "%s: %.*s\n", code, STR_ARG(what));
}

/* Each row that the question gives is a breach; -1: it could not be asked. */
static int
ask(struct checker *c, const struct check_question *q)
{
	struct db_statement *st = db_prepare(c->s->db, q->sql);
	enum db_rc rc;

	if (st == NULL)
		return -1;
	if (q->wants_now)
		db_bind(st, db_int(c->now));
	while ((rc = db_step(st)) == DB_ROW)
		breach(c, q->code, db_get_str(st, c->a, 0));
	return rc == DB_OK ? 0 : -1;
}

/* The list of one group, as its events tell it. */
struct queue {
	struct str program, group;
	VEC(int64_t) waiting; /* arrivals, growing */
};

static void
queue_leave(struct checker *c, struct queue *q, int64_t arrival, bool promoted)
{
	size_t i = 0;

	while (i < q->waiting.n && q->waiting.at[i] != arrival)
		i++;
	if (i == q->waiting.n || (promoted && i > 0))
		breach(c, "waiting-order",
		    str_format(c->a, "%.*s/%.*s: application %lld %s",
			STR_ARG(q->program), STR_ARG(q->group),
			(long long)arrival,
			i > 0 && i < q->waiting.n
			    ? "was promoted before an earlier one"
			    : "left a list in which it never was"));
	for (; i + 1 < q->waiting.n; i++)
		q->waiting.at[i] = q->waiting.at[i + 1];
	if (i < q->waiting.n)
		q->waiting.n--;
}

static int
check_order(struct checker *c)
{
	struct db_statement *st = db_prepare(c->s->db,
	    "SELECT program, program_group, arrival, was, state"
	    " FROM application_event WHERE (state = 'waiting'"
	    " AND was IS NULL) OR (was = 'waiting' AND state <> 'waiting')"
	    " ORDER BY program, program_group, seq");
	struct queue q = { 0 };
	enum db_rc rc;

	if (st == NULL)
		return -1;
	while ((rc = db_step(st)) == DB_ROW) {
		struct row r = { st, c->a, 0 };
		struct str program = row_str(&r), group = row_str(&r), was;
		int64_t arrival = row_int(&r);

		if (!str_eq(program, q.program) || !str_eq(group, q.group))
			q = (struct queue){ .program = program,
				.group = group };
		was = row_str(&r);
		if (was.n == 0)
			*VEC_PUSH(c->a, &q.waiting) = arrival;
		else
			queue_leave(c, &q, arrival,
			    str_eq(row_str(&r), STR("submitted")));
	}
	return rc == DB_OK ? 0 : -1;
}

/* The key of a child is made of its names, and of nothing else. */
static int
check_names(struct checker *c)
{
	struct db_statement *st = db_prepare(c->s->db,
	    "SELECT id, family_name, given_name, patronymic, name_key"
	    " FROM child ORDER BY id");
	enum db_rc rc;

	if (st == NULL)
		return -1;
	while ((rc = db_step(st)) == DB_ROW) {
		struct arena a = { 0 };
		struct row r = { st, &a, 0 };
		struct child child = { 0 };

		child.id = row_str(&r);
		child.family_name = row_str(&r);
		child.given_name = row_str(&r);
		child.patronymic = row_str(&r);
		if (!str_eq(row_str(&r), child_name_key(&a, &child)))
			breach(c, "child-key", str_dup(c->a, child.id));
		arena_free(&a);
	}
	return rc == DB_OK ? 0 : -1;
}

/* Every sealed stretch gives the hash that was written down. */
static int
check_seals(struct checker *c)
{
	struct db_statement *st = db_prepare(c->s->db,
	    "SELECT last, hash FROM audit_seal ORDER BY last");
	struct str seed = STR("");
	int64_t after = 0;
	enum db_rc rc;

	if (st == NULL)
		return -1;
	while ((rc = db_step(st)) == DB_ROW) {
		struct row r = { st, c->a, 0 };
		int64_t last = row_int(&r), got;
		struct str want = row_str(&r), hash;

		if (store_audit_hash(c->s, c->a, after, last, seed, &hash,
			&got) != STORE_OK)
			return -1;
		if (got != last || !str_eq(hash, want))
			breach(c, "audit-seal",
			    str_format(c->a, "rows %lld to %lld",
				(long long)after + 1, (long long)last));
		after = last;
		seed = want;
	}
	return rc == DB_OK ? 0 : -1;
}

static int
check_all(struct checker *c)
{
	if (check_order(c) == -1 || check_names(c) == -1 ||
	    check_seals(c) == -1)
		return -1;
	for (const struct check_question *q = check_questions; q->sql != NULL;
	     q++)
		if (ask(c, q) == -1)
			return -1;
	return 0;
}

int
store_check(struct store *s, FILE *out, int64_t now)
{
	struct arena a = { 0 };
	struct checker c = { s, out, &a, now, 0 };
	int rc;

	if (db_look_begin(s->db) != DB_OK)
		return -1;
	if (db_verify(s->db) != DB_OK)
		breach(&c, "engine", STR("the file is damaged inside"));
	rc = check_all(&c);
	db_look_end(s->db);
	arena_free(&a);
	if (rc == -1)
		log_warnx("the check could not be finished");
	return rc == -1 ? -1 : c.found;
}
