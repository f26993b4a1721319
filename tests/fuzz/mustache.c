#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/mustache.h"
#include "base/value.h"

/*
 * The input is up to four templates with a NUL between; the first byte picks
 * the mode.  They are compiled, linked and, when there is no mistake, rendered
 * with a small tree.  What a list multiplies is bounded by the output.
 */

enum { OUT_MAX = 1 << 16, FILES = 4 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct value *
tree(struct arena *a)
{
	struct value *v = value_map(a), *list = value_list(a);

	value_set_text(a, v, "a", STR("<&\"'\n>"));
	value_set(a, v, STR("h"), value_html(a, STR("<b>x</b>")));
	value_set(a, v, STR("json"), value_json(a, STR("{}")));
	value_set_bool(a, v, "t", true);
	value_add(a, list, value_int(a, 1));
	value_add(a, list, NULL);
	value_set(a, v, STR("l"), list);
	struct value *inner = value_map(a);
	value_set_text(a, inner, "b", STR("B"));
	value_set(a, v, STR("m"), inner);
	return v;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct str names[FILES] = { STR_INIT("a.html"),
		STR_INIT("b.html"), STR_INIT("c.html"), STR_INIT("d.txt") };
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct buf out = { .max = OUT_MAX };
	struct pos where;

	/* Lists in lists multiply the work: short inputs suffice. */
	if (size < 1 || size > 400)
		return 0;
	bool spec = data[0] == 's';
	struct mustache_set *s =
	    mustache_set_new(&a, spec ? MUSTACHE_SPEC : MUSTACHE_THEME);
	struct str rest =
	    str_dup(&a, (struct str){ (const char *)data + 1, size - 1 });
	for (int i = 0; i < FILES; i++) {
		struct str source;

		str_cut(rest, '\0', &source, &rest);
		mustache_set_add(s, &d, names[i].p, names[i], source);
	}
	mustache_set_link(s, &d);
	if (d.errors == 0) {
		struct value *v = tree(&a);

		for (int i = 0; i < FILES; i++)
			if (mustache_render(s, names[i], NULL, v, &out,
				&where) == MUSTACHE_MISSING)
				abort();
	}
	buf_free(&out);
	diag_free(&d);
	arena_free(&a);
	return 0;
}
