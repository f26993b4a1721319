#include "submitd/pages/visitor.h"

#include <stddef.h>

#include "base/hash.h"
#include "submitd/http/cookie.h"
#include "submitd/pages/reply.h"

enum {
	COOKIE_BYTES = 32, /* behind a pre-login cookie */
	TOKEN_CHARS = 43,  /* 32 bytes in base64url */
	CSRF_DIGITS = 43,
	ID_DIGITS = 64,
};

/* --- cookies and CSRF --------------------------------------------------- */

static const char *
session_cookie(const struct app *app)
{
	return app->https ? "__Host-session" : "session";
}

static const char *
visitor_cookie(const struct app *app)
{
	return app->https ? "__Host-visitor" : "visitor";
}

/* A secret that we may have made: its length and alphabet. */
static bool
is_secret(struct str s)
{
	if (s.n != TOKEN_CHARS)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '-' || c == '_'))
			return false;
	}
	return true;
}

static void
set_cookie(const struct app *app, struct call *c, struct cookie cookie)
{
	cookie.secure = app->https;
	response_header(c->res, "Set-Cookie", cookie_make(c->arena, &cookie));
}

static void
drop_cookie(const struct app *app, struct call *c, const char *name)
{
	set_cookie(app, c, (struct cookie){ .name = name, .gone = true });
}

struct str
visitor_csrf(struct arena *a, struct str cookie)
{
	struct str parts[] = { STR("csrf"), cookie };

	return hash_hex(a, hash_of_all(parts, 2), CSRF_DIGITS);
}

struct str
call_csrf(struct app *app, struct call *c)
{
	if (c->csrf.n > 0)
		return c->csrf;
	if (c->cookie.n == 0) {
		c->cookie = hash_token(c->arena, COOKIE_BYTES);
		set_cookie(app, c,
		    (struct cookie){ .name = visitor_cookie(app),
			.value = c->cookie });
	}
	c->csrf = visitor_csrf(c->arena, c->cookie);
	return c->csrf;
}

/* --- sessions ----------------------------------------------------------- */

struct str
visitor_session_id(struct arena *a, struct str token)
{
	return hash_hex(a, hash_of(token), ID_DIGITS);
}

static void
mark_seen(struct app *app, const struct session *s)
{
	if (app->now - s->seen < SESSION_SEEN_EVERY || app->nseen == SEEN_MAX ||
	    s->id.n > SESSION_ID_MAX)
		return;
	char *to = app->seen[app->nseen++];

	for (size_t i = 0; i < s->id.n; i++)
		to[i] = s->id.p[i];
	to[s->id.n] = '\0';
}

static void
set_actor(struct call *c)
{
	c->who = (struct actor){ .address = c->req->address };
	if (c->user == NULL)
		return;
	c->who.account = c->user->id;
	c->who.role = c->user->role;
	c->who.organization = c->user->organization;
	c->who.municipality = c->user->municipality;
}

/* Empty when there is none, or not one of ours. */
static struct str
secret_cookie(const struct call *c, const char *name)
{
	struct str value;

	if (cookie_get(c->req, name, &value) == COOKIE_OK && is_secret(value))
		return value;
	return (struct str){ 0 };
}

/* False when the store cannot say; then it is answered. */
bool
visitor_find(struct app *app, struct call *c)
{
	struct str token = secret_cookie(c, session_cookie(app));
	enum store_rc rc = STORE_NONE;

	c->user = NULL;
	if (token.n > 0)
		rc = store_session_find(app->store, c->arena,
		    visitor_session_id(c->arena, token), app->now, &c->session);
	if (rc == STORE_FAILED) {
		reply_unknown(app, c);
		return false;
	}
	if (rc == STORE_OK) {
		c->user = &c->session.account;
		c->cookie = token;
		mark_seen(app, &c->session);
	} else {
		c->session = (struct session){ 0 };
		c->cookie = secret_cookie(c, visitor_cookie(app));
	}
	set_actor(c);
	return true;
}

enum store_rc
visitor_sign_in(struct app *app, struct call *c, const struct account *user)
{
	struct str token = hash_token(c->arena, SESSION_TOKEN_BYTES);
	struct str id = visitor_session_id(c->arena, token);
	enum store_rc rc;

	/* The one that was signed in here before must not live on unseen. */
	if (c->user != NULL) {
		rc = store_session_end(app->store, c->session.id);
		if (rc != STORE_OK && rc != STORE_NONE)
			return rc;
	}
	rc = store_session_add(app->store, id, user->id, c->req->address,
	    request_header(c->req, "User-Agent"), app->now);
	if (rc != STORE_OK)
		return rc;
	int64_t age = user->role == ROLE_GUARDIAN ? SESSION_IDLE_GUARDIAN : 0;

	set_cookie(app, c,
	    (struct cookie){ .name = session_cookie(app),
		.value = token,
		.max_age = age });
	drop_cookie(app, c, visitor_cookie(app));
	/* Without a secret: static pages show «Кабинет» by it. */
	set_cookie(app, c,
	    (struct cookie){ .name = "signed_in",
		.value = STR("1"),
		.max_age = age,
		.readable = true });
	c->cookie = token;
	c->csrf = visitor_csrf(c->arena, token);
	return STORE_OK;
}

enum store_rc
visitor_sign_out(struct app *app, struct call *c)
{
	enum store_rc rc = STORE_OK;

	if (c->user != NULL)
		rc = store_session_end(app->store, c->session.id);
	if (rc != STORE_OK && rc != STORE_NONE)
		return rc;
	drop_cookie(app, c, session_cookie(app));
	drop_cookie(app, c, visitor_cookie(app));
	drop_cookie(app, c, "signed_in");
	c->user = NULL;
	return STORE_OK;
}
