#ifndef SUBMITD_HTTP_CONNECTION_H
#define SUBMITD_HTTP_CONNECTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "submitd/http/connections.h"
#include "submitd/http/parse.h"

struct evbuffer;

/* At once, from one connection. */
enum { CONNECTION_READ_MAX = 16384 };

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

/*
 * Takes a descriptor that does not block, or returns -1, logged.  The
 * connection frees itself when it hangs up.
 */
int connection_open(struct connections *all, int fd, struct address address)
    __attribute__((warn_unused_result));

void connection_enter(struct connection *c, enum phase phase);

/* All of an answer is with the kernel: the next request, or the end. */
void connection_answered(struct connection *c);

/* The time of its phase is over. */
void connection_expire(struct connection *c);

/* An exchange under way is told by its connection being NULL. */
void connection_hang_up(struct connection *c);

/* Milliseconds of the clock that only runs forward. */
int64_t connection_clock(void);

#endif
