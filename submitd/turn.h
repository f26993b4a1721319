#ifndef SUBMITD_TURN_H
#define SUBMITD_TURN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct app;
struct clock;
struct exchange;
struct jobs;
struct server;

/*
 * One turn of the loop.  Reading requests see committed state and are answered
 * at once.  Those that write share one transaction, a step each, and their
 * answers leave after its commit: "answered" means "safe".  A transaction
 * takes at most SERVER_TURN requests or TURN_US of work; the rest of the turn
 * gets another one.
 */
struct turn {
	struct app *app;
	struct server *server;
	struct jobs *jobs;
	struct clock *clock;
	bool broken; /* an I/O error: stop, exit 3 */
};

enum { TURN_US = 3000 };

/* A server_turn_fn; ctx is the struct turn. */
void turn_run(void *ctx, struct exchange **x, size_t n);

/* For the jobs: runs what a first half left in an exchange. */
void turn_job(struct exchange *x, bool late);

/* Asks whether the store is broken; then says so once and stops the server. */
void turn_check(struct turn *t);

/* For the server's Date header. */
int64_t turn_now(void *ctx);

#endif
