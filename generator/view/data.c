#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

/*
 * Open data: /data/programs.json and /data/events.json.  Fields have the
 * names of the content (docs/kruzhok-content.5); references are ids with
 * titles beside them; money is in hundredths of a rouble; what is not given
 * is null or absent.
 */

static const char *const level_word[] = { NULL, "introductory", "basic",
	"advanced", "mixed" };
static const char *const form_word[] = { "in-person", "remote", "blended" };
static const char *const per_word[] = { "month", "course", "lesson" };
static const char *const weeks_word[] = { "all", "odd", "even" };
static const char *const day_word[] = { "mon", "tue", "wed", "thu", "fri",
	"sat", "sun" };
static const char *const status_word[] = { "scheduled", "postponed",
	"cancelled" };
static const char *const every_word[] = { NULL, "day", "week", "month" };
static const char *const kind_word[EVENT_KINDS] = {
	[EVENT_CONTEST] = "contest",
	[EVENT_OLYMPIAD] = "olympiad",
	[EVENT_EXHIBITION] = "exhibition",
	[EVENT_CONFERENCE] = "conference",
	[EVENT_WORKSHOP] = "workshop",
	[EVENT_TRAINING] = "training",
	[EVENT_CAMPAIGN] = "campaign",
	[EVENT_CONCERT] = "concert",
	[EVENT_FESTIVAL] = "festival",
	[EVENT_CAREER] = "career",
	[EVENT_OTHER] = "other",
};

static void
text_field(struct json *j, const char *key, struct str s)
{
	if (s.n > 0)
		json_str_field(j, str_from(key), s);
}

static void
number_field(struct json *j, const char *key, int64_t n)
{
	json_key(j, str_from(key));
	if (n < 0)
		json_null(j);
	else
		json_int(j, n);
}

static void
date_field(struct json *j, struct arena *a, const char *key, struct date d)
{
	if (d.year != 0)
		json_str_field(j, str_from(key),
		    str_format(a, "%04d-%02d-%02d", d.year, d.month, d.day));
}

static void
list_field(struct json *j, const char *key, const struct str_list *l)
{
	if (l->items.n == 0)
		return;
	json_key(j, str_from(key));
	json_open(j, '[');
	for (size_t i = 0; i < l->items.n; i++)
		json_str(j, l->items.at[i]);
	json_close(j, ']');
}

static void
age_field(struct json *j, const struct range *r)
{
	if (r->min < 0 && r->max < 0)
		return;
	json_key(j, STR("age"));
	json_open(j, '{');
	number_field(j, "min", r->min);
	number_field(j, "max", r->max);
	json_close(j, '}');
}

/* { id, title } of what is referred to. */
static void
ref_field(struct json *j, const char *key, struct str id, struct str title)
{
	json_key(j, str_from(key));
	json_open(j, '{');
	json_str_field(j, STR("id"), id);
	json_str_field(j, STR("title"), title);
	json_close(j, '}');
}

static void
place_field(struct json *j, const struct place *p)
{
	if (p->title.n + p->address.n == 0 && !p->geo.given)
		return;
	json_key(j, STR("place"));
	json_open(j, '{');
	text_field(j, "title", p->title);
	text_field(j, "address", p->address);
	if (p->geo.given) {
		json_key(j, STR("geo"));
		json_open(j, '{');
		json_key(j, STR("lat"));
		json_raw(j, p->geo.lat);
		json_key(j, STR("lon"));
		json_raw(j, p->geo.lon);
		json_close(j, '}');
	}
	json_close(j, '}');
}

static void
days_field(struct json *j, unsigned days)
{
	json_key(j, STR("days"));
	json_open(j, '[');
	for (int i = 0; i < 7; i++)
		if ((days >> i & 1) != 0)
			json_str(j, str_from(day_word[i]));
	json_close(j, ']');
}

static void
lesson_value(struct json *j, struct arena *a, const struct lesson *l)
{
	json_open(j, '{');
	days_field(j, l->days);
	json_str_field(j, STR("time"),
	    str_format(a, "%02d:%02d-%02d:%02d", l->from / 60, l->from % 60,
		l->to / 60, l->to % 60));
	json_str_field(j, STR("weeks"), str_from(weeks_word[l->weeks]));
	json_close(j, '}');
}

static void
group_json(struct json *j, struct arena *a, const struct group *g)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), g->id);
	text_field(j, "title", g->title);
	age_field(j, &g->age);
	number_field(j, "seats", g->seats);
	place_field(j, &g->place);
	if (g->from.year + g->to.year != 0) {
		json_key(j, STR("period"));
		json_open(j, '{');
		date_field(j, a, "from", g->from);
		date_field(j, a, "to", g->to);
		json_close(j, '}');
	}
	if (g->opens != 0 || g->closes != 0) {
		json_key(j, STR("enrollment"));
		json_open(j, '{');
		json_time_field(j, STR("opens"), g->opens);
		json_time_field(j, STR("closes"), g->closes);
		json_close(j, '}');
	}
	json_key(j, STR("schedule"));
	json_open(j, '[');
	for (size_t i = 0; i < g->schedule.n; i++)
		lesson_value(j, a, &g->schedule.at[i]);
	json_close(j, ']');
	json_close(j, '}');
}

static void
funding_field(struct json *j, unsigned funding)
{
	json_key(j, STR("funding"));
	json_open(j, '[');
	if ((funding & FUNDING_BUDGET) != 0)
		json_str(j, STR("budget"));
	if ((funding & FUNDING_CERTIFICATE) != 0)
		json_str(j, STR("certificate"));
	if ((funding & FUNDING_PAID) != 0)
		json_str(j, STR("paid"));
	json_close(j, ']');
}

static void
money_fields(struct json *j, const struct program *p)
{
	funding_field(j, p->funding);
	if (p->price >= 0) {
		json_key(j, STR("price"));
		json_open(j, '{');
		json_int_field(j, STR("amount"), p->price);
		json_str_field(j, STR("per"), str_from(per_word[p->price_per]));
		json_close(j, '}');
	}
	if (p->certificate_cost >= 0)
		json_int_field(j, STR("certificate_cost"), p->certificate_cost);
}

static void
program_json(struct json *j, const struct view *v, struct arena *a,
    const struct program *p)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), p->id);
	json_str_field(j, STR("url"), url_full(a, v->site, path_program(a, p)));
	json_str_field(j, STR("title"), p->title);
	text_field(j, "summary", p->summary);
	ref_field(j, "organization", p->organization->id,
	    p->organization->title);
	ref_field(j, "direction", p->direction->id, p->direction->title);
	ref_field(j, "municipality", p->municipality->id,
	    p->municipality->title);
	age_field(j, &p->age);
	if (p->level != LEVEL_NONE)
		json_str_field(j, STR("level"), str_from(level_word[p->level]));
	json_str_field(j, STR("form"), str_from(form_word[p->form]));
	money_fields(j, p);
	number_field(j, "hours", p->hours);
	json_bool_field(j, STR("entrance_test"), p->entrance_test);
	list_field(j, "health", &p->health);
	list_field(j, "tags", &p->tags);
	date_field(j, a, "updated", p->updated);
	json_key(j, STR("groups"));
	json_open(j, '[');
	for (size_t i = 0; i < p->groups.n; i++)
		group_json(j, a, &p->groups.at[i]);
	json_close(j, ']');
	json_close(j, '}');
}

/* What stands before the list, the same in both files. */
static void
begin(struct json *j, const struct view *v, struct arena *a, const char *key)
{
	const struct settings *s = &v->site->settings;

	json_open(j, '{');
	json_int_field(j, STR("format"), 1);
	json_str_field(j, STR("title"), s->title);
	json_str_field(j, STR("url"), url_full(a, v->site, PATH_HOME));
	json_str_field(j, STR("timezone"), s->timezone);
	json_key(j, str_from(key));
	json_open(j, '[');
}

static void
end(struct json *j)
{
	json_close(j, ']');
	json_close(j, '}');
	buf_char(j->out, '\n');
}

void
data_programs(const struct view *v, struct arena *a, const struct view_page *p,
    struct buf *out)
{
	struct json j = { .out = out };

	(void)p;
	begin(&j, v, a, "programs");
	for (size_t i = 0; i < v->site->programs.n; i++)
		program_json(&j, v, a, &v->site->programs.at[i]);
	end(&j);
}

static void
when_field(struct json *j, struct arena *a, const char *key,
    const struct when *w)
{
	if (!w->given)
		return;
	if (w->whole_day)
		date_field(j, a, key, w->date);
	else
		json_time_field(j, str_from(key), w->at);
}

static void
repeat_field(struct json *j, struct arena *a, const struct event *e)
{
	const struct repeat *r = &e->repeat;

	if (r->every == EVERY_NONE)
		return;
	json_key(j, STR("repeat"));
	json_open(j, '{');
	json_str_field(j, STR("every"), str_from(every_word[r->every]));
	if (r->every == EVERY_WEEK)
		days_field(j, repeat_days(e));
	date_field(j, a, "until", r->until);
	json_key(j, STR("except"));
	json_open(j, '[');
	for (size_t i = 0; i < r->except.n; i++)
		json_str(j,
		    str_format(a, "%04d-%02d-%02d", r->except.at[i].year,
			r->except.at[i].month, r->except.at[i].day));
	json_close(j, ']');
	json_close(j, '}');
}

static void
category_json(struct json *j, const struct category *c)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), c->id);
	text_field(j, "title", c->title);
	age_field(j, &c->age);
	number_field(j, "seats", c->seats);
	number_field(j, "price", c->price);
	json_close(j, '}');
}

static void
sign_up_field(struct json *j, const struct event *e)
{
	if (!e->sign_up.given)
		return;
	json_key(j, STR("sign_up"));
	json_open(j, '{');
	json_time_field(j, STR("opens"), e->sign_up.opens);
	json_time_field(j, STR("closes"), e->sign_up.closes);
	number_field(j, "seats", e->sign_up.seats);
	json_close(j, '}');
}

static void
event_json(struct json *j, const struct view *v, struct arena *a,
    const struct event *e)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), e->id);
	json_str_field(j, STR("url"), url_full(a, v->site, path_event(a, e)));
	json_str_field(j, STR("title"), e->title);
	json_str_field(j, STR("kind"), str_from(kind_word[e->kind]));
	text_field(j, "summary", e->summary);
	if (e->organization != NULL)
		ref_field(j, "organization", e->organization->id,
		    e->organization->title);
	if (e->direction != NULL)
		ref_field(j, "direction", e->direction->id,
		    e->direction->title);
	if (e->municipality != NULL)
		ref_field(j, "municipality", e->municipality->id,
		    e->municipality->title);
	age_field(j, &e->age);
	when_field(j, a, "starts", &e->starts);
	when_field(j, a, "ends", &e->ends);
	repeat_field(j, a, e);
	place_field(j, &e->place);
	json_bool_field(j, STR("online"), e->online);
	text_field(j, "online_url", e->online_url);
	text_field(j, "link", e->link);
	sign_up_field(j, e);
	if (e->categories.n > 0) {
		json_key(j, STR("categories"));
		json_open(j, '[');
		for (size_t i = 0; i < e->categories.n; i++)
			category_json(j, &e->categories.at[i]);
		json_close(j, ']');
	}
	list_field(j, "tags", &e->tags);
	json_str_field(j, STR("status"), str_from(status_word[e->status]));
	json_int_field(j, STR("sequence"), e->sequence);
	date_field(j, a, "updated", e->updated);
	json_close(j, '}');
}

void
data_events(const struct view *v, struct arena *a, const struct view_page *p,
    struct buf *out)
{
	struct json j = { .out = out };

	(void)p;
	begin(&j, v, a, "events");
	for (size_t i = 0; i < v->site->events.n; i++)
		event_json(&j, v, a, &v->site->events.at[i]);
	end(&j);
}
