#include "base/value.h"
#include "submitd/domain/password.h"
#include "submitd/pages/account.h"
#include "submitd/pages/door.h"
#include "submitd/pages/hashing.h"
#include "submitd/pages/next.h"
#include "submitd/pages/reply.h"
#include "submitd/pages/visitor.h"

enum { NEXT_FIELD_MAX = 1000 };

const struct form_field login_fields[] = {
	{ .name = "email", .max = ACCOUNT_EMAIL_MAX, .required = true },
	{ .name = "password",
	    .max = 4 * PASSWORD_MAX,
	    .required = true,
	    .secret = true },
	{ .name = "next", .max = NEXT_FIELD_MAX },
	{ 0 },
};

const struct form_field login_query[] = {
	{ .name = "next", .max = NEXT_FIELD_MAX },
	{ .name = "done" },
	{ 0 },
};

static struct value *
login_view(struct app *app, struct call *c)
{
	struct value *v = reply_values(app, c, "account.login.title");
	struct str next = call_next(c, (struct str){ 0 });
	struct str done = c->req->method == METHOD_POST
			      ? (struct str){ 0 }
			      : form_text(&c->form, "done");

	value_set_text(c->arena, v, "next", next);
	value_set_text(c->arena, v, "register_url",
	    next_after(c->arena, STR("/account/register"), next));
	value_set_bool(c->arena, v, "confirmed",
	    str_eq(done, STR("confirmed")));
	value_set_bool(c->arena, v, "changed", str_eq(done, STR("changed")));
	return v;
}

/* GET /account/login */
void
login_get(struct app *app, struct call *c)
{
	if (c->user != NULL) {
		reply_see(c, call_next(c, reply_home(c)));
		return;
	}
	reply_page(app, c, 200, "cabinet/account_login.html",
	    login_view(app, c));
}

/*
 * Wrong passwords are counted in three ways, so that one account is guarded
 * against many hosts, many accounts against one host, and its owner can still
 * come in from elsewhere.  Whether the account is there makes no difference.
 */
static struct str
login_pair(struct call *c, struct str email)
{
	return str_format(c->arena, "%.*s %.*s", STR_ARG(c->req->address),
	    STR_ARG(email));
}

static bool
take_login(struct app *app, struct call *c, struct str email)
{
	return call_limit(app, c, LIMIT_LOGIN, login_pair(c, email)) &&
	       call_limit(app, c, LIMIT_LOGIN_ACCOUNT, email) &&
	       call_limit(app, c, LIMIT_LOGIN_ADDRESS, c->req->address);
}

static void
give_login(struct app *app, struct call *c, struct str email)
{
	call_limit_give(app, LIMIT_LOGIN, login_pair(c, email));
	call_limit_give(app, LIMIT_LOGIN_ACCOUNT, email);
	call_limit_give(app, LIMIT_LOGIN_ADDRESS, c->req->address);
}

static void
refuse(struct app *app, struct call *c)
{
	form_error(&c->form, c->arena, "password", "credentials");
	reply_form(app, c, "cabinet/account_login.html", login_view(app, c));
}

/* POST /account/login */
void
login_post(struct app *app, struct call *c)
{
	struct account account;
	struct str email, hash = { 0 };
	enum store_rc rc;

	if (!form_ok(&c->form)) {
		reply_form(app, c, "cabinet/account_login.html",
		    login_view(app, c));
		return;
	}
	/* What is no address gets the same answer, after the same time. */
	if (!account_email(c->arena, form_text(&c->form, "email"), &email))
		email = STR("-");
	if (!take_login(app, c, email))
		return;
	rc = store_account_find(app->store, c->arena, email, &account, &hash);
	if (rc == STORE_FAILED || rc == STORE_CONFLICT) {
		reply_store(app, c, rc);
		return;
	}
	if (rc == STORE_NONE)
		hash = (struct str){ 0 };
	hashing_compare(c, form_text(&c->form, "password"), hash);
}

/* The password is compared; the account may have changed meanwhile. */
void
login_finish(struct app *app, struct call *c)
{
	const struct hashing *h = hashing_done(c);
	struct account account;
	struct str email, hash;
	enum store_rc rc;

	if (!account_email(c->arena, form_text(&c->form, "email"), &email) ||
	    !h->matches) {
		refuse(app, c);
		return;
	}
	rc = store_account_find(app->store, c->arena, email, &account, &hash);
	if (rc == STORE_NONE || (rc == STORE_OK && !str_eq(hash, h->hash))) {
		refuse(app, c);
		return;
	}
	if (rc == STORE_OK)
		rc = visitor_sign_in(app, c, &account);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	give_login(app, c, email);
	c->user = &account;
	if (c->json)
		session_get(app, c);
	else
		reply_see(c, call_next(c, reply_home(c)));
	c->user = NULL;
}

/* POST /account/logout */
void
logout_post(struct app *app, struct call *c)
{
	enum store_rc rc = visitor_sign_out(app, c);

	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else
		reply_done(c, STR("/"));
}

/* GET /account/session: who one is, and the token for scripts */
void
session_get(struct app *app, struct call *c)
{
	struct str csrf = call_csrf(app, c);
	struct json j = reply_json(c, 200);

	json_open(&j, '{');
	json_key(&j, STR("role"));
	if (c->user == NULL)
		json_null(&j);
	else
		json_str(&j, str_from(role_name(c->user->role)));
	json_str_field(&j, STR("csrf"), csrf);
	json_close(&j, '}');
}
