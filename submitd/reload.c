#include "submitd/reload.h"

#include <stddef.h>
#include <stdio.h>

#include "base/diag.h"
#include "base/log.h"
#include "base/mem.h"
#include "base/theme.h"
#include "submitd/domain/catalog.h"
#include "submitd/pages/app.h"
#include "submitd/pages/look.h"
#include "submitd/store/store.h"
#include "submitd/templates.h"

struct pair {
	struct theme theme;
	struct look look;
	struct str lang;
	struct arena arena;
};

static void
pair_free(struct pair *p)
{
	if (p == NULL)
		return;
	theme_free(&p->theme);
	look_free(&p->look);
	arena_free(&p->arena);
	mem_free(p);
}

static struct pair *
pair_load(const struct reload *r, struct str lang)
{
	struct pair *p = mem_alloc(sizeof(*p), 1);
	struct diag diag = { .lang = DIAG_EN };
	int rc;

	p->lang = str_dup(&p->arena, lang);
	rc = theme_load(&p->theme, &diag, r->theme, r->templates, p->lang);
	if (rc == 0)
		theme_require(&p->theme, &diag, r->theme, submitd_templates);
	if (diag.errors > 0) {
		diag_print(&diag, stderr, DIAG_TEXT);
		rc = -1;
	}
	diag_free(&diag);
	if (rc == 0)
		return p;
	pair_free(p);
	return NULL;
}

static bool
same_file(const struct stat *a, const struct stat *b)
{
	return a->st_ino == b->st_ino && a->st_size == b->st_size &&
	       a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
	       a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static struct str
catalog_language(const struct store *s)
{
	const struct catalog *c = store_catalog(s);
	struct str lang =
	    c != NULL ? catalog_setting(c, "language") : (struct str){ 0 };

	return lang.n > 0 ? lang : STR("ru");
}

/*
 * The theme comes first, because nothing has happened when it is wrong; after
 * the catalog only its language can make it the wrong theme.
 */
static struct pair *
load(struct reload *r)
{
	struct store *s = r->app->store;
	struct pair *p = pair_load(r, catalog_language(s));

	if (p == NULL)
		return NULL;
	if (store_catalog_load(s, r->catalog, r->app->now) == -1) {
		pair_free(p);
		return NULL;
	}
	if (str_eq(p->lang, catalog_language(s)))
		return p;
	struct pair *other = pair_load(r, catalog_language(s));

	if (other == NULL)
		return p;
	pair_free(p);
	return other;
}

static int
take(struct reload *r)
{
	struct app *app = r->app;
	struct pair *p = load(r);

	if (p == NULL)
		return -1;
	app->catalog = store_catalog(app->store);
	look_make(&p->look, app->catalog, p->theme.strings);
	app->theme = &p->theme;
	app->look = &p->look;
	pair_free(r->pair);
	r->pair = p;
	return 0;
}

int
reload_open(struct reload *r, struct app *app, const char *catalog,
    const char *theme, const char *templates)
{
	*r = (struct reload){ .app = app,
		.catalog = catalog,
		.theme = theme,
		.templates = templates };
	if (stat(catalog, &r->last) == -1) {
		log_warn("%s: build the site first", catalog);
		return -1;
	}
	return take(r);
}

void
reload_look(struct reload *r)
{
	struct stat now;

	if (stat(r->catalog, &now) == -1 || same_file(&now, &r->last))
		return;
	r->last = now;
	if (take(r) == 0)
		log_info("%s: took the new one", r->catalog);
	else
		log_warnx("%s: keeping the one before", r->catalog);
}

void
reload_close(struct reload *r)
{
	pair_free(r->pair);
	r->pair = NULL;
}
