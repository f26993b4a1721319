#include "submitd/store/inside.h"

/* A sign-up with what its steps need besides. */
struct entry {
	struct sign_up up;
	struct str municipality, recipient, recipient_name;
};

static void
entry_row(struct row *r, struct entry *out)
{
	struct sign_up *u = &out->up;

	u->id = row_str(r);
	u->seq = row_int(r);
	if (!sign_up_state_from(row_str(r), &u->state))
		u->state = SIGN_UP_CANCELLED;
	u->event = row_str(r);
	u->category = row_str(r);
	u->child = row_str(r);
	u->account = row_str(r);
	u->organization = row_str(r);
	u->event_title = row_str(r);
	u->category_title = row_str(r);
	if (u->category.n == 0)
		u->category_title = STR("");
	u->event_starts = row_int(r);
	u->family_name = row_str(r);
	u->given_name = row_str(r);
	u->patronymic = row_str(r);
	u->birth = row_date(r);
	u->place = row_int(r);
	u->created = row_int(r);
	u->changed = row_int(r);
	u->reason = row_str(r);
	u->comment = row_str(r);
	u->event_gone = row_int(r) != 0;
	out->municipality = row_str(r);
	out->recipient = row_str(r);
	out->recipient_name = row_str(r);
}

static enum store_rc
entry_get(struct store *s, struct arena *a, struct str id, struct entry *out)
{
	enum store_rc rc = store_row(s, SQL_SIGN_UP_BY_ID, db_text(id));
	struct row r;

	if (rc != STORE_OK)
		return rc;
	r = row_of(s, SQL_SIGN_UP_BY_ID, a);
	entry_row(&r, out);
	store_done(s, SQL_SIGN_UP_BY_ID);
	return STORE_OK;
}

static enum store_rc
visible(struct store *s, const struct actor *who, const struct entry *e)
{
	if (who->role == ROLE_GUARDIAN)
		return store_guardian_is(s, e->up.child, who->account);
	if (who->role == ROLE_ORGANIZER)
		return actor_serves(who, e->up.organization) ? STORE_OK
							     : STORE_NONE;
	return actor_oversees(who, e->municipality) ? STORE_OK : STORE_NONE;
}

static enum store_rc
letter(struct store *s, struct arena *a, const struct entry *e,
    enum application_cause cause, int64_t now)
{
	const struct sign_up *u = &e->up;
	const struct str pairs[] = {
		STR("sign_up"),
		u->id,
		STR("child"),
		u->given_name,
		STR("event"),
		u->event,
		STR("event_title"),
		u->event_title,
		STR("starts"),
		str_format(a, "%lld", (long long)u->event_starts),
		STR("cause"),
		str_from(application_cause_name(cause)),
		STR("reason"),
		u->reason,
		STR("comment"),
		u->comment,
		STR("full_name"),
		e->recipient_name,
	};
	struct str kind =
	    str_format(a, "sign-up-%s", sign_up_state_name(u->state));

	return store_letter(s, a, kind.p, e->recipient, pairs,
	    sizeof(pairs) / sizeof(*pairs) / 2, now);
}

/*
 * Both rows or none: the event's seat first, given back when the category
 * is full.
 */
static enum store_rc
seat_take(struct store *s, struct str event, struct str category)
{
	struct db_value e = db_text(event);
	enum store_rc rc = store_changed(s, SQL_SEAT_TAKE, e, db_text(STR("")));

	if (rc != STORE_OK || category.n == 0)
		return rc;
	rc = store_changed(s, SQL_SEAT_TAKE, e, db_text(category));
	if (rc != STORE_NONE)
		return rc;
	rc = store_changed(s, SQL_SEAT_FREE, e, db_text(STR("")));
	return rc == STORE_OK ? STORE_NONE : rc;
}

/* The same change to the event's row and to the category's. */
static enum store_rc
seat_both(struct store *s, enum statement id, struct str event,
    struct str category)
{
	enum store_rc rc;

	rc = store_changed(s, id, db_text(event), db_text(STR("")));
	if (rc == STORE_OK && category.n > 0)
		rc = store_changed(s, id, db_text(event), db_text(category));
	return rc == STORE_NONE ? STORE_CONFLICT : rc;
}

static enum store_rc
set_state(struct store *s, const struct entry *e, enum sign_up_state state,
    struct str reason, struct str comment, int64_t now)
{
	enum store_rc rc;

	rc = store_changed(s, SQL_SIGN_UP_STATE,
	    value_name(sign_up_state_name(state)), db_int(now),
	    db_text_or_null(reason), db_text_or_null(comment),
	    db_text(e->up.id), value_name(sign_up_state_name(e->up.state)));
	return rc == STORE_NONE ? STORE_CONFLICT : rc;
}

static enum store_rc
promote(struct store *s, struct arena *a, struct str event, struct str id,
    struct str category, bool auto_approve, enum application_cause cause,
    int64_t now)
{
	enum sign_up_state state =
	    auto_approve ? SIGN_UP_APPROVED : SIGN_UP_SUBMITTED;
	struct entry e;
	enum store_rc rc = seat_take(s, event, category);

	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	rc = seat_both(s, SQL_SEAT_UNQUEUE, event, category);
	if (rc == STORE_OK)
		rc = entry_get(s, a, id, &e);
	if (rc == STORE_OK)
		rc = set_state(s, &e, state, STR(""), STR(""), now);
	if (rc == STORE_OK)
		rc = entry_get(s, a, id, &e);
	return rc == STORE_OK ? letter(s, a, &e, cause, now) : rc;
}

enum store_rc
store_sign_up_fill(struct store *s, struct arena *a, struct str event,
    enum application_cause cause, int64_t now)
{
	enum store_rc rc;

	do {
		struct str id, category;
		bool auto_approve;
		struct row r;

		rc = store_row(s, SQL_SIGN_UP_FIRST, db_text(event),
		    db_int(now));
		if (rc != STORE_OK)
			break;
		r = row_of(s, SQL_SIGN_UP_FIRST, a);
		id = row_str(&r);
		category = row_str(&r);
		auto_approve = row_int(&r) != 0;
		store_done(s, SQL_SIGN_UP_FIRST);
		rc = promote(s, a, event, id, category, auto_approve, cause,
		    now);
	} while (rc == STORE_OK);
	return rc == STORE_NONE ? STORE_OK : rc;
}

/* The rules for one child of the form. */
static enum store_rc
judge(struct store *s, struct arena *a, const struct actor *who,
    const struct catalog_event *e, const struct catalog_category *category,
    struct str child, int64_t now, enum verdict *verdict)
{
	struct child c;
	enum store_rc rc = store_child_get(s, a, who, child, &c);

	if (rc != STORE_OK)
		return rc;
	*verdict = sign_up_may_add(e, category, c.birth, now);
	if (*verdict != VERDICT_OK)
		return STORE_OK;
	rc = store_row(s, SQL_SIGN_UP_LIVE, db_text(e->id), db_text(child));
	if (rc == STORE_OK) {
		store_done(s, SQL_SIGN_UP_LIVE);
		*verdict = VERDICT_DUPLICATE;
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

static enum store_rc
add_one(struct store *s, struct arena *a, const struct actor *who,
    const struct catalog_event *e, struct str category, struct str child,
    int64_t now, struct sign_up_list *out)
{
	enum sign_up_state state =
	    e->auto_approve ? SIGN_UP_APPROVED : SIGN_UP_SUBMITTED;
	struct str id = store_id(s, a, now);
	struct entry made;
	enum store_rc rc = seat_take(s, e->id, category);

	if (rc == STORE_NONE) {
		state = SIGN_UP_WAITING;
		rc = seat_both(s, SQL_SEAT_QUEUE, e->id, category);
	}
	if (rc != STORE_OK)
		return rc;
	rc = store_changed(s, SQL_SIGN_UP_ADD, db_text(id), db_text(e->id),
	    db_text(category), db_text(child),
	    who->role == ROLE_GUARDIAN ? db_text(who->account) : db_null(),
	    e->organization != NULL ? db_text(e->organization->id) : db_null(),
	    value_name(sign_up_state_name(state)), value_yes(e->auto_approve),
	    db_int(now), db_int(now));
	if (rc == STORE_OK)
		rc = entry_get(s, a, id, &made);
	if (rc == STORE_OK)
		rc = letter(s, a, &made, CAUSE_APPLIED, now);
	if (rc == STORE_OK)
		rc =
		    store_audit(s, who, "sign-up", "sign-up", id, STR(""), now);
	if (rc == STORE_OK)
		*VEC_PUSH(a, &out->items) = made.up;
	return rc;
}

enum store_rc
store_sign_up_add(struct store *s, struct arena *a, const struct actor *who,
    const struct sign_up_ask *ask, int64_t now, enum verdict *verdict,
    size_t *failed, struct sign_up_list *out)
{
	const struct catalog_event *e =
	    s->catalog != NULL ? catalog_event(s->catalog, ask->event) : NULL;
	const struct catalog_category *category = NULL;
	enum store_rc rc = STORE_OK;

	*verdict = VERDICT_UNKNOWN;
	*failed = 0;
	if (e == NULL || ask->nchildren == 0 ||
	    ask->nchildren > SIGN_UP_CHILDREN_MAX)
		return STORE_OK;
	if (ask->category.n > 0 &&
	    (category = catalog_category(e, ask->category)) == NULL)
		return STORE_OK;
	for (size_t i = 0; i < ask->nchildren; i++) {
		*failed = i;
		rc = judge(s, a, who, e, category, ask->children[i], now,
		    verdict);
		for (size_t k = 0; k < i; k++)
			if (str_eq(ask->children[i], ask->children[k]))
				*verdict = VERDICT_DUPLICATE;
		if (rc != STORE_OK || *verdict != VERDICT_OK)
			return rc;
	}
	for (size_t i = 0; rc == STORE_OK && i < ask->nchildren; i++)
		rc = add_one(s, a, who, e, ask->category, ask->children[i], now,
		    out);
	return rc;
}

enum store_rc
store_sign_up_get(struct store *s, struct arena *a, const struct actor *who,
    struct str id, struct sign_up *out)
{
	struct entry e;
	enum store_rc rc = entry_get(s, a, id, &e);

	if (rc == STORE_OK)
		rc = visible(s, who, &e);
	if (rc == STORE_OK)
		*out = e.up;
	return rc;
}

enum store_rc
store_sign_up_list(struct store *s, struct arena *a, const struct actor *who,
    struct str event, int64_t after, int limit, struct sign_up_list *out)
{
	enum { PAGE = 100 };
	int most = limit > 0 ? limit : PAGE;
	enum statement id = SQL_SIGN_UP_OF_GUARDIAN;
	struct db_value values[6];
	enum store_rc rc;
	size_t n = 0;

	values[n++] = db_text(who->account);
	if (who->role == ROLE_ORGANIZER) {
		id = SQL_SIGN_UP_OF_ORGANIZATION;
		values[0] = db_text(who->organization);
	} else if (who->role != ROLE_GUARDIAN) {
		id = SQL_SIGN_UP_OF_MUNICIPALITY;
		values[0] = db_text(store_bounds(who));
		values[n++] = values[0];
	}
	if (who->role == ROLE_NOBODY)
		return STORE_NONE;
	values[n++] = db_text(event);
	values[n++] = db_text(event);
	values[n++] = db_int(after);
	values[n++] = db_int(most + 1);
	out->next = 0;
	rc = store_row_values(s, id, values, n);
	for (; rc == STORE_OK; rc = store_next(s, id)) {
		struct row r = row_of(s, id, a);
		struct entry e;

		if (out->items.n == (size_t)most) {
			out->next = out->items.at[most - 1].seq;
			store_done(s, id);
			return STORE_OK;
		}
		entry_row(&r, &e);
		*VEC_PUSH(a, &out->items) = e.up;
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

static const struct {
	enum sign_up_state to;
	enum application_cause cause;
	bool family, letter;
	const char *verb;
} acts[] = {
	[SIGN_UP_CANCEL] = { SIGN_UP_CANCELLED, CAUSE_CANCELLED, true, true,
	    "cancel" },
	[SIGN_UP_APPROVE] = { SIGN_UP_APPROVED, CAUSE_APPROVED, false, true,
	    "approve" },
	[SIGN_UP_DECLINE] = { SIGN_UP_DECLINED, CAUSE_DECLINED, false, true,
	    "decline" },
	[SIGN_UP_ATTEND] = { SIGN_UP_ATTENDED, CAUSE_COMPLETED, false, false,
	    "attend" },
};

/* What the step left free goes to the next. */
static enum store_rc
seat_give_back(struct store *s, struct arena *a, const struct entry *e,
    bool waited, int64_t now)
{
	enum store_rc rc;

	rc = seat_both(s, waited ? SQL_SEAT_UNQUEUE : SQL_SEAT_FREE,
	    e->up.event, e->up.category);
	if (rc != STORE_OK || waited)
		return rc;
	return store_sign_up_fill(s, a, e->up.event, CAUSE_SEAT_FREED, now);
}

enum store_rc
store_sign_up_act(struct store *s, struct arena *a, const struct actor *who,
    struct str id, enum sign_up_action act, struct str reason,
    struct str comment, int64_t now, enum verdict *verdict, struct sign_up *out)
{
	enum sign_up_state was;
	struct entry e;
	enum store_rc rc;

	if (acts[act].family != (who->role == ROLE_GUARDIAN))
		return STORE_NONE;
	rc = entry_get(s, a, id, &e);
	if (rc == STORE_OK)
		rc = visible(s, who, &e);
	if (rc != STORE_OK)
		return rc;
	was = e.up.state;
	*verdict = sign_up_may(was, act) ? VERDICT_OK : VERDICT_STATE;
	*out = e.up;
	if (*verdict != VERDICT_OK)
		return STORE_OK;
	rc = set_state(s, &e, acts[act].to, reason, comment, now);
	if (rc == STORE_OK)
		rc = entry_get(s, a, id, &e);
	if (rc == STORE_OK && acts[act].letter)
		rc = letter(s, a, &e, acts[act].cause, now);
	if (rc == STORE_OK)
		rc = store_audit(s, who, acts[act].verb, "sign-up", id, reason,
		    now);
	*out = e.up;
	if (rc != STORE_OK || sign_up_takes_seat(e.up.state))
		return rc;
	return seat_give_back(s, a, &e, was == SIGN_UP_WAITING, now);
}

enum store_rc
store_event_states(struct store *s, struct arena *a, struct str event,
    struct event_state_list *out)
{
	enum store_rc rc = store_row(s, SQL_SEAT_LIST, db_text(event));

	for (; rc == STORE_OK; rc = store_next(s, SQL_SEAT_LIST)) {
		struct row r = row_of(s, SQL_SEAT_LIST, a);
		struct event_state *e = VEC_PUSH(a, &out->items);

		e->id = row_str(&r);
		e->category = row_str(&r);
		e->seats = row_int_or(&r, -1);
		e->taken = row_int(&r);
		e->waiting = row_int(&r);
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}
