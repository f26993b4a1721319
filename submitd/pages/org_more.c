#include "base/value.h"
#include "submitd/pages/door.h"
#include "submitd/pages/org.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

/* The organizer's cabinet: sign-ups for events, answers to reviews. */

const struct form_field answer_text_fields[] = {
	{ .name = "text",
	    .max = REVIEW_TEXT_MAX,
	    .required = true,
	    .lines = true },
	{ 0 },
};

/* GET /org/sign-ups?event= */
void
org_sign_ups_get(struct app *app, struct call *c)
{
	struct sign_up_list list = { 0 };
	struct value *items = value_list(c->arena);
	struct value *v;
	int64_t after = 0;
	enum store_rc rc;

	(void)str_to_int64(form_text(&c->form, "after"), &after);
	rc = store_sign_up_list(app->store, c->arena, &c->who,
	    form_text(&c->form, "event"), after, 0, &list);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (c->json) {
		struct json j = reply_json(c, 200);

		part_list_open(&j);
		for (size_t i = 0; i < list.items.n; i++)
			part_sign_up_json(&j, &list.items.at[i]);
		part_list_close(&j, list.next);
		return;
	}
	for (size_t i = 0; i < list.items.n; i++)
		value_add(c->arena, items,
		    part_sign_up(app, c, &list.items.at[i]));
	v = reply_values(app, c, "cabinet.org_sign_ups.title");
	value_set(c->arena, v, STR("sign_ups"), items);
	if (list.next > 0)
		value_set_text(c->arena, v, "next_url",
		    str_format(c->arena, "/org/sign-ups?event=%.*s&after=%lld",
			STR_ARG(form_text(&c->form, "event")),
			(long long)list.next));
	part_menu(app, c, v, "/org/sign-ups");
	reply_page(app, c, 200, "cabinet/org_sign_ups.html", v);
}

static void
act(struct app *app, struct call *c, enum sign_up_action action)
{
	enum verdict verdict;
	struct sign_up s;
	enum store_rc rc = store_sign_up_act(app->store, c->arena, &c->who,
	    c->ids.value[0], action, form_text(&c->form, "reason"),
	    form_text(&c->form, "comment"), app->now, &verdict, &s);

	if (!part_done(app, c, rc, verdict))
		return;
	if (!c->json) {
		reply_see(c, STR("/org/sign-ups"));
		return;
	}
	struct json j = reply_json(c, 200);

	part_sign_up_json(&j, &s);
}

/* POST /org/sign-ups/{id}/approve */
void
org_sign_up_approve_post(struct app *app, struct call *c)
{
	act(app, c, SIGN_UP_APPROVE);
}

/* POST /org/sign-ups/{id}/decline */
void
org_sign_up_decline_post(struct app *app, struct call *c)
{
	enum decline_reason reason;

	if (form_text(&c->form, "reason").n > 0 &&
	    !decline_reason_from(form_text(&c->form, "reason"), &reason)) {
		form_error(&c->form, c->arena, "reason", "choose");
		reply_problem(app, c, 422, "fields");
		return;
	}
	act(app, c, SIGN_UP_DECLINE);
}

/* POST /org/sign-ups/{id}/attend */
void
org_sign_up_attend_post(struct app *app, struct call *c)
{
	act(app, c, SIGN_UP_ATTEND);
}

static enum store_rc
reviews_values(struct app *app, struct call *c, struct value **out)
{
	struct review_list list = { 0 };
	struct value *items = value_list(c->arena);
	enum store_rc rc = store_review_list(app->store, c->arena, &c->who,
	    REVIEW_APPROVED, 0, 0, &list);

	for (size_t i = 0; rc == STORE_OK && i < list.items.n; i++)
		value_add(c->arena, items,
		    part_review(app, c, &list.items.at[i]));
	*out = reply_values(app, c, "cabinet.org_reviews.title");
	value_set(c->arena, *out, STR("reviews"), items);
	part_menu(app, c, *out, "/org/reviews");
	return rc;
}

/* GET /org/reviews */
void
org_reviews_get(struct app *app, struct call *c)
{
	struct review_list list = { 0 };
	struct value *v;
	enum store_rc rc;

	if (c->json) {
		rc = store_review_list(app->store, c->arena, &c->who,
		    REVIEW_APPROVED, 0, 0, &list);
		if (rc == STORE_OK)
			part_review_list_json(c, &list);
		else
			reply_store(app, c, rc);
		return;
	}
	rc = reviews_values(app, c, &v);
	if (rc == STORE_OK)
		reply_page(app, c, 200, "cabinet/org_reviews.html", v);
	else
		reply_store(app, c, rc);
}

/* POST /org/reviews/{id}/answer */
void
org_review_answer_post(struct app *app, struct call *c)
{
	struct str text = form_text(&c->form, "text");
	enum verdict verdict;
	struct review r;
	struct value *v;
	enum store_rc rc;

	if (!form_ok(&c->form)) {
		rc = reviews_values(app, c, &v);
		if (rc == STORE_OK)
			reply_form(app, c, "cabinet/org_reviews.html", v);
		else
			reply_store(app, c, rc);
		return;
	}
	rc = store_review_answer(app->store, c->arena, &c->who, c->ids.value[0],
	    text, app->now, &verdict, &r);
	if (!part_done(app, c, rc, verdict))
		return;
	if (!c->json) {
		reply_see(c, STR("/org/reviews"));
		return;
	}
	struct json j = reply_json(c, 200);

	part_review_json(&j, &r);
}
