#ifndef SUBMITD_PAGES_DOOR_H
#define SUBMITD_PAGES_DOOR_H

#include "submitd/pages/app.h"
#include "submitd/store/store.h"

/*
 * The door before every handler.  It finds the route (404, 405 with Allow),
 * the session, checks who may (303 to login, 401, 403), where the request
 * comes from (Origin), its CSRF token, its fields (unknown and repeated ones
 * 422), its rate (429) and whether it has been answered before (its key).
 */

/*
 * Handles one request up to its answer, or until it leaves a job: then
 * c->job is set and there is no answer yet.  Never fails: what goes wrong is
 * an answer.  On a POST the caller has set the savepoint.
 */
void door_enter(struct app *app, struct call *c);

/* The second half, in a later turn; reads everything again. */
void door_finish(struct app *app, struct call *c);

/* A call on the exchange's own arena, for door_enter(). */
struct call *door_call(struct exchange *x);

/* Whether what a POST wrote is to stay: 2xx, 3xx, or a job, or c->keep. */
bool door_keeps(const struct call *c);

/* The form's place to go to after a form: `next` when it is a local path. */
struct str call_next(const struct call *c, struct str otherwise);

/*
 * Counts one more of `who`; when it is one too many it is answered 429 and
 * false.  One that was no trouble is given back.
 */
bool call_limit(struct app *app, struct call *c, enum limit which,
    struct str who);
void call_limit_give(struct app *app, enum limit which, struct str who);

#endif
