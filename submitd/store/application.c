#include <string.h>

#include "submitd/store/inside.h"

/*
 * Whether the application exists for the actor: a guardian of its child, its
 * organization, its municipality's operator.
 */
static enum store_rc
visible(struct store *s, const struct actor *who, const struct dossier *d)
{
	switch (who->role) {
	case ROLE_GUARDIAN:
		return store_guardian_is(s, d->app.child, who->account);
	case ROLE_ORGANIZER:
		return actor_serves(who, d->app.organization) ? STORE_OK
							      : STORE_NONE;
	default:
		return actor_oversees(who, d->municipality) ? STORE_OK
							    : STORE_NONE;
	}
}

/* One step under way. */
struct step {
	struct store *s;
	struct arena *a;
	const struct actor *who;
	int64_t now;
	enum verdict *verdict;
	struct application *out;
	struct dossier d;
};

/* Reads the application and asks the table whether it may. */
static enum store_rc
step_open(struct step *t, struct str id, enum application_action act)
{
	bool family = act == ACTION_CANCEL || act == ACTION_ASK_LEAVE;
	enum store_rc rc;

	*t->verdict = VERDICT_STATE;
	if (family != (t->who->role == ROLE_GUARDIAN))
		return STORE_NONE;
	rc = store_dossier(t->s, t->a, id, &t->d);
	if (rc == STORE_OK)
		rc = visible(t->s, t->who, &t->d);
	if (rc != STORE_OK)
		return rc;
	if (application_may(t->d.app.state, act))
		*t->verdict = VERDICT_OK;
	if (t->out != NULL)
		*t->out = t->d.app;
	return STORE_OK;
}

/* To another state, provided nobody was faster. */
static enum store_rc
step_state(struct step *t, enum application_state state)
{
	enum store_rc rc;

	rc = store_changed(t->s, SQL_APPLICATION_STATE,
	    value_name(application_state_name(state)), db_int(t->now),
	    db_null(), db_text(t->d.app.id),
	    value_name(application_state_name(t->d.app.state)));
	return rc == STORE_NONE ? STORE_CONFLICT : rc;
}

/*
 * What follows a change: the event, the letter, the audit; then the one who
 * waits for what became free.
 */
static enum store_rc
step_close(struct step *t, enum application_cause cause, bool letter)
{
	enum application_state was = t->d.app.state;
	struct str id = t->d.app.id;
	enum store_rc rc;

	rc = store_dossier(t->s, t->a, id, &t->d);
	if (rc == STORE_OK)
		rc = store_event(t->s, &t->d, was, t->d.app.state, cause,
		    t->who->account, t->now);
	if (rc == STORE_OK && letter)
		rc = store_application_letter(t->s, t->a, &t->d, cause, t->now);
	if (rc == STORE_OK)
		rc = store_audit(t->s, t->who, application_cause_name(cause),
		    "application", id, t->d.app.reason, t->now);
	if (rc != STORE_OK)
		return rc;
	if (t->out != NULL)
		*t->out = t->d.app;
	if (application_is_live(t->d.app.state))
		return STORE_OK;
	return store_seat_free(t->s, t->a, t->d.app.program, t->d.app.group,
	    was == APPLICATION_WAITING, t->now);
}

static struct purse
purse_of(const struct step *t, struct str certificate)
{
	return (
	    struct purse){ certificate, t->d.app.id, t->who->account, t->now };
}

enum store_rc
store_application_get(struct store *s, struct arena *a, const struct actor *who,
    struct str id, struct application *out)
{
	struct dossier d;
	enum store_rc rc = store_dossier(s, a, id, &d);

	if (rc == STORE_OK)
		rc = visible(s, who, &d);
	if (rc == STORE_OK)
		*out = d.app;
	return rc;
}

enum store_rc
store_application_cancel(struct store *s, struct arena *a,
    const struct actor *who, struct str id, int64_t now, enum verdict *verdict,
    struct application *out)
{
	struct step t = { .s = s,
		.a = a,
		.who = who,
		.now = now,
		.verdict = verdict,
		.out = out };
	enum store_rc rc = step_open(&t, id, ACTION_CANCEL);
	struct purse p;

	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	p = purse_of(&t, STR(""));
	rc = store_release(s, a, &p, "cancelled");
	if (rc == STORE_OK)
		rc = store_refund_all(s, a, &p);
	if (rc == STORE_OK)
		rc = step_state(&t, APPLICATION_CANCELLED);
	return rc != STORE_OK ? rc : step_close(&t, CAUSE_CANCELLED, true);
}

enum store_rc
store_application_decline(struct store *s, struct arena *a,
    const struct actor *who, struct str id, enum decline_reason reason,
    struct str comment, int64_t now, enum verdict *verdict,
    struct application *out)
{
	struct step t = { .s = s,
		.a = a,
		.who = who,
		.now = now,
		.verdict = verdict,
		.out = out };
	enum store_rc rc = step_open(&t, id, ACTION_DECLINE);
	struct purse p;

	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	p = purse_of(&t, STR(""));
	rc = store_release(s, a, &p, "declined");
	if (rc == STORE_OK)
		rc = store_refund_all(s, a, &p);
	if (rc == STORE_OK)
		rc = store_write(s, SQL_APPLICATION_REASON,
		    value_name(decline_reason_name(reason)),
		    db_text_or_null(comment), db_text(id));
	if (rc == STORE_OK)
		rc = step_state(&t, APPLICATION_DECLINED);
	return rc != STORE_OK ? rc : step_close(&t, CAUSE_DECLINED, true);
}

/* What the application has on hold in that year already. */
static enum store_rc
held_in(struct step *t, int year, int64_t *out)
{
	enum store_rc rc;
	struct row r;

	*out = 0;
	rc = store_row(t->s, SQL_LEDGER_OPEN_HOLD, db_text(t->d.app.id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	r = row_of(t->s, SQL_LEDGER_OPEN_HOLD, t->a);
	r.at = 2; /* behind its number and its certificate */
	if (row_int(&r) == year)
		*out = -row_int(&r);
	store_done(t->s, SQL_LEDGER_OPEN_HOLD);
	return STORE_OK;
}

/* What the certificate can pay for this application in that year. */
static enum store_rc
cover(struct step *t, int year, struct str *certificate, int64_t *sum)
{
	struct application *p = &t->d.app;
	int64_t available, held;
	bool active;
	enum store_rc rc;
	struct row r;

	rc = held_in(t, year, &held);
	if (rc != STORE_OK)
		return rc;
	rc = store_row(t->s, SQL_CERTIFICATE_BY_CHILD, db_int(year),
	    db_text(p->child));
	if (rc != STORE_OK) {
		*t->verdict = VERDICT_CERTIFICATE;
		return rc == STORE_NONE ? STORE_OK : rc;
	}
	r = row_of(t->s, SQL_CERTIFICATE_BY_CHILD, t->a);
	*certificate = row_str(&r);
	r.at = 4;
	active = str_eq(row_str(&r),
	    str_from(certificate_state_name(CERTIFICATE_ACTIVE)));
	r.at = 7;
	available = row_int(&r);
	store_done(t->s, SQL_CERTIFICATE_BY_CHILD);
	if (!active)
		*t->verdict = VERDICT_CERTIFICATE;
	*sum = certificate_cover(p->cost, available + held);
	if (active && *sum < p->shown)
		*t->verdict = VERDICT_MONEY;
	return STORE_OK;
}

/* With hold_on: approval the money is put aside with the approval. */
static enum store_rc
approve_hold(struct step *t)
{
	int year = date_local(t->now).date.year;
	struct str certificate = STR("");
	struct purse p;
	int64_t sum = 0;
	enum store_rc rc;

	if (!t->d.app.certificate || t->s->catalog == NULL ||
	    !t->s->catalog->hold_on_approval)
		return STORE_OK;
	rc = cover(t, year, &certificate, &sum);
	if (rc != STORE_OK || *t->verdict != VERDICT_OK || sum == 0)
		return rc;
	p = purse_of(t, certificate);
	return store_hold(t->s, &p, year, sum, "approved");
}

enum store_rc
store_application_approve(struct store *s, struct arena *a,
    const struct actor *who, struct str id, int64_t now, enum verdict *verdict,
    struct application *out)
{
	struct step t = { .s = s,
		.a = a,
		.who = who,
		.now = now,
		.verdict = verdict,
		.out = out };
	enum store_rc rc = step_open(&t, id, ACTION_APPROVE);

	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	rc = approve_hold(&t);
	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	rc = step_state(&t, APPLICATION_APPROVED);
	return rc != STORE_OK ? rc : step_close(&t, CAUSE_APPROVED, true);
}

/* The hold of the approval, or one made now, goes; the charge stays. */
static enum store_rc
contract_charge(struct step *t, struct date date)
{
	struct str certificate = STR("");
	struct purse p;
	int64_t sum = 0;
	enum store_rc rc;

	if (!t->d.app.certificate)
		return STORE_OK;
	rc = cover(t, date.year, &certificate, &sum);
	if (rc != STORE_OK || *t->verdict != VERDICT_OK)
		return rc;
	p = purse_of(t, certificate);
	rc = store_release(t->s, t->a, &p, "contract");
	if (rc != STORE_OK || sum == 0)
		return rc;
	rc = store_hold(t->s, &p, date.year, sum, "contract");
	if (rc == STORE_OK)
		rc = store_release(t->s, t->a, &p, "contract");
	if (rc == STORE_OK)
		rc = store_charge(t->s, &p, date.year, sum);
	return rc;
}

enum store_rc
store_application_contract(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct str number, struct date date,
    int64_t now, enum verdict *verdict, struct application *out)
{
	struct step t = { .s = s,
		.a = a,
		.who = who,
		.now = now,
		.verdict = verdict,
		.out = out };
	enum store_rc rc = step_open(&t, id, ACTION_CONTRACT);

	if (rc == STORE_OK && t.d.app.contract_number.n > 0)
		*verdict = VERDICT_STATE;
	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	rc = contract_charge(&t, date);
	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	rc = store_changed(s, SQL_APPLICATION_CONTRACT, db_text(number),
	    value_date(a, date), db_int(now), db_text(id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	return step_close(&t, CAUSE_CONTRACT, false);
}

enum store_rc
store_application_enroll(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct str order_number,
    struct date order_date, int64_t now, enum verdict *verdict,
    struct application *out)
{
	struct step t = { .s = s,
		.a = a,
		.who = who,
		.now = now,
		.verdict = verdict,
		.out = out };
	enum store_rc rc = step_open(&t, id, ACTION_ENROLL);

	if (rc == STORE_OK && *verdict == VERDICT_OK && t.d.app.certificate &&
	    t.d.app.contract_number.n == 0)
		*verdict = VERDICT_CONTRACT;
	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	rc = store_changed(s, SQL_APPLICATION_ENROLL, db_text(order_number),
	    value_date(a, order_date), db_int(now), db_text(id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	return step_close(&t, CAUSE_ENROLLED, true);
}

enum store_rc
store_application_leave_ask(struct store *s, struct arena *a,
    const struct actor *who, struct str id, enum leave_reason reason,
    struct str comment, int64_t now, enum verdict *verdict,
    struct application *out)
{
	struct step t = { .s = s,
		.a = a,
		.who = who,
		.now = now,
		.verdict = verdict,
		.out = out };
	enum store_rc rc = step_open(&t, id, ACTION_ASK_LEAVE);

	if (rc == STORE_OK && t.d.app.leave_asked)
		*verdict = VERDICT_STATE;
	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	rc = store_changed(s, SQL_APPLICATION_LEAVE_ASK,
	    value_name(leave_reason_name(reason)), db_text_or_null(comment),
	    db_int(now), db_text(id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	return step_close(&t, CAUSE_LEAVE_ASKED, false);
}

enum store_rc
store_application_leave(struct store *s, struct arena *a,
    const struct actor *who, struct str id, bool expelled,
    enum leave_reason reason, struct str comment, struct date date, int64_t now,
    enum verdict *verdict, struct application *out)
{
	struct step t = { .s = s,
		.a = a,
		.who = who,
		.now = now,
		.verdict = verdict,
		.out = out };
	enum store_rc rc =
	    step_open(&t, id, expelled ? ACTION_EXPEL : ACTION_LEAVE);
	struct purse p;

	if (rc != STORE_OK || *verdict != VERDICT_OK)
		return rc;
	p = purse_of(&t, STR(""));
	rc = store_refund(s, a, &p, t.d.from, t.d.to, date);
	if (rc != STORE_OK)
		return rc;
	rc = store_changed(s, SQL_APPLICATION_LEAVE, value_date(a, date),
	    value_name(leave_reason_name(reason)), db_text_or_null(comment),
	    db_int(now), db_text(id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	return step_close(&t, expelled ? CAUSE_EXPELLED : CAUSE_LEFT, true);
}

enum store_rc
store_application_end(struct store *s, struct arena *a, struct str id,
    int64_t now)
{
	const struct actor clock = { .role = ROLE_NOBODY };
	enum verdict verdict = VERDICT_OK;
	struct step t = { .s = s,
		.a = a,
		.who = &clock,
		.now = now,
		.verdict = &verdict };
	enum store_rc rc = store_dossier(s, a, id, &t.d);
	bool waited;

	if (rc != STORE_OK)
		return rc;
	waited = t.d.app.state == APPLICATION_WAITING;
	if (waited)
		rc = store_write(s, SQL_APPLICATION_REASON,
		    value_name(application_cause_name(CAUSE_ENDED)), db_null(),
		    db_text(id));
	if (rc == STORE_OK)
		rc = step_state(&t,
		    waited ? APPLICATION_DECLINED : APPLICATION_COMPLETED);
	if (rc != STORE_OK)
		return rc;
	return step_close(&t, waited ? CAUSE_ENDED : CAUSE_COMPLETED, waited);
}
