#ifndef GENERATOR_WRITE_OUTPUT_OWN_H
#define GENERATOR_WRITE_OUTPUT_OWN_H

#include "generator/write/output.h"

/* What output.c and output_remove.c share, and nobody else. */

/* Where a path of the site is on the disk. */
const char *output_place(struct arena *a, const struct output *o,
    struct str path);

/* Takes the lock and reads the last manifest of a folder that is there. */
int output_open_folder(struct output *o, const char *folder,
    const char *catalog) __attribute__((warn_unused_result));

/* A manifest of what this build makes, with room for what was before. */
struct manifest output_manifest(const struct output *o, struct arena *a);

#endif
