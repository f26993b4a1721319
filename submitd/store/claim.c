#include "submitd/store/inside.h"

static enum claim_state
state_from(struct str name)
{
	for (int i = CLAIM_OPEN; i <= CLAIM_ENDED; i++)
		if (str_eq(name, str_from(claim_state_name(i))))
			return (enum claim_state)i;
	return CLAIM_ENDED;
}

static void
claim_row(struct row *r, struct claim *out)
{
	out->id = row_str(r);
	out->account = row_str(r);
	out->claimant = row_str(r);
	out->email = row_str(r);
	if (!claim_way_from(row_str(r), &out->way))
		out->way = CLAIM_OPERATOR;
	out->state = state_from(row_str(r));
	out->created = row_int(r);
	row_child(r, &out->child);
}

static enum store_rc
by_link(struct store *s, struct arena *a, struct str token, int64_t now,
    enum verdict *verdict, struct claim *out)
{
	enum store_rc rc;
	struct row r;

	*verdict = VERDICT_STALE;
	rc =
	    store_row(s, SQL_CLAIM_BY_LINK, db_text(store_token_hash(a, token)),
		db_int(now - CHILD_CLAIM_LIFE));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	r = row_of(s, SQL_CLAIM_BY_LINK, a);
	claim_row(&r, out);
	store_done(s, SQL_CLAIM_BY_LINK);
	if (out->state == CLAIM_OPEN)
		*verdict = VERDICT_OK;
	return STORE_OK;
}

enum store_rc
store_claim_peek(struct store *s, struct arena *a, struct str token,
    int64_t now, enum verdict *verdict, struct claim *out)
{
	return by_link(s, a, token, now, verdict, out);
}

/* The way to the child opens, or does not; the claimant hears of it. */
static enum store_rc
decide(struct store *s, struct arena *a, const struct actor *who,
    const struct claim *c, bool yes, int64_t now)
{
	enum claim_state state = yes ? CLAIM_CONFIRMED : CLAIM_REFUSED;
	enum store_rc rc;

	rc = store_changed(s, SQL_CLAIM_DECIDE,
	    value_name(claim_state_name(state)), db_int(now),
	    db_text_or_null(who->account), db_text(c->id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	rc = yes ? store_guardian_is(s, c->child.id, c->account) : STORE_OK;
	if (rc == STORE_NONE)
		rc = store_write(s, SQL_GUARDIAN_ADD, db_text(c->child.id),
		    db_text(c->account), db_int(now));
	if (rc == STORE_OK)
		rc = store_audit(s, who, yes ? "claim-confirm" : "claim-refuse",
		    "child", c->child.id, c->account, now);
	if (rc != STORE_OK)
		return rc;
	const struct str pairs[] = { STR("child"), c->child.given_name,
		STR("full_name"), c->claimant };
	return store_letter(s, a, yes ? "claim-confirmed" : "claim-refused",
	    c->email, pairs, 2, now);
}

enum store_rc
store_claim_answer(struct store *s, struct arena *a, struct str token, bool yes,
    int64_t now, enum verdict *verdict)
{
	struct actor who = { .role = ROLE_GUARDIAN };
	struct claim claim;
	enum store_rc rc = by_link(s, a, token, now, verdict, &claim);

	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	rc = store_row(s, SQL_GUARDIAN_FIRST, db_text(claim.child.id));
	if (rc == STORE_OK) {
		who.account = db_get_str(s->st[SQL_GUARDIAN_FIRST], a, 0);
		store_done(s, SQL_GUARDIAN_FIRST);
	}
	if (rc != STORE_OK && rc != STORE_NONE)
		return rc;
	return decide(s, a, &who, &claim, yes, now);
}

enum store_rc
store_claim_list(struct store *s, struct arena *a, const struct actor *who,
    struct claim_list *out)
{
	struct str bounds = store_bounds(who);
	enum store_rc rc;

	rc = store_row(s, SQL_CLAIM_LIST, db_text(bounds), db_text(bounds));
	for (; rc == STORE_OK; rc = store_next(s, SQL_CLAIM_LIST)) {
		struct row r = row_of(s, SQL_CLAIM_LIST, a);

		claim_row(&r, VEC_PUSH(a, &out->items));
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_claim_decide(struct store *s, struct arena *a, const struct actor *who,
    struct str id, bool yes, int64_t now, enum verdict *verdict)
{
	enum store_rc rc = store_row(s, SQL_CLAIM_BY_ID, db_text(id));
	struct claim claim;
	struct row r;

	if (rc != STORE_OK)
		return rc;
	r = row_of(s, SQL_CLAIM_BY_ID, a);
	claim_row(&r, &claim);
	store_done(s, SQL_CLAIM_BY_ID);
	if (!actor_oversees(who, claim.child.municipality))
		return STORE_NONE;
	*verdict = claim.state == CLAIM_OPEN ? VERDICT_OK : VERDICT_STATE;
	if (*verdict != VERDICT_OK)
		return STORE_OK;
	return decide(s, a, who, &claim, yes, now);
}

enum store_rc
store_child_pairs(struct store *s, struct arena *a, const struct actor *who,
    struct child_pair_list *out)
{
	struct db_value bounds = db_text(store_bounds(who));
	enum store_rc rc;

	rc = store_row(s, SQL_PAIR_LIST, bounds, bounds, bounds);
	for (; rc == STORE_OK; rc = store_next(s, SQL_PAIR_LIST)) {
		struct row r = row_of(s, SQL_PAIR_LIST, a);
		struct child_pair *p = VEC_PUSH(a, &out->items);

		p->id = row_str(&r);
		p->created = row_int(&r);
		row_child(&r, &p->a);
		row_child(&r, &p->b);
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_child_pair_close(struct store *s, const struct actor *who, struct str id,
    int64_t now)
{
	struct arena a = { 0 };
	enum store_rc rc = store_row(s, SQL_PAIR_GET, db_text(id));

	if (rc == STORE_OK) {
		struct row r = row_of(s, SQL_PAIR_GET, &a);
		bool mine = actor_oversees(who, row_str(&r));

		mine |= actor_oversees(who, row_str(&r));
		store_done(s, SQL_PAIR_GET);
		rc = mine ? STORE_OK : STORE_NONE;
	}
	if (rc == STORE_OK)
		rc = store_changed(s, SQL_PAIR_CLOSE, db_int(now), db_text(id));
	if (rc == STORE_OK)
		rc =
		    store_audit(s, who, "pair-close", "pair", id, STR(""), now);
	arena_free(&a);
	return rc;
}
