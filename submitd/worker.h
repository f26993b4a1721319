#ifndef SUBMITD_WORKER_H
#define SUBMITD_WORKER_H

#include "base/arena.h"
#include "base/str.h"

struct app;
struct outbox;
struct reload;
struct server;
struct turn;

/*
 * What happens without a request, from timers of the loop: letters go to the
 * outbox's thread and its results into the store, what is due is done, the
 * log is checkpointed, a new catalog is noticed.
 */
struct worker {
	struct app *app;
	struct turn *turn;
	struct outbox *outbox; /* NULL: letters stay where they are */
	struct reload *reload;
	struct arena arena;
};

int worker_start(struct worker *w, struct server *s)
    __attribute__((warn_unused_result));

/* After the loop: stores what became of the last letters. */
void worker_stop(struct worker *w);

#endif
