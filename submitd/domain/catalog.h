#ifndef SUBMITD_DOMAIN_CATALOG_H
#define SUBMITD_DOMAIN_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * What submitd knows of the content: catalog.db, read whole and never changed;
 * a newer one takes its place.  Sums are hundredths; -1 stands for "no limit"
 * or "not given" (ages, seats, prices), 0 for a moment that is not given.
 */

struct catalog_lesson {
	int weekday, starts, ends; /* 0 Monday; minutes of the day */
	char weeks;                /* 'a' all, 'o' odd, 'e' even */
};

struct catalog_group {
	const struct catalog_program *program;
	struct str id, title, teacher, place, schedule;
	int age_min, age_max;
	int64_t seats;
	int64_t waiting; /* length of the list; -1 no limit */
	struct date from, to;
	int school_year; /* 0: no period */
	int64_t opens, closes;
	int64_t ends; /* first second behind the period */
	VEC(struct catalog_lesson) lessons;
};

struct catalog_program {
	struct str id, title, direction;
	const struct catalog_organization *organization;
	const struct catalog_municipality *municipality;
	bool budget, certificate, paid, entrance_test;
	int64_t price, certificate_cost;
	struct str price_per;
	struct str documents; /* JSON list of texts */
	VEC(struct catalog_group *) groups;
};

struct catalog_organization {
	struct str id, title, short_title, address, phone, email;
	const struct catalog_municipality *municipality;
	bool verified;
};

struct catalog_nominal {
	int year;
	int64_t amount;
};

struct catalog_municipality {
	struct str id, title, title_in;
	VEC(struct catalog_nominal) nominals;
};

struct catalog_category {
	struct str id, title;
	int age_min, age_max;
	int64_t seats, price;
};

struct catalog_event {
	struct str id, title, kind, place, status;
	const struct catalog_organization *organization; /* or NULL */
	const struct catalog_municipality *municipality; /* or NULL */
	int age_min, age_max;
	int64_t starts, ends; /* ends 0: not given */
	bool whole_day, sign_up, auto_approve;
	int64_t opens, closes, seats;
	VEC(struct catalog_category) categories;
};

struct catalog_legal {
	struct str id, title, version, hash;
	bool consent; /* asked for at registration */
	bool required;
};

struct catalog_link {
	struct str place, title, url; /* place: header, footer */
};

struct catalog_holiday {
	struct date date;
	bool working;
};

struct catalog {
	struct arena arena;
	int64_t generation;
	struct str hash;
	struct map settings; /* name → struct str * */
	struct map assets;   /* name → struct str * (path) */
	VEC(struct catalog_link) links;
	struct map municipalities, organizations, programs, events;
	VEC(struct catalog_legal) legal;
	struct map aliases;                   /* "KIND old" → struct str * */
	VEC(struct catalog_holiday) holidays; /* by date */
	struct date year_starts; /* month and day of the school year */
	int age_min, age_max;    /* of a certificate */
	bool hold_on_approval;   /* else on contract */
};

/* The finders follow aliases.  NULL when there is none. */
const struct catalog_program *catalog_program(const struct catalog *c,
    struct str id);
const struct catalog_group *catalog_group(const struct catalog *c,
    struct str program, struct str id);
const struct catalog_event *catalog_event(const struct catalog *c,
    struct str id);
const struct catalog_category *catalog_category(const struct catalog_event *e,
    struct str id);
const struct catalog_organization *catalog_organization(const struct catalog *c,
    struct str id);
const struct catalog_municipality *catalog_municipality(const struct catalog *c,
    struct str id);
/* Empty when it is not set. */
struct str catalog_setting(const struct catalog *c, const char *name);
/* The path of an asset by its name ("css/site.css"); empty when unknown. */
struct str catalog_asset(const struct catalog *c, const char *name);
/* -1 when the municipality has none for that year. */
int64_t catalog_nominal(const struct catalog_municipality *m, int year);
/* By the production calendar, else Monday to Friday. */
bool catalog_working_day(const struct catalog *c, struct date d);

#endif
