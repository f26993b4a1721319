#ifndef SUBMITD_MAIL_PARAMS_H
#define SUBMITD_MAIL_PARAMS_H

#include <stdbool.h>

#include "base/map.h"
#include "base/str.h"

struct arena;

/*
 * What a stored letter tells: a flat JSON object of texts, as base/json.h
 * writes it, into text → struct str *.  False when it is anything else.
 */
bool params_read(struct arena *a, struct str json, struct map *out);

/* Empty when there is none. */
struct str params_get(const struct map *m, const char *name);

#endif
