#ifndef BASE_MAP_H
#define BASE_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

/*
 * Text to pointer, walked in the order of insertion, so that output is the
 * same every time.  Lives on an arena.  Zero is a valid start.
 *	for (size_t i = 0; i < m.n; i++) use(m.at[i].key, m.at[i].value);
 */
struct map_entry {
	struct str key;
	void *value;
	size_t hash;
};

struct map {
	struct map_entry *at;
	size_t n, cap;
	size_t *slots; /* index + 1, or 0 */
	size_t nslots;
};

/* NULL when there is none. */
void *map_get(const struct map *m, struct str key);

/*
 * False, and nothing changed, when the key is there already.  The key's bytes
 * are not copied.
 */
bool map_add(struct map *m, struct arena *a, struct str key, void *value);

#endif
