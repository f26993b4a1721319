#include "generator/write/catalog_put.h"

#include "base/log.h"

static const char *const insert[CATALOG_TABLES] = {
	[CATALOG_SETTING] = "INSERT INTO setting (name, value) VALUES (?, ?)",
	[CATALOG_ASSET] = "INSERT INTO asset (name, path) VALUES (?, ?)",
	[CATALOG_NAVIGATION] = "INSERT INTO navigation (seq, place, title, url)"
			       " VALUES (?, ?, ?, ?)",
	[CATALOG_MUNICIPALITY] =
	    "INSERT INTO municipality (id, title, title_in)"
	    " VALUES (?, ?, ?)",
	[CATALOG_NOMINAL] = "INSERT INTO nominal (municipality, year, amount)"
			    " VALUES (?, ?, ?)",
	[CATALOG_ORGANIZATION] =
	    "INSERT INTO organization (id, title, short_title, municipality,"
	    " verified, address, phone, email) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[CATALOG_PROGRAM] =
	    "INSERT INTO program (id, title, organization,"
	    " municipality, direction, budget, certificate, paid,"
	    " price, price_per, certificate_cost, entrance_test,"
	    " documents)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[CATALOG_GROUP] =
	    "INSERT INTO program_group (program, id, title, seq,"
	    " age_min, age_max, seats, waiting, teacher, place,"
	    " period_from, period_to, school_year, opens, closes,"
	    " schedule)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[CATALOG_LESSON] =
	    "INSERT INTO lesson (program, program_group, weekday,"
	    " starts, ends, weeks) VALUES (?, ?, ?, ?, ?, ?)",
	[CATALOG_EVENT] =
	    "INSERT INTO event (id, title, kind, organization,"
	    " municipality, age_min, age_max, starts, ends, whole_day,"
	    " place, status, sign_up, opens, closes, seats,"
	    " auto_approve)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	[CATALOG_CATEGORY] =
	    "INSERT INTO category (event, id, title, seq, age_min,"
	    " age_max, seats, price) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
	[CATALOG_LEGAL] =
	    "INSERT INTO legal (id, title, version, hash, consent, seq)"
	    " VALUES (?, ?, ?, ?, ?, ?)",
	[CATALOG_ALIAS] = "INSERT INTO alias (kind, old, new) VALUES (?, ?, ?)",
	[CATALOG_HOLIDAY] = "INSERT INTO holiday (date, working) VALUES (?, ?)",
};

int
catalog_put_open(struct catalog_put *c, struct db *db)
{
	*c = (struct catalog_put){ 0 };
	for (int t = 0; t < CATALOG_TABLES; t++) {
		c->add[t] = db_prepare(db, insert[t]);
		if (c->add[t] == NULL)
			return -1;
	}
	return 0;
}

static void
fold(struct catalog_put *c)
{
	struct str parts[] = { { (const char *)c->hash.bytes, HASH_SIZE },
		buf_view(&c->hashed) };

	c->hash = hash_of_all(parts, 2);
	buf_reset(&c->hashed);
}

/* Lowest byte first, whatever the machine. */
static void
put_number(struct buf *b, uint64_t n)
{
	for (int i = 0; i < 8; i++)
		buf_char(b, (char)(n >> 8 * i & 0xff));
}

/* Kind and length go into the hash with every value. */
static void
note(struct catalog_put *c, enum catalog_table t, const struct db_value *v,
    size_t n)
{
	enum { FOLD = 1 << 16 };

	buf_char(&c->hashed, (char)t);
	for (size_t i = 0; i < n; i++) {
		buf_char(&c->hashed, (char)v[i].kind);
		put_number(&c->hashed, (uint64_t)v[i].n);
		put_number(&c->hashed, v[i].s.n);
		buf_str(&c->hashed, v[i].s);
	}
	if (c->hashed.n >= FOLD)
		fold(c);
}

void
catalog_put(struct catalog_put *c, enum catalog_table t,
    const struct db_value *values, size_t n)
{
	if (c->failed)
		return;
	note(c, t, values, n);
	if (db_run_values(c->add[t], values, n) == DB_OK)
		return;
	log_warnx("catalog: a row is refused: %s", insert[t]);
	c->failed = true;
}

struct str
catalog_put_hash(struct catalog_put *c, struct arena *a)
{
	fold(c);
	return hash_hex(a, c->hash, (size_t)2 * HASH_SIZE);
}

void
catalog_put_close(struct catalog_put *c)
{
	buf_free(&c->hashed);
}
