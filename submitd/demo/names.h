#ifndef SUBMITD_DEMO_NAMES_H
#define SUBMITD_DEMO_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;

/*
 * People who are plainly invented: families called after flowers, trees and
 * rivers.  Every index gives a name; the family names repeat after
 * NAMES_FAMILIES.
 */
enum { NAMES_FAMILIES = 84 };

struct str names_family(struct arena *a, size_t i, bool female);
struct str names_adult(size_t i, bool female);
struct str names_child(size_t i, bool female);
/* Of a father, who is a grown man of that index. */
struct str names_patronymic(struct arena *a, size_t father, bool female);

#endif
