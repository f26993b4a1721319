#include "submitd/store/inside.h"

/*
 * Every movement is a line, and the year's sums move with it; the year's row
 * has the last word on whether there is enough.
 */
struct movement {
	int year;
	enum ledger_kind kind;
	int64_t amount; /* signed, as it changes what is available */
	int64_t held, spent;
	const char *cause;
	int64_t hold; /* of a release; else 0 */
};

static enum store_rc
move(struct store *s, const struct purse *p, const struct movement *m,
    bool *closed)
{
	bool of_application =
	    m->kind != LEDGER_GRANT && m->kind != LEDGER_EXPIRE;
	enum store_rc rc;

	rc = store_change(s, SQL_YEAR_MOVE, db_int(m->amount), db_int(m->held),
	    db_int(m->spent), db_text(p->certificate), db_int(m->year),
	    db_int(m->amount));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	if (closed != NULL)
		*closed = db_get_int(s->st[SQL_YEAR_MOVE], 1) != 0;
	store_done(s, SQL_YEAR_MOVE);
	return store_changed(s, SQL_LEDGER_ADD, db_text(p->certificate),
	    db_int(m->year), db_int(p->now),
	    value_name(ledger_kind_name(m->kind)), db_int(m->amount),
	    value_name(m->cause),
	    of_application ? db_text(p->application) : db_null(),
	    value_moment(m->hold), db_text_or_null(p->account));
}

enum store_rc
store_expire(struct store *s, const struct purse *p, int year, int64_t amount,
    const char *cause)
{
	const struct movement m = { .year = year,
		.kind = LEDGER_EXPIRE,
		.amount = -amount,
		.cause = cause };

	return amount > 0 ? move(s, p, &m, NULL) : STORE_OK;
}

/* What comes into a year that is over is lost at once. */
static enum store_rc
move_back(struct store *s, const struct purse *p, const struct movement *m)
{
	bool closed = false;
	enum store_rc rc = move(s, p, m, &closed);

	if (rc != STORE_OK || !closed)
		return rc;
	return store_expire(s, p, m->year, m->amount, "year");
}

enum store_rc
store_year_open(struct store *s, const struct purse *p, struct str municipality,
    int year)
{
	const struct catalog_municipality *place =
	    s->catalog != NULL ? catalog_municipality(s->catalog, municipality)
			       : NULL;
	struct movement m = { .year = year,
		.kind = LEDGER_GRANT,
		.cause = "year" };
	enum store_rc rc;

	rc =
	    store_write(s, SQL_YEAR_ADD, db_text(p->certificate), db_int(year));
	if (rc != STORE_OK || place == NULL)
		return rc;
	m.amount = catalog_nominal(place, year);
	return m.amount > 0 ? move(s, p, &m, NULL) : STORE_OK;
}

enum store_rc
store_hold(struct store *s, const struct purse *p, int year, int64_t amount,
    const char *cause)
{
	const struct movement m = { .year = year,
		.kind = LEDGER_HOLD,
		.amount = -amount,
		.held = amount,
		.cause = cause };

	return move(s, p, &m, NULL);
}

enum store_rc
store_release(struct store *s, struct arena *a, const struct purse *p,
    const char *cause)
{
	struct movement m = { .kind = LEDGER_RELEASE, .cause = cause };
	struct purse of = *p;
	enum store_rc rc;
	struct row r;

	rc = store_row(s, SQL_LEDGER_OPEN_HOLD, db_text(p->application));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	r = row_of(s, SQL_LEDGER_OPEN_HOLD, a);
	m.hold = row_int(&r);
	of.certificate = row_str(&r);
	m.year = (int)row_int(&r);
	m.amount = -row_int(&r);
	m.held = -m.amount;
	store_done(s, SQL_LEDGER_OPEN_HOLD);
	return move_back(s, &of, &m);
}

enum store_rc
store_charge(struct store *s, const struct purse *p, int year, int64_t amount)
{
	const struct movement m = { .year = year,
		.kind = LEDGER_CHARGE,
		.amount = -amount,
		.spent = amount,
		.cause = "contract" };

	return move(s, p, &m, NULL);
}

/* The application's charge: its certificate, year and sum. */
static enum store_rc
charge_of(struct store *s, struct arena *a, struct purse *p, struct movement *m)
{
	enum store_rc rc;
	struct row r;

	rc = store_row(s, SQL_LEDGER_CHARGE_OF, db_text(p->application));
	if (rc != STORE_OK)
		return rc;
	r = row_of(s, SQL_LEDGER_CHARGE_OF, a);
	p->certificate = row_str(&r);
	m->year = (int)row_int(&r);
	m->amount = row_int(&r);
	store_done(s, SQL_LEDGER_CHARGE_OF);
	return STORE_OK;
}

static enum store_rc
give_back(struct store *s, const struct purse *p, struct movement *m)
{
	if (m->amount <= 0)
		return STORE_OK;
	m->kind = LEDGER_REFUND;
	m->spent = -m->amount;
	return move_back(s, p, m);
}

enum store_rc
store_refund_all(struct store *s, struct arena *a, const struct purse *p)
{
	struct movement m = { .cause = "cancelled" };
	struct purse of = *p;
	enum store_rc rc = charge_of(s, a, &of, &m);

	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	return give_back(s, &of, &m);
}

enum store_rc
store_refund(struct store *s, struct arena *a, const struct purse *p,
    struct date from, struct date to, struct date left)
{
	struct movement m = { .cause = "left" };
	struct purse of = *p;
	enum store_rc rc = charge_of(s, a, &of, &m);

	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	m.amount = certificate_refund(m.amount, from, to, left);
	return give_back(s, &of, &m);
}
