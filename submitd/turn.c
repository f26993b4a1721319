#include "submitd/turn.h"

#include "base/log.h"
#include "base/sabotage.h"
#include "submitd/clock.h"
#include "submitd/http/server.h"
#include "submitd/jobs.h"
#include "submitd/pages/door.h"
#include "submitd/pages/reply.h"
#include "submitd/store/store.h"

enum { CLASS = 100 };

/* --- answers ------------------------------------------------------------ */

static void
count(struct app *app, int status)
{
	app->counters.requests++;
	if (status >= CLASS && status < 6 * CLASS)
		app->counters.by_class[status / CLASS]++;
	app->counters.busy += status == 503;
	app->counters.limited += status == 429;
}

static void
answer(struct turn *t, struct call *c)
{
	log_debug("%s %d", c->route != NULL ? c->route->key.pattern : "-",
	    c->res->status);
	count(t->app, c->res->status);
	server_reply(t->server, c->x);
}

/* What was said is not so: nobody knows what became of it. */
static void
take_back(struct turn *t, struct call *c)
{
	c->res->nheaders = 0;
	reply_unknown(t->app, c);
}

static void
start_job(struct turn *t, struct call *c)
{
	c->x->job = c;
	t->app->counters.jobs++;
	if (jobs_put(t->jobs, c->x))
		return;
	c->x->job = NULL;
	c->job = NULL;
	reply_busy(t->app, c);
	answer(t, c);
}

void
turn_job(struct exchange *x, bool late)
{
	struct call *c = x->job;

	c->job->late = late;
	if (!late)
		c->job->run(c->job);
}

/* --- those that read ---------------------------------------------------- */

static bool
writes(const struct exchange *x)
{
	return x->req.method == METHOD_POST;
}

static void
read_requests(struct turn *t, struct exchange **x, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (writes(x[i]))
			continue;
		struct call *c = door_call(x[i]);

		door_enter(t->app, c);
		answer(t, c);
	}
}

/* --- those that write --------------------------------------------------- */

/* One request in a step of its own.  False: the whole transaction is over. */
static bool
take_step(struct turn *t, struct call *c)
{
	struct store *s = t->app->store;

	if (store_step_begin(s) != STORE_OK)
		return false;
	if (c->x->finishing)
		door_finish(t->app, c);
	else
		door_enter(t->app, c);
	if (store_turn_ended(s))
		return false;
	if (door_keeps(c))
		return store_step_keep(s) == STORE_OK;
	store_step_undo(s);
	return !store_turn_ended(s);
}

static void
mark_seen(struct app *app)
{
	for (size_t i = 0; i < app->nseen; i++) {
		struct str id = str_from(app->seen[i]);

		if (store_step_begin(app->store) != STORE_OK)
			break;
		if (store_session_seen(app->store, id, app->now) != STORE_OK)
			store_step_undo(app->store);
		else if (store_step_keep(app->store) != STORE_OK)
			break;
	}
	app->nseen = 0;
}

/* All that was begun is answered; ok: the commit held. */
static void
answer_all(struct turn *t, struct call **calls, size_t n, bool ok)
{
	for (size_t i = 0; i < n; i++) {
		if (ok && calls[i]->job != NULL) {
			start_job(t, calls[i]);
			continue;
		}
		calls[i]->job = NULL;
		if (!ok)
			take_back(t, calls[i]);
		answer(t, calls[i]);
	}
}

/* One transaction of the first of n calls.  Returns how many it took. */
static size_t
write_requests(struct turn *t, struct call **calls, size_t n)
{
	struct store *s = t->app->store;
	int64_t start = clock_monotonic_us();
	bool ok = store_turn_begin(s) == STORE_OK;
	size_t took = 0;

	if (ok)
		mark_seen(t->app);
	ok = ok && !store_turn_ended(s);
	do {
		ok = ok && take_step(t, calls[took]);
		took++;
	} while (took < n && ok && clock_monotonic_us() - start < TURN_US);
	if (sabotaged(SABOTAGE_EARLY)) {
		answer_all(t, calls, took, ok);
		ok = store_turn_commit(s) == STORE_OK;
		return took;
	}
	if (ok)
		ok = store_turn_commit(s) == STORE_OK;
	else
		store_turn_abandon(s);
	t->app->counters.commits += ok;
	t->app->counters.failed_commits += !ok;
	answer_all(t, calls, took, ok);
	return took;
}

static void
write_seen(struct turn *t)
{
	if (t->app->nseen == 0 || store_turn_begin(t->app->store) != STORE_OK)
		return;
	mark_seen(t->app);
	if (store_turn_commit(t->app->store) != STORE_OK)
		log_warnx("sessions were not marked as seen");
}

/* --- the turn ----------------------------------------------------------- */

static struct call *
call_of(struct exchange *x)
{
	struct call *c = x->finishing ? x->job : door_call(x);

	x->job = NULL;
	return c;
}

void
turn_run(void *ctx, struct exchange **x, size_t n)
{
	struct turn *t = ctx;
	struct call *calls[SERVER_TURN];
	size_t n_calls = 0;

	t->app->now = clock_now(t->clock);
	t->app->counters.turns++;
	for (size_t i = 0; i < n; i++) {
		if (writes(x[i]))
			calls[n_calls++] = call_of(x[i]);
	}
	read_requests(t, x, n);
	for (size_t i = 0; i < n_calls;)
		i += write_requests(t, calls + i, n_calls - i);
	write_seen(t);
	turn_check(t);
}

void
turn_check(struct turn *t)
{
	if (t->broken || !store_broken(t->app->store))
		return;
	log_warnx("the database is broken: stopping");
	t->broken = true;
	server_stop(t->server);
}

int64_t
turn_now(void *ctx)
{
	struct turn *t = ctx;

	return clock_now(t->clock);
}
