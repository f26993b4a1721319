#ifndef GENERATOR_VIEW_VIEW_H
#define GENERATOR_VIEW_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "generator/model/url.h"

struct arena;
struct buf;
struct site;
struct theme;
struct value;

/*
 * From the model to what is put into files.  Pure functions: no I/O, no clock
 * (site.now and site.today), memory only on the arena that is passed.  The
 * writer calls view_plan() once, then view_render() for every page of the
 * plan, on as many threads as it likes, each with its own arena and buffer.
 */

/* What a file is, for the summary.  The order is that of the plan. */
enum view_kind {
	VIEW_HOME,
	VIEW_CATALOG, /* /programs/index.html and its pages */
	VIEW_PROGRAM,
	VIEW_DIRECTION,
	VIEW_MUNICIPALITY,
	VIEW_ORGANIZATION,
	VIEW_EVENT,
	VIEW_MONTH,    /* /events/index.html and /events/2026-12.html */
	VIEW_TEXT,     /* help, news, legal, 404 */
	VIEW_ALIAS,    /* what stands at an old id */
	VIEW_CALENDAR, /* .ics */
	VIEW_DATA,     /* feed, sitemap, robots.txt, open data */
	VIEW_KINDS
};

/* "programs", "events" …: the word for the summary table, from the theme. */
const char *view_kind_name(enum view_kind k);

struct view_shared; /* view.c's own: lists and parts of all pages */

struct view {
	const struct site *site;
	const struct theme *theme;
	/*
	 * The name of an asset or medium ("css/site.css", "media/x.jpg") →
	 * struct str *, its path on the site ("/assets/site.HASH.css").
	 * Without an entry "/NAME" is used.
	 */
	const struct map *assets;
	bool only_html;                   /* --only html */
	const struct view_shared *shared; /* set by view_plan() */
};

/* One output file. */
struct view_page {
	struct str path; /* below the output folder: "programs/x.html" */
	enum view_kind kind;
	/*
	 * True for pages that list others (index, directions, months, feeds,
	 * sitemap): they are written after the pages they link to.
	 */
	bool list;
	/* "page/program.html", filled by make; NULL: write does it all. */
	const char *template;
	struct value *(*make)(const struct view *v, struct arena *a,
	    const struct view_page *p);
	void (*write)(const struct view *v, struct arena *a,
	    const struct view_page *p, struct buf *out);
	const void *subject; /* struct program *, struct event * … */
	struct str id;       /* an alias's old id; a group's id */
	int number,
	    count; /* page `number` of `count` of a list; or year, month */
	struct pos
	    pos; /* where the thing was written, for "two for one path" */
};

struct view_pages {
	VEC(struct view_page) all;
};

/*
 * Fills v->shared and lists every file of the site except assets and search,
 * always in the same order, on an arena that must outlive the rendering.
 * Paths may be doubled when the content says so (two ids and an alias): the
 * writer reports that with both places.
 */
void view_plan(struct view *v, struct arena *a, struct view_pages *out);

/*
 * The bytes of one file.  -1: no such template or it went wrong, logged.  The
 * arena may be reset after it.  Thread-safe.
 */
int view_render(const struct view *v, struct arena *a,
    const struct view_page *p, struct buf *out)
    __attribute__((warn_unused_result));

/*
 * The templates that pages ask a theme for, NULL at the end; and those of
 * files that the site has only with a theme that has them.
 */
extern const char *const view_templates[], *const view_optional_templates[];

/* Links of the header and the footer, for catalog.db and all pages. */
struct view_link {
	struct str place; /* header parents about */
	struct str title, url;
};

struct view_links {
	VEC(struct view_link) all;
};

void view_links(const struct view *v, struct arena *a, struct view_links *out);

/* A thing that the search finds. */
struct view_found {
	enum url_kind kind; /* program, event, organization, help, news */
	struct str id;
	const void *subject;
};

/* Whether the theme has part/found.html: without it there is no search. */
bool view_finds(const struct view *v);

/*
 * The rows of some of them, one element each, as a list of results shows
 * them: programs as cards, the others as links.  As view_render().
 */
int view_found(const struct view *v, struct arena *a,
    const struct view_found *things, size_t n, struct buf *out)
    __attribute__((warn_unused_result));

#endif
