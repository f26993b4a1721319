#include <errno.h>
#include <stddef.h>
#include <stdio.h>

#include "base/hash.h"
#include "base/log.h"
#include "submitd/clock.h"
#include "submitd/config.h"
#include "submitd/demo/example.h"
#include "submitd/domain/catalog.h"
#include "submitd/domain/password.h"
#include "submitd/pages/origin.h"
#include "submitd/pages/visitor.h"
#include "submitd/store/store.h"
#include "submitd/verbs.h"

enum {
	BATCH = 256, /* accounts in one transaction */
	CROWD_MAX = 1000000,
	CROWD_CHILDREN_MAX = 20,
	NAMES = 16,
	YOUNGEST = 7,
	AGES = 10,
	BIRTHDAYS = 28,
};

/* Known to everybody: only on a machine that nobody else reaches. */
static const struct demo {
	enum role role;
	const char *name, *full_name, *password;
} people[] = {
	{ ROLE_GUARDIAN, "guardian", "Ольга Седова", "kruzhok-roditel-1" },
	{ ROLE_GUARDIAN, "guardian2", "Андрей Зимин", "kruzhok-roditel-2" },
	{ ROLE_ORGANIZER, "organizer", "Мария Лебедева", "kruzhok-kruzhki-1" },
	{ ROLE_OPERATOR, "operator", "Нина Берёзова", "kruzhok-centr-1" },
	{ ROLE_ADMIN, "admin", "Павел Ручьёв", "kruzhok-hozyain-1" },
};

enum { PEOPLE = sizeof(people) / sizeof(people[0]) };

struct maker {
	struct store *store;
	struct arena *arena; /* of the whole run */
	struct arena batch;  /* of one transaction */
	int64_t now;
	struct str organization;
	struct str municipality;
	FILE *sessions;
	bool example;
	struct example_cast cast;
	size_t made; /* of the five, by this run */
};

/* --- the five ------------------------------------------------------------ */

static size_t
groups_of(const struct catalog *c, const struct catalog_organization *o)
{
	size_t n = 0;

	for (size_t i = 0; i < c->programs.n; i++) {
		const struct catalog_program *p = c->programs.at[i].value;

		if (p->organization == o)
			n += p->groups.n;
	}
	return n;
}

/*
 * The verified one with the most groups, so that its organizer has work; the
 * first by id of several.
 */
static struct str
find_organization(const struct catalog *c)
{
	const struct catalog_organization *best = NULL;
	size_t most = 0;

	for (size_t i = 0; i < c->organizations.n; i++) {
		const struct catalog_organization *o =
		    c->organizations.at[i].value;
		size_t n = groups_of(c, o);
		bool better = best == NULL || o->verified > best->verified ||
			      (o->verified == best->verified && n > most) ||
			      (o->verified == best->verified && n == most &&
				  str_cmp(o->id, best->id) < 0);

		if (!better)
			continue;
		best = o;
		most = n;
	}
	return best != NULL ? best->id : STR("");
}

/* There already from a run before: its password is set again if need be. */
static enum store_rc
renew(struct maker *m, struct str email, struct str password)
{
	struct account account;
	struct str old, hash;
	enum store_rc rc =
	    store_account_find(m->store, m->arena, email, &account, &old);

	if (rc != STORE_OK || password_matches(old, password))
		return rc;
	if (password_hash(m->arena, password, &hash) == -1)
		return STORE_FAILED;
	struct actor who = { .account = account.id, .role = account.role };

	return store_account_password_set(m->store, m->arena, &who, hash,
	    (struct str){ 0 }, m->now);
}

static enum store_rc
make_person(struct maker *m, const struct demo *d, struct str email)
{
	struct account account = {
		.role = d->role,
		.email = email,
		.full_name = str_from(d->full_name),
	};
	struct str password = str_from(d->password), hash, id = STR("");
	enum store_rc rc = store_step_begin(m->store);

	if (rc != STORE_OK)
		return rc;
	if (d->role == ROLE_ORGANIZER)
		account.organization = m->organization;
	if (password_hash(m->arena, password, &hash) == -1)
		rc = STORE_FAILED;
	else
		rc = store_account_add(m->store, m->arena, &account, hash,
		    m->example ? example_begins(m->now) : m->now, &id);
	if (rc == STORE_OK) {
		m->made++;
		if (d->role == ROLE_ORGANIZER)
			m->cast.organizer = id;
		else if (d->role == ROLE_OPERATOR)
			m->cast.operator= id;
	} else if (rc == STORE_CONFLICT) {
		store_step_undo(m->store);
		rc = store_step_begin(m->store);
		if (rc == STORE_OK)
			rc = renew(m, email, password);
	}
	if (rc == STORE_OK)
		return store_step_keep(m->store);
	store_step_undo(m->store);
	return rc;
}

/*
 * With the five, or not at all: it tells of days that are past, and so must be
 * the first that is told.
 */
static enum store_rc
make_example(struct maker *m)
{
	if (!m->example || m->made < PEOPLE)
		return STORE_OK;
	m->cast.organization = m->organization;
	return example_make(m->store, m->arena, &m->cast, m->now);
}

static int
make_people(struct maker *m)
{
	struct str emails[PEOPLE];

	if (store_turn_begin(m->store) != STORE_OK)
		return -1;
	for (size_t i = 0; i < PEOPLE; i++) {
		emails[i] =
		    str_format(m->arena, "%s@demo.example", people[i].name);
		if (make_person(m, &people[i], emails[i]) != STORE_OK) {
			store_turn_abandon(m->store);
			return -1;
		}
	}
	if (make_example(m) != STORE_OK) {
		store_turn_abandon(m->store);
		return -1;
	}
	if (store_turn_commit(m->store) != STORE_OK)
		return -1;
	for (size_t i = 0; i < PEOPLE; i++) {
		bool organizer = people[i].role == ROLE_ORGANIZER;

		printf("demo %s %s %s%s%.*s\n", role_name(people[i].role),
		    emails[i].p, people[i].password, organizer ? " " : "",
		    organizer ? (int)m->organization.n : 0, m->organization.p);
	}
	return 0;
}

/* --- a crowd for load tests ---------------------------------------------- */

static struct str
numbered(struct arena *a, const char *const *syllables, int64_t n)
{
	struct str name = { 0 };

	do {
		name = str_format(a, "%.*s%s", STR_ARG(name),
		    syllables[n % NAMES]);
		n /= NAMES;
	} while (n > 0);
	return name;
}

/* Names that differ by whole syllables, so that none is near another. */
static struct child
crowd_child(struct maker *m, int64_t guardian, int64_t number)
{
	static const char *const first[NAMES] = { "Бел", "Вер", "Гор", "Дол",
		"Зар", "Кам", "Лаз", "Мур", "Нев", "Пол", "Рос", "Сал", "Том",
		"Уль", "Фар", "Яб" };
	static const char *const names[NAMES] = { "Айна", "Богдан", "Влада",
		"Глеб", "Дарина", "Егор", "Жанна", "Захар", "Илья", "Кира",
		"Лев", "Майя", "Никита", "Олеся", "Платон", "Рада" };
	int64_t n = guardian * CROWD_CHILDREN_MAX + number;
	struct date today = date_local(m->now).date;

	return (struct child){
		.family_name = numbered(&m->batch, first, n),
		.given_name = str_from(names[n % NAMES]),
		.birth = { today.year - YOUNGEST - (int)(n % AGES),
		    1 + (int)(n / AGES % 12), 1 + (int)(n % BIRTHDAYS) },
		.municipality = m->municipality,
	};
}

static enum store_rc
make_children(struct maker *m, struct str account, int64_t guardian,
    int64_t children)
{
	struct actor who = { .account = account, .role = ROLE_GUARDIAN };
	enum verdict verdict;
	struct str id;
	enum store_rc rc = STORE_OK;

	for (int64_t i = 0; rc == STORE_OK && i < children; i++) {
		struct child child = crowd_child(m, guardian, i);

		rc = store_child_add(m->store, &m->batch, &who, &child, m->now,
		    &verdict, &id);
		if (rc == STORE_OK && verdict != VERDICT_OK) {
			log_warnx("child %lld of guardian %lld: %s",
			    (long long)i, (long long)guardian,
			    verdict_name(verdict));
			rc = STORE_FAILED;
		}
	}
	return rc;
}

static enum store_rc
make_session(struct maker *m, struct str account)
{
	struct arena *a = &m->batch;
	struct str token = hash_token(a, SESSION_TOKEN_BYTES);
	enum store_rc rc =
	    store_session_add(m->store, visitor_session_id(a, token), account,
		STR("127.0.0.1"), STR("demo"), m->now);

	if (rc == STORE_OK && m->sessions != NULL)
		fprintf(m->sessions, "session=%.*s %.*s\n", STR_ARG(token),
		    STR_ARG(visitor_csrf(a, token)));
	return rc;
}

static enum store_rc
make_guardian(struct maker *m, struct str password, int64_t number,
    int64_t children)
{
	struct account account = {
		.role = ROLE_GUARDIAN,
		.email = str_format(&m->batch, "guardian-%06lld@demo.example",
		    (long long)number),
		.full_name = STR("Родитель Пробный"),
	};
	struct str id = { 0 }, hash;
	enum store_rc rc = store_step_begin(m->store);

	if (rc != STORE_OK)
		return rc;
	rc = store_account_add(m->store, &m->batch, &account, password, m->now,
	    &id);
	if (rc == STORE_CONFLICT) {
		store_step_undo(m->store);
		rc = store_step_begin(m->store);
		if (rc == STORE_OK)
			rc = store_account_find(m->store, &m->batch,
			    account.email, &account, &hash);
		id = account.id;
	}
	if (rc == STORE_OK)
		rc = make_children(m, id, number, children);
	if (rc == STORE_OK)
		rc = make_session(m, id);
	if (rc == STORE_OK)
		return store_step_keep(m->store);
	store_step_undo(m->store);
	return rc;
}

static int
make_crowd(struct maker *m, int64_t guardians, int64_t children)
{
	struct str password;

	/* One hash for all: nobody logs in with it, they have sessions. */
	if (password_hash(m->arena, hash_token(m->arena, SESSION_TOKEN_BYTES),
		&password) == -1)
		return -1;
	for (int64_t i = 0; i < guardians;) {
		if (store_turn_begin(m->store) != STORE_OK)
			return -1;
		for (int64_t end = i + BATCH; i < end && i < guardians; i++) {
			if (make_guardian(m, password, i, children) !=
			    STORE_OK) {
				store_turn_abandon(m->store);
				return -1;
			}
		}
		if (store_turn_commit(m->store) != STORE_OK)
			return -1;
		arena_reset(&m->batch);
	}
	return 0;
}

/* --- the verb ------------------------------------------------------------ */

/* An option's number; false: told. */
static bool
number(struct str text, const char *name, int64_t max, int64_t *out)
{
	*out = 0;
	if (text.n == 0 ||
	    (str_to_int64(text, out) && *out >= 0 && *out <= max))
		return true;
	log_warnx("--%s wants a whole number up to %lld", name, (long long)max);
	return false;
}

static int
open_sessions(struct config *c, FILE **out)
{
	const char *path = config_text(c, c->sessions);

	if (path == NULL)
		return 0;
	*out = fopen(path, "w");
	if (*out != NULL)
		return 0;
	log_warn("open %s", path);
	return -1;
}

static int
close_sessions(FILE *f, int rc)
{
	if (f == NULL)
		return rc;
	bool bad = ferror(f) != 0;

	if (fclose(f) != 0 || bad) {
		log_warn("write the sessions");
		return -1;
	}
	return rc;
}

static int
make_all(struct config *c, struct maker *m, int64_t guardians, int64_t children)
{
	const struct catalog *catalog;
	int rc;

	if (store_catalog_load(m->store, str_c(&c->arena, c->catalog),
		m->now) == -1)
		return -1;
	catalog = store_catalog(m->store);
	m->organization = find_organization(catalog);
	if (catalog->municipalities.n > 0)
		m->municipality = catalog->municipalities.at[0].key;
	if (open_sessions(c, &m->sessions) == -1)
		return -1;
	rc = make_people(m);
	if (rc == 0)
		rc = make_crowd(m, guardians, children);
	return close_sessions(m->sessions, rc);
}

int
verb_demo(struct config *c)
{
	struct maker m = { .arena = &c->arena, .example = c->example.n > 0 };
	struct clock clock;
	int64_t guardians, children;
	int rc;

	if (!number(c->guardians, "guardians", CROWD_MAX, &guardians) ||
	    !number(c->children, "children", CROWD_CHILDREN_MAX, &children))
		return EXIT_USAGE;
	if (!(c->base_url.n > 0 ? origin_is_loopback(origin_host(c->base_url))
				: config_is_local(c))) {
		log_warnx("demo accounts only where base_url is loopback");
		return EXIT_USAGE;
	}
	if (clock_set(&clock, config_text(c, c->now),
		config_text(c, c->clock)) == -1)
		return EXIT_USAGE;
	m.now = clock_now(&clock);
	m.store = store_open(str_c(&c->arena, c->database), STORE_WRITE, m.now);
	if (m.store == NULL)
		return EXIT_MACHINE;
	rc = make_all(c, &m, guardians, children);
	arena_free(&m.batch);
	store_close(m.store);
	return rc == 0 ? EXIT_OK : EXIT_MACHINE;
}
