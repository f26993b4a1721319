#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/file.h"
#include "base/log.h"
#include "base/theme.h"
#include "generator/model/link.h"
#include "generator/model/site.h"
#include "generator/options.h"
#include "generator/read/live.h"
#include "generator/read/load.h"
#include "generator/search/search.h"
#include "generator/view/view.h"
#include "generator/write/assets.h"
#include "generator/write/catalog.h"
#include "generator/write/output.h"
#include "generator/write/pages.h"
#include "generator/write/search.h"
#include "generator/write/summary.h"

#define KRUZHOK_VERSION "0.2.0"

enum { DONE = 0, CONTENT = 1, USAGE = 2, MACHINE = 3 };

struct build {
	struct options opt;
	struct diag diag;
	struct site site;
	struct theme theme;
	struct assets assets;
	struct view view;
	struct pages pages;
	struct search search;
	struct output output;
	struct catalog catalog;
	int catalog_rc;
	struct summary summary;
};

/* Content into the model. */
static int
read_site(struct build *b)
{
	struct options *o = &b->opt;
	struct load_options l = {
		.content = o->content,
		.now = o->now.given ? o->now.at : (int64_t)time(NULL),
		.wall = o->now.local ? &o->now.time : NULL,
		.drafts = o->drafts,
		.future = o->future,
		.lang_given = o->lang_given,
		.base_url = o->base_url,
		.jobs = o->jobs,
	};

	b->diag.lang = o->lang;
	if (site_load(&b->site, &b->diag, &l) == -1)
		return -1;
	site_link(&b->site, &b->diag);
	if (o->live != NULL && b->diag.errors == 0)
		return live_read(&b->site, o->live);
	return 0;
}

/* The look, and the list of everything that will be there. */
static int
plan(struct build *b)
{
	const struct options *o = &b->opt;
	struct str lang = b->site.settings.language;

	if (!str_eq(lang, STR("en")))
		lang = STR("ru");
	if (theme_load(&b->theme, &b->diag, o->theme, o->templates, lang) == -1)
		return -1;
	theme_require(&b->theme, &b->diag, o->theme, view_templates);
	if (b->diag.errors > 0)
		return 0;
	if (assets_load(&b->assets, &b->diag, &b->site, o->theme, o->templates,
		o->content) == -1)
		return -1;
	b->view = (struct view){
		.site = &b->site,
		.theme = &b->theme,
		.assets = &b->assets.urls,
		.only_html = o->only_html,
	};
	if (b->diag.errors == 0)
		pages_plan(&b->pages, &b->view, &b->diag, &b->assets, o->theme);
	return 0;
}

static void *
stage_catalog(void *argument)
{
	struct build *b = argument;

	b->catalog_rc =
	    catalog_stage(&b->catalog, &b->view, &b->assets, b->opt.catalog);
	return NULL;
}

/* Everything into the output, first unseen; the catalog beside the pages. */
static int
stage(struct build *b)
{
	const struct options *o = &b->opt;
	bool catalog = !o->only_html, beside;
	pthread_t thread;

	if (!o->only_html && search_make(&b->search, &b->view, o->jobs) == -1)
		return -1;
	summary_phase(&b->summary, PHASE_SEARCH);
	b->pages.progress = !o->quiet && isatty(STDERR_FILENO);
	assets_add(&b->assets, &b->output);
	pages_add(&b->pages, &b->output);
	size_t found = search_add(&b->search, &b->output);
	if (o->compress)
		output_compress(&b->output);
	beside = catalog && o->jobs > 1 &&
		 pthread_create(&thread, NULL, stage_catalog, b) == 0;
	int rc = assets_stage(&b->assets, &b->output);
	if (rc == 0)
		rc = search_stage(&b->search, &b->output, found);
	if (rc == 0)
		rc = pages_stage(&b->pages, &b->output, o->jobs);
	summary_phase(&b->summary, PHASE_RENDER);
	if (beside)
		pthread_join(thread, NULL);
	else if (catalog && rc == 0)
		stage_catalog(b);
	summary_phase(&b->summary, PHASE_CATALOG);
	return rc == -1 ? rc : b->catalog_rc;
}

/* In an order in which no page leads to one that is not there. */
static int
publish(struct build *b)
{
	if (output_announce(&b->output) == -1 ||
	    output_publish_assets(&b->output) == -1 ||
	    catalog_publish(&b->catalog) == -1 ||
	    output_publish_pages(&b->output) == -1 ||
	    output_remove(&b->output, b->site.now) == -1)
		return -1;
	summary_phase(&b->summary, PHASE_PUBLISH);
	return 0;
}

/* The folder of a file that will be written. */
static int
make_parent(const char *path)
{
	struct arena a = { 0 };
	const char *slash = strrchr(path, '/');
	int rc = 0;

	if (slash != NULL && slash > path)
		rc = file_make_dirs(
		    arena_copy(&a, path, (size_t)(slash - path)));
	arena_free(&a);
	return rc;
}

static void
say_mistakes(struct build *b)
{
	const struct diag *d = &b->diag;

	if (d->lines.n > 0 || !b->opt.quiet)
		diag_print(&b->diag, stderr, b->opt.format);
}

static int
build(struct build *b)
{
	int rc = MACHINE;

	summary_start(&b->summary);
	if (read_site(b) == -1 || plan(b) == -1)
		goto done;
	summary_phase(&b->summary, PHASE_READ);
	if (b->diag.errors > 0)
		rc = CONTENT;
	else if (b->opt.verb == VERB_CHECK)
		rc = DONE;
	if (rc != MACHINE)
		goto done;
	if (make_parent(b->opt.catalog) == -1 ||
	    output_open(&b->output, b->opt.output, b->opt.catalog) == -1)
		goto done;
	b->output.partial = b->opt.only_html;
	if (stage(b) == -1 || publish(b) == -1)
		goto done;
	b->summary.lang = b->diag.lang;
	summary_print(&b->summary, stdout, &b->site, &b->pages, &b->output,
	    b->opt.quiet);
	rc = DONE;
done:
	say_mistakes(b);
	catalog_close(&b->catalog);
	output_close(&b->output);
	search_free(&b->search);
	pages_free(&b->pages);
	assets_free(&b->assets);
	theme_free(&b->theme);
	site_free(&b->site);
	diag_free(&b->diag);
	return rc;
}

static int
clean(const struct options *o)
{
	size_t removed;

	if (output_clean(o->output, o->catalog, &removed) == -1)
		return MACHINE;
	printf("cleaned %zu files\n", removed);
	return DONE;
}

static int
run(struct build *b)
{
	switch (b->opt.verb) {
	case VERB_BUILD:
	case VERB_CHECK:
		return build(b);
	case VERB_CLEAN:
		return clean(&b->opt);
	case VERB_VERSION:
		puts("kruzhok " KRUZHOK_VERSION);
		return DONE;
	case VERB_HELP:
	case VERBS:
		break;
	}
	options_help(stdout);
	return DONE;
}

int
main(int argc, char **argv)
{
	static struct build b;

	if (!options_read(&b.opt, argc, argv))
		return USAGE;
	if (b.opt.verbose)
		log_set_level(LOG_LEVEL_DEBUG);
	int rc = run(&b);
	if (fflush(stdout) == EOF || ferror(stdout)) {
		log_warn("standard output");
		return MACHINE;
	}
	return rc;
}
