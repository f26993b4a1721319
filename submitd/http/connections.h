#ifndef SUBMITD_HTTP_CONNECTIONS_H
#define SUBMITD_HTTP_CONNECTIONS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/queue.h>

#include "base/buf.h"
#include "submitd/http/exchange.h"
#include "submitd/http/listen.h"

struct connection;
struct event;
struct event_base;

/*
 * All connections of a server.  Each is in one phase, and the connections of a
 * phase stand in the order in which they entered it, so that the first one is
 * both the next to run out of time and the first to give way at the cap.
 */
enum phase {
	PHASE_IDLE, /* nothing of a request yet */
	PHASE_HEAD,
	PHASE_BODY,
	PHASE_BUSY,   /* a whole request waits for its answer */
	PHASE_WRITE,  /* the answer waits for the client */
	PHASE_LINGER, /* done; what still comes is thrown away */
	PHASES
};

TAILQ_HEAD(connection_list, connection);

struct connections {
	struct event_base *base;
	struct event *sweep;
	struct connection_list in[PHASES];
	int64_t limit[PHASES]; /* milliseconds; 0: none */
	size_t n, max;
	struct exchange_pool pool;
	struct exchange_queue ready; /* whole requests */
	struct buf head;             /* of the answer being sent */
	char *scratch;               /* for one read */
	bool draining, https, trusts_proxy;
	struct address proxy;
	int64_t (*now)(void *ctx); /* seconds, for Date */
	void *ctx;
	int64_t date_at;
	struct buf date;
};

/* 0, or -1, logged. */
int connections_open(struct connections *all, struct event_base *base,
    const struct server_config *config) __attribute__((warn_unused_result));

/* Takes the descriptor, which must not block. */
void connections_accept(struct connections *all, int fd,
    const struct sockaddr *sa);

/* The oldest whole request, or NULL.  It is the caller's until the reply. */
struct exchange *connections_next(struct connections *all);

void connections_reply(struct connections *all, struct exchange *x);

/* Lets go of who has nothing under way; each answer is a connection's last. */
void connections_drain(struct connections *all);

/* No connection, and no exchange with anybody. */
bool connections_drained(const struct connections *all);

void connections_close(struct connections *all);

#endif
