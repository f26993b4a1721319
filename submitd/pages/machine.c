#include "submitd/pages/machine.h"

#include <inttypes.h>

#include "submitd/pages/reply.h"

static struct buf *
plain(struct call *c, int status)
{
	buf_reset(&c->res->body);
	c->res->status = status;
	response_header(c->res, "Content-Type",
	    STR("text/plain; charset=utf-8"));
	return &c->res->body;
}

/* GET /healthz: the loop turns */
void
healthz_get(struct app *app, struct call *c)
{
	(void)app;
	buf_str(plain(c, 200), STR("ok\n"));
}

/* GET /readyz: it may be sent visitors */
void
readyz_get(struct app *app, struct call *c)
{
	if (app->stopping)
		buf_str(plain(c, 503), STR("stopping\n"));
	else if (app->catalog == NULL)
		buf_str(plain(c, 503), STR("no catalog yet\n"));
	else if (store_broken(app->store))
		buf_str(plain(c, 503), STR("the database is broken\n"));
	else
		buf_str(plain(c, 200), STR("ready\n"));
}

static void
put(struct buf *b, const char *name, const char *type, int64_t n)
{
	buf_printf(b, "# TYPE kruzhok_%s %s\nkruzhok_%s %" PRId64 "\n", name,
	    type, name, n);
}

/* GET /metrics: the text form of Prometheus */
void
metrics_get(struct app *app, struct call *c)
{
	const struct counters *n = &app->counters;
	struct buf *b = plain(c, 200);

	put(b, "start_time_seconds", "gauge", n->started);
	put(b, "requests_total", "counter", n->requests);
	put(b, "turns_total", "counter", n->turns);
	put(b, "commits_total", "counter", n->commits);
	put(b, "failed_commits_total", "counter", n->failed_commits);
	put(b, "busy_total", "counter", n->busy);
	put(b, "limited_total", "counter", n->limited);
	put(b, "replayed_total", "counter", n->replayed);
	put(b, "password_jobs_total", "counter", n->jobs);
	put(b, "mail_sent_total", "counter", n->mail_sent);
	put(b, "mail_failed_total", "counter", n->mail_failed);
	buf_str(b, STR("# TYPE kruzhok_answers_total counter\n"));
	for (int i = 1; i < 6; i++)
		buf_printf(b,
		    "kruzhok_answers_total{class=\"%dxx\"} %" PRId64 "\n", i,
		    n->by_class[i]);
}
