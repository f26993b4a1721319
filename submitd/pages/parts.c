#include "submitd/pages/parts.h"
#include "submitd/pages/look.h"
#include "submitd/pages/reply.h"

#include "base/date.h"
#include "base/theme.h"
#include "base/value.h"
#include "base/words.h"

enum { PERSON_TINTS = 4 };

struct date
part_today(const struct app *app)
{
	return date_local(app->now).date;
}

struct str
part_word_of(const struct app *app, struct call *c, const char *group,
    const char *name)
{
	struct str key = str_format(c->arena, "%s.%s", group, name);

	return words(app->theme->strings, key.p);
}

struct str
part_age(const struct app *app, struct call *c, struct date birth)
{
	return words_count(app->theme->strings, c->arena, "cabinet.years",
	    date_years(birth, part_today(app)));
}

struct str
part_money(const struct app *app, struct call *c, int64_t amount)
{
	return words_money(app->theme->strings, c->arena, amount,
	    catalog_setting(app->catalog, "unit"));
}

struct str
part_rub(const struct app *app, struct call *c, int64_t amount)
{
	return words_money(app->theme->strings, c->arena, amount, STR("rub"));
}

void
part_verdict(struct app *app, struct call *c, enum verdict v)
{
	switch (v) {
	case VERDICT_UNKNOWN:
		reply_not_found(app, c);
		return;
	case VERDICT_LIMIT:
		reply_limited(app, c, DATE_DAY);
		return;
	case VERDICT_EXISTS:
		reply_problem(app, c, 409, "duplicate");
		return;
	default:
		reply_problem(app, c, 409, verdict_name(v));
	}
}

bool
part_done(struct app *app, struct call *c, enum store_rc rc, enum verdict v)
{
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else if (v != VERDICT_OK)
		part_verdict(app, c, v);
	return rc == STORE_OK && v == VERDICT_OK;
}

void
part_list_open(struct json *j)
{
	json_open(j, '{');
	json_key(j, STR("items"));
	json_open(j, '[');
}

void
part_list_close(struct json *j, int64_t next)
{
	json_close(j, ']');
	json_key(j, STR("next"));
	if (next > 0)
		json_int(j, next);
	else
		json_null(j);
	json_close(j, '}');
}

/* "14.04.2018" → "2018-04-14"; false for any other shape. */
static bool
turn_around(struct str s, char iso[10])
{
	static const int from[] = { 6, 7, 8, 9, -1, 3, 4, -1, 0, 1 };

	if (s.n != 10 || s.p[2] != '.' || s.p[5] != '.')
		return false;
	for (int i = 0; i < 10; i++)
		iso[i] = from[i] < 0 ? '-' : s.p[from[i]];
	return true;
}

bool
part_date(struct str typed, struct date *out)
{
	char iso[10];

	if (turn_around(typed, iso))
		typed = (struct str){ iso, sizeof(iso) };
	return date_parse(typed, out);
}

struct str
part_url(struct call *c, const char *folder, struct str id)
{
	return str_format(c->arena, "%s/%.*s", folder, STR_ARG(id));
}

/* The first letter of a name, for the circle beside it. */
static struct str
first_letter(struct str name)
{
	size_t n = 1;

	while (n < name.n && ((unsigned char)name.p[n] & 0xC0) == 0x80)
		n++;
	return str_slice(name, 0, n);
}

static struct str
title_of_municipality(const struct app *app, struct str id)
{
	const struct catalog_municipality *m =
	    catalog_municipality(app->catalog, id);

	return m != NULL ? m->title : id;
}

struct value *
part_child(struct app *app, struct call *c, const struct child *child,
    size_t index)
{
	struct arena *a = c->arena;
	struct value *v = value_map(a);

	value_set_text(a, v, "id", child->id);
	value_set_text(a, v, "name", child_name(a, child));
	value_set_text(a, v, "given", child->given_name);
	value_set_text(a, v, "letter", first_letter(child->given_name));
	value_set_int(a, v, "tint", (int64_t)(index % PERSON_TINTS) + 1);
	value_set_text(a, v, "age", part_age(app, c, child->birth));
	value_set_text(a, v, "born",
	    words_date_full(app->theme->strings, a, child->birth));
	value_set_text(a, v, "url", part_url(c, "/my/children", child->id));
	value_set_text(a, v, "municipality",
	    title_of_municipality(app, child->municipality));
	return v;
}

static void
json_date_field(struct json *j, struct str key, struct date d)
{
	struct buf text = { 0 };

	json_key(j, key);
	if (d.year == 0) {
		json_null(j);
		return;
	}
	date_put(&text, d);
	json_str(j, buf_view(&text));
	buf_free(&text);
}

void
part_child_json(struct json *j, const struct child *child)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), child->id);
	json_str_field(j, STR("family_name"), child->family_name);
	json_str_field(j, STR("given_name"), child->given_name);
	json_str_field(j, STR("patronymic"), child->patronymic);
	json_date_field(j, STR("birth_date"), child->birth);
	json_str_field(j, STR("municipality"), child->municipality);
	json_close(j, '}');
}

struct value *
part_municipalities(struct app *app, struct call *c, struct str chosen)
{
	const struct map *all = &app->catalog->municipalities;
	struct value *list = value_list(c->arena);

	for (size_t i = 0; i < all->n; i++) {
		const struct catalog_municipality *m = all->at[i].value;
		struct value *v = value_map(c->arena);

		value_set_text(c->arena, v, "id", m->id);
		value_set_text(c->arena, v, "title", m->title);
		value_set_bool(c->arena, v, "selected", str_eq(m->id, chosen));
		value_add(c->arena, list, v);
	}
	return list;
}

/* Words as options of a select: "cabinet.reason.NAME". */
static void
add_option(struct app *app, struct call *c, struct value *list,
    const char *name, struct str chosen)
{
	struct value *v = value_map(c->arena);

	value_set_text(c->arena, v, "id", str_from(name));
	value_set_text(c->arena, v, "title",
	    part_word_of(app, c, "cabinet.reason", name));
	value_set_bool(c->arena, v, "selected", str_eq(str_from(name), chosen));
	value_add(c->arena, list, v);
}

struct value *
part_decline_reasons(struct app *app, struct call *c, struct str chosen)
{
	struct value *list = value_list(c->arena);

	for (int i = 0; i < DECLINE_REASONS; i++)
		add_option(app, c, list,
		    decline_reason_name((enum decline_reason)i), chosen);
	return list;
}

struct value *
part_leave_reasons(struct app *app, struct call *c, struct str chosen)
{
	struct value *list = value_list(c->arena);

	for (int i = 0; i < LEAVE_REASONS; i++)
		add_option(app, c, list,
		    leave_reason_name((enum leave_reason)i), chosen);
	return list;
}

void
part_state(struct app *app, struct call *c, const struct application *a)
{
	struct str state = part_word_of(app, c, "cabinet.state",
	    application_state_name(a->state));

	reply_problem_text(app, c, 409, "state",
	    words_fill(app->theme->strings, c->arena, "cabinet.state_now", 1,
		(struct str[]){ STR("state"), state }));
}

void
part_money_short(struct app *app, struct call *c, const struct application *a)
{
	reply_problem_text(app, c, 409, "money",
	    words_fill(app->theme->strings, c->arena, "cabinet.money_short", 2,
		(struct str[]){ STR("shown"), part_money(app, c, a->shown),
		    STR("covered"), part_money(app, c, a->held) }));
}

/* A cabinet's sections. */
struct menu_row {
	enum role role;
	const char *url, *word;
};

static const struct menu_row menu_rows[] = {
	{ ROLE_GUARDIAN, "/my/", "cabinet.menu.my" },
	{ ROLE_GUARDIAN, "/my/children", "cabinet.menu.children" },
	{ ROLE_GUARDIAN, "/my/applications", "cabinet.menu.applications" },
	{ ROLE_GUARDIAN, "/my/sign-ups", "cabinet.menu.sign_ups" },
	{ ROLE_GUARDIAN, "/my/reviews", "cabinet.menu.reviews" },
	{ ROLE_ORGANIZER, "/org/", "cabinet.menu.org" },
	{ ROLE_ORGANIZER, "/org/applications", "cabinet.menu.applications" },
	{ ROLE_ORGANIZER, "/org/sign-ups", "cabinet.menu.sign_ups" },
	{ ROLE_ORGANIZER, "/org/reviews", "cabinet.menu.reviews" },
	{ ROLE_OPERATOR, "/operator/", "cabinet.menu.operator" },
	{ ROLE_OPERATOR, "/operator/children", "cabinet.menu.doubles" },
	{ ROLE_OPERATOR, "/operator/certificates",
	    "cabinet.menu.certificates" },
	{ ROLE_OPERATOR, "/operator/reviews", "cabinet.menu.reviews" },
};

void
part_menu(struct app *app, struct call *c, struct value *v, const char *current)
{
	struct value *list = value_list(c->arena);
	enum role role =
	    c->user->role == ROLE_ADMIN ? ROLE_OPERATOR : c->user->role;

	for (size_t i = 0; i < sizeof(menu_rows) / sizeof(menu_rows[0]); i++) {
		const struct menu_row *m = &menu_rows[i];

		if (m->role != role)
			continue;
		struct value *row = value_map(c->arena);

		value_set_text(c->arena, row, "title",
		    reply_words(app, m->word));
		value_set_text(c->arena, row, "url", str_from(m->url));
		value_set_bool(c->arena, row, "current",
		    str_eq(str_from(m->url), str_from(current)));
		value_add(c->arena, list, row);
	}
	value_set(c->arena, v, STR("menu"), list);
}

struct value *
part_sign_up(struct app *app, struct call *c, const struct sign_up *s)
{
	struct arena *a = c->arena;
	struct value *v = value_map(a);
	struct child who = { .family_name = s->family_name,
		.given_name = s->given_name,
		.patronymic = s->patronymic };
	const char *state = sign_up_state_name(s->state);

	value_set_text(a, v, "id", s->id);
	value_set_text(a, v, "event_title", s->event_title);
	value_set_text(a, v, "event_url",
	    look_page(app->look, a, "events", s->event));
	value_set_text(a, v, "category", s->category_title);
	value_set_text(a, v, "child", s->given_name);
	value_set_text(a, v, "child_name", child_name(a, &who));
	value_set_text(a, v, "age", part_age(app, c, s->birth));
	value_set_text(a, v, "when",
	    words_moment(app->theme->strings, a, s->event_starts,
		part_today(app)));
	value_set_text(a, v, "state", str_from(state));
	value_set_text(a, v, "state_title",
	    part_word_of(app, c, "cabinet.sign_up_state", state));
	value_set_text(a, v, "badge",
	    part_word_of(app, c, "cabinet.sign_up_badge", state));
	if (s->place > 0)
		value_set_int(a, v, "place", s->place);
	value_set_text(a, v, "reason", s->reason);
	value_set_text(a, v, "comment", s->comment);
	value_set_bool(a, v, "can_cancel",
	    sign_up_may(s->state, SIGN_UP_CANCEL));
	value_set_bool(a, v, "can_approve",
	    sign_up_may(s->state, SIGN_UP_APPROVE));
	value_set_bool(a, v, "can_decline",
	    sign_up_may(s->state, SIGN_UP_DECLINE));
	value_set_bool(a, v, "can_attend",
	    sign_up_may(s->state, SIGN_UP_ATTEND));
	return v;
}

void
part_sign_up_json(struct json *j, const struct sign_up *s)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), s->id);
	json_str_field(j, STR("state"), str_from(sign_up_state_name(s->state)));
	json_str_field(j, STR("child"), s->child);
	json_str_field(j, STR("event"), s->event);
	json_key(j, STR("category"));
	if (s->category.n > 0)
		json_str(j, s->category);
	else
		json_null(j);
	json_key(j, STR("place"));
	if (s->place > 0)
		json_int(j, s->place);
	else
		json_null(j);
	json_close(j, '}');
}

struct value *
part_certificate(struct app *app, struct call *c, const struct certificate *k)
{
	struct arena *a = c->arena;
	struct value *v = value_map(a);
	struct child who = { .family_name = k->family_name,
		.given_name = k->given_name,
		.patronymic = k->patronymic };

	value_set_text(a, v, "id", k->id);
	value_set_text(a, v, "child_name", child_name(a, &who));
	value_set_text(a, v, "age", part_age(app, c, k->birth));
	value_set_bool(a, v, "active", k->state == CERTIFICATE_ACTIVE);
	value_set_bool(a, v, "requested", k->state == CERTIFICATE_REQUESTED);
	value_set_text(a, v, "state_title",
	    part_word_of(app, c, "cabinet.certificate_state",
		certificate_state_name(k->state)));
	if (k->number.n == 10)
		value_set_text(a, v, "number",
		    str_format(a, "%.2s\xc2\xa0%.4s\xc2\xa0%.4s", k->number.p,
			k->number.p + 2, k->number.p + 6));
	value_set_int(a, v, "year", k->year);
	value_set_text(a, v, "available", part_money(app, c, k->available));
	value_set_text(a, v, "held", part_money(app, c, k->held));
	value_set_text(a, v, "spent", part_money(app, c, k->spent));
	value_set_text(a, v, "balance",
	    part_money(app, c, k->available + k->held));
	value_set_text(a, v, "municipality",
	    title_of_municipality(app, k->municipality));
	return v;
}

struct value *
part_ledger_line(struct app *app, struct call *c, const struct ledger_line *l,
    int64_t available)
{
	struct arena *a = c->arena;
	struct value *v = value_map(a);

	value_set_text(a, v, "title",
	    part_word_of(app, c, "cabinet.ledger", ledger_kind_name(l->kind)));
	value_set_text(a, v, "program", l->program_title);
	value_set_text(a, v, "at",
	    words_moment(app->theme->strings, a, l->at, part_today(app)));
	value_set_text(a, v, "amount", part_money(app, c, l->amount));
	value_set_bool(a, v, "plus", l->amount > 0);
	value_set_text(a, v, "available", part_money(app, c, available));
	return v;
}

void
part_certificate_json(struct json *j, const struct certificate *k)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), k->id);
	json_str_field(j, STR("state"),
	    str_from(certificate_state_name(k->state)));
	json_key(j, STR("number"));
	if (k->number.n > 0)
		json_str(j, k->number);
	else
		json_null(j);
	json_int_field(j, STR("year"), k->year);
	json_int_field(j, STR("available"), k->available);
	json_int_field(j, STR("held"), k->held);
	json_int_field(j, STR("balance"), k->available + k->held);
	json_close(j, '}');
}
