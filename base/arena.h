#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

struct arena_block;

/*
 * A region of memory with one lifetime: a build, a request.  Nothing in it is
 * freed alone.  Zero is a valid start: struct arena a = { 0 }.  An arena
 * belongs to one thread at a time.
 */
struct arena {
	struct arena_block *head;
	char *at, *end;
	size_t total; /* bytes handed out since the last reset */
};

/* Memory is zeroed and aligned for any type.  Never returns NULL. */
void *arena_alloc(struct arena *a, size_t size, size_t count);

/* A copy of n bytes with a NUL behind it. */
char *arena_copy(struct arena *a, const char *p, size_t n);

/* Everything of `from` becomes part of `a`; `from` is then as new. */
void arena_take(struct arena *a, struct arena *from);

/* Forget everything; one block stays for the next use. */
void arena_reset(struct arena *a);

/* Give everything back to the system.  The arena is then as new. */
void arena_free(struct arena *a);

#endif
