#include <string.h>

#include "base/arena.h"
#include "base/yaml.h"
#include "generator/model/messages.h"
#include "generator/read/kinds.h"

/* organizations/ID.yaml and programs/ID.yaml. */

enum { SEATS_MAX = 100000, HOURS_MAX = 10000, MONEY_MAX = 10000000 };

static const struct field organization_fields[] = {
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct organization, title) },
	{ "short_title", FIELD_TEXT,
	    .at = offsetof(struct organization, short_title) },
	{ "municipality", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct organization, municipality_ref),
	    .read = kinds_read_ref },
	{ "address", FIELD_TEXT, .at = offsetof(struct organization, address) },
	{ "geo", FIELD_MAP, .at = offsetof(struct organization, geo),
	    .below = &geo_schema },
	{ "phone", FIELD_TEXT, .at = offsetof(struct organization, phone) },
	{ "email", FIELD_TEXT, .at = offsetof(struct organization, email) },
	{ "website", FIELD_URL, .at = offsetof(struct organization, website) },
	{ "license", FIELD_TEXT, .at = offsetof(struct organization, license) },
	{ "verified", FIELD_BOOL,
	    .at = offsetof(struct organization, verified) },
	{ "about", FIELD_CUSTOM, .at = offsetof(struct organization, about),
	    .read = kinds_read_prose },
	{ "photo", FIELD_MAP, .at = offsetof(struct organization, photo),
	    .below = &photo_schema },
	{ "aliases", FIELD_CUSTOM, .at = offsetof(struct organization, aliases),
	    .read = kinds_read_aliases },
	{ "updated", FIELD_DATE, .at = offsetof(struct organization, updated) },
};

const struct schema organization_schema = { SCHEMA_FIELDS(organization_fields),
	.size = sizeof(struct organization),
	.pos_at = offsetof(struct organization, pos) };

static const struct word level_words[] = {
	{ "introductory", LEVEL_INTRODUCTORY },
	{ "basic", LEVEL_BASIC },
	{ "advanced", LEVEL_ADVANCED },
	{ "mixed", LEVEL_MIXED },
	{ NULL, 0 },
};

static const struct word form_words[] = {
	{ "in-person", FORM_IN_PERSON },
	{ "remote", FORM_REMOTE },
	{ "blended", FORM_BLENDED },
	{ NULL, 0 },
};

static const struct word funding_words[] = {
	{ "budget", FUNDING_BUDGET },
	{ "certificate", FUNDING_CERTIFICATE },
	{ "paid", FUNDING_PAID },
	{ NULL, 0 },
};

static const struct word per_words[] = {
	{ "month", PER_MONTH },
	{ "course", PER_COURSE },
	{ "lesson", PER_LESSON },
	{ NULL, 0 },
};

static const struct word weeks_words[] = {
	{ "all", WEEKS_ALL },
	{ "odd", WEEKS_ODD },
	{ "even", WEEKS_EVEN },
	{ NULL, 0 },
};

static const struct field price_fields[] = {
	{ "amount", FIELD_HUNDREDTHS, .required = true,
	    .at = offsetof(struct program, price), .max = MONEY_MAX },
	{ "per", FIELD_WORD, .at = offsetof(struct program, price_per),
	    .words = per_words },
};

/* Its fields are those of the program itself. */
static const struct schema price_schema = { SCHEMA_FIELDS(price_fields) };

static bool
is_dash(struct str s, size_t *length)
{
	static const struct str dashes[] = { STR_INIT("-"), STR_INIT("–"),
		STR_INIT("—") };

	for (size_t i = 0; i < 3; i++) {
		*length = dashes[i].n;
		if (str_starts(s, dashes[i]))
			return true;
	}
	return false;
}

/* "15:00-16:30" */
static void
read_span(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	enum { CLOCK = sizeof("15:00") - 1 };
	struct lesson *l = at;
	struct str rest;
	size_t dash;
	int from, to;

	if (!schema_is_scalar(run, f->name, n))
		return;
	rest = str_slice(n->text, CLOCK, n->text.n);
	if (!is_dash(rest, &dash) || n->text.n != CLOCK + dash + CLOCK) {
		diag_say(run->diag, &site_messages[SITE_TIME_SPAN], n->pos,
		    schema_quote(run->arena, n->text));
		return;
	}
	if (!schema_time(run, f->name, n, str_slice(n->text, 0, CLOCK),
		&from) ||
	    !schema_time(run, f->name, n, str_slice(rest, dash, CLOCK), &to))
		return;
	if (to <= from) {
		diag_say(run->diag, &site_messages[SITE_ENDS_BEFORE], n->pos,
		    str_from(f->name), str_slice(rest, dash, CLOCK),
		    str_slice(n->text, 0, CLOCK));
		return;
	}
	l->from = from;
	l->to = to;
}

static void
check_lesson(struct schema_run *run, const struct node *map, void *out)
{
	const struct node *days = node_get(map, "days");
	struct lesson *l = out;

	if (l->days == 0 && days != NULL && days->kind == NODE_SEQUENCE &&
	    days->n == 0)
		diag_say(run->diag, &site_messages[SITE_EMPTY_LIST], days->pos,
		    STR("days"));
}

static const struct field lesson_fields[] = {
	{ "days", FIELD_WORDS, .required = true,
	    .at = offsetof(struct lesson, days), .words = weekday_words },
	{ "time", FIELD_CUSTOM, .required = true, .read = read_span },
	{ "weeks", FIELD_WORD, .at = offsetof(struct lesson, weeks),
	    .words = weeks_words },
};

static const struct schema lesson_schema = { SCHEMA_FIELDS(lesson_fields),
	.size = sizeof(struct lesson), .check = check_lesson };

static void
check_period(struct schema_run *run, const struct node *map, void *out)
{
	struct group *g = out;

	kinds_check_order(run, map, "from", "to",
	    g->from.year != 0 && g->to.year != 0 &&
		date_cmp(g->to, g->from) < 0);
}

static const struct field period_fields[] = {
	{ "from", FIELD_DATE, .required = true,
	    .at = offsetof(struct group, from) },
	{ "to", FIELD_DATE, .at = offsetof(struct group, to) },
};

static const struct schema period_schema = { SCHEMA_FIELDS(period_fields),
	.check = check_period };

static void
check_enrollment(struct schema_run *run, const struct node *map, void *out)
{
	struct group *g = out;

	kinds_check_order(run, map, "opens", "closes",
	    g->opens != 0 && g->closes != 0 && g->closes <= g->opens);
}

static const struct field enrollment_fields[] = {
	{ "opens", FIELD_MOMENT, .at = offsetof(struct group, opens) },
	{ "closes", FIELD_MOMENT, .at = offsetof(struct group, closes) },
};

static const struct schema enrollment_schema = {
	SCHEMA_FIELDS(enrollment_fields), .check = check_enrollment
};

/* A group's old ids are of its program, not of the site. */
static void
read_group_aliases(struct schema_run *run, const struct field *f,
    const struct node *list, void *at)
{
	struct str_list *out = at;

	if (!schema_is_list(run, f->name, list))
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		struct str id = { 0 };

		kinds_read_id(run, f, n, &id);
		if (id.n > 0)
			*VEC_PUSH(run->arena, &out->items) = id;
	}
}

static const struct field group_fields[] = {
	{ "id", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct group, id), .read = kinds_read_id },
	{ "title", FIELD_TEXT, .at = offsetof(struct group, title) },
	{ "aliases", FIELD_CUSTOM, .at = offsetof(struct group, aliases),
	    .read = read_group_aliases },
	{ "age", FIELD_MAP, .at = offsetof(struct group, age),
	    .below = &age_schema },
	{ "seats", FIELD_WHOLE, .at = offsetof(struct group, seats),
	    .max = SEATS_MAX },
	{ "waiting", FIELD_WHOLE, .at = offsetof(struct group, waiting),
	    .max = SEATS_MAX },
	{ "teacher", FIELD_TEXT, .at = offsetof(struct group, teacher) },
	{ "place", FIELD_MAP, .at = offsetof(struct group, place),
	    .below = &place_schema },
	{ "period", FIELD_MAP, .below = &period_schema },
	{ "enrollment", FIELD_MAP, .below = &enrollment_schema },
	{ "schedule", FIELD_LIST, .at = offsetof(struct group, schedule),
	    .below = &lesson_schema },
};

static const struct group group_start = {
	.age = { .min = NOT_GIVEN, .max = NOT_GIVEN },
	.seats = NOT_GIVEN,
	.waiting = NOT_GIVEN,
};

static const struct schema group_schema = { SCHEMA_FIELDS(group_fields),
	.size = sizeof(struct group), .start = &group_start,
	.pos_at = offsetof(struct group, pos) };

/* All names of a program's groups, new and old, are single. */
static void
check_group_ids(struct schema_run *run, const struct node *map)
{
	const struct node *groups = node_get(map, "groups");
	struct map seen = { 0 };

	if (groups == NULL || groups->kind != NODE_SEQUENCE)
		return;
	for (struct node *g = groups->first; g != NULL; g = g->next) {
		struct node *id = node_get(g, "id");
		struct node *aliases = node_get(g, "aliases");

		if (id != NULL && id->kind == NODE_SCALAR)
			kinds_check_single(run, &seen, id);
		if (aliases == NULL || aliases->kind != NODE_SEQUENCE)
			continue;
		for (struct node *n = aliases->first; n != NULL; n = n->next)
			if (n->kind == NODE_SCALAR)
				kinds_check_single(run, &seen, n);
	}
}

/* Whether it may be there is known only when all files are read. */
static void
find_certificate(const struct node *map, struct program *p)
{
	const struct node *list = node_get(map, "funding");

	if (list == NULL || list->kind != NODE_SEQUENCE)
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next)
		if (n->kind == NODE_SCALAR &&
		    str_eq(n->text, STR("certificate")))
			p->pos_certificate = n->pos;
}

static void
check_money(struct schema_run *run, const struct node *map,
    const struct program *p)
{
	const struct node *cost = node_get(map, "certificate_cost");
	const struct node *price = node_get(map, "price");

	if (node_get(map, "funding") == NULL)
		return;
	if (p->certificate_cost > 0 && !(p->funding & FUNDING_CERTIFICATE))
		diag_say(run->diag, &site_messages[SITE_CERTIFICATE_COST],
		    cost->pos, STR(""));
	if (p->certificate_cost == NOT_GIVEN && cost == NULL &&
	    p->funding & FUNDING_CERTIFICATE)
		diag_say(run->diag, &site_messages[SITE_CERTIFICATE_FREE],
		    p->pos_certificate, STR(""));
	if (p->price > 0 && price != NULL &&
	    !(p->funding & (FUNDING_PAID | FUNDING_CERTIFICATE)))
		diag_say(run->diag, &site_messages[SITE_PRICE_FREE], price->pos,
		    STR(""));
}

static void
check_program(struct schema_run *run, const struct node *map, void *out)
{
	struct program *p = out;

	check_group_ids(run, map);
	find_certificate(map, p);
	check_money(run, map, p);
	kinds_check_shown(run, map, p->publish_at, p->unpublish_at);
}

static const struct field program_fields[] = {
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct program, title) },
	{ "organization", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct program, organization_ref),
	    .read = kinds_read_ref },
	{ "direction", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct program, direction_ref),
	    .read = kinds_read_ref },
	{ "municipality", FIELD_CUSTOM,
	    .at = offsetof(struct program, municipality_ref),
	    .read = kinds_read_ref },
	{ "summary", FIELD_TEXT, .at = offsetof(struct program, summary) },
	{ "age", FIELD_MAP, .at = offsetof(struct program, age),
	    .below = &age_schema },
	{ "level", FIELD_WORD, .at = offsetof(struct program, level),
	    .words = level_words },
	{ "form", FIELD_WORD, .at = offsetof(struct program, form),
	    .words = form_words },
	{ "funding", FIELD_WORDS, .at = offsetof(struct program, funding),
	    .words = funding_words },
	{ "price", FIELD_MAP, .below = &price_schema },
	{ "certificate_cost", FIELD_HUNDREDTHS,
	    .at = offsetof(struct program, certificate_cost),
	    .max = MONEY_MAX },
	{ "hours", FIELD_WHOLE, .at = offsetof(struct program, hours),
	    .max = HOURS_MAX },
	{ "health", FIELD_TEXTS, .at = offsetof(struct program, health) },
	{ "entrance_test", FIELD_BOOL,
	    .at = offsetof(struct program, entrance_test) },
	{ "documents", FIELD_TEXTS, .at = offsetof(struct program, documents) },
	{ "teachers", FIELD_TEXTS, .at = offsetof(struct program, teachers) },
	{ "tags", FIELD_TEXTS, .at = offsetof(struct program, tags) },
	{ "groups", FIELD_LIST, .at = offsetof(struct program, groups),
	    .below = &group_schema },
	{ "description", FIELD_CUSTOM,
	    .at = offsetof(struct program, description),
	    .read = kinds_read_prose },
	{ "goals", FIELD_CUSTOM, .at = offsetof(struct program, goals),
	    .read = kinds_read_prose },
	{ "results", FIELD_CUSTOM, .at = offsetof(struct program, results),
	    .read = kinds_read_prose },
	{ "equipment", FIELD_CUSTOM, .at = offsetof(struct program, equipment),
	    .read = kinds_read_prose },
	{ "photo", FIELD_MAP, .at = offsetof(struct program, photo),
	    .below = &photo_schema },
	{ "video", FIELD_URL, .at = offsetof(struct program, video) },
	{ "aliases", FIELD_CUSTOM, .at = offsetof(struct program, aliases),
	    .read = kinds_read_aliases },
	KINDS_SHOWN(struct program),
};

static const struct program program_start = {
	.age = { .min = NOT_GIVEN, .max = NOT_GIVEN },
	.price = NOT_GIVEN,
	.certificate_cost = NOT_GIVEN,
	.hours = NOT_GIVEN,
};

const struct schema program_schema = { SCHEMA_FIELDS(program_fields),
	.size = sizeof(struct program), .start = &program_start,
	.pos_at = offsetof(struct program, pos), .check = check_program };
