#ifndef SUBMITD_PAGES_ORIGIN_H
#define SUBMITD_PAGES_ORIGIN_H

#include <stdbool.h>

#include "base/str.h"
#include "submitd/http/request.h"

/*
 * Whether a form comes from our own pages, as far as its headers say: without
 * a word yes (the token decides), "null" and other hosts no.
 */
bool origin_is_ours(struct str base_url, const struct request *r);

/* From this machine, and not handed on by a proxy. */
bool origin_is_local(const struct request *r);

/* "127.0.0.1", "[::1]:80", "localhost:8080": a name of this machine. */
bool origin_is_loopback(struct str host);

/* What stands between "//" and the next '/': "navigator.example:8443". */
struct str origin_host(struct str url);

#endif
