#include "submitd/domain/limit.h"

#include <string.h>

#include "base/hash.h"
#include "base/mem.h"

/*
 * Each key keeps one moment: when its bucket will be full again.  Keys share
 * rows of WAYS; only there a key makes room for another.
 */
enum { WAYS = 8, MS = 1000 };

struct entry {
	uint64_t key;    /* 0: free */
	int64_t full_at; /* milliseconds */
};

struct limit_table {
	struct entry *at;
	size_t rows;
};

struct limit_table *
limit_table_new(size_t keys)
{
	struct limit_table *t = mem_alloc(sizeof(*t), 1);

	t->rows = keys / WAYS + 1;
	t->at = mem_alloc(sizeof(*t->at), t->rows * WAYS);
	return t;
}

void
limit_table_free(struct limit_table *t)
{
	if (t == NULL)
		return;
	mem_free(t->at);
	mem_free(t);
}

static uint64_t
key_of(struct str name, struct str key)
{
	const struct str parts[] = { name, key };
	struct hash h = hash_of_all(parts, 2);
	uint64_t out;

	memcpy(&out, h.bytes, sizeof(out));
	return out | 1;
}

/* Its entry; else a free or the longest unused one, made its own. */
static struct entry *
entry_of(struct limit_table *t, uint64_t key)
{
	struct entry *row = &t->at[key / 2 % t->rows * WAYS];
	struct entry *oldest = row;

	for (int i = 0; i < WAYS; i++) {
		if (row[i].key == key)
			return &row[i];
		if (row[i].full_at < oldest->full_at)
			oldest = &row[i];
	}
	*oldest = (struct entry){ key, 0 };
	return oldest;
}

int64_t
limit_take(struct limit_table *t, struct limit_rule rule, struct str name,
    struct str key, int64_t now)
{
	int64_t step, wait, at = now * MS;
	struct entry *e;

	if (rule.burst <= 0)
		return 0;
	step = (int64_t)rule.seconds * MS / rule.burst;
	e = entry_of(t, key_of(name, key));
	if (e->full_at < at)
		e->full_at = at;
	wait = e->full_at - at - step * (rule.burst - 1);
	if (wait > 0)
		return (wait + MS - 1) / MS;
	e->full_at += step;
	return 0;
}

void
limit_give(struct limit_table *t, struct limit_rule rule, struct str name,
    struct str key)
{
	if (rule.burst > 0)
		entry_of(t, key_of(name, key))->full_at -=
		    (int64_t)rule.seconds * MS / rule.burst;
}
