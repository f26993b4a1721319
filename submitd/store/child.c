#include "base/hash.h"
#include "submitd/store/inside.h"

static enum store_rc
child_by(struct store *s, struct arena *a, enum statement id,
    const struct db_value *values, size_t n, struct child *out)
{
	enum store_rc rc = store_row_values(s, id, values, n);
	struct row r;

	if (rc != STORE_OK)
		return rc;
	r = row_of(s, id, a);
	row_child(&r, out);
	store_done(s, id);
	return STORE_OK;
}

enum store_rc
store_child_find(struct store *s, struct arena *a, struct str id,
    struct child *out)
{
	const struct db_value values[] = { db_text(id) };

	return child_by(s, a, SQL_CHILD_BY_ID, values, 1, out);
}

enum store_rc
store_child_get(struct store *s, struct arena *a, const struct actor *who,
    struct str id, struct child *out)
{
	const struct db_value values[] = { db_text(id),
		db_text(who->role == ROLE_GUARDIAN ? who->account
						   : who->organization),
		db_text(who->organization) };
	enum store_rc rc;

	if (who->role == ROLE_GUARDIAN)
		return child_by(s, a, SQL_CHILD_OF_GUARDIAN, values, 2, out);
	if (who->role == ROLE_ORGANIZER)
		return child_by(s, a, SQL_CHILD_OF_ORGANIZATION, values, 3,
		    out);
	rc = store_child_find(s, a, id, out);
	if (rc == STORE_OK && !actor_oversees(who, out->municipality))
		return STORE_NONE;
	return rc;
}

enum store_rc
store_child_list(struct store *s, struct arena *a, const struct actor *who,
    struct child_list *out)
{
	enum store_rc rc;

	rc = store_row(s, SQL_CHILD_LIST, db_text(who->account));
	for (; rc == STORE_OK; rc = store_next(s, SQL_CHILD_LIST)) {
		struct row r = row_of(s, SQL_CHILD_LIST, a);

		row_child(&r, VEC_PUSH(a, &out->items));
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_guardian_is(struct store *s, struct str child, struct str account)
{
	enum store_rc rc =
	    store_row(s, SQL_GUARDIAN_IS, db_text(child), db_text(account));

	if (rc == STORE_OK)
		store_done(s, SQL_GUARDIAN_IS);
	return rc;
}

struct near {
	struct str id;
};

struct near_list {
	VEC(struct near) items;
};

/* Found first and written afterwards: a statement is read to its end. */
static enum store_rc
near_find(struct store *s, struct arena *a, const struct child *child,
    struct str key, struct near_list *out)
{
	enum store_rc rc;

	rc = store_row(s, SQL_CHILD_NEAR, value_date(a, child->birth),
	    db_text(key), db_text(child->id));
	for (; rc == STORE_OK; rc = store_next(s, SQL_CHILD_NEAR)) {
		struct row r = row_of(s, SQL_CHILD_NEAR, a);
		struct str id = row_str(&r), other = row_str(&r);

		if (child_alike(key, child->birth, other, row_date(&r)))
			VEC_PUSH(a, &out->items)->id = id;
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

static enum store_rc
pairs_add(struct store *s, struct arena *a, const struct child *child,
    struct str key, int64_t now)
{
	struct near_list near = { 0 };
	enum store_rc rc = near_find(s, a, child, key, &near);

	for (size_t i = 0; rc == STORE_OK && i < near.items.n; i++) {
		struct str other = near.items.at[i].id;
		bool first = str_cmp(child->id, other) < 0;

		rc = store_write(s, SQL_PAIR_ADD, db_text(store_id(s, a, now)),
		    db_text(first ? child->id : other),
		    db_text(first ? other : child->id), db_int(now));
	}
	return rc;
}

static enum store_rc
insert(struct store *s, struct arena *a, const struct actor *who,
    const struct child *child, struct str key, int64_t now)
{
	enum store_rc rc;

	rc = store_write(s, SQL_CHILD_ADD, db_text(child->id),
	    db_text(child->family_name), db_text(child->given_name),
	    db_text(child->patronymic), db_text(key),
	    value_date(a, child->birth), db_text(child->municipality),
	    db_int(now));
	if (rc == STORE_OK && who->role == ROLE_GUARDIAN)
		rc = store_write(s, SQL_GUARDIAN_ADD, db_text(child->id),
		    db_text(who->account), db_int(now));
	if (rc == STORE_OK)
		rc = pairs_add(s, a, child, key, now);
	if (rc == STORE_OK)
		rc = store_audit(s, who, "add", "child", child->id, STR(""),
		    now);
	return rc;
}

/* A number that one statement answers. */
static enum store_rc
count(struct store *s, enum statement id, const struct db_value *values,
    size_t n, int64_t *out)
{
	enum store_rc rc = store_row_values(s, id, values, n);

	if (rc != STORE_OK)
		return rc;
	*out = db_get_int(s->st[id], 0);
	store_done(s, id);
	return STORE_OK;
}

/* Counts a try at a child that is there; LIMIT when there were too many. */
static enum store_rc
try_count(struct store *s, const struct actor *who, int64_t now,
    enum verdict *verdict)
{
	const struct db_value values[] = { db_text(who->account),
		db_int(now - DATE_DAY) };
	enum store_rc rc;
	int64_t tries;

	rc = count(s, SQL_TRY_COUNT, values, 2, &tries);
	if (rc != STORE_OK)
		return rc;
	if (tries >= CHILD_TRIES_A_DAY) {
		*verdict = VERDICT_LIMIT;
		return STORE_OK;
	}
	return store_write(s, SQL_TRY_ADD, db_text(who->account), db_int(now));
}

static enum store_rc
by_key(struct store *s, struct arena *a, const struct child *child,
    struct str key, struct child *out)
{
	const struct db_value values[] = { db_text(key),
		value_date(a, child->birth) };

	return child_by(s, a, SQL_CHILD_BY_KEY, values, 2, out);
}

enum store_rc
store_child_add(struct store *s, struct arena *a, const struct actor *who,
    const struct child *child, int64_t now, enum verdict *verdict,
    struct str *id)
{
	const struct db_value mine[] = { db_text(who->account) };
	struct str key = child_name_key(a, child);
	struct child fresh = *child, there;
	enum store_rc rc;
	int64_t children;

	*verdict = VERDICT_OK;
	if (!child_may_be_entered(child->birth, date_local(now).date)) {
		*verdict = VERDICT_AGE;
		return STORE_OK;
	}
	rc = by_key(s, a, child, key, &there);
	if (rc == STORE_OK) {
		*id = there.id;
		rc = store_guardian_is(s, there.id, who->account);
		if (rc != STORE_NONE)
			return rc;
		*id = STR("");
		*verdict = VERDICT_EXISTS;
		return try_count(s, who, now, verdict);
	}
	if (rc != STORE_NONE)
		return rc;
	rc = count(s, SQL_GUARDIAN_COUNT, mine, 1, &children);
	if (rc != STORE_OK)
		return rc;
	if (children >= CHILD_OF_ACCOUNT_MAX) {
		*verdict = VERDICT_LIMIT;
		return STORE_OK;
	}
	fresh.id = *id = store_id(s, a, now);
	return insert(s, a, who, &fresh, key, now);
}

enum store_rc
store_child_move(struct store *s, const struct actor *who, struct str id,
    struct str municipality, int64_t now)
{
	enum store_rc rc = store_guardian_is(s, id, who->account);

	if (rc != STORE_OK)
		return rc;
	rc = store_write(s, SQL_CHILD_MUNICIPALITY, db_text(municipality),
	    db_text(id));
	if (rc == STORE_OK)
		rc =
		    store_audit(s, who, "move", "child", id, municipality, now);
	return rc;
}

/* The first guardian hears of it by letter and answers by its link. */
static enum store_rc
claim_insert(struct store *s, struct arena *a, const struct actor *who,
    const struct child *there, enum claim_way way, int64_t now, struct str *id)
{
	struct str token = hash_token(a, 32), email, name;
	bool letter = way == CLAIM_GUARDIAN;
	struct account me;
	enum store_rc rc;
	struct row r;

	*id = store_id(s, a, now);
	rc = store_write(s, SQL_CLAIM_ADD, db_text(*id), db_text(there->id),
	    db_text(who->account), value_name(claim_way_name(way)),
	    letter ? db_text(store_token_hash(a, token)) : db_null(),
	    db_int(now));
	if (rc == STORE_OK)
		rc = store_audit(s, who, "claim", "child", there->id,
		    str_from(claim_way_name(way)), now);
	if (rc != STORE_OK || !letter)
		return rc;
	rc = store_account_get(s, a, who->account, &me, NULL);
	if (rc != STORE_OK)
		return rc;
	rc = store_row(s, SQL_GUARDIAN_FIRST, db_text(there->id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	r = row_of(s, SQL_GUARDIAN_FIRST, a);
	row_str(&r);
	email = row_str(&r);
	name = row_str(&r);
	store_done(s, SQL_GUARDIAN_FIRST);
	const struct str pairs[] = { STR("token"), token, STR("child"),
		there->given_name, STR("claimant"), me.full_name,
		STR("full_name"), name };
	return store_letter(s, a, "claim", email, pairs, 4, now);
}

enum store_rc
store_claim_add(struct store *s, struct arena *a, const struct actor *who,
    const struct child *child, enum claim_way way, int64_t now,
    enum verdict *verdict, struct str *id)
{
	struct child there;
	enum store_rc rc;

	*verdict = VERDICT_OK;
	*id = store_id(s, a, now);
	rc = try_count(s, who, now, verdict);
	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	rc = by_key(s, a, child, child_name_key(a, child), &there);
	/* No such child: the answer is the same. */
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	rc = store_guardian_is(s, there.id, who->account);
	if (rc != STORE_NONE)
		return rc;
	rc = store_row(s, SQL_CLAIM_OPEN, db_text(there.id),
	    db_text(who->account));
	if (rc == STORE_OK) {
		*id = db_get_str(s->st[SQL_CLAIM_OPEN], a, 0);
		store_done(s, SQL_CLAIM_OPEN);
		return STORE_OK;
	}
	if (rc != STORE_NONE)
		return rc;
	return claim_insert(s, a, who, &there, way, now, id);
}
