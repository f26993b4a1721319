#ifndef SUBMITD_DOMAIN_VERDICT_H
#define SUBMITD_DOMAIN_VERDICT_H

/*
 * What the rules say to an action.  Anything but VERDICT_OK means that nothing
 * was written; none of them is trouble to be logged.
 */
enum verdict {
	VERDICT_OK,
	VERDICT_UNKNOWN,   /* no such program, group, event, category */
	VERDICT_CLOSED,    /* before, after or without its window */
	VERDICT_FULL,      /* no seat, and no place in the waiting list */
	VERDICT_DUPLICATE, /* a live one of this kind is there already */
	VERDICT_AGE,
	VERDICT_CLASH,        /* lessons at the same time as others */
	VERDICT_STATE,        /* the action does not fit the state as it is */
	VERDICT_MONEY,        /* the certificate covers less than was shown */
	VERDICT_CERTIFICATE,  /* there is none that could pay here */
	VERDICT_CONTRACT,     /* wanted before this step */
	VERDICT_NOT_ENROLLED, /* only a guardian of an enrolled child may */
	VERDICT_EXISTS,       /* the child is in the system already */
	VERDICT_LIMIT,        /* too many tries; later */
	VERDICT_STALE,        /* a link that was used, ended or is unknown */
	VERDICT_CONSENT,      /* a required consent is missing or outdated */
	VERDICTS,
};

/* "closed": the NAME of /problems/NAME. */
const char *verdict_name(enum verdict v);

#endif
