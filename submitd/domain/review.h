#ifndef SUBMITD_DOMAIN_REVIEW_H
#define SUBMITD_DOMAIN_REVIEW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

enum review_state { REVIEW_SUBMITTED, REVIEW_APPROVED, REVIEW_DECLINED };

const char *review_state_name(enum review_state s);
bool review_state_from(struct str name, enum review_state *out);

struct review {
	struct str id, account, program, program_title, organization;
	struct str author; /* "Ольга С." */
	int school_year;
	int rating;      /* 1-5 */
	struct str text; /* plain */
	enum review_state state;
	struct str reason; /* why it was declined */
	int64_t created, changed, approved;
	struct str answer; /* of the organization */
	int64_t answered;
};

enum { REVIEW_TEXT_MAX = 4000 }; /* code points */

/*
 * "Ольга С." of "Семёнова Ольга Викторовна": what may stand below a review in
 * public.
 */
struct str review_author(struct arena *a, struct str full_name);

#endif
