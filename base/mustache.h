#ifndef BASE_MUSTACHE_H
#define BASE_MUSTACHE_H

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct buf;
struct value;

/*
 * Mustache: the public spec with inheritance ({{<parent}} and {{$block}}),
 * without lambdas.  A set holds all templates of a theme; everything is
 * compiled and linked before the first is rendered, and rendering only reads
 * the set, from as many threads as one likes.
 *
 * A theme's templates obey more rules than the spec's: no unescaping, no
 * other delimiters, plain names, and in .html files values only where they
 * are safe (kruzhok-theme(7)).  The ending of the name decides the escaping.
 */
enum mustache_mode { MUSTACHE_THEME, MUSTACHE_SPEC };

enum mustache_rc {
	MUSTACHE_OK,
	MUSTACHE_MISSING,  /* no such template */
	MUSTACHE_DEEP,     /* partials nested beyond the limit */
	MUSTACHE_NOT_JSON, /* another value where only JSON may stand */
};

enum {
	MUSTACHE_DEPTH = 32, /* of partials and parents, of sections */
	MUSTACHE_SPEC_DEPTH = 256,
};

struct mustache_set;

/* Lives, with all it holds, on the arena. */
struct mustache_set *mustache_set_new(struct arena *a, enum mustache_mode mode);

/*
 * Compiles a source as template `name` ("page/program.html").  Mistakes go to
 * the diag under `path`.  Name, path and source are not copied.
 */
void mustache_set_add(struct mustache_set *s, struct diag *d, const char *path,
    struct str name, struct str source);

/*
 * Resolves partials, parents and blocks and checks the places of values, once
 * all templates are added.  A name without ending gets that of the file it
 * stands in.
 */
void mustache_set_link(struct mustache_set *s, struct diag *d);

/*
 * Holds every name that begins with `root` ("t") to a tree that is known
 * before the first page is rendered.
 */
void mustache_set_check_names(const struct mustache_set *s, struct diag *d,
    struct str root, const struct value *tree);

bool mustache_has(const struct mustache_set *s, struct str name);

/*
 * Renders with `v` over `outer` (NULL: nothing) as what names are looked up
 * in.  Unless MUSTACHE_OK, *where is the place in a template (path NULL for
 * MUSTACHE_MISSING) and `out` holds a part.
 */
enum mustache_rc mustache_render(const struct mustache_set *s, struct str name,
    const struct value *outer, const struct value *v, struct buf *out,
    struct pos *where) __attribute__((warn_unused_result));

#endif
