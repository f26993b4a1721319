#include "submitd/domain/password.h"
#include "base/hash.h"
#include "base/value.h"
#include "submitd/pages/account.h"
#include "submitd/pages/door.h"
#include "submitd/pages/hashing.h"
#include "submitd/pages/reply.h"

enum { KEY_BYTES = 16 };

const struct form_field reset_fields[] = {
	{ .name = "email", .max = ACCOUNT_EMAIL_MAX, .required = true },
	{ 0 },
};

const struct form_field reset_token_fields[] = {
	{ .name = "password",
	    .max = 4 * PASSWORD_MAX,
	    .required = true,
	    .secret = true },
	{ 0 },
};

const struct form_field password_fields[] = {
	{ .name = "current",
	    .max = 4 * PASSWORD_MAX,
	    .required = true,
	    .secret = true },
	{ .name = "password",
	    .max = 4 * PASSWORD_MAX,
	    .required = true,
	    .secret = true },
	{ 0 },
};

/* --- a link is asked for ------------------------------------------------- */

/* GET /account/reset */
void
reset_get(struct app *app, struct call *c)
{
	reply_page(app, c, 200, "cabinet/account_reset.html",
	    reply_values(app, c, "account.reset.title"));
}

/* POST /account/reset: the same answer for any address */
void
reset_post(struct app *app, struct call *c)
{
	struct str email;
	enum store_rc rc;

	if (form_text(&c->form, "email").n > 0 &&
	    !account_email(c->arena, form_text(&c->form, "email"), &email))
		form_error(&c->form, c->arena, "email", "email");
	if (!form_ok(&c->form)) {
		reply_form(app, c, "cabinet/account_reset.html",
		    reply_values(app, c, "account.reset.title"));
		return;
	}
	if (!call_limit(app, c, LIMIT_LETTERS, email))
		return;
	/* A key is stored with the answer, so both ways wait for the disk. */
	if (c->key.n == 0)
		c->key = hash_token(c->arena, KEY_BYTES);
	rc = store_account_reset_ask(app->store, c->arena, email, app->now);
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else
		reply_done(c, STR("/account/sent?for=reset"));
}

/* --- the letter's link --------------------------------------------------- */

static void
reply_stale(struct app *app, struct call *c)
{
	c->way = STR("/account/reset");
	c->way_words = "problem.to_reset";
	reply_problem(app, c, 409, "stale-link");
}

static struct value *
password_view(struct app *app, struct call *c, bool change)
{
	struct value *v = reply_values(app, c, "account.password_page.title");

	value_set_bool(c->arena, v, "change", change);
	return v;
}

/* GET /account/reset/{token} */
void
reset_token_get(struct app *app, struct call *c)
{
	enum verdict verdict;
	enum store_rc rc = store_account_reset_peek(app->store, c->arena,
	    c->ids.value[0], app->now, &verdict);

	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else if (verdict != VERDICT_OK)
		reply_stale(app, c);
	else
		reply_page(app, c, 200, "cabinet/account_password.html",
		    password_view(app, c, false));
}

/* POST /account/reset/{token} */
void
reset_token_post(struct app *app, struct call *c)
{
	enum verdict verdict;
	enum store_rc rc;

	if (form_text(&c->form, "password").n > 0)
		hashing_judge(c, "password");
	if (!form_ok(&c->form)) {
		reply_form(app, c, "cabinet/account_password.html",
		    password_view(app, c, false));
		return;
	}
	rc = store_account_reset_peek(app->store, c->arena, c->ids.value[0],
	    app->now, &verdict);
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else if (verdict != VERDICT_OK)
		reply_stale(app, c);
	else
		hashing_make(c, form_text(&c->form, "password"));
}

void
reset_token_finish(struct app *app, struct call *c)
{
	struct str made = hashing_done(c)->made;
	enum verdict verdict;
	enum store_rc rc;

	if (made.n == 0) {
		reply_busy(app, c);
		return;
	}
	rc = store_account_reset(app->store, c->arena, c->ids.value[0], made,
	    app->now, &verdict);
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else if (verdict != VERDICT_OK)
		reply_stale(app, c);
	else
		reply_done(c, STR("/account/login?done=changed"));
}

/* --- a new password for one who is signed in ----------------------------- */

/* GET /account/password */
void
password_get(struct app *app, struct call *c)
{
	reply_page(app, c, 200, "cabinet/account_password.html",
	    password_view(app, c, true));
}

/* POST /account/password */
void
password_post(struct app *app, struct call *c)
{
	struct account account;
	struct str hash;
	enum store_rc rc;

	if (form_text(&c->form, "password").n > 0)
		hashing_judge(c, "password");
	if (!form_ok(&c->form)) {
		reply_form(app, c, "cabinet/account_password.html",
		    password_view(app, c, true));
		return;
	}
	if (!call_limit(app, c, LIMIT_LOGIN_ACCOUNT, c->user->email))
		return;
	rc = store_account_get(app->store, c->arena, c->user->id, &account,
	    &hash);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	struct hashing *h =
	    hashing_compare(c, form_text(&c->form, "current"), hash);

	h->fresh = form_text(&c->form, "password");
}

void
password_finish(struct app *app, struct call *c)
{
	const struct hashing *h = hashing_done(c);
	struct account account;
	struct str hash;
	enum store_rc rc;

	if (h->made.n == 0) {
		reply_busy(app, c);
		return;
	}
	rc = store_account_get(app->store, c->arena, c->user->id, &account,
	    &hash);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (!h->matches || !str_eq(hash, h->hash)) {
		form_error(&c->form, c->arena, "current", "current");
		reply_form(app, c, "cabinet/account_password.html",
		    password_view(app, c, true));
		return;
	}
	call_limit_give(app, LIMIT_LOGIN_ACCOUNT, c->user->email);
	rc = store_account_password_set(app->store, c->arena, &c->who, h->made,
	    c->session.id, app->now);
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else
		reply_done(c, reply_home(c));
}
