#include "submitd/store/inside.h"

/* Until when the organizer has to answer one who was promoted today. */
static int64_t
answer_by(const struct store *s, const struct dossier *d, int64_t now)
{
	if (s->catalog == NULL)
		return 0;
	return application_answer_by(s->catalog, date_local(now).date,
	    d->entrance_test);
}

/* The one who waits longest, who has got a seat already. */
static enum store_rc
promote(struct store *s, struct arena *a, struct str program, struct str group,
    enum application_cause cause, int64_t now)
{
	struct dossier d;
	struct str id;
	enum store_rc rc;

	rc = store_change(s, SQL_APPLICATION_FIRST, db_int(now), db_null(),
	    db_text(program), db_text(group));
	/* The count says that somebody waits. */
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_CONFLICT : rc;
	id = db_get_str(s->st[SQL_APPLICATION_FIRST], a, 0);
	store_done(s, SQL_APPLICATION_FIRST);
	rc = store_dossier(s, a, id, &d);
	if (rc != STORE_OK)
		return rc;
	d.app.answer_by = answer_by(s, &d, now);
	rc = store_write(s, SQL_APPLICATION_ANSWER_BY,
	    value_moment(d.app.answer_by), db_text(id));
	if (rc == STORE_OK)
		rc = store_event(s, &d, APPLICATION_WAITING,
		    APPLICATION_SUBMITTED, cause, STR(""), now);
	if (rc == STORE_OK)
		rc = store_application_letter(s, a, &d, cause, now);
	return rc;
}

enum store_rc
store_seat_fill(struct store *s, struct arena *a, struct str program,
    struct str group, enum application_cause cause, int64_t now)
{
	enum store_rc rc;

	do {
		rc = store_changed(s, SQL_GROUP_PROMOTE, db_text(program),
		    db_text(group), db_int(now));
		if (rc == STORE_OK)
			rc = promote(s, a, program, group, cause, now);
	} while (rc == STORE_OK);
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_seat_free(struct store *s, struct arena *a, struct str program,
    struct str group, bool waited, int64_t now)
{
	enum statement id = waited ? SQL_GROUP_UNQUEUE : SQL_GROUP_FREE;
	enum store_rc rc;

	store_live_touch(s);
	rc = store_changed(s, id, db_text(program), db_text(group));
	if (rc == STORE_NONE)
		return STORE_CONFLICT;
	if (rc != STORE_OK || waited)
		return rc;
	return store_seat_fill(s, a, program, group, CAUSE_SEAT_FREED, now);
}
