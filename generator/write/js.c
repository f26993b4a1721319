#include "generator/write/js.h"

#include <stdbool.h>

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

/* What is left of the text behind a comment's lines; where it began if none. */
static struct str
behind_comment(struct str line_on)
{
	struct str s = line_on;
	ptrdiff_t end;

	while (s.n > 0 && (*s.p == ' ' || *s.p == '\t'))
		s = str_slice(s, 1, s.n);
	if (!str_starts(s, STR("/*")))
		return line_on;
	end = str_find(s, STR("*/"));
	if (end < 0)
		return line_on;
	s = str_slice(s, (size_t)end + 2, s.n);
	return str_starts(s, STR("\n")) ? str_slice(s, 1, s.n) : line_on;
}

static void
put_code(struct buf *out, struct str js)
{
	while (js.n > 0) {
		struct str rest = behind_comment(js), line;

		if (rest.n == js.n) {
			bool more = str_cut(js, '\n', &line, &rest);

			buf_str(out, line);
			if (more)
				buf_char(out, '\n');
		}
		js = rest;
	}
}

void
js_rewrite(struct buf *out, struct str js, css_resolve resolve, void *context)
{
	const struct str import = STR("from \"./");
	struct str rest = js, name, tail;
	ptrdiff_t at;

	while ((at = str_find(rest, import)) >= 0) {
		size_t behind = (size_t)at + import.n;

		put_code(out, str_slice(rest, 0, behind));
		rest = str_slice(rest, behind, rest.n);
		if (!str_cut(rest, '"', &name, &tail))
			break;
		struct css_reference r =
		    place(str_slice(js, 0, js.n - rest.n), name);
		buf_str(out, resolve(context, &r));
		rest = str_slice(rest, name.n, rest.n);
	}
	put_code(out, rest);
}
