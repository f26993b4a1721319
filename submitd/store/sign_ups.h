#ifndef SUBMITD_STORE_SIGN_UPS_H
#define SUBMITD_STORE_SIGN_UPS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/account.h"
#include "submitd/domain/sign_up.h"
#include "submitd/domain/verdict.h"
#include "submitd/store/rc.h"

/* Sign-ups for events. */

struct arena;

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

#endif
