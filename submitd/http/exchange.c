#include "submitd/http/exchange.h"

#include <unistd.h>

#include "base/mem.h"

enum {
	SPARE_MAX = SERVER_TURN,
	/* Room above this goes back to the system. */
	ARENA_KEEP = 32768,
	BODY_KEEP = 32768,
};

struct exchange *
exchange_take(struct exchange_pool *pool)
{
	struct exchange *x = pool->spare;

	pool->nout++;
	if (x == NULL)
		return mem_alloc(sizeof(*x), 1);
	pool->spare = x->next;
	pool->nspare--;
	x->next = NULL;
	return x;
}

static void
discard(struct exchange *x)
{
	arena_free(&x->arena);
	buf_free(&x->res.body);
	mem_free(x);
}

void
exchange_give(struct exchange_pool *pool, struct exchange *x)
{
	if (x->res.file_len > 0)
		close(x->res.file);
	pool->nout--;
	if (pool->nspare >= SPARE_MAX || x->arena.total > ARENA_KEEP ||
	    x->res.body.cap > BODY_KEEP) {
		discard(x);
		return;
	}
	arena_reset(&x->arena);
	buf_reset(&x->res.body);
	x->res.status = 0;
	x->res.nheaders = 0;
	x->res.file_len = 0;
	x->res.close = false;
	x->req.nheaders = 0;
	x->req.body = (struct str){ 0 };
	x->job = NULL;
	x->finishing = false;
	x->connection = NULL;
	x->next = pool->spare;
	pool->spare = x;
	pool->nspare++;
}

void
exchange_pool_close(struct exchange_pool *pool)
{
	while (pool->spare != NULL) {
		struct exchange *x = pool->spare;

		pool->spare = x->next;
		discard(x);
	}
	pool->nspare = 0;
}

void
exchange_put(struct exchange_queue *q, struct exchange *x)
{
	x->next = NULL;
	if (q->first == NULL)
		q->first = x;
	else
		q->last->next = x;
	q->last = x;
}

struct exchange *
exchange_next(struct exchange_queue *q)
{
	struct exchange *x = q->first;

	if (x == NULL)
		return NULL;
	q->first = x->next;
	x->next = NULL;
	return x;
}
