#include "base/vec.h"

#include <string.h>

#include "base/arena.h"

void *
vec_room(struct arena *a, void *at, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return at;
	size_t more = *cap == 0 ? 4 : *cap * 2;
	void *room = arena_alloc(a, size, more);
	if (n > 0)
		memcpy(room, at, n * size);
	*cap = more;
	return room;
}
