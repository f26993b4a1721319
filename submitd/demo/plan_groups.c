#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "submitd/demo/plan.h"
#include "submitd/domain/catalog.h"

enum {
	FULL_SHARE = 5, /* one group of so many is full */
	ENDLESS = 40,   /* how big a group without a limit looks */
	NOISE = 6,
	FAVOUR = 2, /* the organizer's own groups fill a little sooner */
	FEW = 5,
};

/* How far an application has come, and when it came in. */
enum stage {
	STAGE_ENROLLED,
	STAGE_CONTRACT,
	STAGE_APPROVED,
	STAGE_SUBMITTED,
	STAGE_WAITING,
	STAGE_OVERDUE,
	STAGE_DECLINED,
	STAGE_CANCELLED,
};

/* Days ago; each step comes so many days after the one before it. */
static const struct {
	int first, last;
	size_t steps;
	struct {
		int days;
		enum act act;
	} step[3];
} stages[] = {
	[STAGE_ENROLLED] = { 56, 18, 3,
	    { { 2, ACT_APPROVE }, { 5, ACT_CONTRACT }, { 8, ACT_ENROLL } } },
	[STAGE_CONTRACT] = { 13, 11, 2,
	    { { 3, ACT_APPROVE }, { 6, ACT_CONTRACT } } },
	[STAGE_APPROVED] = { 10, 8, 1, { { 4, ACT_APPROVE } } },
	[STAGE_SUBMITTED] = { 6, 4, 0, { { 0, ACT_APPROVE } } },
	[STAGE_WAITING] = { 3, 2, 0, { { 0, ACT_APPROVE } } },
	[STAGE_OVERDUE] = { 25, 25, 0, { { 0, ACT_APPROVE } } },
	[STAGE_DECLINED] = { 30, 15, 1, { { 3, ACT_DECLINE } } },
	[STAGE_CANCELLED] = { 25, 10, 1, { { 9, ACT_CANCEL } } },
};

struct target {
	const struct catalog_group *group;
	size_t number;
	int64_t score;
	size_t lot; /* the group's own, from its ids */
	size_t taken, waiting;
	bool own; /* of the organizer's organization */
};

struct targets {
	VEC(struct target) items;
};

/* One more application of this stage; false: nobody is left to ask. */
static bool
ask(struct plan *p, const struct target *t, enum stage stage)
{
	int span = stages[stage].first - stages[stage].last + 1;
	int days = stages[stage].last + (int)plan_draw(p, (size_t)span);
	int64_t at = plan_moment(p, days);
	size_t n = p->pleas.n;

	if (plan_kid_for(p, t->group, at) == SIZE_MAX)
		return false;
	plan_step(p, at, ACT_APPLY, n);
	for (size_t i = 0; i < stages[stage].steps; i++) {
		at = plan_moment(p, days - stages[stage].step[i].days);
		plan_step(p, at, stages[stage].step[i].act, n);
	}
	if (stage == STAGE_ENROLLED)
		p->pleas.at[n].enrolled = at;
	return true;
}

/* The older ones have come further. */
static enum stage
stage_of(struct plan *p, const struct target *t, size_t i)
{
	enum { TENTHS = 10, ENROLLED = 6, CONTRACT = 7, APPROVED = 8 };
	size_t place = (i * TENTHS + plan_draw(p, TENTHS)) / t->taken;

	if (t->own && i + (t->taken + 2) / 3 >= t->taken)
		return STAGE_SUBMITTED;
	return place < ENROLLED   ? STAGE_ENROLLED
	       : place < CONTRACT ? STAGE_CONTRACT
	       : place < APPROVED ? STAGE_APPROVED
				  : STAGE_SUBMITTED;
}

static void
fill(struct plan *p, const struct target *t, bool *overdue)
{
	for (size_t i = 0; i < t->taken; i++) {
		enum stage stage = stage_of(p, t, i);

		if (t->own && stage == STAGE_SUBMITTED && !*overdue) {
			*overdue = true;
			stage = STAGE_OVERDUE;
		}
		if (!ask(p, t, stage))
			return;
	}
	for (size_t i = 0; i < t->waiting; i++)
		if (!ask(p, t, STAGE_WAITING))
			return;
}

/* --- which groups -------------------------------------------------------- */

/* Open now, and open when the first families came. */
static bool
is_open(const struct plan *p, const struct catalog_group *g)
{
	int64_t before = p->now - (int64_t)PLAN_DAYS * DATE_DAY;

	return (g->opens == 0 || g->opens <= before) &&
	       (g->closes == 0 || g->closes > p->now) &&
	       (g->ends == 0 || g->ends > p->now) && g->seats != 0;
}

static size_t
lot_of(const struct catalog_group *g)
{
	const struct str parts[] = { g->program->id, g->id };
	struct hash h = hash_of_all(parts, 2);

	return (size_t)h.bytes[0] << 8 | h.bytes[1];
}

static void
collect(struct plan *p, struct targets *out)
{
	for (size_t i = 0; i < p->catalog->programs.n; i++) {
		const struct catalog_program *c =
		    p->catalog->programs.at[i].value;

		for (size_t k = 0; k < c->groups.n; k++) {
			const struct catalog_group *g = c->groups.at[k];
			struct target *t;

			if (!is_open(p, g))
				continue;
			t = VEC_PUSH(p->arena, &out->items);
			t->group = g;
			t->number = out->items.n;
			t->lot = lot_of(g);
			t->own = str_eq(c->organization->id, p->organization);
			t->score = (g->seats < 0 ? ENDLESS : g->seats) +
				   (int64_t)(t->lot % NOISE) -
				   (t->own ? FAVOUR : 0);
		}
	}
}

static int
by_score(const void *x, const void *y)
{
	const struct target *a = x, *b = y;

	if (a->score != b->score)
		return a->score < b->score ? -1 : 1;
	return (a->number > b->number) - (a->number < b->number);
}

/* Waiting lists for so many of the full groups, the larger ones first. */
static size_t
queue_up(struct plan *p, struct targets *all, size_t full, bool own,
    size_t most)
{
	size_t lists = 0;

	for (size_t i = full; i-- > 0 && lists < most;) {
		struct target *t = &all->items.at[i];

		if (t->group->waiting == 0 || t->own != own)
			continue;
		t->waiting = 2 + plan_draw(p, 3);
		if (t->group->waiting > 0 &&
		    t->waiting > (size_t)t->group->waiting)
			t->waiting = (size_t)t->group->waiting;
		lists++;
	}
	return lists;
}

/* Full ones first; of the others one in five stays empty. */
static void
decide(struct plan *p, struct targets *all)
{
	size_t full = all->items.n / FULL_SHARE, lists;

	for (size_t i = 0; i < all->items.n; i++) {
		struct target *t = &all->items.at[i];
		size_t seats =
		    t->group->seats < 0 ? ENDLESS : (size_t)t->group->seats;

		if (i < full)
			t->taken = seats;
		else if (t->own || t->lot % FULL_SHARE != 0)
			t->taken = 1 + plan_draw(p, FEW);
		if (i >= full && t->taken >= seats)
			t->taken = seats - 1;
	}
	lists = queue_up(p, all, full, true, 1);
	(void)queue_up(p, all, full, false, PLAN_WAITING - lists);
}

/* One who was enrolled asks to leave; some were declined or thought better. */
static void
turn_away(struct plan *p, const struct targets *all)
{
	enum { EVERY = 9, DECLINED = 4, CANCELLED = 7, LEAVE = 1 };

	for (size_t i = all->items.n / FULL_SHARE; i < all->items.n; i++) {
		const struct target *t = &all->items.at[i];

		if (t->group->seats >= 0 &&
		    t->taken + 1 >= (size_t)t->group->seats)
			continue;
		if (i % EVERY == DECLINED)
			(void)ask(p, t, STAGE_DECLINED);
		else if (i % EVERY == CANCELLED)
			(void)ask(p, t, STAGE_CANCELLED);
	}
	for (size_t i = 0; i < p->pleas.n; i++) {
		const struct plea *x = &p->pleas.at[i];

		if (x->enrolled == 0 ||
		    !str_eq(x->group->program->organization->id,
			p->organization))
			continue;
		plan_step(p, plan_moment(p, LEAVE), ACT_ASK_LEAVE, i);
		return;
	}
}

void
plan_groups(struct plan *p)
{
	struct targets all = { 0 };
	bool overdue = false;

	collect(p, &all);
	if (all.items.n == 0)
		return;
	qsort(all.items.at, all.items.n, sizeof(struct target), by_score);
	decide(p, &all);
	/* While there are most people: the lists, then the rest. */
	for (size_t i = 0; i < all.items.n; i++)
		if (all.items.at[i].waiting > 0)
			fill(p, &all.items.at[i], &overdue);
	for (size_t i = 0; i < all.items.n; i++)
		if (all.items.at[i].waiting == 0 && all.items.at[i].taken > 0)
			fill(p, &all.items.at[i], &overdue);
	turn_away(p, &all);
}
