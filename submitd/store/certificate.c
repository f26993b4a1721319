#include "submitd/store/inside.h"

static void
certificate_row(struct row *r, int year, struct certificate *out)
{
	out->id = row_str(r);
	out->child = row_str(r);
	out->number = row_str(r);
	out->municipality = row_str(r);
	if (!certificate_state_from(row_str(r), &out->state))
		out->state = CERTIFICATE_CLOSED;
	out->requested = row_int(r);
	out->activated = row_int(r);
	out->year = year;
	out->available = row_int(r);
	out->held = row_int(r);
	out->spent = row_int(r);
	out->family_name = row_str(r);
	out->given_name = row_str(r);
	out->patronymic = row_str(r);
	out->birth = row_date(r);
}

static enum store_rc
certificate_by(struct store *s, struct arena *a, enum statement id,
    struct str key, int64_t now, struct certificate *out)
{
	int year = date_local(now).date.year;
	enum store_rc rc = store_row(s, id, db_int(year), db_text(key));
	struct row r;

	if (rc != STORE_OK)
		return rc;
	r = row_of(s, id, a);
	certificate_row(&r, year, out);
	store_done(s, id);
	return STORE_OK;
}

enum store_rc
store_certificate_request(struct store *s, struct arena *a,
    const struct actor *who, struct str child, int64_t now,
    enum verdict *verdict, struct str *id)
{
	struct certificate there;
	struct child c;
	enum store_rc rc;

	rc = store_child_get(s, a, who, child, &c);
	if (rc != STORE_OK)
		return rc;
	rc = certificate_by(s, a, SQL_CERTIFICATE_BY_CHILD, child, now, &there);
	if (rc == STORE_OK) {
		*id = there.id;
		*verdict = VERDICT_DUPLICATE;
	}
	if (rc != STORE_NONE)
		return rc;
	*id = STR("");
	*verdict = VERDICT_AGE;
	if (s->catalog == NULL ||
	    !certificate_age(c.birth, date_local(now).date, s->catalog->age_min,
		s->catalog->age_max))
		return STORE_OK;
	*verdict = VERDICT_OK;
	*id = store_id(s, a, now);
	rc = store_write(s, SQL_CERTIFICATE_ADD, db_text(*id), db_text(child),
	    db_text(c.municipality), db_int(now));
	if (rc == STORE_OK)
		rc = store_audit(s, who, "request", "certificate", *id, STR(""),
		    now);
	return rc;
}

enum store_rc
store_certificate_of(struct store *s, struct arena *a, const struct actor *who,
    struct str child, int64_t now, struct certificate *out)
{
	struct child c;
	enum store_rc rc = store_child_get(s, a, who, child, &c);

	if (rc != STORE_OK)
		return rc;
	return certificate_by(s, a, SQL_CERTIFICATE_BY_CHILD, child, now, out);
}

enum store_rc
store_certificate_ledger(struct store *s, struct arena *a, struct str id,
    struct ledger *out)
{
	enum store_rc rc = store_row(s, SQL_LEDGER_LIST, db_text(id));

	for (; rc == STORE_OK; rc = store_next(s, SQL_LEDGER_LIST)) {
		struct row r = row_of(s, SQL_LEDGER_LIST, a);
		struct ledger_line *l = VEC_PUSH(a, &out->items);

		l->seq = row_int(&r);
		l->at = row_int(&r);
		l->year = (int)row_int(&r);
		if (!ledger_kind_from(row_str(&r), &l->kind))
			l->kind = LEDGER_EXPIRE;
		l->amount = row_int(&r);
		l->application = row_str(&r);
		l->program_title = row_str(&r);
		l->cause = row_str(&r);
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_certificate_list(struct store *s, struct arena *a,
    const struct actor *who, int state, int64_t now,
    struct certificate_list *out)
{
	struct db_value bounds = db_text(store_bounds(who));
	struct db_value name =
	    db_text(state < 0 ? STR("")
			      : str_from(certificate_state_name(
				    (enum certificate_state)state)));
	int year = date_local(now).date.year;
	enum store_rc rc;

	rc = store_row(s, SQL_CERTIFICATE_LIST, db_int(year), bounds, bounds,
	    name, name);
	for (; rc == STORE_OK; rc = store_next(s, SQL_CERTIFICATE_LIST)) {
		struct row r = row_of(s, SQL_CERTIFICATE_LIST, a);

		certificate_row(&r, year, VEC_PUSH(a, &out->items));
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

/* The child's first guardian hears of the number. */
static enum store_rc
letter(struct store *s, struct arena *a, const struct certificate *k,
    int64_t now)
{
	struct str email, name;
	enum store_rc rc;
	struct row r;

	rc = store_row(s, SQL_GUARDIAN_FIRST, db_text(k->child));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	r = row_of(s, SQL_GUARDIAN_FIRST, a);
	row_str(&r);
	email = row_str(&r);
	name = row_str(&r);
	store_done(s, SQL_GUARDIAN_FIRST);
	const struct str pairs[] = { STR("child"), k->given_name, STR("number"),
		k->number, STR("full_name"), name };
	return store_letter(s, a, "certificate-active", email, pairs, 3, now);
}

enum store_rc
store_certificate_activate(struct store *s, struct arena *a,
    const struct actor *who, struct str id, int64_t now, enum verdict *verdict,
    struct certificate *out)
{
	struct certificate k;
	struct purse p = { .certificate = id, .account = who->account };
	enum store_rc rc;

	p.now = now;
	rc = certificate_by(s, a, SQL_CERTIFICATE_BY_ID, id, now, &k);
	if (rc != STORE_OK)
		return rc;
	if (!actor_oversees(who, k.municipality))
		return STORE_NONE;
	*verdict =
	    k.state == CERTIFICATE_REQUESTED ? VERDICT_OK : VERDICT_STATE;
	*out = k;
	if (*verdict != VERDICT_OK)
		return STORE_OK;
	rc = store_changed(s, SQL_CERTIFICATE_ACTIVATE,
	    db_text(certificate_number(a)), db_int(now), db_text(id));
	if (rc == STORE_OK)
		rc = store_year_open(s, &p, k.municipality, k.year);
	if (rc == STORE_OK)
		rc = certificate_by(s, a, SQL_CERTIFICATE_BY_ID, id, now, out);
	if (rc == STORE_OK)
		rc = letter(s, a, out, now);
	if (rc == STORE_OK)
		rc = store_audit(s, who, "activate", "certificate", id, STR(""),
		    now);
	return rc == STORE_NONE ? STORE_CONFLICT : rc;
}
