#ifndef SUBMITD_PAGES_NEXT_H
#define SUBMITD_PAGES_NEXT_H

#include <stdbool.h>

#include "base/str.h"

struct arena;

/*
 * Where to go after a form.  `next` comes from outside, so it is believed only
 * when no browser could take it for another host.
 */

/* A path of ours: "/my/applications/new?program=x". */
bool next_is_local(struct str path);

/* "/account/login" and "?next=…"; the path alone without a local next. */
struct str next_after(struct arena *a, struct str path, struct str next);

#endif
