#ifndef SUBMITD_DEMO_EXAMPLE_H
#define SUBMITD_DEMO_EXAMPLE_H

#include <stdint.h>

#include "submitd/store/store.h"

struct arena;

/* Who of the demo's five has a part in it. */
struct example_cast {
	struct str organization;        /* the organizer's */
	struct str organizer, operator; /* accounts */
};

/* When the first of the example's people came; the cast must be older. */
int64_t example_begins(int64_t now);

/*
 * Plays an autumn of invented families through the verbs, inside the turn
 * that is open, on days that are past: only for a store in which nothing but
 * the demo's five was made, and they then.  Their letters count as sent.
 */
enum store_rc example_make(struct store *s, struct arena *a,
    const struct example_cast *cast, int64_t now)
    __attribute__((warn_unused_result));

#endif
