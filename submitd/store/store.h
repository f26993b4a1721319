#ifndef SUBMITD_STORE_STORE_H
#define SUBMITD_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/account.h"
#include "submitd/domain/application.h"
#include "submitd/domain/catalog.h"
#include "submitd/domain/certificate.h"
#include "submitd/domain/child.h"
#include "submitd/domain/mail.h"
#include "submitd/domain/review.h"
#include "submitd/domain/session.h"
#include "submitd/domain/sign_up.h"
#include "submitd/domain/verdict.h"

/*
 * The verbs of the domain over one database.  What belongs to one action
 * (states, seats, money, letters, audit) happens in one verb, inside the
 * transaction that the turn has open.  Nothing here reads a clock.
 *
 * Every verb gives:
 *	STORE_OK	done; a verdict beside it says whether the rules agreed,
 *			and unless it is VERDICT_OK nothing was written
 *	STORE_NONE	there is no such thing, or it is not the actor's
 *	STORE_CONFLICT	a constraint said no: undo the step; the request may
 *			be tried again from its start
 *	STORE_FAILED	the engine's fault, logged: undo the step, answer 503
 *
 * Results live on the arena that is given.  `who` is checked here: what is
 * not the actor's does not exist for it.
 */
enum store_rc { STORE_OK, STORE_NONE, STORE_CONFLICT, STORE_FAILED };

struct store;

/* --- the file ---------------------------------------------------------- */

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

/* --- accounts and sessions --------------------------------------------- */

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

/* --- children ----------------------------------------------------------- */

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

/* --- applications ------------------------------------------------------- */

struct application_ask {
	struct str program, group, child;
	bool certificate;
};

/*
 * What the form may say before it is sent: the verdict of the rules as it
 * would be now, whether a seat is free, and the money.
 */
struct application_preview {
	enum verdict verdict;
	bool waits;           /* it would go to the waiting list */
	int64_t ahead;        /* how many are there already */
	bool has_certificate; /* active */
	int64_t cost, covered, available;
};

enum store_rc store_application_preview(struct store *s, struct arena *a,
    const struct actor *who, const struct application_ask *ask, int64_t now,
    struct application_preview *out) __attribute__((warn_unused_result));

/* Submitted with a seat, waiting when full, or a verdict. */
enum store_rc store_application_apply(struct store *s, struct arena *a,
    const struct actor *who, const struct application_ask *ask, int64_t now,
    enum verdict *verdict, struct application *out)
    __attribute__((warn_unused_result));

enum store_rc store_application_get(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct application *out)
    __attribute__((warn_unused_result));

struct application_event_list {
	VEC(struct application_event) items;
};

struct application_move_list {
	VEC(struct application_move) items;
};

/* By time.  The caller has got the application, so it may see them. */
enum store_rc store_application_events(struct store *s, struct arena *a,
    struct str id, struct application_event_list *out)
    __attribute__((warn_unused_result));
/* Places in the waiting list from arrival on, each with its cause. */
enum store_rc store_application_moves(struct store *s, struct arena *a,
    struct str id, struct application_move_list *out)
    __attribute__((warn_unused_result));

struct application_filter {
	struct str organization;   /* empty: any the actor serves */
	struct str program, group; /* empty: any */
	struct str child;
	int state;     /* enum application_state, -1 any */
	int64_t after; /* seq of the last one seen, 0 first */
	int limit;     /* 0: 100 */
};

struct application_list {
	VEC(struct application) items;
	int64_t next; /* `after` for the next page, 0 none */
};

/*
 * Of the acting guardian's children; of the organizer's organization; an
 * operator's municipality.  By arrival.
 */
enum store_rc store_application_list(struct store *s, struct arena *a,
    const struct actor *who, const struct application_filter *filter,
    struct application_list *out) __attribute__((warn_unused_result));
/* How many in each state, for the same people. */
enum store_rc store_application_counts(struct store *s, const struct actor *who,
    int64_t counts[APPLICATION_STATES]) __attribute__((warn_unused_result));

/*
 * The steps.  A seat that becomes free promotes the first who waits, with a
 * letter, before the verb returns.  *out is the application as it is now,
 * also with VERDICT_STATE; it may be NULL.
 */
enum store_rc store_application_cancel(struct store *s, struct arena *a,
    const struct actor *who, struct str id, int64_t now, enum verdict *verdict,
    struct application *out) __attribute__((warn_unused_result));
/* MONEY: out->shown is more than out->held would be; nothing is done. */
enum store_rc store_application_approve(struct store *s, struct arena *a,
    const struct actor *who, struct str id, int64_t now, enum verdict *verdict,
    struct application *out) __attribute__((warn_unused_result));
enum store_rc store_application_decline(struct store *s, struct arena *a,
    const struct actor *who, struct str id, enum decline_reason reason,
    struct str comment, int64_t now, enum verdict *verdict,
    struct application *out) __attribute__((warn_unused_result));
enum store_rc store_application_contract(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct str number, struct date date,
    int64_t now, enum verdict *verdict, struct application *out)
    __attribute__((warn_unused_result));
enum store_rc store_application_enroll(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct str order_number,
    struct date order_date, int64_t now, enum verdict *verdict,
    struct application *out) __attribute__((warn_unused_result));
/* The guardian asks; the organizer confirms with _leave. */
enum store_rc store_application_leave_ask(struct store *s, struct arena *a,
    const struct actor *who, struct str id, enum leave_reason reason,
    struct str comment, int64_t now, enum verdict *verdict,
    struct application *out) __attribute__((warn_unused_result));
/* `date` is the last day; expelled: not of the family's own will. */
enum store_rc store_application_leave(struct store *s, struct arena *a,
    const struct actor *who, struct str id, bool expelled,
    enum leave_reason reason, struct str comment, struct date date, int64_t now,
    enum verdict *verdict, struct application *out)
    __attribute__((warn_unused_result));

/* A group as it stands. */
struct group_state {
	struct str program, id, organization;
	struct str title, program_title;
	int64_t seats; /* -1: no limit */
	int64_t taken, waiting;
	int64_t waiting_max; /* -1: no limit, 0: no list */
	bool open;           /* enrollment, now */
	bool over;           /* the catalog shrank below what is taken */
	bool gone;           /* not in the catalog any more */
	bool closed;         /* by the organizer's hand */
};

struct group_state_list {
	VEC(struct group_state) items;
};

/* For /live/: in the catalog's order; gone ones are left out. */
enum store_rc store_group_states(struct store *s, struct arena *a,
    struct str program, int64_t now, struct group_state_list *out)
    __attribute__((warn_unused_result));
/* Everything that is in the catalog, by program. */
enum store_rc store_group_states_all(struct store *s, struct arena *a,
    int64_t now, struct group_state_list *out)
    __attribute__((warn_unused_result));
/* The organizer's own (all that have or had applications, gone ones too). */
enum store_rc store_group_states_of(struct store *s, struct arena *a,
    const struct actor *who, int64_t now, struct group_state_list *out)
    __attribute__((warn_unused_result));
/* Over or gone: conflicts with a changed catalog. */
enum store_rc store_group_conflicts(struct store *s, struct arena *a,
    const struct actor *who, int64_t now, struct group_state_list *out)
    __attribute__((warn_unused_result));
/* Opens or closes enrollment of a group by hand. */
enum store_rc store_group_close(struct store *s, const struct actor *who,
    struct str program, struct str group, bool closed, int64_t now)
    __attribute__((warn_unused_result));
/*
 * Grows whenever anything that /live/ shows has changed (seats, waiting,
 * reviews, catalog): what was rendered under another number is old.
 */
int64_t store_live_version(const struct store *s);

/* --- certificates ------------------------------------------------------- */

/* AGE, DUPLICATE.  *id is set then too. */
enum store_rc store_certificate_request(struct store *s, struct arena *a,
    const struct actor *who, struct str child, int64_t now,
    enum verdict *verdict, struct str *id) __attribute__((warn_unused_result));
/* The certificate of a child one may see, with this year's sums. */
enum store_rc store_certificate_of(struct store *s, struct arena *a,
    const struct actor *who, struct str child, int64_t now,
    struct certificate *out) __attribute__((warn_unused_result));

struct ledger {
	VEC(struct ledger_line) items;
};

enum store_rc store_certificate_ledger(struct store *s, struct arena *a,
    struct str id, struct ledger *out) __attribute__((warn_unused_result));

struct certificate_list {
	VEC(struct certificate) items;
};

/* The operator's, in this state (-1 any). */
enum store_rc store_certificate_list(struct store *s, struct arena *a,
    const struct actor *who, int state, int64_t now,
    struct certificate_list *out) __attribute__((warn_unused_result));
/* The operator has seen the papers: a number, and the year's grant. */
enum store_rc store_certificate_activate(struct store *s, struct arena *a,
    const struct actor *who, struct str id, int64_t now, enum verdict *verdict,
    struct certificate *out) __attribute__((warn_unused_result));

/* --- sign-ups ----------------------------------------------------------- */

struct sign_up_ask {
	struct str event, category; /* category empty: the event has none */
	const struct str *children;
	size_t nchildren; /* 1 .. SIGN_UP_CHILDREN_MAX */
};

struct sign_up_list {
	VEC(struct sign_up) items;
	int64_t next;
};

/*
 * All of them or none: *verdict is the first that is not OK, and *failed the
 * index of that child.
 */
enum store_rc store_sign_up_add(struct store *s, struct arena *a,
    const struct actor *who, const struct sign_up_ask *ask, int64_t now,
    enum verdict *verdict, size_t *failed, struct sign_up_list *out)
    __attribute__((warn_unused_result));
enum store_rc store_sign_up_get(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct sign_up *out)
    __attribute__((warn_unused_result));
/* The guardian's, or the organizer's (of one event unless empty). */
enum store_rc store_sign_up_list(struct store *s, struct arena *a,
    const struct actor *who, struct str event, int64_t after, int limit,
    struct sign_up_list *out) __attribute__((warn_unused_result));
/* One step; reason and comment may be empty.  A free seat promotes. */
enum store_rc store_sign_up_act(struct store *s, struct arena *a,
    const struct actor *who, struct str id, enum sign_up_action act,
    struct str reason, struct str comment, int64_t now, enum verdict *verdict,
    struct sign_up *out) __attribute__((warn_unused_result));

/* An event as it stands, seats of its categories included. */
struct event_state {
	struct str id, category; /* category empty: the event itself */
	int64_t seats;           /* -1: no limit */
	int64_t taken, waiting;
};

struct event_state_list {
	VEC(struct event_state) items;
};

enum store_rc store_event_states(struct store *s, struct arena *a,
    struct str event, struct event_state_list *out)
    __attribute__((warn_unused_result));

/* --- reviews ------------------------------------------------------------ */

struct review_list {
	VEC(struct review) items;
	int64_t next;
};

/*
 * One per guardian, program and school year; said again before it is
 * approved, it is changed.  NOT_ENROLLED, DUPLICATE (approved already).
 */
enum store_rc store_review_put(struct store *s, struct arena *a,
    const struct actor *who, struct str program, int rating, struct str text,
    int64_t now, enum verdict *verdict, struct review *out)
    __attribute__((warn_unused_result));
enum store_rc store_review_get(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct review *out)
    __attribute__((warn_unused_result));
/* One's own; of the organization; the operator's, in this state (-1 any). */
enum store_rc store_review_list(struct store *s, struct arena *a,
    const struct actor *who, int state, int64_t after, int limit,
    struct review_list *out) __attribute__((warn_unused_result));
/* The operator's decision. */
enum store_rc store_review_decide(struct store *s, struct arena *a,
    const struct actor *who, struct str id, bool approve, struct str reason,
    int64_t now, enum verdict *verdict, struct review *out)
    __attribute__((warn_unused_result));
/* The organization's answer to an approved one. */
enum store_rc store_review_answer(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct str text, int64_t now,
    enum verdict *verdict, struct review *out)
    __attribute__((warn_unused_result));

/* Programs (ids) of which the guardian may write one. */
struct program_list {
	VEC(struct str) items;
};

enum store_rc store_review_programs(struct store *s, struct arena *a,
    const struct actor *who, struct program_list *out)
    __attribute__((warn_unused_result));

/* Approved ones of a program, newest first, for /live/. */
enum store_rc store_review_public(struct store *s, struct arena *a,
    struct str program, int limit, struct review_list *out)
    __attribute__((warn_unused_result));
/* Sum and count of approved ratings; NONE when there is none. */
enum store_rc store_rating(struct store *s, struct str program, int64_t *sum,
    int64_t *count) __attribute__((warn_unused_result));

/* --- letters ------------------------------------------------------------ */

struct mail_list {
	VEC(struct mail) items;
};

/* A letter that no verb writes; params is a JSON object. */
enum store_rc store_mail_add(struct store *s, struct arena *a, const char *kind,
    struct str recipient, struct str params, int64_t now)
    __attribute__((warn_unused_result));
/* Takes up to `most` due letters for MAIL_LEASE seconds, in queue order. */
enum store_rc store_mail_claim(struct store *s, struct arena *a, int64_t now,
    int most, struct mail_list *out) __attribute__((warn_unused_result));
/* Gone; what was secret in it is wiped. */
enum store_rc store_mail_sent(struct store *s, struct str id, int64_t now)
    __attribute__((warn_unused_result));
/* Not gone: tried again later, or dead (`permanent`, too many attempts). */
enum store_rc store_mail_failed(struct store *s, struct str id, bool permanent,
    struct str why, int64_t now) __attribute__((warn_unused_result));
/* The next moment a letter is due; NONE when none waits. */
enum store_rc store_mail_next(struct store *s, int64_t *due)
    __attribute__((warn_unused_result));

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
