#include "generator/read/load.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/messages.h"
#include "base/yaml.h"
#include "generator/model/messages.h"
#include "generator/model/url.h"
#include "generator/read/files.h"
#include "generator/read/front.h"
#include "generator/read/kinds.h"
#include "generator/read/markdown.h"

enum { JOBS_MAX = 64, FILES_AT_A_TIME = 16 };

/* What a file of one thing is read into. */
static const struct kind {
	const struct schema *schema;
	enum alias_kind alias;
	enum page_kind page; /* of Markdown files */
	enum url_kind url;
	size_t id_at;
	/* Offsets of what hides a thing; 0: nothing does. */
	size_t draft_at, publish_at, unpublish_at;
} kinds[FILE_KINDS] = {
	[FILE_ORGANIZATION] = { &organization_schema, ALIAS_ORGANIZATION, 0,
	    URL_ORGANIZATION, offsetof(struct organization, id), 0, 0, 0 },
	[FILE_PROGRAM] = { &program_schema, ALIAS_PROGRAM, 0, URL_PROGRAM,
	    offsetof(struct program, id), offsetof(struct program, draft),
	    offsetof(struct program, publish_at),
	    offsetof(struct program, unpublish_at) },
	[FILE_EVENT] = { &event_schema, ALIAS_EVENT, 0, URL_EVENT,
	    offsetof(struct event, id), offsetof(struct event, draft),
	    offsetof(struct event, publish_at),
	    offsetof(struct event, unpublish_at) },
#define PAGE_KIND(schema, name) \
	{ \
		&schema, ALIAS_##name, PAGE_##name, URL_##name, \
		    offsetof(struct page, id), offsetof(struct page, draft), \
		    offsetof(struct page, publish_at), \
		    offsetof(struct page, unpublish_at) \
	}
	[FILE_HELP] = PAGE_KIND(help_schema, HELP),
	[FILE_NEWS] = PAGE_KIND(news_schema, NEWS),
	[FILE_LEGAL] = PAGE_KIND(legal_schema, LEGAL),
};

/* Shared by all threads of one load. */
struct work {
	const struct load_options *options;
	struct site *site;
	struct content_files files;
	atomic_size_t next;
	atomic_bool failed;
};

struct worker {
	struct work *work;
	struct arena arena;   /* becomes the site's */
	struct arena scratch; /* of one file */
	struct diag diag;
	struct reading reading;
	struct skipped skipped;
	pthread_t thread;
};

static struct schema_run
run_of(struct worker *w)
{
	return (struct schema_run){ &w->arena, &w->diag, &w->reading };
}

/* An empty file is a mapping without fields. */
static bool
is_fields(struct worker *w, const struct node **n)
{
	static const struct node empty = { .kind = NODE_MAPPING };
	struct schema_run run = run_of(w);

	if (node_is_null(*n)) {
		struct node *copy = arena_alloc(&w->scratch, sizeof(*copy), 1);

		*copy = empty;
		copy->pos = (*n)->pos;
		*n = copy;
	}
	return schema_is_mapping(&run, "", *n);
}

/* The whole text of a file; false: told, or failed. */
static bool
read_text(struct worker *w, const char *path, struct str *out)
{
	switch (file_read(&w->scratch, path, YAML_FILE_MAX, out)) {
	case FILE_OK:
		return true;
	case FILE_TOO_BIG:
		diag_say(&w->diag, &base_messages[BASE_YAML_FILE_TOO_BIG],
		    ((struct pos){ path, 1, 1 }),
		    str_format(&w->scratch, "%d", YAML_FILE_MAX / 1024));
		return false;
	case FILE_MISSING:
		/* It was there a moment ago. */
		log_warnx("open %s: no such file", path);
		break;
	case FILE_FAILED:
		break;
	}
	atomic_store(&w->work->failed, true);
	return false;
}

static void
read_fields(struct worker *w, const struct schema *schema, const struct node *n,
    void *out)
{
	struct schema_run run = run_of(w);

	if (schema->start != NULL)
		memcpy(out, schema->start, schema->size);
	if (n != NULL && is_fields(w, &n))
		schema_read(&run, schema, n, out);
}

static void
read_page(struct worker *w, const struct content_file *f, struct str text)
{
	const struct kind *kind = &kinds[f->kind];
	struct page *page = f->thing;
	struct front front;
	struct markdown m = { .file = true, .heading_min = 2, .prefix = "" };
	struct str body;

	text = str_slice(text, front_bom(text), text.n);
	if (!yaml_check_text(&w->diag, f->path, text) ||
	    !front_cut(&w->diag, f->path, text, &front)) {
		read_fields(w, kind->schema, NULL, page);
		return;
	}
	read_fields(w, kind->schema,
	    yaml_parse(&w->scratch, &w->diag, f->path, front.fields, 2), page);
	page->kind = kind->page;
	m.pos = (struct pos){ f->path, front.body_line, 1 };
	body = yaml_clean(&w->scratch, &w->diag, m.pos, front.body);
	markdown_render(&w->reading, &m, body, &page->body);
	if (page->kind == PAGE_LEGAL)
		page->hash = hash_hex(&w->arena, hash_of(body), 2 * HASH_SIZE);
}

static bool
is_hidden(struct worker *w, const struct kind *kind, const char *thing)
{
	const struct load_options *o = w->work->options;
	int64_t now = w->work->site->now, publish_at, unpublish_at;
	bool draft;

	if (kind->draft_at == 0)
		return false;
	memcpy(&draft, thing + kind->draft_at, sizeof(draft));
	memcpy(&publish_at, thing + kind->publish_at, sizeof(publish_at));
	memcpy(&unpublish_at, thing + kind->unpublish_at, sizeof(unpublish_at));
	if (draft && !o->drafts)
		w->skipped.drafts++;
	else if (unpublish_at != 0 && unpublish_at <= now)
		w->skipped.expired++;
	else if (publish_at > now && !o->future)
		w->skipped.future++;
	else
		return false;
	return true;
}

static void
read_thing(struct worker *w, struct content_file *f)
{
	const struct kind *kind = &kinds[f->kind];
	struct reading *r = &w->reading;
	size_t links = r->links.n, aliases = r->aliases.n;
	struct str text;

	r->alias_kind = kind->alias;
	r->id = f->id;
	if (!read_text(w, f->path, &text))
		read_fields(w, kind->schema, NULL, f->thing);
	else if (f->kind >= FILE_HELP)
		read_page(w, f, text);
	else
		read_fields(w, kind->schema,
		    yaml_parse(&w->scratch, &w->diag, f->path, text, 1),
		    f->thing);
	memcpy((char *)f->thing + kind->id_at, &f->id, sizeof(f->id));
	f->skipped = is_hidden(w, kind, f->thing);
	if (f->skipped || f->doubled) {
		r->links.n = links;
		r->aliases.n = aliases;
	}
	arena_reset(&w->scratch);
}

static void *
work_through(void *arg)
{
	struct worker *w = arg;
	struct work *work = w->work;
	size_t n = work->files.all.n;

	for (;;) {
		size_t from = atomic_fetch_add(&work->next, FILES_AT_A_TIME);

		if (from >= n)
			return NULL;
		for (size_t i = from; i < from + FILES_AT_A_TIME && i < n; i++)
			if (work->files.all.at[i].kind >= FILE_ORGANIZATION)
				read_thing(w, &work->files.all.at[i]);
	}
}

static void
worker_start(struct worker *w, struct work *work, enum diag_lang lang)
{
	w->work = work;
	w->diag.lang = lang;
	w->reading.arena = &w->arena;
	w->reading.diag = &w->diag;
	w->reading.site = work->site;
}

/* All that a thread has made becomes the site's. */
static void
worker_end(struct worker *w, struct diag *d)
{
	struct site *s = w->work->site;

	for (size_t i = 0; i < w->reading.links.n; i++)
		*VEC_PUSH(&s->arena, &s->links) = w->reading.links.at[i];
	for (size_t i = 0; i < w->reading.aliases.n; i++)
		*VEC_PUSH(&s->arena, &s->alias_uses) = w->reading.aliases.at[i];
	s->skipped.drafts += w->skipped.drafts;
	s->skipped.future += w->skipped.future;
	s->skipped.expired += w->skipped.expired;
	arena_take(&s->arena, &w->arena);
	arena_free(&w->scratch);
	diag_take(d, &w->diag);
}

/* Room for every thing, in order of kind and id. */
static void
make_room(struct site *s, struct content_files *files)
{
	const size_t *count = files->count;
	size_t pages = count[FILE_HELP] + count[FILE_NEWS] + count[FILE_LEGAL];
	struct arena *a = &s->arena;

	s->organizations.at = arena_alloc(a, sizeof(struct organization),
	    count[FILE_ORGANIZATION]);
	s->programs.at =
	    arena_alloc(a, sizeof(struct program), count[FILE_PROGRAM]);
	s->events.at = arena_alloc(a, sizeof(struct event), count[FILE_EVENT]);
	s->pages.at = arena_alloc(a, sizeof(struct page), pages);
	for (size_t i = 0; i < files->all.n; i++) {
		struct content_file *f = &files->all.at[i];

		if (f->kind == FILE_ORGANIZATION)
			f->thing = &s->organizations.at[s->organizations.n++];
		else if (f->kind == FILE_PROGRAM)
			f->thing = &s->programs.at[s->programs.n++];
		else if (f->kind == FILE_EVENT)
			f->thing = &s->events.at[s->events.n++];
		else if (f->kind >= FILE_HELP)
			f->thing = &s->pages.at[s->pages.n++];
	}
	s->organizations.cap = s->organizations.n;
	s->programs.cap = s->programs.n;
	s->events.cap = s->events.n;
	s->pages.cap = s->pages.n;
}

/* What is left out and what is doubled goes; the rest moves up. */
static void
close_gaps(struct site *s, const struct content_files *files)
{
	size_t organizations = 0, programs = 0, events = 0, pages = 0;

	for (size_t i = 0; i < files->all.n; i++) {
		const struct content_file *f = &files->all.at[i];

		if (f->thing == NULL || f->doubled)
			continue;
		if (f->skipped) {
			struct str path =
			    path_of(&s->arena, kinds[f->kind].url, f->id);

			map_add(&s->left_out, &s->arena,
			    str_format(&s->arena, "/%.*s", STR_ARG(path)), s);
			continue;
		}
		if (f->kind == FILE_ORGANIZATION)
			s->organizations.at[organizations++] =
			    *(struct organization *)f->thing;
		else if (f->kind == FILE_PROGRAM)
			s->programs.at[programs++] =
			    *(struct program *)f->thing;
		else if (f->kind == FILE_EVENT)
			s->events.at[events++] = *(struct event *)f->thing;
		else
			s->pages.at[pages++] = *(struct page *)f->thing;
	}
	s->organizations.n = organizations;
	s->programs.n = programs;
	s->events.n = events;
	s->pages.n = pages;
}

/* Help and legal pages by `order`, news from the newest on; then by id. */
static int
by_order(const void *x, const void *y)
{
	const struct page *a = x, *b = y;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	if (a->kind == PAGE_NEWS && date_cmp(a->date, b->date) != 0)
		return date_cmp(b->date, a->date);
	if (a->order != b->order)
		return a->order < b->order ? -1 : 1;
	return str_cmp(a->id, b->id);
}

/* Without this the author's first mistakes would be in another language. */
static void
take_language(struct worker *w, const struct content_file *f)
{
	struct diag ignored = { 0 };
	struct node *n = NULL, *language;
	struct str text;

	if (file_read(&w->scratch, f->path, YAML_FILE_MAX, &text) == FILE_OK)
		n = yaml_parse(&w->scratch, &ignored, f->path, text, 1);
	language = node_get(n, "language");
	if (language != NULL && language->kind == NODE_SCALAR)
		w->diag.lang =
		    str_eq(language->text, STR("ru")) ? DIAG_RU : DIAG_EN;
	diag_free(&ignored);
	arena_reset(&w->scratch);
}

static const struct node *
read_one(struct worker *w, enum file_kind kind)
{
	const struct content_file *f = files_one(&w->work->files, kind);
	struct str text;

	if (f == NULL || !read_text(w, f->path, &text))
		return NULL;
	return yaml_parse(&w->scratch, &w->diag, f->path, text, 1);
}

static void
read_settings(struct worker *w)
{
	const struct load_options *o = w->work->options;
	struct content_files *files = &w->work->files;
	const struct content_file *f = files_one(files, FILE_SITE);
	struct settings *settings = &w->work->site->settings;

	if (f == NULL) {
		const char *path = str_format(&w->work->site->arena,
		    "%s/site.yaml", o->content)
				       .p;

		diag_say(&w->diag, &site_messages[SITE_FILE_MISSING],
		    ((struct pos){ path, 1, 1 }), STR(""));
		memcpy(settings, site_schema.start, sizeof(*settings));
		return;
	}
	if (!o->lang_given)
		take_language(w, f);
	read_fields(w, &site_schema, read_one(w, FILE_SITE), settings);
	if (o->base_url != NULL) {
		settings->base_url = str_from(o->base_url);
		while (str_ends(settings->base_url, STR("/")))
			settings->base_url.n--;
	}
	for (size_t i = 0; i < settings->directions.n; i++)
		settings->directions.at[i].order = (int)i;
	arena_reset(&w->scratch);
}

static void
read_list(struct worker *w, enum file_kind kind, const struct schema *schema,
    const char *name, void *vec)
{
	struct schema_run run = run_of(w);
	const struct node *n = read_one(w, kind);

	if (n != NULL && !node_is_null(n))
		schema_read_list(&run, schema, name, n, vec);
	arena_reset(&w->scratch);
}

static void
read_singles(struct worker *w)
{
	struct site *s = w->work->site;
	const struct node *search;

	read_list(w, FILE_MUNICIPALITIES, &municipality_schema,
	    "municipalities.yaml", &s->municipalities);
	read_list(w, FILE_HOLIDAYS, &holiday_schema, "holidays.yaml",
	    &s->holidays);
	search = read_one(w, FILE_SEARCH);
	if (search != NULL)
		read_fields(w, &search_schema, search, &s->search);
	arena_reset(&w->scratch);
}

/* As many threads as are wanted and needed; this one is the first. */
static void
read_all(struct work *work, struct diag *d)
{
	struct worker *workers;
	size_t n = work->options->jobs < 1 ? 1 : (size_t)work->options->jobs;
	size_t started = 1;

	if (n > JOBS_MAX)
		n = JOBS_MAX;
	if (n > work->files.all.n / FILES_AT_A_TIME + 1)
		n = work->files.all.n / FILES_AT_A_TIME + 1;
	workers = arena_alloc(&work->site->arena, sizeof(*workers), n);
	for (size_t i = 0; i < n; i++)
		worker_start(&workers[i], work, d->lang);
	while (started < n && pthread_create(&workers[started].thread, NULL,
				  work_through, &workers[started]) == 0)
		started++;
	work_through(&workers[0]);
	for (size_t i = 1; i < started; i++)
		pthread_join(workers[i].thread, NULL);
	for (size_t i = 0; i < n; i++)
		worker_end(&workers[i], d);
}

int
site_load(struct site *s, struct diag *d, const struct load_options *o)
{
	struct work work = { .options = o, .site = s };
	struct worker first = { 0 };

	worker_start(&first, &work, d->lang);
	if (files_list(s, &first.diag, o->content, &work.files) == -1) {
		worker_end(&first, d);
		return -1;
	}
	read_settings(&first);
	d->lang = first.diag.lang;
	s->now = o->now;
	if (o->wall != NULL && !date_epoch(*o->wall, &s->now)) {
		log_warnx("--now: the clocks jump over that time");
		worker_end(&first, d);
		return -1;
	}
	read_singles(&first);
	s->today = date_local(s->now).date;
	worker_end(&first, d);
	make_room(s, &work.files);
	read_all(&work, d);
	close_gaps(s, &work.files);
	if (s->pages.n > 1)
		qsort(s->pages.at, s->pages.n, sizeof(*s->pages.at), by_order);
	return atomic_load(&work.failed) ? -1 : 0;
}
