#ifndef SUBMITD_HTTP_ROUTE_H
#define SUBMITD_HTTP_ROUTE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"
#include "submitd/http/request.h"

/*
 * Paths to rows of somebody's static table.  A pattern is a path in which
 * "{name}" stands for something that is not empty and has no '/':
 *	/org/applications/{id}/approve
 *	/live/programs/{id}.json
 */

enum { ROUTE_PARAMS_MAX = 4 };

struct route_params {
	struct str value[ROUTE_PARAMS_MAX]; /* decoded, on the arena */
	size_t n;
};

/*
 * The path as it came (still percent-encoded).  Only what stands for a
 * "{name}" is decoded; an escape that is broken, or that hides a '/', a
 * control character or bytes that are not UTF-8, matches nothing, so one page
 * has one address.
 */
bool route_match(struct arena *a, const char *pattern, struct str path,
    struct route_params *out);

/* What a row of the caller's table must begin with. */
struct route_key {
	enum method method; /* GET answers HEAD too */
	const char *pattern;
};

enum route_rc { ROUTE_FOUND, ROUTE_NOT_FOUND, ROUTE_WRONG_METHOD };

/*
 * The first of n rows of `size` bytes that matches.  Without '{' first, so
 * that the order of the table does not matter: /my/children/claim is never
 * taken for the child "claim".  With ROUTE_WRONG_METHOD *allow is the value
 * of the Allow header.
 */
enum route_rc route_find(struct arena *a, const void *rows, size_t n,
    size_t size, enum method method, struct str path, const void **row,
    struct route_params *params, struct str *allow);

#endif
