#ifndef SUBMITD_DOMAIN_APPLICATION_H
#define SUBMITD_DOMAIN_APPLICATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"
#include "submitd/domain/verdict.h"

struct arena;
struct catalog;
struct catalog_group;
struct catalog_lesson;

enum application_state {
	APPLICATION_SUBMITTED,
	APPLICATION_WAITING,
	APPLICATION_APPROVED,
	APPLICATION_ENROLLED,
	APPLICATION_DECLINED,
	APPLICATION_CANCELLED,
	APPLICATION_LEFT,
	APPLICATION_COMPLETED,
	APPLICATION_STATES,
};

/* "submitted" … in the database, in JSON and in the names of letters. */
const char *application_state_name(enum application_state s);
bool application_state_from(struct str name, enum application_state *out);

/* submitted, waiting, approved, enrolled */
bool application_is_live(enum application_state s);
/* submitted, approved, enrolled */
bool application_takes_seat(enum application_state s);

/* Why an application came where it is. */
enum application_cause {
	CAUSE_APPLIED,
	CAUSE_SEAT_FREED, /* somebody's seat became free */
	CAUSE_SEATS_ROSE, /* the group grew */
	CAUSE_APPROVED,
	CAUSE_CONTRACT,
	CAUSE_ENROLLED,
	CAUSE_CANCELLED,   /* by a guardian */
	CAUSE_DECLINED,    /* by the organizer, with a reason */
	CAUSE_ENDED,       /* the period was over, or the group */
	CAUSE_LEAVE_ASKED, /* a guardian asks to leave; state unchanged */
	CAUSE_LEFT,
	CAUSE_EXPELLED,
	CAUSE_MOVED,
	CAUSE_COMPLETED,
	CAUSES,
};

const char *application_cause_name(enum application_cause c);
bool application_cause_from(struct str name, enum application_cause *out);

enum decline_reason {
	DECLINE_DOCUMENTS,
	DECLINE_TEST, /* the entrance test was not passed */
	DECLINE_AGE,
	DECLINE_NO_ANSWER, /* the family could not be reached */
	DECLINE_GROUP,     /* the group does not take place */
	DECLINE_OTHER,
	DECLINE_REASONS,
};

const char *decline_reason_name(enum decline_reason r);
bool decline_reason_from(struct str name, enum decline_reason *out);

enum leave_reason {
	LEAVE_MOVED_AWAY,
	LEAVE_HEALTH,
	LEAVE_INTEREST,
	LEAVE_TIME,
	LEAVE_OTHER,
	LEAVE_REASONS,
};

const char *leave_reason_name(enum leave_reason r);
bool leave_reason_from(struct str name, enum leave_reason *out);

enum application_action {
	ACTION_CANCEL,
	ACTION_APPROVE,
	ACTION_DECLINE,
	ACTION_CONTRACT,
	ACTION_ENROLL,
	ACTION_ASK_LEAVE,
	ACTION_LEAVE,
	ACTION_EXPEL,
	ACTION_COMPLETE,
};

/* Whether the table of DESIGN's life cycle has a row for it. */
bool application_may(enum application_state s, enum application_action act);

struct application {
	struct str id;
	int64_t seq; /* order of arrival */
	enum application_state state;
	struct str child, account; /* account empty: on paper */
	struct str program, group, organization;
	/* As they were called when last seen in the catalog. */
	struct str program_title, group_title;
	/* The child, for lists. */
	struct str family_name, given_name, patronymic;
	struct date birth;
	int school_year;
	int64_t place; /* in the waiting list, from 1; else 0 */
	int64_t created, changed;
	int64_t answer_by; /* 0: nobody is waited for */
	bool certificate;
	/* Hundredths: the course's cost; what the family was shown as paid
	 * by the certificate; what it has on hold and has paid here. */
	int64_t cost, shown, held, charged;
	struct str contract_number, order_number;
	struct date contract_date, order_date, leave_date;
	struct str reason, comment; /* of a decline or leave */
	bool leave_asked;
	bool group_gone; /* not in the catalog any more */
};

/* One step of the way, as the guardian sees it. */
struct application_event {
	int64_t at;
	enum application_state state;
	enum application_cause cause;
	struct str reason, comment;
};

/* A move in the waiting list: from this place on, since then, because. */
struct application_move {
	int64_t at;
	int64_t place;
	enum application_cause cause;
};

/* What the rules look at before an application is made. */
struct application_facts {
	const struct catalog_group *group; /* NULL: unknown */
	struct date birth, today;
	int64_t now;
	bool enrollment_closed; /* by the organizer's hand */
	bool duplicate;         /* a live one for program and school year */
	/* Groups of the child's other live applications. */
	const struct catalog_group *const *others;
	size_t nothers;
};

/*
 * Everything but seats and money, in the order in which a person would want
 * to hear it.
 */
enum verdict application_may_apply(const struct application_facts *f);

/* The child's full years on the day that counts for this group. */
int application_age(const struct catalog_group *g, struct date birth,
    struct date today);

/* Two lessons of groups that meet on a common day at a common time. */
bool application_clash(const struct catalog_group *a,
    const struct catalog_group *b);

/* 2026 for 2026-09-01 … 2027-08-31; the group's, else that of the day. */
int application_school_year(const struct catalog *c,
    const struct catalog_group *g, struct date today);

enum { ANSWER_WORKING_DAYS = 7, ANSWER_WORKING_DAYS_TEST = 45 };

/* The end of the last working day in which the organizer has to answer. */
int64_t application_answer_by(const struct catalog *c, struct date today,
    bool entrance_test);

#endif
