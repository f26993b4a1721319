#include "submitd/store/inside.h"

static bool
is_open(const struct group_state *g, int64_t now, const int64_t window[3])
{
	return !g->gone && !g->closed && (window[0] == 0 || now >= window[0]) &&
	       (window[1] == 0 || now < window[1]) &&
	       (window[2] == 0 || now < window[2]);
}

static enum store_rc
collect(struct store *s, struct arena *a, enum statement id,
    const struct db_value *values, size_t n, int64_t now,
    struct group_state_list *out)
{
	enum store_rc rc = store_row_values(s, id, values, n);

	for (; rc == STORE_OK; rc = store_next(s, id)) {
		struct row r = row_of(s, id, a);
		struct group_state *g = VEC_PUSH(a, &out->items);
		int64_t window[3];

		g->program = row_str(&r);
		g->id = row_str(&r);
		g->organization = row_str(&r);
		g->title = row_str(&r);
		g->program_title = row_str(&r);
		g->seats = row_int_or(&r, -1);
		g->taken = row_int(&r);
		g->waiting = row_int(&r);
		g->waiting_max = row_int_or(&r, -1);
		for (int i = 0; i < 3; i++)
			window[i] = row_int(&r);
		g->over = row_int(&r) != 0;
		g->gone = row_int(&r) != 0;
		g->closed = row_int(&r) != 0;
		g->open = is_open(g, now, window);
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

enum store_rc
store_group_states(struct store *s, struct arena *a, struct str program,
    int64_t now, struct group_state_list *out)
{
	const struct db_value values[] = { db_text(program) };

	return collect(s, a, SQL_GROUP_OF_PROGRAM, values, 1, now, out);
}

enum store_rc
store_group_states_all(struct store *s, struct arena *a, int64_t now,
    struct group_state_list *out)
{
	return collect(s, a, SQL_GROUP_OF_CATALOG, NULL, 0, now, out);
}

enum store_rc
store_group_states_of(struct store *s, struct arena *a, const struct actor *who,
    int64_t now, struct group_state_list *out)
{
	struct db_value own = db_text(who->organization);
	struct db_value bounds = db_text(store_bounds(who));
	const struct db_value values[] = { own, own, bounds, bounds };

	if (who->role != ROLE_ORGANIZER && !actor_serves(who, STR("")))
		return STORE_NONE;
	return collect(s, a, SQL_GROUP_OF_ORGANIZATION, values, 4, now, out);
}

enum store_rc
store_group_conflicts(struct store *s, struct arena *a, const struct actor *who,
    int64_t now, struct group_state_list *out)
{
	struct db_value bounds = db_text(store_bounds(who));
	const struct db_value values[] = { bounds, bounds };

	return collect(s, a, SQL_GROUP_CONFLICTS, values, 2, now, out);
}

enum store_rc
store_group_close(struct store *s, const struct actor *who, struct str program,
    struct str group, bool closed, int64_t now)
{
	struct db_value own = db_text(who->organization);
	struct arena a = { 0 };
	enum store_rc rc;

	if (who->role == ROLE_ORGANIZER && who->organization.n == 0)
		return STORE_NONE;
	rc = store_changed(s, SQL_GROUP_CLOSE, value_yes(closed),
	    db_text(program), db_text(group), own, own);
	if (rc == STORE_OK) {
		store_live_touch(s);
		rc = store_audit(s, who, closed ? "close" : "open", "group",
		    str_format(&a, "%.*s/%.*s", STR_ARG(program),
			STR_ARG(group)),
		    STR(""), now);
	}
	arena_free(&a);
	return rc;
}
