#include "base/log.h"
#include "base/mem.h"
#include "submitd/store/inside.h"

enum { FORMAT = 1 };

/* One table of catalog.db and what makes structs of its rows; -1: logged. */
struct table {
	const char *sql;
	int (*row)(struct catalog *c, struct row *r);
};

static int
lost(const char *what, struct str name)
{
	log_warnx("catalog: %s '%.*s' is not in it", what, STR_ARG(name));
	return -1;
}

static int
put_text(struct catalog *c, struct map *m, struct str key, struct str text)
{
	struct str *copy = arena_alloc(&c->arena, sizeof(*copy), 1);

	*copy = text;
	map_add(m, &c->arena, key, copy);
	return 0;
}

/* Days below begin and end in the site's zone, so it is set as it is read. */
static int
set_zone(struct arena *a, struct str zone)
{
	if (date_zone_set(str_c(a, zone)))
		return 0;
	log_warnx("unknown time zone '%.*s'", STR_ARG(zone));
	return -1;
}

static int
row_setting(struct catalog *c, struct row *r)
{
	struct str name = row_str(r), value = row_str(r);

	if (str_eq(name, STR("timezone")) && set_zone(&c->arena, value) == -1)
		return -1;
	return put_text(c, &c->settings, name, value);
}

static int
row_asset(struct catalog *c, struct row *r)
{
	struct str name = row_str(r);

	return put_text(c, &c->assets, name, row_str(r));
}

static int
row_alias(struct catalog *c, struct row *r)
{
	struct str kind = row_str(r), old = row_str(r);

	return put_text(c, &c->aliases,
	    str_format(&c->arena, "%.*s %.*s", STR_ARG(kind), STR_ARG(old)),
	    row_str(r));
}

static int
row_link(struct catalog *c, struct row *r)
{
	struct catalog_link *l = VEC_PUSH(&c->arena, &c->links);

	l->place = row_str(r);
	l->title = row_str(r);
	l->url = row_str(r);
	return 0;
}

static int
row_municipality(struct catalog *c, struct row *r)
{
	struct catalog_municipality *m = arena_alloc(&c->arena, sizeof(*m), 1);

	m->id = row_str(r);
	m->title = row_str(r);
	m->title_in = row_str(r);
	map_add(&c->municipalities, &c->arena, m->id, m);
	return 0;
}

static int
row_nominal(struct catalog *c, struct row *r)
{
	struct str id = row_str(r);
	struct catalog_municipality *m = map_get(&c->municipalities, id);
	struct catalog_nominal *n;

	if (m == NULL)
		return lost("municipality", id);
	n = VEC_PUSH(&c->arena, &m->nominals);
	n->year = (int)row_int(r);
	n->amount = row_int(r);
	return 0;
}

static int
row_organization(struct catalog *c, struct row *r)
{
	struct catalog_organization *o = arena_alloc(&c->arena, sizeof(*o), 1);
	struct str municipality;

	o->id = row_str(r);
	o->title = row_str(r);
	o->short_title = row_str(r);
	municipality = row_str(r);
	o->verified = row_int(r) != 0;
	o->address = row_str(r);
	o->phone = row_str(r);
	o->email = row_str(r);
	o->municipality = map_get(&c->municipalities, municipality);
	if (o->municipality == NULL)
		return lost("municipality", municipality);
	map_add(&c->organizations, &c->arena, o->id, o);
	return 0;
}

static int
row_program(struct catalog *c, struct row *r)
{
	struct catalog_program *p = arena_alloc(&c->arena, sizeof(*p), 1);
	struct str organization, municipality;

	p->id = row_str(r);
	p->title = row_str(r);
	organization = row_str(r);
	municipality = row_str(r);
	p->direction = row_str(r);
	p->budget = row_int(r) != 0;
	p->certificate = row_int(r) != 0;
	p->paid = row_int(r) != 0;
	p->price = row_int_or(r, -1);
	p->price_per = row_str(r);
	p->certificate_cost = row_int_or(r, -1);
	p->entrance_test = row_int(r) != 0;
	p->documents = row_str(r);
	p->organization = map_get(&c->organizations, organization);
	p->municipality = map_get(&c->municipalities, municipality);
	if (p->organization == NULL)
		return lost("organization", organization);
	if (p->municipality == NULL)
		return lost("municipality", municipality);
	map_add(&c->programs, &c->arena, p->id, p);
	return 0;
}

static int
row_group(struct catalog *c, struct row *r)
{
	struct str program = row_str(r);
	struct catalog_program *p = map_get(&c->programs, program);
	struct catalog_group *g = arena_alloc(&c->arena, sizeof(*g), 1);

	if (p == NULL)
		return lost("program", program);
	g->program = p;
	g->id = row_str(r);
	g->title = row_str(r);
	g->age_min = (int)row_int_or(r, -1);
	g->age_max = (int)row_int_or(r, -1);
	g->seats = row_int_or(r, -1);
	g->waiting = row_int_or(r, -1);
	g->teacher = row_str(r);
	g->place = row_str(r);
	g->from = row_date(r);
	g->to = row_date(r);
	g->school_year = (int)row_int(r);
	g->opens = row_int(r);
	g->closes = row_int(r);
	g->schedule = row_str(r);
	if (g->to.year > 0)
		g->ends = date_start(date_from_days(date_to_days(g->to) + 1));
	*VEC_PUSH(&c->arena, &p->groups) = g;
	return 0;
}

static int
row_lesson(struct catalog *c, struct row *r)
{
	struct str program = row_str(r), id = row_str(r), weeks;
	struct catalog_program *p = map_get(&c->programs, program);
	struct catalog_lesson *l = NULL;

	if (p == NULL)
		return lost("program", program);
	for (size_t i = 0; i < p->groups.n && l == NULL; i++)
		if (str_eq(p->groups.at[i]->id, id))
			l = VEC_PUSH(&c->arena, &p->groups.at[i]->lessons);
	if (l == NULL)
		return lost("group", id);
	l->weekday = (int)row_int(r);
	l->starts = (int)row_int(r);
	l->ends = (int)row_int(r);
	weeks = row_str(r);
	l->weeks = weeks.n > 0 ? weeks.p[0] : 'a';
	return 0;
}

static int
row_event(struct catalog *c, struct row *r)
{
	struct catalog_event *e = arena_alloc(&c->arena, sizeof(*e), 1);

	e->id = row_str(r);
	e->title = row_str(r);
	e->kind = row_str(r);
	e->organization = map_get(&c->organizations, row_str(r));
	e->municipality = map_get(&c->municipalities, row_str(r));
	e->age_min = (int)row_int_or(r, -1);
	e->age_max = (int)row_int_or(r, -1);
	e->starts = row_int(r);
	e->ends = row_int(r);
	e->whole_day = row_int(r) != 0;
	e->place = row_str(r);
	e->status = row_str(r);
	e->sign_up = row_int(r) != 0;
	e->opens = row_int(r);
	e->closes = row_int(r);
	e->seats = row_int_or(r, -1);
	e->auto_approve = row_int(r) != 0;
	map_add(&c->events, &c->arena, e->id, e);
	return 0;
}

static int
row_category(struct catalog *c, struct row *r)
{
	struct str event = row_str(r);
	struct catalog_event *e = map_get(&c->events, event);
	struct catalog_category *k;

	if (e == NULL)
		return lost("event", event);
	k = VEC_PUSH(&c->arena, &e->categories);
	k->id = row_str(r);
	k->title = row_str(r);
	k->age_min = (int)row_int_or(r, -1);
	k->age_max = (int)row_int_or(r, -1);
	k->seats = row_int_or(r, -1);
	k->price = row_int_or(r, -1);
	return 0;
}

static int
row_legal(struct catalog *c, struct row *r)
{
	struct catalog_legal *l = VEC_PUSH(&c->arena, &c->legal);
	struct str consent;

	l->id = row_str(r);
	l->title = row_str(r);
	l->version = row_str(r);
	l->hash = row_str(r);
	consent = row_str(r);
	l->consent = !str_eq(consent, STR("none"));
	l->required = str_eq(consent, STR("required"));
	return 0;
}

static int
row_holiday(struct catalog *c, struct row *r)
{
	struct catalog_holiday *h = VEC_PUSH(&c->arena, &c->holidays);

	h->date = row_date(r);
	h->working = row_int(r) != 0;
	return 0;
}

/* What others refer to comes first. */
static const struct table tables[] = {
	{ "SELECT name, value FROM setting ORDER BY name", row_setting },
	{ "SELECT name, path FROM asset ORDER BY name", row_asset },
	{ "SELECT kind, old, new FROM alias ORDER BY kind, old", row_alias },
	{ "SELECT place, title, url FROM navigation ORDER BY seq", row_link },
	{ "SELECT id, title, title_in FROM municipality ORDER BY id",
	    row_municipality },
	{ "SELECT municipality, year, amount FROM nominal"
	  " ORDER BY municipality, year",
	    row_nominal },
	{ "SELECT id, title, short_title, municipality, verified, address,"
	  " phone, email FROM organization ORDER BY id",
	    row_organization },
	{ "SELECT id, title, organization, municipality, direction, budget,"
	  " certificate, paid, price, price_per, certificate_cost,"
	  " entrance_test, documents FROM program ORDER BY id",
	    row_program },
	{ "SELECT program, id, title, age_min, age_max, seats, waiting,"
	  " teacher, place, period_from, period_to, school_year, opens,"
	  " closes, schedule FROM program_group ORDER BY program, seq",
	    row_group },
	{ "SELECT program, program_group, weekday, starts, ends, weeks"
	  " FROM lesson ORDER BY program, program_group, weekday, starts",
	    row_lesson },
	{ "SELECT id, title, kind, organization, municipality, age_min,"
	  " age_max, starts, ends, whole_day, place, status, sign_up, opens,"
	  " closes, seats, auto_approve FROM event ORDER BY id",
	    row_event },
	{ "SELECT event, id, title, age_min, age_max, seats, price"
	  " FROM category ORDER BY event, seq",
	    row_category },
	{ "SELECT id, title, version, hash, consent FROM legal ORDER BY seq",
	    row_legal },
	{ "SELECT date, working FROM holiday ORDER BY date", row_holiday },
};

static int
read_table(struct db *db, struct catalog *c, const struct table *t)
{
	struct db_statement *st = db_prepare(db, t->sql);
	enum db_rc rc = DB_FAILED;

	if (st == NULL)
		return -1;
	while ((rc = db_step(st)) == DB_ROW) {
		struct row r = { st, &c->arena, 0 };

		if (t->row(c, &r) == -1)
			return -1;
	}
	return rc == DB_OK ? 0 : -1;
}

static int
read_meta(struct db *db, struct catalog *c, const char *path)
{
	struct db_statement *st =
	    db_prepare(db, "SELECT format, generation, hash FROM meta");
	int64_t format;

	if (st == NULL || db_step(st) != DB_ROW) {
		log_warnx("%s: not a catalog", path);
		return -1;
	}
	format = db_get_int(st, 0);
	c->generation = db_get_int(st, 1);
	c->hash = db_get_str(st, &c->arena, 2);
	db_reset(st);
	if (format == FORMAT)
		return 0;
	log_warnx("%s: catalog of format %lld, this program knows %d", path,
	    (long long)format, FORMAT);
	return -1;
}

static int
number(const struct catalog *c, const char *name, int otherwise)
{
	int64_t n;

	if (!str_to_int64(catalog_setting(c, name), &n) || n < 0 || n > 200)
		return otherwise;
	return (int)n;
}

/* "09-01" */
static struct date
month_and_day(struct str s)
{
	char iso[] = "2000-09-01";
	struct date d;

	for (size_t i = 0; i < s.n && s.n == 5; i++)
		iso[5 + i] = s.p[i];
	if (!date_parse((struct str){ iso, sizeof(iso) - 1 }, &d))
		d = (struct date){ 2000, 9, 1 };
	return d;
}

static void
settle(struct catalog *c)
{
	enum { AGE_MIN = 5, AGE_MAX = 17 };

	c->year_starts = month_and_day(catalog_setting(c, "year_starts"));
	c->age_min = number(c, "ages_min", AGE_MIN);
	c->age_max = number(c, "ages_max", AGE_MAX);
	c->hold_on_approval =
	    str_eq(catalog_setting(c, "hold_on"), STR("approval"));
}

struct catalog *
store_catalog_read(const char *path)
{
	struct catalog *c;
	struct db *db = db_open(&db_sqlite, path, DB_READ);
	int rc;

	if (db == NULL)
		return NULL;
	c = mem_alloc(sizeof(*c), 1);
	rc = read_meta(db, c, path);
	for (size_t i = 0; rc == 0 && i < sizeof(tables) / sizeof(*tables); i++)
		rc = read_table(db, c, &tables[i]);
	db_close(db);
	if (rc == -1) {
		store_catalog_free(c);
		return NULL;
	}
	settle(c);
	return c;
}

void
store_catalog_free(struct catalog *c)
{
	if (c == NULL)
		return;
	arena_free(&c->arena);
	mem_free(c);
}
