#include "base/value.h"
#include "submitd/domain/catalog.h"
#include "submitd/domain/password.h"
#include "submitd/pages/account.h"
#include "submitd/pages/door.h"
#include "submitd/pages/hashing.h"
#include "submitd/pages/look.h"
#include "submitd/pages/next.h"
#include "submitd/pages/reply.h"

enum { CONSENT_MAX = 200, NEXT_FIELD_MAX = 1000 };

const struct form_field register_fields[] = {
	{ .name = "full_name", .max = ACCOUNT_NAME_MAX, .required = true },
	{ .name = "email", .max = ACCOUNT_EMAIL_MAX, .required = true },
	{ .name = "password",
	    .max = 4 * PASSWORD_MAX,
	    .required = true,
	    .secret = true },
	{ .name = "consent", .max = CONSENT_MAX, .repeat = true },
	{ .name = "next", .max = NEXT_FIELD_MAX },
	{ 0 },
};

const struct form_field confirm_fields[] = {
	{ .name = "next", .max = NEXT_FIELD_MAX },
	{ 0 },
};

const struct form_field sent_fields[] = {
	{ .name = "for" },
	{ 0 },
};

/* --- registration ------------------------------------------------------- */

static bool
is_ticked(const struct call *c, struct str consent)
{
	struct str text;

	for (size_t i = 0; form_text_at(&c->form, "consent", i, &text); i++) {
		if (str_eq(text, consent))
			return true;
	}
	return false;
}

static struct str
consent_name(struct call *c, const struct catalog_legal *l)
{
	return str_format(c->arena, "%.*s:%.*s", STR_ARG(l->id),
	    STR_ARG(l->version));
}

static struct value *
consent_list(struct app *app, struct call *c)
{
	struct arena *a = c->arena;
	struct value *list = value_list(a);

	for (size_t i = 0; i < app->catalog->legal.n; i++) {
		const struct catalog_legal *l = &app->catalog->legal.at[i];

		if (!l->consent)
			continue;
		struct value *v = value_map(a);
		struct str name = consent_name(c, l);

		value_set_text(a, v, "value", name);
		value_set_text(a, v, "title", l->title);
		value_set_text(a, v, "url",
		    look_page(app->look, a, "legal", l->id));
		value_set_bool(a, v, "required", l->required);
		value_set_bool(a, v, "checked", is_ticked(c, name));
		value_add(a, list, v);
	}
	return list;
}

static struct value *
register_view(struct app *app, struct call *c)
{
	struct value *v = reply_values(app, c, "account.register.title");
	struct value *consents = consent_list(app, c);
	struct str next = call_next(c, (struct str){ 0 });

	value_set(c->arena, v, STR("consents"), consents);
	value_set_bool(c->arena, v, "has_consents", value_count(consents) > 0);
	value_set_text(c->arena, v, "next", next);
	value_set_text(c->arena, v, "login_url",
	    next_after(c->arena, STR("/account/login"), next));
	return v;
}

/* GET /account/register */
void
register_get(struct app *app, struct call *c)
{
	if (c->user != NULL) {
		reply_see(c, call_next(c, reply_home(c)));
		return;
	}
	reply_page(app, c, 200, "cabinet/account_register.html",
	    register_view(app, c));
}

/* What is ticked; a document that is not ours is an error. */
static void
read_consents(struct app *app, struct call *c, struct registration *r)
{
	size_t n = app->catalog->legal.n;
	struct consent *consents =
	    arena_alloc(c->arena, sizeof(*consents), n + 1);
	struct str text;

	r->consents = consents;
	for (size_t i = 0; i < n; i++) {
		const struct catalog_legal *l = &app->catalog->legal.at[i];

		if (!l->consent)
			continue;
		if (is_ticked(c, consent_name(c, l)))
			consents[r->nconsents++] =
			    (struct consent){ l->id, l->version, l->hash };
		else if (l->required)
			form_error(&c->form, c->arena, "consent", "consent");
	}
	size_t ticked = 0;

	while (form_text_at(&c->form, "consent", ticked, &text))
		ticked++;
	/* One that is none of ours, or of an older version, or twice. */
	if (ticked != r->nconsents)
		form_error(&c->form, c->arena, "consent", "consent");
}

static struct registration
read_registration(struct app *app, struct call *c)
{
	struct registration r = { .next = call_next(c, (struct str){ 0 }) };

	if (form_text(&c->form, "full_name").n > 0 &&
	    !account_name(c->arena, form_text(&c->form, "full_name"),
		&r.full_name))
		form_error(&c->form, c->arena, "full_name", "name");
	if (form_text(&c->form, "email").n > 0 &&
	    !account_email(c->arena, form_text(&c->form, "email"), &r.email))
		form_error(&c->form, c->arena, "email", "email");
	if (form_text(&c->form, "password").n > 0)
		hashing_judge(c, "password");
	read_consents(app, c, &r);
	return r;
}

/* POST /account/register */
void
register_post(struct app *app, struct call *c)
{
	struct registration r = read_registration(app, c);

	if (!form_ok(&c->form)) {
		reply_form(app, c, "cabinet/account_register.html",
		    register_view(app, c));
		return;
	}
	if (!call_limit(app, c, LIMIT_REGISTER, c->req->address) ||
	    !call_limit(app, c, LIMIT_LETTERS, r.email))
		return;
	hashing_make(c, form_text(&c->form, "password"));
}

/* The password is hashed; the catalog may be another by now. */
void
register_finish(struct app *app, struct call *c)
{
	struct registration r = read_registration(app, c);
	enum verdict verdict = VERDICT_OK;
	enum store_rc rc;

	r.password = hashing_done(c)->made;
	if (r.password.n == 0) {
		reply_busy(app, c);
		return;
	}
	if (form_ok(&c->form)) {
		rc = store_account_register(app->store, c->arena, &r,
		    c->req->address, app->now, &verdict);
		if (rc != STORE_OK) {
			reply_store(app, c, rc);
			return;
		}
	}
	if (verdict == VERDICT_CONSENT)
		form_error(&c->form, c->arena, "consent", "consent");
	if (!form_ok(&c->form)) {
		reply_form(app, c, "cabinet/account_register.html",
		    register_view(app, c));
		return;
	}
	reply_done(c, STR("/account/sent?for=register"));
}

/* --- the letter's link --------------------------------------------------- */

static void
reply_stale(struct app *app, struct call *c)
{
	c->way = STR("/account/register");
	c->way_words = "problem.to_register";
	reply_problem(app, c, 409, "stale-link");
}

/* GET /account/confirm/{token}: one button, so that scanners do not press */
void
confirm_get(struct app *app, struct call *c)
{
	enum verdict verdict;
	struct str next;
	enum store_rc rc = store_account_confirm_peek(app->store, c->arena,
	    c->ids.value[0], app->now, &verdict, &next);

	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (verdict != VERDICT_OK) {
		reply_stale(app, c);
		return;
	}
	struct value *v = reply_values(app, c, "account.confirm.title");

	value_set_text(c->arena, v, "next", next);
	reply_page(app, c, 200, "cabinet/account_confirm.html", v);
}

/* POST /account/confirm/{token}: makes the account, signs nobody in */
void
confirm_post(struct app *app, struct call *c)
{
	enum verdict verdict;
	struct str next;
	enum store_rc rc = store_account_confirm(app->store, c->arena,
	    c->ids.value[0], app->now, &verdict, &next);

	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else if (verdict != VERDICT_OK)
		reply_stale(app, c);
	else
		reply_done(c,
		    next_after(c->arena, STR("/account/login?done=confirmed"),
			call_next(c, next)));
}

/* --- a letter is on its way --------------------------------------------- */

struct sent {
	const char *what;
	const char *title, *text, *back, *back_url;
	bool letter;
};

static const struct sent sent_pages[] = {
	{ "register", "account.sent.register_title",
	    "account.sent.register_text", "account.sent.to_login",
	    "/account/login", true },
	{ "reset", "account.sent.reset_title", "account.sent.reset_text",
	    "account.sent.to_login", "/account/login", true },
	{ "support", "account.sent.support_title", "account.sent.support_text",
	    "account.sent.to_home", "/", false },
};

/* GET /account/sent?for=register */
void
sent_get(struct app *app, struct call *c)
{
	struct str what = form_text(&c->form, "for");
	const struct sent *s = NULL;

	for (size_t i = 0; i < sizeof(sent_pages) / sizeof(*s); i++) {
		if (str_eq(what, str_from(sent_pages[i].what)))
			s = &sent_pages[i];
	}
	if (s == NULL) {
		reply_not_found(app, c);
		return;
	}
	struct value *v = reply_values(app, c, s->title);

	value_set_text(c->arena, v, "title", reply_words(app, s->title));
	value_set_text(c->arena, v, "text", reply_words(app, s->text));
	value_set_text(c->arena, v, "back", reply_words(app, s->back));
	value_set_text(c->arena, v, "back_url", str_from(s->back_url));
	value_set_bool(c->arena, v, "letter", s->letter);
	reply_page(app, c, 200, "cabinet/account_sent.html", v);
}
