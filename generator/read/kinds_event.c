#include <string.h>

#include "base/arena.h"
#include "base/yaml.h"
#include "generator/model/messages.h"
#include "generator/read/kinds.h"

/* events/ID.yaml */

enum { SEATS_MAX = 100000, MONEY_MAX = 10000000, SEQUENCE_MAX = 1000000 };

static const struct word kind_words[] = {
	{ "contest", EVENT_CONTEST },
	{ "olympiad", EVENT_OLYMPIAD },
	{ "exhibition", EVENT_EXHIBITION },
	{ "conference", EVENT_CONFERENCE },
	{ "workshop", EVENT_WORKSHOP },
	{ "training", EVENT_TRAINING },
	{ "campaign", EVENT_CAMPAIGN },
	{ "concert", EVENT_CONCERT },
	{ "festival", EVENT_FESTIVAL },
	{ "career", EVENT_CAREER },
	{ "other", EVENT_OTHER },
	{ NULL, 0 },
};

static const struct word status_words[] = {
	{ "scheduled", STATUS_SCHEDULED },
	{ "postponed", STATUS_POSTPONED },
	{ "cancelled", STATUS_CANCELLED },
	{ NULL, 0 },
};

static const struct word every_words[] = {
	{ "day", EVERY_DAY },
	{ "week", EVERY_WEEK },
	{ "month", EVERY_MONTH },
	{ NULL, 0 },
};

static void
read_when(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct when *w = at;
	struct when out = { .given = true, .pos = n->pos };

	if (!schema_is_scalar(run, f->name, n))
		return;
	if (str_find_char(n->text, 'T') != -1) {
		if (!schema_moment(run, f->name, n, &out.at))
			return;
		out.date = date_local(out.at).date;
	} else if (str_find_char(n->text, '-') != -1) {
		if (!schema_date(run, f->name, n, &out.date))
			return;
		out.whole_day = true;
		out.at = date_start(out.date);
	} else {
		diag_say(run->diag, &site_messages[SITE_MOMENT_OR_DATE], n->pos,
		    str_from(f->name), schema_quote(run->arena, n->text));
		return;
	}
	*w = out;
}

/* true, false, or the address where it takes place. */
static void
read_online(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct event *e = at;

	if (!schema_is_scalar(run, f->name, n))
		return;
	if (str_eq(n->text, STR("true")) || str_eq(n->text, STR("false")))
		e->online = n->text.p[0] == 't';
	else if (schema_url(run, f->name, n, &e->online_url))
		e->online = true;
}

static void
check_sign_up(struct schema_run *run, const struct node *map, void *out)
{
	struct sign_up *s = out;

	s->given = true;
	kinds_check_order(run, map, "opens", "closes",
	    s->opens != 0 && s->closes != 0 && s->closes <= s->opens);
}

static const struct field sign_up_fields[] = {
	{ "opens", FIELD_MOMENT, .at = offsetof(struct sign_up, opens) },
	{ "closes", FIELD_MOMENT, .at = offsetof(struct sign_up, closes) },
	{ "seats", FIELD_WHOLE, .at = offsetof(struct sign_up, seats),
	    .max = SEATS_MAX },
	{ "auto_approve", FIELD_BOOL,
	    .at = offsetof(struct sign_up, auto_approve) },
};

static const struct schema sign_up_schema = { SCHEMA_FIELDS(sign_up_fields),
	.size = sizeof(struct sign_up), .pos_at = offsetof(struct sign_up, pos),
	.check = check_sign_up };

static void
check_repeat(struct schema_run *run, const struct node *map, void *out)
{
	const struct node *days = node_get(map, "days");
	struct repeat *r = out;

	if (days != NULL && r->every != EVERY_NONE && r->every != EVERY_WEEK)
		diag_say(run->diag, &site_messages[SITE_REPEAT_DAYS], days->pos,
		    STR(""));
}

static const struct field repeat_fields[] = {
	{ "every", FIELD_WORD, .required = true,
	    .at = offsetof(struct repeat, every), .words = every_words },
	{ "days", FIELD_WORDS, .at = offsetof(struct repeat, days),
	    .words = weekday_words },
	{ "until", FIELD_DATE, .at = offsetof(struct repeat, until) },
	{ "except", FIELD_CUSTOM, .at = offsetof(struct repeat, except),
	    .read = kinds_read_dates },
};

static const struct schema repeat_schema = { SCHEMA_FIELDS(repeat_fields),
	.size = sizeof(struct repeat), .pos_at = offsetof(struct repeat, pos),
	.check = check_repeat };

static const struct field category_fields[] = {
	{ "id", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct category, id), .read = kinds_read_id },
	{ "title", FIELD_TEXT, .at = offsetof(struct category, title) },
	{ "age", FIELD_MAP, .at = offsetof(struct category, age),
	    .below = &age_schema },
	{ "seats", FIELD_WHOLE, .at = offsetof(struct category, seats),
	    .max = SEATS_MAX },
	{ "price", FIELD_HUNDREDTHS, .at = offsetof(struct category, price),
	    .max = MONEY_MAX },
};

static const struct category category_start = {
	.age = { .min = NOT_GIVEN, .max = NOT_GIVEN },
	.seats = NOT_GIVEN,
	.price = NOT_GIVEN,
};

static const struct schema category_schema = { SCHEMA_FIELDS(category_fields),
	.size = sizeof(struct category), .start = &category_start,
	.pos_at = offsetof(struct category, pos) };

/* From a time on, to a day: to its last minute. */
static void
end_with_the_day(struct when *w)
{
	enum { MINUTE = 60 };
	struct date next = date_from_days(date_to_days(w->date) + 1);

	w->whole_day = false;
	w->at = date_start(next) - MINUTE;
}

static void
check_end(struct schema_run *run, const struct node *map, struct event *e)
{
	if (!e->starts.given || !e->ends.given)
		return;
	if (e->starts.whole_day && !e->ends.whole_day)
		diag_say(run->diag, &site_messages[SITE_DAY_AND_TIME],
		    e->ends.pos, STR(""));
	if (!e->starts.whole_day && e->ends.whole_day)
		end_with_the_day(&e->ends);
	kinds_check_order(run, map, "starts", "ends",
	    e->ends.at < e->starts.at);
}

static void
check_categories(struct schema_run *run, const struct node *map,
    const struct event *e)
{
	const struct node *list = node_get(map, "categories");
	struct map seen = { 0 };
	int all = e->sign_up.seats;

	if (list == NULL || list->kind != NODE_SEQUENCE)
		return;
	if (node_get(map, "sign_up") == NULL)
		diag_say(run->diag, &site_messages[SITE_CATEGORIES_ALONE],
		    list->pos, STR(""));
	for (struct node *n = list->first; n != NULL; n = n->next) {
		struct node *id = node_get(n, "id");

		if (id != NULL && id->kind == NODE_SCALAR)
			kinds_check_single(run, &seen, id);
	}
	for (size_t i = 0; i < e->categories.n; i++) {
		const struct category *c = &e->categories.at[i];

		if (all != NOT_GIVEN && c->seats > all)
			diag_say(run->diag, &site_messages[SITE_CATEGORY_SEATS],
			    c->pos, str_format(run->arena, "%d", c->seats),
			    str_format(run->arena, "%d", all));
	}
}

/* The later one of two values of a mapping. */
static struct pos
second_of(const struct node *a, const struct node *b)
{
	bool later =
	    b->pos.line > a->pos.line ||
	    (b->pos.line == a->pos.line && b->pos.column > a->pos.column);

	return later ? b->pos : a->pos;
}

static void
check_event(struct schema_run *run, const struct node *map, void *out)
{
	const struct node *repeat = node_get(map, "repeat");
	const struct node *sign_up = node_get(map, "sign_up");
	struct event *e = out;

	check_end(run, map, e);
	check_categories(run, map, e);
	kinds_check_shown(run, map, e->publish_at, e->unpublish_at);
	if (repeat == NULL || node_is_null(repeat))
		return;
	if (sign_up != NULL && !node_is_null(sign_up))
		diag_say(run->diag, &site_messages[SITE_REPEAT_SIGN_UP],
		    second_of(repeat, sign_up), STR(""));
	if (e->starts.given && e->repeat.until.year != 0 &&
	    date_cmp(e->repeat.until, e->starts.date) < 0) {
		const struct node *until = node_get(repeat, "until");

		diag_say(run->diag, &site_messages[SITE_ENDS_BEFORE],
		    until->pos, STR("until"), until->text,
		    schema_quote(run->arena, node_get(map, "starts")->text));
	}
}

static const struct field event_fields[] = {
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct event, title) },
	{ "kind", FIELD_WORD, .required = true,
	    .at = offsetof(struct event, kind), .words = kind_words },
	{ "organization", FIELD_CUSTOM,
	    .at = offsetof(struct event, organization_ref),
	    .read = kinds_read_ref },
	{ "municipality", FIELD_CUSTOM,
	    .at = offsetof(struct event, municipality_ref),
	    .read = kinds_read_ref },
	{ "direction", FIELD_CUSTOM,
	    .at = offsetof(struct event, direction_ref),
	    .read = kinds_read_ref },
	{ "age", FIELD_MAP, .at = offsetof(struct event, age),
	    .below = &age_schema },
	{ "summary", FIELD_TEXT, .at = offsetof(struct event, summary) },
	{ "description", FIELD_CUSTOM,
	    .at = offsetof(struct event, description),
	    .read = kinds_read_prose },
	{ "conditions", FIELD_CUSTOM, .at = offsetof(struct event, conditions),
	    .read = kinds_read_prose },
	{ "place", FIELD_MAP, .at = offsetof(struct event, place),
	    .below = &place_schema },
	{ "online", FIELD_CUSTOM, .read = read_online },
	{ "link", FIELD_URL, .at = offsetof(struct event, link) },
	{ "starts", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct event, starts), .read = read_when },
	{ "ends", FIELD_CUSTOM, .at = offsetof(struct event, ends),
	    .read = read_when },
	{ "repeat", FIELD_MAP, .at = offsetof(struct event, repeat),
	    .below = &repeat_schema },
	{ "sign_up", FIELD_MAP, .at = offsetof(struct event, sign_up),
	    .below = &sign_up_schema },
	{ "categories", FIELD_LIST, .at = offsetof(struct event, categories),
	    .below = &category_schema },
	{ "contact", FIELD_MAP, .at = offsetof(struct event, contact),
	    .below = &contact_schema },
	{ "photo", FIELD_MAP, .at = offsetof(struct event, photo),
	    .below = &photo_schema },
	{ "tags", FIELD_TEXTS, .at = offsetof(struct event, tags) },
	{ "aliases", FIELD_CUSTOM, .at = offsetof(struct event, aliases),
	    .read = kinds_read_aliases },
	{ "status", FIELD_WORD, .at = offsetof(struct event, status),
	    .words = status_words },
	{ "sequence", FIELD_WHOLE, .at = offsetof(struct event, sequence),
	    .max = SEQUENCE_MAX },
	KINDS_SHOWN(struct event),
};

static const struct event event_start = {
	.age = { .min = NOT_GIVEN, .max = NOT_GIVEN },
	.kind = EVENT_OTHER,
	.sign_up = { .seats = NOT_GIVEN },
};

const struct schema event_schema = { SCHEMA_FIELDS(event_fields),
	.size = sizeof(struct event), .start = &event_start,
	.pos_at = offsetof(struct event, pos), .check = check_event };
