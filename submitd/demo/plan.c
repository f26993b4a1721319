#include "submitd/demo/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "submitd/domain/catalog.h"

enum { MORNING = 9 * 3600, DAYTIME = 11 * 3600 };

/* SplitMix64: small, and the same everywhere. */
size_t
plan_draw(struct plan *p, size_t n)
{
	uint64_t z = p->state += 0x9e3779b97f4a7c15U;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
	return (size_t)((z ^ (z >> 31)) % n);
}

int64_t
plan_moment(struct plan *p, int days)
{
	struct date day = date_from_days(date_to_days(p->today) - days);

	return date_start(day) + MORNING + (int64_t)plan_draw(p, DAYTIME);
}

void
plan_step(struct plan *p, int64_t at, enum act act, size_t of)
{
	size_t seq = p->steps.n;

	*VEC_PUSH(p->arena, &p->steps) =
	    (struct step){ .at = at, .seq = seq, .act = act, .of = of };
}

static int
by_time(const void *x, const void *y)
{
	const struct step *a = x, *b = y;

	if (a->at != b->at)
		return a->at < b->at ? -1 : 1;
	return (a->seq > b->seq) - (a->seq < b->seq);
}

/* The catalog's ids, and nothing else, decide what is drawn. */
static uint64_t
seed(const struct catalog *c)
{
	struct hash h = { { 0 } };
	uint64_t out;

	for (size_t i = 0; i < c->programs.n; i++) {
		const struct str parts[] = { { (const char *)h.bytes,
						 HASH_SIZE },
			c->programs.at[i].key };

		h = hash_of_all(parts, 2);
	}
	memcpy(&out, h.bytes, sizeof(out));
	return out;
}

/*
 * Two say that another's child is theirs, and one enters a child who is there
 * already, with the names in the wrong fields.
 */
static void
mistakes(struct plan *p)
{
	enum { WANTED = 6, CLAIMS = 2 };

	if (p->families.n < WANTED || p->kids.n < WANTED)
		return;
	for (size_t i = 0; i <= CLAIMS; i++) {
		*VEC_PUSH(p->arena, &p->mistakes) =
		    (struct mistake){ p->families.n - 1 - i, i };
		plan_step(p, plan_moment(p, 1 + (int)i),
		    i < CLAIMS ? ACT_CLAIM : ACT_TWIN, i);
	}
}

void
plan_make(struct plan *p)
{
	p->today = date_local(p->now).date;
	p->state = seed(p->catalog);
	plan_groups(p);
	plan_events(p);
	plan_reviews(p);
	mistakes(p);
	if (p->steps.n > 1)
		qsort(p->steps.at, p->steps.n, sizeof(struct step), by_time);
}
