#include "submitd/http/connections.h"

#include <event2/event.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "submitd/http/connection.h"
#include "submitd/http/send.h"

enum {
	CONNECTIONS_MAX = 4096,
	HEAD_SECONDS = 10,
	BODY_SECONDS = 20,
	IDLE_SECONDS = 15,
	WRITE_SECONDS = 20,
	LINGER_SECONDS = 2,
	SECOND = 1000,
	SWEEP_MS = 250,
};

static void
on_sweep(evutil_socket_t fd, short what, void *arg)
{
	struct connections *all = arg;
	int64_t now = connection_clock();
	struct connection *c;

	(void)fd;
	(void)what;
	for (int i = 0; i < PHASES; i++)
		while (all->limit[i] > 0 &&
		       (c = TAILQ_FIRST(&all->in[i])) != NULL &&
		       now - c->since >= all->limit[i])
			connection_expire(c);
}

/* Who is done goes first, then who owes us a request for longest. */
static bool
make_room(struct connections *all)
{
	struct connection *oldest = TAILQ_FIRST(&all->in[PHASE_LINGER]);

	if (oldest != NULL) {
		connection_hang_up(oldest);
		return true;
	}
	for (int i = PHASE_IDLE; i <= PHASE_BODY; i++) {
		struct connection *c = TAILQ_FIRST(&all->in[i]);

		if (oldest == NULL || (c != NULL && c->since < oldest->since))
			oldest = c;
	}
	if (oldest == NULL)
		return false;
	connection_hang_up(oldest);
	return true;
}

void
connections_accept(struct connections *all, int fd, const struct sockaddr *sa)
{
	if (all->n >= all->max && !make_room(all)) {
		close(fd);
		return;
	}
	if (connection_open(all, fd, address_of(sa)) == -1)
		close(fd);
}

struct exchange *
connections_next(struct connections *all)
{
	return exchange_next(&all->ready);
}

void
connections_reply(struct connections *all, struct exchange *x)
{
	struct connection *c = x->connection;

	if (c != NULL) {
		c->exchange = NULL;
		send_answer(c, &x->req, &x->res);
	}
	exchange_give(&all->pool, x);
}

void
connections_drain(struct connections *all)
{
	struct connection *c;

	all->draining = true;
	while ((c = TAILQ_FIRST(&all->in[PHASE_IDLE])) != NULL ||
	       (c = TAILQ_FIRST(&all->in[PHASE_LINGER])) != NULL)
		connection_hang_up(c);
}

bool
connections_drained(const struct connections *all)
{
	return all->n == 0 && all->pool.nout == 0;
}

static int64_t
limit_of(int seconds, int usual)
{
	return (int64_t)(seconds > 0 ? seconds : usual) * SECOND;
}

int
connections_open(struct connections *all, struct event_base *base,
    const struct server_config *config)
{
	struct timeval interval = { .tv_usec = SWEEP_MS * 1000 };

	*all = (struct connections){
		.base = base,
		.max = config->max_connections > 0
		    ? (size_t)config->max_connections
		    : CONNECTIONS_MAX,
		.https = config->https,
		.now = config->now,
		.ctx = config->ctx,
		.limit = {
			[PHASE_IDLE] = limit_of(config->idle_timeout, IDLE_SECONDS),
			[PHASE_HEAD] = limit_of(config->head_timeout, HEAD_SECONDS),
			[PHASE_BODY] = limit_of(config->body_timeout, BODY_SECONDS),
			[PHASE_WRITE] = limit_of(config->write_timeout, WRITE_SECONDS),
			[PHASE_LINGER] = LINGER_SECONDS * SECOND,
		},
	};
	for (int i = 0; i < PHASES; i++)
		TAILQ_INIT(&all->in[i]);
	if (config->trust_proxy != NULL) {
		all->trusts_proxy = true;
		if (!address_parse(str_from(config->trust_proxy),
			&all->proxy)) {
			log_warnx("trust-proxy: '%s' is neither an address "
				  "nor 'unix'",
			    config->trust_proxy);
			return -1;
		}
	}
	all->scratch = mem_alloc(1, CONNECTION_READ_MAX);
	all->sweep = event_new(base, -1, EV_PERSIST, on_sweep, all);
	if (all->sweep == NULL || event_add(all->sweep, &interval) == -1) {
		log_warnx("no event for deadlines");
		return -1;
	}
	return 0;
}

void
connections_close(struct connections *all)
{
	struct exchange *x;
	struct connection *c;

	for (int i = 0; i < PHASES; i++)
		while ((c = TAILQ_FIRST(&all->in[i])) != NULL)
			connection_hang_up(c);
	while ((x = exchange_next(&all->ready)) != NULL)
		exchange_give(&all->pool, x);
	if (all->sweep != NULL)
		event_free(all->sweep);
	exchange_pool_close(&all->pool);
	buf_free(&all->head);
	buf_free(&all->date);
	mem_free(all->scratch);
}
