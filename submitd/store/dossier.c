#include "submitd/store/inside.h"

void
store_dossier_row(struct store *s, enum statement id, struct arena *a,
    struct dossier *out)
{
	struct row r = row_of(s, id, a);
	struct application *p = &out->app;

	p->id = row_str(&r);
	p->seq = row_int(&r);
	if (!application_state_from(row_str(&r), &p->state))
		p->state = APPLICATION_CANCELLED;
	p->child = row_str(&r);
	p->account = row_str(&r);
	p->program = row_str(&r);
	p->group = row_str(&r);
	p->organization = row_str(&r);
	p->program_title = row_str(&r);
	p->group_title = row_str(&r);
	p->family_name = row_str(&r);
	p->given_name = row_str(&r);
	p->patronymic = row_str(&r);
	p->birth = row_date(&r);
	p->school_year = (int)row_int(&r);
	p->place = row_int(&r);
	p->created = row_int(&r);
	p->changed = row_int(&r);
	p->answer_by = row_int(&r);
	p->certificate = row_int(&r) != 0;
	p->cost = row_int(&r);
	p->shown = row_int(&r);
	p->held = row_int(&r);
	p->charged = row_int(&r);
	p->contract_number = row_str(&r);
	p->order_number = row_str(&r);
	p->contract_date = row_date(&r);
	p->order_date = row_date(&r);
	p->leave_date = row_date(&r);
	p->reason = row_str(&r);
	p->comment = row_str(&r);
	p->leave_asked = row_int(&r) != 0;
	p->group_gone = row_int(&r) != 0;
	out->municipality = row_str(&r);
	out->entrance_test = row_int(&r) != 0;
	out->from = row_date(&r);
	out->to = row_date(&r);
	out->recipient = row_str(&r);
	out->recipient_name = row_str(&r);
}

enum store_rc
store_dossier(struct store *s, struct arena *a, struct str id,
    struct dossier *out)
{
	enum store_rc rc = store_row(s, SQL_APPLICATION_BY_ID, db_text(id));

	if (rc != STORE_OK)
		return rc;
	store_dossier_row(s, SQL_APPLICATION_BY_ID, a, out);
	store_done(s, SQL_APPLICATION_BY_ID);
	return STORE_OK;
}

enum store_rc
store_event(struct store *s, const struct dossier *d, int was,
    enum application_state state, enum application_cause cause,
    struct str account, int64_t now)
{
	const struct application *p = &d->app;

	return store_write(s, SQL_EVENT_ADD, db_text(p->id), db_int(now),
	    was < 0 ? db_null()
		    : value_name(
			  application_state_name((enum application_state)was)),
	    value_name(application_state_name(state)),
	    value_name(application_cause_name(cause)),
	    db_text_or_null(p->reason), db_text_or_null(p->comment),
	    db_text(p->program), db_text(p->group), db_int(p->seq),
	    db_text_or_null(account));
}

static struct str
digits(struct arena *a, int64_t n)
{
	return n == 0 ? STR("") : str_format(a, "%lld", (long long)n);
}

enum store_rc
store_application_letter(struct store *s, struct arena *a,
    const struct dossier *d, enum application_cause cause, int64_t now)
{
	const struct application *p = &d->app;
	const struct str pairs[] = {
		STR("application"),
		p->id,
		STR("child"),
		p->given_name,
		STR("program"),
		p->program,
		STR("program_title"),
		p->program_title,
		STR("group_title"),
		p->group_title,
		STR("cause"),
		str_from(application_cause_name(cause)),
		STR("reason"),
		p->reason,
		STR("comment"),
		p->comment,
		STR("place"),
		digits(a, p->place),
		STR("answer_by"),
		digits(a, p->answer_by),
		STR("order_number"),
		p->order_number,
		STR("order_date"),
		date_text(a, p->order_date),
		STR("full_name"),
		d->recipient_name,
	};
	struct str kind =
	    str_format(a, "application-%s", application_state_name(p->state));

	return store_letter(s, a, kind.p, d->recipient, pairs,
	    sizeof(pairs) / sizeof(*pairs) / 2, now);
}
