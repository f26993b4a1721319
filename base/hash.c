#include "base/hash.h"

#include <assert.h>
#include <sodium.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"

struct hash
hash_of(struct str s)
{
	struct hash h;

	crypto_generichash(h.bytes, sizeof(h.bytes), (const unsigned char *)s.p,
	    s.n, NULL, 0);
	return h;
}

struct hash
hash_of_all(const struct str *parts, size_t n)
{
	crypto_generichash_state state;
	struct hash h;

	crypto_generichash_init(&state, NULL, 0, sizeof(h.bytes));
	for (size_t i = 0; i < n; i++) {
		unsigned char length[8];

		for (size_t k = 0; k < sizeof(length); k++)
			length[k] =
			    (unsigned char)((uint64_t)parts[i].n >> (8 * k));
		crypto_generichash_update(&state, length, sizeof(length));
		crypto_generichash_update(&state,
		    (const unsigned char *)parts[i].p, parts[i].n);
	}
	crypto_generichash_final(&state, h.bytes, sizeof(h.bytes));
	return h;
}

struct str
hash_hex(struct arena *a, struct hash h, size_t digits)
{
	static const char hex[] = "0123456789abcdef";

	assert(digits <= 2 * sizeof(h.bytes));
	char *p = arena_alloc(a, 1, digits + 1);
	for (size_t i = 0; i < digits; i++) {
		unsigned byte = h.bytes[i / 2];

		p[i] = hex[i % 2 == 0 ? byte >> 4 : byte & 15];
	}
	return (struct str){ p, digits };
}

void
hash_random(void *out, size_t n)
{
	if (sodium_init() == -1)
		abort();
	randombytes_buf(out, n);
}

struct str
hash_token(struct arena *a, size_t n)
{
	unsigned char *raw = arena_alloc(a, 1, n);
	size_t size = sodium_base64_ENCODED_LEN(n,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	char *text = arena_alloc(a, 1, size);

	hash_random(raw, n);
	sodium_bin2base64(text, size, raw, n,
	    sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	sodium_memzero(raw, n);
	return (struct str){ text, size - 1 };
}

_Bool
hash_equal(struct str a, struct str b)
{
	return a.n == b.n && (a.n == 0 || sodium_memcmp(a.p, b.p, a.n) == 0);
}
