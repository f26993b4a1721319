#include "base/sabotage.h"
#include "submitd/store/inside.h"

/* What was found out about an ask before anything is decided. */
struct inquiry {
	const struct application_ask *ask;
	const struct catalog_group *group;
	struct child child;
	int school_year;
	enum verdict verdict;
	bool room;  /* a seat is free */
	bool queue; /* the list takes one more */
	int64_t waiting;
	struct str certificate; /* id; empty: the child has none */
	bool active;
	int64_t cost, available;
};

struct other_groups {
	VEC(const struct catalog_group *) items;
	bool duplicate;
};

static enum store_rc
others_of(struct store *s, struct arena *a, const struct inquiry *q,
    struct other_groups *out)
{
	enum store_rc rc;

	rc = store_row(s, SQL_APPLICATION_LIVE_OF_CHILD, db_text(q->child.id));
	for (; rc == STORE_OK;
	     rc = store_next(s, SQL_APPLICATION_LIVE_OF_CHILD)) {
		struct row r = row_of(s, SQL_APPLICATION_LIVE_OF_CHILD, a);
		struct str program = row_str(&r), id = row_str(&r);
		const struct catalog_group *g =
		    catalog_group(s->catalog, program, id);

		if (str_eq(program, q->group->program->id) &&
		    row_int(&r) == q->school_year)
			out->duplicate = true;
		else if (g != NULL)
			*VEC_PUSH(a, &out->items) = g;
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

/* The group's row: NONE is impossible for one of the catalog in use. */
static enum store_rc
group_of(struct store *s, struct arena *a, struct inquiry *q, bool *closed)
{
	enum store_rc rc;
	struct row r;
	int64_t seats, taken, most;

	rc = store_row(s, SQL_GROUP_GET, db_text(q->group->program->id),
	    db_text(q->group->id));
	if (rc != STORE_OK)
		return rc;
	r = row_of(s, SQL_GROUP_GET, a);
	r.at = 5; /* behind the names */
	seats = row_int_or(&r, -1);
	taken = row_int(&r);
	q->waiting = row_int(&r);
	most = row_int_or(&r, -1);
	r.at = 14;
	*closed = row_int(&r) != 0;
	store_done(s, SQL_GROUP_GET);
	q->room = seats < 0 || taken < seats;
	q->queue = most < 0 || q->waiting < most;
	return STORE_OK;
}

/* What the certificate could pay here, today. */
static enum store_rc
money_of(struct store *s, struct arena *a, struct inquiry *q, int64_t now)
{
	const struct catalog_program *p = q->group->program;
	int year = date_local(now).date.year;
	struct certificate k = { 0 };
	enum store_rc rc;
	struct row r;

	q->cost = p->certificate_cost > 0 ? p->certificate_cost : 0;
	rc = store_row(s, SQL_CERTIFICATE_BY_CHILD, db_int(year),
	    db_text(q->child.id));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	r = row_of(s, SQL_CERTIFICATE_BY_CHILD, a);
	q->certificate = row_str(&r);
	r.at = 4;
	if (!certificate_state_from(row_str(&r), &k.state))
		k.state = CERTIFICATE_CLOSED;
	r.at = 7;
	q->available = row_int(&r);
	store_done(s, SQL_CERTIFICATE_BY_CHILD);
	q->active = k.state == CERTIFICATE_ACTIVE;
	if (!q->active)
		q->available = 0;
	return STORE_OK;
}

/* A certificate that is there or may be asked for, at a place that takes it. */
static bool
certificate_may_pay(const struct store *s, const struct inquiry *q, int64_t now)
{
	const struct catalog_program *p = q->group->program;

	if (!p->certificate || !p->organization->verified)
		return false;
	return q->certificate.n > 0 ||
	       certificate_age(q->child.birth, date_local(now).date,
		   s->catalog->age_min, s->catalog->age_max);
}

static enum store_rc
inquire(struct store *s, struct arena *a, const struct actor *who,
    const struct application_ask *ask, bool brief, int64_t now,
    struct inquiry *q)
{
	struct date today = date_local(now).date;
	struct other_groups others = { 0 };
	struct application_facts f = { .now = now, .today = today };
	enum store_rc rc;

	q->ask = ask;
	q->verdict = VERDICT_UNKNOWN;
	rc = store_child_get(s, a, who, ask->child, &q->child);
	if (rc != STORE_OK || s->catalog == NULL)
		return rc;
	q->group = catalog_group(s->catalog, ask->program, ask->group);
	if (q->group == NULL)
		return STORE_OK;
	q->school_year = application_school_year(s->catalog, q->group, today);
	rc = group_of(s, a, q, &f.enrollment_closed);
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	rc = others_of(s, a, q, &others);
	/* Who does not ask for it does not wait for it. */
	if (rc == STORE_OK && (ask->certificate || !brief))
		rc = money_of(s, a, q, now);
	if (rc != STORE_OK)
		return rc;
	f.group = q->group;
	f.birth = q->child.birth;
	f.duplicate = others.duplicate;
	f.others = others.items.at;
	f.nothers = others.items.n;
	q->verdict = application_may_apply(&f);
	if (q->verdict == VERDICT_OK && ask->certificate &&
	    !certificate_may_pay(s, q, now))
		q->verdict = VERDICT_CERTIFICATE;
	return STORE_OK;
}

enum store_rc
store_application_preview(struct store *s, struct arena *a,
    const struct actor *who, const struct application_ask *ask, int64_t now,
    struct application_preview *out)
{
	struct inquiry q = { 0 };
	enum store_rc rc = inquire(s, a, who, ask, false, now, &q);

	if (rc != STORE_OK)
		return rc;
	*out = (struct application_preview){
		.verdict = q.verdict,
		.waits = !q.room,
		.ahead = q.room ? 0 : q.waiting,
		.has_certificate = q.active,
		.cost = q.cost,
		.covered = certificate_cover(q.cost, q.available),
		.available = q.available,
	};
	if (q.verdict == VERDICT_OK && !q.room && !q.queue)
		out->verdict = VERDICT_FULL;
	return STORE_OK;
}

/* A seat, else a place in the list, else NONE. */
static enum store_rc
take_seat(struct store *s, const struct inquiry *q, int64_t now,
    enum application_state *state)
{
	struct db_value program = db_text(q->group->program->id);
	struct db_value id = db_text(q->group->id);
	enum store_rc rc;

	*state = APPLICATION_SUBMITTED;
	rc = sabotaged(SABOTAGE_SEATS)
		 ? store_changed(s, SQL_GROUP_TAKE_BLIND, program, id,
		       db_int(now))
		 : store_changed(s, SQL_GROUP_TAKE, program, id);
	if (rc != STORE_NONE)
		return rc;
	*state = APPLICATION_WAITING;
	return store_changed(s, SQL_GROUP_QUEUE, program, id);
}

/* Asked for together with the first application. */
static enum store_rc
certificate_for(struct store *s, struct arena *a, const struct actor *who,
    const struct inquiry *q, int64_t now)
{
	enum verdict verdict;
	struct str id;

	if (!q->ask->certificate || q->certificate.n > 0)
		return STORE_OK;
	return store_certificate_request(s, a, who, q->child.id, now, &verdict,
	    &id);
}

/* The application as it will be, without asking for it again. */
static void
compose(const struct store *s, const struct actor *who, const struct inquiry *q,
    enum application_state state, int64_t now, struct dossier *d)
{
	const struct catalog_group *g = q->group;
	const struct catalog_program *p = g->program;
	bool pays = q->ask->certificate, waits = state == APPLICATION_WAITING;

	*d = (struct dossier){ .municipality = p->municipality->id,
		.entrance_test = p->entrance_test,
		.from = g->from,
		.to = g->to };
	d->app = (struct application){ .state = state,
		.child = q->child.id,
		.account = who->role == ROLE_GUARDIAN ? who->account : STR(""),
		.program = p->id,
		.group = g->id,
		.organization = p->organization->id,
		.program_title = p->title,
		.group_title = g->title,
		.family_name = q->child.family_name,
		.given_name = q->child.given_name,
		.patronymic = q->child.patronymic,
		.birth = q->child.birth,
		.school_year = q->school_year,
		.place = waits ? q->waiting + 1 : 0,
		.created = now,
		.changed = now,
		.certificate = pays };
	if (!waits)
		d->app.answer_by = application_answer_by(s->catalog,
		    date_local(now).date, p->entrance_test);
	if (!pays)
		return;
	d->app.cost = q->cost;
	d->app.shown = certificate_cover(q->cost, q->available);
}

static enum store_rc
insert(struct store *s, struct arena *a, struct dossier *d, int64_t now)
{
	struct application *p = &d->app;
	enum store_rc rc;

	p->id = store_id(s, a, now);
	rc = store_write(s, SQL_APPLICATION_ADD, db_text(p->id),
	    db_text(p->child), db_text_or_null(p->account), db_text(p->program),
	    db_text(p->group), db_text(p->organization),
	    db_text(d->municipality), db_int(p->school_year),
	    value_date(a, d->from), value_date(a, d->to),
	    value_name(application_state_name(p->state)), db_int(now),
	    db_int(now), value_moment(p->answer_by),
	    value_yes(d->entrance_test), value_yes(p->certificate),
	    db_int(p->cost), db_int(p->shown));
	if (rc == STORE_OK)
		rc = store_row(s, SQL_APPLICATION_SEQ, db_text(p->id));
	if (rc != STORE_OK)
		return rc;
	p->seq = db_get_int(s->st[SQL_APPLICATION_SEQ], 0);
	store_done(s, SQL_APPLICATION_SEQ);
	return STORE_OK;
}

/* Who reads for the child: the one who applied, or its first guardian. */
static enum store_rc
reader(struct store *s, struct arena *a, struct dossier *d)
{
	bool applied = d->app.account.n > 0;
	enum statement id = applied ? SQL_ACCOUNT_BY_ID : SQL_GUARDIAN_FIRST;
	struct row r;
	enum store_rc rc =
	    store_row(s, id, db_text(applied ? d->app.account : d->app.child));

	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	r = row_of(s, id, a);
	r.at = 1; /* behind its id */
	d->recipient = row_str(&r);
	d->recipient_name = row_str(&r);
	store_done(s, id);
	return STORE_OK;
}

enum store_rc
store_application_apply(struct store *s, struct arena *a,
    const struct actor *who, const struct application_ask *ask, int64_t now,
    enum verdict *verdict, struct application *out)
{
	struct inquiry q = { 0 };
	enum application_state state;
	struct dossier d;
	enum store_rc rc = inquire(s, a, who, ask, true, now, &q);

	*verdict = q.verdict;
	if (rc != STORE_OK || q.verdict != VERDICT_OK)
		return rc;
	if (who->role == ROLE_ORGANIZER &&
	    !actor_serves(who, q.group->program->organization->id))
		return STORE_NONE;
	rc = take_seat(s, &q, now, &state);
	if (rc == STORE_NONE) {
		*verdict = VERDICT_FULL;
		return STORE_OK;
	}
	compose(s, who, &q, state, now, &d);
	if (rc == STORE_OK)
		rc = certificate_for(s, a, who, &q, now);
	if (rc == STORE_OK)
		rc = insert(s, a, &d, now);
	if (rc == STORE_OK)
		rc = reader(s, a, &d);
	if (rc == STORE_OK)
		rc = store_event(s, &d, -1, state, CAUSE_APPLIED, who->account,
		    now);
	if (rc == STORE_OK)
		rc = store_application_letter(s, a, &d, CAUSE_APPLIED, now);
	if (rc == STORE_OK)
		rc = store_audit(s, who, "apply", "application", d.app.id,
		    STR(""), now);
	if (rc != STORE_OK)
		return rc;
	store_live_touch(s);
	*out = d.app;
	return STORE_OK;
}
