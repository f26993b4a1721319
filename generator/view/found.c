#include "base/arena.h"
#include "base/mustache.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

static const char template[] = "part/found.html";

bool
view_finds(const struct view *v)
{
	return mustache_has(v->theme->templates, str_from(template));
}

static struct value *
link_row(const struct view *v, struct arena *a, const char *kind_key,
    struct str title, struct str text, struct str url)
{
	struct value *m = link_value(a, title, url);

	value_set_text(a, m, "kind", say(v, kind_key));
	value_set_text(a, m, "text", text);
	return m;
}

static struct value *
event_row(const struct view *v, struct arena *a, const struct event *e)
{
	struct str when = words_date_full(v->theme->strings, a, e->starts.date);

	return link_row(v, a, "find.event", e->title,
	    e->municipality == NULL
		? when
		: say_join(a, when, STR(" · "), say_town(e->municipality)),
	    href(v, a, STR("events"), e->id, 1));
}

static struct value *
organization_row(const struct view *v, struct arena *a,
    const struct organization *o)
{
	return link_row(v, a, "find.organization", o->title,
	    say_join(a, say_town(o->municipality), STR(", "), o->address),
	    href(v, a, STR("organizations"), o->id, 1));
}

static struct value *
row(const struct view *v, struct arena *a, const struct view_found *f)
{
	const struct page *page = f->subject;

	if (f->kind == URL_EVENT)
		return event_row(v, a, f->subject);
	if (f->kind == URL_ORGANIZATION)
		return organization_row(v, a, f->subject);
	return link_row(v, a, f->kind == URL_HELP ? "find.help" : "find.news",
	    page->title, page->summary,
	    href(v, a, url_folder(f->kind), page->id, 1));
}

int
view_found(const struct view *v, struct arena *a,
    const struct view_found *things, size_t n, struct buf *out)
{
	struct value *m = value_map(a), *cards = value_list(a),
		     *links = value_list(a);

	for (size_t i = 0; i < n; i++)
		if (things[i].kind == URL_PROGRAM)
			value_add(a, cards,
			    program_card(v, a, things[i].subject));
		else
			value_add(a, links, row(v, a, &things[i]));
	share(a, m, "assets", v->shared->assets);
	value_set(a, m, STR("cards"), cards);
	value_set(a, m, STR("links"), links);
	return theme_render(v->theme, out, template, m);
}
