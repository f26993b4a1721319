#include "submitd/pages/keys.h"

#include <stddef.h>

#include "base/hash.h"
#include "submitd/pages/reply.h"

enum { KEY_MIN = 16, KEY_MAX = 64, HASH_DIGITS = 64, SCOPE_DIGITS = 32 };

bool
keys_read(struct app *app, struct call *c)
{
	struct str key = request_header(c->req, "Idempotency-Key");

	if (key.n == 0)
		key = form_text(&c->form, "key");
	if (key.n == 0)
		return true;
	bool ok = key.n >= KEY_MIN && key.n <= KEY_MAX;

	for (size_t i = 0; ok && i < key.n; i++)
		ok = key.p[i] > ' ' && key.p[i] <= '~';
	if (ok) {
		c->key = key;
		return true;
	}
	form_error(&c->form, c->arena, "key", "key");
	reply_problem(app, c, 422, "fields");
	return false;
}

struct str
keys_scope(struct call *c)
{
	if (c->user != NULL)
		return c->user->id;
	return str_format(c->arena, "visitor:%s",
	    hash_hex(c->arena, hash_of(c->cookie), SCOPE_DIGITS).p);
}

static struct str
key_route(struct call *c)
{
	return str_format(c->arena, "POST %.*s", STR_ARG(c->req->path));
}

/*
 * All that was sent but the token, the key and what is secret: a fast hash of
 * a password must not lie in the database.
 */
static struct str
body_hash(struct call *c)
{
	size_t n = 0;
	struct str *parts =
	    arena_alloc(c->arena, sizeof(*parts), 2 * c->form.values.n + 1);

	for (size_t i = 0; i < c->form.values.n; i++) {
		const struct form_value *v = &c->form.values.at[i];
		struct str name = str_from(v->field->name);

		if (v->field->secret || str_eq(name, STR("csrf")) ||
		    str_eq(name, STR("key")))
			continue;
		parts[n++] = name;
		parts[n++] = v->text;
	}
	return hash_hex(c->arena, hash_of_all(parts, n), HASH_DIGITS);
}

static void
replay(struct app *app, struct call *c, const struct store_answer *answer)
{
	app->counters.replayed++;
	buf_reset(&c->res->body);
	c->res->status = answer->status;
	if (answer->location.n > 0)
		response_header(c->res, "Location", answer->location);
	if (answer->content_type.n > 0)
		response_header(c->res, "Content-Type", answer->content_type);
	buf_str(&c->res->body, answer->body);
}

bool
keys_answer(struct app *app, struct call *c)
{
	struct store_answer answer;
	enum store_rc rc;

	if (c->key.n == 0 || c->route->flags & ROUTE_NO_REPLAY)
		return false;
	rc = store_key_find(app->store, c->arena, keys_scope(c), key_route(c),
	    c->key, body_hash(c), app->now, &answer);
	if (rc == STORE_NONE)
		return false;
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
	} else if (!answer.same_body) {
		form_error(&c->form, c->arena, "key", "key_reused");
		reply_problem(app, c, 422, "key");
	} else {
		replay(app, c, &answer);
	}
	return true;
}

void
keys_remember(struct app *app, struct call *c, struct str scope)
{
	struct store_answer answer = {
		.status = c->res->status,
		.location = response_find(c->res, "Location"),
		.content_type = response_find(c->res, "Content-Type"),
		.body = buf_view(&c->res->body),
	};
	enum store_rc rc;

	if (c->key.n == 0 || c->route->flags & ROUTE_NO_REPLAY ||
	    c->res->status < 200 || c->res->status >= 400)
		return;
	rc = store_key_add(app->store, scope, key_route(c), c->key,
	    body_hash(c), &answer, app->now);
	if (rc != STORE_OK) {
		c->res->nheaders = 0;
		reply_store(app, c, rc);
	}
}
