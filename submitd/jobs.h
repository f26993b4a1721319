#ifndef SUBMITD_JOBS_H
#define SUBMITD_JOBS_H

#include <stdbool.h>

struct exchange;
struct server;

/*
 * What must leave the loop: password hashes.  Two threads of low priority and
 * a bounded queue, so that a flood of logins takes neither the memory (19 MiB
 * each) nor the road of applications.
 */
struct jobs;

enum { JOBS_THREADS = 2, JOBS_QUEUE = 64, JOBS_STALE_MS = 10000 };

/*
 * run() is called on one of the threads with an exchange; whoever put it has
 * left there what to do.  It touches nothing but that.  Afterwards the
 * exchange is requeued on the server.  late: it waited longer than
 * JOBS_STALE_MS, nothing has been run.  NULL: logged.
 */
struct jobs *jobs_open(struct server *s,
    void (*run)(struct exchange *x, bool late));

/* False when the queue is full; the exchange is still the caller's. */
bool jobs_put(struct jobs *j, struct exchange *x);

/* How many wait. */
int jobs_waiting(struct jobs *j);

/* Ends the threads.  Nothing may be waiting: the server has drained. */
void jobs_close(struct jobs *j);

#endif
