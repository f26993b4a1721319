#include "generator/search/terms.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "generator/model/site.h"
#include "generator/search/bytes.h"
#include "generator/search/docs.h"
#include "generator/search/text.h"

enum { FORMAT = 1, SHARD_BYTES = 8 << 10, CLASS_BITS = 2 };

/* Document << CLASS_BITS | class, by document; the best class only. */
struct postings {
	VEC(uint32_t) all;
};

struct terms {
	struct arena *arena;
	struct reader *reader;
	VEC(struct postings) by_key; /* number of the key */
	struct arena scratch;
};

struct terms *
terms_new(struct arena *a, struct reader *r)
{
	struct terms *t = arena_alloc(a, sizeof(*t), 1);

	t->arena = a;
	t->reader = r;
	return t;
}

/* Texts come from the best class down, so the first hit stays. */
static void
add_keys(struct terms *t, size_t doc, enum term_class class,
    const struct word_keys *k)
{
	while (t->by_key.n < reader_count(t->reader))
		VEC_PUSH(t->arena, &t->by_key);
	for (size_t i = 0; i < k->keys.n; i++) {
		struct postings *p = &t->by_key.at[k->keys.at[i]->id];

		if (p->all.n > 0 &&
		    p->all.at[p->all.n - 1] >> CLASS_BITS == doc)
			continue;
		*VEC_PUSH(t->arena, &p->all) =
		    (uint32_t)(doc << CLASS_BITS | class);
	}
}

static void
add_text(struct terms *t, size_t doc, enum term_class class, struct str s)
{
	struct word_keys keys = { 0 };

	if (s.n == 0)
		return;
	reader_read(t->reader, &t->scratch, s, &keys);
	add_keys(t, doc, class, &keys);
	arena_reset(&t->scratch);
}

static void
add_html(struct terms *t, size_t doc, const struct prose *p)
{
	struct word_keys keys = { 0 };

	if (p->html.n == 0)
		return;
	reader_read_html(t->reader, &t->scratch, p->html, &keys);
	add_keys(t, doc, TERM_TEXT, &keys);
	arena_reset(&t->scratch);
}

static void
add_list(struct terms *t, size_t doc, enum term_class class,
    const struct str_list *l)
{
	for (size_t i = 0; i < l->items.n; i++)
		add_text(t, doc, class, l->items.at[i]);
}

static void
add_names(struct terms *t, size_t doc, const struct organization *o,
    const struct municipality *m, const struct direction *d)
{
	if (o != NULL) {
		add_text(t, doc, TERM_NAME, o->title);
		add_text(t, doc, TERM_NAME, o->short_title);
	}
	if (m != NULL)
		add_text(t, doc, TERM_NAME, m->title);
	if (d != NULL)
		add_text(t, doc, TERM_NAME, d->title);
}

static void
read_program(struct terms *t, size_t doc, const struct program *p)
{
	add_text(t, doc, TERM_TITLE, p->title);
	add_list(t, doc, TERM_TAG, &p->tags);
	add_names(t, doc, p->organization, p->municipality, p->direction);
	add_list(t, doc, TERM_NAME, &p->teachers);
	for (size_t i = 0; i < p->groups.n; i++) {
		const struct group *g = &p->groups.at[i];

		add_text(t, doc, TERM_NAME, g->teacher);
		add_text(t, doc, TERM_NAME, g->title);
		add_text(t, doc, TERM_NAME, g->place.title);
		add_text(t, doc, TERM_NAME, g->place.address);
	}
	add_text(t, doc, TERM_TEXT, p->summary);
	add_html(t, doc, &p->description);
	add_html(t, doc, &p->goals);
	add_html(t, doc, &p->results);
	add_html(t, doc, &p->equipment);
}

static void
read_event(struct terms *t, size_t doc, const struct event *e)
{
	add_text(t, doc, TERM_TITLE, e->title);
	add_list(t, doc, TERM_TAG, &e->tags);
	add_names(t, doc, e->organization, e->municipality, e->direction);
	add_text(t, doc, TERM_NAME, e->place.title);
	add_text(t, doc, TERM_TEXT, e->summary);
	add_html(t, doc, &e->description);
}

static void
read_organization(struct terms *t, size_t doc, const struct organization *o)
{
	add_text(t, doc, TERM_TITLE, o->title);
	add_text(t, doc, TERM_TITLE, o->short_title);
	add_names(t, doc, NULL, o->municipality, NULL);
	add_text(t, doc, TERM_NAME, o->address);
	add_html(t, doc, &o->about);
}

static void
read_page(struct terms *t, size_t doc, const struct page *p)
{
	add_text(t, doc, TERM_TITLE, p->title);
	add_text(t, doc, TERM_TEXT, p->summary);
	add_html(t, doc, &p->body);
}

void
terms_read(struct terms *t, const struct docs *d)
{
	for (size_t i = 0; i < d->n; i++) {
		const void *subject = d->at[i].subject;

		if (d->at[i].kind == URL_PROGRAM)
			read_program(t, i, subject);
		else if (d->at[i].kind == URL_EVENT)
			read_event(t, i, subject);
		else if (d->at[i].kind == URL_ORGANIZATION)
			read_organization(t, i, subject);
		else
			read_page(t, i, subject);
	}
	while (t->by_key.n < reader_count(t->reader))
		VEC_PUSH(t->arena, &t->by_key);
	arena_free(&t->scratch);
}

static int
by_text(const void *x, const void *y)
{
	const struct word_key *const *a = x, *const *b = y;

	return str_cmp((*a)->text, (*b)->text);
}

struct sorted {
	const struct word_key **at;
	size_t n;
};

static struct sorted
sort(const struct terms *t, struct arena *a)
{
	struct sorted s = { 0 };

	s.at = arena_alloc(a, sizeof(struct word_key *), t->by_key.n);
	for (size_t i = 0; i < t->by_key.n; i++)
		if (t->by_key.at[i].all.n > 0)
			s.at[s.n++] = reader_key(t->reader, i);
	if (s.n > 1)
		qsort(s.at, s.n, sizeof(struct word_key *), by_text);
	return s;
}

static void
put_key(struct buf *b, struct str before, struct str key)
{
	size_t same = 0;

	while (same < before.n && same < key.n && before.p[same] == key.p[same])
		same++;
	bytes_varint(b, same);
	bytes_varint(b, key.n - same);
	buf_str(b, str_slice(key, same, key.n));
}

static void
put_postings(struct buf *b, const struct postings *p)
{
	for (uint32_t class = 0; class < TERM_CLASSES; class ++) {
		uint32_t last = 0;
		size_t n = 0;

		for (size_t i = 0; i < p->all.n; i++)
			n += (p->all.at[i] & (TERM_CLASSES - 1)) == class;
		bytes_varint(b, n);
		for (size_t i = 0; i < p->all.n; i++) {
			uint32_t doc = p->all.at[i] >> CLASS_BITS;

			if ((p->all.at[i] & (TERM_CLASSES - 1)) != class)
				continue;
			bytes_varint(b, doc - last);
			last = doc;
		}
	}
}

static void
end_shard(struct arena *a, struct buf *b, struct str first,
    struct term_shards *out)
{
	struct term_shard *s;

	if (b->n <= 1)
		return;
	s = VEC_PUSH(a, &out->all);
	s->first = first;
	s->bytes = str_dup(a, buf_view(b));
}

void
terms_shards(const struct terms *t, struct arena *a, struct term_shards *out)
{
	struct sorted s = sort(t, a);
	struct buf b = { 0 }, one = { 0 };
	struct str before = { 0 }, first = { 0 };

	buf_char(&b, FORMAT);
	for (size_t i = 0; i < s.n; i++) {
		buf_reset(&one);
		put_postings(&one, &t->by_key.at[s.at[i]->id]);
		if (b.n > 1 && b.n + one.n > SHARD_BYTES) {
			end_shard(a, &b, first, out);
			buf_reset(&b);
			buf_char(&b, FORMAT);
		}
		if (b.n == 1) {
			before = (struct str){ 0 };
			first = s.at[i]->text;
		}
		put_key(&b, before, s.at[i]->text);
		buf_str(&b, buf_view(&one));
		before = s.at[i]->text;
	}
	end_shard(a, &b, first, out);
	buf_free(&one);
	buf_free(&b);
}

/* A key of titles, tags or names. */
static bool
is_name(const struct postings *p)
{
	for (size_t i = 0; i < p->all.n; i++)
		if ((p->all.at[i] & (TERM_CLASSES - 1)) != TERM_TEXT)
			return true;
	return false;
}

struct str
terms_words(const struct terms *t, struct arena *a)
{
	struct sorted s = sort(t, a);
	struct buf b = { 0 };
	struct str before = { 0 };

	buf_char(&b, FORMAT);
	for (size_t i = 0; i < s.n; i++) {
		if (!is_name(&t->by_key.at[s.at[i]->id]))
			continue;
		put_key(&b, before, s.at[i]->text);
		before = s.at[i]->text;
	}
	struct str bytes = str_dup(a, buf_view(&b));
	buf_free(&b);
	return bytes;
}
