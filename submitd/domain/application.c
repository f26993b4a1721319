#include "submitd/domain/application.h"

#include "submitd/domain/catalog.h"
#include "submitd/domain/names.h"

static const char *const state_names[APPLICATION_STATES] = {
	[APPLICATION_SUBMITTED] = "submitted",
	[APPLICATION_WAITING] = "waiting",
	[APPLICATION_APPROVED] = "approved",
	[APPLICATION_ENROLLED] = "enrolled",
	[APPLICATION_DECLINED] = "declined",
	[APPLICATION_CANCELLED] = "cancelled",
	[APPLICATION_LEFT] = "left",
	[APPLICATION_COMPLETED] = "completed",
};

static const char *const cause_names[CAUSES] = {
	[CAUSE_APPLIED] = "applied",
	[CAUSE_SEAT_FREED] = "seat-freed",
	[CAUSE_SEATS_ROSE] = "seats-rose",
	[CAUSE_APPROVED] = "approved",
	[CAUSE_CONTRACT] = "contract",
	[CAUSE_ENROLLED] = "enrolled",
	[CAUSE_CANCELLED] = "cancelled",
	[CAUSE_DECLINED] = "declined",
	[CAUSE_ENDED] = "ended",
	[CAUSE_LEAVE_ASKED] = "leave-asked",
	[CAUSE_LEFT] = "left",
	[CAUSE_EXPELLED] = "expelled",
	[CAUSE_MOVED] = "moved",
	[CAUSE_COMPLETED] = "completed",
};

static const char *const decline_names[DECLINE_REASONS] = {
	[DECLINE_DOCUMENTS] = "documents",
	[DECLINE_TEST] = "test",
	[DECLINE_AGE] = "age",
	[DECLINE_NO_ANSWER] = "no-answer",
	[DECLINE_GROUP] = "group",
	[DECLINE_OTHER] = "other",
};

static const char *const leave_names[LEAVE_REASONS] = {
	[LEAVE_MOVED_AWAY] = "moved-away",
	[LEAVE_HEALTH] = "health",
	[LEAVE_INTEREST] = "interest",
	[LEAVE_TIME] = "time",
	[LEAVE_OTHER] = "other",
};

const char *
application_state_name(enum application_state s)
{
	return state_names[s];
}

bool
application_state_from(struct str name, enum application_state *out)
{
	int i = names_find(state_names, APPLICATION_STATES, name);

	if (i >= 0)
		*out = (enum application_state)i;
	return i >= 0;
}

const char *
application_cause_name(enum application_cause c)
{
	return cause_names[c];
}

bool
application_cause_from(struct str name, enum application_cause *out)
{
	int i = names_find(cause_names, CAUSES, name);

	if (i >= 0)
		*out = (enum application_cause)i;
	return i >= 0;
}

const char *
decline_reason_name(enum decline_reason r)
{
	return decline_names[r];
}

bool
decline_reason_from(struct str name, enum decline_reason *out)
{
	int i = names_find(decline_names, DECLINE_REASONS, name);

	if (i >= 0)
		*out = (enum decline_reason)i;
	return i >= 0;
}

const char *
leave_reason_name(enum leave_reason r)
{
	return leave_names[r];
}

bool
leave_reason_from(struct str name, enum leave_reason *out)
{
	int i = names_find(leave_names, LEAVE_REASONS, name);

	if (i >= 0)
		*out = (enum leave_reason)i;
	return i >= 0;
}

bool
application_takes_seat(enum application_state s)
{
	return s == APPLICATION_SUBMITTED || s == APPLICATION_APPROVED ||
	       s == APPLICATION_ENROLLED;
}

bool
application_is_live(enum application_state s)
{
	return s == APPLICATION_WAITING || application_takes_seat(s);
}

bool
application_may(enum application_state s, enum application_action act)
{
	switch (act) {
	case ACTION_CANCEL:
	case ACTION_DECLINE:
		return s == APPLICATION_WAITING || s == APPLICATION_SUBMITTED ||
		       s == APPLICATION_APPROVED;
	case ACTION_APPROVE:
		return s == APPLICATION_SUBMITTED;
	case ACTION_CONTRACT:
	case ACTION_ENROLL:
		return s == APPLICATION_APPROVED;
	case ACTION_ASK_LEAVE:
	case ACTION_LEAVE:
	case ACTION_EXPEL:
	case ACTION_COMPLETE:
		return s == APPLICATION_ENROLLED;
	}
	return false;
}

int
application_age(const struct catalog_group *g, struct date birth,
    struct date today)
{
	return date_years(birth, g->from.year > 0 ? g->from : today);
}

static bool
periods_meet(const struct catalog_group *a, const struct catalog_group *b)
{
	if (a->to.year > 0 && b->from.year > 0 && date_cmp(a->to, b->from) < 0)
		return false;
	return a->from.year == 0 || b->to.year == 0 ||
	       date_cmp(b->to, a->from) >= 0;
}

static bool
lessons_meet(const struct catalog_lesson *x, const struct catalog_lesson *y)
{
	if (x->weekday != y->weekday || x->ends <= y->starts ||
	    y->ends <= x->starts)
		return false;
	return x->weeks == 'a' || y->weeks == 'a' || x->weeks == y->weeks;
}

bool
application_clash(const struct catalog_group *a, const struct catalog_group *b)
{
	if (!periods_meet(a, b))
		return false;
	for (size_t i = 0; i < a->lessons.n; i++)
		for (size_t k = 0; k < b->lessons.n; k++)
			if (lessons_meet(&a->lessons.at[i], &b->lessons.at[k]))
				return true;
	return false;
}

enum verdict
application_may_apply(const struct application_facts *f)
{
	const struct catalog_group *g = f->group;
	int age;

	if (g == NULL)
		return VERDICT_UNKNOWN;
	if (f->enrollment_closed || (g->opens != 0 && f->now < g->opens) ||
	    (g->closes != 0 && f->now >= g->closes) ||
	    (g->ends != 0 && f->now >= g->ends))
		return VERDICT_CLOSED;
	if (f->duplicate)
		return VERDICT_DUPLICATE;
	age = application_age(g, f->birth, f->today);
	if ((g->age_min >= 0 && age < g->age_min) ||
	    (g->age_max >= 0 && age > g->age_max))
		return VERDICT_AGE;
	for (size_t i = 0; i < f->nothers; i++)
		if (application_clash(g, f->others[i]))
			return VERDICT_CLASH;
	return VERDICT_OK;
}

int
application_school_year(const struct catalog *c, const struct catalog_group *g,
    struct date today)
{
	struct date starts = c->year_starts;

	if (g->school_year > 0)
		return g->school_year;
	starts.year = today.year;
	return date_cmp(today, starts) >= 0 ? today.year : today.year - 1;
}

int64_t
application_answer_by(const struct catalog *c, struct date today,
    bool entrance_test)
{
	int left =
	    entrance_test ? ANSWER_WORKING_DAYS_TEST : ANSWER_WORKING_DAYS;
	int64_t day = date_to_days(today);

	while (left > 0)
		if (catalog_working_day(c, date_from_days(++day)))
			left--;
	return date_start(date_from_days(day + 1)) - 1;
}
