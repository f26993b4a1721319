#include "submitd/store/keys.h"

#include "base/mem.h"
#include "base/sabotage.h"
#include "submitd/store/inside.h"

struct store_deferred {
	struct arena a;
	struct str scope, route, key, hash;
	struct store_answer answer;
	int64_t now;
	struct store_deferred *next;
};

static enum store_rc
add(struct store *s, struct str scope, struct str route, struct str key,
    struct str body_hash, const struct store_answer *answer, int64_t now)
{
	enum store_rc rc;

	rc = store_changed(s, SQL_KEY_ADD, db_text(scope), db_text(route),
	    db_text(key), db_text(body_hash), db_int(answer->status),
	    db_text(answer->location), db_text(answer->content_type),
	    db_blob(answer->body), db_int(now), db_int(now - STORE_KEY_LIFE));
	return rc == STORE_NONE ? STORE_CONFLICT : rc;
}

static void
defer(struct store *s, struct str scope, struct str route, struct str key,
    struct str body_hash, const struct store_answer *answer, int64_t now)
{
	struct store_deferred *d = mem_alloc(sizeof(*d), 1);

	d->scope = str_dup(&d->a, scope);
	d->route = str_dup(&d->a, route);
	d->key = str_dup(&d->a, key);
	d->hash = str_dup(&d->a, body_hash);
	d->answer = *answer;
	d->answer.location = str_dup(&d->a, answer->location);
	d->answer.content_type = str_dup(&d->a, answer->content_type);
	d->answer.body = str_dup(&d->a, answer->body);
	d->now = now;
	d->next = s->deferred;
	s->deferred = d;
}

enum store_rc
store_keys_deferred(struct store *s)
{
	enum store_rc rc = STORE_OK;
	struct store_deferred *d;

	if (s->deferred == NULL)
		return STORE_OK;
	if (store_said(db_begin(s->db)) != STORE_OK)
		return STORE_FAILED;
	s->in_turn = true;
	while ((d = s->deferred) != NULL) {
		s->deferred = d->next;
		if (rc == STORE_OK)
			rc = add(s, d->scope, d->route, d->key, d->hash,
			    &d->answer, d->now);
		arena_free(&d->a);
		mem_free(d);
	}
	s->in_turn = false;
	return rc != STORE_OK ? rc : store_said(db_commit(s->db));
}

enum store_rc
store_key_find(struct store *s, struct arena *a, struct str scope,
    struct str route, struct str key, struct str body_hash, int64_t now,
    struct store_answer *out)
{
	enum store_rc rc;
	struct row r;

	rc = store_row(s, SQL_KEY_FIND, db_text(scope), db_text(route),
	    db_text(key), db_int(now - STORE_KEY_LIFE));
	if (rc != STORE_OK)
		return rc;
	r = row_of(s, SQL_KEY_FIND, a);
	out->same_body = str_eq(row_str(&r), body_hash);
	out->status = (int)row_int(&r);
	out->location = row_str(&r);
	out->content_type = row_str(&r);
	out->body = row_str(&r);
	store_done(s, SQL_KEY_FIND);
	return STORE_OK;
}

enum store_rc
store_key_add(struct store *s, struct str scope, struct str route,
    struct str key, struct str body_hash, const struct store_answer *answer,
    int64_t now)
{
	if (!sabotaged(SABOTAGE_KEY))
		return add(s, scope, route, key, body_hash, answer, now);
	defer(s, scope, route, key, body_hash, answer, now);
	return STORE_OK;
}
