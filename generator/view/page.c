#include "base/arena.h"
#include "base/theme.h"
#include "generator/view/shared.h"

void
share(struct arena *a, struct value *map, const char *key,
    const struct value *v)
{
	/* The tree has no word for "only read", but no one changes them. */
	union {
		const struct value *in;
		struct value *out;
	} u = { v };

	value_set(a, map, str_from(key), u.out);
}

struct value *
page_new(const struct view *v, struct arena *a, const struct page_head *h)
{
	const struct view_shared *s = v->shared;
	struct value *root = value_map(a), *page = value_map(a);

	value_set_text(a, root, "lang", v->site->settings.language);
	value_set_text(a, page, "title", h->title);
	value_set_text(a, page, "description", h->description);
	value_set_text(a, page, "path", h->path);
	value_set_text(a, page, "canonical", say_absolute(v, a, h->path));
	value_set_text(a, page, "image", s->image);
	value_set(a, root, STR("page"), page);
	share(a, root, "site", s->site);
	share(a, root, "contact", s->contact);
	share(a, root, "footer", s->footer);
	share(a, root, "assets", s->assets);
	share(a, root, "nav", s->nav[h->section]);
	return root;
}

/* The map below a key, which page_new() has put there. */
static struct value *
below(struct value *root, struct str key)
{
	union {
		const struct value *in;
		struct value *out;
	} u = { value_get(root, key) };

	return u.out;
}

void
page_flag(struct arena *a, struct value *root, const char *key)
{
	value_set_bool(a, below(root, STR("page")), key, true);
}

void
page_set(struct arena *a, struct value *root, const char *key,
    const struct value *v)
{
	share(a, below(root, STR("page")), key, v);
}

void
page_image(const struct view *v, struct arena *a, struct value *root,
    const struct photo *photo)
{
	if (photo->file.n == 0)
		return;
	value_set_text(a, below(root, STR("page")), "image",
	    say_absolute(v, a, say_asset(v, a, photo->file)));
}

struct value *
wrapped(struct arena *a, struct value *list)
{
	struct value *m;

	if (list == NULL || value_count(list) == 0)
		return NULL;
	m = value_map(a);
	value_set(a, m, STR("list"), list);
	return m;
}

struct value *
link_value(struct arena *a, struct str title, struct str url)
{
	struct value *m = value_map(a);

	value_set_text(a, m, "title", title);
	value_set_text(a, m, "url", url);
	return m;
}

void
page_crumb(const struct view *v, struct arena *a, struct value *root,
    struct str title, struct str url)
{
	struct value *crumbs = below(root, STR("crumbs"));

	if (crumbs == NULL) {
		crumbs = value_list(a);
		value_set(a, root, STR("crumbs"), crumbs);
		value_add(a, crumbs,
		    link_value(a, say(v, "page.home"),
			href(v, a, STR(""), STR("index"), 1)));
	}
	if (title.n > 0)
		value_add(a, crumbs, link_value(a, title, url));
}

/* First, last, and two on either side of the current one. */
static bool
is_shown(const struct list_place *l, int n)
{
	enum { NEAR = 2 };

	return n == 1 || n == l->count ||
	       (n >= l->number - NEAR && n <= l->number + NEAR);
}

void
page_numbers(const struct view *v, struct arena *a, struct value *root,
    const struct list_place *l)
{
	struct value *pages = value_map(a), *list = value_list(a);
	bool gap = false;

	if (l->count < 2)
		return;
	for (int n = 1; n <= l->count; n++) {
		struct value *one;

		if (!is_shown(l, n)) {
			gap = true;
			continue;
		}
		one = value_map(a);
		value_set_int(a, one, "number", n);
		value_set_text(a, one, "url", href(v, a, l->folder, l->id, n));
		value_set_bool(a, one, "current", n == l->number);
		value_set_bool(a, one, "gap", gap);
		value_add(a, list, one);
		gap = false;
	}
	value_set(a, pages, STR("list"), list);
	if (l->number > 1)
		value_set_text(a, pages, "prev",
		    href(v, a, l->folder, l->id, l->number - 1));
	if (l->number < l->count)
		value_set_text(a, pages, "next",
		    href(v, a, l->folder, l->id, l->number + 1));
	value_set(a, root, STR("pages"), pages);
}
