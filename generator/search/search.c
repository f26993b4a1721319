#include "generator/search/search.h"

#include <pthread.h>

#include "base/buf.h"
#include "base/hash.h"
#include "base/json.h"
#include "generator/model/site.h"
#include "generator/search/bytes.h"
#include "generator/search/columns.h"
#include "generator/search/docs.h"
#include "generator/search/rows.h"
#include "generator/search/terms.h"
#include "generator/search/text.h"
#include "generator/view/view.h"

enum { FORMAT = 1, HASH_DIGITS = 10, ROW_DIGITS = 4 };

struct work {
	struct search *search;
	const struct view *view;
	struct docs docs;
	struct rows rows;
	struct arena rows_arena;
	int rows_rc;
	struct reader *reader;
	struct terms *terms;
};

/* Adds a file; its name on the site's search folder comes back. */
static struct str
add(struct search *s, const char *stem, struct str bytes, const char *ending,
    size_t digits)
{
	struct str hex = hash_hex(&s->arena, hash_of(bytes), digits);
	struct str name =
	    str_format(&s->arena, "%s.%.*s.%s", stem, STR_ARG(hex), ending);
	struct search_file *f = VEC_PUSH(&s->arena, &s->files);

	f->path = str_format(&s->arena, "search/%.*s", STR_ARG(name));
	f->bytes = bytes;
	return name;
}

static void *
make_rows(void *argument)
{
	struct work *w = argument;

	w->rows_rc = rows_make(&w->rows, &w->rows_arena, w->view, &w->docs);
	return NULL;
}

/* The keys of a word or phrase, for the browser. */
static void
put_phrase(struct work *w, struct json *j, struct str phrase)
{
	struct arena *a = &w->search->arena;
	struct word_keys keys = { 0 };

	reader_read(w->reader, a, phrase, &keys);
	json_open(j, '[');
	for (size_t i = 0; i < keys.keys.n; i++)
		json_str(j, keys.keys.at[i]->text);
	json_close(j, ']');
}

static void
put_words(struct work *w, struct json *j)
{
	const struct search_words *words = &w->view->site->search;
	struct arena *a = &w->search->arena;
	struct str *list;
	size_t n = reader_stop_words(w->reader, a, &list);

	json_key(j, STR("stop"));
	json_open(j, '[');
	for (size_t i = 0; i < n; i++)
		json_str(j, list[i]);
	json_close(j, ']');
	n = reader_exceptions(w->reader, a, &list);
	json_key(j, STR("exceptions"));
	json_open(j, '{');
	for (size_t i = 0; i < n; i++)
		json_str_field(j, list[2 * i], list[2 * i + 1]);
	json_close(j, '}');
	json_key(j, STR("synonyms"));
	json_open(j, '[');
	for (size_t i = 0; i < words->synonyms.n; i++) {
		const struct word_list *l = &words->synonyms.at[i];

		json_open(j, '[');
		for (size_t k = 0; k < l->words.n; k++)
			put_phrase(w, j, l->words.at[k]);
		json_close(j, ']');
	}
	json_close(j, ']');
}

static void
put_shards(struct work *w, struct json *j)
{
	struct arena *a = &w->search->arena;
	struct term_shards shards = { 0 };

	terms_shards(w->terms, a, &shards);
	json_key(j, STR("shards"));
	json_open(j, '[');
	for (size_t i = 0; i < shards.all.n; i++) {
		const struct term_shard *s = &shards.all.at[i];

		json_open(j, '[');
		json_str(j, s->first);
		json_str(j, add(w->search, str_format(a, "t%zu", i).p, s->bytes,
				"txt", HASH_DIGITS));
		json_close(j, ']');
	}
	json_close(j, ']');
}

/* Names of rows are told by their hashes alone, one text for all. */
static void
put_rows(struct work *w, struct json *j)
{
	struct arena *a = &w->search->arena;
	struct buf hashes = { 0 };

	for (size_t i = 0; i < w->rows.n; i++) {
		struct str bytes = w->rows.at[i];

		add(w->search, str_format(a, "c%zu", i).p, bytes, "html",
		    ROW_DIGITS);
		buf_str(&hashes, hash_hex(a, hash_of(bytes), ROW_DIGITS));
	}
	json_int_field(j, STR("rows"), SEARCH_ROWS);
	json_str_field(j, STR("row_hashes"), buf_view(&hashes));
	buf_free(&hashes);
}

/* How many documents there are of each kind, in their order. */
static void
put_counts(struct work *w, struct json *j)
{
	static const enum url_kind kinds[] = { URL_PROGRAM, URL_EVENT,
		URL_ORGANIZATION, URL_HELP, URL_NEWS };

	json_key(j, STR("documents"));
	json_open(j, '[');
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		json_int(j, (int64_t)w->docs.of_kind[kinds[i]]);
	json_close(j, ']');
}

/* Columns that few queries want, a file of their own. */
static void
put_column(struct work *w, struct json *j, const char *name, struct buf *b)
{
	struct search *s = w->search;

	json_str_field(j, str_from(name),
	    add(s, name, str_dup(&s->arena, buf_view(b)), "txt", HASH_DIGITS));
	buf_reset(b);
}

static void
put_main(struct work *w, struct buf *main)
{
	struct search *s = w->search;
	struct arena *a = &s->arena;
	struct buf header = { 0 }, column = { 0 };
	struct json j = { .out = &header };
	struct columns c;

	columns_make(&c, a, w->view->site, &w->docs);
	json_open(&j, '{');
	put_counts(w, &j);
	columns_names(&j, &c);
	put_words(w, &j);
	put_shards(w, &j);
	json_str_field(&j, STR("words"),
	    add(s, "words", terms_words(w->terms, a), "txt", HASH_DIGITS));
	columns_titles(&column, a, &c);
	put_column(w, &j, "titles", &column);
	columns_order(&column, a, &c);
	put_column(w, &j, "order", &column);
	columns_days(&column, &c);
	put_column(w, &j, "days", &column);
	put_rows(w, &j);
	json_close(&j, '}');
	bytes_varint(main, header.n);
	buf_str(main, buf_view(&header));
	columns_write(main, &c);
	buf_free(&header);
	buf_free(&column);
}

static void
put_index(struct search *s, struct str main_name)
{
	struct buf b = { 0 };
	struct json j = { .out = &b };
	struct search_file *f;

	json_open(&j, '{');
	json_int_field(&j, STR("format"), FORMAT);
	json_str_field(&j, STR("main"), main_name);
	json_close(&j, '}');
	buf_char(&b, '\n');
	f = VEC_PUSH(&s->arena, &s->files);
	f->path = STR("search/index.json");
	f->bytes = str_dup(&s->arena, buf_view(&b));
	buf_free(&b);
}

int
search_make(struct search *s, const struct view *v, int jobs)
{
	struct work w = { .search = s, .view = v };
	pthread_t thread;
	struct buf main = { 0 };

	*s = (struct search){ 0 };
	if (!view_finds(v))
		return 0;
	docs_make(&w.docs, &s->arena, v->site);
	bool beside =
	    jobs > 1 && pthread_create(&thread, NULL, make_rows, &w) == 0;
	w.reader = reader_new(&v->site->search);
	w.terms = terms_new(&s->arena, w.reader);
	terms_read(w.terms, &w.docs);
	if (beside)
		pthread_join(thread, NULL);
	else
		make_rows(&w);
	arena_take(&s->arena, &w.rows_arena);
	if (w.rows_rc == 0) {
		put_main(&w, &main);
		put_index(s, add(s, "main", str_dup(&s->arena, buf_view(&main)),
				 "txt", HASH_DIGITS));
	}
	buf_free(&main);
	reader_free(w.reader);
	return w.rows_rc;
}

void
search_free(struct search *s)
{
	arena_free(&s->arena);
	*s = (struct search){ 0 };
}
