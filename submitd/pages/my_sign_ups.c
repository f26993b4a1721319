#include "submitd/pages/my_sign_ups.h"
#include "submitd/pages/door.h"
#include "submitd/pages/look.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

#include "base/theme.h"
#include "base/value.h"
#include "base/words.h"

/* Signing several children up for an event, in one form. */

const struct form_field sign_up_fields[] = {
	{ .name = "event", .required = true },
	{ .name = "category" },
	{ .name = "child", .repeat = true },
	{ 0 },
};

const struct form_field sign_up_new_fields[] = { { .name = "event" }, { 0 } };

static bool
is_chosen(const struct call *c, const char *field, struct str id)
{
	struct str chosen;

	for (size_t i = 0; form_text_at(&c->form, field, i, &chosen); i++) {
		if (str_eq(chosen, id))
			return true;
	}
	return false;
}

/* None is chosen beforehand, unless there is only one. */
static enum store_rc
add_children(struct app *app, struct call *c, struct value *v)
{
	struct child_list children = { 0 };
	struct value *list = value_list(c->arena);
	enum store_rc rc =
	    store_child_list(app->store, c->arena, &c->who, &children);

	for (size_t i = 0; rc == STORE_OK && i < children.items.n; i++) {
		const struct child *child = &children.items.at[i];
		struct value *one = part_child(app, c, child, i);

		value_set_bool(c->arena, one, "selected",
		    children.items.n == 1 || is_chosen(c, "child", child->id));
		value_add(c->arena, list, one);
	}
	value_set(c->arena, v, STR("children"), list);
	value_set_bool(c->arena, v, "has_children", children.items.n > 0);
	return rc;
}

static void
add_categories(struct app *app, struct call *c, const struct catalog_event *e,
    struct value *v)
{
	struct arena *a = c->arena;
	struct value *list = value_list(a);

	for (size_t i = 0; i < e->categories.n; i++) {
		const struct catalog_category *k = &e->categories.at[i];
		struct value *one = value_map(a);

		value_set_text(a, one, "id", k->id);
		value_set_text(a, one, "title", k->title);
		value_set_text(a, one, "ages",
		    words_ages(app->theme->strings, a, k->age_min, k->age_max));
		if (k->price > 0)
			value_set_text(a, one, "price",
			    part_rub(app, c, k->price));
		value_set_bool(a, one, "selected",
		    e->categories.n == 1 ||
			str_eq(k->id, form_text(&c->form, "category")));
		value_add(a, list, one);
	}
	value_set(a, v, STR("categories"), list);
	value_set_bool(a, v, "has_categories", e->categories.n > 0);
}

static enum store_rc
form_values(struct app *app, struct call *c, struct value **out)
{
	const struct catalog_event *e =
	    catalog_event(app->catalog, form_text(&c->form, "event"));
	struct value *v;

	if (e == NULL || !e->sign_up)
		return STORE_NONE;
	v = *out = reply_values(app, c, "cabinet.sign_up.title");
	value_set_text(c->arena, v, "event", e->id);
	value_set_text(c->arena, v, "event_title", e->title);
	value_set_text(c->arena, v, "event_url",
	    look_page(app->look, c->arena, "events", e->id));
	value_set_text(c->arena, v, "when",
	    e->whole_day ? words_date(app->theme->strings, c->arena,
			       date_local(e->starts).date, part_today(app))
			 : words_moment(app->theme->strings, c->arena,
			       e->starts, part_today(app)));
	value_set_text(c->arena, v, "place", e->place);
	value_set_text(c->arena, v, "here",
	    str_format(c->arena, "/my/sign-ups/new?event=%.*s",
		STR_ARG(e->id)));
	add_categories(app, c, e, v);
	value_set(c->arena, v, STR("municipalities"),
	    part_municipalities(app, c,
		e->municipality != NULL ? e->municipality->id : STR("")));
	part_menu(app, c, v, "/my/sign-ups");
	return add_children(app, c, v);
}

/* GET /my/sign-ups/new?event= */
void
sign_up_new_get(struct app *app, struct call *c)
{
	struct value *v;
	enum store_rc rc = form_values(app, c, &v);

	if (rc == STORE_OK)
		reply_page(app, c, 200, "cabinet/sign_up.html", v);
	else
		reply_store(app, c, rc);
}

static void
sign_up_again(struct app *app, struct call *c)
{
	struct value *v = NULL;
	enum store_rc rc = c->json ? STORE_OK : form_values(app, c, &v);

	if (rc == STORE_OK)
		reply_form(app, c, "cabinet/sign_up.html", v);
	else
		reply_store(app, c, rc);
}

static void
put_list(struct json *j, const struct sign_up_list *list)
{
	json_key(j, STR("items"));
	json_open(j, '[');
	for (size_t i = 0; i < list->items.n; i++)
		part_sign_up_json(j, &list->items.at[i]);
	json_close(j, ']');
}

/* The sign-up of a form; what is wrong with it is in the call's errors. */
static struct sign_up_ask
read_ask(struct app *app, struct call *c)
{
	struct str *children =
	    arena_alloc(c->arena, sizeof(*children), FORM_FIELDS_MAX);
	size_t n = 0;
	struct sign_up_ask ask = { .event = form_text(&c->form, "event"),
		.category = form_text(&c->form, "category"),
		.children = children };
	const struct catalog_event *e = catalog_event(app->catalog, ask.event);

	while (n < FORM_FIELDS_MAX &&
	       form_text_at(&c->form, "child", n, &children[n]))
		n++;
	ask.nchildren = n;
	if (n == 0)
		form_error(&c->form, c->arena, "child", "choose-children");
	else if (n > SIGN_UP_CHILDREN_MAX)
		form_error(&c->form, c->arena, "child", "many");
	if (e != NULL && e->categories.n > 0 && ask.category.n == 0)
		form_error(&c->form, c->arena, "category", "choose");
	return ask;
}

/* POST /my/sign-ups */
void
sign_ups_post(struct app *app, struct call *c)
{
	struct sign_up_ask ask = read_ask(app, c);
	struct sign_up_list made = { 0 };
	enum verdict verdict;
	size_t failed;
	enum store_rc rc;

	if (!form_ok(&c->form)) {
		sign_up_again(app, c);
		return;
	}
	rc = store_sign_up_add(app->store, c->arena, &c->who, &ask, app->now,
	    &verdict, &failed, &made);
	if (!part_done(app, c, rc, verdict))
		return;
	if (!c->json) {
		reply_see(c, STR("/my/sign-ups"));
		return;
	}
	struct json j = reply_made(c, STR("/my/sign-ups"));

	json_open(&j, '{');
	json_str_field(&j, STR("id"), made.items.at[0].id);
	put_list(&j, &made);
	json_close(&j, '}');
}

/* GET /my/sign-ups */
void
sign_ups_get(struct app *app, struct call *c)
{
	struct sign_up_list list = { 0 };
	struct value *items = value_list(c->arena);
	struct value *v;
	enum store_rc rc = store_sign_up_list(app->store, c->arena, &c->who,
	    (struct str){ 0 }, 0, 0, &list);

	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (c->json) {
		struct json j = reply_json(c, 200);

		json_open(&j, '{');
		put_list(&j, &list);
		json_key(&j, STR("next"));
		json_null(&j);
		json_close(&j, '}');
		return;
	}
	for (size_t i = 0; i < list.items.n; i++)
		value_add(c->arena, items,
		    part_sign_up(app, c, &list.items.at[i]));
	v = reply_values(app, c, "cabinet.sign_ups.title");
	value_set(c->arena, v, STR("sign_ups"), items);
	part_menu(app, c, v, "/my/sign-ups");
	reply_page(app, c, 200, "cabinet/sign_ups.html", v);
}

/* GET /my/sign-ups/{id} */
void
sign_up_get(struct app *app, struct call *c)
{
	struct sign_up s;
	enum store_rc rc = store_sign_up_get(app->store, c->arena, &c->who,
	    c->ids.value[0], &s);

	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (!c->json) {
		reply_see(c, STR("/my/sign-ups"));
		return;
	}
	struct json j = reply_json(c, 200);

	part_sign_up_json(&j, &s);
}

/* POST /my/sign-ups/{id}/cancel */
void
sign_up_cancel_post(struct app *app, struct call *c)
{
	enum verdict verdict;
	struct sign_up s;
	enum store_rc rc = store_sign_up_act(app->store, c->arena, &c->who,
	    c->ids.value[0], SIGN_UP_CANCEL, (struct str){ 0 },
	    (struct str){ 0 }, app->now, &verdict, &s);

	if (!part_done(app, c, rc, verdict))
		return;
	if (!c->json) {
		reply_see(c, STR("/my/sign-ups"));
		return;
	}
	struct json j = reply_json(c, 200);

	part_sign_up_json(&j, &s);
}
