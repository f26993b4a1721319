#include "base/arena.h"
#include "base/buf.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

enum { FEED_ENTRIES = 50, SITEMAP_URLS = 45000 };

static struct str
rfc3339(struct arena *a, int64_t t)
{
	struct buf b = { 0 };
	struct str out;

	date_put_rfc3339(&b, t);
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

/* Something new: a page of news, or an event that is to come. */
struct entry {
	struct date on;
	struct str title, summary, url;
};

static void
add_entry(const struct view *v, struct arena *a, struct value *list,
    const struct entry *e)
{
	struct value *m = link_value(a, e->title, e->url);

	value_set_text(a, m, "updated", rfc3339(a, date_start(e->on)));
	value_set_text(a, m, "summary", e->summary);
	value_add(a, list, m);
	(void)v;
}

/*
 * News, newest first, then the coming events in their order.  The feed's date
 * is that of the newest entry, never the clock's.
 */
struct value *
feed_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	const struct site *s = v->site;
	const struct texts *news = &v->shared->texts[PAGE_NEWS];
	struct value *root = value_map(a), *list = value_list(a);
	struct date newest = { 2020, 1, 1 };

	for (size_t i = 0; i < news->all.n && i < FEED_ENTRIES; i++) {
		const struct page *n = news->all.at[i];
		struct date on = n->updated.year != 0 ? n->updated : n->date;

		if (on.year == 0)
			continue;
		newest = date_later(newest, on);
		add_entry(v, a, list,
		    &(struct entry){ on, n->title,
			n->summary.n > 0 ? n->summary : n->body.text,
			url_full(a, s, path_page(a, n)) });
	}
	for (size_t i = 0;
	     i < v->shared->events.all.n && value_count(list) < FEED_ENTRIES;
	     i++) {
		const struct event *e = v->shared->events.all.at[i];

		if (e->updated.year == 0 || e->starts.at < s->now)
			continue;
		newest = date_later(newest, e->updated);
		add_entry(v, a, list,
		    &(struct entry){ e->updated, e->title,
			e->summary.n > 0 ? e->summary : e->description.text,
			url_full(a, s, path_event(a, e)) });
	}
	(void)p;
	value_set_text(a, root, "lang", s->settings.language);
	value_set_text(a, root, "title", s->settings.title);
	value_set_text(a, root, "home", url_full(a, s, PATH_HOME));
	value_set_text(a, root, "self", url_full(a, s, PATH_FEED));
	value_set_text(a, root, "updated", rfc3339(a, date_start(newest)));
	value_set(a, root, STR("entries"), list);
	return root;
}

/* What a sitemap lists, in the order of the plan. */
static void
add_url(const struct view *v, struct arena *a, struct value *list,
    struct str path, struct date updated)
{
	struct value *m = value_map(a);

	value_set_text(a, m, "url", url_full(a, v->site, path));
	if (updated.year != 0)
		value_set_text(a, m, "updated",
		    str_format(a, "%04d-%02d-%02d", updated.year, updated.month,
			updated.day));
	value_add(a, list, m);
}

enum { LISTS = 9 };

static struct str
list_path(size_t n)
{
	const struct str all[LISTS] = { PATH_HOME, PATH_PROGRAMS, PATH_EVENTS,
		PATH_DIRECTIONS, PATH_MUNICIPALITIES, PATH_ORGANIZATIONS,
		PATH_HELP, PATH_NEWS, PATH_LEGAL };

	return all[n];
}

static size_t
sitemap_count(const struct site *s)
{
	return LISTS + s->programs.n + s->events.n + s->organizations.n +
	       s->municipalities.n + s->settings.directions.n + s->pages.n;
}

int
sitemap_files(const struct view *v)
{
	return (
	    int)((sitemap_count(v->site) + SITEMAP_URLS - 1) / SITEMAP_URLS);
}

/* The n-th address of all, or false when that one is of another file. */
static void
add_nth(const struct view *v, struct arena *a, struct value *list, size_t n)
{
	const struct site *s = v->site;
	struct date never = { 0 };

	if (n < LISTS) {
		add_url(v, a, list, list_path(n), never);
		return;
	}
	n -= LISTS;
	if (n < s->programs.n) {
		add_url(v, a, list, path_program(a, &s->programs.at[n]),
		    s->programs.at[n].updated);
		return;
	}
	n -= s->programs.n;
	if (n < s->events.n) {
		add_url(v, a, list, path_event(a, &s->events.at[n]),
		    s->events.at[n].updated);
		return;
	}
	n -= s->events.n;
	if (n < s->organizations.n) {
		add_url(v, a, list,
		    path_organization(a, &s->organizations.at[n]),
		    s->organizations.at[n].updated);
		return;
	}
	n -= s->organizations.n;
	if (n < s->municipalities.n) {
		add_url(v, a, list,
		    path_municipality(a, &s->municipalities.at[n]), never);
		return;
	}
	n -= s->municipalities.n;
	if (n < s->settings.directions.n) {
		add_url(v, a, list,
		    path_direction(a, &s->settings.directions.at[n]), never);
		return;
	}
	n -= s->settings.directions.n;
	add_url(v, a, list, path_page(a, &s->pages.at[n]),
	    s->pages.at[n].updated);
}

/* number 0: the only one, or the index of `count` parts; else a part. */
struct value *
sitemap_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	struct value *root = value_map(a), *list = value_list(a);
	size_t from = 0, to = sitemap_count(v->site);

	if (p->number == 0 && p->count > 1) {
		for (int i = 1; i <= p->count; i++)
			add_url(v, a, list, str_format(a, "sitemap.%d.xml", i),
			    (struct date){ 0 });
		value_set(a, root, STR("parts"), wrapped(a, list));
		return root;
	}
	if (p->number > 0) {
		from = (size_t)(p->number - 1) * SITEMAP_URLS;
		to = from + SITEMAP_URLS < to ? from + SITEMAP_URLS : to;
	}
	for (size_t i = from; i < to; i++)
		add_nth(v, a, list, i);
	value_set(a, root, STR("urls"), wrapped(a, list));
	return root;
}

struct value *
robots_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	struct value *root = value_map(a);

	(void)p;
	value_set_text(a, root, "sitemap", url_full(a, v->site, PATH_SITEMAP));
	return root;
}
