#include "submitd/store/inside.h"

enum store_rc
store_counts(struct store *s, const struct actor *who, int64_t now,
    struct store_counts *out)
{
	struct db_value b = db_text(store_bounds(who));
	struct arena a = { 0 };
	enum store_rc rc;
	struct row r;

	if (who->role != ROLE_OPERATOR && who->role != ROLE_ADMIN)
		return STORE_NONE;
	rc = store_application_counts(s, who, out->applications);
	if (rc != STORE_OK)
		return rc;
	rc = store_row(s, SQL_COUNT_ALL, db_int(now), b, b, b, b, b, b, b, b, b,
	    b, b, b, b, b, b, b, b, b, b, b, b);
	if (rc != STORE_OK)
		return rc;
	r = row_of(s, SQL_COUNT_ALL, &a);
	out->overdue = row_int(&r);
	out->children = row_int(&r);
	out->guardians = row_int(&r);
	out->claims = row_int(&r);
	out->pairs = row_int(&r);
	for (int i = CERTIFICATE_REQUESTED; i <= CERTIFICATE_CLOSED; i++)
		out->certificates[i] = row_int(&r);
	out->reviews = row_int(&r);
	out->groups_over = row_int(&r);
	out->groups_gone = row_int(&r);
	out->letters_waiting = row_int(&r);
	out->letters_dead = row_int(&r);
	store_done(s, SQL_COUNT_ALL);
	arena_free(&a);
	return STORE_OK;
}
