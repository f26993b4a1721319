#include "submitd/demo/plan.h"
#include "submitd/demo/texts.h"
#include "submitd/domain/catalog.h"
#include "submitd/domain/sign_up.h"

enum {
	SMALL = 16,     /* seats of what may become full */
	FULL_SHARE = 3, /* one of so many small ones does */
	SOME = 7,
	SIGN_UPS = 3, /* of a child */
};

/* --- events -------------------------------------------------------------- */

/* Neighbours go to what is near; to a contest with categories everybody. */
static bool
would_come(const struct plan *p, const struct kid *k,
    const struct catalog_event *e, const struct catalog_category *c, int64_t at)
{
	if (k->sign_ups >= SIGN_UPS || k->groups.n == 0)
		return false;
	if (c == NULL && e->municipality != NULL &&
	    !str_eq(p->families.at[k->family].municipality,
		e->municipality->id))
		return false;
	return sign_up_may_add(e, c, k->child.birth, at) == VERDICT_OK;
}

static bool
comes_already(const struct plan *p, size_t kid, const struct catalog_event *e)
{
	for (size_t i = p->entries.n; i-- > 0;)
		if (p->entries.at[i].event == e && p->entries.at[i].kid == kid)
			return true;
	return false;
}

static void
sign_up(struct plan *p, const struct catalog_event *e,
    const struct catalog_category *c, size_t most)
{
	enum { FIRST = 12, LAST = 2 };
	size_t from = plan_draw(p, p->kids.n);

	for (size_t i = 0; most > 0 && i < p->kids.n; i++) {
		size_t k = (from + i) % p->kids.n, n = p->entries.n;
		int days = LAST + (int)plan_draw(p, FIRST - LAST);
		int64_t at = plan_moment(p, days);

		if (!would_come(p, &p->kids.at[k], e, c, at) ||
		    comes_already(p, k, e))
			continue;
		p->kids.at[k].sign_ups++;
		*VEC_PUSH(p->arena, &p->entries) = (struct entry){ .kid = k,
			.event = e,
			.category = c != NULL ? c->id : STR("") };
		plan_step(p, at, ACT_SIGN_UP, n);
		if (!e->auto_approve && plan_draw(p, 3) > 0)
			plan_step(p, plan_moment(p, days - 1),
			    ACT_SIGN_UP_APPROVE, n);
		most--;
	}
}

/* Full where there are few seats and luck has it. */
static size_t
visitors(struct plan *p, int64_t seats, size_t number)
{
	if (seats >= 0 && seats <= SMALL && number % FULL_SHARE == 0)
		return (size_t)seats;
	return plan_draw(p, SOME);
}

void
plan_events(struct plan *p)
{
	size_t number = 0;

	if (p->kids.n == 0)
		return;
	for (size_t i = 0; i < p->catalog->events.n; i++) {
		const struct catalog_event *e = p->catalog->events.at[i].value;

		if (!e->sign_up)
			continue;
		if (e->categories.n == 0)
			sign_up(p, e, NULL, visitors(p, e->seats, number++));
		for (size_t k = 0; k < e->categories.n; k++) {
			const struct catalog_category *c = &e->categories.at[k];

			sign_up(p, e, c,
			    c->seats >= 0 && c->seats <= SMALL
				? (size_t)c->seats
				: plan_draw(p, SOME));
		}
	}
}

/* --- reviews ------------------------------------------------------------- */

struct tally {
	const struct catalog_program *program;
	size_t enrolled;
	size_t reviews;
};

struct tallies {
	VEC(struct tally) items;
};

static struct tally *
tally_of(struct plan *p, struct tallies *all,
    const struct catalog_program *program)
{
	struct tally *t;

	for (size_t i = 0; i < all->items.n; i++)
		if (all->items.at[i].program == program)
			return &all->items.at[i];
	t = VEC_PUSH(p->arena, &all->items);
	t->program = program;
	return t;
}

/* Said once, and of its own direction before one that fits everywhere. */
static const struct opinion_text *
text_for(const struct plan *p, const struct catalog_program *program)
{
	const struct opinion_text *any = NULL;

	for (size_t i = 0; i < TEXTS_OPINIONS; i++) {
		const struct opinion_text *t = &texts_opinions[i];
		bool used = false;

		for (size_t k = 0; k < p->opinions.n; k++)
			used |= p->opinions.at[k].text == t;
		if (used)
			continue;
		if (t->direction == NULL)
			any = any != NULL ? any : t;
		else if (str_eq(program->direction, str_from(t->direction)))
			return t;
	}
	return any;
}

static bool
wrote_already(const struct plan *p, size_t family,
    const struct catalog_program *program)
{
	for (size_t i = 0; i < p->opinions.n; i++)
		if (p->opinions.at[i].family == family &&
		    p->opinions.at[i].program == program)
			return true;
	return false;
}

/* A few days after the order; read by the operator the day after. */
static bool
review(struct plan *p, const struct plea *x, bool fresh)
{
	const struct catalog_program *program = x->group->program;
	size_t family = p->kids.at[x->kid].family, n = p->opinions.n;
	const struct opinion_text *text = text_for(p, program);
	struct date day = date_local(x->enrolled).date;
	int days = (int)(date_to_days(p->today) - date_to_days(day)) - 2 -
		   (int)plan_draw(p, 3);

	if (text == NULL || wrote_already(p, family, program))
		return false;
	*VEC_PUSH(p->arena, &p->opinions) = (struct opinion){ .family = family,
		.program = program,
		.text = text };
	if (fresh) {
		plan_step(p, plan_moment(p, 1), ACT_REVIEW, n);
		return true;
	}
	plan_step(p, plan_moment(p, days), ACT_REVIEW, n);
	plan_step(p, plan_moment(p, days - 1), ACT_REVIEW_APPROVE, n);
	if (n % 3 == 0)
		plan_step(p, plan_moment(p, days - 2), ACT_REVIEW_ANSWER, n);
	return true;
}

/* The program with most families of those not spoken of yet. */
static struct tally *
most_loved(struct tallies *all)
{
	struct tally *best = NULL;

	for (size_t i = 0; i < all->items.n; i++) {
		struct tally *t = &all->items.at[i];

		if (t->reviews == 0 &&
		    (best == NULL || t->enrolled > best->enrolled))
			best = t;
	}
	return best;
}

void
plan_reviews(struct plan *p)
{
	struct tallies all = { 0 };
	size_t approved = 0;

	for (size_t i = 0; i < p->pleas.n; i++)
		if (p->pleas.at[i].enrolled != 0)
			tally_of(p, &all, p->pleas.at[i].group->program)
			    ->enrolled++;
	for (size_t i = 0; i < PLAN_REVIEWED + PLAN_REVIEWS_NEW; i++) {
		bool fresh = i >= PLAN_REVIEWED;
		size_t most = fresh ? 1 : PLAN_REVIEWS_EACH;
		struct tally *t = most_loved(&all);

		for (size_t k = 0; t != NULL && k < p->pleas.n; k++) {
			const struct plea *x = &p->pleas.at[k];

			if (x->group->program != t->program ||
			    x->enrolled == 0 || t->reviews >= most ||
			    (!fresh && approved >= PLAN_REVIEWS) ||
			    !review(p, x, fresh))
				continue;
			t->reviews++;
			approved += !fresh;
		}
		/* None came about: not to be looked at again. */
		if (t != NULL && t->reviews == 0)
			t->reviews = most;
	}
}
