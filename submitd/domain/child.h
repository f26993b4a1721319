#ifndef SUBMITD_DOMAIN_CHILD_H
#define SUBMITD_DOMAIN_CHILD_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"

struct arena;

struct child {
	struct str id;
	struct str family_name, given_name, patronymic;
	struct date birth;
	struct str municipality;
	int namesake; /* 0; an operator tells others apart */
	int64_t created;
};

enum {
	CHILD_NAME_MAX = 60, /* code points */
	CHILD_AGE_MAX = 17,
	CHILD_TRIES_A_DAY = 5, /* at children that exist already */
	CHILD_CLAIM_LIFE = 14 * 86400,
	CHILD_OF_ACCOUNT_MAX = 20,
};

/* Full name in one line, "Семёнова Мира Ильинична". */
struct str child_name(struct arena *a, const struct child *c);

/*
 * Names brought to one form, so that the same child typed by two people is
 * the same: without case, blanks and hyphens, with "е" for "ё" and Cyrillic
 * for Latin look-alikes; "семенова/мира/ильинична".
 */
struct str child_name_key(struct arena *a, const struct child *c);

/* Born, and not older than 17, on that day. */
bool child_may_be_entered(struct date birth, struct date today);

/*
 * Near each other without being the same: one or two letters, one digit of
 * the date, or names swapped.  Takes the children's name keys.
 */
bool child_alike(struct str key_a, struct date birth_a, struct str key_b,
    struct date birth_b);

enum claim_way { CLAIM_GUARDIAN, CLAIM_OPERATOR };
enum claim_state { CLAIM_OPEN, CLAIM_CONFIRMED, CLAIM_REFUSED, CLAIM_ENDED };

const char *claim_way_name(enum claim_way w);
bool claim_way_from(struct str name, enum claim_way *out);
const char *claim_state_name(enum claim_state s);

/* Somebody says to be a guardian of a child who is in the system. */
struct claim {
	struct str id, account;
	struct str claimant; /* full name; for whoever decides */
	struct str email;    /* likewise */
	struct child child;  /* likewise */
	enum claim_way way;
	enum claim_state state;
	int64_t created;
};

#endif
