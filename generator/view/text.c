#include "base/arena.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

static struct str
folder_of(enum page_kind k)
{
	switch (k) {
	case PAGE_NEWS:
		return STR("news");
	case PAGE_LEGAL:
		return STR("legal");
	case PAGE_HELP:
		break;
	}
	return STR("help");
}

static const char *const title_key[] = { "nav.help", "news.title",
	"legal.title" };

struct value *
text_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	const struct page *t = p->subject;
	const struct strings *s = v->theme->strings;
	struct str folder = folder_of(t->kind);
	struct value *page = page_new(v, a,
	    &(struct page_head){ t->kind == PAGE_HELP ? SECTION_HELP
						      : SECTION_NONE,
		t->title, t->summary.n > 0 ? t->summary : t->body.text,
		href(v, a, folder, t->id, 1) });
	struct value *m = value_map(a), *others = value_list(a);

	page_crumb(v, a, page, say(v, title_key[t->kind]),
	    href(v, a, folder, STR("index"), 1));
	value_set_text(a, m, "title", t->title);
	value_set_text(a, m, "summary", t->summary);
	value_set(a, m, STR("body"), value_html(a, t->body.html));
	value_set_text(a, m, "version", t->version);
	if (t->date.year != 0)
		value_set_text(a, m, "date", words_date_full(s, a, t->date));
	if (t->updated.year != 0)
		value_set_text(a, m, "updated",
		    words_fill(s, a, "text.updated", 1,
			(struct str[]){ STR("date"),
			    words_date_full(s, a, t->updated) }));
	value_set_bool(a, m, "help", t->kind == PAGE_HELP);
	const struct texts *all = &v->shared->texts[t->kind];
	for (size_t i = 0; i < all->all.n && t->kind == PAGE_HELP; i++)
		if (all->all.at[i] != t)
			value_add(a, others,
			    link_value(a, all->all.at[i]->title,
				href(v, a, folder, all->all.at[i]->id, 1)));
	value_set(a, m, STR("others"), wrapped(a, others));
	value_set(a, page, STR("text"), m);
	return page;
}

/* The list of a kind of texts: number is the kind. */
struct value *
texts_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	enum page_kind kind = (enum page_kind)p->number;
	const struct texts *all = &v->shared->texts[kind];
	struct str folder = folder_of(kind), title = say(v, title_key[kind]);
	struct value *list = value_list(a);
	struct value *page = page_new(v, a,
	    &(struct page_head){ kind == PAGE_HELP ? SECTION_HELP
						   : SECTION_NONE,
		title, { 0 }, href(v, a, folder, STR("index"), 1) });

	page_crumb(v, a, page, (struct str){ 0 }, (struct str){ 0 });
	value_set_text(a, page, "title", title);
	for (size_t i = 0; i < all->all.n; i++) {
		const struct page *t = all->all.at[i];
		struct value *m =
		    link_value(a, t->title, href(v, a, folder, t->id, 1));

		value_set_text(a, m, "summary",
		    t->summary.n > 0 ? t->summary : t->body.text);
		if (t->date.year != 0)
			value_set_text(a, m, "date",
			    words_date_full(v->theme->strings, a, t->date));
		value_add(a, list, m);
	}
	value_set(a, page, STR("texts"), wrapped(a, list));
	return page;
}

struct value *
offline_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_NONE, say(v, "offline.title"), { 0 },
		url_of(a, v->site, p->path) });

	page_flag(a, page, "noindex");
	return page;
}

struct value *
missing_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_NONE, say(v, "missing.title"), { 0 },
		url_of(a, v->site, PATH_404) });

	(void)p;
	page_flag(a, page, "noindex");
	value_set_text(a, page, "programs_url",
	    href(v, a, STR("programs"), STR("index"), 1));
	value_set_text(a, page, "events_url",
	    href(v, a, STR("events"), STR("index"), 1));
	value_set_text(a, page, "help_url",
	    href(v, a, STR("help"), STR("index"), 1));
	return page;
}

/* What stands at an old id: subject is the title, id the new path. */
struct value *
alias_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	const struct str *title = p->subject;
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_NONE, *title, { 0 }, p->id });

	page_flag(a, page, "noindex");
	value_set(a, page, STR("target"), link_value(a, *title, p->id));
	return page;
}
