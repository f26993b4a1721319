#ifndef SUBMITD_HTTP_FORM_H
#define SUBMITD_HTTP_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/vec.h"
#include "submitd/http/request.h"

/*
 * What a visitor has filled in: application/x-www-form-urlencoded, JSON (an
 * object of texts, and of lists of texts where a field may repeat) or a query
 * string, all to the same thing.  Every value is valid UTF-8 in composed form
 * (NFC), its line ends are LF, and it has no control characters: a field of
 * several lines keeps LF and TAB; in others a TAB is a blank and LF an error.
 * Blanks at both ends of a value are cut off.  Secrets stay as typed.
 */

/* A page has a static table of these, ended by a NULL name. */
struct form_field {
	const char *name;
	size_t max;    /* code points; 0: 200 */
	bool required; /* not missing and not empty */
	bool repeat;
	bool lines;  /* more than one line */
	bool secret; /* as typed: never trimmed, never shown again */
};

enum {
	FORM_FIELDS_MAX = 200, /* values, in one request */
	FORM_NAME_MAX = 64,    /* bytes of a name */
	FORM_TEXT_MAX = 200,   /* code points, where the table has no max */
};

/*
 * One thing that is wrong.  The code is stable and the key of the text that
 * is shown: required, long, text (not UTF-8, control characters, no text in
 * JSON), unknown, repeated, many; and whatever the page adds.
 */
struct form_error {
	struct str field; /* the name; empty: all of the form */
	const char *code;
};

struct form_value {
	const struct form_field *field;
	struct str text;
};

/* Zero is the form before anything was filled in. */
struct form {
	const struct form_field *fields;
	VEC(struct form_value) values; /* in the order they came in */
	VEC(struct form_error) errors;
};

enum form_rc {
	FORM_OK,          /* read; the errors say how well */
	FORM_UNREADABLE,  /* no form: 400 */
	FORM_UNSUPPORTED, /* another Content-Type: 415 */
};

/*
 * The body by its Content-Type.  An empty body without one is an empty form.
 * Fields that are missing, too long or not in the table are in form->errors.
 */
enum form_rc form_read(struct form *form, struct arena *a,
    const struct request *req, const struct form_field *fields)
    __attribute__((warn_unused_result));

/* The query string likewise. */
enum form_rc form_read_query(struct form *form, struct arena *a,
    const struct request *req, const struct form_field *fields)
    __attribute__((warn_unused_result));

/* The first value, or the empty text. */
struct str form_text(const struct form *form, const char *name);

/* The value number `i` of a field that may repeat; false: no more. */
bool form_text_at(const struct form *form, const char *name, size_t i,
    struct str *out);

/*
 * A whole number from min to max.  Otherwise adds the error "number" and
 * returns false; for an empty field returns false without an error.
 */
bool form_int(struct form *form, struct arena *a, const char *name, int64_t min,
    int64_t max, int64_t *out);

/* "yes", "true", "on", "1". */
bool form_bool(const struct form *form, const char *name);

/*
 * The number of the word in a list ended by NULL.  Otherwise adds the error
 * "choice" and returns -1; for an empty field returns -1 without an error.
 */
int form_choice(struct form *form, struct arena *a, const char *name,
    const char *const *words);

bool form_ok(const struct form *form);

/* The code is a literal. */
void form_error(struct form *form, struct arena *a, const char *field,
    const char *code);

/*
 * %XX to bytes, and '+' to a blank if wanted.  False for a broken escape, a
 * zero byte, or bytes that are not UTF-8.
 */
bool form_decode(struct arena *a, struct str s, bool plus, struct str *out);

#endif
