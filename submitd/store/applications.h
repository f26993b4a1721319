#ifndef SUBMITD_STORE_APPLICATIONS_H
#define SUBMITD_STORE_APPLICATIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/account.h"
#include "submitd/domain/application.h"
#include "submitd/domain/verdict.h"
#include "submitd/store/rc.h"

/* Applications with their seats, and groups as they stand. */

struct arena;

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

#endif
