#ifndef GENERATOR_VIEW_SHARED_H
#define GENERATOR_VIEW_SHARED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"
#include "base/value.h"
#include "base/vec.h"
#include "base/words.h"
#include "generator/model/site.h"
#include "generator/view/ics.h"
#include "generator/view/repeat.h"
#include "generator/view/view.h"

/*
 * What the rooms of view/ share, and nobody else: lists made once by
 * view_plan(), parts of all pages, and the small words of values.
 */

enum section {
	SECTION_NONE,
	SECTION_PROGRAMS,
	SECTION_EVENTS,
	SECTION_MAP,
	SECTION_HELP,
	SECTIONS
};

enum {
	LIST_ROWS = 30,  /* cards on a page of a list */
	DOTS_MAX = 16,   /* above it places are told in words only */
	AHEAD_DAYS = 366 /* how far a rule without an end is followed */
};

struct programs {
	VEC(const struct program *) all;
};

struct events {
	VEC(const struct event *) all;
};

struct organizations {
	VEC(const struct organization *) all;
};

struct texts {
	VEC(const struct page *) all;
};

/* A month that has a page. */
struct month {
	int year, month;
	struct date first, last;
	struct occasions occasions; /* those that touch it, by time */
};

struct view_shared {
	struct str host;  /* of base_url, for UIDs */
	struct str image; /* shown where a page is shared; may be empty */
	const struct value *site, *contact, *footer, *assets, *subscribe;
	struct value *nav[SECTIONS];
	const struct value *dots[DOTS_MAX + 1][DOTS_MAX + 1];
	struct programs programs;               /* by title */
	VEC(const struct municipality *) towns; /* by name */
	struct programs *by_direction, *by_municipality, *by_organization;
	struct events *events_direction, *events_municipality,
	    *events_organization;
	struct events events;                   /* by start */
	struct organizations organizations;     /* by title */
	struct organizations *organizations_in; /* a municipality */
	struct texts texts[PAGE_LEGAL + 1]; /* by order; news newest first */
	struct occasions ahead;             /* from today on, by time */
	VEC(struct month) months; /* in order; the one of today is there */
	size_t month_now;
	struct ics_zone zone;
};

/* lists.c: fills the lists. */
void lists_make(const struct site *site, struct arena *a,
    struct view_shared *s);
/* shared.c: fills all of it. */
void shared_make(struct view *v, struct arena *a);

/* page.c: what every page has. */
struct page_head {
	enum section section;
	struct str title, description;
	struct str path; /* of the site: "/programs/x.html" */
};

/* lang, page, site, contact, nav, footer, assets. */
struct value *page_new(const struct view *v, struct arena *a,
    const struct page_head *h);
/* Puts a value that many pages share. */
void share(struct arena *a, struct value *map, const char *key,
    const struct value *v);
/* { list } around a list with something in it, else NULL. */
struct value *wrapped(struct arena *a, struct value *list);
/* The map under "page", for more. */
void page_flag(struct arena *a, struct value *page, const char *key);
void page_set(struct arena *a, struct value *page, const char *key,
    const struct value *v);
void page_image(const struct view *v, struct arena *a, struct value *page,
    const struct photo *photo);
/* The next of the crumbs; the first call puts the home page before it. */
void page_crumb(const struct view *v, struct arena *a, struct value *page,
    struct str title, struct str url);
/* "pages" of a list that goes on: path_of(number) makes the links. */
struct list_place {
	struct str folder, id; /* "directions", "technical" or "index" */
	int number, count;
};
void page_numbers(const struct view *v, struct arena *a, struct value *page,
    const struct list_place *l);

/* say.c: small words of the model. */
struct str say(const struct view *v, const char *key);
struct str say_join(struct arena *a, struct str left, struct str sep,
    struct str right);
struct str say_range(const struct view *v, struct arena *a, struct date from,
    struct date to);
struct str say_schedule(const struct view *v, struct arena *a,
    const struct group *g);
struct str say_place(struct arena *a, const struct place *p);
/* Where a page is: href(v, a, STR("programs"), id, 1). */
struct str href(const struct view *v, struct arena *a, struct str folder,
    struct str id, int number);
/* Where any other file is: "/events/all.ics". */
struct str href_file(const struct view *v, struct arena *a, struct str folder,
    struct str name);
/* The day words leave out the year of today's. */
struct str say_when(const struct view *v, struct arena *a,
    const struct occasion *o);
/* With soft hyphens in long Russian words. */
struct str say_soft(struct arena *a, struct str s);
/* "Зея" of "город Зея": the name without the small words before it. */
struct str say_town(const struct municipality *m);
struct str say_time(struct arena *a, int64_t t);
/* "4,8" of a sum and a count. */
struct str say_rating(const struct view *v, struct arena *a, int sum,
    int count);
struct str say_phone_url(struct arena *a, struct str phone);
/* A map of a place, elsewhere; empty when it is not known where it is. */
struct str say_map_url(const struct view *v, struct arena *a,
    const struct geo *g);
struct str say_mail_url(struct arena *a, struct str email);
/* Where a file of the theme or of content/media is. */
struct str say_asset(const struct view *v, struct arena *a, struct str name);
struct str say_absolute(const struct view *v, struct arena *a, struct str url);

/* { label, text, long } appended to a list of facts; not when empty. */
void fact(const struct view *v, struct arena *a, struct value *facts,
    const char *label_key, struct str text, bool is_long);
/* Lists of { title, url, count }. */
struct value *link_value(struct arena *a, struct str title, struct str url);
struct value *texts_value(struct arena *a, const struct str_list *l);
struct value *photo_value(const struct view *v, struct arena *a,
    const struct photo *p);

/* card.c: a program as a card of a list; places of groups. */
enum door {
	DOOR_OPEN,
	DOOR_WAITING, /* full, one may wait */
	DOOR_FULL,
	DOOR_SOON, /* enrollment has not begun */
	DOOR_CLOSED,
	DOOR_OVER /* lessons have ended */
};
enum door group_door(const struct site *s, const struct group *g);
struct range group_age(const struct program *p, const struct group *g);
struct value *places_value(const struct view *v, struct arena *a, int seats,
    int taken, int queued, bool dots);
struct value *program_card(const struct view *v, struct arena *a,
    const struct program *p);
/* A page of cards, as "programs". */
void cards_set(const struct view *v, struct arena *a, struct value *page,
    const struct programs *list, int number);
int cards_pages(const struct programs *list);
struct str program_price(const struct view *v, struct arena *a,
    const struct program *p);

/* agenda.c: occasions by day. */
bool day_is_off(const struct site *s, struct date d);
/*
 * A list of days, each with its events.  What began before `from` stands
 * under it.
 */
struct value *agenda_value(const struct view *v, struct arena *a,
    const struct occasions *o, struct date from);
/* The next `max` occasions of some events from today on; NULL for none. */
struct value *agenda_ahead(const struct view *v, struct arena *a,
    const struct events *list, size_t max);
void occasions_sort(struct occasions *o);
/* "15:00–17:00", "Весь день, 10–12 декабря" */
struct str occasion_time(const struct view *v, struct arena *a,
    const struct occasion *o);
bool occasion_is_past(const struct site *s, const struct occasion *o);
/* Fills sign_up_url, or status and status_look, of an event's map. */
void event_door(const struct view *v, struct arena *a, struct value *m,
    const struct event *e);
struct str event_where(struct arena *a, const struct view *v,
    const struct event *e);

/* list.c: what the catalog, the map and the home page show. */
struct value *directions_value(const struct view *v, struct arena *a);
struct value *municipalities_value(const struct view *v, struct arena *a);

/* map.c: the schematic map; NULL when no municipality has a tile. */
struct value *map_value(const struct view *v, struct arena *a);

/*
 * The occasion that the page of an event is about, the next one if there is
 * one; `more` gets what follows it of a rule.
 */
struct occasion event_occasion(const struct view *v, struct arena *a,
    const struct event *e, struct occasions *more);
/* The key of the words of a level that is given. */
const char *program_level_key(enum level level);

/* jsonld.c: page.json_ld, made of a page that is complete. */
void page_json_ld(const struct view *v, struct arena *a,
    const struct view_page *p, struct value *page);

/* Makers of pages, one room each. */
struct value *home_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *program_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *catalog_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *direction_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *directions_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *municipality_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *municipalities_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *organization_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *organizations_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *event_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *month_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *text_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *texts_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *offline_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *missing_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *alias_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *feed_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *sitemap_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *headers_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *redirects_make(const struct view *v, struct arena *a,
    const struct view_page *p);
struct value *robots_make(const struct view *v, struct arena *a,
    const struct view_page *p);
void calendar_event(const struct view *v, struct arena *a,
    const struct view_page *p, struct buf *out);
void calendar_events(const struct view *v, struct arena *a,
    const struct view_page *p, struct buf *out);
void calendar_group(const struct view *v, struct arena *a,
    const struct view_page *p, struct buf *out);
void data_programs(const struct view *v, struct arena *a,
    const struct view_page *p, struct buf *out);
void data_events(const struct view *v, struct arena *a,
    const struct view_page *p, struct buf *out);

/* calendar.c: whether a group has lessons that a calendar can show. */
bool group_has_lessons(const struct view *v, const struct group *g);
/* feed.c */
int sitemap_files(const struct view *v);

#endif
