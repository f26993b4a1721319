#include "base/arena.h"
#include "generator/model/url.h"
#include "generator/view/jsonld.h"

/* Children's events all; the type says what one does there. */
static const char *
type_of(const struct event *e)
{
	static const char *const type[EVENT_KINDS] = {
		[EVENT_CONTEST] = "ChildrensEvent",
		[EVENT_OLYMPIAD] = "EducationEvent",
		[EVENT_EXHIBITION] = "ExhibitionEvent",
		[EVENT_CONFERENCE] = "EducationEvent",
		[EVENT_WORKSHOP] = "EducationEvent",
		[EVENT_TRAINING] = "EducationEvent",
		[EVENT_CAMPAIGN] = "SocialEvent",
		[EVENT_CONCERT] = "MusicEvent",
		[EVENT_FESTIVAL] = "Festival",
		[EVENT_CAREER] = "EducationEvent",
		[EVENT_OTHER] = "ChildrensEvent",
	};
	bool sports =
	    e->direction != NULL && str_eq(e->direction->id, STR("sports"));

	if (sports && (e->kind == EVENT_CONTEST || e->kind == EVENT_OTHER))
		return "SportsEvent";
	return type[e->kind];
}

static void
put_dates(struct ld *l, const struct occasion *o)
{
	if (o->whole_day) {
		ld_date(l, "startDate", o->first);
		ld_date(l, "endDate", o->last);
		return;
	}
	ld_moment(l, "startDate", o->at);
	ld_moment(l, "endDate", o->end);
}

static void
put_schedule(struct ld *l, const struct event *e)
{
	static const char *const every[] = { NULL, "P1D", "P1W", "P1M" };
	const struct repeat *r = &e->repeat;

	if (r->every == EVERY_NONE)
		return;
	ld_open(l, "eventSchedule", "Schedule");
	ld_date(l, "startDate", repeat_first(e));
	ld_date(l, "endDate", r->until);
	if (r->every == EVERY_WEEK)
		ld_days(l, repeat_days(e));
	if (!e->starts.whole_day) {
		struct local_time t = date_local(e->starts.at);

		ld_time(l, "startTime", t.hour * 60 + t.minute);
	}
	ld_text(l, "repeatFrequency", str_from(every[r->every]));
	ld_text(l, "scheduleTimezone", l->v->site->settings.timezone);
	if (r->except.n > 0) {
		json_key(&l->j, STR("exceptDate"));
		json_open(&l->j, '[');
		for (size_t i = 0; i < r->except.n; i++)
			json_str(&l->j,
			    str_format(l->a, "%04d-%02d-%02d",
				r->except.at[i].year, r->except.at[i].month,
				r->except.at[i].day));
		json_close(&l->j, ']');
	}
	ld_close(l);
}

static void
put_location(struct ld *l, const struct event *e)
{
	bool place = e->place.title.n + e->place.address.n > 0;
	const char *mode = "Offline";

	if (e->online)
		mode = place ? "Mixed" : "Online";
	ld_text(l, "eventAttendanceMode",
	    str_format(l->a, "https://schema.org/%sEventAttendanceMode", mode));
	json_key(&l->j, STR("location"));
	json_open(&l->j, '[');
	if (e->online) {
		ld_open(l, NULL, "VirtualLocation");
		ld_text(l, "url", e->online_url.n > 0 ? e->online_url : l->url);
		ld_close(l);
	}
	if (!e->online || place)
		ld_place(l, &e->place, e->organization, e->municipality);
	json_close(&l->j, ']');
}

static void
put_offer(struct ld *l, const struct event *e, const struct category *c)
{
	ld_open(l, NULL, "Offer");
	if (c != NULL) {
		ld_text(l, "name", c->title.n > 0 ? c->title : c->id);
		if (c->price >= 0)
			ld_price(l, c->price);
	}
	ld_text(l, "url", l->url);
	ld_moment(l, "validFrom", e->sign_up.opens);
	ld_moment(l, "validThrough", e->sign_up.closes);
	ld_close(l);
}

static void
put_offers(struct ld *l, const struct event *e)
{
	bool free_all = e->categories.n > 0;

	if (!e->sign_up.given && e->categories.n == 0)
		return;
	json_key(&l->j, STR("offers"));
	json_open(&l->j, '[');
	for (size_t i = 0; i < e->categories.n; i++) {
		put_offer(l, e, &e->categories.at[i]);
		free_all = free_all && e->categories.at[i].price == 0;
	}
	if (e->categories.n == 0)
		put_offer(l, e, NULL);
	json_close(&l->j, ']');
	if (free_all)
		json_bool_field(&l->j, STR("isAccessibleForFree"), true);
	if (e->sign_up.given && e->sign_up.seats >= 0)
		json_int_field(&l->j, STR("maximumAttendeeCapacity"),
		    e->sign_up.seats);
}

void
ld_event(struct ld *l, const struct event *e)
{
	static const char *const status[] = {
		[STATUS_SCHEDULED] = "Scheduled",
		[STATUS_POSTPONED] = "Postponed",
		[STATUS_CANCELLED] = "Cancelled",
	};
	struct occasions more = { 0 };
	struct occasion o = event_occasion(l->v, l->a, e, &more);

	ld_open(l, NULL, type_of(e));
	ld_text(l, "@id", l->url);
	ld_text(l, "name", e->title);
	ld_text(l, "description",
	    l->description.n > 0 ? l->description : e->title);
	ld_text(l, "url", l->url);
	ld_text(l, "image", l->image);
	ld_text(l, "inLanguage", l->v->site->settings.language);
	put_dates(l, &o);
	put_schedule(l, e);
	ld_text(l, "eventStatus",
	    str_format(l->a, "https://schema.org/Event%s", status[e->status]));
	put_location(l, e);
	if (e->organization != NULL)
		ld_organization(l, "organizer", e->organization);
	ld_age(l, &e->age);
	put_offers(l, e);
	ld_close(l);
}
