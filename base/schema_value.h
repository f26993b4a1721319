#ifndef BASE_SCHEMA_VALUE_H
#define BASE_SCHEMA_VALUE_H

#include "base/schema.h"

/*
 * Values of one type each, under schema.c (schema.h has those that custom
 * functions use too).  False, told, and *out untouched when the value is not
 * of the type.
 */
bool schema_lines(struct schema_run *run, const struct field *f,
    const struct node *n, struct str *out);
bool schema_bool(struct schema_run *run, const char *name, const struct node *n,
    bool *out);

#endif
