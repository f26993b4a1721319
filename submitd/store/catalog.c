#include "base/log.h"
#include "submitd/store/inside.h"

/*
 * Seats live in the store; a newer catalog is taken over in one transaction.
 * What did not change is not written.
 */

/* A group as the store has it. */
struct kept {
	struct str program, id, organization, municipality, title,
	    program_title;
	int64_t seq, opens, closes, ends, seats, waiting_max;
	bool gone, seen;
};

struct kept_list {
	VEC(struct kept) items;
	struct map by_name; /* "PROGRAM/GROUP" */
};

static struct str
name_of(struct arena *a, struct str program, struct str id)
{
	return str_format(a, "%.*s/%.*s", STR_ARG(program), STR_ARG(id));
}

static enum store_rc
read_kept(struct store *s, struct arena *a, struct kept_list *out)
{
	enum store_rc rc = store_row_values(s, SQL_GROUP_ALL, NULL, 0);

	for (; rc == STORE_OK; rc = store_next(s, SQL_GROUP_ALL)) {
		struct row r = row_of(s, SQL_GROUP_ALL, a);
		struct kept *k = VEC_PUSH(a, &out->items);

		k->program = row_str(&r);
		k->id = row_str(&r);
		k->seq = row_int(&r);
		k->organization = row_str(&r);
		k->municipality = row_str(&r);
		k->title = row_str(&r);
		k->program_title = row_str(&r);
		k->opens = row_int(&r);
		k->closes = row_int(&r);
		k->ends = row_int(&r);
		k->seats = row_int_or(&r, -1);
		k->waiting_max = row_int_or(&r, -1);
		k->gone = row_int(&r) != 0;
	}
	for (size_t i = 0; i < out->items.n; i++) {
		struct kept *k = &out->items.at[i];

		map_add(&out->by_name, a, name_of(a, k->program, k->id), k);
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

static bool
unchanged(const struct kept *k, const struct catalog_group *g, int64_t seq)
{
	const struct catalog_program *p = g->program;

	return !k->gone && k->seq == seq && k->seats == g->seats &&
	       k->waiting_max == g->waiting && k->opens == g->opens &&
	       k->closes == g->closes && k->ends == g->ends &&
	       str_eq(k->title, g->title) &&
	       str_eq(k->program_title, p->title) &&
	       str_eq(k->organization, p->organization->id) &&
	       str_eq(k->municipality, p->municipality->id);
}

static enum store_rc
put_group(struct store *s, const struct catalog_group *g, int64_t seq)
{
	const struct catalog_program *p = g->program;

	return store_write(s, SQL_GROUP_PUT, db_text(p->id), db_text(g->id),
	    db_int(seq), db_text(p->organization->id),
	    db_text(p->municipality->id), db_text(g->title), db_text(p->title),
	    value_moment(g->opens), value_moment(g->closes),
	    value_moment(g->ends), value_limit(g->seats),
	    value_limit(g->waiting));
}

/* Its applications, their history and its reviews go along. */
static enum store_rc
rename_group(struct store *s, const struct kept *k,
    const struct catalog_group *g)
{
	struct db_value program = db_text(g->program->id), id = db_text(g->id);
	enum store_rc rc;

	rc = store_write(s, SQL_GROUP_RENAME, program, id, db_text(k->program),
	    db_text(k->id));
	if (rc == STORE_OK)
		rc = store_write(s, SQL_GROUP_RENAME_EVENTS, program, id,
		    db_text(k->program), db_text(k->id));
	if (rc != STORE_OK || str_eq(g->program->id, k->program))
		return rc;
	rc = store_write(s, SQL_REVIEW_RENAME, program, db_text(k->program));
	if (rc == STORE_OK)
		rc = store_write(s, SQL_RATING_RENAME, program,
		    db_text(k->program));
	return rc;
}

/* Groups that go by another name now. */
static enum store_rc
take_renamed(struct store *s, struct arena *a, const struct catalog *c,
    struct kept_list *kept)
{
	enum store_rc rc = STORE_OK;

	for (size_t i = 0; rc == STORE_OK && i < kept->items.n; i++) {
		struct kept *k = &kept->items.at[i];
		const struct catalog_group *g =
		    catalog_group(c, k->program, k->id);
		struct str name;

		if (g == NULL || (str_eq(g->id, k->id) &&
				     str_eq(g->program->id, k->program)))
			continue;
		name = name_of(a, g->program->id, g->id);
		/* The new name is taken: the old one stays as it was. */
		if (map_get(&kept->by_name, name) != NULL)
			continue;
		rc = rename_group(s, k, g);
		k->program = g->program->id;
		k->id = g->id;
		map_add(&kept->by_name, a, name, k);
	}
	return rc;
}

static enum store_rc
take_groups(struct store *s, struct arena *a, const struct catalog *c,
    struct kept_list *kept)
{
	enum store_rc rc = STORE_OK;

	for (size_t i = 0; i < c->programs.n; i++) {
		const struct catalog_program *p = c->programs.at[i].value;

		for (size_t n = 0; rc == STORE_OK && n < p->groups.n; n++) {
			const struct catalog_group *g = p->groups.at[n];
			struct kept *k =
			    map_get(&kept->by_name, name_of(a, p->id, g->id));

			if (k != NULL)
				k->seen = true;
			if (k == NULL || !unchanged(k, g, (int64_t)n))
				rc = put_group(s, g, (int64_t)n);
		}
	}
	for (size_t i = 0; rc == STORE_OK && i < kept->items.n; i++) {
		const struct kept *k = &kept->items.at[i];

		if (!k->seen && !k->gone)
			rc = store_write(s, SQL_GROUP_GONE, db_text(k->program),
			    db_text(k->id));
	}
	return rc;
}

struct room {
	struct str program, id;
};

/* Where somebody waits beside a free seat now. */
static enum store_rc
fill(struct store *s, struct arena *a, int64_t now)
{
	struct {
		VEC(struct room) items;
	} rooms = { 0 };
	enum store_rc rc = store_row(s, SQL_GROUP_ROOM, db_int(now));

	for (; rc == STORE_OK; rc = store_next(s, SQL_GROUP_ROOM)) {
		struct row r = row_of(s, SQL_GROUP_ROOM, a);
		struct room *room = VEC_PUSH(a, &rooms.items);

		room->program = row_str(&r);
		room->id = row_str(&r);
	}
	if (rc == STORE_NONE)
		rc = STORE_OK;
	for (size_t i = 0; rc == STORE_OK && i < rooms.items.n; i++)
		rc = store_seat_fill(s, a, rooms.items.at[i].program,
		    rooms.items.at[i].id, CAUSE_SEATS_ROSE, now);
	return rc;
}

enum store_rc
store_catalog_take(struct store *s, const struct catalog *c, int64_t now)
{
	struct kept_list kept = { 0 };
	struct arena a = { 0 };
	enum store_rc rc;

	rc = read_kept(s, &a, &kept);
	if (rc == STORE_OK)
		rc = take_renamed(s, &a, c, &kept);
	if (rc == STORE_OK)
		rc = take_groups(s, &a, c, &kept);
	if (rc == STORE_OK)
		rc = fill(s, &a, now);
	if (rc == STORE_OK)
		rc = store_catalog_take_events(s, &a, c, now);
	if (rc == STORE_OK)
		rc = store_write(s, SQL_CATALOG_USE, db_int(c->generation),
		    db_text(c->hash));
	store_live_touch(s);
	arena_free(&a);
	return rc;
}

/* 1: it is to be taken over, 0: it is not, -1: the engine's fault. */
static int
is_newer(struct store *s, const struct catalog *c, const char *path)
{
	struct arena a = { 0 };
	enum store_rc rc = store_row_values(s, SQL_CATALOG_USED, NULL, 0);
	int answer = 1;

	if (rc == STORE_OK) {
		struct row r = row_of(s, SQL_CATALOG_USED, &a);
		int64_t generation = row_int(&r);

		if (str_eq(row_str(&r), c->hash)) {
			answer = 0;
		} else if (c->generation < generation) {
			log_warnx("%s: older than the catalog that is in use: "
				  "seats stay as they are",
			    path);
			answer = 0;
		}
		store_done(s, SQL_CATALOG_USED);
	}
	arena_free(&a);
	return rc == STORE_OK || rc == STORE_NONE ? answer : -1;
}

static int
take_over(struct store *s, struct catalog *c, int64_t now)
{
	struct catalog *before = s->catalog;

	if (store_turn_begin(s) != STORE_OK)
		return -1;
	/* Who is promoted gets the deadlines of the new one. */
	s->catalog = c;
	if (store_catalog_take(s, c, now) == STORE_OK &&
	    store_turn_commit(s) == STORE_OK)
		return 0;
	if (s->in_turn)
		store_turn_abandon(s);
	s->catalog = before;
	return -1;
}

int
store_catalog_load(struct store *s, const char *path, int64_t now)
{
	struct catalog *before = s->catalog;
	struct catalog *c = store_catalog_read(path);

	if (c == NULL)
		return -1;
	if (before != NULL && str_eq(before->hash, c->hash) &&
	    before->generation == c->generation) {
		store_catalog_free(c);
		return 0;
	}
	switch (is_newer(s, c, path)) {
	case 1:
		if (take_over(s, c, now) == 0)
			break;
		log_warnx("%s: could not be taken over", path);
		/* FALLTHROUGH */
	case -1:
		store_catalog_free(c);
		return -1;
	}
	s->catalog = c;
	s->live_version++;
	store_catalog_free(before);
	return 0;
}
