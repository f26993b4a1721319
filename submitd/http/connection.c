#include "submitd/http/connection.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "base/log.h"
#include "base/mem.h"
#include "submitd/http/send.h"

enum { INPUT_MIN = 512 };

int64_t
connection_clock(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void
connection_enter(struct connection *c, enum phase phase)
{
	TAILQ_REMOVE(&c->all->in[c->phase], c, place);
	c->phase = phase;
	c->since = connection_clock();
	TAILQ_INSERT_TAIL(&c->all->in[phase], c, place);
}

void
connection_hang_up(struct connection *c)
{
	struct connections *all = c->all;

	TAILQ_REMOVE(&all->in[c->phase], c, place);
	all->n--;
	/* Its owner learns of it at the reply. */
	if (c->exchange != NULL)
		c->exchange->connection = NULL;
	if (c->out != NULL)
		evbuffer_free(c->out);
	if (c->writable != NULL)
		event_free(c->writable);
	event_free(c->readable);
	close(c->fd);
	mem_free(c->in);
	mem_free(c);
}

static void
set_reading(struct connection *c, bool on)
{
	if (c->reading == on)
		return;
	c->reading = on;
	if (on)
		event_add(c->readable, NULL);
	else
		event_del(c->readable);
}

static struct str
input(const struct connection *c)
{
	return (struct str){ c->in + c->in_at, c->in_n - c->in_at };
}

static void
input_add(struct connection *c, const char *p, size_t n)
{
	if (n == 0)
		return;
	if (c->in_at > 0) {
		memmove(c->in, c->in + c->in_at, c->in_n - c->in_at);
		c->in_n -= c->in_at;
		c->in_at = 0;
	}
	if (c->in_n + n > c->in_cap) {
		size_t cap = c->in_cap * 2;

		if (cap < c->in_n + n)
			cap = c->in_n + n;
		if (cap < INPUT_MIN)
			cap = INPUT_MIN;
		c->in = mem_resize(c->in, 1, cap);
		c->in_cap = cap;
	}
	memcpy(c->in + c->in_n, p, n);
	c->in_n += n;
}

static void
input_drop(struct connection *c, size_t n)
{
	c->in_at += n;
	if (c->in_at < c->in_n)
		return;
	mem_free(c->in);
	c->in = NULL;
	c->in_at = c->in_n = c->in_cap = 0;
}

/*
 * Closing with unread bytes in the socket would make the kernel send a reset,
 * which can take the answer away from the client before it is read.
 */
static void
linger(struct connection *c)
{
	input_drop(c, c->in_n - c->in_at);
	if (shutdown(c->fd, SHUT_WR) == -1) {
		connection_hang_up(c);
		return;
	}
	connection_enter(c, PHASE_LINGER);
	set_reading(c, true);
}

static void advance(struct connection *c);

void
connection_answered(struct connection *c)
{
	if (c->out != NULL) {
		evbuffer_free(c->out);
		c->out = NULL;
	}
	if (c->writable != NULL) {
		event_free(c->writable);
		c->writable = NULL;
	}
	if (c->last) {
		linger(c);
		return;
	}
	connection_enter(c, PHASE_IDLE);
	set_reading(c, true);
	advance(c);
}

/* The last address: what the one proxy we trust has seen itself. */
static struct str
address_for(const struct connection *c, struct exchange *x)
{
	struct connections *all = c->all;
	struct address seen;
	struct str value = { 0 };

	if (!all->trusts_proxy || !address_same(c->address, all->proxy))
		return address_text(&x->arena, c->address);
	for (size_t i = 0; i < x->req.nheaders; i++)
		if (request_same(x->req.headers[i].name,
			STR("X-Forwarded-For")))
			value = x->req.headers[i].value;
	for (struct str rest = value; rest.n > 0;)
		str_cut(rest, ',', &value, &rest);
	if (address_parse(str_trim(value), &seen) && !seen.local)
		return address_text(&x->arena, seen);
	return address_text(&x->arena, c->address);
}

/*
 * The head is there; the body may be.  A request is kept as bytes until it is
 * whole and read once more then, so that a slow one costs no more than them.
 */
static void
take_head(struct connection *c, size_t head_n)
{
	struct connections *all = c->all;
	struct exchange *x = exchange_take(&all->pool);
	struct parse_framing framing;
	struct str bytes = input(c), head;
	int status;

	head = (struct str){ arena_copy(&x->arena, bytes.p, head_n), head_n };
	status = parse_head(head, &x->req, &framing);
	if (status != 0) {
		send_refusal(c, &x->req, status);
		exchange_give(&all->pool, x);
		return;
	}
	if (bytes.n - head_n < framing.body) {
		exchange_give(&all->pool, x);
		if (c->phase == PHASE_BODY)
			return;
		c->head_n = head_n;
		c->body_n = framing.body;
		connection_enter(c, PHASE_BODY);
		/* A client that does not get it sends the body all the same. */
		if (framing.expects_continue && bytes.n == head_n &&
		    write(c->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25) == -1)
			log_debug("no room for 100 Continue");
		return;
	}
	x->req.body =
	    (struct str){ arena_copy(&x->arena, bytes.p + head_n, framing.body),
		    framing.body };
	x->req.address = address_for(c, x);
	input_drop(c, head_n + framing.body);
	c->scan = (struct parse_scan){ 0 };
	c->exchange = x;
	x->connection = c;
	connection_enter(c, PHASE_BUSY);
	exchange_put(&all->ready, x);
}

/* Goes as far as the bytes that are there allow. */
static void
advance(struct connection *c)
{
	struct str bytes = input(c);

	if (bytes.n == 0)
		return;
	if (c->phase == PHASE_BODY) {
		if (bytes.n >= c->head_n + c->body_n)
			take_head(c, c->head_n);
		return;
	}
	if (c->phase == PHASE_IDLE)
		connection_enter(c, PHASE_HEAD);
	switch (parse_scan(&c->scan, bytes)) {
	case PARSE_MORE:
		break;
	case PARSE_WHOLE:
		take_head(c, c->scan.at);
		break;
	case PARSE_BAD:
		send_refusal(c, NULL, 400);
		break;
	case PARSE_TOO_LONG:
		send_refusal(c, NULL, 431);
		break;
	}
}

static void
on_readable(evutil_socket_t fd, short what, void *arg)
{
	struct connection *c = arg;
	ssize_t n;

	(void)what;
	/* What is sent ahead waits in the socket, its sender with it. */
	if (c->phase == PHASE_BUSY || c->phase == PHASE_WRITE) {
		set_reading(c, false);
		return;
	}
	n = read(fd, c->all->scratch, CONNECTION_READ_MAX);
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	/* At the end nothing whole is left: it would have been taken. */
	if (n <= 0) {
		connection_hang_up(c);
		return;
	}
	if (c->phase == PHASE_LINGER)
		return;
	input_add(c, c->all->scratch, (size_t)n);
	advance(c);
}

void
connection_expire(struct connection *c)
{
	if (c->phase == PHASE_HEAD || c->phase == PHASE_BODY)
		send_refusal(c, NULL, 408);
	else
		connection_hang_up(c);
}

int
connection_open(struct connections *all, int fd, struct address address)
{
	struct connection *c = mem_alloc(sizeof(*c), 1);
	int one = 1;

	*c = (struct connection){ .all = all, .fd = fd, .address = address };
	if (!address.local)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	c->readable =
	    event_new(all->base, fd, EV_READ | EV_PERSIST, on_readable, c);
	if (c->readable == NULL || event_add(c->readable, NULL) == -1) {
		log_warnx("no event for a connection");
		if (c->readable != NULL)
			event_free(c->readable);
		mem_free(c);
		return -1;
	}
	c->reading = true;
	c->since = connection_clock();
	TAILQ_INSERT_TAIL(&all->in[PHASE_IDLE], c, place);
	all->n++;
	return 0;
}
