#ifndef SUBMITD_PAGES_APP_H
#define SUBMITD_PAGES_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/account.h"
#include "submitd/http/form.h"
#include "submitd/http/request.h"
#include "submitd/http/response.h"

struct arena;
struct buf;
struct exchange;
struct limits;
struct store;
struct theme;
struct value;

/*
 * How a page is made.  A row of pages/routes.c says method, pattern, who may
 * and which fields; the door (door.h) checks all that, and a handler is called
 * only when it holds.  A handler is read once, downwards: read, decide, write,
 * reply (reply.h), return:
 *
 *	void
 *	child_post(struct app *app, struct call *c)
 *	{
 *		struct str name = input(c, "family_name");
 *
 *		if (name.n == 0)
 *			call_error(app, c, "family_name", "required");
 *		if (c->errors.n > 0) {
 *			reply_form(app, c, "cabinet/child.html", view(app, c));
 *			return;
 *		}
 *		rc = store_child_add(app->store, &child);
 *		...
 *		reply_made(app, c, "/my/children/", child.id, json);
 *	}
 *
 * A POST runs inside a savepoint of the turn's transaction.  An answer of 400
 * and more undoes all it wrote (unless it set c->keep), so a handler may write
 * first and refuse later.  A GET sees committed state only and must not write.
 */

/* What a handler may use.  main fills it and passes it in; it is no global. */
struct app {
	struct store *store;		/* the one connection; loop only */
	const struct theme *theme;	/* replaced between turns, by reload */
	const struct look *look;	/* what every page shows; from catalog.db */
	struct limits *limits;
	int64_t now;			/* of this turn, epoch seconds */
	struct str base_url;		/* no slash at the end */
	bool https;			/* base_url is: __Host- cookies, Secure */
	bool catalog_ok;		/* a catalog is open: /readyz */
	/* Of the loop, for /metrics. */
	struct counters *counters;
	/* Sessions to be marked as seen in the turn's next transaction. */
	VEC(struct str) seen;
};

/* A job of the hashing threads: the first half leaves it in c->job. */
struct job {
	/* Runs on a thread; touches only what the first half put in the job. */
	void (*run)(struct job *j);
	bool late;	/* never ran: it waited too long; the door answers */
};

struct field_error {
	const char *field;
	const char *code;	/* stable; its words are t.error.CODE */
	struct str text;
};

enum { CALL_IDS = 3 };

/* One request behind the door; lives on the exchange's arena. */
struct call {
	struct exchange *x;
	struct arena *arena;
	const struct request *req;
	struct response *res;
	const struct route *route;
	struct str ids[CALL_IDS];	/* what stood for {…} in the path */
	const struct account *user;	/* NULL: nobody is signed in */
	const struct session *session;	/* NULL likewise */
	struct str csrf;		/* for the forms of this page */
	struct str key;			/* idempotency key; empty on JSON without */
	struct form form;		/* of the body, or of the query on a GET */
	VEC(struct field_error) errors;
	bool json;			/* the answer is to be JSON */
	bool keep;			/* keep what was written despite a 4xx */
	struct job *job;
};

typedef void handler_fn(struct app *app, struct call *c);

/* Who may.  The door answers 303 to login (HTML), 401 (JSON) or 403. */
enum need {
	NEED_ANYONE,	/* signed in or not */
	NEED_GUARDIAN,
	NEED_ORGANIZER,
	NEED_OPERATOR,	/* an admin may what an operator may */
	NEED_ADMIN,
	NEED_ACCOUNT,	/* whoever is signed in */
	NEED_LOCAL,	/* loopback or the socket, and no proxy before it */
};

enum input_flag {
	INPUT_MANY = 1,		/* may repeat; an array in JSON */
	INPUT_SECRET = 2,	/* never shown again, not in the body's hash */
};

/* A field a form may have; csrf and key are known to all.  Ends with NULL. */
struct input {
	const char *name;
	unsigned flags;
};

enum route_flag {
	ROUTE_PUBLIC = 1,	/* may be cached; the handler says how */
	ROUTE_NO_REPLAY = 2,	/* its answer holds a secret: never stored */
};

struct route {
	enum method method;	/* METHOD_GET answers HEAD, too */
	const char *pattern;	/* "/my/children/{id}" */
	enum need need;
	handler_fn *handle;
	const struct input *inputs;	/* NULL: none but csrf and key */
	handler_fn *finish;	/* second half, when c->job was left */
	unsigned flags;
	const char *limit;	/* name of a limit of the configuration */
};

/* Ends with a row whose pattern is NULL. */
extern const struct route routes[];

#endif
