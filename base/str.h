#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct arena;

/*
 * A view of bytes, not their owner.  Passed by value.  One made by an arena
 * has a NUL behind it, a slice may not.  Zero is the empty string.
 */
struct str {
	const char *p;
	size_t n;
};

/* STR("x") in an expression, STR_INIT("x") in a static table. */
#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })
#define STR_INIT(literal) \
	{ \
		"" literal, sizeof(literal) - 1 \
	}

/* printf("%.*s", STR_ARG(s)) */
#define STR_ARG(s) (int)(s).n, (s).p

/* The bytes of a C string; NULL gives the empty view. */
struct str str_from(const char *s);

bool str_eq(struct str a, struct str b);
/* Bytewise order, shorter first: <0, 0, >0. */
int str_cmp(struct str a, struct str b);
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);

/* The place of the first byte or text, or -1. */
ptrdiff_t str_find_char(struct str s, char c);
ptrdiff_t str_find(struct str s, struct str text);

/* From byte `from` on, at most n bytes; never beyond the end. */
struct str str_slice(struct str s, size_t from, size_t n);

/*
 * Cuts at the first separator: *head before it, *tail behind it.  Without one
 * *head is all, *tail is empty, and false is returned.
 */
bool str_cut(struct str s, char sep, struct str *head, struct str *tail);

/* Without ASCII blanks (space, tab, CR, LF) at both ends. */
struct str str_trim(struct str s);

/* A copy in the arena, with a NUL behind it. */
struct str str_dup(struct arena *a, struct str s);

/* The same as a C string. */
char *str_c(struct arena *a, struct str s);

/* Texts one behind the other, with a NUL behind the last. */
struct str str_join(struct arena *a, size_t n, const struct str *parts);

/* printf into the arena. */
struct str str_format(struct arena *a, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* The decimal digits of a number, as str_format's %d, but fast. */
struct str str_int(struct arena *a, int64_t n);

/* 0|-?[1-9][0-9]* that fits; nothing else. */
bool str_to_int64(struct str s, int64_t *out);

/*
 * Edit distance (Damerau-Levenshtein, code points) up to `max`; more than
 * that gives max + 1.  For "did you mean".
 */
int str_distance(struct str a, struct str b, int max);

#endif
