#include "submitd/domain/password.h"

#include <sodium.h>

#include "base/arena.h"
#include "base/embed.h"
#include "base/log.h"
#include "base/utf8.h"

/*
 * The commonest passwords, in lower case, a line each: Openwall's list of some
 * 3,500 (Debian's john-data), and what Russian keyboards add
 * (common_passwords.txt).
 */
extern const struct embedded common_passwords[];

enum { PASSES = 2, MEMORY = 19 << 20 };

static bool
is_common(struct arena *a, struct str password)
{
	struct str line, rest = str_from(common_passwords[0].text);
	struct str typed = utf8_fold(a, password);

	while (rest.n > 0) {
		str_cut(rest, '\n', &line, &rest);
		if (str_eq(line, typed))
			return true;
	}
	return false;
}

enum password_fault
password_judge(struct str password)
{
	struct arena a = { 0 };
	size_t n = utf8_count(password);
	bool common;

	if (n < PASSWORD_MIN)
		return PASSWORD_SHORT;
	if (n > PASSWORD_MAX)
		return PASSWORD_LONG;
	common = is_common(&a, password);
	arena_free(&a);
	return common ? PASSWORD_COMMON : PASSWORD_FINE;
}

int
password_hash(struct arena *a, struct str password, struct str *out)
{
	char text[crypto_pwhash_STRBYTES];

	if (sodium_init() == -1 ||
	    crypto_pwhash_str_alg(text, password.p, password.n, PASSES, MEMORY,
		crypto_pwhash_ALG_ARGON2ID13) != 0) {
		log_warnx("no memory to hash a password");
		return -1;
	}
	*out = str_dup(a, str_from(text));
	return 0;
}

bool
password_matches(struct str hash, struct str password)
{
	/* Of nothing that anybody knows: only its time counts. */
	static const char nobody[crypto_pwhash_STRBYTES] =
	    "$argon2id$v=19$m=19456,t=2,p=1$"
	    "AAAAAAAAAAAAAAAAAAAAAA$"
	    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
	char text[crypto_pwhash_STRBYTES] = { 0 };
	bool known = hash.n > 0 && hash.n < sizeof(text);

	for (size_t i = 0; known && i < hash.n; i++)
		text[i] = hash.p[i];
	if (sodium_init() == -1)
		return false;
	return crypto_pwhash_str_verify(known ? text : nobody, password.p,
		   password.n) == 0 &&
	       known;
}
