#ifndef GENERATOR_WRITE_SEARCH_H
#define GENERATOR_WRITE_SEARCH_H

#include <stddef.h>

struct output;
struct search;

/*
 * The index into the output: its files are assets, whose names change with
 * their bytes, but for the last, which leads to them.  Returns the number of
 * the first in the output.
 */
size_t search_add(const struct search *s, struct output *out);

int search_stage(const struct search *s, struct output *out, size_t first)
    __attribute__((warn_unused_result));

#endif
