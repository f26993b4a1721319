#include <stddef.h>
#include <stdio.h>
#include <unistd.h>

#include "base/hash.h"
#include "base/log.h"
#include "submitd/clock.h"
#include "submitd/config.h"
#include "submitd/domain/catalog.h"
#include "submitd/domain/password.h"
#include "submitd/store/store.h"
#include "submitd/verbs.h"

enum { SECRET_BYTES = 32 };

/* What was said on the command line.  False: told. */
static bool
read_account(struct config *c, struct account *out)
{
	*out = (struct account){
		.role = role_from(c->role),
		.organization = c->organization,
		.municipality = c->municipality,
		.full_name = c->email,
	};
	if (out->role != ROLE_ORGANIZER && out->role != ROLE_OPERATOR &&
	    out->role != ROLE_ADMIN)
		log_warnx("--role wants organizer, operator or admin");
	else if (!account_email(&c->arena, c->email, &out->email))
		log_warnx("--email wants an address");
	else if ((out->role == ROLE_ORGANIZER) != (c->organization.n > 0))
		log_warnx("--organization is for an organizer, who needs it");
	else if (out->role != ROLE_OPERATOR && c->municipality.n > 0)
		log_warnx("--municipality is for an operator");
	else
		return true;
	return false;
}

/* The catalog, when there is one, knows who is meant.  False: told. */
static bool
is_known(struct config *c, struct store *s, const struct account *account,
    int64_t now)
{
	const char *path = str_c(&c->arena, c->catalog);
	const struct catalog *catalog;

	if (access(path, F_OK) == -1)
		return true;
	if (store_catalog_load(s, path, now) == -1)
		return false;
	catalog = store_catalog(s);
	if (account->organization.n > 0 &&
	    catalog_organization(catalog, account->organization) == NULL) {
		log_warnx("no organization '%.*s' in the catalog",
		    STR_ARG(account->organization));
		return false;
	}
	if (account->municipality.n > 0 &&
	    catalog_municipality(catalog, account->municipality) == NULL) {
		log_warnx("no municipality '%.*s' in the catalog",
		    STR_ARG(account->municipality));
		return false;
	}
	return true;
}

/*
 * The account with a password that nobody knows, and the letter by which its
 * owner sets one.
 */
static enum store_rc
add(struct store *s, struct arena *a, const struct account *account,
    int64_t now)
{
	struct str hash;
	enum store_rc rc;

	if (password_hash(a, hash_token(a, SECRET_BYTES), &hash) == -1)
		return STORE_FAILED;
	rc = store_step_begin(s);
	if (rc != STORE_OK)
		return rc;
	rc = store_account_add(s, a, account, hash, now, NULL);
	if (rc == STORE_OK)
		rc = store_account_reset_ask(s, a, account->email, now);
	if (rc == STORE_OK)
		return store_step_keep(s);
	store_step_undo(s);
	return rc;
}

int
verb_user_add(struct config *c)
{
	struct clock clock;
	struct account account;
	struct store *s = NULL;
	enum store_rc rc;
	int code = EXIT_USAGE;

	if (!read_account(c, &account))
		return EXIT_USAGE;
	if (clock_set(&clock, config_text(c, c->now),
		config_text(c, c->clock)) == -1)
		return EXIT_USAGE;
	int64_t now = clock_now(&clock);

	s = store_open(str_c(&c->arena, c->database), STORE_WRITE, now);
	if (s == NULL)
		return EXIT_MACHINE;
	if (!is_known(c, s, &account, now))
		goto done;
	code = EXIT_MACHINE;
	if (store_turn_begin(s) != STORE_OK)
		goto done;
	rc = add(s, &c->arena, &account, now);
	if (rc == STORE_CONFLICT) {
		log_warnx("%.*s has an account already",
		    STR_ARG(account.email));
		code = EXIT_BREACH;
	}
	if (rc != STORE_OK) {
		store_turn_abandon(s);
		goto done;
	}
	if (store_turn_commit(s) != STORE_OK)
		goto done;
	printf("added %s %.*s: a letter with a link to set the password waits "
	       "for submitd serve --mail\n",
	    role_name(account.role), STR_ARG(account.email));
	code = EXIT_OK;
done:
	store_close(s);
	return code;
}
