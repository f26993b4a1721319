#ifndef SUBMITD_HTTP_COOKIE_H
#define SUBMITD_HTTP_COOKIE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "submitd/http/request.h"

enum cookie_rc { COOKIE_OK, COOKIE_NONE, COOKIE_DOUBLED };

/*
 * The value of a cookie of ours, whose name is compared exactly.  One that is
 * there twice (a neighbour host has set the other) is believed in neither
 * form.  Other people's cookies may look as they like.
 */
enum cookie_rc cookie_get(const struct request *req, const char *name,
    struct str *out);

struct cookie {
	const char *name;
	struct str value; /* cookie-octets of RFC 6265 */
	int64_t max_age;  /* seconds; 0: with the browser's session */
	bool secure;
	bool readable; /* by scripts; else HttpOnly */
	bool gone;     /* take it away */
};

/*
 * The value of a Set-Cookie header: Path=/, SameSite=Lax, no Domain.  Asserts
 * that name and value may stand in one.
 */
struct str cookie_make(struct arena *a, const struct cookie *cookie);

#endif
