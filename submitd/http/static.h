#ifndef SUBMITD_HTTP_STATIC_H
#define SUBMITD_HTTP_STATIC_H

#include <stdbool.h>

#include "submitd/http/cache.h"
#include "submitd/http/request.h"
#include "submitd/http/response.h"

/*
 * The generated site, for installs without a server of their own before it.
 * Files as they lie below the root, index.html for a folder, and without its
 * ".html" a page of a site with clean URLs; ready compressed ones (.br, .gz)
 * where they are no older.  No name that begins with a dot, no link.
 */
struct static_site {
	struct cache cache;
	bool clean_urls;
};

/* The root need not be there yet. */
void static_open(struct static_site *site, const char *root, bool clean_urls);

/*
 * Answers when the path is a file of the site (200, 304, 405 for other
 * methods) or a folder without its last '/' (301).  False, and nothing
 * changed, when it is none.
 */
bool static_answer(struct static_site *site, struct arena *a,
    const struct request *req, struct response *res);

/* 404 with the site's own 404.html; false, nothing changed, without one. */
bool static_not_found(struct static_site *site, struct arena *a,
    struct response *res);

void static_close(struct static_site *site);

#endif
