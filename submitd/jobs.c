#include "submitd/jobs.h"

#include <errno.h>
#include <pthread.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/resource.h>

#include "base/log.h"
#include "base/mem.h"
#include "submitd/clock.h"
#include "submitd/http/server.h"

enum { JOBS_NICE = 10 };

struct waiting {
	struct exchange *x;
	int64_t since;
};

struct jobs {
	struct server *server;
	void (*run)(struct exchange *x, bool late);
	pthread_mutex_t lock;
	pthread_cond_t more;
	struct waiting ring[JOBS_QUEUE];
	int first, n;
	bool stop;
	pthread_t threads[JOBS_THREADS];
	int nthreads;
};

/* False when it is time to go. */
static bool
take(struct jobs *j, struct waiting *out)
{
	pthread_mutex_lock(&j->lock);
	while (j->n == 0 && !j->stop)
		pthread_cond_wait(&j->more, &j->lock);
	bool got = j->n > 0;

	if (got) {
		*out = j->ring[j->first];
		j->first = (j->first + 1) % JOBS_QUEUE;
		j->n--;
	}
	pthread_mutex_unlock(&j->lock);
	return got;
}

static void *
work(void *ctx)
{
	struct jobs *j = ctx;
	struct waiting w;

	/* On Linux a nice value belongs to the thread that asks. */
	(void)setpriority(PRIO_PROCESS, 0, JOBS_NICE);
	while (take(j, &w)) {
		j->run(w.x, clock_monotonic_ms() - w.since > JOBS_STALE_MS);
		server_requeue(j->server, w.x);
	}
	return NULL;
}

struct jobs *
jobs_open(struct server *s, void (*run)(struct exchange *x, bool late))
{
	struct jobs *j = mem_alloc(sizeof(*j), 1);

	j->server = s;
	j->run = run;
	pthread_mutex_init(&j->lock, NULL);
	pthread_cond_init(&j->more, NULL);
	while (j->nthreads < JOBS_THREADS) {
		int rc =
		    pthread_create(&j->threads[j->nthreads], NULL, work, j);

		if (rc != 0) {
			errno = rc;
			log_warn("start a thread");
			jobs_close(j);
			return NULL;
		}
		j->nthreads++;
	}
	return j;
}

bool
jobs_put(struct jobs *j, struct exchange *x)
{
	pthread_mutex_lock(&j->lock);
	bool room = j->n < JOBS_QUEUE;

	if (room) {
		j->ring[(j->first + j->n) % JOBS_QUEUE] =
		    (struct waiting){ x, clock_monotonic_ms() };
		j->n++;
		pthread_cond_signal(&j->more);
	}
	pthread_mutex_unlock(&j->lock);
	return room;
}

int
jobs_waiting(struct jobs *j)
{
	pthread_mutex_lock(&j->lock);
	int n = j->n;

	pthread_mutex_unlock(&j->lock);
	return n;
}

void
jobs_close(struct jobs *j)
{
	if (j == NULL)
		return;
	pthread_mutex_lock(&j->lock);
	j->stop = true;
	pthread_cond_broadcast(&j->more);
	pthread_mutex_unlock(&j->lock);
	for (int i = 0; i < j->nthreads; i++)
		pthread_join(j->threads[i], NULL);
	pthread_cond_destroy(&j->more);
	pthread_mutex_destroy(&j->lock);
	mem_free(j);
}
