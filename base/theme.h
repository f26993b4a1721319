#ifndef BASE_THEME_H
#define BASE_THEME_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"
#include "base/str.h"

struct buf;
struct diag;
struct value;
struct strings;
struct mustache_set;

/*
 * A theme's folder, as both programs read it: theme.yaml (title, version),
 * strings/LANG.yaml, and every *.mustache, all compiled before the first page
 * is rendered.  A file below `overrides` (--templates) stands in for the
 * theme's file of the same path, or is one more.  Mistakes go to the diag at
 * their place; their paths live as long as the theme.
 */
struct theme {
	struct arena arena;
	struct str title, version;
	struct mustache_set *templates;
	struct strings *strings;
	const struct value *outer; /* "t", under what a page shows */
	struct str hash; /* of all that was read, hex: "theme changed" */
};

/*
 * lang is "ru" or "en" (the site's).  -1: the machine's fault, logged.  An
 * author's fault is in d->errors.  overrides may be NULL.
 */
int theme_load(struct theme *t, struct diag *d, const char *folder,
    const char *overrides, struct str lang) __attribute__((warn_unused_result));

/*
 * Each of the names ("page/program.html"), up to NULL, must be a template of
 * the theme: a missing one is told at the file that it should be in.
 */
void theme_require(struct theme *t, struct diag *d, const char *folder,
    const char *const *names);

/*
 * Renders "page/program.html" (the file page/program.html.mustache) with a
 * map; the site's strings are under "t".  Escaping follows the ending before
 * .mustache.  -1 and logged when there is no such template,
 * when partials go round in a circle, or when another value stands where only
 * JSON may.  Thread-safe
 * after loading: out and the values belong to the caller.
 */
int theme_render(const struct theme *t, struct buf *out, const char *name,
    const struct value *v) __attribute__((warn_unused_result));

void theme_free(struct theme *t);

#endif
