#include "submitd/pages/org.h"

#include "base/value.h"
#include "submitd/pages/door.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

/* The organizer's cabinet: answering applications. */

enum { NUMBER_MAX = 60, COMMENT_MAX = 1000 };

const struct form_field decline_fields[] = {
	{ .name = "reason" },
	{ .name = "comment", .max = COMMENT_MAX, .lines = true },
	{ 0 },
};

const struct form_field contract_fields[] = {
	{ .name = "number", .max = NUMBER_MAX, .required = true },
	{ .name = "date", .required = true },
	{ 0 },
};

const struct form_field enroll_fields[] = {
	{ .name = "order_number", .max = NUMBER_MAX, .required = true },
	{ .name = "order_date", .required = true },
	{ 0 },
};

const struct form_field org_leave_fields[] = {
	{ .name = "reason" },
	{ .name = "comment", .max = COMMENT_MAX, .lines = true },
	{ .name = "date" },
	{ 0 },
};

/* A group's line: seats, queue, whether anything is wrong with it. */
static struct value *
group_row(struct app *app, struct call *c, const struct group_state *g)
{
	struct arena *a = c->arena;
	struct value *v = value_map(a);

	(void)app;
	value_set_text(a, v, "program_title", g->program_title);
	value_set_text(a, v, "title", g->title);
	value_set_text(a, v, "url",
	    str_format(a, "/org/applications?program=%.*s&group=%.*s",
		STR_ARG(g->program), STR_ARG(g->id)));
	value_set_int(a, v, "taken", g->taken);
	if (g->seats >= 0)
		value_set_int(a, v, "seats", g->seats);
	value_set_int(a, v, "waiting", g->waiting);
	value_set_bool(a, v, "over", g->over);
	value_set_bool(a, v, "gone", g->gone);
	value_set_bool(a, v, "open", g->open);
	return v;
}

/* GET /org/ */
void
org_get(struct app *app, struct call *c)
{
	int64_t counts[APPLICATION_STATES] = { 0 };
	struct group_state_list groups = { 0 };
	struct value *list = value_list(c->arena);
	struct value *v = reply_values(app, c, "cabinet.org.title");
	enum store_rc rc =
	    store_application_counts(app->store, &c->who, counts);

	if (rc == STORE_OK)
		rc = store_group_states_of(app->store, c->arena, &c->who,
		    app->now, &groups);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	for (size_t i = 0; i < groups.items.n; i++)
		value_add(c->arena, list,
		    group_row(app, c, &groups.items.at[i]));
	value_set(c->arena, v, STR("groups"), list);
	value_set_int(c->arena, v, "submitted", counts[APPLICATION_SUBMITTED]);
	value_set_int(c->arena, v, "approved", counts[APPLICATION_APPROVED]);
	value_set_int(c->arena, v, "waiting", counts[APPLICATION_WAITING]);
	part_menu(app, c, v, "/org/");
	reply_page(app, c, 200, "cabinet/org.html", v);
}

/* The pills over the table: every state with its count. */
static void
add_states(struct app *app, struct call *c, const int64_t *counts, int chosen,
    struct value *v)
{
	struct arena *a = c->arena;
	struct value *list = value_list(a);

	for (int i = 0; i < APPLICATION_STATES; i++) {
		const char *name =
		    application_state_name((enum application_state)i);
		struct value *one = value_map(a);

		value_set_text(a, one, "title",
		    part_word_of(app, c, "cabinet.state", name));
		value_set_text(a, one, "url",
		    str_format(a, "/org/applications?state=%s", name));
		value_set_int(a, one, "count", counts[i]);
		value_set_bool(a, one, "current", i == chosen);
		value_add(a, list, one);
	}
	value_set(a, v, STR("states"), list);
	value_set_bool(a, v, "all", chosen == -1);
}

/* GET /org/applications?state=&program=&group=&after= */
void
org_applications_get(struct app *app, struct call *c)
{
	struct application_filter filter = { .state = -1,
		.program = form_text(&c->form, "program"),
		.group = form_text(&c->form, "group") };
	struct application_list list = { 0 };
	int64_t counts[APPLICATION_STATES] = { 0 };
	enum application_state state;
	struct value *rows = value_list(c->arena);
	struct value *v;
	enum store_rc rc;

	if (application_state_from(form_text(&c->form, "state"), &state))
		filter.state = (int)state;
	(void)str_to_int64(form_text(&c->form, "after"), &filter.after);
	rc = store_application_list(app->store, c->arena, &c->who, &filter,
	    &list);
	if (rc == STORE_OK && !c->json)
		rc = store_application_counts(app->store, &c->who, counts);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (c->json) {
		part_application_list_json(app, c, &list);
		return;
	}
	v = reply_values(app, c, "cabinet.org_applications.title");
	for (size_t i = 0; i < list.items.n; i++)
		value_add(c->arena, rows,
		    part_application_row(app, c, &list.items.at[i]));
	value_set(c->arena, v, STR("applications"), rows);
	if (list.next > 0)
		value_set_text(c->arena, v, "next_url",
		    str_format(c->arena,
			"/org/applications?state=%.*s&program=%.*s"
			"&group=%.*s&after=%lld",
			STR_ARG(form_text(&c->form, "state")),
			STR_ARG(filter.program), STR_ARG(filter.group),
			(long long)list.next));
	add_states(app, c, counts, filter.state, v);
	part_menu(app, c, v, "/org/applications");
	reply_page(app, c, 200, "cabinet/org_applications.html", v);
}

/* The page of one application, with a form for every step it may take. */
static enum store_rc
application_values(struct app *app, struct call *c, struct value **out)
{
	struct application a;
	struct value *one;
	enum store_rc rc = store_application_get(app->store, c->arena, &c->who,
	    c->ids.value[0], &a);

	if (rc == STORE_OK)
		rc = part_application(app, c, &a, &one);
	if (rc != STORE_OK)
		return rc;
	*out = reply_values(app, c, "cabinet.application.title");
	value_set(c->arena, *out, STR("application"), one);
	value_set(c->arena, *out, STR("decline_reasons"),
	    part_decline_reasons(app, c, form_text(&c->form, "reason")));
	value_set(c->arena, *out, STR("leave_reasons"),
	    part_leave_reasons(app, c, form_text(&c->form, "reason")));
	part_menu(app, c, *out, "/org/applications");
	return STORE_OK;
}

/* GET /org/applications/{id} */
void
org_application_get(struct app *app, struct call *c)
{
	struct application a;
	struct value *v;
	enum store_rc rc;

	if (!c->json) {
		rc = application_values(app, c, &v);
		if (rc == STORE_OK)
			reply_page(app, c, 200, "cabinet/org_application.html",
			    v);
		else
			reply_store(app, c, rc);
		return;
	}
	rc = store_application_get(app->store, c->arena, &c->who,
	    c->ids.value[0], &a);
	if (rc == STORE_OK) {
		struct json j = reply_json(c, 200);

		rc = part_application_json(app, c, &a, &j);
	}
	if (rc != STORE_OK) {
		buf_reset(&c->res->body);
		reply_store(app, c, rc);
	}
}

static void
again(struct app *app, struct call *c)
{
	struct value *v = NULL;
	enum store_rc rc = application_values(app, c, &v);

	if (rc == STORE_OK)
		reply_form(app, c, "cabinet/org_application.html", v);
	else
		reply_store(app, c, rc);
}

/* After a step: back to the application, or 409 with its state. */
static void
reply_step(struct app *app, struct call *c, enum store_rc rc,
    enum verdict verdict, const struct application *a)
{
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (verdict == VERDICT_STATE) {
		part_state(app, c, a);
		return;
	}
	if (verdict == VERDICT_MONEY) {
		part_money_short(app, c, a);
		return;
	}
	if (verdict != VERDICT_OK) {
		part_verdict(app, c, verdict);
		return;
	}
	if (!c->json) {
		reply_see(c, part_url(c, "/org/applications", a->id));
		return;
	}
	struct json j = reply_json(c, 200);

	rc = part_application_json(app, c, a, &j);
	if (rc != STORE_OK) {
		buf_reset(&c->res->body);
		reply_store(app, c, rc);
	}
}

/* POST /org/applications/{id}/approve */
void
org_approve_post(struct app *app, struct call *c)
{
	enum verdict verdict = VERDICT_OK;
	struct application a;
	enum store_rc rc = store_application_approve(app->store, c->arena,
	    &c->who, c->ids.value[0], app->now, &verdict, &a);

	reply_step(app, c, rc, verdict, &a);
}

/* POST /org/applications/{id}/decline */
void
org_decline_post(struct app *app, struct call *c)
{
	enum verdict verdict = VERDICT_OK;
	enum decline_reason reason;
	struct application a;
	enum store_rc rc;

	if (!decline_reason_from(form_text(&c->form, "reason"), &reason))
		form_error(&c->form, c->arena, "reason", "choose");
	if (!form_ok(&c->form)) {
		again(app, c);
		return;
	}
	rc = store_application_decline(app->store, c->arena, &c->who,
	    c->ids.value[0], reason, form_text(&c->form, "comment"), app->now,
	    &verdict, &a);
	reply_step(app, c, rc, verdict, &a);
}

/* The date of a contract or an order. */
static struct date
read_date(struct call *c, const char *field)
{
	struct str typed = form_text(&c->form, field);
	struct date d = { 0 };

	if (typed.n > 0 && !part_date(typed, &d))
		form_error(&c->form, c->arena, field, "date");
	return d;
}

/* POST /org/applications/{id}/contract */
void
org_contract_post(struct app *app, struct call *c)
{
	struct date date = read_date(c, "date");
	enum verdict verdict = VERDICT_OK;
	struct application a;
	enum store_rc rc;

	if (!form_ok(&c->form)) {
		again(app, c);
		return;
	}
	rc = store_application_contract(app->store, c->arena, &c->who,
	    c->ids.value[0], form_text(&c->form, "number"), date, app->now,
	    &verdict, &a);
	reply_step(app, c, rc, verdict, &a);
}

/* POST /org/applications/{id}/enroll */
void
org_enroll_post(struct app *app, struct call *c)
{
	struct date date = read_date(c, "order_date");
	enum verdict verdict = VERDICT_OK;
	struct application a;
	enum store_rc rc;

	if (!form_ok(&c->form)) {
		again(app, c);
		return;
	}
	rc = store_application_enroll(app->store, c->arena, &c->who,
	    c->ids.value[0], form_text(&c->form, "order_number"), date,
	    app->now, &verdict, &a);
	reply_step(app, c, rc, verdict, &a);
}

/* Of the family's own will, or not; the last day is today when not given. */
static void
leave(struct app *app, struct call *c, bool expelled)
{
	enum leave_reason reason = LEAVE_OTHER;
	struct date date = part_today(app);
	enum verdict verdict = VERDICT_OK;
	struct application a;
	enum store_rc rc;

	if (form_text(&c->form, "reason").n > 0 &&
	    !leave_reason_from(form_text(&c->form, "reason"), &reason))
		form_error(&c->form, c->arena, "reason", "choose");
	if (form_text(&c->form, "date").n > 0 &&
	    !part_date(form_text(&c->form, "date"), &date))
		form_error(&c->form, c->arena, "date", "date");
	if (!form_ok(&c->form)) {
		again(app, c);
		return;
	}
	rc = store_application_leave(app->store, c->arena, &c->who,
	    c->ids.value[0], expelled, reason, form_text(&c->form, "comment"),
	    date, app->now, &verdict, &a);
	reply_step(app, c, rc, verdict, &a);
}

/* POST /org/applications/{id}/leave */
void
org_leave_post(struct app *app, struct call *c)
{
	leave(app, c, false);
}

/* POST /org/applications/{id}/expel */
void
org_expel_post(struct app *app, struct call *c)
{
	leave(app, c, true);
}
