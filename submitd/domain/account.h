#ifndef SUBMITD_DOMAIN_ACCOUNT_H
#define SUBMITD_DOMAIN_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

enum role {
	ROLE_NOBODY,
	ROLE_GUARDIAN,
	ROLE_ORGANIZER, /* of one organization */
	ROLE_OPERATOR,  /* of one municipality, or of the region */
	ROLE_ADMIN,
	ROLES,
};

const char *role_name(enum role r);
/* ROLE_NOBODY when the name is none. */
enum role role_from(struct str name);

/* One adult. */
struct account {
	struct str id, email, full_name;
	enum role role;
	struct str organization; /* an organizer's */
	struct str municipality; /* an operator's; empty: the region */
	int64_t created;
};

/* Who acts: the session's account as the store's verbs want to know it. */
struct actor {
	struct str account; /* empty: nobody, or the system itself */
	enum role role;
	struct str organization, municipality;
	struct str address; /* the client's, for consents and the audit */
};

/* May act for this organization (its own; operator and admin for all). */
bool actor_serves(const struct actor *who, struct str organization);

/* May act for this municipality. */
bool actor_oversees(const struct actor *who, struct str municipality);

/* A consent as the form sends it, DOCUMENT:VERSION. */
struct consent {
	struct str document, version, hash;
};

/*
 * A registration before its letter was answered.  Nobody has shown yet whose
 * address it is, so each stands for itself and none is an account.
 */
struct registration {
	struct str email;    /* normalized */
	struct str password; /* hashed */
	struct str full_name;
	const struct consent *consents; /* hash filled from the catalog */
	size_t nconsents;
	struct str next; /* a local path, or empty */
};

enum {
	ACCOUNT_EMAIL_MAX = 254,
	ACCOUNT_NAME_MAX = 120, /* code points */
	ACCOUNT_CONFIRM_LIFE = 48 * 3600,
	ACCOUNT_RESET_LIFE = 3600,
};

/*
 * The address as it is stored and compared: trimmed, domain and local part in
 * lower case.  False when it has not the shape of one.
 */
bool account_email(struct arena *a, struct str typed, struct str *out);

/* A person's name, trimmed, blanks single: letters, blanks, - ' . only. */
bool account_name(struct arena *a, struct str typed, struct str *out);

#endif
