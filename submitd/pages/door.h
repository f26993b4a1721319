#ifndef SUBMITD_PAGES_DOOR_H
#define SUBMITD_PAGES_DOOR_H

#include "submitd/pages/app.h"

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

/*
 * The fields of a form as the handler sees them: checked against the route's
 * table, without blanks at both ends (secret ones as they are).  Empty when
 * there is none.
 */
struct str input(const struct call *c, const char *name);
size_t input_count(const struct call *c, const char *name);
struct str input_at(const struct call *c, const char *name, size_t i);

/* A page's place to go to after a form: `next` when it is a local path. */
struct str input_next(const struct call *c, struct str otherwise);

/* A local path: "/x", nothing that a browser could take for another host. */
bool door_is_local(struct str path);

/*
 * Signs in: a new session in the store, both cookies, the pre-login one
 * dropped.  Signs out: the reverse.
 */
enum store_rc door_sign_in(struct app *app, struct call *c,
    const struct account *user);
enum store_rc door_sign_out(struct app *app, struct call *c);

/* The CSRF token that goes with a session's or a pre-login cookie's value. */
struct str door_csrf(struct arena *a, struct str cookie);

#endif
