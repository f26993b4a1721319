#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

/* UTF-8 (RFC 3629) over utf8proc. */

/* Valid, shortest forms, no surrogates.  *bad is the first wrong byte. */
bool utf8_valid(struct str s, size_t *bad);

/* Code points of a valid text. */
size_t utf8_count(struct str s);

/* Takes the first code point off a valid text; 0 at the end. */
uint32_t utf8_next(struct str *s);

/* Writes one code point into 4 bytes of room; returns how many. */
size_t utf8_put(char out[4], uint32_t cp);

/* Composed form (NFC). */
struct str utf8_nfc(struct arena *a, struct str s);

/* NFC and case folded. */
struct str utf8_fold(struct arena *a, struct str s);

/* The small letter of a code point, itself when it has none. */
uint32_t utf8_lower(uint32_t cp);

/* A letter or a digit of any script. */
bool utf8_is_word(uint32_t cp);

#endif
