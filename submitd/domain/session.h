#ifndef SUBMITD_DOMAIN_SESSION_H
#define SUBMITD_DOMAIN_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "submitd/domain/account.h"

/*
 * A signed-in browser.  The token itself is nowhere but in its cookie; `id` is
 * the hash of it.
 */
struct session {
	struct str id;
	struct account account;
	int64_t created, seen;
	struct str agent, address;
};

enum {
	SESSION_TOKEN_BYTES = 32,
	SESSION_SEEN_EVERY = 3600, /* seen is written at most hourly */
	SESSION_IDLE_GUARDIAN = 30 * 86400,
	SESSION_LIFE_GUARDIAN = 180 * 86400,
	SESSION_IDLE_STAFF = 12 * 3600,
	SESSION_LIFE_STAFF = 7 * 86400,
};

bool session_live(enum role role, int64_t created, int64_t seen, int64_t now);

#endif
