#include "generator/search/docs.h"

#include <stdlib.h>

#include "base/arena.h"
#include "generator/model/site.h"

/* Programs of an organization stand together: so few bytes tell whose. */
static int
by_organization(const void *x, const void *y)
{
	const struct view_found *a = x, *b = y;
	const struct program *p = a->subject, *q = b->subject;
	int c = str_cmp(p->organization->id, q->organization->id);

	return c != 0 ? c : str_cmp(a->id, b->id);
}

static int
by_id(const void *x, const void *y)
{
	const struct view_found *a = x, *b = y;

	return str_cmp(a->id, b->id);
}

static void
add(struct docs *d, enum url_kind kind, struct str id, const void *subject)
{
	d->at[d->n++] = (struct view_found){ kind, id, subject };
}

/* What was added since `first` is of one kind. */
static void
settle(struct docs *d, size_t first, enum url_kind kind)
{
	d->of_kind[kind] = d->n - first;
	if (d->of_kind[kind] > 1)
		qsort(&d->at[first], d->of_kind[kind], sizeof(*d->at),
		    kind == URL_PROGRAM ? by_organization : by_id);
}

static void
add_pages(struct docs *d, const struct site *s, enum page_kind kind,
    enum url_kind url)
{
	size_t first = d->n;

	for (size_t i = 0; i < s->pages.n; i++)
		if (s->pages.at[i].kind == kind)
			add(d, url, s->pages.at[i].id, &s->pages.at[i]);
	settle(d, first, url);
}

void
docs_make(struct docs *d, struct arena *a, const struct site *s)
{
	size_t first = 0;

	*d = (struct docs){ 0 };
	d->at = arena_alloc(a, sizeof(*d->at),
	    s->programs.n + s->events.n + s->organizations.n + s->pages.n);
	for (size_t i = 0; i < s->programs.n; i++)
		add(d, URL_PROGRAM, s->programs.at[i].id, &s->programs.at[i]);
	settle(d, first, URL_PROGRAM);
	first = d->n;
	for (size_t i = 0; i < s->events.n; i++)
		add(d, URL_EVENT, s->events.at[i].id, &s->events.at[i]);
	settle(d, first, URL_EVENT);
	first = d->n;
	for (size_t i = 0; i < s->organizations.n; i++)
		add(d, URL_ORGANIZATION, s->organizations.at[i].id,
		    &s->organizations.at[i]);
	settle(d, first, URL_ORGANIZATION);
	add_pages(d, s, PAGE_HELP, URL_HELP);
	add_pages(d, s, PAGE_NEWS, URL_NEWS);
}
