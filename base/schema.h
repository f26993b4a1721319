#ifndef BASE_SCHEMA_H
#define BASE_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/diag.h"
#include "base/str.h"

struct arena;
struct node;
struct field;

/*
 * A table of fields and a mapping of a YAML file make a filled struct.  What
 * is unknown, missing or of the wrong type is told at its place, all of it in
 * one run, and leaves the member as it was.
 *
 *	static const struct field room_fields[] = {
 *		{ "title", FIELD_TEXT, .required = true,
 *		    .at = offsetof(struct room, title) },
 *		{ "seats", FIELD_WHOLE, .at = offsetof(struct room, seats),
 *		    .min = 1, .max = 1000 },
 *	};
 *	static const struct schema room_schema = {
 *		SCHEMA_FIELDS(room_fields), .size = sizeof(struct room) };
 */
enum field_kind {
	FIELD_TEXT,       /* struct str, one line: no blanks at its ends, line
			     ends inside are blanks; max: code points, 0: 1000 */
	FIELD_LINES,      /* struct str as written; max: bytes, 0: 64 KiB */
	FIELD_WHOLE,      /* int: 0|[1-9][0-9]*; min, max */
	FIELD_HUNDREDTHS, /* int64_t: a decimal of at most two digits behind
			     the point, times 100; min, max in units */
	FIELD_DECIMAL,    /* struct str: -?digits[.digits], within min, max */
	FIELD_BOOL,       /* bool: true|false */
	FIELD_WORD,       /* int (an enum): one of words */
	FIELD_WORDS,      /* unsigned: a list of words, their values or-ed */
	FIELD_DATE,       /* struct date */
	FIELD_TIME,       /* int: minutes of the day of "17:30" */
	FIELD_MOMENT, /* int64_t: "2026-12-05T10:00" in the zone of date.h */
	FIELD_URL,    /* struct str: http, https, mailto, tel */
	FIELD_TEXTS,  /* VEC(struct str): a list of one-line texts */
	FIELD_MAP,    /* a struct: a mapping read by `below` */
	FIELD_LIST,   /* VEC(a struct): a list of mappings, by `below` */
	FIELD_CUSTOM, /* whatever `read` makes of it */
};

struct word {
	const char *name; /* NULL ends a list */
	int value;
};

/* Where a run puts what it makes and tells what it finds. */
struct schema_run {
	struct arena *arena;
	struct diag *diag;
	void *user; /* for custom functions */
};

/* Reads a value that is neither null nor wrong into the member at `at`. */
typedef void schema_read_fn(struct schema_run *run, const struct field *f,
    const struct node *value, void *at);

/* Looks at a whole struct after its fields; `map` has the places. */
typedef void schema_check_fn(struct schema_run *run, const struct node *map,
    void *out);

struct field {
	const char *name;
	enum field_kind kind;
	bool required;
	size_t at;        /* offset of the member */
	size_t pos_at;    /* offset of a struct pos for the value's
			     place; 0: none */
	int64_t min, max; /* both 0: any */
	const struct word *words;
	const struct schema *below;
	schema_read_fn *read;
};

struct schema {
	const struct field *fields;
	size_t n;
	size_t size;            /* of the struct */
	const void *start;      /* what an element of a list begins as; NULL:
				   zero */
	size_t pos_at;          /* offset of a struct pos for the mapping's
				   own place; 0: none */
	schema_check_fn *check; /* may be NULL */
};

#define SCHEMA_FIELDS(table) \
	.fields = table, .n = sizeof(table) / sizeof((table)[0])

/* Fills *out (which holds the start values already) from a mapping. */
void schema_read(struct schema_run *run, const struct schema *s,
    const struct node *map, void *out);

/*
 * Fills a VEC from a list of mappings; vec points to it.  `name` is for
 * messages.
 */
void schema_read_list(struct schema_run *run, const struct schema *s,
    const char *name, const struct node *list, void *vec);

/*
 * For custom functions: the same readers, one value at a time.  False: told.
 * The words "list" and "fields" in a message name what stands there instead.
 */
bool schema_is_scalar(struct schema_run *run, const char *name,
    const struct node *n);
bool schema_is_list(struct schema_run *run, const char *name,
    const struct node *n);
bool schema_is_mapping(struct schema_run *run, const char *name,
    const struct node *n);
bool schema_text(struct schema_run *run, const char *name, const struct node *n,
    int64_t max, struct str *out);
bool schema_whole(struct schema_run *run, const struct field *f,
    const struct node *n, int *out);
bool schema_hundredths(struct schema_run *run, const struct field *f,
    const struct node *n, int64_t *out);
bool schema_decimal(struct schema_run *run, const struct field *f,
    const struct node *n, struct str *out);
bool schema_word(struct schema_run *run, const struct field *f,
    const struct node *n, int *out);
bool schema_date(struct schema_run *run, const char *name, const struct node *n,
    struct date *out);
bool schema_moment(struct schema_run *run, const char *name,
    const struct node *n, int64_t *out);
/* Minutes of the day; `name` only for the message told about `n`. */
bool schema_time(struct schema_run *run, const char *name, const struct node *n,
    struct str text, int *out);
bool schema_url(struct schema_run *run, const char *name, const struct node *n,
    struct str *out);

/* A value as a message quotes it: one line, cut when it is long. */
struct str schema_quote(struct arena *a, struct str value);

#endif
