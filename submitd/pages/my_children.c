#include "submitd/pages/my_children.h"

#include "base/value.h"
#include "submitd/pages/door.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

/* The guardian's children: adding one, the way in to one that exists. */

const struct form_field child_fields[] = {
	{ .name = "family_name", .max = CHILD_NAME_MAX, .required = true },
	{ .name = "given_name", .max = CHILD_NAME_MAX, .required = true },
	{ .name = "patronymic", .max = CHILD_NAME_MAX },
	{ .name = "birth_date", .required = true },
	{ .name = "municipality", .required = true },
	{ .name = "next", .max = 500 },
	{ 0 },
};

const struct form_field claim_fields[] = {
	{ .name = "family_name", .max = CHILD_NAME_MAX, .required = true },
	{ .name = "given_name", .max = CHILD_NAME_MAX, .required = true },
	{ .name = "patronymic", .max = CHILD_NAME_MAX },
	{ .name = "birth_date", .required = true },
	{ .name = "municipality", .required = true },
	{ .name = "way" },
	{ 0 },
};

const struct form_field answer_fields[] = { { .name = "answer" }, { 0 } };

/* A name's field: letters; whether it must be there, its table says. */
static struct str
name_input(struct call *c, const char *field)
{
	struct str typed = form_text(&c->form, field);
	struct str name = { 0 };

	if (typed.n > 0 && !account_name(c->arena, typed, &name))
		form_error(&c->form, c->arena, field, "name");
	return name;
}

/* The child of a form; what is wrong with it is in the call's errors. */
static struct child
read_child(struct app *app, struct call *c)
{
	struct child child = {
		.family_name = name_input(c, "family_name"),
		.given_name = name_input(c, "given_name"),
		.patronymic = name_input(c, "patronymic"),
		.municipality = form_text(&c->form, "municipality"),
	};
	struct str date = form_text(&c->form, "birth_date");

	if (date.n > 0 && !part_date(date, &child.birth))
		form_error(&c->form, c->arena, "birth_date", "date");
	else if (date.n > 0 &&
		 !child_may_be_entered(child.birth, part_today(app)))
		form_error(&c->form, c->arena, "birth_date", "child-age");
	if (child.municipality.n > 0 &&
	    catalog_municipality(app->catalog, child.municipality) == NULL)
		form_error(&c->form, c->arena, "municipality", "unknown");
	return child;
}

/* The page with the list and the form; also the form again. */
static enum store_rc
children_values(struct app *app, struct call *c, struct value **out)
{
	struct child_list children = { 0 };
	struct value *list = value_list(c->arena);
	enum store_rc rc =
	    store_child_list(app->store, c->arena, &c->who, &children);

	*out = reply_values(app, c, "cabinet.children.title");
	if (rc != STORE_OK)
		return rc;
	for (size_t i = 0; i < children.items.n; i++)
		value_add(c->arena, list,
		    part_child(app, c, &children.items.at[i], i));
	value_set(c->arena, *out, STR("children"), list);
	value_set(c->arena, *out, STR("municipalities"),
	    part_municipalities(app, c, form_text(&c->form, "municipality")));
	value_set_text(c->arena, *out, "next", call_next(c, (struct str){ 0 }));
	part_menu(app, c, *out, "/my/children");
	return STORE_OK;
}

/* GET /my/children */
void
children_get(struct app *app, struct call *c)
{
	struct child_list children = { 0 };
	struct value *v;
	enum store_rc rc;

	if (!c->json) {
		rc = children_values(app, c, &v);
		if (rc == STORE_OK)
			reply_page(app, c, 200, "cabinet/children.html", v);
		else
			reply_store(app, c, rc);
		return;
	}
	rc = store_child_list(app->store, c->arena, &c->who, &children);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	struct json j = reply_json(c, 200);

	part_list_open(&j);
	for (size_t i = 0; i < children.items.n; i++)
		part_child_json(&j, &children.items.at[i]);
	part_list_close(&j, 0);
}

/* The same child is there already: not a dead end but two ways in. */
static void
child_exists(struct app *app, struct call *c)
{
	struct value *v;

	if (c->json) {
		reply_problem(app, c, 409, "duplicate");
		return;
	}
	v = reply_values(app, c, "cabinet.claim.title");
	part_menu(app, c, v, "/my/children");
	reply_page(app, c, 409, "cabinet/claim.html", v);
}

/* POST /my/children */
void
children_post(struct app *app, struct call *c)
{
	struct child child = read_child(app, c);
	enum verdict verdict;
	struct value *v;
	enum store_rc rc;

	if (!form_ok(&c->form)) {
		rc = children_values(app, c, &v);
		if (rc == STORE_OK)
			reply_form(app, c, "cabinet/children.html", v);
		else
			reply_store(app, c, rc);
		return;
	}
	rc = store_child_add(app->store, c->arena, &c->who, &child, app->now,
	    &verdict, &child.id);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (verdict == VERDICT_EXISTS) {
		c->keep = true; /* the try counts */
		child_exists(app, c);
		return;
	}
	if (verdict != VERDICT_OK) {
		part_verdict(app, c, verdict);
		return;
	}
	if (!c->json) {
		reply_see(c, call_next(c, STR("/my/children")));
		return;
	}
	struct json j = reply_made(c, part_url(c, "/my/children", child.id));

	part_child_json(&j, &child);
}

/* The certificate's sums and lines on a child's page. */
static enum store_rc
certificate_values(struct app *app, struct call *c, const struct child *child,
    struct value *v)
{
	struct certificate k;
	struct ledger ledger = { 0 };
	struct value *lines = value_list(c->arena);
	int64_t available = 0;
	enum store_rc rc = store_certificate_of(app->store, c->arena, &c->who,
	    child->id, app->now, &k);

	if (rc == STORE_NONE)
		return STORE_OK;
	if (rc == STORE_OK)
		rc = store_certificate_ledger(app->store, c->arena, k.id,
		    &ledger);
	if (rc != STORE_OK)
		return rc;
	value_set(c->arena, v, STR("certificate"),
	    part_certificate(app, c, &k));
	for (size_t i = 0; i < ledger.items.n; i++) {
		const struct ledger_line *l = &ledger.items.at[i];

		if (l->year != k.year)
			continue;
		available += l->amount;
		value_add(c->arena, lines,
		    part_ledger_line(app, c, l, available));
	}
	value_set(c->arena, v, STR("ledger"), lines);
	return STORE_OK;
}

/* GET /my/children/{id} */
void
child_get(struct app *app, struct call *c)
{
	struct child child;
	struct value *v;
	enum store_rc rc = store_child_get(app->store, c->arena, &c->who,
	    c->ids.value[0], &child);

	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (c->json) {
		struct json j = reply_json(c, 200);

		part_child_json(&j, &child);
		return;
	}
	v = reply_values(app, c, "cabinet.child.title");
	value_set(c->arena, v, STR("child"), part_child(app, c, &child, 0));
	part_menu(app, c, v, "/my/children");
	rc = certificate_values(app, c, &child, v);
	if (rc == STORE_OK)
		reply_page(app, c, 200, "cabinet/child.html", v);
	else
		reply_store(app, c, rc);
}

/* GET /my/children/{id}/certificate */
void
certificate_get(struct app *app, struct call *c)
{
	struct certificate k;
	enum store_rc rc;

	if (!c->json) {
		child_get(app, c);
		return;
	}
	rc = store_certificate_of(app->store, c->arena, &c->who,
	    c->ids.value[0], app->now, &k);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	struct json j = reply_json(c, 200);

	part_certificate_json(&j, &k);
}

/* POST /my/children/{id}/certificate: asks for one. */
void
certificate_post(struct app *app, struct call *c)
{
	struct str place = part_url(c, "/my/children", c->ids.value[0]);
	enum verdict verdict;
	struct certificate k;
	struct str id;
	enum store_rc rc = store_certificate_request(app->store, c->arena,
	    &c->who, c->ids.value[0], app->now, &verdict, &id);

	if (rc == STORE_OK && verdict != VERDICT_OK) {
		part_verdict(app, c, verdict);
		return;
	}
	if (rc == STORE_OK)
		rc = store_certificate_of(app->store, c->arena, &c->who,
		    c->ids.value[0], app->now, &k);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (!c->json) {
		reply_see(c, place);
		return;
	}
	struct json j = reply_made(c,
	    str_format(c->arena, "%.*s/certificate", STR_ARG(place)));

	part_certificate_json(&j, &k);
}

/* GET /my/children/claim */
void
claim_get(struct app *app, struct call *c)
{
	struct value *v = reply_values(app, c, "cabinet.claim.title");

	value_set_bool(c->arena, v, "ask", true);
	value_set(c->arena, v, STR("municipalities"),
	    part_municipalities(app, c, form_text(&c->form, "municipality")));
	part_menu(app, c, v, "/my/children");
	reply_page(app, c, 200, "cabinet/claim.html", v);
}

/* POST /my/children/claim: "it is my child", by letter or by the operator. */
void
claim_post(struct app *app, struct call *c)
{
	struct child child = read_child(app, c);
	struct str way_name = form_text(&c->form, "way");
	enum claim_way way = CLAIM_GUARDIAN;
	enum verdict verdict;
	struct value *v;
	struct str id;
	enum store_rc rc;

	if (way_name.n > 0 && !claim_way_from(way_name, &way))
		form_error(&c->form, c->arena, "way", "unknown");
	v = reply_values(app, c, "cabinet.claim.title");
	part_menu(app, c, v, "/my/children");
	value_set_bool(c->arena, v, "by_operator", way == CLAIM_OPERATOR);
	if (!form_ok(&c->form)) {
		value_set_bool(c->arena, v, "ask", true);
		value_set(c->arena, v, STR("municipalities"),
		    part_municipalities(app, c, child.municipality));
		reply_form(app, c, "cabinet/claim.html", v);
		return;
	}
	rc = store_claim_add(app->store, c->arena, &c->who, &child, way,
	    app->now, &verdict, &id);
	if (!part_done(app, c, rc, verdict))
		return;
	if (!c->json) {
		value_set_bool(c->arena, v, "sent", true);
		reply_page(app, c, 200, "cabinet/claim.html", v);
		return;
	}
	struct json j = reply_made(c, STR("/my/children/claim"));

	json_open(&j, '{');
	json_str_field(&j, STR("id"), id);
	json_str_field(&j, STR("way"), str_from(claim_way_name(way)));
	json_close(&j, '}');
}

/* GET /my/children/claim/{token}: what the letter's link leads to. */
void
claim_answer_get(struct app *app, struct call *c)
{
	struct claim claim;
	enum verdict verdict;
	struct value *v;
	enum store_rc rc = store_claim_peek(app->store, c->arena,
	    c->ids.value[0], app->now, &verdict, &claim);

	if (!part_done(app, c, rc, verdict))
		return;
	v = reply_values(app, c, "cabinet.claim_answer.title");
	value_set_text(c->arena, v, "claimant", claim.claimant);
	value_set_text(c->arena, v, "child", claim.child.given_name);
	reply_page(app, c, 200, "cabinet/claim_answer.html", v);
}

/* POST /my/children/claim/{token} */
void
claim_answer_post(struct app *app, struct call *c)
{
	static const char *const answers[] = { "yes", "no", NULL };
	bool yes = form_choice(&c->form, c->arena, "answer", answers) != 1;
	enum verdict verdict;
	struct value *v;
	enum store_rc rc;

	if (!form_ok(&c->form)) {
		reply_problem(app, c, 422, "fields");
		return;
	}
	rc = store_claim_answer(app->store, c->arena, c->ids.value[0], yes,
	    app->now, &verdict);
	if (!part_done(app, c, rc, verdict))
		return;
	if (c->json) {
		struct json j = reply_json(c, 200);

		json_open(&j, '{');
		json_bool_field(&j, STR("confirmed"), yes);
		json_close(&j, '}');
		return;
	}
	v = reply_values(app, c, "cabinet.claim_answer.title");
	value_set_bool(c->arena, v, "done", true);
	value_set_bool(c->arena, v, "yes", yes);
	reply_page(app, c, 200, "cabinet/claim_answer.html", v);
}
