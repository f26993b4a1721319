#ifndef SUBMITD_DOMAIN_SIGN_UP_H
#define SUBMITD_DOMAIN_SIGN_UP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"
#include "submitd/domain/verdict.h"

struct catalog_event;
struct catalog_category;

enum sign_up_state {
	SIGN_UP_SUBMITTED,
	SIGN_UP_WAITING,
	SIGN_UP_APPROVED,
	SIGN_UP_ATTENDED,
	SIGN_UP_DECLINED,
	SIGN_UP_CANCELLED,
	SIGN_UP_STATES,
};

const char *sign_up_state_name(enum sign_up_state s);
bool sign_up_state_from(struct str name, enum sign_up_state *out);
bool sign_up_takes_seat(enum sign_up_state s);

enum sign_up_action {
	SIGN_UP_CANCEL,
	SIGN_UP_APPROVE,
	SIGN_UP_DECLINE,
	SIGN_UP_ATTEND,
};

bool sign_up_may(enum sign_up_state s, enum sign_up_action act);

struct sign_up {
	struct str id;
	int64_t seq;
	enum sign_up_state state;
	struct str event, category, child, account, organization;
	struct str event_title, category_title;
	int64_t event_starts;
	struct str family_name, given_name, patronymic;
	struct date birth;
	int64_t place; /* in the waiting list, else 0 */
	int64_t created, changed;
	struct str reason, comment;
	bool event_gone;
};

enum { SIGN_UP_CHILDREN_MAX = 20 };

/* `category` is NULL when the event has none. */
enum verdict sign_up_may_add(const struct catalog_event *e,
    const struct catalog_category *category, struct date birth, int64_t now);

#endif
