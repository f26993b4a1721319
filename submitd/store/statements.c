#include "submitd/store/statements.h"

#include <assert.h>

static void
take(const char *out[STATEMENTS], const struct statement_text *t)
{
	for (; t->sql != NULL; t++) {
		assert(out[t->id] == NULL);
		out[t->id] = t->sql;
	}
}

void
statements_all(const char *out[STATEMENTS])
{
	for (int i = 0; i < STATEMENTS; i++)
		out[i] = NULL;
	take(out, statements_people);
	take(out, statements_work);
	for (int i = 0; i < STATEMENTS; i++)
		assert(out[i] != NULL);
}
