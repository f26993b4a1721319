#include "base/arena.h"
#include "base/theme.h"
#include "generator/view/shared.h"

enum { MORE_DATES = 12 };

static const char *const kind_key[EVENT_KINDS] = {
	[EVENT_CONTEST] = "event_kind.contest",
	[EVENT_OLYMPIAD] = "event_kind.olympiad",
	[EVENT_EXHIBITION] = "event_kind.exhibition",
	[EVENT_CONFERENCE] = "event_kind.conference",
	[EVENT_WORKSHOP] = "event_kind.workshop",
	[EVENT_TRAINING] = "event_kind.training",
	[EVENT_CAMPAIGN] = "event_kind.campaign",
	[EVENT_CONCERT] = "event_kind.concert",
	[EVENT_FESTIVAL] = "event_kind.festival",
	[EVENT_CAREER] = "event_kind.career",
	[EVENT_OTHER] = "event_kind.other",
};

struct occasion
event_occasion(const struct view *v, struct arena *a, const struct event *e,
    struct occasions *more)
{
	struct occasions all = { 0 };
	struct date first = repeat_first(e);
	struct occasion shown;

	repeat_expand(a, e, date_later(first, v->site->today),
	    date_plus(date_later(first, v->site->today), AHEAD_DAYS), &all);
	/* All of it has passed, or every date is excepted: say the first. */
	if (all.all.n == 0)
		repeat_expand(a, e, first, date_plus(first, AHEAD_DAYS), &all);
	if (all.all.n == 0) {
		struct event once = *e;

		once.repeat = (struct repeat){ 0 };
		repeat_expand(a, &once, first, first, &all);
		all.all.at[0].event = e;
		return all.all.at[0];
	}
	shown = all.all.at[0];
	for (size_t i = 1; i < all.all.n && i <= MORE_DATES; i++)
		*VEC_PUSH(a, &more->all) = all.all.at[i];
	return shown;
}

static struct value *
dates_value(const struct view *v, struct arena *a, const struct occasions *o)
{
	struct value *list;

	if (o->all.n == 0)
		return NULL;
	list = value_list(a);
	for (size_t i = 0; i < o->all.n; i++)
		value_add(a, list,
		    value_text(a, say_when(v, a, &o->all.at[i])));
	return wrapped(a, list);
}

static struct str
price_words(const struct view *v, struct arena *a, int64_t price)
{
	if (price < 0)
		return (struct str){ 0 };
	if (price == 0)
		return say(v, "price.free");
	return words_money(v->theme->strings, a, price, STR("rub"));
}

static struct value *
categories_value(const struct view *v, struct arena *a, const struct event *e)
{
	const struct strings *s = v->theme->strings;
	struct value *list;

	if (e->categories.n == 0)
		return NULL;
	list = value_list(a);
	for (size_t i = 0; i < e->categories.n; i++) {
		const struct category *c = &e->categories.at[i];
		struct value *m = value_map(a), *facts = value_list(a);

		value_set_text(a, m, "id", c->id);
		value_set_text(a, m, "title",
		    c->title.n > 0 ? c->title : c->id);
		fact(v, a, facts, "program.age",
		    words_ages(s, a, c->age.min, c->age.max), false);
		if (c->seats >= 0)
			fact(v, a, facts, "event.places",
			    words_number(s, a, c->seats), false);
		fact(v, a, facts, "event.price", price_words(v, a, c->price),
		    false);
		value_set(a, m, STR("facts"), wrapped(a, facts));
		value_add(a, list, m);
	}
	return wrapped(a, list);
}

static void
set_facts(const struct view *v, struct arena *a, struct value *page,
    const struct event *e, const struct occasion *o)
{
	struct value *facts = value_list(a);
	struct str where = say_place(a, &e->place);

	if (where.n == 0 && !e->online && e->organization != NULL)
		where = e->organization->address;
	if (e->municipality != NULL && !e->online)
		where = say_join(a, e->municipality->title, STR(", "), where);
	if (e->online)
		where = say_join(a, say(v, "event.online"), STR(", "), where);
	fact(v, a, facts, "event.when", say_when(v, a, o), true);
	fact(v, a, facts, "program.where", where, true);
	fact(v, a, facts, "program.age",
	    words_ages(v->theme->strings, a, e->age.min, e->age.max), false);
	value_set(a, page, STR("facts"), wrapped(a, facts));
}

static void
set_contact(struct arena *a, struct value *page, const struct contact *c)
{
	struct value *m = value_map(a);

	if (c->name.n + c->phone.n + c->email.n == 0)
		return;
	value_set_text(a, m, "name", c->name);
	value_set_text(a, m, "phone", c->phone);
	value_set_text(a, m, "phone_url", say_phone_url(a, c->phone));
	value_set_text(a, m, "email", c->email);
	value_set_text(a, m, "email_url", say_mail_url(a, c->email));
	value_set(a, page, STR("person"), m);
}

static void
set_links(const struct view *v, struct arena *a, struct value *page,
    const struct event *e)
{
	value_set_text(a, page, "online_url", e->online_url);
	value_set_text(a, page, "link", e->link);
	value_set_text(a, page, "ics",
	    href_file(v, a, STR("events"),
		str_format(a, "%.*s.ics", STR_ARG(e->id))));
	if (e->organization == NULL)
		return;
	struct value *m = link_value(a, e->organization->title,
	    href(v, a, STR("organizations"), e->organization->id, 1));
	value_set_bool(a, m, "verified", e->organization->verified);
	value_set(a, page, STR("organization"), m);
}

static struct str
description(const struct event *e)
{
	return e->summary.n > 0 ? e->summary : e->description.text;
}

struct value *
event_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	const struct event *e = p->subject;
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_EVENTS, e->title, description(e),
		href(v, a, STR("events"), e->id, 1) });
	struct occasions more = { 0 };
	struct occasion shown = event_occasion(v, a, e, &more);
	struct value *m = value_map(a);

	page_crumb(v, a, page, say(v, "nav.events"),
	    href(v, a, STR("events"), STR("index"), 1));
	page_image(v, a, page, &e->photo);
	value_set_text(a, m, "title", e->title);
	value_set_text(a, m, "summary", e->summary);
	value_set_text(a, m, "kind", say(v, kind_key[e->kind]));
	if (e->direction != NULL)
		value_set_text(a, m, "direction", e->direction->id);
	value_set_bool(a, m, "cancelled", e->status == STATUS_CANCELLED);
	value_set_bool(a, m, "postponed", e->status == STATUS_POSTPONED);
	value_set_bool(a, m, "past", occasion_is_past(v->site, &shown));
	if (!occasion_is_past(v->site, &shown))
		event_door(v, a, m, e);
	set_facts(v, a, m, e, &shown);
	share(a, m, "dates", dates_value(v, a, &more));
	share(a, m, "categories", categories_value(v, a, e));
	share(a, m, "photo", photo_value(v, a, &e->photo));
	if (e->description.html.n > 0)
		value_set(a, m, STR("description"),
		    value_html(a, e->description.html));
	if (e->conditions.html.n > 0)
		value_set(a, m, STR("conditions"),
		    value_html(a, e->conditions.html));
	set_contact(a, m, &e->contact);
	set_links(v, a, m, e);
	share(a, m, "tags", texts_value(a, &e->tags));
	value_set(a, page, STR("event"), m);
	return page;
}
