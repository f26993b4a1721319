#include "submitd/pages/door.h"

#include <stddef.h>

#include "base/hash.h"
#include "base/log.h"
#include "submitd/http/server.h"
#include "submitd/http/static.h"
#include "submitd/pages/keys.h"
#include "submitd/pages/next.h"
#include "submitd/pages/origin.h"
#include "submitd/pages/reply.h"
#include "submitd/pages/visitor.h"

enum { TOKEN_MAX = 64, KEY_MAX = 64 };

/* What every form has beside its own fields. */
static const struct form_field common_fields[] = {
	{ .name = "csrf", .max = TOKEN_MAX },
	{ .name = "key", .max = KEY_MAX },
};

enum { COMMON = sizeof(common_fields) / sizeof(common_fields[0]) };

/* --- who may ------------------------------------------------------------ */

static void
ask_to_log_in(struct app *app, struct call *c)
{
	struct buf next = { 0 };

	if (c->json) {
		reply_problem(app, c, 401, "login");
		return;
	}
	/* After a form only the page itself can be come back to. */
	if (c->req->method != METHOD_POST) {
		buf_str(&next, c->req->path);
		if (c->req->query.n > 0) {
			buf_char(&next, '?');
			buf_str(&next, c->req->query);
		}
	}
	reply_see(c,
	    next_after(c->arena, STR("/account/login"), buf_view(&next)));
	buf_free(&next);
}

static bool
may_enter(struct app *app, struct call *c)
{
	unsigned need = c->route->need;

	if (need & NEED_LOCAL) {
		if (origin_is_local(c->req))
			return true;
		reply_not_found(app, c);
		return false;
	}
	if (need == NEED_NOTHING)
		return true;
	if (c->user == NULL) {
		ask_to_log_in(app, c);
		return false;
	}
	if (need & 1U << c->user->role)
		return true;
	reply_problem(app, c, 403, "forbidden");
	return false;
}

/* --- limits ------------------------------------------------------------- */

bool
call_limit(struct app *app, struct call *c, enum limit which, struct str who)
{
	int64_t wait = limit_take(app->limit_table, app->limits[which],
	    str_from(limit_names[which].name), who, app->now);

	if (wait == 0)
		return true;
	reply_limited(app, c, wait);
	return false;
}

void
call_limit_give(struct app *app, enum limit which, struct str who)
{
	limit_give(app->limit_table, app->limits[which],
	    str_from(limit_names[which].name), who);
}

static bool
within_limits(struct app *app, struct call *c)
{
	if (!call_limit(app, c, LIMIT_REQUESTS, c->req->address))
		return false;
	return c->req->method != METHOD_POST || c->user == NULL ||
	       call_limit(app, c, LIMIT_WRITES, c->user->id);
}

/* --- forms -------------------------------------------------------------- */

/* The route's fields and those that all forms have. */
static const struct form_field *
all_fields(struct call *c)
{
	const struct form_field *own = c->route->fields;
	size_t n = 0;

	while (own != NULL && own[n].name != NULL)
		n++;
	struct form_field *all =
	    arena_alloc(c->arena, sizeof(*all), n + COMMON + 1);

	for (size_t i = 0; i < n; i++)
		all[i] = own[i];
	for (size_t i = 0; i < COMMON; i++)
		all[n + i] = common_fields[i];
	return all;
}

static void
read_query(struct call *c)
{
	/* What a page does not know of its query is somebody's tracking. */
	if (c->route->fields != NULL &&
	    form_read_query(&c->form, c->arena, c->req, c->route->fields) !=
		FORM_OK)
		c->form = (struct form){ .fields = c->route->fields };
	c->form.errors.n = 0;
}

/* Unknown and repeated fields are nobody's typing mistake. */
static bool
has_foreign_fields(const struct form *f)
{
	for (size_t i = 0; i < f->errors.n; i++) {
		struct str code = str_from(f->errors.at[i].code);

		if (str_eq(code, STR("unknown")) ||
		    str_eq(code, STR("repeated")) ||
		    f->errors.at[i].field.n == 0)
			return true;
	}
	return false;
}

static bool
read_body(struct app *app, struct call *c)
{
	switch (form_read(&c->form, c->arena, c->req, all_fields(c))) {
	case FORM_OK:
		break;
	case FORM_UNREADABLE:
		reply_problem(app, c, 400, "unreadable");
		return false;
	case FORM_UNSUPPORTED:
		reply_problem(app, c, 415, "media-type");
		return false;
	}
	return true;
}

static bool
has_csrf(struct app *app, struct call *c)
{
	struct str sent = request_header(c->req, "X-CSRF-Token");

	if (sent.n == 0)
		sent = form_text(&c->form, "csrf");
	if (c->cookie.n > 0 && sent.n > 0 &&
	    hash_equal(sent, visitor_csrf(c->arena, c->cookie)))
		return true;
	c->form.errors.n = 0;
	reply_problem(app, c, 403, "csrf");
	return false;
}

struct str
call_next(const struct call *c, struct str otherwise)
{
	struct str next = form_text(&c->form, "next");

	return next_is_local(next) ? next : otherwise;
}

/* --- the door ----------------------------------------------------------- */

struct call *
door_call(struct exchange *x)
{
	struct call *c = arena_alloc(&x->arena, sizeof(*c), 1);

	c->x = x;
	c->arena = &x->arena;
	c->req = &x->req;
	c->res = &x->res;
	return c;
}

bool
door_keeps(const struct call *c)
{
	return c->keep || c->job != NULL ||
	       (c->res->status >= 200 && c->res->status < 400);
}

/* JSON for whoever asks for it, and for whoever sends it and does not say. */
static bool
wants_json(const struct request *r)
{
	if (request_wants_json(r))
		return true;
	return str_starts(request_header(r, "Content-Type"),
		   STR("application/json")) &&
	       str_find(request_header(r, "Accept"), STR("text/html")) == -1;
}

static void
act(struct app *app, struct call *c, handler_fn *handle)
{
	/* Login rotates who one is; the key belongs to who sent it. */
	struct str scope = keys_scope(c);

	handle(app, c);
	if (c->job == NULL)
		keys_remember(app, c, scope);
}

static void
enter_post(struct app *app, struct call *c)
{
	if (!origin_is_ours(app->base_url, c->req)) {
		reply_problem(app, c, 403, "origin");
		return;
	}
	if (!read_body(app, c) || !has_csrf(app, c) || !keys_read(app, c))
		return;
	if (has_foreign_fields(&c->form)) {
		reply_problem(app, c, 422, "fields");
		return;
	}
	if (!keys_answer(app, c))
		act(app, c, c->route->handle);
}

/* A file of the site, when we serve it, else 404 or 405. */
static void
no_route(struct app *app, struct call *c, enum route_rc rc, struct str allow)
{
	if (rc == ROUTE_NOT_FOUND && app->files != NULL &&
	    static_answer(app->files, c->arena, c->req, c->res))
		return;
	/* The page of it shows who is signed in, as all do. */
	if (!visitor_find(app, c))
		return;
	if (rc == ROUTE_NOT_FOUND) {
		reply_not_found(app, c);
		return;
	}
	response_header(c->res, "Allow", allow);
	reply_problem(app, c, 405, "method");
}

void
door_enter(struct app *app, struct call *c)
{
	struct str allow;
	const void *row;
	enum route_rc rc =
	    route_find(c->arena, routes, routes_count, sizeof(routes[0]),
		c->req->method, c->req->path, &row, &c->ids, &allow);

	c->json = wants_json(c->req);
	if (rc != ROUTE_FOUND) {
		no_route(app, c, rc, allow);
		return;
	}
	c->route = row;
	if (!visitor_find(app, c) || !within_limits(app, c) ||
	    !may_enter(app, c))
		return;
	if (c->req->method == METHOD_POST) {
		enter_post(app, c);
		return;
	}
	read_query(c);
	c->route->handle(app, c);
}

void
door_finish(struct app *app, struct call *c)
{
	bool late = c->job->late;

	/* Time has passed: the session may have ended, the key been used. */
	if (!visitor_find(app, c) || !may_enter(app, c) ||
	    keys_answer(app, c)) {
		c->job = NULL;
		return;
	}
	if (late) {
		reply_busy(app, c);
		c->job = NULL;
		return;
	}
	struct str scope = keys_scope(c);

	c->route->finish(app, c);
	c->job = NULL;
	keys_remember(app, c, scope);
}
