#ifndef SUBMITD_STORE_RC_H
#define SUBMITD_STORE_RC_H

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

#endif
