#ifndef GENERATOR_WRITE_COMPRESS_H
#define GENERATOR_WRITE_COMPRESS_H

#include <stdbool.h>

#include "base/str.h"

struct buf;

/*
 * What --compress writes beside a file of text, for servers that send ready
 * bytes: FILE.gz and FILE.br.  The same text gives the same bytes.
 */
enum compress_form { COMPRESS_GZIP, COMPRESS_BROTLI, COMPRESS_FORMS };

/* ".gz", ".br" */
struct str compress_ending(enum compress_form form);

/* Whether a file of this name is text. */
bool compress_wants(struct str path);

/* Appends to out; false: it would save nothing, and out is as before. */
bool compress_put(enum compress_form form, struct str text, struct buf *out);

#endif
