#include "submitd/verbs.h"

#include <stddef.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"
#include "submitd/clock.h"
#include "submitd/config.h"
#include "submitd/store/store.h"

/* --- what they share ----------------------------------------------------- */

static int
now_of(struct config *c, int64_t *now)
{
	struct clock clock;

	if (clock_set(&clock, config_text(c, c->now),
		config_text(c, c->clock)) == -1)
		return -1;
	*now = clock_now(&clock);
	return 0;
}

/* NULL: told. */
static struct store *
open_store(struct config *c, enum store_mode mode, int64_t *now)
{
	if (now_of(c, now) == -1)
		return NULL;
	return store_open(str_c(&c->arena, c->database), mode, *now);
}

/* --- the verbs ----------------------------------------------------------- */

int
verb_migrate(struct config *c)
{
	int64_t now;
	struct store *s = open_store(c, STORE_WRITE, &now);

	if (s == NULL)
		return EXIT_MACHINE;
	printf("the database is of version %d\n", store_version());
	store_close(s);
	return EXIT_OK;
}

int
verb_due(struct config *c)
{
	struct arena arena = { 0 };
	int64_t now;
	bool more = true;
	struct store *s = open_store(c, STORE_WRITE, &now);
	const char *catalog = str_c(&c->arena, c->catalog);
	int rc = EXIT_MACHINE;

	if (s == NULL)
		return EXIT_MACHINE;
	if (access(catalog, F_OK) == 0 &&
	    store_catalog_load(s, catalog, now) == -1)
		goto done;
	while (more) {
		if (store_due(s, &arena, now, &more) != STORE_OK)
			goto done;
		arena_reset(&arena);
	}
	rc = EXIT_OK;
done:
	arena_free(&arena);
	store_close(s);
	return rc;
}

static bool
same_file(const char *a, const char *b)
{
	struct stat x, y;

	return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
	       x.st_ino == y.st_ino;
}

/* The database or the catalog: a slip of the hand, never meant. */
static bool
is_ours(struct config *c, const char *path)
{
	struct str database = c->database, scheme = STR("sqlite:");

	if (str_starts(database, scheme))
		database = str_slice(database, scheme.n, database.n);
	return same_file(path, str_c(&c->arena, database)) ||
	       same_file(path, str_c(&c->arena, c->catalog));
}

int
verb_export(struct config *c)
{
	int64_t now;
	struct store *s;
	int rc;

	if (c->output.n == 0) {
		log_warnx("export wants --output FILE");
		return EXIT_USAGE;
	}
	if (is_ours(c, str_c(&c->arena, c->output))) {
		log_warnx("%.*s: would be written over", STR_ARG(c->output));
		return EXIT_USAGE;
	}
	s = open_store(c, STORE_READ, &now);
	if (s == NULL)
		return EXIT_MACHINE;
	rc = store_export(s, str_c(&c->arena, c->output), now);
	store_close(s);
	return rc == 0 ? EXIT_OK : EXIT_MACHINE;
}

int
verb_backup(struct config *c)
{
	int64_t now;
	struct store *s;
	enum store_rc rc;

	if (c->operand.n == 0) {
		log_warnx("backup wants a FILE");
		return EXIT_USAGE;
	}
	s = open_store(c, STORE_READ, &now);
	if (s == NULL)
		return EXIT_MACHINE;
	rc = store_backup(s, str_c(&c->arena, c->operand));
	store_close(s);
	return rc == STORE_OK ? EXIT_OK : EXIT_MACHINE;
}

int
verb_check(struct config *c)
{
	int64_t now;
	struct store *s = open_store(c, STORE_READ, &now);
	int breaches;

	if (s == NULL)
		return EXIT_MACHINE;
	breaches = store_check(s, stdout, now);
	store_close(s);
	if (breaches == -1)
		return EXIT_MACHINE;
	printf("%d breaches\n", breaches);
	return breaches == 0 ? EXIT_OK : EXIT_BREACH;
}
