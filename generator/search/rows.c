#include "generator/search/rows.h"

#include "base/arena.h"
#include "base/buf.h"
#include "generator/search/docs.h"
#include "generator/search/search.h"
#include "generator/view/view.h"

int
rows_make(struct rows *r, struct arena *a, const struct view *v,
    const struct docs *d)
{
	struct arena page = { 0 };
	struct buf b = { 0 };
	int rc = 0;

	*r = (struct rows){ 0 };
	r->at = arena_alloc(a, sizeof(*r->at), d->n / SEARCH_ROWS + 1);
	for (size_t i = 0; i < d->n && rc == 0; i += SEARCH_ROWS) {
		size_t n = d->n - i < SEARCH_ROWS ? d->n - i : SEARCH_ROWS;

		buf_reset(&b);
		rc = view_found(v, &page, &d->at[i], n, &b);
		r->at[r->n++] = str_dup(a, buf_view(&b));
		arena_reset(&page);
	}
	buf_free(&b);
	arena_free(&page);
	return rc;
}
