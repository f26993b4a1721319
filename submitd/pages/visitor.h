#ifndef SUBMITD_PAGES_VISITOR_H
#define SUBMITD_PAGES_VISITOR_H

#include "submitd/pages/app.h"
#include "submitd/store/store.h"

/*
 * Who it is: cookies, sessions and the CSRF tokens bound to them.  A session's
 * token stands in its cookie only, its hash in the store.  A visitor without
 * a session gets a pre-login cookie as soon as a page has a form.
 */

/*
 * Fills c->session, user, who and cookie.  False when the store cannot say;
 * then it has been answered.
 */
bool visitor_find(struct app *app, struct call *c);

/* The CSRF token of this visitor's forms; sets the pre-login cookie, once. */
struct str call_csrf(struct app *app, struct call *c);

/*
 * Signs in: a new session in the store, its cookie and the readable one
 * without a secret; the pre-login one goes.  Signs out: the reverse.
 */
enum store_rc visitor_sign_in(struct app *app, struct call *c,
    const struct account *user) __attribute__((warn_unused_result));
enum store_rc visitor_sign_out(struct app *app, struct call *c)
    __attribute__((warn_unused_result));

/* A session's id in the store, by the token of its cookie. */
struct str visitor_session_id(struct arena *a, struct str token);

/* The CSRF token that goes with the value of either cookie. */
struct str visitor_csrf(struct arena *a, struct str cookie);

#endif
