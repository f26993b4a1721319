#include "base/date.h"
#include "base/theme.h"
#include "base/value.h"
#include "base/words.h"
#include "submitd/pages/look.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

/*
 * The steps of an application's way as the guardian sees them.  Each is done,
 * now, next or bad; what comes next is named, so that nobody has to guess.
 */
enum step { STEP_APPLIED, STEP_APPROVED, STEP_CONTRACT, STEP_ENROLLED, STEPS };

static const char *const step_words[STEPS] = {
	[STEP_APPLIED] = "cabinet.step.applied",
	[STEP_APPROVED] = "cabinet.step.approved",
	[STEP_CONTRACT] = "cabinet.step.contract",
	[STEP_ENROLLED] = "cabinet.step.enrolled",
};

static const char *const step_hints[STEPS] = {
	[STEP_APPLIED] = "",
	[STEP_APPROVED] = "cabinet.step.approved_hint",
	[STEP_CONTRACT] = "cabinet.step.contract_hint",
	[STEP_ENROLLED] = "cabinet.step.enrolled_hint",
};

/* How many of the steps are behind an application in this state. */
static int
steps_done(const struct application *a)
{
	switch (a->state) {
	case APPLICATION_APPROVED:
		return a->contract_number.n > 0 ? STEP_ENROLLED : STEP_CONTRACT;
	case APPLICATION_ENROLLED:
	case APPLICATION_COMPLETED:
	case APPLICATION_LEFT:
		return STEPS;
	default:
		return STEP_APPROVED;
	}
}

static struct value *
add_step(struct call *c, struct value *list, const char *kind, struct str title,
    struct str text)
{
	struct value *v = value_map(c->arena);

	value_set_bool(c->arena, v, kind, true);
	value_set_text(c->arena, v, "title", title);
	value_set_text(c->arena, v, "text", text);
	value_add(c->arena, list, v);
	return v;
}

static struct str
moment(struct app *app, struct call *c, int64_t at)
{
	return words_moment(app->theme->strings, c->arena, at, part_today(app));
}

/* What has happened, each with its moment and its cause in words. */
static void
add_past(struct app *app, struct call *c, struct value *list,
    const struct application_event_list *events)
{
	for (size_t i = 0; i < events->items.n; i++) {
		const struct application_event *e = &events->items.at[i];
		bool bad = e->state == APPLICATION_DECLINED ||
			   e->state == APPLICATION_CANCELLED;
		struct str text = moment(app, c, e->at);

		if (e->reason.n > 0)
			text = str_format(c->arena, "%.*s. %.*s", STR_ARG(text),
			    STR_ARG(part_word_of(app, c, "cabinet.reason",
				str_c(c->arena, e->reason))));
		if (e->comment.n > 0)
			text = str_format(c->arena, "%.*s. %.*s", STR_ARG(text),
			    STR_ARG(e->comment));
		add_step(c, list, bad ? "bad" : "done",
		    part_word_of(app, c, "cabinet.cause",
			application_cause_name(e->cause)),
		    text);
	}
}

static struct str
answer_by(struct app *app, struct call *c, const struct application *a)
{
	struct str day;

	if (a->answer_by == 0)
		return (struct str){ 0 };
	day = words_date(app->theme->strings, c->arena,
	    date_local(a->answer_by).date, part_today(app));
	return words_fill(app->theme->strings, c->arena, "cabinet.answer_by", 1,
	    (struct str[]){ STR("date"), day });
}

/* The place in the waiting list: where, and every move with its cause. */
static enum store_rc
add_waiting(struct app *app, struct call *c, struct value *list,
    const struct application *a)
{
	struct application_move_list moves = { 0 };
	enum store_rc rc =
	    store_application_moves(app->store, c->arena, a->id, &moves);
	struct str text = { 0 };

	if (rc != STORE_OK)
		return rc;
	for (size_t i = 1; i < moves.items.n; i++) {
		const struct application_move *m = &moves.items.at[i];

		text = words_fill(app->theme->strings, c->arena,
		    "cabinet.moved", 3,
		    (struct str[]){ STR("before"),
			str_format(c->arena, "%lld",
			    (long long)moves.items.at[i - 1].place),
			STR("cause"),
			part_word_of(app, c, "cabinet.move",
			    application_cause_name(m->cause)),
			STR("date"), moment(app, c, m->at) });
	}
	add_step(c, list, "now",
	    words_fill(app->theme->strings, c->arena, "cabinet.place", 1,
		(struct str[]){ STR("n"),
		    str_format(c->arena, "%lld", (long long)a->place) }),
	    text);
	add_step(c, list, "next", reply_words(app, "cabinet.step.seat"),
	    reply_words(app, "cabinet.step.seat_hint"));
	return STORE_OK;
}

static void
add_future(struct app *app, struct call *c, struct value *list,
    const struct application *a)
{
	int done = steps_done(a);

	for (int i = done; i < STEPS; i++) {
		struct str text = reply_words(app, step_hints[i]);

		if (i == STEP_APPROVED && a->answer_by > 0)
			text = answer_by(app, c, a);
		add_step(c, list, i == done ? "now" : "next",
		    reply_words(app, step_words[i]), text);
	}
}

static enum store_rc
timeline(struct app *app, struct call *c, const struct application *a,
    struct value **out)
{
	struct application_event_list events = { 0 };
	enum store_rc rc =
	    store_application_events(app->store, c->arena, a->id, &events);

	*out = value_list(c->arena);
	if (rc != STORE_OK)
		return rc;
	add_past(app, c, *out, &events);
	if (a->state == APPLICATION_WAITING)
		return add_waiting(app, c, *out, a);
	if (application_is_live(a->state) && a->state != APPLICATION_ENROLLED)
		add_future(app, c, *out, a);
	return STORE_OK;
}

static void
set_money(struct app *app, struct call *c, struct value *v,
    const struct application *a)
{
	if (!a->certificate)
		return;
	value_set_bool(c->arena, v, "certificate", true);
	value_set_text(c->arena, v, "cost", part_money(app, c, a->cost));
	if (a->held > 0)
		value_set_text(c->arena, v, "held",
		    part_money(app, c, a->held));
	if (a->charged > 0)
		value_set_text(c->arena, v, "charged",
		    part_money(app, c, a->charged));
	if (a->shown > 0 && a->cost > a->shown)
		value_set_text(c->arena, v, "family_pays",
		    part_money(app, c, a->cost - a->shown));
}

static void
set_papers(struct app *app, struct call *c, struct value *v,
    const struct application *a)
{
	const struct strings *s = app->theme->strings;

	value_set_text(c->arena, v, "contract", a->contract_number);
	value_set_text(c->arena, v, "order", a->order_number);
	if (a->contract_date.year != 0)
		value_set_text(c->arena, v, "contract_date",
		    words_date_full(s, c->arena, a->contract_date));
	if (a->order_date.year != 0)
		value_set_text(c->arena, v, "order_date",
		    words_date_full(s, c->arena, a->order_date));
}

static const char *
direction_of(struct app *app, struct call *c, const struct application *a)
{
	const struct catalog_program *p =
	    catalog_program(app->catalog, a->program);

	return p != NULL ? str_c(c->arena, p->direction) : "";
}

struct value *
part_application_row(struct app *app, struct call *c,
    const struct application *a)
{
	struct arena *m = c->arena;
	struct value *v = value_map(m);
	struct child who = { .family_name = a->family_name,
		.given_name = a->given_name,
		.patronymic = a->patronymic };
	const char *state = application_state_name(a->state);

	value_set_text(m, v, "id", a->id);
	value_set_int(m, v, "number", a->seq);
	value_set_text(m, v, "url", part_url(c, "/my/applications", a->id));
	value_set_text(m, v, "org_url",
	    part_url(c, "/org/applications", a->id));
	value_set_text(m, v, "program_title", a->program_title);
	value_set_text(m, v, "group_title", a->group_title);
	value_set_text(m, v, "program_url",
	    look_page(app->look, m, "programs", a->program));
	value_set_text(m, v, "direction", str_from(direction_of(app, c, a)));
	value_set_text(m, v, "child", a->given_name);
	value_set_text(m, v, "child_name", child_name(m, &who));
	value_set_text(m, v, "age", part_age(app, c, a->birth));
	value_set_text(m, v, "state", str_from(state));
	value_set_text(m, v, "state_title",
	    part_word_of(app, c, "cabinet.state", state));
	value_set_text(m, v, "badge",
	    part_word_of(app, c, "cabinet.badge", state));
	if (a->place > 0)
		value_set_int(m, v, "place", a->place);
	value_set_text(m, v, "created", moment(app, c, a->created));
	value_set_text(m, v, "answer_by", answer_by(app, c, a));
	value_set_bool(m, v, "late",
	    a->answer_by > 0 && a->answer_by < app->now &&
		a->state == APPLICATION_SUBMITTED);
	value_set_bool(m, v, "leave_asked",
	    a->leave_asked && a->state == APPLICATION_ENROLLED);
	value_set_bool(m, v, "group_gone", a->group_gone);
	set_money(app, c, v, a);
	set_papers(app, c, v, a);
	return v;
}

enum store_rc
part_application(struct app *app, struct call *c, const struct application *a,
    struct value **out)
{
	static const struct {
		const char *key;
		enum application_action act;
	} acts[] = {
		{ "can_cancel", ACTION_CANCEL },
		{ "can_approve", ACTION_APPROVE },
		{ "can_decline", ACTION_DECLINE },
		{ "can_contract", ACTION_CONTRACT },
		{ "can_enroll", ACTION_ENROLL },
		{ "can_leave", ACTION_LEAVE },
	};
	struct value *steps;
	enum store_rc rc = timeline(app, c, a, &steps);

	if (rc != STORE_OK)
		return rc;
	*out = part_application_row(app, c, a);
	value_set(c->arena, *out, STR("steps"), steps);
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++)
		value_set_bool(c->arena, *out, acts[i].key,
		    application_may(a->state, acts[i].act));
	return STORE_OK;
}

enum store_rc
part_application_json(struct app *app, struct call *c,
    const struct application *a, struct json *j)
{
	struct application_event_list events = { 0 };
	enum store_rc rc =
	    store_application_events(app->store, c->arena, a->id, &events);

	if (rc != STORE_OK)
		return rc;
	json_open(j, '{');
	json_str_field(j, STR("id"), a->id);
	json_str_field(j, STR("state"),
	    str_from(application_state_name(a->state)));
	json_str_field(j, STR("child"), a->child);
	json_str_field(j, STR("program"), a->program);
	json_str_field(j, STR("group"), a->group);
	json_key(j, STR("place"));
	if (a->place > 0)
		json_int(j, a->place);
	else
		json_null(j);
	json_bool_field(j, STR("certificate"), a->certificate);
	json_key(j, STR("events"));
	json_open(j, '[');
	for (size_t i = 0; i < events.items.n; i++) {
		const struct application_event *e = &events.items.at[i];

		json_open(j, '{');
		json_time_field(j, STR("at"), e->at);
		json_str_field(j, STR("state"),
		    str_from(application_state_name(e->state)));
		json_str_field(j, STR("cause"),
		    str_from(application_cause_name(e->cause)));
		json_close(j, '}');
	}
	json_close(j, ']');
	json_close(j, '}');
	return STORE_OK;
}

void
part_application_list_json(struct app *app, struct call *c,
    const struct application_list *list)
{
	struct json j = reply_json(c, 200);

	part_list_open(&j);
	for (size_t i = 0; i < list->items.n; i++) {
		enum store_rc rc =
		    part_application_json(app, c, &list->items.at[i], &j);

		if (rc != STORE_OK) {
			buf_reset(&c->res->body);
			reply_store(app, c, rc);
			return;
		}
	}
	part_list_close(&j, list->next);
}
