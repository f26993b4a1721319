#include "base/arena.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

enum { LIST_EVENTS = 6 }; /* on a page that is not about events */

static struct str
count_words(const struct view *v, struct arena *a, const char *key, size_t n)
{
	return words_count(v->theme->strings, a, key, (int64_t)n);
}

/* The title of a list's page says which page it is, from the second on. */
static struct str
numbered(const struct view *v, struct arena *a, struct str title, int number)
{
	if (number < 2)
		return title;
	return words_fill(v->theme->strings, a, "list.page", 2,
	    (struct str[]){ STR("title"), title, STR("n"),
		words_number(v->theme->strings, a, number) });
}

static struct value *
list_page(const struct view *v, struct arena *a, const struct view_page *p,
    const struct page_head *head, struct str folder, struct str id,
    const struct programs *list)
{
	struct page_head h = *head;
	struct value *page;

	h.path = href(v, a, folder, id, p->number);
	h.title = numbered(v, a, head->title, p->number);
	page = page_new(v, a, &h);
	page_crumb(v, a, page, (struct str){ 0 }, (struct str){ 0 });
	value_set_bool(a, page, "first", p->number == 1);
	value_set_text(a, page, "title", h.title);
	cards_set(v, a, page, list, p->number);
	page_numbers(v, a, page,
	    &(struct list_place){ folder, id, p->number, p->count });
	return page;
}

struct value *
directions_value(const struct view *v, struct arena *a)
{
	const struct settings *s = &v->site->settings;
	struct value *list = value_list(a);

	for (size_t i = 0; i < s->directions.n; i++) {
		const struct direction *d = &s->directions.at[i];
		struct value *m = link_value(a, d->title,
		    href(v, a, STR("directions"), d->id, 1));
		size_t n = v->shared->by_direction[i].all.n;

		value_set_text(a, m, "id", d->id);
		value_set_text(a, m, "soft_title", say_soft(a, d->title));
		value_set_int(a, m, "number", (int64_t)n);
		value_set_text(a, m, "count",
		    count_words(v, a, "program.count", n));
		value_add(a, list, m);
	}
	return list;
}

struct value *
municipalities_value(const struct view *v, struct arena *a)
{
	const struct site *s = v->site;
	struct value *list = value_list(a);

	for (size_t i = 0; i < s->municipalities.n; i++) {
		const struct municipality *y = v->shared->towns.at[i];
		size_t at = (size_t)(y - s->municipalities.at);
		struct value *m = link_value(a, say_town(y),
		    href(v, a, STR("municipalities"), y->id, 1));

		value_set_text(a, m, "id", y->id);
		value_set_int(a, m, "number",
		    (int64_t)v->shared->by_municipality[at].all.n);
		value_add(a, list, m);
	}
	return list;
}

/* { id, title } of the days of the week. */
static struct value *
days_value(const struct view *v, struct arena *a)
{
	static const char *const ids[] = { "mon", "tue", "wed", "thu", "fri",
		"sat", "sun" };
	struct value *list = value_list(a);

	for (int i = 0; i < 7; i++) {
		struct value *m = value_map(a);

		value_set_text(a, m, "id", str_from(ids[i]));
		value_set_text(a, m, "title",
		    words_weekday(v->theme->strings, i));
		value_add(a, list, m);
	}
	return list;
}

struct value *
catalog_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	struct value *page = list_page(v, a, p,
	    &(struct page_head){ SECTION_PROGRAMS, say(v, "catalog.title"),
		say(v, "catalog.description"), { 0 } },
	    STR("programs"), STR("index"), &v->shared->programs);

	value_set(a, page, STR("directions"), directions_value(v, a));
	value_set(a, page, STR("municipalities"), municipalities_value(v, a));
	value_set(a, page, STR("days"), days_value(v, a));
	value_set_text(a, page, "search_url",
	    url_of(a, v->site, STR("search/index.json")));
	value_set_text(a, page, "places_url",
	    url_of(a, v->site, STR("live/availability.json")));
	return page;
}

struct value *
direction_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	const struct direction *d = p->subject;
	size_t i = (size_t)(d - v->site->settings.directions.at);
	struct value *page = list_page(v, a, p,
	    &(struct page_head){ SECTION_PROGRAMS, d->title,
		words_fill(v->theme->strings, a, "direction.description", 1,
		    (struct str[]){ STR("title"), d->title }),
		{ 0 } },
	    STR("directions"), d->id, &v->shared->by_direction[i]);

	page_crumb(v, a, page, say(v, "nav.programs"),
	    href(v, a, STR("programs"), STR("index"), 1));
	value_set_text(a, page, "direction", d->id);
	value_set_text(a, page, "ics",
	    href_file(v, a, STR("directions"),
		str_format(a, "%.*s.ics", STR_ARG(d->id))));
	if (p->number == 1)
		share(a, page, "agenda",
		    agenda_ahead(v, a, &v->shared->events_direction[i],
			LIST_EVENTS));
	return page;
}

struct value *
directions_make(const struct view *v, struct arena *a,
    const struct view_page *p)
{
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_PROGRAMS, say(v, "direction.title"),
		say(v, "catalog.description"),
		href(v, a, STR("directions"), STR("index"), 1) });

	(void)p;
	page_crumb(v, a, page, say(v, "nav.programs"),
	    href(v, a, STR("programs"), STR("index"), 1));
	value_set(a, page, STR("directions"), directions_value(v, a));
	return page;
}

/* This year's sum of the certificate, or nothing. */
static struct str
nominal_words(const struct view *v, struct arena *a,
    const struct municipality *m)
{
	const struct strings *s = v->theme->strings;

	for (size_t i = 0; i < m->nominals.n; i++) {
		const struct nominal *n = &m->nominals.at[i];

		if (n->year != v->site->today.year)
			continue;
		return words_fill(s, a, "municipality.nominal", 2,
		    (struct str[]){ STR("year"), str_format(a, "%d", n->year),
			STR("sum"),
			words_money(s, a, n->amount,
			    v->site->settings.certificate_unit) });
	}
	return (struct str){ 0 };
}

static struct value *
center_value(struct arena *a, const struct center *c)
{
	struct value *m;

	if (c->title.n + c->phone.n + c->email.n + c->address.n == 0)
		return NULL;
	m = value_map(a);
	value_set_text(a, m, "title", c->title);
	value_set_text(a, m, "address", c->address);
	value_set_text(a, m, "phone", c->phone);
	value_set_text(a, m, "phone_url", say_phone_url(a, c->phone));
	value_set_text(a, m, "email", c->email);
	value_set_text(a, m, "email_url", say_mail_url(a, c->email));
	return m;
}

static struct value *
organizations_value(const struct view *v, struct arena *a,
    const struct organizations *l)
{
	struct value *list;

	if (l->all.n == 0)
		return NULL;
	list = value_list(a);
	for (size_t i = 0; i < l->all.n; i++) {
		const struct organization *o = l->all.at[i];
		size_t n =
		    v->shared->by_organization[o - v->site->organizations.at]
			.all.n;
		struct value *m = link_value(a, o->title,
		    href(v, a, STR("organizations"), o->id, 1));

		value_set_text(a, m, "town", say_town(o->municipality));
		value_set_text(a, m, "address", o->address);
		value_set_bool(a, m, "verified", o->verified);
		value_set_int(a, m, "number", (int64_t)n);
		value_set_text(a, m, "count",
		    count_words(v, a, "program.count", n));
		value_add(a, list, m);
	}
	return wrapped(a, list);
}

struct value *
municipality_make(const struct view *v, struct arena *a,
    const struct view_page *p)
{
	const struct municipality *m = p->subject;
	size_t i = (size_t)(m - v->site->municipalities.at);
	struct value *page = list_page(v, a, p,
	    &(struct page_head){ SECTION_MAP, m->title,
		words_fill(v->theme->strings, a, "municipality.description", 1,
		    (struct str[]){ STR("title"), m->title }),
		{ 0 } },
	    STR("municipalities"), m->id, &v->shared->by_municipality[i]);

	page_crumb(v, a, page, say(v, "nav.map"),
	    href(v, a, STR("municipalities"), STR("index"), 1));
	value_set_text(a, page, "ics",
	    href_file(v, a, STR("municipalities"),
		str_format(a, "%.*s.ics", STR_ARG(m->id))));
	if (p->number > 1)
		return page;
	value_set_text(a, page, "nominal", nominal_words(v, a, m));
	share(a, page, "center", center_value(a, &m->center));
	share(a, page, "organizations",
	    organizations_value(v, a, &v->shared->organizations_in[i]));
	share(a, page, "agenda",
	    agenda_ahead(v, a, &v->shared->events_municipality[i],
		LIST_EVENTS));
	return page;
}

struct value *
organization_make(const struct view *v, struct arena *a,
    const struct view_page *p)
{
	const struct organization *o = p->subject;
	size_t i = (size_t)(o - v->site->organizations.at);
	struct value *m = value_map(a);
	struct value *page = list_page(v, a, p,
	    &(struct page_head){ SECTION_PROGRAMS, o->title, o->about.text,
		{ 0 } },
	    STR("organizations"), o->id, &v->shared->by_organization[i]);

	page_crumb(v, a, page, say(v, "organizations.title"),
	    href(v, a, STR("organizations"), STR("index"), 1));
	page_image(v, a, page, &o->photo);
	value_set_bool(a, m, "verified", o->verified);
	value_set_text(a, m, "address",
	    say_join(a, o->municipality->title, STR(", "), o->address));
	value_set(a, m, STR("municipality"),
	    link_value(a, o->municipality->title,
		href(v, a, STR("municipalities"), o->municipality->id, 1)));
	value_set_text(a, m, "map_url", say_map_url(v, a, &o->geo));
	value_set_text(a, m, "phone", o->phone);
	value_set_text(a, m, "phone_url", say_phone_url(a, o->phone));
	value_set_text(a, m, "email", o->email);
	value_set_text(a, m, "email_url", say_mail_url(a, o->email));
	value_set_text(a, m, "website", o->website);
	value_set_text(a, m, "license", o->license);
	value_set_text(a, m, "ics",
	    href_file(v, a, STR("organizations"),
		str_format(a, "%.*s.ics", STR_ARG(o->id))));
	if (p->number == 1) {
		share(a, m, "photo", photo_value(v, a, &o->photo));
		if (o->about.html.n > 0)
			value_set(a, m, STR("about"),
			    value_html(a, o->about.html));
		share(a, page, "agenda",
		    agenda_ahead(v, a, &v->shared->events_organization[i],
			LIST_EVENTS));
	}
	value_set(a, page, STR("organization"), m);
	return page;
}

struct value *
organizations_make(const struct view *v, struct arena *a,
    const struct view_page *p)
{
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_PROGRAMS,
		say(v, "organizations.title"),
		say(v, "organizations.description"),
		href(v, a, STR("organizations"), STR("index"), 1) });

	(void)p;
	page_crumb(v, a, page, (struct str){ 0 }, (struct str){ 0 });
	share(a, page, "organizations",
	    organizations_value(v, a, &v->shared->organizations));
	value_set_text(a, page, "count",
	    count_words(v, a, "organizations.count",
		v->shared->organizations.all.n));
	return page;
}
