#include "submitd/http/server.h"

#include <errno.h>
#include <event2/event.h>
#include <event2/listener.h>
#include <pthread.h>
#include <signal.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "submitd/http/connections.h"

enum {
	DRAIN_SECONDS = 8,
	ACCEPT_PAUSE_MS = 100,
	/* Lines of the log about a full house, at most one in so long. */
	ACCEPT_LOG_SECONDS = 60,
};

/* A function of the owner's that the loop calls. */
struct hook {
	struct hook *next;
	struct event *event;
	void (*fn)(void *ctx);
	void *ctx;
};

struct server {
	struct arena arena; /* as long as the server */
	server_turn_fn *turn;
	void *ctx;
	struct event_base *base;
	struct evconnlistener *listener;
	int fd;
	const char *url;
	struct event *resume; /* accepting, after a pause */
	struct event *wake, *deadline;
	struct hook *hooks;
	struct connections all;
	time_t complained;
	bool stopping, late;
	/* The part that other threads touch. */
	int wake_fd;
	pthread_mutex_t lock;
	struct exchange_queue requeued;
};

static void
on_accept(struct evconnlistener *listener, evutil_socket_t fd,
    struct sockaddr *sa, int n, void *arg)
{
	struct server *s = arg;

	(void)listener;
	(void)n;
	connections_accept(&s->all, fd, sa);
}

/*
 * Out of descriptors: the caller stays in the queue and would wake us at
 * once, for ever.
 */
static void
on_accept_error(struct evconnlistener *listener, void *arg)
{
	struct timeval pause = { .tv_usec = ACCEPT_PAUSE_MS * 1000 };
	struct server *s = arg;
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (s->complained == 0 ||
	    now.tv_sec - s->complained >= ACCEPT_LOG_SECONDS) {
		log_warn("accept");
		s->complained = now.tv_sec;
	}
	evconnlistener_disable(listener);
	event_add(s->resume, &pause);
}

static void
on_resume(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;

	(void)fd;
	(void)what;
	if (s->listener != NULL)
		evconnlistener_enable(s->listener);
}

static void
on_wake(evutil_socket_t fd, short what, void *arg)
{
	uint64_t n;

	(void)what;
	(void)arg;
	if (read(fd, &n, sizeof(n)) == -1 && errno != EAGAIN)
		log_warn("read of an eventfd");
}

static void
on_deadline(evutil_socket_t fd, short what, void *arg)
{
	struct server *s = arg;

	(void)fd;
	(void)what;
	s->late = true;
}

static int
open_events(struct server *s)
{
	s->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (s->wake_fd == -1) {
		log_warn("eventfd");
		return -1;
	}
	s->wake =
	    event_new(s->base, s->wake_fd, EV_READ | EV_PERSIST, on_wake, s);
	s->resume = event_new(s->base, -1, 0, on_resume, s);
	s->deadline = event_new(s->base, -1, 0, on_deadline, s);
	if (s->wake == NULL || s->resume == NULL || s->deadline == NULL ||
	    event_add(s->wake, NULL) == -1) {
		log_warnx("no event for the loop");
		return -1;
	}
	return 0;
}

static int
open_listener(struct server *s, const char *where)
{
	s->fd = listen_open(&s->arena, where, &s->url);
	if (s->fd == -1)
		return -1;
	s->listener = evconnlistener_new(s->base, on_accept, s, 0, 0, s->fd);
	if (s->listener == NULL) {
		log_warnx("no listener");
		return -1;
	}
	evconnlistener_set_error_cb(s->listener, on_accept_error);
	return 0;
}

struct server *
server_open(const struct server_config *config)
{
	struct sigaction ignore = { .sa_handler = SIG_IGN };
	struct server *s = mem_alloc(sizeof(*s), 1);

	s->fd = s->wake_fd = -1;
	s->turn = config->turn;
	s->ctx = config->ctx;
	pthread_mutex_init(&s->lock, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
	s->base = event_base_new();
	if (s->base == NULL) {
		log_warnx("no event base");
		server_close(s);
		return NULL;
	}
	if (connections_open(&s->all, s->base, config) == -1 ||
	    open_events(s) == -1 || open_listener(s, config->listen) == -1) {
		server_close(s);
		return NULL;
	}
	return s;
}

const char *
server_url(const struct server *s)
{
	return s->url;
}

static struct exchange *
next_requeued(struct server *s)
{
	struct exchange *x;

	pthread_mutex_lock(&s->lock);
	x = exchange_next(&s->requeued);
	pthread_mutex_unlock(&s->lock);
	return x;
}

static size_t
gather(struct server *s, struct exchange **batch, size_t n)
{
	while (n < SERVER_TURN && (batch[n] = next_requeued(s)) != NULL)
		n++;
	while (
	    n < SERVER_TURN && (batch[n] = connections_next(&s->all)) != NULL)
		n++;
	return n;
}

/*
 * Whether more is waiting than one turn takes.  What came while the first were
 * read shares their commit: looked for without waiting, until nothing has.
 */
static bool
take_turn(struct server *s)
{
	struct exchange *batch[SERVER_TURN];
	size_t before = 0, n = gather(s, batch, 0);

	while (n > before && n < SERVER_TURN &&
	       event_base_loop(s->base, EVLOOP_NONBLOCK) != -1) {
		before = n;
		n = gather(s, batch, n);
	}
	if (n > 0)
		s->turn(s->ctx, batch, n);
	/* Answers may have let in what their clients had sent ahead. */
	return n == SERVER_TURN || s->all.ready.first != NULL;
}

int
server_run(struct server *s)
{
	bool more = false;

	while (!s->stopping || (!connections_drained(&s->all) && !s->late)) {
		int rc = event_base_loop(s->base,
		    more ? EVLOOP_NONBLOCK : EVLOOP_ONCE);

		if (rc == -1) {
			log_warnx("the event loop failed");
			return -1;
		}
		more = take_turn(s);
	}
	return 0;
}

void
server_reply(struct server *s, struct exchange *x)
{
	connections_reply(&s->all, x);
}

void
server_requeue(struct server *s, struct exchange *x)
{
	uint64_t one = 1;

	x->finishing = true;
	pthread_mutex_lock(&s->lock);
	exchange_put(&s->requeued, x);
	pthread_mutex_unlock(&s->lock);
	/* Full means that the loop has been woken often enough. */
	if (write(s->wake_fd, &one, sizeof(one)) == -1 && errno != EAGAIN)
		log_warn("write to an eventfd");
}

static void
close_listener(struct server *s)
{
	if (s->listener != NULL)
		evconnlistener_free(s->listener);
	s->listener = NULL;
	if (s->fd != -1)
		listen_close(s->fd, s->url);
	s->fd = -1;
}

void
server_stop(struct server *s)
{
	struct timeval limit = { .tv_sec = DRAIN_SECONDS };

	if (s->stopping)
		return;
	s->stopping = true;
	close_listener(s);
	connections_drain(&s->all);
	event_add(s->deadline, &limit);
}

static void
on_hook(evutil_socket_t fd, short what, void *arg)
{
	struct hook *hook = arg;

	(void)fd;
	(void)what;
	hook->fn(hook->ctx);
}

static int
add_hook(struct server *s, int number, short what,
    const struct timeval *interval, void (*fn)(void *), void *ctx)
{
	struct hook *hook = arena_alloc(&s->arena, sizeof(*hook), 1);

	*hook = (struct hook){ .fn = fn, .ctx = ctx };
	hook->event = event_new(s->base, number, what, on_hook, hook);
	if (hook->event == NULL || event_add(hook->event, interval) == -1) {
		log_warnx("no event for a timer or signal");
		if (hook->event != NULL)
			event_free(hook->event);
		return -1;
	}
	hook->next = s->hooks;
	s->hooks = hook;
	return 0;
}

int
server_every(struct server *s, int ms, void (*fn)(void *ctx), void *ctx)
{
	struct timeval interval = { ms / 1000, ms % 1000 * 1000 };

	return add_hook(s, -1, EV_PERSIST, &interval, fn, ctx);
}

int
server_on_signal(struct server *s, int number, void (*fn)(void *ctx), void *ctx)
{
	return add_hook(s, number, EV_SIGNAL | EV_PERSIST, NULL, fn, ctx);
}

static void
free_event(struct event *event)
{
	if (event != NULL)
		event_free(event);
}

void
server_close(struct server *s)
{
	struct exchange *x;

	close_listener(s);
	while ((x = next_requeued(s)) != NULL)
		exchange_give(&s->all.pool, x);
	if (s->base != NULL)
		connections_close(&s->all);
	for (struct hook *hook = s->hooks; hook != NULL; hook = hook->next)
		event_free(hook->event);
	free_event(s->resume);
	free_event(s->deadline);
	free_event(s->wake);
	if (s->wake_fd != -1)
		close(s->wake_fd);
	if (s->base != NULL)
		event_base_free(s->base);
	pthread_mutex_destroy(&s->lock);
	arena_free(&s->arena);
	mem_free(s);
}
