#include "generator/search/stem.h"

#include <assert.h>
#include <string.h>

#include <libstemmer.h>

#include "base/arena.h"
#include "base/mem.h"

struct stemmer {
	struct sb_stemmer *russian, *english;
};

enum { LETTERS_MAX = 64 }; /* words are shorter (text.c) */

struct stemmer *
stemmer_new(void)
{
	struct stemmer *s = mem_alloc(sizeof(*s), 1);

	s->russian = sb_stemmer_new("russian", "UTF_8");
	s->english = sb_stemmer_new("english", "UTF_8");
	assert(s->russian != NULL && s->english != NULL);
	return s;
}

void
stemmer_free(struct stemmer *s)
{
	if (s == NULL)
		return;
	sb_stemmer_delete(s->russian);
	sb_stemmer_delete(s->english);
	mem_free(s);
}

static bool
latin(struct str w)
{
	for (size_t i = 0; i < w.n; i++)
		if (w.p[i] < 'a' || w.p[i] > 'z')
			return false;
	return true;
}

/* The Russian letters of a word as numbers, а 0 … я 31; 0: others too. */
static size_t
letters(struct str w, unsigned char out[LETTERS_MAX])
{
	size_t n = 0;

	if (w.n % 2 != 0 || w.n / 2 > LETTERS_MAX)
		return 0;
	for (size_t i = 0; i < w.n; i += 2, n++) {
		int lead = (unsigned char)w.p[i];
		int cp =
		    (lead & 0x1f) << 6 | ((unsigned char)w.p[i + 1] & 0x3f);

		if ((lead & 0xe0) != 0xc0 || cp < 0x430 || cp > 0x44f)
			return 0;
		out[n] = (unsigned char)(cp - 0x430);
	}
	return n;
}

enum {
	LETTER_E = 5,
	LETTER_J = 9, /* й */
	LETTER_K = 10,
	LETTER_L = 11,
	LETTER_M = 12,
	LETTER_N = 13,
	LETTER_O = 14,
	LETTER_R = 16,
	LETTER_C = 22, /* ц */
	LETTER_HARD = 26,
	LETTER_SOFT = 28,
	LETTER_JA = 31
};

static bool
vowel(int c)
{
	/* а е и о у ы ю я; ё and э are е by now. */
	return c == 0 || c == LETTER_E || c == 8 || c == LETTER_O || c == 19 ||
	       c == 27 || c == 30 || c == LETTER_JA;
}

static bool
consonant(int c)
{
	return !vowel(c) && c != LETTER_J;
}

/* The vowel before the last letter comes and goes: рисунок, рисунки. */
static size_t
drop_fleeting(unsigned char *s, size_t n)
{
	int last = s[n - 1];
	bool fleeting = s[n - 2] == LETTER_O || s[n - 2] == LETTER_E;

	if (n < 4)
		return n;
	if (last == LETTER_C && s[n - 2] == LETTER_JA) {
		s[n - 2] = LETTER_J;
		return n;
	}
	if ((last == LETTER_C || last == LETTER_K) && s[n - 2] == LETTER_E &&
	    vowel(s[n - 3])) {
		s[n - 2] = LETTER_J;
		return n;
	}
	if (!fleeting || !consonant(s[n - 3]))
		return n;
	if (last != LETTER_K && last != LETTER_C && last != LETTER_L &&
	    last != LETTER_M && last != LETTER_N && last != LETTER_R)
		return n;
	s[n - 2] = s[n - 1];
	return n - 1;
}

static struct str
settle(struct arena *a, struct str stem)
{
	unsigned char s[LETTERS_MAX];
	size_t n = letters(stem, s), k = 0;

	for (size_t i = 0; i < n; i++)
		if (s[i] != LETTER_SOFT && s[i] != LETTER_HARD)
			s[k++] = s[i];
	n = k;
	if (n >= 4 && vowel(s[n - 1]))
		n--;
	if (n >= 4)
		n = drop_fleeting(s, n);
	char *p = arena_alloc(a, 1, 2 * n + 1);
	for (size_t i = 0; i < n; i++) {
		int cp = 0x430 + s[i];

		p[2 * i] = (char)(0xc0 | cp >> 6);
		p[2 * i + 1] = (char)(0x80 | (cp & 0x3f));
	}
	return (struct str){ p, 2 * n };
}

static struct str
snowball(struct sb_stemmer *sb, struct str w)
{
	const sb_symbol *p =
	    sb_stemmer_stem(sb, (const sb_symbol *)w.p, (int)w.n);

	assert(p != NULL); /* it only fails for want of memory */
	return (struct str){ (const char *)p, (size_t)sb_stemmer_length(sb) };
}

/*
 * A noun's bare form may look like a verb to Snowball (барабан, вокал), its
 * other forms do not: the stem is stemmed until it stands still.
 */
static struct str
still(struct stemmer *s, struct arena *a, struct str word)
{
	enum { THREE = 2 * 3 }; /* bytes */

	for (;;) {
		struct str stem = snowball(s->russian, word);

		if (stem.n == word.n || (stem.n < THREE && word.n > THREE))
			return word;
		word = str_dup(a, stem);
	}
}

struct str
stemmer_stem(struct stemmer *s, struct arena *a, struct str word)
{
	unsigned char room[LETTERS_MAX];

	if (letters(word, room) > 0)
		return settle(a, still(s, a, word));
	if (latin(word))
		return str_dup(a, snowball(s->english, word));
	return str_dup(a, word);
}
