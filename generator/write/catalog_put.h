#ifndef GENERATOR_WRITE_CATALOG_PUT_H
#define GENERATOR_WRITE_CATALOG_PUT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/db.h"
#include "base/hash.h"
#include "base/str.h"

/* The statements of catalog.sql's tables, and the hash of all that is put. */

enum catalog_table {
	CATALOG_SETTING,
	CATALOG_ASSET,
	CATALOG_NAVIGATION,
	CATALOG_MUNICIPALITY,
	CATALOG_NOMINAL,
	CATALOG_ORGANIZATION,
	CATALOG_PROGRAM,
	CATALOG_GROUP,
	CATALOG_LESSON,
	CATALOG_EVENT,
	CATALOG_CATEGORY,
	CATALOG_LEGAL,
	CATALOG_ALIAS,
	CATALOG_HOLIDAY,
	CATALOG_TABLES
};

struct catalog_put {
	struct db_statement *add[CATALOG_TABLES];
	struct buf hashed; /* what was put since the last fold */
	struct hash hash;
	bool failed; /* logged; what follows is passed over */
};

int catalog_put_open(struct catalog_put *c, struct db *db)
    __attribute__((warn_unused_result));

void catalog_put(struct catalog_put *c, enum catalog_table t,
    const struct db_value *values, size_t n);

/* The hash of everything, in hex. */
struct str catalog_put_hash(struct catalog_put *c, struct arena *a);

void catalog_put_close(struct catalog_put *c);

#endif
