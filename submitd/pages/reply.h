#ifndef SUBMITD_PAGES_REPLY_H
#define SUBMITD_PAGES_REPLY_H

#include "base/json.h"
#include "submitd/pages/app.h"
#include "submitd/store/store.h"

/*
 * What a handler may answer.  Exactly one of these ends it.  Each knows
 * whether HTML or JSON is wanted, except where it says otherwise.
 */

/*
 * The map a template gets, with what every page needs in it (COMPONENTS.md,
 * "Frame"): site, contact, nav, footer, assets, account, csrf, key, page.title
 * from the words' key, page.path, and `form`:
 *	form.values.NAME	as typed (never a secret one); a list for one
 *				that may repeat
 *	form.errors.NAME	the text when it is wrong: t.error.CODE
 *	form.bad.NAME		true likewise
 *	form.summary		list of {field, text}; form.title "Исправьте …"
 * The handler sets its own keys beside them.
 */
struct value *reply_values(struct app *app, struct call *c, const char *title);

/* An HTML page of the theme: "cabinet/account_login.html". */
void reply_page(struct app *app, struct call *c, int status,
    const char *template, struct value *v);

/* 303, for HTML and JSON alike.  The location is a local path. */
void reply_see(struct call *c, struct str location);

/* Done, nothing to tell: 303 for HTML, 200 {"done":true} for JSON. */
void reply_done(struct call *c, struct str location);

/*
 * A JSON body to be written into: { … } by the caller.
 *	struct json j = reply_json(c, 200);
 *	json_open(&j, '{');
 */
struct json reply_json(struct call *c, int status);

/*
 * What was made: the same as reply_json(c, 201) with a Location.  For HTML use
 * reply_see().
 *	if (!c->json) {
 *		reply_see(c, location);
 *		return;
 *	}
 *	struct json j = reply_made(c, location);
 */
struct json reply_made(struct call *c, struct str location);

/*
 * 422: the form again exactly as it was typed, with the errors at their
 * fields (form_error) and the same key.  `v` is made by the same function
 * that fills the page on a GET, after the errors were said.
 */
void reply_form(struct app *app, struct call *c, const char *template,
    struct value *v);

/*
 * A refusal by name: problem+json, or the page cabinet/problem.html with
 * t.problem.NAME.title and .text (- in NAME as _).  NAME is one of
 * openapi.yaml's.  The page leads on to c->way, or home.
 */
void reply_problem(struct app *app, struct call *c, int status,
    const char *name);
/* The same, with a sentence instead of the theme's .text. */
void reply_problem_text(struct app *app, struct call *c, int status,
    const char *name, struct str text);

/*
 * What the rules say, when it is not VERDICT_OK: 409 problem by its name (404
 * for VERDICT_UNKNOWN).
 */
void reply_verdict(struct app *app, struct call *c, enum verdict v);

/* The store's way of not doing something: 404, 409, 503. */
void reply_store(struct app *app, struct call *c, enum store_rc rc);

void reply_not_found(struct app *app, struct call *c);

/* 503 + Retry-After: nobody knows whether it was done; the same key. */
void reply_unknown(struct app *app, struct call *c);

/* 503 + Retry-After: too much to do, nothing was done. */
void reply_busy(struct app *app, struct call *c);

/* 429 + Retry-After. */
void reply_limited(struct app *app, struct call *c, int64_t seconds);

/* The theme's words for a key. */
struct str reply_words(struct app *app, const char *key);

/* The cabinet of whoever is signed in ("/my/"), else the login page. */
struct str reply_home(const struct call *c);

#endif
