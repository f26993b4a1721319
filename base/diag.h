#ifndef BASE_DIAG_H
#define BASE_DIAG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"

/*
 * The author's mistakes (content, themes, configuration): collected over a
 * whole run, sorted by place, printed once, counted.  Form of the lines:
 * PATH:LINE:COL: error|warning: TEXT, then "N errors, M warnings".
 */

enum diag_level { DIAG_WARNING, DIAG_ERROR };
enum diag_lang { DIAG_EN, DIAG_RU, DIAG_LANGS };
enum diag_format { DIAG_TEXT, DIAG_JSON, DIAG_GITHUB };

/* A place in a file.  Line and column from 1; column in code points. */
struct pos {
	const char *path; /* as it is to be printed; outlives the diag */
	int line, column;
};

/*
 * One kind of mistake, a row of a static table.  `code` is stable and never
 * translated ("unknown-field").  In the texts %1 .. %4 stand for arguments;
 * a part in [brackets] is left out when an argument inside it is empty.
 */
struct message {
	const char *code;
	enum diag_level level;
	const char *text[DIAG_LANGS];
};

struct diag_line {
	const struct message *message;
	struct pos pos;
	struct str text;
	size_t order; /* of arrival, for equal places */
};

struct diag {
	struct arena arena;
	VEC(struct diag_line) lines;
	struct map seen; /* what was said already */
	enum diag_lang lang;
	int errors, warnings;
};

/* Arguments are copied.  The same message at the same place is kept once. */
void diag_report(struct diag *d, const struct message *m, struct pos pos,
    const struct str *args, size_t nargs);

/* diag_say(d, &messages[X], pos, STR("a"), name): up to four arguments. */
#define diag_say(d, m, pos, ...) \
	diag_report(d, m, pos, (struct str[]){ __VA_ARGS__ }, \
	    sizeof((struct str[]){ __VA_ARGS__ }) / sizeof(struct str))

/*
 * The nearest of n names to a mistyped one, for "did you mean"; empty when
 * none is near.
 */
struct str diag_nearest(struct str typed, const struct str *names, size_t n);

/*
 * Adds what another one has collected (a thread's), which is then as new.
 * They have no file in common.
 */
void diag_take(struct diag *d, struct diag *from);

/* Sorts and prints all lines; text ends with the count. */
void diag_print(struct diag *d, FILE *out, enum diag_format format);

void diag_free(struct diag *d);

#endif
