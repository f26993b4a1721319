#include "submitd/domain/sign_up.h"

#include "submitd/domain/catalog.h"
#include "submitd/domain/names.h"

static const char *const state_names[SIGN_UP_STATES] = {
	[SIGN_UP_SUBMITTED] = "submitted",
	[SIGN_UP_WAITING] = "waiting",
	[SIGN_UP_APPROVED] = "approved",
	[SIGN_UP_ATTENDED] = "attended",
	[SIGN_UP_DECLINED] = "declined",
	[SIGN_UP_CANCELLED] = "cancelled",
};

const char *
sign_up_state_name(enum sign_up_state s)
{
	return state_names[s];
}

bool
sign_up_state_from(struct str name, enum sign_up_state *out)
{
	int i = names_find(state_names, SIGN_UP_STATES, name);

	if (i >= 0)
		*out = (enum sign_up_state)i;
	return i >= 0;
}

bool
sign_up_takes_seat(enum sign_up_state s)
{
	return s == SIGN_UP_SUBMITTED || s == SIGN_UP_APPROVED ||
	       s == SIGN_UP_ATTENDED;
}

bool
sign_up_may(enum sign_up_state s, enum sign_up_action act)
{
	switch (act) {
	case SIGN_UP_CANCEL:
	case SIGN_UP_DECLINE:
		return s == SIGN_UP_SUBMITTED || s == SIGN_UP_WAITING ||
		       s == SIGN_UP_APPROVED;
	case SIGN_UP_APPROVE:
		return s == SIGN_UP_SUBMITTED;
	case SIGN_UP_ATTEND:
		return s == SIGN_UP_APPROVED;
	}
	return false;
}

static bool
fits(int age, int min, int max)
{
	return (min < 0 || age >= min) && (max < 0 || age <= max);
}

enum verdict
sign_up_may_add(const struct catalog_event *e,
    const struct catalog_category *category, struct date birth, int64_t now)
{
	int age;

	if (e == NULL || (e->categories.n > 0) != (category != NULL))
		return VERDICT_UNKNOWN;
	if (!e->sign_up || str_eq(e->status, STR("cancelled")) ||
	    now >= e->starts || (e->opens != 0 && now < e->opens) ||
	    (e->closes != 0 && now >= e->closes))
		return VERDICT_CLOSED;
	age = date_years(birth, date_local(e->starts).date);
	if (!fits(age, e->age_min, e->age_max))
		return VERDICT_AGE;
	if (category != NULL &&
	    !fits(age, category->age_min, category->age_max))
		return VERDICT_AGE;
	return VERDICT_OK;
}
