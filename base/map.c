#include "base/map.h"

#include <stdint.h>
#include <string.h>

#include "base/arena.h"

/* FNV-1a. */
static size_t
hash(struct str key)
{
	uint64_t h = 0xcbf29ce484222325u;

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 0x100000001b3u;
	return (size_t)(h ^ h >> 32);
}

/* The slot of the key, or the free one where it belongs. */
static size_t *
slot(const struct map *m, struct str key, size_t h)
{
	size_t mask = m->nslots - 1;

	for (size_t i = h & mask;; i = (i + 1) & mask) {
		size_t at = m->slots[i];

		if (at == 0)
			return &m->slots[i];
		const struct map_entry *e = &m->at[at - 1];
		if (e->hash == h && str_eq(e->key, key))
			return &m->slots[i];
	}
}

static void
grow(struct map *m, struct arena *a)
{
	enum { FIRST = 8 };
	size_t cap = m->cap == 0 ? FIRST : m->cap * 2;
	struct map_entry *at = arena_alloc(a, sizeof(*at), cap);

	if (m->n > 0)
		memcpy(at, m->at, m->n * sizeof(*at));
	m->at = at;
	m->cap = cap;
	m->nslots = cap * 2; /* never more than half full */
	m->slots = arena_alloc(a, sizeof(*m->slots), m->nslots);
	for (size_t i = 0; i < m->n; i++)
		*slot(m, at[i].key, at[i].hash) = i + 1;
}

void *
map_get(const struct map *m, struct str key)
{
	if (m->n == 0)
		return NULL;
	size_t at = *slot(m, key, hash(key));
	return at == 0 ? NULL : m->at[at - 1].value;
}

bool
map_add(struct map *m, struct arena *a, struct str key, void *value)
{
	size_t h = hash(key);

	if (m->n == m->cap) {
		if (m->n > 0 && *slot(m, key, h) != 0)
			return false;
		grow(m, a);
	}
	size_t *at = slot(m, key, h);
	if (*at != 0)
		return false;
	m->at[m->n] = (struct map_entry){ key, value, h };
	*at = ++m->n;
	return true;
}
