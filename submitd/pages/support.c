#include "base/value.h"
#include "submitd/domain/catalog.h"
#include "submitd/pages/account.h"
#include "submitd/pages/door.h"
#include "submitd/pages/reply.h"

enum { TEXT_MAX = 2000 };

const struct form_field support_fields[] = {
	{ .name = "full_name", .max = ACCOUNT_NAME_MAX, .required = true },
	{ .name = "email", .max = ACCOUNT_EMAIL_MAX, .required = true },
	{ .name = "municipality" },
	{ .name = "text", .max = TEXT_MAX, .required = true, .lines = true },
	{ 0 },
};

static struct value *
support_view(struct app *app, struct call *c)
{
	struct arena *a = c->arena;
	struct value *v = reply_values(app, c, "account.support.title");
	struct value *list = value_list(a);
	struct str chosen = form_text(&c->form, "municipality");
	const struct map *all = &app->catalog->municipalities;

	for (size_t i = 0; i < all->n; i++) {
		const struct catalog_municipality *m = all->at[i].value;
		struct value *item = value_map(a);

		value_set_text(a, item, "id", m->id);
		value_set_text(a, item, "title", m->title);
		value_set_bool(a, item, "selected", str_eq(m->id, chosen));
		value_add(a, list, item);
	}
	value_set(a, v, STR("municipalities"), list);
	value_set_bool(a, v, "has_municipalities", value_count(list) > 0);
	return v;
}

/* GET /support */
void
support_get(struct app *app, struct call *c)
{
	reply_page(app, c, 200, "cabinet/account_support.html",
	    support_view(app, c));
}

static struct str
letter_params(struct app *app, struct call *c, struct str email)
{
	static const char *const names[] = { "full_name", "text" };
	struct buf b = { 0 };
	struct json j = { .out = &b };
	const struct catalog_municipality *m =
	    catalog_municipality(app->catalog,
		form_text(&c->form, "municipality"));
	struct str params;

	json_open(&j, '{');
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		json_str_field(&j, str_from(names[i]),
		    form_text(&c->form, names[i]));
	json_str_field(&j, STR("email"), email);
	json_str_field(&j, STR("municipality"),
	    m != NULL ? m->title : (struct str){ 0 });
	json_close(&j, '}');
	params = str_dup(c->arena, buf_view(&b));
	buf_free(&b);
	return params;
}

/* POST /support: a letter to the people whose address the site shows */
void
support_post(struct app *app, struct call *c)
{
	struct str municipality = form_text(&c->form, "municipality");
	struct str to = catalog_setting(app->catalog, "contact_email");
	struct str email;
	enum store_rc rc;

	if (form_text(&c->form, "email").n > 0 &&
	    !account_email(c->arena, form_text(&c->form, "email"), &email))
		form_error(&c->form, c->arena, "email", "email");
	if (municipality.n > 0 &&
	    catalog_municipality(app->catalog, municipality) == NULL)
		form_error(&c->form, c->arena, "municipality", "choice");
	if (!form_ok(&c->form)) {
		reply_form(app, c, "cabinet/account_support.html",
		    support_view(app, c));
		return;
	}
	if (!call_limit(app, c, LIMIT_SUPPORT, c->req->address))
		return;
	rc = store_mail_add(app->store, c->arena, "support",
	    to.n > 0 ? to : app->mail_from, letter_params(app, c, email),
	    app->now);
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else
		reply_done(c, STR("/account/sent?for=support"));
}
