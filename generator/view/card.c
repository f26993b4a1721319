#include "base/arena.h"
#include "base/theme.h"
#include "generator/view/shared.h"

enum { FEW = 2 }; /* "Осталось 2 места" */

enum door
group_door(const struct site *s, const struct group *g)
{
	if (g->to.year != 0 && date_cmp(g->to, s->today) < 0)
		return DOOR_OVER;
	if (g->opens != 0 && s->now < g->opens)
		return DOOR_SOON;
	if (g->closes != 0 && s->now >= g->closes)
		return DOOR_CLOSED;
	if (g->seats < 0 || g->taken < g->seats)
		return DOOR_OPEN;
	if (g->waiting < 0 || g->queued < g->waiting)
		return DOOR_WAITING;
	return DOOR_FULL;
}

struct range
group_age(const struct program *p, const struct group *g)
{
	if (g->age.min >= 0 || g->age.max >= 0)
		return g->age;
	return p->age;
}

static struct str
places_words(const struct view *v, struct arena *a, int seats, int taken,
    int queued)
{
	const struct strings *s = v->theme->strings;
	int free_seats = seats - taken;
	struct str n = words_number(s, a, seats);

	if (seats < 0)
		return say(v, "places.no_limit");
	if (free_seats <= 0 && queued > 0)
		return words_fill(s, a, "places.queue", 1,
		    (struct str[]){ STR("n"), words_number(s, a, queued) });
	if (free_seats <= 0)
		return say(v, "places.none");
	if (free_seats <= FEW && taken > 0)
		return words_fill(s, a, "places.few", 2,
		    (struct str[]){ STR("places"),
			words_count(s, a, "places.left", free_seats),
			STR("seats"), n });
	return words_fill(s, a, "places.free", 2,
	    (struct str[]){ STR("free"), words_number(s, a, free_seats),
		STR("seats"), n });
}

struct value *
places_value(const struct view *v, struct arena *a, int seats, int taken,
    int queued, bool dots)
{
	struct value *m = value_map(a);
	const char *look = "places-ok";

	if (seats >= 0 && taken >= seats)
		look = "places-none";
	else if (seats >= 0 && seats - taken <= FEW && taken > 0)
		look = "places-few";
	value_set_text(a, m, "look", str_from(look));
	value_set_text(a, m, "text", places_words(v, a, seats, taken, queued));
	if (dots && seats >= 0 && seats <= DOTS_MAX)
		share(a, m, "dots",
		    v->shared->dots[seats][taken < seats ? taken : seats]);
	return m;
}

/* The places of all groups of a program for which one can apply or wait. */
static struct value *
program_places(const struct view *v, struct arena *a, const struct program *p)
{
	int seats = 0, taken = 0, queued = 0;
	enum door best = DOOR_OVER;

	for (size_t i = 0; i < p->groups.n; i++) {
		const struct group *g = &p->groups.at[i];
		enum door d = group_door(v->site, g);

		if (d < best)
			best = d;
		if (d > DOOR_FULL)
			continue;
		queued += g->queued;
		if (g->seats < 0 || seats < 0) {
			seats = NOT_GIVEN;
			continue;
		}
		seats += g->seats;
		taken += g->taken < g->seats ? g->taken : g->seats;
	}
	if (best <= DOOR_FULL)
		return places_value(v, a, seats, taken, queued, false);
	struct value *m = value_map(a);
	value_set_text(a, m, "look", STR("places-none"));
	value_set_text(a, m, "text",
	    say(v, best == DOOR_SOON ? "places.soon" : "places.closed"));
	return m;
}

/* One schedule for all groups, or the days of all of them. */
static struct str
program_when(const struct view *v, struct arena *a, const struct program *p)
{
	struct str all = { 0 }, first = { 0 };
	unsigned days = 0;
	bool same = true;

	for (size_t i = 0; i < p->groups.n; i++) {
		const struct group *g = &p->groups.at[i];
		struct str one = say_schedule(v, a, g);

		if (i == 0)
			first = one;
		same = same && str_eq(first, one);
		for (size_t k = 0; k < g->schedule.n; k++)
			days |= g->schedule.at[k].days;
	}
	if (same)
		return first;
	for (int day = 0; day < 7; day++)
		if ((days >> day & 1) != 0)
			all = say_join(a, all, STR(", "),
			    words_weekday(v->theme->strings, day));
	return say_join(a, all, STR(" · "),
	    words_count(v->theme->strings, a, "program.groups",
		(int64_t)p->groups.n));
}

/* Where the first group meets, else where the organization is. */
static struct str
program_where(struct arena *a, const struct program *p)
{
	if (p->groups.n > 0 && p->groups.at[0].place.address.n > 0)
		return p->groups.at[0].place.address;
	if (p->organization->address.n > 0)
		return p->organization->address;
	return p->groups.n > 0 ? say_place(a, &p->groups.at[0].place)
			       : (struct str){ 0 };
}

struct str
program_price(const struct view *v, struct arena *a, const struct program *p)
{
	static const char *const per[] = { "price.month", "price.course",
		"price.lesson" };
	const struct strings *s = v->theme->strings;

	if ((p->funding & FUNDING_BUDGET) != 0 || p->price == 0)
		return say(v, "price.free");
	if ((p->funding & FUNDING_PAID) != 0 && p->price > 0)
		return words_fill(s, a, per[p->price_per], 1,
		    (struct str[]){ STR("sum"),
			words_money(s, a, p->price, STR("rub")) });
	if ((p->funding & FUNDING_CERTIFICATE) != 0)
		return say(v, "price.by_certificate");
	return say(v, "price.ask");
}

struct value *
program_card(const struct view *v, struct arena *a, const struct program *p)
{
	struct value *m = value_map(a), *facts = value_list(a);
	const struct strings *s = v->theme->strings;
	const struct organization *o = p->organization;

	value_set_text(a, m, "title", p->title);
	value_set_text(a, m, "url", href(v, a, STR("programs"), p->id, 1));
	value_set_text(a, m, "direction", p->direction->id);
	value_set_text(a, m, "organization",
	    say_join(a, o->short_title.n > 0 ? o->short_title : o->title,
		STR(", "), say_town(p->municipality)));
	fact(v, a, facts, "program.age",
	    words_ages(s, a, p->age.min, p->age.max), false);
	fact(v, a, facts, "program.when", program_when(v, a, p), false);
	fact(v, a, facts, "program.where", program_where(a, p), true);
	value_set(a, m, STR("facts"), wrapped(a, facts));
	value_set_text(a, m, "price", program_price(v, a, p));
	if (p->groups.n > 0)
		value_set(a, m, STR("places"), program_places(v, a, p));
	if (p->rating_count > 0) {
		value_set_text(a, m, "rating",
		    say_rating(v, a, p->rating_sum, p->rating_count));
		value_set_text(a, m, "reviews",
		    words_count(s, a, "reviews.count", p->rating_count));
	}
	value_set_bool(a, m, "certificate",
	    (p->funding & FUNDING_CERTIFICATE) != 0);
	return m;
}

int
cards_pages(const struct programs *list)
{
	int n = (int)((list->all.n + LIST_ROWS - 1) / LIST_ROWS);

	return n > 0 ? n : 1;
}

void
cards_set(const struct view *v, struct arena *a, struct value *page,
    const struct programs *list, int number)
{
	struct value *cards = value_list(a);
	size_t from = (size_t)(number - 1) * LIST_ROWS;

	for (size_t i = from; i < list->all.n && i < from + LIST_ROWS; i++)
		value_add(a, cards, program_card(v, a, list->all.at[i]));
	value_set(a, page, STR("programs"), wrapped(a, cards));
	value_set_text(a, page, "programs_count",
	    words_count(v->theme->strings, a, "program.count",
		(int64_t)list->all.n));
}
