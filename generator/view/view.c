#include "generator/view/view.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/mustache.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

static const char *const kind_name[VIEW_KINDS] = {
	[VIEW_HOME] = "home",
	[VIEW_CATALOG] = "catalog",
	[VIEW_PROGRAM] = "programs",
	[VIEW_DIRECTION] = "directions",
	[VIEW_MUNICIPALITY] = "municipalities",
	[VIEW_ORGANIZATION] = "organizations",
	[VIEW_EVENT] = "events",
	[VIEW_MONTH] = "months",
	[VIEW_TEXT] = "texts",
	[VIEW_ALIAS] = "aliases",
	[VIEW_CALENDAR] = "calendars",
	[VIEW_DATA] = "data",
};

const char *
view_kind_name(enum view_kind k)
{
	return kind_name[k];
}

/* The plan being made. */
struct plan {
	const struct view *view;
	struct arena *arena;
	struct view_pages *out;
};

static void
add(struct plan *p, const struct view_page *page)
{
	bool html = page->kind < VIEW_CALENDAR;

	if (html || !p->view->only_html)
		*VEC_PUSH(p->arena, &p->out->all) = *page;
}

/* All pages of a list: x.html, x.2.html … */
static void
add_list(struct plan *p, const struct view_page *page, int count)
{
	struct view_page one = *page;

	one.count = count;
	one.list = true;
	for (one.number = 1; one.number <= count; one.number++) {
		one.path = path_nth(p->arena, page->path, one.number);
		add(p, &one);
	}
}

static void
add_events_calendar(struct plan *p, struct str path,
    const struct events *events, struct str title)
{
	add(p, &(struct view_page){ .path = path,
		   .kind = VIEW_CALENDAR,
		   .list = true,
		   .write = calendar_events,
		   .subject = events,
		   .id = title });
}

/* Pages at old ids that lead to the new one. */
static void
add_aliases(struct plan *p, enum url_kind kind, const struct str_list *ids,
    const struct str *title, struct str url, struct pos pos)
{
	for (size_t i = 0; i < ids->items.n; i++)
		add(p, &(struct view_page){
			   .path = path_of(p->arena, kind, ids->items.at[i]),
			   .kind = VIEW_ALIAS,
			   .template = "page/alias.html",
			   .make = alias_make,
			   .subject = title,
			   .id = url,
			   .pos = pos });
}

static void
plan_program(struct plan *p, const struct program *g)
{
	struct arena *a = p->arena;

	add(p, &(struct view_page){ .path = path_program(a, g),
		   .kind = VIEW_PROGRAM,
		   .template = "page/program.html",
		   .make = program_make,
		   .subject = g,
		   .id = g->id,
		   .pos = g->pos });
	add_aliases(p, URL_PROGRAM, &g->aliases, &g->title,
	    url_program(a, p->view->site, g), g->pos);
	for (size_t i = 0; i < g->groups.n && !p->view->only_html; i++) {
		const struct group *group = &g->groups.at[i];
		struct view_page page = { .kind = VIEW_CALENDAR,
			.write = calendar_group,
			.subject = g,
			.number = (int)i,
			.id = group->id,
			.pos = group->pos };

		if (!group_has_lessons(p->view, group))
			continue;
		page.path = path_group_ics(a, g, group);
		add(p, &page);
		/* Phones that subscribed under the old id go on. */
		for (size_t k = 0; k < group->aliases.items.n; k++) {
			struct group old = *group;

			old.id = group->aliases.items.at[k];
			page.path = path_group_ics(a, g, &old);
			add(p, &page);
		}
	}
}

static void
plan_programs(struct plan *p)
{
	const struct site *s = p->view->site;

	for (size_t i = 0; i < s->programs.n; i++)
		plan_program(p, &s->programs.at[i]);
	add_list(p,
	    &(struct view_page){ .path = PATH_PROGRAMS,
		.kind = VIEW_CATALOG,
		.template = "page/catalog.html",
		.make = catalog_make },
	    cards_pages(&p->view->shared->programs));
}

static void
plan_directions(struct plan *p)
{
	const struct settings *s = &p->view->site->settings;
	const struct view_shared *shared = p->view->shared;

	for (size_t i = 0; i < s->directions.n; i++) {
		const struct direction *d = &s->directions.at[i];
		struct str path = path_direction(p->arena, d);

		add_list(p,
		    &(struct view_page){ .path = path,
			.kind = VIEW_DIRECTION,
			.template = "page/direction.html",
			.make = direction_make,
			.subject = d,
			.id = d->id,
			.pos = d->pos },
		    cards_pages(&shared->by_direction[i]));
		add_events_calendar(p, path_ics(p->arena, path),
		    &shared->events_direction[i], d->title);
	}
	add(p, &(struct view_page){ .path = PATH_DIRECTIONS,
		   .kind = VIEW_DIRECTION,
		   .list = true,
		   .template = "page/directions.html",
		   .make = directions_make });
}

static void
plan_municipalities(struct plan *p)
{
	const struct site *s = p->view->site;
	const struct view_shared *shared = p->view->shared;

	for (size_t i = 0; i < s->municipalities.n; i++) {
		const struct municipality *m = &s->municipalities.at[i];
		struct str path = path_municipality(p->arena, m);

		add_list(p,
		    &(struct view_page){ .path = path,
			.kind = VIEW_MUNICIPALITY,
			.template = "page/municipality.html",
			.make = municipality_make,
			.subject = m,
			.id = m->id,
			.pos = m->pos },
		    cards_pages(&shared->by_municipality[i]));
		add_events_calendar(p, path_ics(p->arena, path),
		    &shared->events_municipality[i], m->title);
	}
	add(p, &(struct view_page){ .path = PATH_MUNICIPALITIES,
		   .kind = VIEW_MUNICIPALITY,
		   .list = true,
		   .template = "page/municipalities.html",
		   .make = municipalities_make });
}

static void
plan_organizations(struct plan *p)
{
	const struct site *s = p->view->site;
	const struct view_shared *shared = p->view->shared;

	for (size_t i = 0; i < s->organizations.n; i++) {
		const struct organization *o = &s->organizations.at[i];
		struct str path = path_organization(p->arena, o);

		add_list(p,
		    &(struct view_page){ .path = path,
			.kind = VIEW_ORGANIZATION,
			.template = "page/organization.html",
			.make = organization_make,
			.subject = o,
			.id = o->id,
			.pos = o->pos },
		    cards_pages(&shared->by_organization[i]));
		add_events_calendar(p, path_ics(p->arena, path),
		    &shared->events_organization[i], o->title);
		add_aliases(p, URL_ORGANIZATION, &o->aliases, &o->title,
		    url_organization(p->arena, s, o), o->pos);
	}
	add(p, &(struct view_page){ .path = PATH_ORGANIZATIONS,
		   .kind = VIEW_ORGANIZATION,
		   .list = true,
		   .template = "page/organizations.html",
		   .make = organizations_make });
}

static void
plan_event(struct plan *p, const struct event *e)
{
	struct arena *a = p->arena;
	struct str path = path_event(a, e);
	struct view_page calendar = { .path = path_ics(a, path),
		.kind = VIEW_CALENDAR,
		.write = calendar_event,
		.subject = e,
		.id = e->id,
		.pos = e->pos };

	add(p, &(struct view_page){ .path = path,
		   .kind = VIEW_EVENT,
		   .template = "page/event.html",
		   .make = event_make,
		   .subject = e,
		   .id = e->id,
		   .pos = e->pos });
	add(p, &calendar);
	add_aliases(p, URL_EVENT, &e->aliases, &e->title,
	    url_event(a, p->view->site, e), e->pos);
	for (size_t i = 0; i < e->aliases.items.n; i++) {
		calendar.path =
		    path_ics(a, path_of(a, URL_EVENT, e->aliases.items.at[i]));
		add(p, &calendar);
	}
}

static void
plan_events(struct plan *p)
{
	const struct site *s = p->view->site;
	const struct view_shared *shared = p->view->shared;
	struct view_page month = { .kind = VIEW_MONTH,
		.list = true,
		.template = "page/month.html",
		.make = month_make };

	for (size_t i = 0; i < s->events.n; i++)
		plan_event(p, &s->events.at[i]);
	for (size_t i = 0; i < shared->months.n; i++) {
		month.number = (int)i + 1;
		month.path = path_month(p->arena, shared->months.at[i].year,
		    shared->months.at[i].month);
		add(p, &month);
	}
	month.number = 0;
	month.path = PATH_EVENTS;
	add(p, &month);
	add_events_calendar(p, PATH_ALL_ICS, &shared->events,
	    s->settings.title);
}

/* A file that the site has only when its theme has the template. */
static void
add_optional(struct plan *p, const char *template, struct str path,
    struct value *(*make)(const struct view *v, struct arena *a,
	const struct view_page *p))
{
	if (mustache_has(p->view->theme->templates, str_from(template)))
		add(p, &(struct view_page){ .path = path,
			   .kind = str_ends(path, STR(".html")) ? VIEW_TEXT
								: VIEW_DATA,
			   .template = template,
			   .make = make });
}

static void
plan_texts(struct plan *p)
{
	static const enum url_kind kind[] = { URL_HELP, URL_NEWS, URL_LEGAL };
	const struct str index[] = { PATH_HELP, PATH_NEWS, PATH_LEGAL };
	const struct site *s = p->view->site;

	for (size_t i = 0; i < s->pages.n; i++) {
		const struct page *t = &s->pages.at[i];

		add(p, &(struct view_page){ .path = path_page(p->arena, t),
			   .kind = VIEW_TEXT,
			   .template = "page/text.html",
			   .make = text_make,
			   .subject = t,
			   .id = t->id,
			   .pos = t->pos });
		add_aliases(p, kind[t->kind], &t->aliases, &t->title,
		    url_page(p->arena, s, t), t->pos);
	}
	for (int k = PAGE_HELP; k <= PAGE_LEGAL; k++)
		add(p, &(struct view_page){ .path = index[k],
			   .kind = VIEW_TEXT,
			   .list = true,
			   .template = "page/texts.html",
			   .make = texts_make,
			   .number = k });
	add(p, &(struct view_page){ .path = PATH_404,
		   .kind = VIEW_TEXT,
		   .template = "page/404.html",
		   .make = missing_make });
	add_optional(p, "page/offline.html", PATH_OFFLINE, offline_make);
}

static void
plan_data(struct plan *p)
{
	struct view_page map = { .path = PATH_SITEMAP,
		.kind = VIEW_DATA,
		.list = true,
		.template = "page/sitemap.xml",
		.make = sitemap_make,
		.count = sitemap_files(p->view) };

	add(p, &(struct view_page){ .path = PATH_FEED,
		   .kind = VIEW_DATA,
		   .list = true,
		   .template = "page/feed.xml",
		   .make = feed_make });
	add(p, &map);
	for (int i = 1; i <= map.count && map.count > 1; i++) {
		struct view_page part = map;

		part.number = i;
		part.path = str_format(p->arena, "sitemap.%d.xml", i);
		add(p, &part);
	}
	add(p, &(struct view_page){ .path = PATH_ROBOTS,
		   .kind = VIEW_DATA,
		   .template = "page/robots.txt",
		   .make = robots_make });
	add_optional(p, "page/manifest.json", PATH_MANIFEST, offline_make);
	add_optional(p, "page/headers.txt", STR("_headers"), headers_make);
	add_optional(p, "page/redirects.txt", STR("_redirects"),
	    redirects_make);
	add(p, &(struct view_page){ .path = PATH_DATA_PROGRAMS,
		   .kind = VIEW_DATA,
		   .list = true,
		   .write = data_programs });
	add(p, &(struct view_page){ .path = PATH_DATA_EVENTS,
		   .kind = VIEW_DATA,
		   .list = true,
		   .write = data_events });
}

void
view_plan(struct view *v, struct arena *a, struct view_pages *out)
{
	struct plan p = { v, a, out };

	shared_make(v, a);
	plan_programs(&p);
	plan_directions(&p);
	plan_municipalities(&p);
	plan_organizations(&p);
	plan_events(&p);
	plan_texts(&p);
	add(&p, &(struct view_page){ .path = PATH_HOME,
		    .kind = VIEW_HOME,
		    .list = true,
		    .template = "page/home.html",
		    .make = home_make });
	plan_data(&p);
}

int
view_render(const struct view *v, struct arena *a, const struct view_page *p,
    struct buf *out)
{
	if (p->write != NULL) {
		p->write(v, a, p, out);
		return 0;
	}
	struct value *root = p->make(v, a, p);
	if (p->kind < VIEW_CALENDAR)
		page_json_ld(v, a, p, root);
	return theme_render(v->theme, out, p->template, root);
}

static void
add_link(const struct view *v, struct arena *a, struct view_links *out,
    struct str place, struct str title, struct str path)
{
	*VEC_PUSH(a, &out->all) =
	    (struct view_link){ place, title, url_of(a, v->site, path) };
}

/* The header's four are in the order of enum section. */
void
view_links(const struct view *v, struct arena *a, struct view_links *out)
{
	enum { HELP_LINKS = 5 };
	const struct site *s = v->site;
	const struct str header = STR("header"), about = STR("about");
	int helps = 0;

	add_link(v, a, out, header, say(v, "nav.programs"), PATH_PROGRAMS);
	add_link(v, a, out, header, say(v, "nav.events"), PATH_EVENTS);
	add_link(v, a, out, header, say(v, "nav.map"), PATH_MUNICIPALITIES);
	add_link(v, a, out, header, say(v, "nav.help"), PATH_HELP);
	const struct texts *help = &v->shared->texts[PAGE_HELP];
	for (size_t i = 0; i < help->all.n && helps < HELP_LINKS; i++, helps++)
		add_link(v, a, out, STR("parents"), help->all.at[i]->title,
		    path_page(a, help->all.at[i]));
	add_link(v, a, out, about, say(v, "organizations.title"),
	    PATH_ORGANIZATIONS);
	add_link(v, a, out, about, say(v, "news.title"), PATH_NEWS);
	for (size_t i = 0; i < s->pages.n; i++)
		if (s->pages.at[i].kind == PAGE_LEGAL)
			add_link(v, a, out, about, s->pages.at[i].title,
			    path_page(a, &s->pages.at[i]));
	add_link(v, a, out, about, say(v, "nav.open_data"), PATH_DATA_PROGRAMS);
}
