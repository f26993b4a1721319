#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/messages.h"
#include "base/yaml.h"
#include "generator/model/messages.h"
#include "generator/read/kinds.h"

/* site.yaml, municipalities.yaml, holidays.yaml, search.yaml. */

enum {
	YEAR_FIRST = 1900,
	YEAR_LAST = 2199,
	MONEY_MAX = 10000000,
	MAP_MAX = 100,    /* tiles and river points */
	LEAP_YEAR = 2000, /* in which 02-29 is a day */
};

static void
tell(struct schema_run *run, enum site_message m, const struct node *n)
{
	diag_say(run->diag, &site_messages[m], n->pos,
	    schema_quote(run->arena, n->text));
}

/* The zone holds for all moments that are read after it. */
static void
read_zone(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct str *out = at;

	if (!schema_text(run, f->name, n, 0, out))
		return;
	if (!date_zone_set(str_c(run->arena, *out)))
		tell(run, SITE_ZONE, n);
}

static void
read_language(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	struct str *out = at;
	struct str s;

	if (!schema_text(run, f->name, n, 0, &s))
		return;
	if (s.n != 2 || s.p[0] < 'a' || s.p[0] > 'z' || s.p[1] < 'a' ||
	    s.p[1] > 'z')
		tell(run, SITE_LANGUAGE, n);
	else
		*out = s;
}

static void
read_base_url(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	struct str *out = at;
	struct str s;

	if (!schema_url(run, f->name, n, &s))
		return;
	if (!str_starts(s, STR("http")) || str_find_char(s, '?') != -1 ||
	    str_find_char(s, '#') != -1 || str_find_char(s, '@') != -1) {
		tell(run, SITE_BASE_URL, n);
		return;
	}
	while (str_ends(s, STR("/")))
		s.n--;
	*out = str_dup(run->arena, s);
}

/* "09-01" */
static bool
read_month_day(struct schema_run *run, const struct field *f,
    const struct node *n, int *month, int *day)
{
	struct date d;

	if (!schema_is_scalar(run, f->name, n))
		return false;
	if (!date_parse(str_format(run->arena, "%d-%.*s", LEAP_YEAR,
			    STR_ARG(n->text)),
		&d)) {
		diag_say(run->diag, &site_messages[SITE_MONTH_DAY], n->pos,
		    str_from(f->name), schema_quote(run->arena, n->text));
		return false;
	}
	*month = d.month;
	*day = d.day;
	return true;
}

static void
read_year_start(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	struct settings *s = at;

	read_month_day(run, f, n, &s->year_start_month, &s->year_start_day);
}

static void
read_year_end(struct schema_run *run, const struct field *f,
    const struct node *n, void *at)
{
	struct settings *s = at;

	read_month_day(run, f, n, &s->year_end_month, &s->year_end_day);
}

static const struct field school_year_fields[] = {
	{ "starts", FIELD_CUSTOM, .required = true, .read = read_year_start },
	{ "ends", FIELD_CUSTOM, .required = true, .read = read_year_end },
};

static const struct schema school_year_schema = { SCHEMA_FIELDS(
    school_year_fields) };

static const struct word unit_words[] = {
	{ "rub", 0 },
	{ "hours", 1 },
	{ NULL, 0 },
};

static void
read_unit(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct field words = *f;
	struct settings *s = at;
	int unit;

	words.words = unit_words;
	if (schema_word(run, &words, n, &unit))
		s->certificate_unit = str_from(unit_words[unit].name);
}

static const struct word hold_words[] = {
	{ "approval", 1 },
	{ "contract", 0 },
	{ NULL, 0 },
};

static void
read_hold(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct field words = *f;
	struct settings *s = at;
	int on;

	words.words = hold_words;
	if (schema_word(run, &words, n, &on))
		s->hold_on_approval = on == 1;
}

static const struct field certificate_fields[] = {
	{ "unit", FIELD_CUSTOM, .read = read_unit },
	{ "ages", FIELD_MAP, .at = offsetof(struct settings, certificate_ages),
	    .below = &age_schema },
	{ "hold_on", FIELD_CUSTOM, .read = read_hold },
};

static const struct schema certificate_schema = { SCHEMA_FIELDS(
    certificate_fields) };

static const struct field site_contact_fields[] = {
	{ "name", FIELD_TEXT, .at = offsetof(struct settings, contact.name) },
	{ "phone", FIELD_TEXT, .at = offsetof(struct settings, contact.phone) },
	{ "email", FIELD_TEXT, .at = offsetof(struct settings, contact.email) },
	{ "hours", FIELD_TEXT, .at = offsetof(struct settings, contact_hours) },
};

static const struct schema site_contact_schema = { SCHEMA_FIELDS(
    site_contact_fields) };

static const struct field direction_fields[] = {
	{ "id", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct direction, id), .read = kinds_read_page_id },
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct direction, title) },
};

static const struct schema direction_schema = { SCHEMA_FIELDS(direction_fields),
	.size = sizeof(struct direction),
	.pos_at = offsetof(struct direction, pos) };

/* A decimal on the map; false: told. */
static bool
read_coordinate(struct schema_run *run, const char *name, const struct node *n,
    double *out)
{
	const struct field f = { .name = name,
		.min = -MAP_MAX,
		.max = MAP_MAX };
	struct str s;

	if (!schema_decimal(run, &f, n, &s))
		return false;
	*out = strtod(str_c(run->arena, s), NULL);
	return true;
}

static void
read_river(struct schema_run *run, const struct node *list, struct river *out)
{
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		struct point p;

		if (n->kind == NODE_WRONG)
			continue;
		if (n->kind != NODE_SEQUENCE || n->n != 2) {
			tell(run, SITE_POINT, n);
			continue;
		}
		if (read_coordinate(run, "x", n->first, &p.x) &&
		    read_coordinate(run, "y", n->first->next, &p.y))
			*VEC_PUSH(run->arena, &out->points) = p;
	}
}

static void
read_rivers(struct schema_run *run, const struct field *f,
    const struct node *list, void *at)
{
	struct settings *s = at;

	if (!schema_is_list(run, f->name, list))
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next)
		if (schema_is_list(run, f->name, n))
			read_river(run, n, VEC_PUSH(run->arena, &s->rivers));
}

static void
check_site(struct schema_run *run, const struct node *map, void *out)
{
	const struct node *list = node_get(map, "directions");
	struct map seen = { 0 };

	(void)out;
	if (list == NULL || list->kind != NODE_SEQUENCE)
		return;
	if (list->n == 0)
		diag_say(run->diag, &site_messages[SITE_EMPTY_LIST], list->pos,
		    STR("directions"));
	for (struct node *n = list->first; n != NULL; n = n->next) {
		struct node *id = node_get(n, "id");

		if (id != NULL && id->kind == NODE_SCALAR)
			kinds_check_single(run, &seen, id);
	}
}

static const struct field site_fields[] = {
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct settings, title) },
	{ "short_title", FIELD_TEXT,
	    .at = offsetof(struct settings, short_title) },
	{ "region", FIELD_TEXT, .at = offsetof(struct settings, region) },
	{ "base_url", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct settings, base_url), .read = read_base_url },
	{ "timezone", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct settings, timezone), .read = read_zone },
	{ "language", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct settings, language), .read = read_language },
	{ "clean_urls", FIELD_BOOL,
	    .at = offsetof(struct settings, clean_urls) },
	{ "directions", FIELD_LIST, .required = true,
	    .at = offsetof(struct settings, directions),
	    .below = &direction_schema },
	{ "school_year", FIELD_MAP, .below = &school_year_schema },
	{ "certificate", FIELD_MAP, .below = &certificate_schema },
	{ "contact", FIELD_MAP, .below = &site_contact_schema },
	{ "rivers", FIELD_CUSTOM, .read = read_rivers },
};

static const struct settings settings_start = {
	.certificate_unit = STR_INIT("rub"),
	.certificate_ages = { .min = 5, .max = 17 },
	.language = STR_INIT("ru"),
	.year_start_month = 9,
	.year_start_day = 1,
	.year_end_month = 8,
	.year_end_day = 31,
};

const struct schema site_schema = { SCHEMA_FIELDS(site_fields),
	.size = sizeof(struct settings), .start = &settings_start,
	.pos_at = offsetof(struct settings, pos), .check = check_site };

/* {2026: 24000, 2027: 25000} */
static void
read_nominals(struct schema_run *run, const struct field *f,
    const struct node *map, void *at)
{
	const struct field amount = { .name = "nominal", .max = MONEY_MAX };
	struct municipality *m = at;

	if (!schema_is_mapping(run, f->name, map))
		return;
	for (const struct node *k = map->first; k != NULL; k = k->next) {
		struct nominal n = { 0 };
		int64_t year;

		if (k->kind != NODE_SCALAR)
			continue;
		if (!str_to_int64(k->text, &year) || year < YEAR_FIRST ||
		    year > YEAR_LAST) {
			tell(run, SITE_YEAR, k);
			continue;
		}
		n.year = (int)year;
		if (schema_hundredths(run, &amount, k->value, &n.amount))
			*VEC_PUSH(run->arena, &m->nominals) = n;
	}
}

static void
read_tile_x(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct municipality *m = at;

	read_coordinate(run, f->name, n, &m->tile_x);
}

static void
read_tile_y(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct municipality *m = at;

	m->has_tile = read_coordinate(run, f->name, n, &m->tile_y);
}

static const struct field tile_fields[] = {
	{ "x", FIELD_CUSTOM, .required = true, .read = read_tile_x },
	{ "y", FIELD_CUSTOM, .required = true, .read = read_tile_y },
};

static const struct schema tile_schema = { SCHEMA_FIELDS(tile_fields) };

static const struct field center_fields[] = {
	{ "title", FIELD_TEXT, .at = offsetof(struct center, title) },
	{ "phone", FIELD_TEXT, .at = offsetof(struct center, phone) },
	{ "email", FIELD_TEXT, .at = offsetof(struct center, email) },
	{ "address", FIELD_TEXT, .at = offsetof(struct center, address) },
};

static const struct schema center_schema = { SCHEMA_FIELDS(center_fields) };

static const struct field municipality_fields[] = {
	{ "id", FIELD_CUSTOM, .required = true,
	    .at = offsetof(struct municipality, id),
	    .pos_at = offsetof(struct municipality, pos),
	    .read = kinds_read_page_id },
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct municipality, title) },
	{ "title_in", FIELD_TEXT,
	    .at = offsetof(struct municipality, title_in) },
	{ "code", FIELD_TEXT, .at = offsetof(struct municipality, code) },
	{ "nominal", FIELD_CUSTOM, .read = read_nominals },
	{ "center", FIELD_MAP, .at = offsetof(struct municipality, center),
	    .below = &center_schema },
	{ "tile", FIELD_MAP, .below = &tile_schema },
};

const struct schema municipality_schema = { SCHEMA_FIELDS(municipality_fields),
	.size = sizeof(struct municipality) };

static const struct field holiday_fields[] = {
	{ "date", FIELD_DATE, .required = true,
	    .at = offsetof(struct holiday, date) },
	{ "title", FIELD_TEXT, .at = offsetof(struct holiday, title) },
	{ "working", FIELD_BOOL, .at = offsetof(struct holiday, working) },
	{ "moved_from", FIELD_DATE,
	    .at = offsetof(struct holiday, moved_from) },
};

const struct schema holiday_schema = { SCHEMA_FIELDS(holiday_fields),
	.size = sizeof(struct holiday) };

/* A list of lists of words. */
static void
read_word_lists(struct schema_run *run, const struct field *f,
    const struct node *list, void *at)
{
	VEC(struct word_list) lists;

	if (!schema_is_list(run, f->name, list))
		return;
	memcpy(&lists, at, sizeof(lists));
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		struct word_list *words;

		if (!schema_is_list(run, f->name, n))
			continue;
		if (n->n < 2) {
			diag_say(run->diag, &site_messages[SITE_ONE_WORD],
			    n->pos, str_from(f->name));
			continue;
		}
		words = VEC_PUSH(run->arena, &lists);
		for (const struct node *w = n->first; w != NULL; w = w->next) {
			struct str s;

			if (schema_text(run, f->name, w, 0, &s))
				*VEC_PUSH(run->arena, &words->words) = s;
		}
	}
	memcpy(at, &lists, sizeof(lists));
}

static const struct field search_fields[] = {
	{ "synonyms", FIELD_CUSTOM,
	    .at = offsetof(struct search_words, synonyms),
	    .read = read_word_lists },
	{ "stop_words", FIELD_TEXTS,
	    .at = offsetof(struct search_words, stop_words) },
	{ "exceptions", FIELD_CUSTOM,
	    .at = offsetof(struct search_words, exceptions),
	    .read = read_word_lists },
};

const struct schema search_schema = { SCHEMA_FIELDS(search_fields),
	.size = sizeof(struct search_words) };
