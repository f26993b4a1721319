#ifndef SUBMITD_DOMAIN_PASSWORD_H
#define SUBMITD_DOMAIN_PASSWORD_H

#include <stdbool.h>

#include "base/str.h"

struct arena;

/* Passwords, over libsodium: argon2id, 19 MiB, two passes (10-15 ms). */

enum { PASSWORD_MIN = 8, PASSWORD_MAX = 128 }; /* code points */

enum password_fault {
	PASSWORD_FINE,
	PASSWORD_SHORT,
	PASSWORD_LONG,
	PASSWORD_COMMON, /* among those everybody tries first */
};

enum password_fault password_judge(struct str password);

/* The hash in libsodium's text form.  -1: no memory for it; logged. */
int password_hash(struct arena *a, struct str password, struct str *out)
    __attribute__((warn_unused_result));

/*
 * An empty hash is that of an account that is not there: it takes the same
 * time and answers false.
 */
bool password_matches(struct str hash, struct str password);

#endif
