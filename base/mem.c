#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

static void
out_of_memory(void)
{
	fputs("error: out of memory\n", stderr);
	abort();
}

void *
mem_alloc(size_t size, size_t count)
{
	if (size == 0 || count == 0)
		size = count = 1;
	void *p = calloc(count, size);
	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_resize(void *p, size_t size, size_t count)
{
	if (size == 0 || count == 0)
		size = count = 1;
	if (count > SIZE_MAX / size)
		out_of_memory();
	p = realloc(p, size * count);
	if (p == NULL)
		out_of_memory();
	return p;
}

void
mem_free(void *p)
{
	free(p);
}
