#include "base/arena.h"
#include "base/buf.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

enum { FEED_ENTRIES = 50 };

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
