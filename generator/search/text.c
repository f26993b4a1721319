#include "generator/search/text.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "generator/model/site.h"
#include "generator/search/stem.h"

enum {
	WORD_MAX = 40, /* code points; the rest of a longer word is dropped */
	MARK_FIRST = 0x300,
	MARK_LAST = 0x36f
};

/* What a word comes to; no key: it is a stop word. */
struct word {
	const struct word_key *key;
};

struct reader {
	struct arena arena;
	struct stemmer *stemmer;
	struct map words;      /* folded word → struct word * */
	struct map keys;       /* key → struct word_key * */
	struct map stop;       /* folded word → itself */
	struct map exceptions; /* stem → struct str * */
	struct buf folded, word;
};

static bool
cyrillic(uint32_t c)
{
	return c >= 0x430 && c <= 0x44f;
}

static bool
small_latin(uint32_t c)
{
	return c >= 'a' && c <= 'z';
}

/* The Russian letter that looks the same, or the letter itself. */
static uint32_t
alike(uint32_t c)
{
	static const uint32_t letter[26] = {
		['a' - 'a'] = 0x430,
		['b' - 'a'] = 0x432,
		['c' - 'a'] = 0x441,
		['e' - 'a'] = 0x435,
		['h' - 'a'] = 0x43d,
		['k' - 'a'] = 0x43a,
		['m' - 'a'] = 0x43c,
		['o' - 'a'] = 0x43e,
		['p' - 'a'] = 0x440,
		['r' - 'a'] = 0,
		['t' - 'a'] = 0x442,
		['x' - 'a'] = 0x445,
		['y' - 'a'] = 0x443,
	};

	return small_latin(c) && letter[c - 'a'] != 0 ? letter[c - 'a'] : c;
}

static void
put(struct buf *b, uint32_t cp)
{
	char room[4];

	buf_put(b, room, utf8_put(room, cp));
}

/*
 * A text may be decomposed only where it has combining marks.  U+2000 to
 * U+20BF, dashes and quotes, are in every text and compose with nothing.
 */
static bool
has_marks(struct str s)
{
	for (size_t i = 0; i + 1 < s.n; i++) {
		int lead = (unsigned char)s.p[i];
		int next = (unsigned char)s.p[i + 1];

		if (lead == 0xcc || lead == 0xcd ||
		    (lead >= 0xe0 && !(lead == 0xe2 && next <= 0x82)))
			return true;
	}
	return false;
}

static uint32_t
next_folded(struct str *s)
{
	uint32_t c;

	if (s->n > 0 && (unsigned char)s->p[0] < 0x80) {
		c = (unsigned char)s->p[0];
		s->p++;
		s->n--;
		return c >= 'A' && c <= 'Z' ? c + 32 : c;
	}
	c = utf8_next(s);
	if (cyrillic(c))
		return c == 0x44d ? 0x435 : c;
	c = utf8_lower(c);
	if (c == 0x451 || c == 0x44d)
		return 0x435; /* ё, э */
	return c == 0x3c2 ? 0x3c3 : c;
}

static bool
word_char(uint32_t c)
{
	if (c < 0x80)
		return small_latin(c) || (c >= '0' && c <= '9');
	return cyrillic(c) || utf8_is_word(c);
}

static bool
apostrophe(uint32_t c)
{
	return c == '\'' || c == 0x2019 || c == 0x2bc;
}

/* Letters of a word so far. */
struct run {
	size_t count;
	bool latin, cyrillic, letter; /* letter: the last one is no digit */
};

/* Mixed: what is Latin is meant to be the Russian letter it looks like. */
static struct str
mend(struct reader *r, struct str word, const struct run *run)
{
	bool one_c = str_eq(word, STR("1c"));
	struct buf *b = &r->folded;

	if (!one_c && !(run->latin && run->cyrillic))
		return word;
	buf_reset(b);
	while (word.n > 0)
		put(b, alike(utf8_next(&word)));
	return buf_view(b);
}

/* The stem of a folded word; empty for a stop word. */
static struct str
stem_of(struct reader *r, struct str word)
{
	struct str stem = { 0 }, *as;

	if (map_get(&r->stop, word) != NULL)
		return stem;
	stem = stemmer_stem(r->stemmer, &r->arena, word);
	as = map_get(&r->exceptions, stem);
	return as != NULL ? *as : stem;
}

static const struct word_key *
key_of(struct reader *r, struct str word)
{
	struct word *known = map_get(&r->words, word);
	struct word_key *key = NULL;

	if (known != NULL)
		return known->key;
	word = str_dup(&r->arena, word);
	struct str stem = stem_of(r, word);
	if (stem.n > 0)
		key = map_get(&r->keys, stem);
	if (stem.n > 0 && key == NULL) {
		key = arena_alloc(&r->arena, sizeof(*key), 1);
		key->text = stem;
		key->id = r->keys.n;
		map_add(&r->keys, &r->arena, stem, key);
	}
	known = arena_alloc(&r->arena, sizeof(*known), 1);
	known->key = key;
	map_add(&r->words, &r->arena, word, known);
	return key;
}

static void
end_word(struct reader *r, struct arena *a, struct run *run,
    struct word_keys *out)
{
	if (run->count > 0) {
		struct str word = mend(r, buf_view(&r->word), run);
		const struct word_key *key = key_of(r, word);

		if (key != NULL)
			*VEC_PUSH(a, &out->keys) = key;
	}
	buf_reset(&r->word);
	*run = (struct run){ 0 };
}

static bool
letter_follows(struct str rest)
{
	uint32_t c = rest.n > 0 ? next_folded(&rest) : 0;

	return c != 0 && word_char(c) && !(c >= '0' && c <= '9');
}

/* What may stand right behind a word and belongs to it: c++, c#. */
static size_t
sign_length(struct str s)
{
	if (str_starts(s, STR("++")))
		return 2;
	return str_starts(s, STR("#")) ? 1 : 0;
}

static void
add_letter(struct reader *r, struct run *run, uint32_t c)
{
	if (run->count < WORD_MAX) {
		put(&r->word, c);
		run->latin = run->latin || small_latin(c);
		run->cyrillic = run->cyrillic || cyrillic(c);
	}
	run->letter = !(c >= '0' && c <= '9');
	run->count++;
}

void
reader_read(struct reader *r, struct arena *a, struct str text,
    struct word_keys *out)
{
	struct run run = { 0 };

	if (has_marks(text))
		text = utf8_nfc(a, text);
	buf_reset(&r->word);
	while (text.n > 0) {
		struct str here = text;
		uint32_t c = next_folded(&text);

		if (c >= MARK_FIRST && c <= MARK_LAST)
			continue;
		if (word_char(c)) {
			add_letter(r, &run, c);
			continue;
		}
		if (run.letter && apostrophe(c) && letter_follows(text))
			continue;
		size_t sign = run.count > 0 ? sign_length(here) : 0;
		if (sign > 0) {
			for (size_t i = 0; i < sign; i++)
				add_letter(r, &run, (unsigned char)here.p[i]);
			text = str_slice(here, sign, here.n);
		}
		end_word(r, a, &run, out);
	}
	end_word(r, a, &run, out);
}

/* The character of the five names that cmark writes. */
static size_t
entity(struct str s, char *out)
{
	static const struct {
		struct str name;
		char c;
	} known[] = {
		{ STR_INIT("&amp;"), '&' },
		{ STR_INIT("&lt;"), '<' },
		{ STR_INIT("&gt;"), '>' },
		{ STR_INIT("&quot;"), '"' },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
		if (str_starts(s, known[i].name)) {
			*out = known[i].c;
			return known[i].name.n;
		}
	return 0;
}

void
reader_read_html(struct reader *r, struct arena *a, struct str html,
    struct word_keys *out)
{
	struct buf plain = { 0 };
	bool tag = false;

	for (size_t i = 0; i < html.n; i++) {
		char c = html.p[i];
		size_t n = 0;

		if (c == '<' || tag) {
			tag = c != '>';
			if (!tag)
				buf_char(&plain, ' ');
			continue;
		}
		if (c == '&')
			n = entity(str_slice(html, i, html.n), &c);
		buf_char(&plain, c);
		i += n > 0 ? n - 1 : 0;
	}
	reader_read(r, a, buf_view(&plain), out);
	buf_free(&plain);
}

struct str
reader_fold(struct reader *r, struct str text)
{
	struct buf b = { 0 };

	text = utf8_nfc(&r->arena, text);
	while (text.n > 0) {
		uint32_t c = next_folded(&text);

		if (c < MARK_FIRST || c > MARK_LAST)
			put(&b, c);
	}
	struct str folded = str_dup(&r->arena, buf_view(&b));
	buf_free(&b);
	return folded;
}

size_t
reader_count(const struct reader *r)
{
	return r->keys.n;
}

const struct word_key *
reader_key(const struct reader *r, size_t id)
{
	return r->keys.at[id].value;
}

/* All words of a line have the key of the first. */
static void
add_exception(struct reader *r, const struct word_list *l)
{
	struct str first = { 0 };

	for (size_t i = 0; i < l->words.n; i++) {
		struct str stem = stem_of(r, reader_fold(r, l->words.at[i]));
		struct str *as;

		if (stem.n == 0)
			continue;
		if (first.n == 0)
			first = stem;
		as = arena_alloc(&r->arena, sizeof(*as), 1);
		*as = first;
		map_add(&r->exceptions, &r->arena, stem, as);
	}
}

size_t
reader_exceptions(const struct reader *r, struct arena *a, struct str **pairs)
{
	struct str *p = arena_alloc(a, sizeof(*p), 2 * r->exceptions.n);

	for (size_t i = 0; i < r->exceptions.n; i++) {
		const struct str *as = r->exceptions.at[i].value;

		p[2 * i] = r->exceptions.at[i].key;
		p[2 * i + 1] = *as;
	}
	*pairs = p;
	return r->exceptions.n;
}

size_t
reader_stop_words(const struct reader *r, struct arena *a, struct str **words)
{
	struct str *w = arena_alloc(a, sizeof(*w), r->stop.n);

	for (size_t i = 0; i < r->stop.n; i++)
		w[i] = r->stop.at[i].key;
	*words = w;
	return r->stop.n;
}

struct reader *
reader_new(const struct search_words *words)
{
	struct reader *r = mem_alloc(sizeof(*r), 1);

	r->stemmer = stemmer_new();
	for (size_t i = 0; i < words->stop_words.n; i++) {
		struct str w = reader_fold(r, words->stop_words.at[i]);

		map_add(&r->stop, &r->arena, w, r);
	}
	for (size_t i = 0; i < words->exceptions.n; i++)
		add_exception(r, &words->exceptions.at[i]);
	return r;
}

void
reader_free(struct reader *r)
{
	if (r == NULL)
		return;
	stemmer_free(r->stemmer);
	buf_free(&r->folded);
	buf_free(&r->word);
	arena_free(&r->arena);
	mem_free(r);
}
