#ifndef SUBMITD_PAGES_APP_H
#define SUBMITD_PAGES_APP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/account.h"
#include "submitd/domain/limit.h"
#include "submitd/domain/session.h"
#include "submitd/http/form.h"
#include "submitd/http/request.h"
#include "submitd/http/response.h"
#include "submitd/http/route.h"

struct arena;
struct catalog;
struct exchange;
struct static_site;
struct look;
struct store;
struct theme;

/*
 * How a page is made.  A row of the route table (routes.c) says method,
 *pattern, who may and which fields; the door (door.h) checks all that, and a
 *handler is called only when it holds.  A handler is read once, downwards:
 *read, decide, write, reply (reply.h), return:
 *
 *	void
 *	support_post(struct app *app, struct call *c)
 *	{
 *		struct str email;
 *
 *		if (!account_email(c->arena, form_text(&c->form, "email"),
 *			&email))
 *			form_error(&c->form, c->arena, "email", "email");
 *		if (!form_ok(&c->form)) {
 *			reply_form(app, c, PAGE, view(app, c));
 *			return;
 *		}
 *		rc = store_mail_add(app->store, c->arena, "support", …);
 *		if (rc != STORE_OK)
 *			reply_store(app, c, rc);
 *		else
 *			reply_done(c, STR("/account/sent"));
 *	}
 *
 * What the table of fields says has been checked then: too long, missing,
 * not UTF-8 are in c->form already, unknown and repeated fields never come
 * through.  On a GET the fields are those of the query, without errors.
 *
 * A POST runs inside a step of the turn's transaction.  An answer of 400 and
 * more undoes all that it wrote (unless it set c->keep), so a handler may
 * write first and refuse later.  A GET runs outside: it sees committed state
 * only and must not write.
 */

/* What may be done how often; the configuration's `limits:`. */
enum limit {
	LIMIT_NONE,
	LIMIT_REQUESTS,      /* everything, by address */
	LIMIT_WRITES,        /* forms by account */
	LIMIT_LOGIN,         /* wrong passwords by account and address */
	LIMIT_LOGIN_ACCOUNT, /* wrong passwords by account */
	LIMIT_LOGIN_ADDRESS, /* wrong passwords by address */
	LIMIT_REGISTER,      /* registrations by address */
	LIMIT_LETTERS,       /* letters asked for, by recipient */
	LIMIT_SUPPORT,       /* requests for help, by address */
	LIMITS,
};

struct limit_name {
	const char *name;       /* in the configuration */
	struct limit_rule rule; /* the default */
};

extern const struct limit_name limit_names[LIMITS];

/* Of the loop since it started, for /metrics. */
struct counters {
	int64_t started; /* epoch seconds */
	int64_t requests, turns, commits, failed_commits;
	int64_t busy;     /* answered 503 */
	int64_t limited;  /* answered 429 */
	int64_t replayed; /* answered from a key */
	int64_t jobs;     /* passwords hashed */
	int64_t mail_sent, mail_failed;
	int64_t by_class[6]; /* answers by first digit of the status */
};

enum { SEEN_MAX = 64, SESSION_ID_MAX = 64 };

/* What a handler may use.  serve.c fills it and passes it in; never global. */
struct app {
	struct store *store;           /* the one connection; loop only */
	const struct catalog *catalog; /* NULL before the first is there */
	const struct theme *theme;     /* replaced between turns by reload */
	const struct look *look;       /* what every page shows */
	struct static_site *files;     /* --public; NULL: none */
	struct limit_table *limit_table;
	struct limit_rule limits[LIMITS];
	struct counters counters;
	struct str base_url;  /* no slash at the end */
	struct str host;      /* of base_url, without a port; for Message-ID */
	struct str mail_from; /* the address our letters come from */
	bool https;           /* base_url is: __Host- cookies, Secure */
	int64_t now;          /* of this turn, epoch seconds */
	bool stopping;        /* drains: /readyz says no */
	/* Sessions to be marked as seen with the next transaction. */
	char seen[SEEN_MAX][SESSION_ID_MAX + 1];
	size_t nseen;
};

/*
 * Work for the hashing threads, left in c->job by a first half.  It may touch
 * only what is behind this pointer.  The second half asks `late` first: then
 * it never ran (the door answers 503 by itself).
 */
struct job {
	void (*run)(struct job *j);
	bool late;
};

/* One request behind the door; lives on the exchange's arena. */
struct call {
	struct exchange *x;
	struct arena *arena;
	const struct request *req;
	struct response *res;
	const struct route *route;
	struct route_params ids;    /* what stood for {…} in the path */
	struct session session;     /* id empty: nobody is signed in */
	const struct account *user; /* &session.account, or NULL */
	struct actor who;           /* for the store's verbs */
	struct str cookie;          /* session's or pre-login's secret */
	struct str csrf;            /* for this page's forms; call_csrf() */
	struct str key;             /* of idempotency; may be empty */
	struct form form;           /* form_text(&c->form, "email") */
	struct str way;             /* where a refusal's page leads on */
	const char *way_words;      /* and what that is called; NULL: home */
	bool json;                  /* the answer is to be JSON */
	bool keep;                  /* keep what was written despite a 4xx */
	struct job *job;
};

typedef void handler_fn(struct app *app, struct call *c);

/*
 * Who may, as a set of roles.  The others get 303 to login (HTML) or 401
 * (JSON) when they are nobody, else 403.
 */
enum need {
	NEED_NOTHING = 0, /* anyone, signed in or not */
	NEED_GUARDIAN = 1 << ROLE_GUARDIAN,
	NEED_ORGANIZER = 1 << ROLE_ORGANIZER,
	NEED_OPERATOR = 1 << ROLE_OPERATOR | 1 << ROLE_ADMIN,
	NEED_ADMIN = 1 << ROLE_ADMIN,
	NEED_ACCOUNT = NEED_GUARDIAN | NEED_ORGANIZER | NEED_OPERATOR,
	NEED_LOCAL = 1 << 16, /* loopback or socket, no proxy: else 404 */
};

enum route_flag {
	ROUTE_NO_REPLAY = 1, /* its answer holds a secret: never stored */
};

struct route {
	/* METHOD_GET answers HEAD, too; "/my/children/{id}" */
	struct route_key key;
	unsigned need; /* of enum need */
	handler_fn *handle;
	/* Of the form (of the query on a GET); NULL: none but csrf and key. */
	const struct form_field *fields;
	handler_fn *finish; /* second half, when c->job was left */
	unsigned flags;
};

/* routes.c: every page of the daemon. */
extern const struct route routes[];
extern const size_t routes_count;

#endif
