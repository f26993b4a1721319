#include "submitd/store/inside.h"

enum { PAGE = 100 };

/* The values of APPLICATION_FILTER behind those of the scope. */
static size_t
filter_values(const struct application_filter *f, int limit,
    struct db_value *values, size_t n)
{
	struct db_value program = db_text(f->program),
			group = db_text(f->group);
	struct db_value child = db_text(f->child);
	struct db_value state =
	    db_text(f->state < 0 ? STR("")
				 : str_from(application_state_name(
				       (enum application_state)f->state)));
	const struct db_value tail[] = { program, program, group, group, child,
		child, state, state, db_int(f->after), db_int(limit) };

	for (size_t i = 0; i < sizeof(tail) / sizeof(*tail); i++)
		values[n++] = tail[i];
	return n;
}

enum store_rc
store_application_list(struct store *s, struct arena *a,
    const struct actor *who, const struct application_filter *filter,
    struct application_list *out)
{
	struct db_value values[16];
	int limit = filter->limit > 0 ? filter->limit : PAGE;
	enum statement id;
	enum store_rc rc;
	size_t n = 0;

	switch (who->role) {
	case ROLE_GUARDIAN:
		id = SQL_APPLICATION_OF_GUARDIAN;
		values[n++] = db_text(who->account);
		break;
	case ROLE_ORGANIZER:
		id = SQL_APPLICATION_OF_ORGANIZATION;
		values[n++] = db_text(who->organization);
		break;
	case ROLE_OPERATOR:
	case ROLE_ADMIN:
		id = SQL_APPLICATION_OF_MUNICIPALITY;
		values[n++] = db_text(store_bounds(who));
		values[n++] = values[0];
		values[n++] = db_text(filter->organization);
		values[n++] = db_text(filter->organization);
		break;
	default:
		return STORE_NONE;
	}
	n = filter_values(filter, limit + 1, values, n);
	out->next = 0;
	rc = store_row_values(s, id, values, n);
	for (; rc == STORE_OK; rc = store_next(s, id)) {
		struct dossier d;

		if (out->items.n == (size_t)limit) {
			out->next = out->items.at[limit - 1].seq;
			store_done(s, id);
			return STORE_OK;
		}
		store_dossier_row(s, id, a, &d);
		*VEC_PUSH(a, &out->items) = d.app;
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

static enum store_rc
read_counts(struct store *s, enum statement id, const struct db_value *values,
    size_t n, int64_t counts[APPLICATION_STATES])
{
	struct arena a = { 0 };
	enum store_rc rc = store_row_values(s, id, values, n);

	for (int i = 0; i < APPLICATION_STATES; i++)
		counts[i] = 0;
	for (; rc == STORE_OK; rc = store_next(s, id)) {
		struct row r = row_of(s, id, &a);
		enum application_state state;

		if (application_state_from(row_str(&r), &state))
			counts[state] = row_int(&r);
	}
	arena_free(&a);
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_application_counts(struct store *s, const struct actor *who,
    int64_t counts[APPLICATION_STATES])
{
	struct db_value one = db_text(store_bounds(who));
	enum statement id = SQL_APPLICATION_COUNT_MUNICIPALITY;
	size_t n = 2;

	if (who->role == ROLE_NOBODY)
		return STORE_NONE;
	if (who->role == ROLE_GUARDIAN) {
		id = SQL_APPLICATION_COUNT_GUARDIAN;
		one = db_text(who->account);
		n = 1;
	}
	if (who->role == ROLE_ORGANIZER) {
		id = SQL_APPLICATION_COUNT_ORGANIZATION;
		one = db_text(who->organization);
		n = 1;
	}
	return read_counts(s, id, (const struct db_value[]){ one, one }, n,
	    counts);
}

enum store_rc
store_application_events(struct store *s, struct arena *a, struct str id,
    struct application_event_list *out)
{
	enum store_rc rc = store_row(s, SQL_EVENT_LIST, db_text(id));

	for (; rc == STORE_OK; rc = store_next(s, SQL_EVENT_LIST)) {
		struct row r = row_of(s, SQL_EVENT_LIST, a);
		struct application_event *e = VEC_PUSH(a, &out->items);

		e->at = row_int(&r);
		if (!application_state_from(row_str(&r), &e->state))
			e->state = APPLICATION_CANCELLED;
		if (!application_cause_from(row_str(&r), &e->cause))
			e->cause = CAUSE_APPLIED;
		e->reason = row_str(&r);
		e->comment = row_str(&r);
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

/* Its time in the list: from one event to another (0: it waits still). */
struct stay {
	int64_t from, to, at, arrival;
	struct str program, group;
};

static enum store_rc
stay_of(struct store *s, struct arena *a, struct str id, struct stay *out)
{
	enum store_rc rc = store_row(s, SQL_EVENT_WAITED, db_text(id));
	struct row r;

	if (rc != STORE_OK)
		return rc;
	r = row_of(s, SQL_EVENT_WAITED, a);
	out->from = row_int(&r);
	out->at = row_int(&r);
	out->program = row_str(&r);
	out->group = row_str(&r);
	out->arrival = row_int(&r);
	out->to = row_int(&r);
	store_done(s, SQL_EVENT_WAITED);
	return STORE_OK;
}

enum store_rc
store_application_moves(struct store *s, struct arena *a, struct str id,
    struct application_move_list *out)
{
	struct stay stay;
	int64_t ahead;
	enum store_rc rc = stay_of(s, a, id, &stay);

	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	rc = store_row(s, SQL_WAITING_AHEAD, db_text(stay.program),
	    db_text(stay.group), db_int(stay.arrival));
	if (rc != STORE_OK)
		return rc;
	ahead = db_get_int(s->st[SQL_WAITING_AHEAD], 0);
	store_done(s, SQL_WAITING_AHEAD);
	*VEC_PUSH(a, &out->items) =
	    (struct application_move){ stay.at, 0, CAUSE_APPLIED };
	rc = store_row(s, SQL_EVENT_LEFT_AHEAD, db_text(stay.program),
	    db_text(stay.group), db_int(stay.arrival), db_int(stay.from));
	for (; rc == STORE_OK; rc = store_next(s, SQL_EVENT_LEFT_AHEAD)) {
		struct row r = row_of(s, SQL_EVENT_LEFT_AHEAD, a);
		int64_t seq = row_int(&r);
		struct application_move m = { .at = row_int(&r) };

		/* They were ahead of it at first, whenever they went. */
		ahead++;
		if (stay.to != 0 && seq > stay.to)
			continue;
		if (!application_cause_from(row_str(&r), &m.cause))
			m.cause = CAUSE_SEAT_FREED;
		*VEC_PUSH(a, &out->items) = m;
	}
	for (size_t i = 0; i < out->items.n; i++)
		out->items.at[i].place = ahead + 1 - (int64_t)i;
	return rc == STORE_NONE ? STORE_OK : rc;
}
