#ifndef BASE_VEC_H
#define BASE_VEC_H

#include <stddef.h>

struct arena;

/*
 * A growing array on an arena.
 *	VEC(struct group) groups;
 *	struct group *g = VEC_PUSH(arena, &groups);	zeroed
 * Pointers into it are stale after the next push.
 */
#define VEC(type) \
	struct { \
		type *at; \
		size_t n, cap; \
	}

#define VEC_PUSH(arena, v) \
	((v)->at = \
		vec_room(arena, (v)->at, (v)->n, &(v)->cap, sizeof(*(v)->at)), \
	    &(v)->at[(v)->n++])

/* Room for one more element behind the n that are there; zeroed. */
void *vec_room(struct arena *a, void *at, size_t n, size_t *cap, size_t size);

#endif
