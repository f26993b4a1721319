#include "base/value.h"
#include "submitd/pages/door.h"
#include "submitd/pages/my_sign_ups.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

/* Reviews of the programs in which the guardian's children were enrolled. */

const struct form_field review_fields[] = {
	{ .name = "program", .required = true },
	{ .name = "rating", .required = true },
	{ .name = "text",
	    .max = REVIEW_TEXT_MAX,
	    .required = true,
	    .lines = true },
	{ 0 },
};

enum { RATING_MAX = 5 };

static enum store_rc
add_own(struct app *app, struct call *c, struct value *v)
{
	struct review_list own = { 0 };
	struct value *list = value_list(c->arena);
	enum store_rc rc =
	    store_review_list(app->store, c->arena, &c->who, -1, 0, 0, &own);

	for (size_t i = 0; rc == STORE_OK && i < own.items.n; i++)
		value_add(c->arena, list,
		    part_review(app, c, &own.items.at[i]));
	value_set(c->arena, v, STR("reviews"), list);
	return rc;
}

static enum store_rc
add_programs(struct app *app, struct call *c, struct value *v)
{
	struct program_list programs = { 0 };
	struct value *list = value_list(c->arena);
	enum store_rc rc =
	    store_review_programs(app->store, c->arena, &c->who, &programs);

	for (size_t i = 0; rc == STORE_OK && i < programs.items.n; i++) {
		const struct catalog_program *p =
		    catalog_program(app->catalog, programs.items.at[i]);
		struct value *one = value_map(c->arena);

		if (p == NULL)
			continue;
		value_set_text(c->arena, one, "id", p->id);
		value_set_text(c->arena, one, "title", p->title);
		value_set_bool(c->arena, one, "selected",
		    programs.items.n == 1 ||
			str_eq(p->id, form_text(&c->form, "program")));
		value_add(c->arena, list, one);
	}
	value_set(c->arena, v, STR("programs"), list);
	value_set_bool(c->arena, v, "has_programs", value_count(list) > 0);
	return rc;
}

static void
add_ratings(struct call *c, struct value *v)
{
	struct value *list = value_list(c->arena);
	struct str chosen = form_text(&c->form, "rating");

	for (int i = RATING_MAX; i >= 1; i--) {
		struct value *one = value_map(c->arena);
		struct str n = str_format(c->arena, "%d", i);

		value_set_text(c->arena, one, "n", n);
		value_set_bool(c->arena, one, "selected", str_eq(n, chosen));
		value_add(c->arena, list, one);
	}
	value_set(c->arena, v, STR("ratings"), list);
}

static enum store_rc
page_values(struct app *app, struct call *c, struct value **out)
{
	enum store_rc rc;

	*out = reply_values(app, c, "cabinet.reviews.title");
	part_menu(app, c, *out, "/my/reviews");
	add_ratings(c, *out);
	rc = add_programs(app, c, *out);
	return rc == STORE_OK ? add_own(app, c, *out) : rc;
}

static void
reply_list(struct app *app, struct call *c)
{
	struct review_list own = { 0 };
	enum store_rc rc =
	    store_review_list(app->store, c->arena, &c->who, -1, 0, 0, &own);

	if (rc == STORE_OK)
		part_review_list_json(c, &own);
	else
		reply_store(app, c, rc);
}

/* GET /my/reviews */
void
reviews_get(struct app *app, struct call *c)
{
	struct value *v;
	enum store_rc rc;

	if (c->json) {
		reply_list(app, c);
		return;
	}
	rc = page_values(app, c, &v);
	if (rc == STORE_OK)
		reply_page(app, c, 200, "cabinet/reviews.html", v);
	else
		reply_store(app, c, rc);
}

/* POST /my/reviews */
void
reviews_post(struct app *app, struct call *c)
{
	struct str text = form_text(&c->form, "text");
	enum verdict verdict;
	struct review made;
	struct value *v = NULL;
	int64_t rating = 0;
	enum store_rc rc;

	(void)form_int(&c->form, c->arena, "rating", 1, RATING_MAX, &rating);
	if (!form_ok(&c->form)) {
		rc = c->json ? STORE_OK : page_values(app, c, &v);
		if (rc == STORE_OK)
			reply_form(app, c, "cabinet/reviews.html", v);
		else
			reply_store(app, c, rc);
		return;
	}
	rc = store_review_put(app->store, c->arena, &c->who,
	    form_text(&c->form, "program"), (int)rating, text, app->now,
	    &verdict, &made);
	if (!part_done(app, c, rc, verdict))
		return;
	if (!c->json) {
		reply_see(c, STR("/my/reviews"));
		return;
	}
	struct json j = reply_made(c, STR("/my/reviews"));

	part_review_json(&j, &made);
}
