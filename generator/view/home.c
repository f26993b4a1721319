#include "base/arena.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

enum { OPEN_CARDS = 6, COMING_EVENTS = 4 };

/* Places that are free in all open groups; no limit counts as a few. */
static int
free_places(const struct view *v, const struct program *p)
{
	enum { UNLIMITED = 5 };
	int n = 0;

	for (size_t i = 0; i < p->groups.n; i++) {
		const struct group *g = &p->groups.at[i];

		if (group_door(v->site, g) == DOOR_OPEN)
			n += g->seats < 0 ? UNLIMITED : g->seats - g->taken;
	}
	return n;
}

/*
 * Programs one can apply for today: one of every direction in turn, those
 * with the fewest free places first, for they go first.
 */
static struct value *
open_value(const struct view *v, struct arena *a)
{
	const struct view_shared *s = v->shared;
	struct value *list = value_list(a);

	for (size_t d = 0; d < v->site->settings.directions.n &&
			   value_count(list) < OPEN_CARDS;
	     d++) {
		const struct programs *all = &s->by_direction[d];
		const struct program *best = NULL;
		int least = 0;

		for (size_t i = 0; i < all->all.n; i++) {
			int n = free_places(v, all->all.at[i]);

			if (n > 0 && (best == NULL || n < least)) {
				best = all->all.at[i];
				least = n;
			}
		}
		if (best != NULL)
			value_add(a, list, program_card(v, a, best));
	}
	return wrapped(a, list);
}

static struct value *
coming_value(const struct view *v, struct arena *a)
{
	struct occasions coming = { 0 };
	const struct occasions *all = &v->shared->ahead;

	/* What began days ago is no news on the home page. */
	for (size_t i = 0; i < all->all.n && coming.all.n < COMING_EVENTS; i++)
		if (date_cmp(all->all.at[i].first, v->site->today) >= 0 &&
		    all->all.at[i].event->status != STATUS_CANCELLED)
			*VEC_PUSH(a, &coming.all) = all->all.at[i];
	return agenda_value(v, a, &coming, v->site->today);
}

static struct value *
news_value(const struct view *v, struct arena *a)
{
	enum { NEWS = 3 };
	const struct texts *news = &v->shared->texts[PAGE_NEWS];
	struct value *list;

	if (news->all.n == 0)
		return NULL;
	list = value_list(a);
	for (size_t i = 0; i < news->all.n && i < NEWS; i++) {
		const struct page *n = news->all.at[i];
		struct value *m =
		    link_value(a, n->title, href(v, a, STR("news"), n->id, 1));

		value_set_text(a, m, "summary", n->summary);
		if (n->date.year != 0)
			value_set_text(a, m, "date",
			    words_date(v->theme->strings, a, n->date,
				v->site->today));
		value_add(a, list, m);
	}
	return wrapped(a, list);
}

struct value *
home_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	const struct strings *s = v->theme->strings;
	const struct settings *set = &v->site->settings;
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_NONE, set->title,
		say(v, "home.description"),
		href(v, a, STR(""), STR("index"), 1) });
	struct str count = words_count(s, a, "program.count",
	    (int64_t)v->shared->programs.all.n);

	(void)p;
	page_flag(a, page, "home");
	value_set_text(a, page, "lead",
	    words_fill(s, a, "home.lead", 1,
		(struct str[]){ STR("programs"), count }));
	value_set_text(a, page, "programs_count", count);
	value_set_text(a, page, "programs_url",
	    href(v, a, STR("programs"), STR("index"), 1));
	value_set_text(a, page, "events_url",
	    href(v, a, STR("events"), STR("index"), 1));
	value_set_text(a, page, "feed_url", url_of(a, v->site, PATH_FEED));
	value_set_text(a, page, "reset_url",
	    url_of(a, v->site, STR("account/reset")));
	value_set_text(a, page, "help_url",
	    href(v, a, STR("help"), STR("index"), 1));
	value_set(a, page, STR("directions"), directions_value(v, a));
	share(a, page, "programs", open_value(v, a));
	share(a, page, "agenda", coming_value(v, a));
	share(a, page, "map", map_value(v, a));
	value_set(a, page, STR("municipalities"), municipalities_value(v, a));
	share(a, page, "news", news_value(v, a));
	return page;
}
