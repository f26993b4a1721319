#ifndef SUBMITD_HTTP_SERVER_H
#define SUBMITD_HTTP_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "submitd/http/request.h"
#include "submitd/http/response.h"

/*
 * libevent to bytes and back: listener, connections, deadlines, caps.  Knows
 * nothing of what a request means.
 */
struct server;

/*
 * One request and its answer.  The server makes it, hands it to the turn and
 * gets it back by server_reply().  Between, it belongs to whoever was handed
 * it; a client that has gone is noticed at the reply.
 */
struct exchange {
	struct arena arena;
	struct request req;
	struct response res;
	void *job;      /* between the halves of a two-half handler */
	bool finishing; /* this is its second half */
	struct connection *connection;
	struct exchange *next; /* the owner's list */
};

/*
 * Called once a turn of the loop with the requests that are whole, in order
 * of arrival, at most SERVER_TURN of them.
 */
enum { SERVER_TURN = 64 };
typedef void server_turn_fn(void *ctx, struct exchange **x, size_t n);

struct server_config {
	const char *listen;      /* "127.0.0.1:0", "[::1]:80", "unix:/path" */
	const char *trust_proxy; /* address, "unix", or NULL */
	int max_connections;     /* 0: 4096 */
	/*
	 * Seconds; 0 takes the default in brackets.  All but the last are
	 * for the whole of it, however the bytes drip.
	 */
	int head_timeout;  /* from the first byte to the whole head (10) */
	int body_timeout;  /* whole body (20) */
	int idle_timeout;  /* before a request's first byte (15) */
	int write_timeout; /* nothing of an answer taken (20) */
	bool https;        /* base_url is https: sends HSTS */
	server_turn_fn *turn;
	void *ctx;
	/* The clock of the Date header, given ctx; NULL: the system's. */
	int64_t (*now)(void *ctx);
};

/*
 * At the cap the connection that has been owing us a whole request for the
 * longest time gives way to the new one; what is being answered never does.
 * One request of a connection is under way at a time; what a client sends
 * ahead waits, so answers keep the order.
 *
 * The configuration's strings are copied.  SIGPIPE is ignored from here on.
 */

/* NULL: logged.  The listener is open but nothing is read before _run. */
struct server *server_open(const struct server_config *config);

/* "http://127.0.0.1:43121" or "unix:/path": what is listened on. */
const char *server_url(const struct server *s);

/* Runs the loop until server_stop() has drained.  0, or -1 on a fault. */
int server_run(struct server *s) __attribute__((warn_unused_result));

/*
 * Sends an answer whose response is complete, from inside a turn or later, in
 * the loop's thread.  The exchange is the server's again.
 */
void server_reply(struct server *s, struct exchange *x);

/*
 * Sets x->finishing and puts the exchange before the next turn's requests.
 * The one call that is safe from another thread.
 */
void server_requeue(struct server *s, struct exchange *x);

/* Stops listening, lets what is under way end (≤ 8 s), then _run returns. */
void server_stop(struct server *s);

/* fn(ctx) every `ms`, in the loop's thread. */
int server_every(struct server *s, int ms, void (*fn)(void *ctx), void *ctx)
    __attribute__((warn_unused_result));

/* fn(ctx) in the loop's thread when the signal comes. */
int server_on_signal(struct server *s, int signal, void (*fn)(void *ctx),
    void *ctx) __attribute__((warn_unused_result));

void server_close(struct server *s);

#endif
