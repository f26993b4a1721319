#include <signal.h>
#include <stddef.h>
#include <stdio.h>

#include "base/log.h"
#include "submitd/clock.h"
#include "submitd/config.h"
#include "submitd/http/server.h"
#include "submitd/http/static.h"
#include "submitd/jobs.h"
#include "submitd/mail/outbox.h"
#include "submitd/pages/look.h"
#include "submitd/pages/origin.h"
#include "submitd/reload.h"
#include "submitd/store/store.h"
#include "submitd/turn.h"
#include "submitd/verbs.h"
#include "submitd/worker.h"

enum { LIMIT_KEYS = 1 << 15 };

/* All that serves, in the order in which it is opened. */
struct daemon {
	struct config *config;
	struct clock clock;
	struct app app;
	struct reload reload;
	struct static_site files;
	struct server *server;
	struct jobs *jobs;
	struct outbox *outbox;
	struct turn turn;
	struct worker worker;
};

static void
stop(void *ctx)
{
	struct daemon *d = ctx;

	d->app.stopping = true;
	server_stop(d->server);
}

/* base_url's host as a name that may stand in a Message-ID. */
static struct str
mail_host(struct str base_url)
{
	struct str host = origin_host(base_url), name, port;

	str_cut(host, ':', &name, &port);
	return name.n > 0 && name.p[0] != '[' ? name : STR("localhost");
}

static int
open_store(struct daemon *d)
{
	struct config *c = d->config;
	struct app *app = &d->app;

	if (clock_set(&d->clock, config_text(c, c->now),
		config_text(c, c->clock)) == -1)
		return -1;
	app->now = clock_now(&d->clock);
	app->counters.started = app->now;
	app->store =
	    store_open(str_c(&c->arena, c->database), STORE_WRITE, app->now);
	if (app->store == NULL)
		return -1;
	return reload_open(&d->reload, app, str_c(&c->arena, c->catalog),
	    str_c(&c->arena, c->theme), config_text(c, c->templates));
}

static void
open_files(struct daemon *d)
{
	struct config *c = d->config;

	if (c->public.n == 0)
		return;
	static_open(&d->files, str_c(&c->arena, c->public),
	    d->app.look->clean_urls);
	d->app.files = &d->files;
}

static int
open_server(struct daemon *d)
{
	struct config *c = d->config;
	struct server_config sc = {
		.listen = str_c(&c->arena, c->listen),
		.trust_proxy = config_text(c, c->trust_proxy),
		.https = config_is_https(c),
		.turn = turn_run,
		.ctx = &d->turn,
		.now = turn_now,
	};

	d->server = server_open(&sc);
	if (d->server == NULL)
		return -1;
	d->app.base_url =
	    c->base_url.n > 0
		? c->base_url
		: str_dup(&c->arena, str_from(server_url(d->server)));
	d->app.https = config_is_https(c);
	d->app.host = mail_host(d->app.base_url);
	d->app.mail_from =
	    c->mail_from.n > 0
		? c->mail_from
		: str_format(&c->arena, "no-reply@%.*s", STR_ARG(d->app.host));
	return 0;
}

static int
open_work(struct daemon *d)
{
	struct config *c = d->config;
	struct app *app = &d->app;

	if (c->mail.n > 0) {
		d->outbox = outbox_open(str_c(&c->arena, c->mail),
		    str_c(&c->arena, app->mail_from),
		    str_c(&c->arena, app->host));
		if (d->outbox == NULL)
			return -1;
	}
	d->jobs = jobs_open(d->server, turn_job);
	if (d->jobs == NULL)
		return -1;
	d->turn = (struct turn){ .app = app,
		.server = d->server,
		.jobs = d->jobs,
		.clock = &d->clock };
	d->worker = (struct worker){ .app = app,
		.turn = &d->turn,
		.outbox = d->outbox,
		.reload = &d->reload };
	if (worker_start(&d->worker, d->server) == -1 ||
	    server_on_signal(d->server, SIGTERM, stop, d) == -1 ||
	    server_on_signal(d->server, SIGINT, stop, d) == -1)
		return -1;
	return 0;
}

static void
set_limits(struct daemon *d)
{
	d->app.limit_table = limit_table_new(LIMIT_KEYS);
	for (size_t i = 0; i < LIMITS; i++)
		d->app.limits[i] = d->config->limits[i];
}

/* In reverse; each may not have been opened. */
static void
close_all(struct daemon *d)
{
	jobs_close(d->jobs);
	if (d->worker.app != NULL)
		worker_stop(&d->worker);
	outbox_close(d->outbox);
	if (d->server != NULL)
		server_close(d->server);
	if (d->app.files != NULL)
		static_close(&d->files);
	limit_table_free(d->app.limit_table);
	reload_close(&d->reload);
	store_close(d->app.store);
}

int
verb_serve(struct config *c)
{
	struct daemon d = { .config = c };
	int rc = EXIT_MACHINE;

	if (open_store(&d) == -1)
		goto done;
	open_files(&d);
	set_limits(&d);
	if (open_server(&d) == -1 || open_work(&d) == -1)
		goto done;
	printf("listening on %s\n", server_url(d.server));
	fflush(stdout);
	if (server_run(d.server) == 0 && !d.turn.broken)
		rc = EXIT_OK;
done:
	close_all(&d);
	return rc;
}
