/*
 * Lines of text in, for each a line of its keys out, parted by blanks: what
 * the browser's twin is compared with.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "generator/model/site.h"
#include "generator/search/text.h"

int
main(void)
{
	struct arena a = { 0 };
	struct search_words words = { 0 };
	struct reader *r = reader_new(&words);
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, stdin)) > 0) {
		struct word_keys keys = { 0 };

		if (line[n - 1] == '\n')
			n--;
		reader_read(r, &a, (struct str){ line, (size_t)n }, &keys);
		for (size_t i = 0; i < keys.keys.n; i++)
			printf("%s%.*s", i > 0 ? " " : "",
			    STR_ARG(keys.keys.at[i]->text));
		putchar('\n');
		arena_reset(&a);
	}
	free(line);
	reader_free(r);
	arena_free(&a);
	return ferror(stdin) || fflush(stdout) == EOF;
}
