#include "generator/read/live.h"

#include <unistd.h>

#include "base/db.h"
#include "base/log.h"
#include "generator/model/site.h"

enum { LIVE_FORMAT = 1 };

struct live {
	struct site *site;
	struct db_statement *row;
	struct arena scratch;
	bool known; /* an export, in the form that we read */
};

static void
read_meta(struct live *l)
{
	l->known = db_get_int(l->row, 0) == LIVE_FORMAT;
	l->site->live_at = db_get_int(l->row, 1);
}

static struct program *
program(struct live *l)
{
	return site_program(l->site, db_get_str(l->row, &l->scratch, 0));
}

static void
read_rating(struct live *l)
{
	struct program *p = program(l);

	if (p == NULL)
		return;
	p->rating_sum = (int)db_get_int(l->row, 1);
	p->rating_count = (int)db_get_int(l->row, 2);
}

static void
read_review(struct live *l)
{
	struct program *p = program(l);
	struct arena *a = &l->site->arena;

	if (p == NULL)
		return;
	struct review *r = VEC_PUSH(a, &p->reviews);
	r->author = db_get_str(l->row, a, 1);
	r->rating = (int)db_get_int(l->row, 2);
	r->text = db_get_str(l->row, a, 3);
	r->on = date_local(db_get_int(l->row, 4)).date;
	r->answer = db_get_str(l->row, a, 5);
}

static void
read_seats(struct live *l)
{
	struct program *p = program(l);

	if (p == NULL)
		return;
	struct str id = db_get_str(l->row, &l->scratch, 1);
	for (size_t i = 0; i < p->groups.n; i++) {
		struct group *g = &p->groups.at[i];

		if (!str_eq(g->id, id))
			continue;
		g->taken = (int)db_get_int(l->row, 2);
		g->queued = (int)db_get_int(l->row, 3);
	}
}

static const struct {
	const char *sql;
	void (*read)(struct live *l);
} tables[] = {
	{ "SELECT format, exported_at FROM meta", read_meta },
	{ "SELECT program, sum, count FROM rating ORDER BY program",
	    read_rating },
	{ "SELECT program, author, rating, text, at, answer FROM review"
	  " ORDER BY program, seq DESC",
	    read_review },
	{ "SELECT program, program_group, taken, waiting FROM seats"
	  " ORDER BY program, program_group",
	    read_seats },
};

int
live_read(struct site *s, const char *path)
{
	struct live l = { .site = s };
	int rc = -1;

	if (access(path, R_OK) == -1) {
		log_warn("open %s", path);
		return -1;
	}
	struct db *db = db_open(&db_sqlite, path, DB_READ);
	if (db == NULL)
		return -1;
	for (size_t i = 0; i < sizeof(tables) / sizeof(*tables); i++) {
		enum db_rc step;

		l.row = db_prepare(db, tables[i].sql);
		if (l.row == NULL)
			goto done;
		while ((step = db_step(l.row)) == DB_ROW) {
			tables[i].read(&l);
			arena_reset(&l.scratch);
		}
		if (step != DB_OK)
			goto done;
		if (!l.known) {
			log_warnx("%s: not an export of this version", path);
			goto done;
		}
	}
	rc = 0;
done:
	db_close(db);
	arena_free(&l.scratch);
	return rc;
}
