#ifndef GENERATOR_VIEW_JSONLD_H
#define GENERATOR_VIEW_JSONLD_H

#include <stdint.h>

#include "base/json.h"
#include "base/str.h"
#include "generator/view/shared.h"

/*
 * What search engines read of a page: JSON-LD in the words of schema.org.
 * Only what the page shows is said, and what is not known is left out.
 */
struct ld {
	struct json j;
	const struct view *v;
	struct arena *a;
	struct str url, title, description, image; /* the page's own */
};

/* An object of a type; key is NULL inside a list. */
void ld_open(struct ld *l, const char *key, const char *type);
void ld_close(struct ld *l);
/* Fields that are left out when there is nothing to say. */
void ld_text(struct ld *l, const char *key, struct str s);
void ld_link(struct ld *l, const char *key, struct str url);
void ld_date(struct ld *l, const char *key, struct date d);
void ld_moment(struct ld *l, const char *key, int64_t t);
/* A sum in hundredths, with its currency. */
void ld_price(struct ld *l, int64_t hundredths);
/* "7-10", "7-", "-10" */
void ld_age(struct ld *l, const struct range *r);
/* Of seven bits, Monday first. */
void ld_days(struct ld *l, unsigned days);
/* "15:00" of the minutes of a day. */
void ld_time(struct ld *l, const char *key, int minutes);
/* An organization by name and page. */
void ld_organization(struct ld *l, const char *key,
    const struct organization *o);
/*
 * Where it is: the place itself, else the organization's address, else the
 * municipality, else the region.  o and m may be NULL.
 */
void ld_place(struct ld *l, const struct place *p, const struct organization *o,
    const struct municipality *m);

/* One object each. */
void ld_course(struct ld *l, const struct program *p);
void ld_event(struct ld *l, const struct event *e);

#endif
