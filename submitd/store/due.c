#include "base/log.h"
#include "submitd/store/inside.h"

/* What time brings: each kind of it a bounded piece a call. */

enum {
	PIECE = 200,
	KEEP_SENT = 90 * DATE_DAY,
	SEAL_EVERY = 60,
	SEAL_MOST = 2000, /* rows of the audit in one piece of work */
};

struct ids {
	VEC(struct str) items;
};

static enum store_rc
ended(struct store *s, struct arena *a, int64_t now, bool *more)
{
	struct ids ids = { 0 };
	enum store_rc rc;

	rc = store_row(s, SQL_APPLICATION_ENDED, db_int(now), db_int(PIECE));
	for (; rc == STORE_OK; rc = store_next(s, SQL_APPLICATION_ENDED)) {
		struct row r = row_of(s, SQL_APPLICATION_ENDED, a);

		*VEC_PUSH(a, &ids.items) = row_str(&r);
	}
	if (rc == STORE_NONE)
		rc = STORE_OK;
	for (size_t i = 0; rc == STORE_OK && i < ids.items.n; i++)
		rc = store_application_end(s, a, ids.items.at[i], now);
	*more |= ids.items.n == PIECE;
	return rc;
}

struct year_row {
	struct str certificate;
	int year;
	int64_t available;
};

/* On 31 December what was not used is gone. */
static enum store_rc
years_close(struct store *s, struct arena *a, int64_t now, bool *more)
{
	struct {
		VEC(struct year_row) items;
	} rows = { 0 };
	enum store_rc rc;

	rc = store_row(s, SQL_YEAR_OPEN_BEFORE,
	    db_int(date_local(now).date.year), db_int(PIECE));
	for (; rc == STORE_OK; rc = store_next(s, SQL_YEAR_OPEN_BEFORE)) {
		struct row r = row_of(s, SQL_YEAR_OPEN_BEFORE, a);
		struct year_row *y = VEC_PUSH(a, &rows.items);

		y->certificate = row_str(&r);
		y->year = (int)row_int(&r);
		y->available = row_int(&r);
	}
	if (rc == STORE_NONE)
		rc = STORE_OK;
	for (size_t i = 0; rc == STORE_OK && i < rows.items.n; i++) {
		const struct year_row *y = &rows.items.at[i];
		const struct purse p = { .certificate = y->certificate,
			.now = now };

		rc = store_changed(s, SQL_YEAR_CLOSE, db_text(y->certificate),
		    db_int(y->year));
		if (rc == STORE_OK)
			rc = store_expire(s, &p, y->year, y->available, "year");
	}
	*more |= rows.items.n == PIECE;
	return rc == STORE_NONE ? STORE_CONFLICT : rc;
}

struct grant_row {
	struct str certificate, municipality;
	struct date birth;
};

/* Each active certificate has its row of this year, and the grant in it. */
static enum store_rc
years_open(struct store *s, struct arena *a, int64_t now, bool *more)
{
	struct {
		VEC(struct grant_row) items;
	} rows = { 0 };
	int year = date_local(now).date.year;
	enum store_rc rc;

	rc = store_row(s, SQL_YEAR_MISSING, db_int(year), db_int(PIECE));
	for (; rc == STORE_OK; rc = store_next(s, SQL_YEAR_MISSING)) {
		struct row r = row_of(s, SQL_YEAR_MISSING, a);
		struct grant_row *g = VEC_PUSH(a, &rows.items);

		g->certificate = row_str(&r);
		g->municipality = row_str(&r);
		g->birth = row_date(&r);
	}
	if (rc == STORE_NONE)
		rc = STORE_OK;
	for (size_t i = 0; rc == STORE_OK && i < rows.items.n; i++) {
		const struct grant_row *g = &rows.items.at[i];
		const struct purse p = { .certificate = g->certificate,
			.now = now };

		rc = store_year_open(s, &p, g->municipality, year);
	}
	*more |= rows.items.n == PIECE;
	return rc;
}

static enum store_rc
sweep(struct store *s, int64_t now, bool *more)
{
	const struct {
		enum statement id;
		int64_t before;
	} rows[] = {
		{ SQL_REGISTRATION_DROP, now },
		{ SQL_RESET_DROP, now },
		{ SQL_SESSION_DROP, now - SESSION_LIFE_GUARDIAN },
		{ SQL_TRY_DROP, now - DATE_DAY },
		{ SQL_KEY_DROP, now - STORE_KEY_LIFE },
		{ SQL_MAIL_DROP, now - KEEP_SENT },
	};
	enum store_rc rc;

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		rc = store_write(s, rows[i].id, db_int(rows[i].before),
		    db_int(PIECE));
		if (rc != STORE_OK)
			return rc;
		*more |= db_changes(s->db) == PIECE;
	}
	return store_write(s, SQL_CLAIM_END, db_int(now),
	    db_int(now - CHILD_CLAIM_LIFE), db_int(PIECE));
}

/*
 * The minutes that are over are sealed: a row cannot be changed unseen.  Many
 * rows of one minute take several seals, so that the loop is not held up.
 */
static enum store_rc
seal(struct store *s, struct arena *a, int64_t now, bool *more)
{
	struct str seed = STR(""), hash;
	int64_t sealed = 0, closed, last;
	enum store_rc rc = store_row_values(s, SQL_AUDIT_SEAL_LAST, NULL, 0);

	if (rc == STORE_OK) {
		struct row r = row_of(s, SQL_AUDIT_SEAL_LAST, a);

		sealed = row_int(&r);
		seed = row_str(&r);
		store_done(s, SQL_AUDIT_SEAL_LAST);
	}
	if (rc != STORE_OK && rc != STORE_NONE)
		return rc;
	rc = store_row(s, SQL_AUDIT_CLOSED, db_int(sealed),
	    db_int(now - now % SEAL_EVERY));
	if (rc != STORE_OK)
		return rc;
	closed = db_get_int(s->st[SQL_AUDIT_CLOSED], 0);
	store_done(s, SQL_AUDIT_CLOSED);
	if (closed == 0)
		return STORE_OK;
	if (closed - sealed > SEAL_MOST) {
		closed = sealed + SEAL_MOST;
		*more = true;
	}
	rc = store_audit_hash(s, a, sealed, closed, seed, &hash, &last);
	if (rc != STORE_OK)
		return rc;
	return store_write(s, SQL_AUDIT_SEAL, db_int(last), db_int(now),
	    db_text(hash));
}

static enum store_rc
all(struct store *s, struct arena *a, int64_t now, bool *more)
{
	enum store_rc rc = ended(s, a, now, more);

	if (rc == STORE_OK)
		rc = years_close(s, a, now, more);
	if (rc == STORE_OK && s->catalog != NULL)
		rc = years_open(s, a, now, more);
	if (rc == STORE_OK)
		rc = sweep(s, now, more);
	if (rc == STORE_OK)
		rc = seal(s, a, now, more);
	return rc;
}

enum store_rc
store_due(struct store *s, struct arena *a, int64_t now, bool *more)
{
	enum store_rc rc;

	*more = false;
	rc = store_turn_begin(s);
	if (rc != STORE_OK)
		return rc;
	rc = all(s, a, now, more);
	if (rc == STORE_OK)
		return store_turn_commit(s);
	store_turn_abandon(s);
	log_warnx("what is due was put off");
	return rc;
}
