#include <stdlib.h>

#include "base/buf.h"
#include "base/json.h"
#include "submitd/store/inside.h"

enum store_rc
store_mail_add(struct store *s, struct arena *a, const char *kind,
    struct str recipient, struct str params, int64_t now)
{
	return store_write(s, SQL_MAIL_ADD, db_text(store_id(s, a, now)),
	    value_name(kind), db_text(recipient), db_text(params), db_int(now),
	    db_int(now));
}

enum store_rc
store_letter(struct store *s, struct arena *a, const char *kind,
    struct str recipient, const struct str *pairs, size_t n, int64_t now)
{
	struct buf b = { 0 };
	struct json j = { .out = &b };
	enum store_rc rc;

	/* Nobody to write to: a child on paper whose guardian left. */
	if (recipient.n == 0)
		return STORE_OK;
	json_open(&j, '{');
	for (size_t i = 0; i < n; i++) {
		json_key(&j, pairs[2 * i]);
		json_str(&j, pairs[2 * i + 1]);
	}
	json_close(&j, '}');
	rc = store_mail_add(s, a, kind, recipient, buf_view(&b), now);
	buf_free(&b);
	return rc;
}

static int
by_seq(const void *x, const void *y)
{
	const struct mail *a = x, *b = y;

	return (a->seq > b->seq) - (a->seq < b->seq);
}

enum store_rc
store_mail_claim(struct store *s, struct arena *a, int64_t now, int most,
    struct mail_list *out)
{
	enum store_rc rc;

	rc = store_change(s, SQL_MAIL_CLAIM, db_int(now + MAIL_LEASE),
	    db_int(now + 1), db_int(now), db_int(now + 1), db_int(most));
	for (; rc == STORE_OK; rc = store_next(s, SQL_MAIL_CLAIM)) {
		struct row r = row_of(s, SQL_MAIL_CLAIM, a);
		struct mail *m = VEC_PUSH(a, &out->items);

		m->id = row_str(&r);
		m->seq = row_int(&r);
		m->kind = row_str(&r);
		m->recipient = row_str(&r);
		m->params = row_str(&r);
		m->created = row_int(&r);
		m->due = row_int(&r);
		m->attempts = (int)row_int(&r);
	}
	if (rc != STORE_NONE)
		return rc;
	/* RETURNING promises no order. */
	if (out->items.n > 1)
		qsort(out->items.at, out->items.n, sizeof(struct mail), by_seq);
	return STORE_OK;
}

enum store_rc
store_mail_sent(struct store *s, struct str id, int64_t now)
{
	return store_changed(s, SQL_MAIL_SENT, db_int(now), db_text(id));
}

enum store_rc
store_mail_failed(struct store *s, struct str id, bool permanent,
    struct str why, int64_t now)
{
	enum store_rc rc;
	int attempts;

	rc = store_change(s, SQL_MAIL_FAILED, db_int(now), db_text(why),
	    value_yes(permanent), db_int(MAIL_ATTEMPTS), db_text(id));
	if (rc != STORE_OK)
		return rc;
	attempts = (int)db_get_int(s->st[SQL_MAIL_FAILED], 0);
	store_done(s, SQL_MAIL_FAILED);
	return store_write(s, SQL_MAIL_DUE,
	    db_int(mail_retry_at(attempts, now)), db_text(id));
}

enum store_rc
store_mail_is_due(struct store *s, int64_t now)
{
	enum store_rc rc =
	    store_row(s, SQL_MAIL_IS_DUE, db_int(now), db_int(now + 1));

	if (rc == STORE_OK)
		store_done(s, SQL_MAIL_IS_DUE);
	return rc;
}
