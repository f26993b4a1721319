#include "submitd/http/route.h"

#include <string.h>

#include "submitd/http/form.h"

/* What may stand for a "{name}". */
static bool
decode_param(struct arena *a, struct str raw, struct str *out)
{
	if (raw.n == 0 || !form_decode(a, raw, false, out))
		return false;
	for (size_t i = 0; i < out->n; i++) {
		unsigned char c = (unsigned char)out->p[i];

		if (c < ' ' || c == 0x7f || c == '/')
			return false;
	}
	return true;
}

/* The byte of the pattern at which a "{name}" ends; '/' at its end. */
static char
byte_after(const char *brace)
{
	const char *end = strchr(brace, '}');

	return end == NULL || end[1] == '\0' ? '/' : end[1];
}

bool
route_match(struct arena *a, const char *pattern, struct str path,
    struct route_params *out)
{
	size_t at = 0;

	out->n = 0;
	for (const char *p = pattern; *p != '\0'; p++) {
		size_t start = at;
		char stop;

		if (*p != '{') {
			if (at == path.n || path.p[at++] != *p)
				return false;
			continue;
		}
		stop = byte_after(p);
		while (at < path.n && path.p[at] != stop && path.p[at] != '/')
			at++;
		if (out->n == ROUTE_PARAMS_MAX ||
		    !decode_param(a, str_slice(path, start, at - start),
			&out->value[out->n]))
			return false;
		out->n++;
		p = strchr(p, '}');
		if (p == NULL)
			return false;
	}
	return at == path.n;
}

static bool
answers(enum method has, enum method wanted)
{
	return has == wanted || (has == METHOD_GET && wanted == METHOD_HEAD);
}

/* By the bits of enum method. */
static struct str
allow_text(struct arena *a, unsigned methods)
{
	bool get = (methods & 1U << METHOD_GET) != 0;
	bool post = (methods & 1U << METHOD_POST) != 0;

	return str_format(a, "%s%s%s", get ? "GET, HEAD" : "",
	    get && post ? ", " : "", post ? "POST" : "");
}

enum route_rc
route_find(struct arena *a, const void *rows, size_t n, size_t size,
    enum method method, struct str path, const void **row,
    struct route_params *params, struct str *allow)
{
	unsigned methods = 0;

	for (int with_params = 0; with_params < 2; with_params++) {
		for (size_t i = 0; i < n; i++) {
			const void *at = (const char *)rows + i * size;
			struct route_key key;

			memcpy(&key, at, sizeof(key));
			if ((strchr(key.pattern, '{') != NULL) !=
				(with_params == 1) ||
			    !route_match(a, key.pattern, path, params))
				continue;
			if (answers(key.method, method)) {
				*row = at;
				return ROUTE_FOUND;
			}
			methods |= 1U << key.method;
		}
		/* The plain path hides what "{name}" would stand for. */
		if (methods != 0)
			break;
	}
	if (methods == 0)
		return ROUTE_NOT_FOUND;
	*allow = allow_text(a, methods);
	return ROUTE_WRONG_METHOD;
}
