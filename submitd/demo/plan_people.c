#include <stddef.h>

#include "submitd/demo/names.h"
#include "submitd/demo/plan.h"
#include "submitd/domain/application.h"
#include "submitd/domain/catalog.h"
#include "submitd/domain/certificate.h"

enum {
	AGE_MIN = 5, /* of the children who are made up */
	AGE_MAX = 16,
	MINUTES = 60,
	DAYS_OF_YEAR = 365,
	MONTH_DAYS = 28,
};

static bool
certificate_only(const struct catalog_program *p)
{
	return p->certificate && !p->budget && !p->paid;
}

static bool
takes_certificate(const struct catalog_program *p)
{
	return p->certificate && p->organization->verified;
}

static bool
kid_can_pay(const struct kid *k)
{
	return k->active && !k->spent;
}

/* By the same rules that will be asked when the plan is played. */
static bool
fits(const struct plan *p, const struct kid *k, const struct catalog_group *g,
    int64_t at)
{
	struct application_facts f = {
		.group = g,
		.birth = k->child.birth,
		.today = date_local(at).date,
		.now = at,
		.others = k->groups.at,
		.nothers = k->groups.n,
	};

	if (k->groups.n >= PLAN_GROUPS ||
	    !str_eq(p->families.at[k->family].municipality,
		g->program->municipality->id) ||
	    (certificate_only(g->program) && !kid_can_pay(k)))
		return false;
	for (size_t i = 0; i < k->groups.n; i++)
		f.duplicate |= k->groups.at[i]->program == g->program;
	return application_may_apply(&f) == VERDICT_OK;
}

/* A birth date with which the group's ages are met. */
static struct date
birth_for(struct plan *p, const struct catalog_group *g)
{
	struct date on = g->from.year > 0 ? g->from : p->today;
	int from = g->age_min > AGE_MIN ? g->age_min : AGE_MIN;
	int to = g->age_max >= 0 && g->age_max < AGE_MAX ? g->age_max : AGE_MAX;
	int age = from;

	if (to > from)
		age += (int)plan_draw(p, (size_t)(to - from + 1));
	else if (g->age_max >= 0 && from > g->age_max)
		age = g->age_max;
	on.year -= age;
	if (on.day > MONTH_DAYS)
		on.day = MONTH_DAYS;
	return date_from_days(
	    date_to_days(on) - 1 - (int64_t)plan_draw(p, DAYS_OF_YEAR - 2));
}

static size_t
family_make(struct plan *p, struct str municipality)
{
	size_t n = p->families.n;
	struct family *f = VEC_PUSH(p->arena, &p->families);
	struct str name, given, father;
	size_t adult = plan_draw(p, NAMES_FAMILIES);

	f->number = n;
	f->mother = plan_draw(p, 4) > 0;
	f->father = f->mother ? plan_draw(p, NAMES_FAMILIES) : adult;
	f->municipality = municipality;
	f->wanted = 1 + plan_draw(p, PLAN_CHILDREN);
	name = names_family(p->arena, n, f->mother);
	given = names_adult(adult, f->mother);
	father =
	    names_patronymic(p->arena, plan_draw(p, NAMES_FAMILIES), f->mother);
	f->full_name = str_format(p->arena, "%.*s %.*s %.*s", STR_ARG(name),
	    STR_ARG(given), STR_ARG(father));
	f->email = str_format(p->arena, "example-%zu@demo.example", n + 1);
	f->joined = plan_moment(p, PLAN_DAYS - (int)plan_draw(p, 3));
	plan_step(p, f->joined, ACT_JOIN, n);
	return n;
}

static size_t
family_for(struct plan *p, const struct catalog_group *g)
{
	struct str municipality = g->program->municipality->id;

	for (size_t i = 0; i < p->families.n; i++) {
		const struct family *f = &p->families.at[i];

		if (f->children < f->wanted &&
		    str_eq(f->municipality, municipality))
			return i;
	}
	if (p->families.n < PLAN_FAMILIES)
		return family_make(p, municipality);
	return SIZE_MAX;
}

/* How it stands with the certificate, in tenths of all children. */
static void
kid_certificate(struct plan *p, struct kid *k, bool wanted, size_t n)
{
	enum { ACTIVE = 6, ASKED = 7, TENTHS = 10, ACTIVATED = PLAN_DAYS - 6 };
	size_t lot = plan_draw(p, TENTHS);
	const struct family *f = &p->families.at[k->family];

	if (!certificate_age(k->child.birth, p->today, p->catalog->age_min,
		p->catalog->age_max))
		return;
	k->active = wanted || lot < ACTIVE;
	k->asks = k->active || lot < ASKED;
	if (k->asks)
		plan_step(p, f->joined + (int64_t)(10 + n) * MINUTES,
		    ACT_REQUEST, n);
	if (k->active)
		plan_step(p, plan_moment(p, ACTIVATED), ACT_ACTIVATE, n);
}

static size_t
kid_make(struct plan *p, const struct catalog_group *g)
{
	size_t home = family_for(p, g), n = p->kids.n;
	struct family *f;
	struct kid *k;
	bool girl;

	if (home == SIZE_MAX)
		return SIZE_MAX;
	f = &p->families.at[home];
	k = VEC_PUSH(p->arena, &p->kids);
	girl = plan_draw(p, 2) == 0;
	k->family = home;
	k->child = (struct child){
		.family_name = names_family(p->arena, f->number, girl),
		.given_name = names_child(f->number + 3 * f->children, girl),
		.patronymic = names_patronymic(p->arena, f->father, girl),
		.birth = birth_for(p, g),
		.municipality = f->municipality,
	};
	plan_step(p, f->joined + (int64_t)(1 + f->children) * MINUTES,
	    ACT_CHILD, n);
	f->children++;
	kid_certificate(p, k, certificate_only(g->program), n);
	return n;
}

/* One who is there already. */
static size_t
kid_find(struct plan *p, const struct catalog_group *g, int64_t at)
{
	size_t from = p->kids.n > 0 ? plan_draw(p, p->kids.n) : 0;

	for (size_t i = 0; i < p->kids.n; i++) {
		size_t k = (from + i) % p->kids.n;

		if (fits(p, &p->kids.at[k], g, at))
			return k;
	}
	return SIZE_MAX;
}

size_t
plan_kid_for(struct plan *p, const struct catalog_group *g, int64_t at)
{
	bool fresh = plan_draw(p, 3) == 0;
	size_t k = fresh ? kid_make(p, g) : kid_find(p, g, at);

	if (k == SIZE_MAX)
		k = fresh ? kid_find(p, g, at) : kid_make(p, g);
	if (k == SIZE_MAX || !fits(p, &p->kids.at[k], g, at))
		return SIZE_MAX;
	*VEC_PUSH(p->arena, &p->kids.at[k].groups) = g;
	*VEC_PUSH(p->arena, &p->pleas) = (struct plea){
		.kid = k,
		.group = g,
		.certificate = takes_certificate(g->program) &&
			       kid_can_pay(&p->kids.at[k]),
	};
	p->kids.at[k].spent |= p->pleas.at[p->pleas.n - 1].certificate;
	return k;
}
