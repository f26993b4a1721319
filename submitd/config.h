#ifndef SUBMITD_CONFIG_H
#define SUBMITD_CONFIG_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"
#include "submitd/pages/app.h"

/*
 * The settings of submitd.conf(5): one table says what the file and the
 * command line know.  An option wins over the file.
 */
struct config {
	struct arena arena;
	struct str listen;   /* 127.0.0.1:8080 */
	struct str database; /* sqlite:FILE */
	struct str catalog, theme, templates, public;
	struct str mail; /* smtp://… file:DIR, empty: none is sent */
	struct str mail_from;
	struct str base_url; /* may be empty on loopback: what is listened on */
	struct str trust_proxy;
	struct limit_rule limits[LIMITS];
	/* Not in the file. */
	struct str config, now, clock;
	struct str limits_off; /* "off" */
	/* Of verbs other than serve. */
	struct str role, email, organization, municipality, output;
	struct str guardians, children, sessions;
	struct str example; /* "yes" when it is there */
	struct str operand; /* what is no option: backup FILE */
};

/*
 * Reads the arguments behind the verb, then the file they name.  -1: told on
 * stderr, usage.
 */
int config_read(struct config *c, int argc, char *const *argv)
    __attribute__((warn_unused_result));

/*
 * Whether it may listen so: a base_url is there and whole, the session's
 * cookie stays on this machine unless base_url is https, the clock is only
 * moved here.  -1: told on stderr, usage.
 */
int config_check(const struct config *c) __attribute__((warn_unused_result));

/* Loopback or a socket: nobody from outside. */
bool config_is_local(const struct config *c);

bool config_is_https(const struct config *c);

/* An option as a C string; NULL when it is empty. */
const char *config_text(struct config *c, struct str s);

void config_free(struct config *c);

#endif
