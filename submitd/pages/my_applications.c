#include "submitd/pages/my_applications.h"
#include "submitd/pages/door.h"
#include "submitd/pages/look.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

#include "base/theme.h"
#include "base/value.h"
#include "base/words.h"

/* The guardian's applications: the form, the list, one with its timeline. */

enum { LEAVE_COMMENT_MAX = 1000 };

const struct form_field application_fields[] = {
	{ .name = "program", .required = true },
	{ .name = "group", .required = true },
	{ .name = "child", .required = true },
	{ .name = "certificate" },
	{ 0 },
};

const struct form_field application_new_fields[] = {
	{ .name = "program" },
	{ .name = "group" },
	{ 0 },
};

const struct form_field leave_fields[] = {
	{ .name = "reason" },
	{ .name = "comment", .max = LEAVE_COMMENT_MAX, .lines = true },
	{ .name = "date" },
	{ 0 },
};

const struct form_field list_fields[] = {
	{ .name = "state" },
	{ .name = "program" },
	{ .name = "group" },
	{ .name = "event" },
	{ .name = "after" },
	{ 0 },
};

/* All applications of the guardian; live ones apart from ended ones. */
static enum store_rc
list_values(struct app *app, struct call *c, struct value *v)
{
	struct application_filter filter = { .state = -1 };
	struct application_list list = { 0 };
	struct value *live = value_list(c->arena);
	struct value *past = value_list(c->arena);
	enum store_rc rc = store_application_list(app->store, c->arena, &c->who,
	    &filter, &list);

	for (size_t i = 0; rc == STORE_OK && i < list.items.n; i++) {
		const struct application *a = &list.items.at[i];
		struct value *one;

		rc = part_application(app, c, a, &one);
		if (rc == STORE_OK)
			value_add(c->arena,
			    application_is_live(a->state) ? live : past, one);
	}
	value_set(c->arena, v, STR("applications"), live);
	value_set(c->arena, v, STR("past"), past);
	return rc;
}

/* The children's cards of the home page, each with its certificate. */
static enum store_rc
home_children(struct app *app, struct call *c, struct value *v)
{
	struct child_list children = { 0 };
	struct value *list = value_list(c->arena);
	enum store_rc rc =
	    store_child_list(app->store, c->arena, &c->who, &children);

	for (size_t i = 0; rc == STORE_OK && i < children.items.n; i++) {
		const struct child *child = &children.items.at[i];
		struct value *card = part_child(app, c, child, i);
		struct certificate k;

		rc = store_certificate_of(app->store, c->arena, &c->who,
		    child->id, app->now, &k);
		if (rc == STORE_OK)
			value_set(c->arena, card, STR("certificate"),
			    part_certificate(app, c, &k));
		if (rc == STORE_NONE)
			rc = STORE_OK;
		value_add(c->arena, list, card);
	}
	value_set(c->arena, v, STR("children"), list);
	return rc;
}

static enum store_rc
home_sign_ups(struct app *app, struct call *c, struct value *v)
{
	struct sign_up_list list = { 0 };
	struct value *items = value_list(c->arena);
	enum store_rc rc = store_sign_up_list(app->store, c->arena, &c->who,
	    (struct str){ 0 }, 0, 0, &list);

	for (size_t i = 0; rc == STORE_OK && i < list.items.n; i++) {
		const struct sign_up *s = &list.items.at[i];

		if (s->event_starts >= app->now &&
		    sign_up_may(s->state, SIGN_UP_CANCEL))
			value_add(c->arena, items, part_sign_up(app, c, s));
	}
	value_set(c->arena, v, STR("sign_ups"), items);
	return rc;
}

/* GET /my/ */
void
home_get(struct app *app, struct call *c)
{
	struct value *v = reply_values(app, c, "cabinet.home.title");
	enum store_rc rc = home_children(app, c, v);

	if (rc == STORE_OK)
		rc = list_values(app, c, v);
	if (rc == STORE_OK)
		rc = home_sign_ups(app, c, v);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	part_menu(app, c, v, "/my/");
	reply_page(app, c, 200, "cabinet/home.html", v);
}

/* GET /my/applications */
void
applications_get(struct app *app, struct call *c)
{
	struct application_filter filter = { .state = -1 };
	struct application_list list = { 0 };
	struct value *v;
	enum store_rc rc;

	if (c->json) {
		(void)str_to_int64(form_text(&c->form, "after"), &filter.after);
		rc = store_application_list(app->store, c->arena, &c->who,
		    &filter, &list);
		if (rc == STORE_OK)
			part_application_list_json(app, c, &list);
		else
			reply_store(app, c, rc);
		return;
	}
	v = reply_values(app, c, "cabinet.applications.title");
	part_menu(app, c, v, "/my/applications");
	rc = list_values(app, c, v);
	if (rc == STORE_OK)
		reply_page(app, c, 200, "cabinet/applications.html", v);
	else
		reply_store(app, c, rc);
}

/* What the rules would say of one child, in words. */
static struct str
preview_words(struct app *app, struct call *c,
    const struct application_preview *p)
{
	const struct strings *s = app->theme->strings;
	struct arena *a = c->arena;

	if (p->verdict != VERDICT_OK)
		return part_word_of(app, c, "cabinet.preview",
		    verdict_name(p->verdict));
	if (p->waits)
		return words_fill(s, a, "cabinet.preview.waits", 1,
		    (struct str[]){ STR("n"),
			str_format(a, "%lld", (long long)p->ahead + 1) });
	if (p->has_certificate && p->covered > 0 && p->covered == p->cost)
		return reply_words(app, "cabinet.preview.covered");
	if (p->has_certificate && p->covered > 0)
		return words_fill(s, a, "cabinet.preview.partly", 2,
		    (struct str[]){ STR("covered"),
			part_money(app, c, p->covered), STR("rest"),
			part_money(app, c, p->cost - p->covered) });
	return reply_words(app, "cabinet.preview.ok");
}

/* The children as choices, each with what the rules would say. */
static enum store_rc
form_children(struct app *app, struct call *c,
    const struct application_ask *group, struct value *v, bool *active)
{
	struct child_list children = { 0 };
	struct value *list = value_list(c->arena);
	struct str chosen = form_text(&c->form, "child");
	enum store_rc rc =
	    store_child_list(app->store, c->arena, &c->who, &children);

	for (size_t i = 0; rc == STORE_OK && i < children.items.n; i++) {
		const struct child *child = &children.items.at[i];
		struct application_ask ask = *group;
		struct application_preview preview;
		struct value *one = part_child(app, c, child, i);

		ask.child = child->id;
		rc = store_application_preview(app->store, c->arena, &c->who,
		    &ask, app->now, &preview);
		if (rc != STORE_OK)
			return rc;
		*active |= preview.has_certificate;
		value_set_text(c->arena, one, "note",
		    preview_words(app, c, &preview));
		value_set_bool(c->arena, one, "selected",
		    children.items.n == 1 || str_eq(child->id, chosen));
		value_add(c->arena, list, one);
	}
	value_set(c->arena, v, STR("children"), list);
	value_set_bool(c->arena, v, "has_children", children.items.n > 0);
	return rc;
}

/* The program and its groups, one of them chosen. */
static void
form_groups(struct app *app, struct call *c, const struct catalog_program *p,
    const struct catalog_group *chosen, struct value *v)
{
	struct arena *a = c->arena;
	struct value *list = value_list(a);

	for (size_t i = 0; i < p->groups.n; i++) {
		const struct catalog_group *g = p->groups.at[i];
		struct value *one = value_map(a);

		value_set_text(a, one, "id", g->id);
		value_set_text(a, one, "title", g->title);
		value_set_text(a, one, "ages",
		    words_ages(app->theme->strings, a, g->age_min, g->age_max));
		value_set_text(a, one, "schedule", g->schedule);
		value_set_text(a, one, "place", g->place);
		value_set_text(a, one, "teacher", g->teacher);
		value_set_bool(a, one, "selected",
		    g == chosen || p->groups.n == 1);
		value_add(a, list, one);
		if (g == chosen)
			value_set(a, v, STR("group"), one);
	}
	value_set(a, v, STR("groups"), list);
	value_set_text(a, v, "program", p->id);
	value_set_text(a, v, "program_title", p->title);
	value_set_text(a, v, "program_url",
	    look_page(app->look, a, "programs", p->id));
	value_set_text(a, v, "organization", p->organization->title);
	value_set_text(a, v, "direction", p->direction);
	value_set_bool(a, v, "takes_certificate", p->certificate);
	value_set_bool(a, v, "entrance_test", p->entrance_test);
	if (p->certificate_cost >= 0)
		value_set_text(a, v, "cost",
		    part_money(app, c, p->certificate_cost));
}

/*
 * What pays: as it was chosen, else the certificate where there is one or
 * nothing else would do.
 */
static void
form_payment(struct call *c, const struct catalog_program *p, bool active,
    struct value *v)
{
	struct str chosen = form_text(&c->form, "certificate");
	bool no = !active && (p->budget || p->paid);

	if (chosen.n > 0)
		no = str_eq(chosen, STR("no"));
	value_set_bool(c->arena, v, "certificate_no", no);
	value_set_bool(c->arena, v, "no_certificate_yet", !active);
}

/* The whole form; STORE_NONE when the catalog knows no such program. */
static enum store_rc
form_values(struct app *app, struct call *c, struct value **out)
{
	const struct catalog *catalog = app->catalog;
	const struct catalog_program *p =
	    catalog_program(catalog, form_text(&c->form, "program"));
	const struct catalog_group *g;
	struct application_ask ask = { .certificate = true };
	bool active = false;
	struct str here;
	enum store_rc rc;

	if (p == NULL)
		return STORE_NONE;
	g = catalog_group(catalog, p->id, form_text(&c->form, "group"));
	if (g == NULL && p->groups.n == 1)
		g = p->groups.at[0];
	*out = reply_values(app, c, "cabinet.apply.title");
	form_groups(app, c, p, g, *out);
	here = str_format(c->arena, "/my/applications/new?program=%.*s",
	    STR_ARG(p->id));
	if (g != NULL)
		here = str_format(c->arena, "%.*s&group=%.*s", STR_ARG(here),
		    STR_ARG(g->id));
	value_set_text(c->arena, *out, "here", here);
	value_set(c->arena, *out, STR("municipalities"),
	    part_municipalities(app, c,
		p->municipality != NULL ? p->municipality->id : STR("")));
	part_menu(app, c, *out, "/my/applications");
	ask.program = p->id;
	ask.group = g != NULL ? g->id : STR("");
	rc = form_children(app, c, &ask, *out, &active);
	form_payment(c, p, active, *out);
	return rc;
}

/* GET /my/applications/new?program=&group= */
void
application_new_get(struct app *app, struct call *c)
{
	struct value *v;
	enum store_rc rc = form_values(app, c, &v);

	if (rc == STORE_OK)
		reply_page(app, c, 200, "cabinet/apply.html", v);
	else
		reply_store(app, c, rc);
}

static void
reply_application(struct app *app, struct call *c, const struct application *a,
    bool made)
{
	struct str place = part_url(c, "/my/applications", a->id);
	struct json j;
	enum store_rc rc;

	if (!c->json) {
		reply_see(c, place);
		return;
	}
	j = made ? reply_made(c, place) : reply_json(c, 200);
	rc = part_application_json(app, c, a, &j);
	if (rc != STORE_OK) {
		buf_reset(&c->res->body);
		reply_store(app, c, rc);
	}
}

/* POST /my/applications */
void
applications_post(struct app *app, struct call *c)
{
	struct application_ask ask = {
		.program = form_text(&c->form, "program"),
		.group = form_text(&c->form, "group"),
		.child = form_text(&c->form, "child"),
		.certificate =
		    str_eq(form_text(&c->form, "certificate"), STR("yes")),
	};
	struct str certificate = form_text(&c->form, "certificate");
	struct application made;
	enum verdict verdict = VERDICT_OK;
	struct value *v;
	enum store_rc rc;

	if (certificate.n > 0 && !ask.certificate &&
	    !str_eq(certificate, STR("no")))
		form_error(&c->form, c->arena, "certificate", "unknown");
	if (!form_ok(&c->form)) {
		rc = c->json ? STORE_OK : form_values(app, c, &v);
		if (rc == STORE_OK)
			reply_form(app, c, "cabinet/apply.html",
			    c->json ? NULL : v);
		else
			reply_store(app, c, rc);
		return;
	}
	c->way = look_page(app->look, c->arena, "programs", ask.program);
	c->way_words = "problem.to_groups";
	rc = store_application_apply(app->store, c->arena, &c->who, &ask,
	    app->now, &verdict, &made);
	if (rc == STORE_NONE || verdict == VERDICT_UNKNOWN)
		c->way_words = NULL; /* there may be no such program */
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else if (verdict != VERDICT_OK)
		part_verdict(app, c, verdict);
	else
		reply_application(app, c, &made, true);
}

/* The page of one application; also its form again. */
static enum store_rc
application_values(struct app *app, struct call *c, const struct application *a,
    struct value **out)
{
	struct value *one;
	enum store_rc rc = part_application(app, c, a, &one);

	if (rc != STORE_OK)
		return rc;
	*out = reply_values(app, c, "cabinet.application.title");
	value_set(c->arena, *out, STR("application"), one);
	value_set(c->arena, *out, STR("reasons"),
	    part_leave_reasons(app, c, form_text(&c->form, "reason")));
	part_menu(app, c, *out, "/my/applications");
	return STORE_OK;
}

/* GET /my/applications/{id} */
void
application_get(struct app *app, struct call *c)
{
	struct application a;
	struct value *v;
	enum store_rc rc = store_application_get(app->store, c->arena, &c->who,
	    c->ids.value[0], &a);

	if (rc == STORE_OK && c->json) {
		reply_application(app, c, &a, false);
		return;
	}
	if (rc == STORE_OK)
		rc = application_values(app, c, &a, &v);
	if (rc == STORE_OK)
		reply_page(app, c, 200, "cabinet/application.html", v);
	else
		reply_store(app, c, rc);
}

/* After a step: the application as it is now, or 409 with its state. */
static void
reply_step(struct app *app, struct call *c, enum store_rc rc,
    enum verdict verdict, const struct application *a)
{
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else if (verdict == VERDICT_STATE)
		part_state(app, c, a);
	else if (verdict != VERDICT_OK)
		part_verdict(app, c, verdict);
	else
		reply_application(app, c, a, false);
}

/* POST /my/applications/{id}/cancel */
void
application_cancel_post(struct app *app, struct call *c)
{
	struct application a;
	enum verdict verdict = VERDICT_OK;
	enum store_rc rc = store_application_cancel(app->store, c->arena,
	    &c->who, c->ids.value[0], app->now, &verdict, &a);

	reply_step(app, c, rc, verdict, &a);
}

static void
leave_again(struct app *app, struct call *c)
{
	struct application a;
	struct value *v = NULL;
	enum store_rc rc = store_application_get(app->store, c->arena, &c->who,
	    c->ids.value[0], &a);

	if (rc == STORE_OK && !c->json)
		rc = application_values(app, c, &a, &v);
	if (rc == STORE_OK)
		reply_form(app, c, "cabinet/application.html", v);
	else
		reply_store(app, c, rc);
}

/* POST /my/applications/{id}/leave: asks; the organizer confirms. */
void
application_leave_post(struct app *app, struct call *c)
{
	enum leave_reason reason = LEAVE_OTHER;
	enum verdict verdict = VERDICT_OK;
	struct application a;
	enum store_rc rc;

	if (form_text(&c->form, "reason").n > 0 &&
	    !leave_reason_from(form_text(&c->form, "reason"), &reason))
		form_error(&c->form, c->arena, "reason", "unknown");
	if (!form_ok(&c->form)) {
		leave_again(app, c);
		return;
	}
	rc = store_application_leave_ask(app->store, c->arena, &c->who,
	    c->ids.value[0], reason, form_text(&c->form, "comment"), app->now,
	    &verdict, &a);
	reply_step(app, c, rc, verdict, &a);
}
