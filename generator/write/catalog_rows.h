#ifndef GENERATOR_WRITE_CATALOG_ROWS_H
#define GENERATOR_WRITE_CATALOG_ROWS_H

#include "base/str.h"

struct arena;
struct assets;
struct db;
struct view;

/*
 * The rows of every table of catalog.sql but meta, in order of their ids, and
 * their hash (hex).  -1: logged.
 */
int catalog_rows(struct db *db, const struct view *v, const struct assets *as,
    struct arena *a, struct str *hash) __attribute__((warn_unused_result));

#endif
