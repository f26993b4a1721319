#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "generator/view/shared.h"

enum {
	LONG_WORD = 10, /* letters; a shorter one is left whole */
	WORD_ROOM = 64, /* a longer one is left whole, too */
	AT_EDGE = 3     /* letters that stay together at either end */
};

enum letter { LETTER_NONE, LETTER_VOWEL, LETTER_CONSONANT, LETTER_SIGN };

static enum letter
letter_of(uint32_t c)
{
	/* а е и о у ы э ю я, small and capital; ё apart. */
	static const uint32_t vowels[] = { 0x430, 0x435, 0x438, 0x43e, 0x443,
		0x44b, 0x44d, 0x44e, 0x44f, 0x451 };
	enum { SMALL = 0x20, HARD_SIGN = 0x44a, SOFT_SIGN = 0x44c };

	if (c >= 0x410 && c <= 0x42f)
		c += SMALL;
	if (c == 0x401)
		c = 0x451;
	for (size_t i = 0; i < sizeof(vowels) / sizeof(*vowels); i++)
		if (vowels[i] == c)
			return LETTER_VOWEL;
	if (c == HARD_SIGN || c == SOFT_SIGN)
		return LETTER_SIGN;
	return c >= 0x430 && c <= 0x44f ? LETTER_CONSONANT : LETTER_NONE;
}

/* A syllable may begin at letter i: between its vowel and one before it. */
static bool
may_break(const enum letter *l, size_t n, size_t i)
{
	if (i < AT_EDGE || n - i < AT_EDGE || l[i] != LETTER_CONSONANT ||
	    l[i + 1] != LETTER_VOWEL)
		return false;
	for (size_t k = i; k-- > 0;)
		if (l[k] == LETTER_VOWEL)
			return true;
	return false;
}

static void
put_word(struct buf *b, struct str word)
{
	enum letter l[WORD_ROOM];
	size_t at[WORD_ROOM + 1], n = 0;
	struct str rest = word;

	while (rest.n > 0 && n < WORD_ROOM) {
		at[n] = word.n - rest.n;
		l[n++] = letter_of(utf8_next(&rest));
	}
	if (n < LONG_WORD || rest.n > 0) {
		buf_str(b, word);
		return;
	}
	at[n] = word.n;
	for (size_t i = 0; i < n; i++) {
		if (i + 1 < n && may_break(l, n, i))
			buf_str(b, STR("\u00ad"));
		buf_put(b, word.p + at[i], at[i + 1] - at[i]);
	}
}

struct str
say_soft(struct arena *a, struct str s)
{
	struct buf b = { 0 };
	struct str out;
	size_t from = 0;

	for (size_t i = 0; i <= s.n; i++) {
		if (i < s.n && s.p[i] != ' ' && s.p[i] != '-')
			continue;
		put_word(&b, str_slice(s, from, i - from));
		if (i < s.n)
			buf_char(&b, s.p[i]);
		from = i + 1;
	}
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}
