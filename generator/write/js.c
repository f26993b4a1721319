#include "generator/write/js.h"

#include "base/buf.h"
#include "base/utf8.h"

/* Line and column of what stands behind `before`. */
static struct css_reference
place(struct str before, struct str name)
{
	struct css_reference r = { name, 1, 1 };
	size_t line = 0;

	for (size_t i = 0; i < before.n; i++)
		if (before.p[i] == '\n') {
			r.line++;
			line = i + 1;
		}
	r.column += (int)utf8_count(str_slice(before, line, before.n));
	return r;
}

void
js_rewrite(struct buf *out, struct str js, css_resolve resolve, void *context)
{
	const struct str import = STR("from \"./");
	struct str rest = js, name, tail;
	ptrdiff_t at;

	while ((at = str_find(rest, import)) >= 0) {
		size_t behind = (size_t)at + import.n;

		buf_str(out, str_slice(rest, 0, behind));
		rest = str_slice(rest, behind, rest.n);
		if (!str_cut(rest, '"', &name, &tail))
			break;
		struct css_reference r =
		    place(str_slice(js, 0, js.n - rest.n), name);
		buf_str(out, resolve(context, &r));
		rest = str_slice(rest, name.n, rest.n);
	}
	buf_str(out, rest);
}
