#include "submitd/http/connection.h"

#include <errno.h>
#include <event2/buffer.h>
#include <event2/event.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#include "base/date.h"
#include "base/log.h"
#include "base/mem.h"
#include "submitd/http/parse.h"

enum {
	CONNECTIONS_MAX = 4096,
	HEAD_SECONDS = 10,
	BODY_SECONDS = 20,
	IDLE_SECONDS = 15,
	WRITE_SECONDS = 20,
	LINGER_SECONDS = 2,
	SECOND = 1000,
	SWEEP_MS = 250,
	READ_MAX = 16384,
	/* Of one answer, before others have their turn. */
	WRITE_MAX = 1 << 20,
	INPUT_MIN = 512,
};

/*
 * What an idle one owns is this and its event: bytes, exchange and output are
 * there only while there is something in them.
 */
struct connection {
	TAILQ_ENTRY(connection) place;
	struct connections *all;
	struct event *readable, *writable;
	struct exchange *exchange; /* while busy */
	struct evbuffer *out;
	char *in;
	size_t in_at, in_n, in_cap;
	int64_t since;         /* in this phase */
	size_t head_n, body_n; /* of the request in PHASE_BODY */
	struct parse_scan scan;
	struct address address;
	int fd;
	enum phase phase;
	bool reading;
	bool last; /* closes behind this answer */
};

static int64_t
milliseconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * SECOND + ts.tv_nsec / 1000000;
}

static void
enter(struct connection *c, enum phase phase)
{
	TAILQ_REMOVE(&c->all->in[c->phase], c, place);
	c->phase = phase;
	c->since = milliseconds();
	TAILQ_INSERT_TAIL(&c->all->in[phase], c, place);
}

static void
hang_up(struct connection *c)
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
		hang_up(c);
		return;
	}
	enter(c, PHASE_LINGER);
	set_reading(c, true);
}

static void advance(struct connection *c);

static void
answered(struct connection *c)
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
	enter(c, PHASE_IDLE);
	set_reading(c, true);
	advance(c);
}

static void flush(struct connection *c);

static void
on_writable(evutil_socket_t fd, short what, void *arg)
{
	(void)fd;
	(void)what;
	flush(arg);
}

static void
wait_writable(struct connection *c)
{
	if (c->writable == NULL)
		c->writable =
		    event_new(c->all->base, c->fd, EV_WRITE, on_writable, c);
	if (c->writable == NULL || event_add(c->writable, NULL) == -1)
		hang_up(c);
}

static void
flush(struct connection *c)
{
	int64_t sent = 0;

	while (evbuffer_get_length(c->out) > 0 && sent < WRITE_MAX) {
		int n = evbuffer_write(c->out, c->fd);

		if (n > 0) {
			sent += n;
			continue;
		}
		if (n == -1 && (errno == EAGAIN || errno == EINTR))
			break;
		/* Gone; or, with 0, a file that has become shorter. */
		hang_up(c);
		return;
	}
	if (evbuffer_get_length(c->out) == 0) {
		answered(c);
		return;
	}
	/* Whoever takes something has time again. */
	if (sent > 0 || c->phase != PHASE_WRITE)
		enter(c, PHASE_WRITE);
	wait_writable(c);
}

static struct str
date_now(struct connections *all)
{
	int64_t now = all->now != NULL ? all->now(all->ctx) : time(NULL);

	if (now != all->date_at || all->date.n == 0) {
		buf_reset(&all->date);
		date_put_http(&all->date, now);
		all->date_at = now;
	}
	return buf_view(&all->date);
}

/* What the socket does not take at once; false: the memory is not there. */
static bool
keep_output(struct connection *c, struct iovec part[2], size_t sent,
    struct response *res)
{
	c->out = evbuffer_new();
	if (c->out == NULL)
		return false;
	/* So that files go by sendfile: a mapped one that shrinks kills us. */
	evbuffer_set_flags(c->out, EVBUFFER_FLAG_DRAINS_TO_FD);
	for (int i = 0; i < 2; i++) {
		size_t gone = sent < part[i].iov_len ? sent : part[i].iov_len;

		sent -= gone;
		if (evbuffer_add(c->out, (char *)part[i].iov_base + gone,
			part[i].iov_len - gone) == -1)
			return false;
	}
	if (res->file_len == 0)
		return true;
	if (evbuffer_add_file(c->out, res->file, 0, res->file_len) == -1)
		return false;
	/* It is the buffer's now. */
	res->file_len = 0;
	return true;
}

static void
send_answer(struct connection *c, const struct request *req,
    struct response *res)
{
	struct connections *all = c->all;
	bool bare = req->method == METHOD_HEAD || res->status == 204 ||
		    res->status == 304;
	struct iovec part[2];
	size_t total;
	ssize_t n;

	c->last = res->close || !req->keep_alive || all->draining;
	buf_reset(&all->head);
	response_put_head(res,
	    (struct response_frame){ date_now(all), all->https, req->http10,
		c->last },
	    &all->head);
	if (bare && res->file_len > 0) {
		close(res->file);
		res->file_len = 0;
	}
	part[0] = (struct iovec){ all->head.p, all->head.n };
	part[1] = (struct iovec){ res->body.p, bare ? 0 : res->body.n };
	total = part[0].iov_len + part[1].iov_len;
	if (res->file_len > 0)
		n = 0;
	else
		n = writev(c->fd, part, 2);
	if (n == -1 && errno != EAGAIN && errno != EINTR) {
		hang_up(c);
		return;
	}
	if (n == -1)
		n = 0;
	if ((size_t)n == total && res->file_len == 0) {
		answered(c);
		return;
	}
	if (!keep_output(c, part, (size_t)n, res)) {
		log_warnx("no memory for an answer");
		hang_up(c);
		return;
	}
	flush(c);
}

/* What the door itself has to say is the last on its connection. */
static void
refuse(struct connection *c, struct request *req, int status)
{
	struct response res = { 0 };

	/* The answer to HEAD has no body, even if the rest is unreadable. */
	req->keep_alive = false;
	response_trouble(&res, req, status);
	send_answer(c, req, &res);
	buf_free(&res.body);
}

static void
refuse_unread(struct connection *c, int status)
{
	struct request req = { .method = METHOD_OTHER };

	refuse(c, &req, status);
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
		refuse(c, &x->req, status);
		exchange_give(&all->pool, x);
		return;
	}
	if (bytes.n - head_n < framing.body) {
		exchange_give(&all->pool, x);
		if (c->phase == PHASE_BODY)
			return;
		c->head_n = head_n;
		c->body_n = framing.body;
		enter(c, PHASE_BODY);
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
	enter(c, PHASE_BUSY);
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
		enter(c, PHASE_HEAD);
	switch (parse_scan(&c->scan, bytes)) {
	case PARSE_MORE:
		break;
	case PARSE_WHOLE:
		take_head(c, c->scan.at);
		break;
	case PARSE_BAD:
		refuse_unread(c, 400);
		break;
	case PARSE_TOO_LONG:
		refuse_unread(c, 431);
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
	n = read(fd, c->all->scratch, READ_MAX);
	if (n == -1 && (errno == EAGAIN || errno == EINTR))
		return;
	/* At the end nothing whole is left: it would have been taken. */
	if (n <= 0) {
		hang_up(c);
		return;
	}
	if (c->phase == PHASE_LINGER)
		return;
	input_add(c, c->all->scratch, (size_t)n);
	advance(c);
}

static void
expire(struct connection *c)
{
	if (c->phase == PHASE_HEAD || c->phase == PHASE_BODY)
		refuse_unread(c, 408);
	else
		hang_up(c);
}

static void
on_sweep(evutil_socket_t fd, short what, void *arg)
{
	struct connections *all = arg;
	int64_t now = milliseconds();
	struct connection *c;

	(void)fd;
	(void)what;
	for (int i = 0; i < PHASES; i++)
		while (all->limit[i] > 0 &&
		       (c = TAILQ_FIRST(&all->in[i])) != NULL &&
		       now - c->since >= all->limit[i])
			expire(c);
}

/* Who is done goes first, then who owes us a request for longest. */
static bool
make_room(struct connections *all)
{
	struct connection *c = TAILQ_FIRST(&all->in[PHASE_LINGER]);

	for (int i = PHASE_IDLE; c == NULL && i <= PHASE_BODY; i++) {
		struct connection *other = TAILQ_FIRST(&all->in[i]);

		for (int k = i + 1; k <= PHASE_BODY; k++) {
			struct connection *next = TAILQ_FIRST(&all->in[k]);

			if (other == NULL ||
			    (next != NULL && next->since < other->since))
				other = next;
		}
		c = other;
	}
	if (c == NULL)
		return false;
	hang_up(c);
	return true;
}

void
connections_accept(struct connections *all, int fd, const struct sockaddr *sa)
{
	struct connection *c;
	int one = 1;

	if (all->n >= all->max && !make_room(all)) {
		close(fd);
		return;
	}
	c = mem_alloc(sizeof(*c), 1);
	c->all = all;
	c->fd = fd;
	c->address = address_of(sa);
	if (!c->address.local)
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	c->readable =
	    event_new(all->base, fd, EV_READ | EV_PERSIST, on_readable, c);
	if (c->readable == NULL || event_add(c->readable, NULL) == -1) {
		log_warnx("no event for a connection");
		if (c->readable != NULL)
			event_free(c->readable);
		close(fd);
		mem_free(c);
		return;
	}
	c->reading = true;
	c->since = milliseconds();
	TAILQ_INSERT_TAIL(&all->in[PHASE_IDLE], c, place);
	all->n++;
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
		hang_up(c);
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
	all->scratch = mem_alloc(1, READ_MAX);
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
			hang_up(c);
	while ((x = exchange_next(&all->ready)) != NULL)
		exchange_give(&all->pool, x);
	if (all->sweep != NULL)
		event_free(all->sweep);
	exchange_pool_close(&all->pool);
	buf_free(&all->head);
	buf_free(&all->date);
	mem_free(all->scratch);
}
