#ifndef SUBMITD_DEMO_PLAN_H
#define SUBMITD_DEMO_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/child.h"

struct catalog;
struct catalog_event;
struct catalog_group;
struct catalog_program;
struct opinion_text;

/*
 * An autumn of a small region, thought out from its catalog before anything
 * is stored: who lives there, who asks for what and what comes of it, each on
 * its day.  The same catalog and day give the same plan.  What a thing is
 * called in the store (`id`) is filled while the plan is played; a thing
 * without one has not come about, and nothing more happens to it.
 */
enum {
	PLAN_DAYS = 66, /* how long ago the first account was made */
	PLAN_FAMILIES = 76,
	PLAN_CHILDREN = 3,     /* of a family, at most */
	PLAN_GROUPS = 5,       /* of a child, at most */
	PLAN_WAITING = 3,      /* groups with a waiting list */
	PLAN_REVIEWED = 10,    /* programs */
	PLAN_REVIEWS = 25,     /* approved */
	PLAN_REVIEWS_EACH = 3, /* of a program */
	PLAN_REVIEWS_NEW = 3,  /* not moderated yet */
};

struct family {
	size_t number;
	bool mother; /* who has the account */
	size_t father;
	struct str email, full_name, municipality;
	size_t children, wanted;
	int64_t joined;
	struct str id;
};

struct kid {
	size_t family;
	struct child child;
	bool asks;   /* for a certificate */
	bool active; /* gets it */
	bool spent;  /* it pays for a group already */
	VEC(const struct catalog_group *) groups;
	size_t sign_ups;
	struct str certificate; /* id */
};

struct plea {
	size_t kid;
	const struct catalog_group *group;
	bool certificate;
	int64_t enrolled; /* when; 0: not at all */
	struct str id;
};

struct entry {
	size_t kid;
	const struct catalog_event *event;
	struct str category;
	struct str id;
};

struct opinion {
	size_t family;
	const struct catalog_program *program;
	const struct opinion_text *text;
	struct str id;
};

/* Somebody else's child, claimed or entered a second time. */
struct mistake {
	size_t family, kid;
};

enum act {
	ACT_JOIN, /* of a family */
	ACT_CHILD,
	ACT_REQUEST,
	ACT_ACTIVATE, /* of a kid */
	ACT_APPLY,
	ACT_APPROVE,
	ACT_CONTRACT,
	ACT_ENROLL,
	ACT_DECLINE,
	ACT_CANCEL,
	ACT_ASK_LEAVE, /* of a plea */
	ACT_SIGN_UP,
	ACT_SIGN_UP_APPROVE, /* of an entry */
	ACT_REVIEW,
	ACT_REVIEW_APPROVE,
	ACT_REVIEW_ANSWER, /* of an opinion */
	ACT_CLAIM,
	ACT_TWIN, /* of a mistake */
	ACTS,
};

struct step {
	int64_t at;
	size_t seq;
	enum act act;
	size_t of;
};

struct plan {
	struct arena *arena;
	const struct catalog *catalog;
	struct str organization; /* whose organizer has much to answer */
	int64_t now;
	struct date today;
	uint64_t state; /* of the small generator */
	VEC(struct family) families;
	VEC(struct kid) kids;
	VEC(struct plea) pleas;
	VEC(struct entry) entries;
	VEC(struct opinion) opinions;
	VEC(struct mistake) mistakes;
	VEC(struct step) steps; /* in order of time */
};

/* Fills the rest, from arena, catalog, organization and now. */
void plan_make(struct plan *p);

/* --- for the rooms of the plan ------------------------------------------- */

/* 0 .. n - 1; n > 0. */
size_t plan_draw(struct plan *p, size_t n);
/* A moment of daytime so many days ago (> 0). */
int64_t plan_moment(struct plan *p, int days);
void plan_step(struct plan *p, int64_t at, enum act act, size_t of);

/* SIZE_MAX: nobody fits.  One who fits may be made. */
size_t plan_kid_for(struct plan *p, const struct catalog_group *g, int64_t at);

void plan_groups(struct plan *p);
void plan_events(struct plan *p);
void plan_reviews(struct plan *p);

#endif
