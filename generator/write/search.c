#include "generator/write/search.h"

#include "generator/search/search.h"
#include "generator/write/output.h"

size_t
search_add(const struct search *s, struct output *out)
{
	size_t first = out->files.n;

	for (size_t i = 0; i < s->files.n; i++)
		output_add(out, s->files.at[i].path,
		    i + 1 < s->files.n ? OUTPUT_PART : OUTPUT_LIST);
	return first;
}

int
search_stage(const struct search *s, struct output *out, size_t first)
{
	for (size_t i = 0; i < s->files.n; i++)
		if (output_stage(out, first + i, s->files.at[i].bytes) == -1)
			return -1;
	return 0;
}
