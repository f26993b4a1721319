#include "generator/read/kinds.h"

#include <string.h>

#include "base/arena.h"
#include "base/messages.h"
#include "base/yaml.h"
#include "generator/model/messages.h"
#include "generator/read/markdown.h"

enum { ID_MAX = 80, AGE_MAX = 120 };

bool
kinds_is_id(struct str s)
{
	if (s.n == 0 || s.n > ID_MAX)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (!(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') &&
		    c != '-')
			return false;
	}
	return true;
}

static bool
read_id(struct schema_run *run, const char *name, const struct node *n,
    struct str *out)
{
	if (!schema_is_scalar(run, name, n))
		return false;
	if (!kinds_is_id(n->text)) {
		diag_say(run->diag, &site_messages[SITE_BAD_ID], n->pos,
		    schema_quote(run->arena, n->text));
		return false;
	}
	*out = str_dup(run->arena, n->text);
	return true;
}

void
kinds_read_id(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	read_id(run, f->name, n, at);
}

bool
kinds_is_refused(struct str id, bool of_event)
{
	bool month = of_event && id.n == sizeof("2026-12") - 1;

	for (size_t i = 0; month && i < id.n; i++)
		month =
		    i == 4 ? id.p[i] == '-' : id.p[i] >= '0' && id.p[i] <= '9';
	return month || str_eq(id, STR("index")) || str_eq(id, STR("all"));
}

/* False: told. */
static bool
read_page_id(struct schema_run *run, const char *name, const struct node *n,
    bool of_event, struct str *out)
{
	struct str id;

	if (!read_id(run, name, n, &id))
		return false;
	if (kinds_is_refused(id, of_event)) {
		diag_say(run->diag, &site_messages[SITE_REFUSED_ID], n->pos,
		    id);
		return false;
	}
	*out = id;
	return true;
}

void
kinds_read_page_id(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	read_page_id(run, f->name, n, false, at);
}

void
kinds_read_ref(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	struct ref *ref = at;

	if (schema_text(run, f->name, n, 0, &ref->id))
		ref->pos = n->pos;
}

void
kinds_read_prose(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	enum { BELOW_A_SECTION = 3 };
	struct markdown m = { .pos = n->pos,
		.heading_min = BELOW_A_SECTION,
		.prefix = f->name };

	if (schema_is_scalar(run, f->name, n))
		markdown_render(run->user, &m, n->text, at);
}

void
kinds_read_aliases(struct schema_run *run, const struct field *f,
    const struct node *list, void *at)
{
	struct reading *r = run->user;
	struct str_list *out = at;
	struct str id;

	if (!schema_is_list(run, f->name, list))
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		if (!read_page_id(run, f->name, n, r->alias_kind == ALIAS_EVENT,
			&id))
			continue;
		*VEC_PUSH(run->arena, &out->items) = id;
		*VEC_PUSH(run->arena, &r->aliases) =
		    (struct alias_use){ r->alias_kind, id, r->id, n->pos };
	}
}

void
kinds_read_moment(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	struct date d;
	int64_t *out = at;

	if (!schema_is_scalar(run, f->name, n))
		return;
	if (str_find_char(n->text, 'T') != -1)
		schema_moment(run, f->name, n, out);
	else if (schema_date(run, f->name, n, &d))
		*out = date_start(d);
}

void
kinds_read_dates(struct schema_run *run, const struct field *f,
    const struct node *list, void *at)
{
	VEC(struct date) dates;
	struct date d;

	if (!schema_is_list(run, f->name, list))
		return;
	memcpy(&dates, at, sizeof(dates));
	for (const struct node *n = list->first; n != NULL; n = n->next)
		if (schema_date(run, f->name, n, &d))
			*VEC_PUSH(run->arena, &dates) = d;
	memcpy(at, &dates, sizeof(dates));
}

void
kinds_check_single(struct schema_run *run, struct map *seen, struct node *id)
{
	const struct node *first;

	if (map_add(seen, run->arena, id->text, id))
		return;
	first = map_get(seen, id->text);
	diag_say(run->diag, &site_messages[SITE_TWICE], id->pos,
	    schema_quote(run->arena, id->text),
	    str_format(run->arena, "%d", first->pos.line));
}

void
kinds_check_order(struct schema_run *run, const struct node *map,
    const char *first, const char *second, bool wrong)
{
	const struct node *a = node_get(map, first);
	const struct node *b = node_get(map, second);

	if (!wrong || a == NULL || b == NULL)
		return;
	diag_say(run->diag, &site_messages[SITE_ENDS_BEFORE], b->pos,
	    str_from(second), schema_quote(run->arena, b->text),
	    schema_quote(run->arena, a->text));
}

void
kinds_check_shown(struct schema_run *run, const struct node *map,
    int64_t publish_at, int64_t unpublish_at)
{
	kinds_check_order(run, map, "publish_at", "unpublish_at",
	    publish_at != 0 && unpublish_at != 0 && unpublish_at <= publish_at);
}

static void
check_age(struct schema_run *run, const struct node *map, void *out)
{
	struct range *r = out;

	if (r->min == NOT_GIVEN || r->max == NOT_GIVEN || r->min <= r->max)
		return;
	diag_say(run->diag, &site_messages[SITE_MIN_MAX],
	    node_get(map, "max")->pos, str_format(run->arena, "%d", r->max),
	    str_format(run->arena, "%d", r->min));
}

static const struct field age_fields[] = {
	{ "min", FIELD_WHOLE, .at = offsetof(struct range, min),
	    .pos_at = offsetof(struct range, pos_min), .max = AGE_MAX },
	{ "max", FIELD_WHOLE, .at = offsetof(struct range, max),
	    .pos_at = offsetof(struct range, pos_max), .max = AGE_MAX },
};

const struct schema age_schema = { SCHEMA_FIELDS(age_fields),
	.size = sizeof(struct range), .check = check_age };

static void
check_geo(struct schema_run *run, const struct node *map, void *out)
{
	struct geo *g = out;

	(void)run;
	(void)map;
	g->given = g->lat.n > 0 && g->lon.n > 0;
}

static const struct field geo_fields[] = {
	{ "lat", FIELD_DECIMAL, .required = true,
	    .at = offsetof(struct geo, lat), .min = -90, .max = 90 },
	{ "lon", FIELD_DECIMAL, .required = true,
	    .at = offsetof(struct geo, lon), .min = -180, .max = 180 },
};

const struct schema geo_schema = { SCHEMA_FIELDS(geo_fields),
	.size = sizeof(struct geo), .check = check_geo };

static const struct field place_fields[] = {
	{ "title", FIELD_TEXT, .at = offsetof(struct place, title) },
	{ "address", FIELD_TEXT, .at = offsetof(struct place, address) },
	{ "geo", FIELD_MAP, .at = offsetof(struct place, geo),
	    .below = &geo_schema },
};

const struct schema place_schema = { SCHEMA_FIELDS(place_fields),
	.size = sizeof(struct place) };

static void
check_photo(struct schema_run *run, const struct node *map, void *out)
{
	struct photo *p = out;
	struct reading *r = run->user;

	(void)map;
	if (p->file.n > 0)
		*VEC_PUSH(run->arena, &r->links) =
		    (struct link_use){ p->file, p->pos, true };
}

static const struct field photo_fields[] = {
	{ "file", FIELD_TEXT, .required = true,
	    .at = offsetof(struct photo, file),
	    .pos_at = offsetof(struct photo, pos) },
	{ "alt", FIELD_TEXT, .required = true,
	    .at = offsetof(struct photo, alt) },
};

const struct schema photo_schema = { SCHEMA_FIELDS(photo_fields),
	.size = sizeof(struct photo), .check = check_photo };

static const struct field contact_fields[] = {
	{ "name", FIELD_TEXT, .at = offsetof(struct contact, name) },
	{ "phone", FIELD_TEXT, .at = offsetof(struct contact, phone) },
	{ "email", FIELD_TEXT, .at = offsetof(struct contact, email) },
};

const struct schema contact_schema = { SCHEMA_FIELDS(contact_fields),
	.size = sizeof(struct contact) };

const struct word weekday_words[] = {
	{ "mon", 1 << 0 },
	{ "tue", 1 << 1 },
	{ "wed", 1 << 2 },
	{ "thu", 1 << 3 },
	{ "fri", 1 << 4 },
	{ "sat", 1 << 5 },
	{ "sun", 1 << 6 },
	{ NULL, 0 },
};
