#ifndef SUBMITD_HTTP_EXCHANGE_H
#define SUBMITD_HTTP_EXCHANGE_H

#include <stddef.h>

#include "submitd/http/server.h"

/*
 * Exchanges not in use, kept with their room for the next request.  Zero is a
 * valid start.
 */
struct exchange_pool {
	struct exchange *spare;
	size_t nspare;
	size_t nout; /* taken and not given back */
};

/* An empty one. */
struct exchange *exchange_take(struct exchange_pool *pool);

/* A file that was not sent is closed. */
void exchange_give(struct exchange_pool *pool, struct exchange *x);

/* Frees what is spare. */
void exchange_pool_close(struct exchange_pool *pool);

/* First in, first out, by exchange.next.  Zero is a valid start. */
struct exchange_queue {
	struct exchange *first, *last;
};

void exchange_put(struct exchange_queue *q, struct exchange *x);

/* NULL when it is empty. */
struct exchange *exchange_next(struct exchange_queue *q);

#endif
