#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/mem.h"

#if defined(__SANITIZE_ADDRESS__)
#define ARENA_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define ARENA_ASAN 1
#endif
#endif

#ifdef ARENA_ASAN
#include <sanitizer/asan_interface.h>
#else
#define ASAN_POISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#define ASAN_UNPOISON_MEMORY_REGION(p, n) ((void)(p), (void)(n))
#endif

enum {
	ALIGN = alignof(max_align_t),
	BLOCK_FIRST = 4096,
	BLOCK_LAST = 256 * 1024, /* blocks double up to here */
#ifdef ARENA_ASAN
	GAP = ALIGN, /* never handed out, so a step over is seen */
#else
	GAP = 0,
#endif
};

struct arena_block {
	struct arena_block *next;
	size_t size; /* of data */
	alignas(max_align_t) char data[];
};

static void
use_block(struct arena *a, struct arena_block *b)
{
	a->at = b->data;
	a->end = b->data + b->size;
	ASAN_POISON_MEMORY_REGION(b->data, b->size);
}

static void
add_block(struct arena *a, size_t need)
{
	size_t size = BLOCK_FIRST - sizeof(struct arena_block);

	if (a->head != NULL)
		size = a->head->size < BLOCK_LAST / 2 ? a->head->size * 2
						      : BLOCK_LAST;
	if (size < need)
		size = need;
	struct arena_block *b = mem_resize(NULL, 1, sizeof(*b) + size);
	b->next = a->head;
	b->size = size;
	a->head = b;
	use_block(a, b);
}

static void
free_block(struct arena_block *b)
{
	ASAN_UNPOISON_MEMORY_REGION(b->data, b->size);
	mem_free(b);
}

/*
 * A large thing has a block of its own behind the head, so that the room
 * that is left in the head is not lost.
 */
static char *
large(struct arena *a, size_t n)
{
	struct arena_block *b = mem_alloc(1, sizeof(*b) + n);

	b->size = n;
	b->next = a->head->next;
	a->head->next = b;
	return b->data;
}

void *
arena_alloc(struct arena *a, size_t size, size_t count)
{
	if (size != 0 && count > SIZE_MAX / 4 / size)
		return mem_alloc(size, count); /* aborts */
	size_t n = size * count;
	size_t room = (n + ALIGN - 1) / ALIGN * ALIGN + GAP;
	if (n == 0)
		room += ALIGN;
	a->total += room;
	if (a->head != NULL && room > BLOCK_LAST / 4 &&
	    room > (size_t)(a->end - a->at))
		return large(a, room);
	if (a->head == NULL || room > (size_t)(a->end - a->at))
		add_block(a, room);
	char *p = a->at;
	a->at += room;
	ASAN_UNPOISON_MEMORY_REGION(p, n);
	memset(p, 0, n);
	return p;
}

char *
arena_copy(struct arena *a, const char *p, size_t n)
{
	char *copy = arena_alloc(a, 1, n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	return copy;
}

void
arena_take(struct arena *a, struct arena *from)
{
	struct arena_block *last = from->head;

	if (last == NULL)
		return;
	while (last->next != NULL)
		last = last->next;
	if (a->head == NULL) {
		a->head = from->head;
		a->at = from->at;
		a->end = from->end;
	} else {
		last->next = a->head->next;
		a->head->next = from->head;
	}
	a->total += from->total;
	*from = (struct arena){ 0 };
}

void
arena_reset(struct arena *a)
{
	struct arena_block *keep = a->head;

	a->total = 0;
	if (keep == NULL)
		return;
	for (struct arena_block *b = keep->next, *next; b != NULL; b = next) {
		next = b->next;
		free_block(b);
	}
	keep->next = NULL;
	if (keep->size > BLOCK_LAST) {
		free_block(keep);
		a->head = NULL;
		a->at = a->end = NULL;
		return;
	}
	use_block(a, keep);
}

void
arena_free(struct arena *a)
{
	for (struct arena_block *b = a->head, *next; b != NULL; b = next) {
		next = b->next;
		free_block(b);
	}
	*a = (struct arena){ 0 };
}
