#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

/*
 * The only door to malloc.  Out of memory aborts (HOUSE: a supervisor starts
 * us again), so nothing here returns NULL; an overflowing product aborts too.
 */

/* Zeroed room for count things of size bytes.  Freed by mem_free(). */
void *mem_alloc(size_t size, size_t count);

/* Room is kept up to the smaller of both sizes; new room is not zeroed. */
void *mem_resize(void *p, size_t size, size_t count);

/* mem_free(NULL) does nothing. */
void mem_free(void *p);

#endif
