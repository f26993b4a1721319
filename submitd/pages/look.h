#ifndef SUBMITD_PAGES_LOOK_H
#define SUBMITD_PAGES_LOOK_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/str.h"

struct catalog;
struct strings;
struct value;

/*
 * What all pages show alike, made once for each catalog: the values of
 * themes/default/COMPONENTS.md, "Frame".  Never changed after that.
 */
struct look {
	struct arena arena;
	struct value *site, *contact, *nav, *footer, *assets;
	struct str language;
	bool clean_urls; /* the site's pages have no ".html" */
};

/* The catalog and the words must outlive it. */
void look_make(struct look *l, const struct catalog *c,
    const struct strings *s);
void look_free(struct look *l);

/* Where a page of the static site is: "programs", "robotika". */
struct str look_page(const struct look *l, struct arena *a, const char *folder,
    struct str id);

/* assets.NAME: "css/site.css" as "site_css". */
struct str look_asset_key(struct arena *a, struct str name);

#endif
