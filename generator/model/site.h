#ifndef GENERATOR_MODEL_SITE_H
#define GENERATOR_MODEL_SITE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/diag.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * What the content says, and nothing else (docs/kruzhok-content.5 describes
 * every field).  All texts live on site.arena.  Every struct knows where it
 * was written.  Pointers to other things are set by link.c, and are never
 * NULL after it for required references.
 */

/* -1 in an int field, 0 in a moment, year 0 in a date: not given. */
enum { NOT_GIVEN = -1 };

struct range {
	int min, max; /* years; NOT_GIVEN each */
	struct pos pos_min, pos_max;
};

struct geo {
	bool given;
	struct str lat, lon; /* decimals as written */
};

/* A reference by id, as written; `target` after linking. */
struct ref {
	struct str id;
	struct pos pos;
};

struct ref_list {
	VEC(struct ref) refs;
};

struct str_list {
	VEC(struct str) items;
};

/* What has been made of a Markdown field. */
struct prose {
	struct str html;
	struct str text; /* the first sentences, plain: for summaries */
	struct pos pos;
};

struct direction {
	struct str id, title;
	int order;       /* as listed in site.yaml */
	size_t programs; /* counted by link */
	struct pos pos;
};

struct point {
	double x, y;
};

struct river {
	VEC(struct point) points;
};

struct contact {
	struct str name, phone, email;
};

struct center {
	struct str title, phone, email, address;
};

struct nominal {
	int year;
	int64_t amount; /* hundredths of the certificate's unit */
};

struct municipality {
	struct str id, title, title_in, code;
	VEC(struct nominal) nominals;
	struct center center;
	bool has_tile;
	double tile_x, tile_y;
	size_t programs, organizations, events; /* counted by link */
	struct pos pos;
};

struct photo {
	struct str file, alt; /* file below content/ ("media/x.jpg") */
	struct pos pos;
};

struct organization {
	struct str id, title, short_title, address, phone, email, website,
	    license;
	struct ref municipality_ref;
	struct municipality *municipality;
	struct geo geo;
	struct prose about;
	struct photo photo;
	bool verified;
	struct str_list aliases;
	struct date updated;
	size_t programs, events;
	struct pos pos;
};

enum level {
	LEVEL_NONE,
	LEVEL_INTRODUCTORY,
	LEVEL_BASIC,
	LEVEL_ADVANCED,
	LEVEL_MIXED
};
enum form { FORM_IN_PERSON, FORM_REMOTE, FORM_BLENDED };
enum funding { FUNDING_BUDGET = 1, FUNDING_CERTIFICATE = 2, FUNDING_PAID = 4 };
enum per { PER_MONTH, PER_COURSE, PER_LESSON };
enum weeks { WEEKS_ALL, WEEKS_ODD, WEEKS_EVEN };

struct lesson {
	unsigned days;    /* bit 0 Monday … bit 6 Sunday */
	int from, to;     /* minutes of the day */
	enum weeks weeks; /* by ISO week number */
};

struct place {
	struct str title, address;
	struct geo geo;
};

struct group {
	struct str id, title, teacher;
	struct str_list aliases;
	struct range age; /* the program's where not given */
	int seats;        /* NOT_GIVEN: no limit */
	int waiting;      /* NOT_GIVEN: no limit; 0: no list */
	struct place place;
	struct date from, to;  /* period; year 0: not given */
	int64_t opens, closes; /* enrollment; 0: open */
	VEC(struct lesson) schedule;
	int taken, queued; /* from live.db; 0 without it */
	struct pos pos;
};

struct review { /* from live.db: approved ones */
	int rating;
	struct str text, author, answer;
	struct date on;
};

struct program {
	struct str id, title, summary, video;
	struct ref organization_ref, direction_ref, municipality_ref;
	struct organization *organization;
	struct direction *direction;
	struct municipality *municipality;
	struct range age;
	enum level level;
	enum form form;
	unsigned funding;           /* bits of enum funding */
	struct pos pos_certificate; /* of that word in funding */
	int64_t price;              /* hundredths; -1: not given */
	enum per price_per;
	int64_t certificate_cost; /* hundredths of the unit; -1 */
	int hours;                /* NOT_GIVEN */
	struct str_list health, documents, teachers, tags, aliases;
	bool entrance_test;
	VEC(struct group) groups;
	struct prose description, goals, results, equipment;
	struct photo photo;
	int64_t publish_at, unpublish_at; /* 0 */
	bool draft;
	struct date updated;
	int rating_sum, rating_count; /* from live.db */
	VEC(struct review) reviews;   /* newest first */
	struct pos pos;
};

enum event_kind {
	EVENT_CONTEST,
	EVENT_OLYMPIAD,
	EVENT_EXHIBITION,
	EVENT_CONFERENCE,
	EVENT_WORKSHOP,
	EVENT_TRAINING,
	EVENT_CAMPAIGN,
	EVENT_CONCERT,
	EVENT_FESTIVAL,
	EVENT_CAREER,
	EVENT_OTHER,
	EVENT_KINDS
};
enum event_status { STATUS_SCHEDULED, STATUS_POSTPONED, STATUS_CANCELLED };
enum every { EVERY_NONE, EVERY_DAY, EVERY_WEEK, EVERY_MONTH };

struct category {
	struct str id, title;
	struct range age;
	int seats;     /* NOT_GIVEN: no limit */
	int64_t price; /* hundredths; -1 */
	struct pos pos;
};

struct sign_up {
	bool given;
	int64_t opens, closes; /* 0: open */
	int seats;             /* NOT_GIVEN: no limit */
	bool auto_approve;
	struct pos pos;
};

struct repeat {
	enum every every;
	unsigned days; /* weekly: bits, Monday first */
	struct date until;
	VEC(struct date) except;
	struct pos pos;
};

/* A moment or a whole day. */
struct when {
	bool given, whole_day;
	struct date date; /* in the site's zone */
	int64_t at;       /* start of the day when whole_day */
	struct pos pos;
};

struct event {
	struct str id, title, summary, online_url, link;
	enum event_kind kind;
	struct ref organization_ref, direction_ref, municipality_ref;
	struct organization *organization; /* these three may be NULL */
	struct direction *direction;
	struct municipality *municipality;
	struct range age;
	struct prose description, conditions;
	struct place place;
	bool online;
	struct when starts, ends;
	struct repeat repeat;
	struct sign_up sign_up;
	VEC(struct category) categories;
	struct contact contact;
	struct photo photo;
	struct str_list tags, aliases;
	enum event_status status;
	int sequence;
	bool draft;
	int64_t publish_at, unpublish_at;
	struct date updated;
	struct pos pos;
};

enum page_kind { PAGE_HELP, PAGE_NEWS, PAGE_LEGAL };
enum { PAGE_KINDS = PAGE_LEGAL + 1 };
enum consent { CONSENT_NONE, CONSENT_REQUIRED, CONSENT_OPTIONAL };

/* pages/ID.md → /help/ID.html, news/ID.md → /news/, legal/ID.md → /legal/ */
struct page {
	enum page_kind kind;
	struct str id, title, summary;
	int order;
	struct date date; /* news */
	struct date updated;
	struct str version; /* legal */
	struct str hash;    /* legal: BLAKE2b of the file's body, hex */
	enum consent consent;
	struct prose body;
	struct str_list aliases;
	bool draft;
	int64_t publish_at, unpublish_at;
	struct pos pos;
};

struct holiday {
	struct date date;
	struct date moved_from; /* year 0 */
	bool working;           /* a Saturday that is worked */
	struct str title;
};

struct settings {
	struct str title, short_title, region, base_url, timezone, language;
	bool clean_urls;
	VEC(struct direction) directions;
	int year_start_month, year_start_day, year_end_month, year_end_day;
	struct str certificate_unit; /* rub hours */
	struct range certificate_ages;
	bool hold_on_approval;
	struct contact contact;
	struct str contact_hours;
	VEC(struct river) rivers;
	struct pos pos;
};

/* A site path in Markdown, or a photo's file, to be looked up by link. */
struct link_use {
	struct str path; /* "/programs/x.html", "media/x.jpg" */
	struct pos pos;  /* of the field it stands in */
	bool media;
};

/* An old id of a thing, where it stands. */
enum alias_kind {
	ALIAS_ORGANIZATION,
	ALIAS_PROGRAM,
	ALIAS_EVENT,
	ALIAS_HELP,
	ALIAS_NEWS,
	ALIAS_LEGAL,
	ALIAS_KINDS
};

struct alias_use {
	enum alias_kind kind;
	struct str old, id; /* id of the thing that has it now */
	struct pos pos;
};

/* search.yaml: words to be taken as one, left out, or stemmed alike. */
struct word_list {
	VEC(struct str) words;
};

struct search_words {
	VEC(struct word_list) synonyms;
	VEC(struct str) stop_words;
	VEC(struct word_list) exceptions;
};

/* What was left out of a build and why. */
struct skipped {
	size_t drafts, future, expired;
};

struct site {
	struct arena arena;
	struct settings settings;
	VEC(struct municipality) municipalities;
	VEC(struct organization) organizations;
	VEC(struct program) programs;
	VEC(struct event) events;
	VEC(struct page) pages;
	VEC(struct holiday) holidays;
	struct map municipality_by_id, organization_by_id, program_by_id,
	    event_by_id, direction_by_id, page_by_id[PAGE_KINDS];
	/* Old ids; the values are what the maps above hold. */
	struct map organization_by_alias, program_by_alias, event_by_alias,
	    page_by_alias[PAGE_KINDS];
	struct map media;    /* "media/x.jpg" of every file below media/ */
	struct map left_out; /* "/news/x.html" of what is not shown */
	VEC(struct link_use) links;
	VEC(struct alias_use) alias_uses;
	struct search_words search;
	struct skipped skipped;
	int64_t now; /* the build clock */
	struct date today;
	int64_t live_at; /* when live.db was exported; 0 without it */
};

/* The thing of an id or of an old id; NULL when there is none. */
struct program *site_program(const struct site *s, struct str id);
struct organization *site_organization(const struct site *s, struct str id);
struct event *site_event(const struct site *s, struct str id);
struct municipality *site_municipality(const struct site *s, struct str id);
struct direction *site_direction(const struct site *s, struct str id);
struct page *site_page(const struct site *s, enum page_kind kind,
    struct str id);

void site_free(struct site *s);

#endif
