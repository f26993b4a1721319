#include "generator/write/pages.h"

#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/diag.h"
#include "base/log.h"
#include "base/map.h"
#include "base/messages.h"
#include "base/mustache.h"
#include "base/theme.h"
#include "generator/write/assets.h"
#include "generator/write/messages.h"
#include "generator/write/output.h"

/* What stands at a path first. */
struct taken {
	struct pos pos;
};

static struct str
said(struct arena *a, struct pos pos)
{
	return str_format(a, "%s:%d:%d", pos.path, pos.line, pos.column);
}

/*
 * The later of two is told, with the place of the first; one that no content
 * wrote (the home page, an asset) can only be the other one.
 */
static void
tell_twice(struct pages *p, struct diag *d, const struct view_page *page,
    struct pos first)
{
	struct pos at = page->pos, other = first;

	if (at.path == NULL) {
		at = first;
		other = page->pos;
	}
	if (at.path == NULL)
		at = (struct pos){ str_c(&p->arena, page->path), 1, 1 };
	struct str where =
	    other.path == NULL ? page->path : said(&p->arena, other);
	diag_say(d, &write_messages[WRITE_TWO_FOR_ONE_PATH], at, page->path,
	    where);
}

static void
check_template(struct pages *p, struct diag *d, const char *theme,
    const struct view_page *page)
{
	struct str name = str_from(page->template);
	struct pos pos = { .line = 1, .column = 1 };

	if (name.n == 0 || mustache_has(p->view->theme->templates, name))
		return;
	name = str_format(&p->arena, "%s.mustache", page->template);
	pos.path = str_format(&p->arena, "%s/%s", theme, name.p).p;
	diag_say(d, &base_messages[BASE_THEME_FILE_MISSING], pos, name);
}

void
pages_plan(struct pages *p, struct view *v, struct diag *d,
    const struct assets *as, const char *theme)
{
	struct arena scratch = { 0 };
	struct map paths = { 0 };

	p->view = v;
	view_plan(v, &p->arena, &p->plan);
	for (size_t i = 0; i < as->all.n; i++) {
		struct taken *t = arena_alloc(&scratch, sizeof(*t), 1);

		t->pos = (struct pos){ as->all.at[i].file, 1, 1 };
		map_add(&paths, &scratch, as->all.at[i].path, t);
	}
	for (size_t i = 0; i < p->plan.all.n; i++) {
		struct view_page *page = &p->plan.all.at[i];
		struct taken *t = map_get(&paths, page->path);

		p->of_kind[page->kind]++;
		check_template(p, d, theme, page);
		if (t != NULL) {
			tell_twice(p, d, page, t->pos);
			continue;
		}
		t = arena_alloc(&scratch, sizeof(*t), 1);
		t->pos = page->pos;
		map_add(&paths, &scratch, page->path, t);
	}
	arena_free(&scratch);
}

static enum output_class
class_of(const struct view_page *page)
{
	if (page->kind == VIEW_CALENDAR)
		return OUTPUT_LEAF;
	return page->list || page->kind == VIEW_DATA ? OUTPUT_LIST
						     : OUTPUT_PAGE;
}

void
pages_add(struct pages *p, struct output *out)
{
	for (size_t i = 0; i < p->plan.all.n; i++) {
		const struct view_page *page = &p->plan.all.at[i];
		size_t n = output_add(out, page->path, class_of(page));

		if (i == 0)
			p->first = n;
	}
}

struct work {
	const struct pages *pages;
	struct output *out;
	atomic_size_t next;
	atomic_bool failed;
};

static void
tell_progress(const struct work *w, size_t done)
{
	enum { EVERY = 128 };

	if (w->pages->progress && done % EVERY == 0)
		fprintf(stderr, "\r%zu/%zu ", done, w->pages->plan.all.n);
}

static void *
worker(void *argument)
{
	struct work *w = argument;
	const struct pages *p = w->pages;
	struct arena arena = { 0 };
	struct buf bytes = { 0 };

	while (!atomic_load(&w->failed)) {
		size_t i = atomic_fetch_add(&w->next, 1);

		if (i >= p->plan.all.n)
			break;
		if (view_render(p->view, &arena, &p->plan.all.at[i], &bytes) ==
			-1 ||
		    output_stage(w->out, p->first + i, buf_view(&bytes)) == -1)
			atomic_store(&w->failed, true);
		tell_progress(w, i);
		buf_reset(&bytes);
		arena_reset(&arena);
	}
	buf_free(&bytes);
	arena_free(&arena);
	return NULL;
}

int
pages_stage(const struct pages *p, struct output *out, int jobs)
{
	enum { JOBS_MAX = 64 };
	struct work w = { .pages = p, .out = out };
	pthread_t threads[JOBS_MAX];
	int running = 0;

	if (jobs > JOBS_MAX)
		jobs = JOBS_MAX;
	while (running < jobs - 1) {
		int error = pthread_create(&threads[running], NULL, worker, &w);

		/* With fewer it takes longer, that is all. */
		if (error != 0) {
			errno = error;
			log_warn("start a thread");
			break;
		}
		running++;
	}
	worker(&w);
	for (int i = 0; i < running; i++)
		pthread_join(threads[i], NULL);
	if (p->progress)
		fprintf(stderr, "\r%*s\r", 24, "");
	return atomic_load(&w.failed) ? -1 : 0;
}

void
pages_free(struct pages *p)
{
	arena_free(&p->arena);
	*p = (struct pages){ 0 };
}
