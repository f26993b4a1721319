#ifndef TESTS_UNIT_SUBMITD_STORE_FIXTURE_H
#define TESTS_UNIT_SUBMITD_STORE_FIXTURE_H

/*
 * A store in a folder of its own with a small catalog, and short words for
 * what the tests do with it.  Included by tests only, after <cmocka.h>.
 */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/db.h"
#include "base/file.h"
#include "base/log.h"
#include "submitd/store/store.h"

#define UNUSED __attribute__((unused))

struct fixture {
	char dir[64];
	char path[128], catalog[128];
	struct store *s;
	struct arena a;
	int64_t now;
	int64_t generation;
	struct actor organizer, operator, guardian, other;
};

/* Thursday, 1 October 2026, 12:00 in Yakutsk. */
enum { NOON = 1790823600 };

static const char catalog_content[] =
    "INSERT INTO setting VALUES ('ages_max', '17'), ('ages_min', '5'),"
    " ('hold_on', 'contract'), ('unit', 'rub'), ('year_ends', '08-31'),"
    " ('year_starts', '09-01');"
    "INSERT INTO municipality VALUES ('svob', 'Svobodny', 'in Svobodny'),"
    " ('tynda', 'Tynda', 'in Tynda');"
    "INSERT INTO nominal VALUES ('svob', 2026, 2000000),"
    " ('svob', 2027, 2100000);"
    "INSERT INTO organization VALUES"
    " ('dvorets', 'Dvorets', '', 'svob', 1, '', '', ''),"
    " ('shkola', 'Shkola', '', 'tynda', 0, '', '', '');"
    "INSERT INTO program VALUES"
    " ('chess', 'Chess', 'dvorets', 'svob', 'sports', 0, 1, 0, NULL, '',"
    "  1200000, 0, '[]'),"
    " ('choir', 'Choir', 'shkola', 'tynda', 'arts', 1, 0, 0, NULL, '',"
    "  NULL, 1, '[]'),"
    " ('robots', 'Robots', 'dvorets', 'svob', 'technical', 1, 1, 0, NULL,"
    "  '', 1500000, 0, '[]');"
    "INSERT INTO program_group VALUES"
    " ('chess', 'a', 'First', 0, NULL, NULL, 1, 0, '', '', '2026-09-01',"
    "  '2027-05-31', 2026, NULL, NULL, ''),"
    " ('chess', 'late', 'Late', 1, NULL, NULL, 5, NULL, '', '',"
    "  '2027-01-01', '2027-05-31', 2026, 1800000000, NULL, ''),"
    " ('choir', 'a', 'All', 0, NULL, NULL, NULL, NULL, '', '', NULL, NULL,"
    "  NULL, NULL, NULL, ''),"
    " ('robots', 'a', 'Young', 0, 7, 10, 2, NULL, '', '', '2026-09-01',"
    "  '2027-05-31', 2026, 1780000000, 1800000000, ''),"
    " ('robots', 'b', 'Old', 1, 11, 17, 1, 1, '', '', '2026-09-01',"
    "  '2027-05-31', 2026, NULL, NULL, ''),"
    " ('robots', 'past', 'Past', 2, NULL, NULL, 3, NULL, '', '',"
    "  '2025-09-01', '2026-05-31', 2025, NULL, NULL, '');"
    "INSERT INTO lesson (program, program_group, weekday, starts, ends,"
    " weeks) VALUES ('chess', 'a', 0, 930, 990, 'odd'),"
    " ('robots', 'a', 0, 900, 960, 'all');"
    "INSERT INTO event VALUES"
    " ('race', 'Race', 'contest', 'dvorets', 'svob', 6, 17, 1795000000,"
    "  NULL, 0, '', 'scheduled', 1, NULL, NULL, 3, 0),"
    " ('fair', 'Fair', 'exhibition', 'dvorets', 'svob', NULL, NULL,"
    "  1795000000, NULL, 0, '', 'scheduled', 1, NULL, NULL, 1, 1),"
    " ('done', 'Done', 'concert', 'dvorets', 'svob', NULL, NULL,"
    "  1780000000, NULL, 0, '', 'scheduled', 1, NULL, NULL, 1, 1);"
    "INSERT INTO category VALUES"
    " ('race', 'big', 'Big', 1, 10, 17, 2, NULL),"
    " ('race', 'small', 'Small', 0, 6, 9, 1, NULL);"
    "INSERT INTO legal VALUES"
    " ('consent', 'Consent', '2', 'h-consent', 'required', 0),"
    " ('news', 'News', '1', 'h-news', 'optional', 1),"
    " ('privacy', 'Privacy', '1', 'h-privacy', 'none', 2);";

/* Writes a catalog with the content above and what `more` changes in it. */
static UNUSED void
catalog_make(struct fixture *f, const char *more)
{
	struct str schema;
	struct db *db;
	char meta[128];

	assert_int_equal(file_read(&f->a, "generator/write/catalog.sql",
			     1 << 20, &schema),
	    FILE_OK);
	unlink(f->catalog);
	db = db_open(&db_sqlite, f->catalog, DB_FILE);
	assert_non_null(db);
	assert_int_equal(db_script(db, schema.p), DB_OK);
	assert_int_equal(db_script(db, catalog_content), DB_OK);
	assert_int_equal(db_script(db, more), DB_OK);
	snprintf(meta, sizeof(meta),
	    "INSERT INTO meta VALUES (1, %lld, 'hash-%lld')",
	    (long long)f->generation, (long long)f->generation);
	f->generation++;
	assert_int_equal(db_script(db, meta), DB_OK);
	db_close(db);
}

/* The catalog changes while the store is open. */
static UNUSED void
catalog_change(struct fixture *f, const char *more)
{
	catalog_make(f, more);
	assert_int_equal(store_catalog_load(f->s, f->catalog, f->now), 0);
}

static UNUSED void
turn_begin(struct fixture *f)
{
	assert_int_equal(store_turn_begin(f->s), STORE_OK);
	assert_int_equal(store_step_begin(f->s), STORE_OK);
}

static UNUSED void
turn_end(struct fixture *f)
{
	assert_int_equal(store_step_keep(f->s), STORE_OK);
	assert_int_equal(store_turn_commit(f->s), STORE_OK);
}

static UNUSED void
turn_undo(struct fixture *f)
{
	store_step_undo(f->s);
	assert_int_equal(store_turn_commit(f->s), STORE_OK);
}

static UNUSED struct actor
person(struct fixture *f, enum role role, const char *email,
    const char *organization, const char *municipality)
{
	struct account account = { .role = role,
		.email = str_from(email),
		.full_name = STR("Petrova Anna Ivanovna"),
		.organization = str_from(organization),
		.municipality = str_from(municipality) };
	struct actor who = { .role = role,
		.organization = account.organization,
		.municipality = account.municipality,
		.address = STR("127.0.0.1") };

	turn_begin(f);
	assert_int_equal(store_account_add(f->s, &f->a, &account, STR("hash"),
			     f->now, &who.account),
	    STORE_OK);
	turn_end(f);
	return who;
}

static UNUSED struct str
child_of(struct fixture *f, const struct actor *who, const char *given,
    struct date birth)
{
	struct child c = { .family_name = STR("Petrov"),
		.given_name = str_from(given),
		.birth = birth,
		.municipality = STR("svob") };
	enum verdict v;
	struct str id;

	turn_begin(f);
	assert_int_equal(store_child_add(f->s, &f->a, who, &c, f->now, &v, &id),
	    STORE_OK);
	assert_int_equal(v, VERDICT_OK);
	turn_end(f);
	return id;
}

/* Names without end: "a" .. "z", "ba" … */
static UNUSED const char *
nth_name(struct fixture *f, int n)
{
	char *name = arena_alloc(&f->a, 1, 12);
	int i = 0;

	do {
		name[i++] = (char)('a' + n % 26);
		n /= 26;
	} while (n > 0);
	return name;
}

static UNUSED enum verdict
apply(struct fixture *f, const struct actor *who, const char *program,
    const char *group, struct str child, bool certificate,
    struct application *out)
{
	const struct application_ask ask = { str_from(program), str_from(group),
		child, certificate };
	enum verdict v;

	turn_begin(f);
	assert_int_equal(store_application_apply(f->s, &f->a, who, &ask, f->now,
			     &v, out),
	    STORE_OK);
	turn_end(f);
	return v;
}

static UNUSED struct application
application(struct fixture *f, struct str id)
{
	const struct actor admin = { .role = ROLE_ADMIN };
	struct application out;

	assert_int_equal(store_application_get(f->s, &f->a, &admin, id, &out),
	    STORE_OK);
	return out;
}

static UNUSED struct group_state
group(struct fixture *f, const char *program, const char *id)
{
	struct group_state_list list = { 0 };

	assert_int_equal(store_group_states(f->s, &f->a, str_from(program),
			     f->now, &list),
	    STORE_OK);
	for (size_t i = 0; i < list.items.n; i++)
		if (str_eq(list.items.at[i].id, str_from(id)))
			return list.items.at[i];
	fail_msg("no group %s/%s", program, id);
	return (struct group_state){ 0 };
}

/* The letters that wait, in order; they stay claimed. */
static UNUSED struct mail_list
letters(struct fixture *f)
{
	struct mail_list list = { 0 };

	turn_begin(f);
	assert_int_equal(store_mail_claim(f->s, &f->a, f->now, 1000, &list),
	    STORE_OK);
	turn_end(f);
	return list;
}

static UNUSED struct str
last_letter(struct fixture *f)
{
	struct mail_list list = letters(f);

	assert_true(list.items.n > 0);
	return list.items.at[list.items.n - 1].kind;
}

/* What stands behind "key":" in a letter's params. */
static UNUSED struct str
param(struct str params, const char *key)
{
	struct str head, tail, value;
	char text[64];
	ptrdiff_t at;

	snprintf(text, sizeof(text), "\"%s\":\"", key);
	at = str_find(params, str_from(text));
	assert_true(at >= 0);
	tail = str_slice(params, (size_t)at + strlen(text), params.n);
	str_cut(tail, '"', &value, &head);
	return value;
}

static UNUSED int
breaches(struct fixture *f)
{
	return store_check(f->s, stderr, f->now);
}

static UNUSED void
fixture_open(struct fixture *f)
{
	f->s = store_open(f->path, STORE_WRITE, f->now);
	assert_non_null(f->s);
}

static UNUSED int
fixture_setup(void **state)
{
	struct fixture *f = calloc(1, sizeof(*f));

	assert_true(date_zone_set("Asia/Yakutsk"));
	memcpy(f->dir, "/tmp/kruzhok-store-XXXXXX", 26);
	if (mkdtemp(f->dir) == NULL)
		return -1;
	snprintf(f->path, sizeof(f->path), "%s/store.db", f->dir);
	snprintf(f->catalog, sizeof(f->catalog), "%s/catalog.db", f->dir);
	f->now = NOON;
	f->generation = 1;
	catalog_make(f, "");
	fixture_open(f);
	assert_int_equal(store_catalog_load(f->s, f->catalog, f->now), 0);
	f->organizer =
	    person(f, ROLE_ORGANIZER, "o@demo.example", "dvorets", "");
	f->operator= person(f, ROLE_OPERATOR, "m@demo.example", "", "svob");
	f->guardian = person(f, ROLE_GUARDIAN, "g@demo.example", "", "");
	f->other = person(f, ROLE_GUARDIAN, "g2@demo.example", "", "");
	*state = f;
	return 0;
}

/* Whatever a test did, what must always hold holds. */
static UNUSED int
fixture_teardown(void **state)
{
	struct fixture *f = *state;
	struct file_list files = { 0 };
	int bad = f->s != NULL ? breaches(f) : 0;

	store_close(f->s);
	if (file_walk(&f->a, f->dir, &files) == 0)
		for (size_t i = 0; i < files.files.n; i++)
			unlink(
			    file_join(&f->a, f->dir, files.files.at[i].path));
	rmdir(f->dir);
	arena_free(&f->a);
	free(f);
	return bad == 0 ? 0 : -1;
}

#endif
