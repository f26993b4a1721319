#ifndef SUBMITD_PAGES_HASHING_H
#define SUBMITD_PAGES_HASHING_H

#include "submitd/pages/app.h"

/* What the hashing threads do for a page: compare, make, or both. */
struct hashing {
	struct job job;
	struct arena *arena; /* the request's; the job owns it meanwhile */
	struct str typed;    /* compared with `hash` when `compare` */
	struct str hash;     /* empty: an account that is not there */
	bool compare;
	struct str fresh; /* hashed into `made` when not empty */

	bool matches;
	struct str made; /* empty when it could not be made */
};

/* Leaves a job in c->job that compares a password with a hash. */
struct hashing *hashing_compare(struct call *c, struct str typed,
    struct str hash);

/* Leaves a job that hashes a new password. */
struct hashing *hashing_make(struct call *c, struct str password);

/* In a second half. */
const struct hashing *hashing_done(const struct call *c);

/* A new password as the rules want it; else an error at the field. */
void hashing_judge(struct call *c, const char *field);

#endif
