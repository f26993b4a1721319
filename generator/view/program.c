#include "base/arena.h"
#include "base/theme.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

enum { STARS = 5, REVIEWS_SHOWN = 20 };

static const char *const level_key[] = { NULL, "level.introductory",
	"level.basic", "level.advanced", "level.mixed" };
const char *
program_level_key(enum level level)
{
	return level_key[level];
}

static const char *const form_key[] = { "form.in_person", "form.remote",
	"form.blended" };

static struct str
group_title(const struct view *v, const struct program *p,
    const struct group *g)
{
	if (g->title.n > 0)
		return g->title;
	return p->groups.n == 1 ? say(v, "group.only") : g->id;
}

static struct str
enrollment_words(const struct view *v, struct arena *a, const struct group *g)
{
	const struct strings *s = v->theme->strings;

	if (g->opens != 0 && v->site->now < g->opens)
		return words_fill(s, a, "group.opens", 1,
		    (struct str[]){ STR("when"),
			words_moment(s, a, g->opens, v->site->today) });
	if (g->closes != 0)
		return words_fill(s, a, "group.closes", 1,
		    (struct str[]){ STR("when"),
			words_moment(s, a, g->closes, v->site->today) });
	return (struct str){ 0 };
}

/* What one reads instead of a button. */
static struct str
door_note(const struct view *v, struct arena *a, const struct group *g,
    enum door door)
{
	const struct strings *s = v->theme->strings;

	switch (door) {
	case DOOR_SOON:
		return words_fill(s, a, "group.soon", 1,
		    (struct str[]){ STR("when"),
			words_moment(s, a, g->opens, v->site->today) });
	case DOOR_CLOSED:
		return words_fill(s, a, "group.closed", 1,
		    (struct str[]){ STR("when"),
			words_moment(s, a, g->closes, v->site->today) });
	case DOOR_OVER:
		return words_fill(s, a, "group.over", 1,
		    (struct str[]){ STR("date"),
			words_date(s, a, g->to, v->site->today) });
	case DOOR_FULL:
		return say(v, "group.full");
	case DOOR_OPEN:
	case DOOR_WAITING:
		break;
	}
	return (struct str){ 0 };
}

static struct value *
group_value(const struct view *v, struct arena *a, const struct program *p,
    const struct group *g)
{
	struct value *m = value_map(a), *facts = value_list(a);
	enum door door = group_door(v->site, g);
	struct range age = group_age(p, g);
	struct str apply = str_format(a, "%.*s?program=%.*s&group=%.*s",
	    STR_ARG(url_of(a, v->site, STR("my/applications/new"))),
	    STR_ARG(p->id), STR_ARG(g->id));

	value_set_text(a, m, "id", g->id);
	value_set_text(a, m, "title", group_title(v, p, g));
	fact(v, a, facts, "program.age",
	    words_ages(v->theme->strings, a, age.min, age.max), false);
	fact(v, a, facts, "program.when", say_schedule(v, a, g), false);
	fact(v, a, facts, "group.teacher", g->teacher, false);
	fact(v, a, facts, "group.period", say_range(v, a, g->from, g->to),
	    false);
	if (door <= DOOR_SOON)
		fact(v, a, facts, "group.enrollment", enrollment_words(v, a, g),
		    false);
	fact(v, a, facts, "program.where", say_place(a, &g->place), false);
	value_set(a, m, STR("facts"), wrapped(a, facts));
	if (door != DOOR_OVER)
		value_set(a, m, STR("places"),
		    places_value(v, a, g->seats, g->taken, g->queued, true));
	/* A group that opens later has its button ready for the script. */
	value_set_bool(a, m, "soon", door == DOOR_SOON);
	if (door == DOOR_OPEN || door == DOOR_SOON)
		value_set_text(a, m, "apply_url", apply);
	if (door == DOOR_WAITING)
		value_set_text(a, m, "wait_url", apply);
	if (door > DOOR_WAITING)
		value_set_text(a, m, "note", door_note(v, a, g, door));
	if (group_has_lessons(v, g))
		value_set_text(a, m, "ics",
		    href_file(v, a, STR("programs"),
			str_format(a, "%.*s.%.*s.ics", STR_ARG(p->id),
			    STR_ARG(g->id))));
	return m;
}

static struct str
certificate_words(const struct view *v, struct arena *a,
    const struct program *p)
{
	const struct strings *s = v->theme->strings;
	struct str sum, hours;

	if ((p->funding & FUNDING_CERTIFICATE) == 0)
		return (struct str){ 0 };
	if (p->certificate_cost < 0)
		return say(v, "price.certificate_any");
	sum = words_fill(s, a, "price.course", 1,
	    (struct str[]){ STR("sum"),
		words_money(s, a, p->certificate_cost,
		    v->site->settings.certificate_unit) });
	if (p->hours < 0)
		return sum;
	hours = words_count(s, a, "program.hours", p->hours);
	return say_join(a, sum, STR(", "), hours);
}

/* The side card: what it costs and what one needs. */
static struct value *
offer_value(const struct view *v, struct arena *a, const struct program *p)
{
	struct value *m = value_map(a), *facts = value_list(a);
	bool budget = (p->funding & FUNDING_BUDGET) != 0;
	bool certificate = (p->funding & FUNDING_CERTIFICATE) != 0;
	struct str documents = { 0 }, health = { 0 };

	value_set_text(a, m, "price", program_price(v, a, p));
	if (budget)
		value_set_text(a, m, "note",
		    say(v,
			certificate ? "price.note_both" : "price.note_budget"));
	fact(v, a, facts, "price.with_certificate", certificate_words(v, a, p),
	    false);
	if (budget && (p->funding & FUNDING_PAID) != 0 && p->price > 0) {
		struct program paid = *p;

		paid.funding = FUNDING_PAID;
		fact(v, a, facts, "price.otherwise", program_price(v, a, &paid),
		    false);
	}
	if (!certificate && p->hours >= 0)
		fact(v, a, facts, "program.course",
		    words_count(v->theme->strings, a, "program.hours",
			p->hours),
		    false);
	if (p->entrance_test)
		fact(v, a, facts, "program.entrance",
		    say(v, "program.entrance_test"), false);
	for (size_t i = 0; i < p->documents.items.n; i++)
		documents =
		    say_join(a, documents, STR(", "), p->documents.items.at[i]);
	fact(v, a, facts, "program.documents", documents, false);
	for (size_t i = 0; i < p->health.items.n; i++) {
		char *key = str_c(a, str_format(a, "health.%.*s",
					 STR_ARG(p->health.items.at[i])));
		struct str said = say(v, key);

		health = say_join(a, health, STR(", "),
		    str_eq(said, str_from(key)) ? p->health.items.at[i] : said);
	}
	fact(v, a, facts, "program.health", health, false);
	value_set(a, m, STR("facts"), wrapped(a, facts));
	return m;
}

static struct value *
provider_value(const struct view *v, struct arena *a, const struct program *p)
{
	const struct organization *o = p->organization;
	struct value *m =
	    link_value(a, o->title, href(v, a, STR("organizations"), o->id, 1));

	value_set_bool(a, m, "verified", o->verified);
	value_set_text(a, m, "address",
	    say_join(a, say_town(o->municipality), STR(", "), o->address));
	value_set_text(a, m, "map_url", say_map_url(v, a, &o->geo));
	value_set_text(a, m, "phone", o->phone);
	value_set_text(a, m, "phone_url", say_phone_url(a, o->phone));
	if (o->programs > 1)
		value_set_text(a, m, "more",
		    words_count(v->theme->strings, a, "program.more",
			(int64_t)o->programs - 1));
	return m;
}

static struct value *
score_value(const struct view *v, struct arena *a, const struct program *p)
{
	struct value *m = value_map(a), *bars = value_list(a);
	int count[STARS + 1] = { 0 };

	value_set_text(a, m, "value",
	    say_rating(v, a, p->rating_sum, p->rating_count));
	value_set_int(a, m, "total", p->rating_count);
	value_set_text(a, m, "count",
	    words_count(v->theme->strings, a, "reviews.count",
		p->rating_count));
	for (size_t i = 0; i < p->reviews.n; i++)
		if (p->reviews.at[i].rating >= 1 &&
		    p->reviews.at[i].rating <= STARS)
			count[p->reviews.at[i].rating]++;
	for (int stars = STARS; stars > 0; stars--) {
		struct value *bar = value_map(a);

		value_set_int(a, bar, "stars", stars);
		value_set_int(a, bar, "count", count[stars]);
		value_set_int(a, bar, "total", p->rating_count);
		value_add(a, bars, bar);
	}
	value_set(a, m, STR("bars"), bars);
	return m;
}

static struct value *
reviews_value(const struct view *v, struct arena *a, const struct program *p)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < p->reviews.n && i < REVIEWS_SHOWN; i++) {
		const struct review *r = &p->reviews.at[i];
		struct value *m = value_map(a);

		value_set_text(a, m, "author",
		    r->author.n > 0 ? r->author : say(v, "reviews.parent"));
		value_set_int(a, m, "rating", r->rating);
		if (r->on.year != 0)
			value_set_text(a, m, "when",
			    words_month(v->theme->strings, a, r->on.year,
				r->on.month));
		value_set_text(a, m, "text", r->text);
		value_set_text(a, m, "answer", r->answer);
		value_add(a, list, m);
	}
	return wrapped(a, list);
}

static void
add_section(const struct view *v, struct arena *a, struct value *list,
    const char *key, const struct prose *p)
{
	struct value *m;

	if (p->html.n == 0)
		return;
	m = value_map(a);
	value_set_text(a, m, "title", say(v, key));
	value_set(a, m, STR("html"), value_html(a, p->html));
	value_add(a, list, m);
}

static void
set_badges(const struct view *v, struct arena *a, struct value *m,
    const struct program *p)
{
	value_set_bool(a, m, "certificate",
	    (p->funding & FUNDING_CERTIFICATE) != 0);
	value_set_text(a, m, "age",
	    words_ages(v->theme->strings, a, p->age.min, p->age.max));
	if (p->level != LEVEL_NONE)
		value_set_text(a, m, "level", say(v, level_key[p->level]));
	value_set_text(a, m, "form", say(v, form_key[p->form]));
	if (p->rating_count > 0) {
		value_set_text(a, m, "rating",
		    say_rating(v, a, p->rating_sum, p->rating_count));
		value_set_text(a, m, "reviews_count",
		    words_count(v->theme->strings, a, "reviews.count",
			p->rating_count));
	}
}

static void
set_groups(const struct view *v, struct arena *a, struct value *m,
    const struct program *p)
{
	struct value *groups = value_list(a);
	bool lessons = false;

	for (size_t i = 0; i < p->groups.n; i++) {
		value_add(a, groups, group_value(v, a, p, &p->groups.at[i]));
		lessons = lessons || group_has_lessons(v, &p->groups.at[i]);
	}
	value_set(a, m, STR("groups"), wrapped(a, groups));
	value_set_bool(a, m, "lessons", lessons);
	value_set_text(a, m, "live",
	    url_of(a, v->site,
		str_format(a, "live/programs/%.*s.json", STR_ARG(p->id))));
	if (v->site->live_at != 0)
		value_set_text(a, m, "live_at",
		    words_moment(v->theme->strings, a, v->site->live_at,
			v->site->today));
}

struct value *
program_make(const struct view *v, struct arena *a, const struct view_page *p)
{
	const struct program *g = p->subject;
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_PROGRAMS, g->title,
		g->summary.n > 0 ? g->summary : g->description.text,
		href(v, a, STR("programs"), g->id, 1) });
	struct value *m = value_map(a), *sections = value_list(a);

	page_crumb(v, a, page, say(v, "nav.programs"),
	    href(v, a, STR("programs"), STR("index"), 1));
	page_crumb(v, a, page, g->direction->title,
	    href(v, a, STR("directions"), g->direction->id, 1));
	page_image(v, a, page, &g->photo);
	value_set_text(a, m, "title", g->title);
	value_set_text(a, m, "summary", g->summary);
	value_set_text(a, m, "direction", g->direction->id);
	set_badges(v, a, m, g);
	value_set(a, m, STR("offer"), offer_value(v, a, g));
	set_groups(v, a, m, g);
	add_section(v, a, sections, "program.goals", &g->goals);
	add_section(v, a, sections, "program.results", &g->results);
	add_section(v, a, sections, "program.about", &g->description);
	add_section(v, a, sections, "program.equipment", &g->equipment);
	value_set(a, m, STR("sections"), sections);
	share(a, m, "teachers", texts_value(a, &g->teachers));
	share(a, m, "tags", texts_value(a, &g->tags));
	share(a, m, "photo", photo_value(v, a, &g->photo));
	value_set_text(a, m, "video", g->video);
	value_set(a, m, STR("organization"), provider_value(v, a, g));
	if (g->rating_count > 0)
		value_set(a, m, STR("score"), score_value(v, a, g));
	if (g->reviews.n > 0)
		value_set(a, m, STR("reviews"), reviews_value(v, a, g));
	value_set(a, page, STR("program"), m);
	return page;
}
