#include <stdio.h>
#include <unistd.h>

#include "base/embed.h"
#include "base/hash.h"
#include "base/log.h"
#include "submitd/store/inside.h"

extern const struct embedded live_sql[];

enum { FORMAT = 1 };

/* One live.db in the making. */
struct live {
	struct store *s;
	struct db *db;
	struct arena *a;
	struct str hash; /* of all rows so far */
};

/* The row goes in, and into the hash. */
static int
put(struct live *l, struct db_statement *st, const struct db_value *values,
    size_t n)
{
	enum { MOST = 10 };
	struct str parts[MOST + 1] = { l->hash };

	for (size_t i = 0; i < n; i++)
		parts[i + 1] =
		    values[i].kind == DB_KIND_INT
			? str_format(l->a, "%lld", (long long)values[i].n)
			: values[i].s;
	l->hash = hash_hex(l->a, hash_of_all(parts, n + 1), 2 * HASH_SIZE);
	return db_run_values(st, values, n) == DB_OK ? 0 : -1;
}

static int
put_ratings(struct live *l)
{
	struct db_statement *st = db_prepare(l->db,
	    "INSERT INTO rating (program, sum, count) VALUES (?, ?, ?)");
	enum store_rc rc = store_row_values(l->s, SQL_RATING_ALL, NULL, 0);
	int bad = st == NULL ? -1 : 0;

	for (; rc == STORE_OK; rc = store_next(l->s, SQL_RATING_ALL)) {
		struct row r = row_of(l->s, SQL_RATING_ALL, l->a);
		struct str program = row_str(&r);
		int64_t sum = row_int(&r), count = row_int(&r);
		const struct db_value values[] = { db_text(program),
			db_int(sum), db_int(count) };

		if (bad == 0)
			bad = put(l, st, values, 3);
	}
	return rc == STORE_NONE ? bad : -1;
}

static int
put_reviews(struct live *l)
{
	enum { PROGRAM = 3, AUTHOR = 6, RATING = 8, CREATED = 12, ANSWER = 15 };
	struct db_statement *st = db_prepare(l->db,
	    "INSERT INTO review (program, seq, author, rating, text, at,"
	    " answer, answered_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)");
	enum store_rc rc =
	    store_row_values(l->s, SQL_REVIEW_ALL_PUBLIC, NULL, 0);
	int bad = st == NULL ? -1 : 0;
	int64_t seq = 0;

	for (; rc == STORE_OK; rc = store_next(l->s, SQL_REVIEW_ALL_PUBLIC)) {
		struct row r = row_of(l->s, SQL_REVIEW_ALL_PUBLIC, l->a);
		struct str program, author, text, answer;
		int64_t rating, at, answered;

		r.at = PROGRAM;
		program = row_str(&r);
		r.at = AUTHOR;
		author = row_str(&r);
		r.at = RATING;
		rating = row_int(&r);
		text = row_str(&r);
		r.at = CREATED;
		at = row_int(&r);
		r.at = ANSWER;
		answer = row_str(&r);
		answered = row_int(&r);
		const struct db_value values[] = { db_text(program),
			db_int(++seq), db_text(author), db_int(rating),
			db_text(text), db_int(at), db_text_or_null(answer),
			value_moment(answered) };
		if (bad == 0)
			bad = put(l, st, values, 8);
	}
	return rc == STORE_NONE ? bad : -1;
}

static int
put_seats(struct live *l, int64_t now)
{
	struct db_statement *st = db_prepare(l->db,
	    "INSERT INTO seats (program, program_group, seats, taken, waiting)"
	    " VALUES (?, ?, ?, ?, ?)");
	struct group_state_list groups = { 0 };
	int bad = st == NULL ? -1 : 0;

	if (store_group_states_all(l->s, l->a, now, &groups) != STORE_OK)
		return -1;
	for (size_t i = 0; bad == 0 && i < groups.items.n; i++) {
		const struct group_state *g = &groups.items.at[i];
		const struct db_value values[] = { db_text(g->program),
			db_text(g->id), value_limit(g->seats), db_int(g->taken),
			db_int(g->waiting) };

		bad = put(l, st, values, 5);
	}
	return bad;
}

static int
put_meta(struct live *l)
{
	struct db_statement *st = db_prepare(l->db,
	    "INSERT INTO meta (format, exported_at, hash) VALUES (?, ?, ?)");
	enum store_rc rc = store_row_values(l->s, SQL_LIVE_CHANGED, NULL, 0);
	int64_t changed;

	if (st == NULL || rc != STORE_OK)
		return -1;
	changed = db_get_int(l->s->st[SQL_LIVE_CHANGED], 0);
	store_done(l->s, SQL_LIVE_CHANGED);
	if (db_run(st, db_int(FORMAT), db_int(changed), db_text(l->hash)) !=
	    DB_OK)
		return -1;
	return 0;
}

/* One look at the store: what is read belongs together. */
static int
fill(struct live *l, int64_t now)
{
	if (db_begin(l->db) != DB_OK ||
	    db_script(l->db, live_sql[0].text) != DB_OK)
		return -1;
	if (put_ratings(l) == -1 || put_reviews(l) == -1 ||
	    put_seats(l, now) == -1 || put_meta(l) == -1)
		return -1;
	return db_commit(l->db) == DB_OK ? 0 : -1;
}

static int
write_file(struct store *s, struct arena *a, const char *path, int64_t now)
{
	struct live l = { .s = s, .a = a, .hash = STR("") };
	int rc;

	l.db = db_open(&db_sqlite, path, DB_FILE);
	if (l.db == NULL)
		return -1;
	rc = db_look_begin(s->db) == DB_OK ? fill(&l, now) : -1;
	db_look_end(s->db);
	db_close(l.db);
	return rc;
}

int
store_export(struct store *s, const char *path, int64_t now)
{
	struct arena a = { 0 };
	struct str beside = str_format(&a, "%s.tmp-%ld", path, (long)getpid());
	int rc;

	unlink(beside.p);
	rc = write_file(s, &a, beside.p, now);
	if (rc == 0 && rename(beside.p, path) == -1) {
		log_warn("rename %s to %s", beside.p, path);
		rc = -1;
	}
	if (rc == -1)
		unlink(beside.p);
	arena_free(&a);
	return rc;
}
