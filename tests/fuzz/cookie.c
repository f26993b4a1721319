/* Cookie headers, and paths against patterns. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"
#include "submitd/http/cookie.h"
#include "submitd/http/route.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char *const patterns[] = { "/my/", "/my/{id}", "/my/{id}/cancel",
	"/live/programs/{id}.json", "/{a}/{b}/{c}/{d}" };

static void
check_route(struct arena *a, struct str path)
{
	for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
		struct route_params params;

		if (!route_match(a, patterns[i], path, &params))
			continue;
		for (size_t k = 0; k < params.n; k++) {
			struct str s = params.value[k];

			assert(s.n > 0 && utf8_valid(s, NULL));
			assert(str_find_char(s, '/') == -1);
			assert(str_find_char(s, '\0') == -1);
		}
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct str bytes = { (const char *)data, n }, value;
	struct request r = { .nheaders = 1 };
	struct arena a = { 0 };

	r.headers[0] = (struct header){ STR("Cookie"), bytes };
	if (cookie_get(&r, "session", &value) == COOKIE_OK)
		assert(str_find_char(value, ';') == -1);
	check_route(&a, bytes);
	arena_free(&a);
	return 0;
}
