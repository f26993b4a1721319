#include "base/arena.h"
#include "generator/model/url.h"
#include "generator/view/jsonld.h"

enum { REVIEWS_TOLD = 5, BEST = 5, WORST = 1 };

/* Every other week is told as two weeks' rhythm. */
static void
put_lesson(struct ld *l, const struct group *g, const struct lesson *lesson)
{
	ld_open(l, NULL, "Schedule");
	ld_date(l, "startDate", g->from);
	ld_date(l, "endDate", g->to);
	ld_days(l, lesson->days);
	ld_time(l, "startTime", lesson->from);
	ld_time(l, "endTime", lesson->to);
	ld_text(l, "repeatFrequency",
	    lesson->weeks == WEEKS_ALL ? STR("P1W") : STR("P2W"));
	ld_text(l, "scheduleTimezone", l->v->site->settings.timezone);
	ld_close(l);
}

static void
put_schedule(struct ld *l, const struct group *g)
{
	if (g->schedule.n == 0)
		return;
	json_key(&l->j, STR("courseSchedule"));
	json_open(&l->j, '[');
	for (size_t i = 0; i < g->schedule.n; i++)
		put_lesson(l, g, &g->schedule.at[i]);
	json_close(&l->j, ']');
}

static void
put_person(struct ld *l, const char *key, struct str name)
{
	ld_open(l, key, "Person");
	ld_text(l, "name", name);
	ld_close(l);
}

static void
put_group(struct ld *l, const struct program *p, const struct group *g)
{
	static const char *const mode[] = {
		[FORM_IN_PERSON] = "Onsite",
		[FORM_REMOTE] = "Online",
		[FORM_BLENDED] = "Blended",
	};
	struct range age = group_age(p, g);

	ld_open(l, NULL, "CourseInstance");
	ld_text(l, "name", g->title.n > 0 ? g->title : p->title);
	ld_text(l, "courseMode", str_from(mode[p->form]));
	ld_date(l, "startDate", g->from);
	ld_date(l, "endDate", g->to);
	ld_age(l, &age);
	if (p->form != FORM_REMOTE) {
		json_key(&l->j, STR("location"));
		ld_place(l, &g->place, p->organization, p->municipality);
	}
	if (g->teacher.n > 0)
		put_person(l, "instructor", g->teacher);
	if (g->seats >= 0)
		json_int_field(&l->j, STR("maximumAttendeeCapacity"), g->seats);
	put_schedule(l, g);
	ld_close(l);
}

static void
put_groups(struct ld *l, const struct program *p)
{
	if (p->groups.n == 0)
		return;
	json_key(&l->j, STR("hasCourseInstance"));
	json_open(&l->j, '[');
	for (size_t i = 0; i < p->groups.n; i++)
		put_group(l, p, &p->groups.at[i]);
	json_close(&l->j, ']');
}

static void
put_offer(struct ld *l, const char *category, int64_t price)
{
	ld_open(l, NULL, "Offer");
	ld_text(l, "category", str_from(category));
	ld_price(l, price);
	ld_text(l, "url", l->url);
	ld_close(l);
}

/* What the family pays itself; a certificate is not money in this sense. */
static void
put_offers(struct ld *l, const struct program *p)
{
	bool budget = (p->funding & FUNDING_BUDGET) != 0;
	bool paid = (p->funding & FUNDING_PAID) != 0 && p->price >= 0;

	if (budget)
		json_bool_field(&l->j, STR("isAccessibleForFree"), true);
	if (!budget && !paid)
		return;
	json_key(&l->j, STR("offers"));
	json_open(&l->j, '[');
	if (budget)
		put_offer(l, "Free", 0);
	if (paid)
		put_offer(l,
		    p->price_per == PER_MONTH ? "Subscription" : "Paid",
		    p->price);
	json_close(&l->j, ']');
}

static void
put_review(struct ld *l, const struct review *r)
{
	ld_open(l, NULL, "Review");
	put_person(l, "author",
	    r->author.n > 0 ? r->author : say(l->v, "reviews.parent"));
	ld_date(l, "datePublished", r->on);
	ld_text(l, "reviewBody", r->text);
	ld_open(l, "reviewRating", "Rating");
	json_int_field(&l->j, STR("ratingValue"), r->rating);
	json_int_field(&l->j, STR("bestRating"), BEST);
	json_int_field(&l->j, STR("worstRating"), WORST);
	ld_close(l);
	ld_close(l);
}

static void
put_rating(struct ld *l, const struct program *p)
{
	int tenths;

	if (p->rating_count <= 0)
		return;
	tenths = (p->rating_sum * 10 + p->rating_count / 2) / p->rating_count;
	ld_open(l, "aggregateRating", "AggregateRating");
	json_key(&l->j, STR("ratingValue"));
	json_raw(&l->j, str_format(l->a, "%d.%d", tenths / 10, tenths % 10));
	json_int_field(&l->j, STR("bestRating"), BEST);
	json_int_field(&l->j, STR("worstRating"), WORST);
	json_int_field(&l->j, STR("ratingCount"), p->rating_count);
	ld_close(l);
	if (p->reviews.n == 0)
		return;
	json_key(&l->j, STR("review"));
	json_open(&l->j, '[');
	for (size_t i = 0; i < p->reviews.n && i < REVIEWS_TOLD; i++)
		put_review(l, &p->reviews.at[i]);
	json_close(&l->j, ']');
}

static void
put_keywords(struct ld *l, const struct program *p)
{
	struct str all = p->direction->title;

	for (size_t i = 0; i < p->tags.items.n; i++)
		all = say_join(l->a, all, STR(", "), p->tags.items.at[i]);
	ld_text(l, "keywords", all);
}

void
ld_course(struct ld *l, const struct program *p)
{
	/* A course has to be described; its name and place say the least. */
	struct str least =
	    say_join(l->a, p->title, STR(", "), p->organization->title);

	ld_open(l, NULL, "Course");
	ld_text(l, "@id", l->url);
	ld_text(l, "name", p->title);
	ld_text(l, "description",
	    l->description.n > 0 ? l->description : least);
	ld_text(l, "url", l->url);
	ld_text(l, "image", l->image);
	ld_text(l, "inLanguage", l->v->site->settings.language);
	ld_organization(l, "provider", p->organization);
	ld_age(l, &p->age);
	if (p->level != LEVEL_NONE)
		ld_text(l, "educationalLevel",
		    say(l->v, program_level_key(p->level)));
	if (p->hours > 0)
		ld_text(l, "timeRequired", str_format(l->a, "PT%dH", p->hours));
	put_keywords(l, p);
	ld_date(l, "dateModified", p->updated);
	put_offers(l, p);
	put_groups(l, p);
	put_rating(l, p);
	ld_close(l);
}
