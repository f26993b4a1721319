#ifndef SUBMITD_STORE_PEOPLE_H
#define SUBMITD_STORE_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/account.h"
#include "submitd/domain/child.h"
#include "submitd/domain/session.h"
#include "submitd/domain/verdict.h"
#include "submitd/store/rc.h"

/* Accounts, their sessions, children and whose they are. */

struct arena;

/*
 * Stores the registration and its letter.  An address that has an account gets
 * another letter instead; the caller cannot tell, and must not.
 * VERDICT_CONSENT: a required one is missing or of another version.
 */
enum store_rc store_account_register(struct store *s, struct arena *a,
    const struct registration *r, struct str address, int64_t now,
    enum verdict *verdict) __attribute__((warn_unused_result));

/* Looks at a letter's link; STALE when there is nothing to confirm. */
enum store_rc store_account_confirm_peek(struct store *s, struct arena *a,
    struct str token, int64_t now, enum verdict *verdict, struct str *next)
    __attribute__((warn_unused_result));
/* Makes the account.  Pressed twice, it is OK twice. */
enum store_rc store_account_confirm(struct store *s, struct arena *a,
    struct str token, int64_t now, enum verdict *verdict, struct str *next)
    __attribute__((warn_unused_result));

/* For a login; email normalized. */
enum store_rc store_account_find(struct store *s, struct arena *a,
    struct str email, struct account *out, struct str *password)
    __attribute__((warn_unused_result));
enum store_rc store_account_get(struct store *s, struct arena *a, struct str id,
    struct account *out, struct str *password)
    __attribute__((warn_unused_result));

/*
 * An account made by the host (submitd user add, demo): confirmed at once.
 * CONFLICT when the address is taken.  *id may be NULL.
 */
enum store_rc store_account_add(struct store *s, struct arena *a,
    const struct account *account, struct str password, int64_t now,
    struct str *id) __attribute__((warn_unused_result));

/* A link by letter when the address has an account, else nothing. */
enum store_rc store_account_reset_ask(struct store *s, struct arena *a,
    struct str email, int64_t now) __attribute__((warn_unused_result));
enum store_rc store_account_reset_peek(struct store *s, struct arena *a,
    struct str token, int64_t now, enum verdict *verdict)
    __attribute__((warn_unused_result));
/* Sets the password, once; ends all sessions; tells by letter. */
enum store_rc store_account_reset(struct store *s, struct arena *a,
    struct str token, struct str password, int64_t now, enum verdict *verdict)
    __attribute__((warn_unused_result));
/* Likewise for one who is signed in; the session `keep` goes on. */
enum store_rc store_account_password_set(struct store *s, struct arena *a,
    const struct actor *who, struct str password, struct str keep, int64_t now)
    __attribute__((warn_unused_result));

/* `id` is the hash of the token in hex. */
enum store_rc store_session_add(struct store *s, struct str id,
    struct str account, struct str address, struct str agent, int64_t now)
    __attribute__((warn_unused_result));
/* NONE when it is unknown, ended or too old. */
enum store_rc store_session_find(struct store *s, struct arena *a,
    struct str id, int64_t now, struct session *out)
    __attribute__((warn_unused_result));
/* When now - seen ≥ SESSION_SEEN_EVERY; anything else is a waste. */
enum store_rc store_session_seen(struct store *s, struct str id, int64_t now)
    __attribute__((warn_unused_result));
enum store_rc store_session_end(struct store *s, struct str id)
    __attribute__((warn_unused_result));
/* All of an account but one (which may be empty). */
enum store_rc store_session_end_others(struct store *s, struct str account,
    struct str keep) __attribute__((warn_unused_result));

struct child_list {
	VEC(struct child) items;
};

/*
 * Adds a child of the acting guardian.  EXISTS: the same child is there; the
 * claim's road is open (and nothing is said of whose it is).  LIMIT: that was
 * tried too often today.  A child that the guardian has already is no
 * duplicate: OK with its id.  AGE: not 0-17.  Near ones are made and put
 * before the operator.
 */
enum store_rc store_child_add(struct store *s, struct arena *a,
    const struct actor *who, const struct child *child, int64_t now,
    enum verdict *verdict, struct str *id) __attribute__((warn_unused_result));

enum store_rc store_child_get(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct child *out)
    __attribute__((warn_unused_result));
/* The acting guardian's, by order of entry. */
enum store_rc store_child_list(struct store *s, struct arena *a,
    const struct actor *who, struct child_list *out)
    __attribute__((warn_unused_result));
/* By a guardian: names and municipality, while nobody else relies on them. */
enum store_rc store_child_move(struct store *s, const struct actor *who,
    struct str id, struct str municipality, int64_t now)
    __attribute__((warn_unused_result));

/*
 * "It is my child": same names and date as given to store_child_add.  By
 * CLAIM_GUARDIAN the first guardian gets a letter with a link; CLAIM_OPERATOR
 * waits for the municipality's operator.  Answered the same (OK, an id)
 * whether or not there is such a child.  LIMIT as above.
 */
enum store_rc store_claim_add(struct store *s, struct arena *a,
    const struct actor *who, const struct child *child, enum claim_way way,
    int64_t now, enum verdict *verdict, struct str *id)
    __attribute__((warn_unused_result));
/* For the page behind the letter's link. */
enum store_rc store_claim_peek(struct store *s, struct arena *a,
    struct str token, int64_t now, enum verdict *verdict, struct claim *out)
    __attribute__((warn_unused_result));
/* The first guardian says yes or no. */
enum store_rc store_claim_answer(struct store *s, struct arena *a,
    struct str token, bool yes, int64_t now, enum verdict *verdict)
    __attribute__((warn_unused_result));

struct claim_list {
	VEC(struct claim) items;
};

/* Open ones that the operator may decide. */
enum store_rc store_claim_list(struct store *s, struct arena *a,
    const struct actor *who, struct claim_list *out)
    __attribute__((warn_unused_result));
enum store_rc store_claim_decide(struct store *s, struct arena *a,
    const struct actor *who, struct str id, bool yes, int64_t now,
    enum verdict *verdict) __attribute__((warn_unused_result));

/* Two children who may be one, for the operator. */
struct child_pair {
	struct str id;
	struct child a, b;
	int64_t created;
};

struct child_pair_list {
	VEC(struct child_pair) items;
};

enum store_rc store_child_pairs(struct store *s, struct arena *a,
    const struct actor *who, struct child_pair_list *out)
    __attribute__((warn_unused_result));
/* The operator has looked: they are two. */
enum store_rc store_child_pair_close(struct store *s, const struct actor *who,
    struct str id, int64_t now) __attribute__((warn_unused_result));

#endif
