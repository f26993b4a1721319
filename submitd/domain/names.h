#ifndef SUBMITD_DOMAIN_NAMES_H
#define SUBMITD_DOMAIN_NAMES_H

#include "base/str.h"

/*
 * The words by which enums go in the database, in forms and in JSON: a table
 * indexed by the enum.
 */

/* The index of a word, or -1. */
static inline int
names_find(const char *const *names, int n, struct str word)
{
	for (int i = 0; i < n; i++)
		if (str_eq(str_from(names[i]), word))
			return i;
	return -1;
}

#endif
