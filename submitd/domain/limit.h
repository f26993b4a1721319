#ifndef SUBMITD_DOMAIN_LIMIT_H
#define SUBMITD_DOMAIN_LIMIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

/*
 * How often something may be done: `burst` at once and then one every
 * `seconds / burst`, for each key.  Kept in memory only, in a table of fixed
 * size; the key longest unused makes room.
 */
struct limit_rule {
	int burst; /* 0: no limit */
	int seconds;
};

struct limit_table;

struct limit_table *limit_table_new(size_t keys);
void limit_table_free(struct limit_table *t);

/*
 * Takes one, or says in how many seconds there will be one (≥ 1).  0: taken.
 * `name` tells rules apart that share a table ("login").
 */
int64_t limit_take(struct limit_table *t, struct limit_rule rule,
    struct str name, struct str key, int64_t now);

/* Gives one back: a try that was no trouble. */
void limit_give(struct limit_table *t, struct limit_rule rule, struct str name,
    struct str key);

#endif
