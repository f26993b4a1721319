#ifndef GENERATOR_SEARCH_COLUMNS_H
#define GENERATOR_SEARCH_COLUMNS_H

#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "base/vec.h"

struct arena;
struct buf;
struct docs;
struct json;
struct site;

/* When one may apply, and the school year; groups share few of them. */
struct window {
	int64_t opens, closes, over, starts;
	int year;
};

struct columns {
	const struct site *site;
	const struct docs *docs;
	struct map windows_by_key;
	VEC(struct window) windows;
	size_t *window_of;    /* group after group */
	VEC(int64_t) prices;  /* sorted, without doubles */
	size_t *organization; /* number in the site → among the documents */
};

/* Numbers what the columns name. */
void columns_make(struct columns *c, struct arena *a, const struct site *s,
    const struct docs *d);

/*
 * What programs are filtered and sorted by, a column after another, a byte a
 * program, in the order of the documents:
 *	municipality, direction, youngest, oldest age (255: not given),
 *	funding | form << 3 | level << 5, price (number in the list of
 *	prices), ten times the rating, prepared for limits of health, number
 *	of groups
 * and of all groups: youngest and oldest age (255: the program's), its window
 * (two bytes), whether a place was free at the build.
 */
void columns_write(struct buf *b, const struct columns *c);

/* Of all groups: the mornings, days, evenings of the week, Monday first. */
void columns_days(struct buf *b, const struct columns *c);

/*
 * What the numbers mean, as keys of a JSON map: municipalities and directions
 * as pairs of id and title, organizations as id, title, number of programs;
 * prices in roubles (-1: not given); windows as opens, closes, over (epoch
 * seconds, 0: none), the year in which the school year began, and the start
 * of lessons.
 */
void columns_names(struct json *j, const struct columns *c);

/*
 * Every program's place in the order of titles: a column of the low bytes,
 * one of the middle ones, one of the high ones.
 */
void columns_titles(struct buf *b, struct arena *a, const struct columns *c);

/*
 * The organization of every program in the order of ids, that of the
 * daemon's availability.json: a column of low bytes, one of high ones.
 */
void columns_order(struct buf *b, struct arena *a, const struct columns *c);

#endif
