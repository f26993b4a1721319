#include "submitd/http/cookie.h"

#include <assert.h>
#include <inttypes.h>
#include <string.h>

enum cookie_rc
cookie_get(const struct request *req, const char *name, struct str *out)
{
	struct str rest = request_header(req, "Cookie");
	struct str wanted = str_from(name);
	enum cookie_rc rc = COOKIE_NONE;

	while (rest.n > 0) {
		struct str pair, key, value;

		str_cut(rest, ';', &pair, &rest);
		if (!str_cut(pair, '=', &key, &value) ||
		    !str_eq(str_trim(key), wanted))
			continue;
		if (rc != COOKIE_NONE)
			return COOKIE_DOUBLED;
		rc = COOKIE_OK;
		*out = str_trim(value);
	}
	return rc;
}

/* RFC 6265 4.1.1 */
static bool
is_octets(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f ||
		    strchr("\",;\\", s.p[i]) != NULL)
			return false;
	return true;
}

struct str
cookie_make(struct arena *a, const struct cookie *cookie)
{
	const char *flags = cookie->readable ? cookie->secure ? "; Secure" : ""
			    : cookie->secure ? "; Secure; HttpOnly"
					     : "; HttpOnly";
	struct str lifetime = { 0 };

	assert(cookie->name[0] != '\0' && is_octets(str_from(cookie->name)) &&
	       strchr(cookie->name, '=') == NULL && is_octets(cookie->value));
	if (cookie->gone)
		lifetime = STR("; Max-Age=0");
	else if (cookie->max_age > 0)
		lifetime = str_format(a, "; Max-Age=%" PRId64, cookie->max_age);
	return str_format(a, "%s=%.*s; Path=/%.*s; SameSite=Lax%s",
	    cookie->name, cookie->gone ? 0 : (int)cookie->value.n,
	    cookie->value.n > 0 ? cookie->value.p : "", STR_ARG(lifetime),
	    flags);
}
