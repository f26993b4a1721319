#include "generator/view/shared.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/mustache.h"
#include "base/theme.h"
#include "generator/model/url.h"

/* Every moment that a calendar file may name lies in what is searched. */
static void
find_zone(const struct site *site, struct arena *a, struct view_shared *s)
{
	struct date low = site->today, high = date_plus(low, 2 * AHEAD_DAYS);

	for (size_t i = 0; i < site->events.n; i++) {
		const struct event *e = &site->events.at[i];

		low = date_earlier(low, e->starts.date);
		high = date_later(high, e->starts.date);
		high = date_later(high, e->ends.date);
		high = date_later(high, e->repeat.until);
	}
	for (size_t i = 0; i < site->programs.n; i++)
		for (size_t k = 0; k < site->programs.at[i].groups.n; k++) {
			const struct group *g =
			    &site->programs.at[i].groups.at[k];

			if (g->from.year != 0)
				low = date_earlier(low, g->from);
			high = date_later(high, g->to);
		}
	ics_zone_find(a, date_start(date_plus(low, -AHEAD_DAYS)),
	    date_start(date_plus(high, AHEAD_DAYS)), &s->zone);
}

/* Circles of a group: taken ones first, free ones at the end. */
static void
make_dots(struct arena *a, struct view_shared *s)
{
	struct value *taken = value_map(a), *vacant = value_map(a);

	value_set_bool(a, taken, "free", false);
	value_set_bool(a, vacant, "free", true);
	for (int seats = 1; seats <= DOTS_MAX; seats++)
		for (int n = 0; n <= seats; n++) {
			struct value *list = value_list(a);

			for (int i = 0; i < seats; i++)
				value_add(a, list, i < n ? taken : vacant);
			s->dots[seats][n] = wrapped(a, list);
		}
}

static struct str
host_of(struct str url)
{
	ptrdiff_t at = str_find(url, STR("://"));
	struct str host, rest;

	if (at >= 0)
		url = str_slice(url, (size_t)at + 3, url.n);
	str_cut(url, '/', &host, &rest);
	str_cut(host, ':', &host, &rest);
	return host;
}

/* "site_css" of "css/site.css". */
static struct str
asset_key(struct arena *a, struct str name)
{
	struct str base = name;
	char *key;

	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/')
			base = str_slice(name, i + 1, name.n);
	key = str_c(a, base);
	for (size_t i = 0; i < base.n; i++) {
		char c = key[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9')))
			key[i] = '_';
	}
	return (struct str){ key, base.n };
}

static void
make_assets(const struct view *v, struct arena *a, struct view_shared *s)
{
	struct value *m = value_map(a);

	for (size_t i = 0; v->assets != NULL && i < v->assets->n; i++) {
		const struct map_entry *e = &v->assets->at[i];
		const struct str *url = e->value;

		if (!str_starts(e->key, STR("media/")))
			value_set(a, m, asset_key(a, e->key),
			    value_text(a, *url));
	}
	s->assets = m;
}

/* The title without the short one at its start. */
static struct str
subtitle(const struct settings *set)
{
	if (set->short_title.n == 0)
		return (struct str){ 0 };
	if (!str_starts(set->title, set->short_title))
		return set->title;
	return str_trim(
	    str_slice(set->title, set->short_title.n, set->title.n));
}

/* "якутское (МСК+6)" when the words know the zone, else its name. */
static struct str
zone_title(const struct view *v, struct arena *a)
{
	struct str key =
	    str_format(a, "zone.%.*s", STR_ARG(v->site->settings.timezone));
	char *c = str_c(a, key);

	for (size_t i = 5; i < key.n; i++)
		if (c[i] == '/')
			c[i] = '_';
	struct str title = say(v, c);
	return str_eq(title, str_from(c)) ? v->site->settings.timezone : title;
}

static void
make_site(const struct view *v, struct arena *a, struct view_shared *s)
{
	const struct settings *set = &v->site->settings;
	const struct str image = STR("img/share.png");
	struct value *site = value_map(a), *contact = value_map(a);

	value_set_text(a, site, "title", set->title);
	value_set_text(a, site, "short_title",
	    set->short_title.n > 0 ? set->short_title : set->title);
	value_set_text(a, site, "subtitle", subtitle(set));
	value_set_text(a, site, "region", set->region);
	value_set_text(a, site, "home", href(v, a, STR(""), STR("index"), 1));
	value_set_text(a, site, "timezone", zone_title(v, a));
	value_set_text(a, site, "feed", url_of(a, v->site, PATH_FEED));
	if (mustache_has(v->theme->templates, STR("page/manifest.json")))
		value_set_text(a, site, "manifest",
		    url_of(a, v->site, PATH_MANIFEST));
	if (v->assets != NULL && map_get(v->assets, image) != NULL)
		s->image = say_absolute(v, a, say_asset(v, a, image));
	s->site = site;
	value_set_text(a, contact, "phone", set->contact.phone);
	value_set_text(a, contact, "phone_url",
	    say_phone_url(a, set->contact.phone));
	value_set_text(a, contact, "email", set->contact.email);
	value_set_text(a, contact, "email_url",
	    say_mail_url(a, set->contact.email));
	value_set_text(a, contact, "hours", set->contact_hours);
	s->contact = contact;
}

static void
make_links(const struct view *v, struct arena *a, struct view_shared *s)
{
	struct value *footer = value_map(a);
	struct value *parents = value_list(a), *about = value_list(a);
	struct view_links links = { 0 };

	for (size_t i = 0; i < SECTIONS; i++)
		s->nav[i] = value_list(a);
	view_links(v, a, &links);
	size_t section = SECTION_NONE;
	for (size_t i = 0; i < links.all.n; i++) {
		const struct view_link *l = &links.all.at[i];

		if (str_eq(l->place, STR("parents"))) {
			value_add(a, parents, link_value(a, l->title, l->url));
			continue;
		}
		if (str_eq(l->place, STR("about"))) {
			value_add(a, about, link_value(a, l->title, l->url));
			continue;
		}
		section++;
		for (size_t k = 0; k < SECTIONS; k++) {
			struct value *m = link_value(a, l->title, l->url);

			value_set_bool(a, m, "current", k == section);
			value_add(a, s->nav[k], m);
		}
	}
	value_set(a, footer, STR("parents"), parents);
	value_set(a, footer, STR("about"), about);
	s->footer = footer;
}

/* The calendars one can subscribe to. */
static void
make_subscribe(const struct view *v, struct arena *a, struct view_shared *s)
{
	const struct site *site = v->site;
	struct value *m = value_map(a), *directions = value_list(a),
		     *towns = value_list(a);

	value_set_text(a, m, "all", url_of(a, site, PATH_ALL_ICS));
	for (size_t i = 0; i < site->settings.directions.n; i++) {
		const struct direction *d = &site->settings.directions.at[i];

		value_add(a, directions,
		    link_value(a, d->title,
			url_of(a, site, path_ics(a, path_direction(a, d)))));
	}
	for (size_t i = 0; i < site->municipalities.n; i++) {
		const struct municipality *t = s->towns.at[i];

		value_add(a, towns,
		    link_value(a, say_town(t),
			url_of(a, site, path_ics(a, path_municipality(a, t)))));
	}
	value_set(a, m, STR("directions"), directions);
	value_set(a, m, STR("municipalities"), towns);
	s->subscribe = m;
}

void
shared_make(struct view *v, struct arena *a)
{
	struct view_shared *s = arena_alloc(a, sizeof(*s), 1);

	v->shared = s;
	s->host = host_of(v->site->settings.base_url);
	lists_make(v->site, a, s);
	find_zone(v->site, a, s);
	make_dots(a, s);
	make_assets(v, a, s);
	make_site(v, a, s);
	make_links(v, a, s);
	make_subscribe(v, a, s);
}
