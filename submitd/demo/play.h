#ifndef SUBMITD_DEMO_PLAY_H
#define SUBMITD_DEMO_PLAY_H

#include "submitd/demo/example.h"
#include "submitd/demo/plan.h"

/* Where a plan is played. */
struct stage {
	struct store *store;
	struct arena *arena; /* of the whole play */
	struct arena batch;  /* of one step */
	struct plan *plan;
	const struct example_cast *cast;
	struct str password; /* hashed */
	VEC(struct account) organizers;
};

/*
 * One step, by the verb that stands for it.  Where the rules say no, nothing
 * comes about and that is no failure.
 */
enum store_rc play(struct stage *st, const struct step *step)
    __attribute__((warn_unused_result));

#endif
