#ifndef GENERATOR_READ_KINDS_H
#define GENERATOR_READ_KINDS_H

#include "base/schema.h"
#include "base/vec.h"
#include "generator/model/site.h"

struct node;

/*
 * What one thread has read beside the things themselves.  The user pointer of
 * every schema_run here.
 */
struct reading {
	struct arena *arena; /* as long as the site */
	struct diag *diag;
	const struct site *site;    /* its settings; the rest is being filled */
	enum alias_kind alias_kind; /* of the file that is read */
	struct str id;
	VEC(struct link_use) links;
	VEC(struct alias_use) aliases;
};

/* One table of fields per kind of content (docs/kruzhok-content.5). */
extern const struct schema site_schema; /* struct settings */
extern const struct schema municipality_schema;
extern const struct schema holiday_schema;
extern const struct schema search_schema; /* struct search_words */
extern const struct schema organization_schema;
extern const struct schema program_schema;
extern const struct schema event_schema;
extern const struct schema help_schema; /* struct page, all three */
extern const struct schema news_schema;
extern const struct schema legal_schema;

/* Parts that several kinds share. */
extern const struct schema age_schema;     /* struct range */
extern const struct schema geo_schema;     /* struct geo */
extern const struct schema place_schema;   /* struct place */
extern const struct schema photo_schema;   /* struct photo */
extern const struct schema contact_schema; /* struct contact */
extern const struct word weekday_words[];  /* bits, Monday first */

schema_read_fn kinds_read_id;      /* struct str */
schema_read_fn kinds_read_page_id; /* struct str, of what has a page */
schema_read_fn kinds_read_ref;     /* struct ref */
schema_read_fn kinds_read_prose;   /* struct prose, below a heading */
schema_read_fn kinds_read_aliases; /* struct str_list */
schema_read_fn kinds_read_moment;  /* int64_t, of a date or a moment */
schema_read_fn kinds_read_dates;   /* VEC(struct date) */

/* 1 to 80 of a-z, 0-9 and '-'. */
bool kinds_is_id(struct str s);

/* An id whose page is one of lists: index, all, a month of events. */
bool kinds_is_refused(struct str id, bool of_event);

/*
 * Tells "ends before start" at the second value of a mapping when `wrong`;
 * both fields were given.
 */
void kinds_check_order(struct schema_run *run, const struct node *map,
    const char *first, const char *second, bool wrong);

/* Tells an id that stands in the file already; `seen` is filled by calls. */
void kinds_check_single(struct schema_run *run, struct map *seen,
    struct node *id);

/* Fields shared by all that can be hidden; T is the struct. */
#define KINDS_SHOWN(T) \
	{ "draft", FIELD_BOOL, .at = offsetof(T, draft) }, \
	    { "publish_at", FIELD_CUSTOM, .at = offsetof(T, publish_at), \
		    .read = kinds_read_moment }, \
	    { "unpublish_at", FIELD_CUSTOM, .at = offsetof(T, unpublish_at), \
		    .read = kinds_read_moment }, \
	{ \
		"updated", FIELD_DATE, .at = offsetof(T, updated) \
	}

/* For their check functions. */
void kinds_check_shown(struct schema_run *run, const struct node *map,
    int64_t publish_at, int64_t unpublish_at);

#endif
