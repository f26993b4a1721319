#ifndef SUBMITD_STORE_REVIEWS_H
#define SUBMITD_STORE_REVIEWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/account.h"
#include "submitd/domain/review.h"
#include "submitd/domain/verdict.h"
#include "submitd/store/rc.h"

/* Reviews of programs, and the ratings they make. */

struct arena;

struct review_list {
	VEC(struct review) items;
	int64_t next;
};

/*
 * One per guardian, program and school year; said again before it is
 * approved, it is changed.  NOT_ENROLLED, DUPLICATE (approved already).
 */
enum store_rc store_review_put(struct store *s, struct arena *a,
    const struct actor *who, struct str program, int rating, struct str text,
    int64_t now, enum verdict *verdict, struct review *out)
    __attribute__((warn_unused_result));
enum store_rc store_review_get(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct review *out)
    __attribute__((warn_unused_result));
/* One's own; of the organization; the operator's, in this state (-1 any). */
enum store_rc store_review_list(struct store *s, struct arena *a,
    const struct actor *who, int state, int64_t after, int limit,
    struct review_list *out) __attribute__((warn_unused_result));
/* The operator's decision. */
enum store_rc store_review_decide(struct store *s, struct arena *a,
    const struct actor *who, struct str id, bool approve, struct str reason,
    int64_t now, enum verdict *verdict, struct review *out)
    __attribute__((warn_unused_result));
/* The organization's answer to an approved one. */
enum store_rc store_review_answer(struct store *s, struct arena *a,
    const struct actor *who, struct str id, struct str text, int64_t now,
    enum verdict *verdict, struct review *out)
    __attribute__((warn_unused_result));

/* Programs (ids) of which the guardian may write one. */
struct program_list {
	VEC(struct str) items;
};

enum store_rc store_review_programs(struct store *s, struct arena *a,
    const struct actor *who, struct program_list *out)
    __attribute__((warn_unused_result));

/* Approved ones of a program, newest first, for /live/. */
enum store_rc store_review_public(struct store *s, struct arena *a,
    struct str program, int limit, struct review_list *out)
    __attribute__((warn_unused_result));
/* Sum and count of approved ratings; NONE when there is none. */
enum store_rc store_rating(struct store *s, struct str program, int64_t *sum,
    int64_t *count) __attribute__((warn_unused_result));

#endif
