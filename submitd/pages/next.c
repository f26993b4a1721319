#include "submitd/pages/next.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"

enum { NEXT_MAX = 1000 };

bool
next_is_local(struct str path)
{
	if (path.n == 0 || path.n > NEXT_MAX || path.p[0] != '/')
		return false;
	/* "//host" is another host; browsers read "\" as "/". */
	if (path.n > 1 && path.p[1] == '/')
		return false;
	for (size_t i = 0; i < path.n; i++) {
		if (path.p[i] <= ' ' || path.p[i] > '~' || path.p[i] == '\\')
			return false;
	}
	return true;
}

struct str
next_after(struct arena *a, struct str path, struct str next)
{
	struct buf b = { 0 };
	struct str whole;

	if (!next_is_local(next))
		return path;
	buf_str(&b, path);
	buf_char(&b, str_find_char(path, '?') == -1 ? '?' : '&');
	buf_str(&b, STR("next="));
	escape_url_part(&b, next);
	whole = str_dup(a, buf_view(&b));
	buf_free(&b);
	return whole;
}
