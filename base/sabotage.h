#ifndef BASE_SABOTAGE_H
#define BASE_SABOTAGE_H

#include <stdbool.h>

/*
 * Faults built in on purpose (make SABOTAGE=n, into a folder of its own), so
 * that every safety test can be seen to turn red.  Never shipped: without the
 * flag sabotaged() is false and the compiler takes the branch away.
 */
#ifndef SABOTAGE
#define SABOTAGE 0
#endif

enum sabotage {
	SABOTAGE_SEATS = 1,    /* seats by check, then insert */
	SABOTAGE_EARLY = 2,    /* the answer goes before the commit */
	SABOTAGE_UNSYNCED = 3, /* a commit does not wait for the disk */
	SABOTAGE_KEY = 4,      /* idempotency in a transaction of its own */
};

static inline bool
sabotaged(enum sabotage which)
{
	return SABOTAGE == (int)which;
}

#endif
