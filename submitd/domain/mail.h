#ifndef SUBMITD_DOMAIN_MAIL_H
#define SUBMITD_DOMAIN_MAIL_H

#include <stdint.h>

#include "base/str.h"

/*
 * A letter in the outbox.  It is stored with the effect it tells of and sent
 * later.  `kind` names its template and stands in X-Kruzhok-Letter:
 *
 *	confirm		token next full_name
 *	already		full_name		(the address has an account)
 *	reset		token full_name
 *	password	full_name		(it was changed)
 *	claim		token child claimant full_name
 *	claim-confirmed, claim-refused		child full_name
 *	application-STATE
 *		application child program program_title group_title cause
 *		reason comment place answer_by order_number order_date
 *		full_name
 *	certificate-active	child number full_name
 *	sign-up-STATE	sign_up child event event_title starts cause reason
 *		comment full_name
 *	review-approved, review-declined, review-answered
 *		program program_title reason full_name
 *	support		whatever the page gives
 *
 * `params` is a flat JSON object of texts with these keys; moments are epoch
 * seconds in digits, dates ISO, names of persons given names only.
 */
struct mail {
	struct str id; /* stable, for Message-ID */
	int64_t seq;   /* order of the queue */
	struct str kind, recipient, params;
	int64_t created, due;
	int attempts;
};

enum {
	MAIL_LEASE = 120,   /* seconds until a claimed letter is free again */
	MAIL_ATTEMPTS = 12, /* then it is dead and the operator sees it */
};

/* When to try again after so many failed attempts. */
int64_t mail_retry_at(int attempts, int64_t now);

#endif
