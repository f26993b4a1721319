#include "submitd/store/inside.h"

/* A review with what its steps need besides. */
struct opinion {
	struct review review;
	struct str municipality, recipient, recipient_name;
};

static void
opinion_row(struct row *r, struct opinion *out, int64_t *seq)
{
	struct review *v = &out->review;

	v->id = row_str(r);
	*seq = row_int(r);
	v->account = row_str(r);
	v->program = row_str(r);
	v->program_title = row_str(r);
	v->organization = row_str(r);
	v->author = row_str(r);
	v->school_year = (int)row_int(r);
	v->rating = (int)row_int(r);
	v->text = row_str(r);
	if (!review_state_from(row_str(r), &v->state))
		v->state = REVIEW_DECLINED;
	v->reason = row_str(r);
	v->created = row_int(r);
	v->changed = row_int(r);
	v->approved = row_int(r);
	v->answer = row_str(r);
	v->answered = row_int(r);
	out->municipality = row_str(r);
	out->recipient = row_str(r);
	out->recipient_name = row_str(r);
}

static enum store_rc
opinion_by(struct store *s, struct arena *a, enum statement id,
    const struct db_value *values, size_t n, struct opinion *out)
{
	enum store_rc rc = store_row_values(s, id, values, n);
	struct row r;
	int64_t seq;

	if (rc != STORE_OK)
		return rc;
	r = row_of(s, id, a);
	opinion_row(&r, out, &seq);
	store_done(s, id);
	return STORE_OK;
}

static enum store_rc
opinion_get(struct store *s, struct arena *a, struct str id,
    struct opinion *out)
{
	const struct db_value values[] = { db_text(id) };

	return opinion_by(s, a, SQL_REVIEW_BY_ID, values, 1, out);
}

static bool
visible(const struct actor *who, const struct opinion *o)
{
	if (who->role == ROLE_GUARDIAN)
		return str_eq(o->review.account, who->account);
	if (who->role == ROLE_ORGANIZER)
		return o->review.state == REVIEW_APPROVED &&
		       actor_serves(who, o->review.organization);
	return actor_oversees(who, o->municipality);
}

/* The last school year of a child of theirs there; 0: none ever was. */
static enum store_rc
enrolled(struct store *s, const struct actor *who, struct str program,
    int *school_year)
{
	enum store_rc rc;

	rc = store_row(s, SQL_REVIEW_ENROLLED, db_text(who->account),
	    db_text(program));
	if (rc != STORE_OK)
		return rc;
	*school_year = (int)db_get_int(s->st[SQL_REVIEW_ENROLLED], 0);
	store_done(s, SQL_REVIEW_ENROLLED);
	return STORE_OK;
}

static enum store_rc
author_of(struct store *s, struct arena *a, const struct actor *who,
    struct str *out)
{
	struct account me;
	enum store_rc rc = store_account_get(s, a, who->account, &me, NULL);

	if (rc == STORE_OK)
		*out = review_author(a, me.full_name);
	return rc;
}

static enum store_rc
insert(struct store *s, const struct actor *who,
    const struct catalog_program *p, int school_year, struct str author,
    struct str id, int rating, struct str text, int64_t now)
{
	return store_write(s, SQL_REVIEW_ADD, db_text(id),
	    db_text(who->account), db_text(p->id), db_text(p->title),
	    db_text(p->organization->id), db_text(p->municipality->id),
	    db_int(school_year), db_text(author), db_int(rating), db_text(text),
	    db_int(now), db_int(now));
}

/* The earlier one is said anew, while it is not out yet. */
static enum store_rc
change(struct store *s, struct str author, struct str id, int rating,
    struct str text, int64_t now)
{
	enum store_rc rc;

	rc = store_changed(s, SQL_REVIEW_CHANGE, db_int(rating), db_text(text),
	    db_text(author), db_int(now), db_text(id));
	return rc == STORE_NONE ? STORE_CONFLICT : rc;
}

enum store_rc
store_review_put(struct store *s, struct arena *a, const struct actor *who,
    struct str program, int rating, struct str text, int64_t now,
    enum verdict *verdict, struct review *out)
{
	const struct catalog_program *p =
	    s->catalog != NULL ? catalog_program(s->catalog, program) : NULL;
	struct str id = store_id(s, a, now), author;
	struct opinion there;
	int school_year;
	enum store_rc rc;

	*verdict = VERDICT_UNKNOWN;
	if (p == NULL)
		return STORE_OK;
	rc = enrolled(s, who, p->id, &school_year);
	if (rc != STORE_OK)
		return rc;
	*verdict = school_year > 0 ? VERDICT_OK : VERDICT_NOT_ENROLLED;
	if (*verdict != VERDICT_OK)
		return STORE_OK;
	const struct db_value own[] = { db_text(who->account), db_text(p->id),
		db_int(school_year) };
	rc = opinion_by(s, a, SQL_REVIEW_OWN, own, 3, &there);
	if (rc == STORE_OK && there.review.state == REVIEW_APPROVED) {
		*verdict = VERDICT_DUPLICATE;
		*out = there.review;
		return STORE_OK;
	}
	if (rc == STORE_OK) {
		id = there.review.id;
		rc = author_of(s, a, who, &author);
		if (rc == STORE_OK)
			rc = change(s, author, id, rating, text, now);
	} else if (rc == STORE_NONE) {
		rc = author_of(s, a, who, &author);
		if (rc == STORE_OK)
			rc = insert(s, who, p, school_year, author, id, rating,
			    text, now);
	}
	if (rc == STORE_OK)
		rc = store_audit(s, who, "write", "review", id, STR(""), now);
	if (rc == STORE_OK)
		rc = opinion_get(s, a, id, &there);
	if (rc == STORE_OK)
		*out = there.review;
	return rc;
}

enum store_rc
store_review_get(struct store *s, struct arena *a, const struct actor *who,
    struct str id, struct review *out)
{
	struct opinion o;
	enum store_rc rc = opinion_get(s, a, id, &o);

	if (rc == STORE_OK && !visible(who, &o))
		return STORE_NONE;
	if (rc == STORE_OK)
		*out = o.review;
	return rc;
}

static enum store_rc
collect(struct store *s, struct arena *a, enum statement id,
    const struct db_value *values, size_t n, int most, struct review_list *out)
{
	enum store_rc rc = store_row_values(s, id, values, n);
	int64_t last = 0;

	out->next = 0;
	for (; rc == STORE_OK; rc = store_next(s, id)) {
		struct row r = row_of(s, id, a);
		struct opinion o;
		int64_t seq;

		if (out->items.n == (size_t)most) {
			out->next = last;
			store_done(s, id);
			return STORE_OK;
		}
		opinion_row(&r, &o, &seq);
		last = seq;
		*VEC_PUSH(a, &out->items) = o.review;
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_review_list(struct store *s, struct arena *a, const struct actor *who,
    int state, int64_t after, int limit, struct review_list *out)
{
	enum { PAGE = 100 };
	int most = limit > 0 ? limit : PAGE;
	struct db_value name = db_text(
	    state < 0 ? STR("")
		      : str_from(review_state_name((enum review_state)state)));
	struct db_value values[6];
	enum statement id = SQL_REVIEW_OF_ACCOUNT;
	size_t n = 0;

	if (who->role == ROLE_NOBODY)
		return STORE_NONE;
	values[n++] = db_text(who->account);
	if (who->role == ROLE_ORGANIZER) {
		id = SQL_REVIEW_OF_ORGANIZATION;
		values[0] = db_text(who->organization);
	} else if (who->role != ROLE_GUARDIAN) {
		id = SQL_REVIEW_OF_MUNICIPALITY;
		values[0] = db_text(store_bounds(who));
		values[n++] = values[0];
	}
	values[n++] = name;
	values[n++] = name;
	values[n++] = db_int(after);
	values[n++] = db_int(most + 1);
	return collect(s, a, id, values, n, most, out);
}

static enum store_rc
letter(struct store *s, struct arena *a, const char *kind,
    const struct opinion *o, int64_t now)
{
	const struct str pairs[] = { STR("program"), o->review.program,
		STR("program_title"), o->review.program_title, STR("reason"),
		o->review.reason, STR("full_name"), o->recipient_name };

	return store_letter(s, a, kind, o->recipient, pairs, 4, now);
}

enum store_rc
store_review_decide(struct store *s, struct arena *a, const struct actor *who,
    struct str id, bool approve, struct str reason, int64_t now,
    enum verdict *verdict, struct review *out)
{
	enum review_state to = approve ? REVIEW_APPROVED : REVIEW_DECLINED;
	struct opinion o;
	enum store_rc rc = opinion_get(s, a, id, &o);

	if (rc != STORE_OK)
		return rc;
	if (!actor_oversees(who, o.municipality))
		return STORE_NONE;
	*verdict =
	    o.review.state == REVIEW_SUBMITTED ? VERDICT_OK : VERDICT_STATE;
	*out = o.review;
	if (*verdict != VERDICT_OK)
		return STORE_OK;
	rc = store_changed(s, SQL_REVIEW_DECIDE,
	    value_name(review_state_name(to)), db_text_or_null(reason),
	    db_int(now), approve ? db_int(now) : db_null(), db_text(id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	if (approve)
		rc = store_write(s, SQL_RATING_ADD, db_text(o.review.program),
		    db_int(o.review.rating));
	if (rc == STORE_OK)
		rc = opinion_get(s, a, id, &o);
	if (rc == STORE_OK)
		rc = letter(s, a,
		    approve ? "review-approved" : "review-declined", &o, now);
	if (rc == STORE_OK)
		rc = store_audit(s, who, approve ? "approve" : "decline",
		    "review", id, reason, now);
	store_live_touch(s);
	*out = o.review;
	return rc;
}

enum store_rc
store_review_answer(struct store *s, struct arena *a, const struct actor *who,
    struct str id, struct str text, int64_t now, enum verdict *verdict,
    struct review *out)
{
	struct opinion o;
	enum store_rc rc = opinion_get(s, a, id, &o);

	if (rc != STORE_OK)
		return rc;
	if (who->role != ROLE_ORGANIZER || !visible(who, &o))
		return STORE_NONE;
	*verdict = VERDICT_OK;
	rc = store_changed(s, SQL_REVIEW_ANSWER, db_text(text), db_int(now),
	    db_text(id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	rc = opinion_get(s, a, id, &o);
	if (rc == STORE_OK)
		rc = letter(s, a, "review-answered", &o, now);
	if (rc == STORE_OK)
		rc = store_audit(s, who, "answer", "review", id, STR(""), now);
	store_live_touch(s);
	*out = o.review;
	return rc;
}

enum store_rc
store_review_programs(struct store *s, struct arena *a, const struct actor *who,
    struct program_list *out)
{
	enum store_rc rc =
	    store_row(s, SQL_REVIEW_PROGRAMS, db_text(who->account));

	for (; rc == STORE_OK; rc = store_next(s, SQL_REVIEW_PROGRAMS)) {
		struct row r = row_of(s, SQL_REVIEW_PROGRAMS, a);

		*VEC_PUSH(a, &out->items) = row_str(&r);
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_review_public(struct store *s, struct arena *a, struct str program,
    int limit, struct review_list *out)
{
	const struct db_value values[] = { db_text(program), db_int(limit) };

	return collect(s, a, SQL_REVIEW_PUBLIC, values, 2, limit, out);
}

enum store_rc
store_rating(struct store *s, struct str program, int64_t *sum, int64_t *count)
{
	enum store_rc rc = store_row(s, SQL_RATING_GET, db_text(program));

	if (rc != STORE_OK)
		return rc;
	*sum = db_get_int(s->st[SQL_RATING_GET], 0);
	*count = db_get_int(s->st[SQL_RATING_GET], 1);
	store_done(s, SQL_RATING_GET);
	return STORE_OK;
}
