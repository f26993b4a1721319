#ifndef SUBMITD_PAGES_KEYS_H
#define SUBMITD_PAGES_KEYS_H

#include "submitd/pages/app.h"

/*
 * Once: what a key was answered with is stored in the same step as the effect
 * and given again to whoever comes with the same key and the same body.  Only
 * answers of 2xx and 3xx are stored; a route of ROUTE_NO_REPLAY never.
 */

/* Fills c->key from the header or the field.  False: it has none of the
 * right form, and 422 has been answered. */
bool keys_read(struct app *app, struct call *c);

/* Whose the keys are: the account, or the pre-login cookie. */
struct str keys_scope(struct call *c);

/* True when it was answered before, or is now. */
bool keys_answer(struct app *app, struct call *c);

/* Stores the answer; `scope` as it was before the handler ran. */
void keys_remember(struct app *app, struct call *c, struct str scope);

#endif
