#ifndef BASE_YAML_TEXT_H
#define BASE_YAML_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

/*
 * The bytes under yaml.c: what libyaml must not see, where a byte is, and what
 * libyaml's problems mean.
 */

struct str yaml_text_without_bom(struct str text);

/*
 * Puts stand-ins of one code point in place of control characters, which
 * libyaml would stop at; yaml_clean() takes them out again, so columns stay
 * true.  False, and told, when there is a NUL.
 */
bool yaml_text_ready(struct arena *a, struct diag *d, const char *path,
    int line, struct str *text);

/* The place of a byte; text need not be valid. */
struct pos yaml_text_place(const char *path, struct str text, size_t offset);

/* The byte at a line and column from 0 (code points); NUL at the end. */
char yaml_text_at(struct str text, size_t line, size_t column);

/* A problem of libyaml in the author's words; c is the byte it is at. */
const char *yaml_text_problem(const char *problem, enum diag_lang lang, char c);

#endif
