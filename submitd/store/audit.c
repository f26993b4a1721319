#include "base/hash.h"
#include "submitd/store/inside.h"

enum store_rc
store_audit(struct store *s, const struct actor *who, const char *verb,
    const char *kind, struct str id, struct str detail, int64_t now)
{
	return store_write(s, SQL_AUDIT_ADD, db_int(now), db_text(who->account),
	    value_name(role_name(who->role)), db_text(who->address),
	    value_name(verb), value_name(kind), db_text(id), db_text(detail));
}

enum store_rc
store_audit_hash(struct store *s, struct arena *a, int64_t after, int64_t upto,
    struct str seed, struct str *hash, int64_t *last)
{
	enum { COLUMNS = 9 };
	enum store_rc rc;

	*last = after;
	*hash = seed;
	rc = store_row(s, SQL_AUDIT_ROWS, db_int(after), db_int(upto));
	for (; rc == STORE_OK; rc = store_next(s, SQL_AUDIT_ROWS)) {
		struct row r = row_of(s, SQL_AUDIT_ROWS, a);
		struct str parts[COLUMNS + 1] = { *hash };

		*last = db_get_int(r.st, 0);
		for (int i = 1; i <= COLUMNS; i++)
			parts[i] = row_str(&r);
		*hash =
		    hash_hex(a, hash_of_all(parts, COLUMNS + 1), 2 * HASH_SIZE);
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}
