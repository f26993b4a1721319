#ifndef SUBMITD_STORE_CHECK_H
#define SUBMITD_STORE_CHECK_H

#include <stdbool.h>

/*
 * What must always hold, as questions to the database: each row of an answer
 * (one text) is a breach.
 */
struct check_question {
	const char *code;
	bool wants_now; /* the one value that is bound */
	const char *sql;
};

/* Ends with a NULL. */
extern const struct check_question check_questions[];

#endif
