#ifndef SUBMITD_STORE_STORE_H
#define SUBMITD_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/str.h"
#include "submitd/domain/catalog.h"
#include "submitd/store/applications.h"
#include "submitd/store/certificates.h"
#include "submitd/store/letters.h"
#include "submitd/store/people.h"
#include "submitd/store/rc.h"
#include "submitd/store/reviews.h"
#include "submitd/store/sign_ups.h"

/*
 * The store: one database, its file and its turns.  Its verbs stand in the
 * headers of their nouns, which come with this one.
 */

struct arena;

enum store_mode {
	STORE_WRITE, /* made or migrated when needed; locked by FILE.lock */
	STORE_READ,  /* beside a daemon; an older schema is refused */
};

/*
 * `url` is sqlite:FILE or the path of a file.  NULL: logged in words for the
 * host (a newer version, another program's file, damaged, in use).
 */
struct store *store_open(const char *url, enum store_mode mode, int64_t now);
void store_close(struct store *s);

/* The schema's version that this program writes. */
int store_version(void);

/*
 * Reads catalog.db and takes it over: seats, waiting lists, titles.  Does
 * nothing when it is the one that is in use already.  A rise promotes, in the
 * same transaction.  Not inside a turn.  -1: logged, the old one stays.
 */
int store_catalog_load(struct store *s, const char *path, int64_t now)
    __attribute__((warn_unused_result));

/* NULL before the first load; valid until the next one. */
const struct catalog *store_catalog(const struct store *s);

enum store_rc store_backup(struct store *s, const char *path)
    __attribute__((warn_unused_result));
/* From a timer, outside a turn. */
void store_checkpoint(struct store *s);
/* After an I/O error nothing may be asked any more: stop, exit 3. */
bool store_broken(const struct store *s);
/* Tests: the file may not grow beyond so many bytes. */
enum store_rc store_limit(struct store *s, int64_t bytes)
    __attribute__((warn_unused_result));

/*
 * live.db for the next build (submitd/store/live.sql says what is in it),
 * written beside and renamed; the same state gives the same bytes.
 */
int store_export(struct store *s, const char *path, int64_t now)
    __attribute__((warn_unused_result));

/*
 * Looks through the whole database for what must always hold and tells every
 * breach in a line.  Returns how many, or -1 when it could not look.
 */
int store_check(struct store *s, FILE *out, int64_t now)
    __attribute__((warn_unused_result));

/* --- the turn ---------------------------------------------------------- */

/*
 * One transaction for the requests of a turn, each in a step of its own.
 * store_turn_ended() tells that the engine gave the whole turn up (no room,
 * I/O): every request of it is 503.  A commit that fails has an unknown
 * outcome: "repeat with the same key".
 */
enum store_rc store_turn_begin(struct store *s)
    __attribute__((warn_unused_result));
enum store_rc store_turn_commit(struct store *s)
    __attribute__((warn_unused_result));
void store_turn_abandon(struct store *s);
bool store_turn_ended(struct store *s);
enum store_rc store_step_begin(struct store *s)
    __attribute__((warn_unused_result));
enum store_rc store_step_keep(struct store *s)
    __attribute__((warn_unused_result));
void store_step_undo(struct store *s);

/* What an answered key was answered with. */
struct store_answer {
	int status;
	struct str location, content_type, body;
	bool same_body; /* the request's body is the one of then */
};

enum { STORE_KEY_LIFE = 48 * 3600 };

/*
 * `scope` is the account, or whatever stands for a visitor without one; route
 * is METHOD and path.  STORE_NONE: not answered yet.
 */
enum store_rc store_key_find(struct store *s, struct arena *a, struct str scope,
    struct str route, struct str key, struct str body_hash, int64_t now,
    struct store_answer *out) __attribute__((warn_unused_result));
enum store_rc store_key_add(struct store *s, struct str scope, struct str route,
    struct str key, struct str body_hash, const struct store_answer *answer,
    int64_t now) __attribute__((warn_unused_result));

/* A line of the audit for what no verb does (reading a child's card). */
enum store_rc store_audit(struct store *s, const struct actor *who,
    const char *verb, const char *kind, struct str id, struct str detail,
    int64_t now) __attribute__((warn_unused_result));

/*
 * What is due: waiting lists of ended groups, ended periods, the certificates'
 * year, old sessions, keys and links, the seal of the audit.  A bounded piece
 * of work a call; *more says whether to come again soon.  Not inside a turn.
 */
enum store_rc store_due(struct store *s, struct arena *a, int64_t now,
    bool *more) __attribute__((warn_unused_result));

/* --- the operator's figures --------------------------------------------- */

struct store_counts {
	int64_t applications[APPLICATION_STATES];
	int64_t overdue; /* submitted and not answered in time */
	int64_t children, guardians;
	int64_t claims, pairs;   /* open */
	int64_t certificates[3]; /* by enum certificate_state */
	int64_t reviews;         /* to be moderated */
	int64_t groups_over, groups_gone;
	int64_t letters_waiting, letters_dead;
};

/* Of the operator's municipality where that makes a difference. */
enum store_rc store_counts(struct store *s, const struct actor *who,
    int64_t now, struct store_counts *out) __attribute__((warn_unused_result));

#endif
