#ifndef BASE_HASH_H
#define BASE_HASH_H

#include <stddef.h>

#include "base/str.h"

struct arena;

/* BLAKE2b (RFC 7693, libsodium), randomness, and constant-time comparison. */

enum { HASH_SIZE = 32 };

struct hash {
	unsigned char bytes[HASH_SIZE];
};

struct hash hash_of(struct str s);

/* The hash of several texts, each told from its neighbour by its length. */
struct hash hash_of_all(const struct str *parts, size_t n);

/* The first `digits` lower-case hex digits. */
struct str hash_hex(struct arena *a, struct hash h, size_t digits);

/* Cryptographic randomness.  Aborts when the system has none. */
void hash_random(void *out, size_t n);

/* n random bytes in base64url without padding (RFC 4648 5). */
struct str hash_token(struct arena *a, size_t n);

/* Equal, in time that does not depend on where they differ. */
_Bool hash_equal(struct str a, struct str b);

#endif
