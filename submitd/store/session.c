#include "submitd/store/inside.h"

enum store_rc
store_session_add(struct store *s, struct str id, struct str account,
    struct str address, struct str agent, int64_t now)
{
	enum { AGENT_MAX = 200 };

	return store_write(s, SQL_SESSION_ADD, db_text(id), db_text(account),
	    db_int(now), db_int(now), db_text(address),
	    db_text(str_slice(agent, 0, AGENT_MAX)));
}

enum store_rc
store_session_find(struct store *s, struct arena *a, struct str id, int64_t now,
    struct session *out)
{
	enum store_rc rc = store_row(s, SQL_SESSION_GET, db_text(id));
	struct row r;

	if (rc != STORE_OK)
		return rc;
	r = row_of(s, SQL_SESSION_GET, a);
	out->id = id;
	out->created = row_int(&r);
	out->seen = row_int(&r);
	out->address = row_str(&r);
	out->agent = row_str(&r);
	out->account.id = row_str(&r);
	out->account.email = row_str(&r);
	out->account.full_name = row_str(&r);
	out->account.role = role_from(row_str(&r));
	out->account.organization = row_str(&r);
	out->account.municipality = row_str(&r);
	out->account.created = row_int(&r);
	store_done(s, SQL_SESSION_GET);
	if (!session_live(out->account.role, out->created, out->seen, now))
		return STORE_NONE;
	return STORE_OK;
}

enum store_rc
store_session_seen(struct store *s, struct str id, int64_t now)
{
	return store_write(s, SQL_SESSION_SEEN, db_int(now), db_text(id),
	    db_int(now));
}

enum store_rc
store_session_end(struct store *s, struct str id)
{
	return store_write(s, SQL_SESSION_END, db_text(id));
}

enum store_rc
store_session_end_others(struct store *s, struct str account, struct str keep)
{
	return store_write(s, SQL_SESSION_END_OTHERS, db_text(account),
	    db_text(keep));
}
