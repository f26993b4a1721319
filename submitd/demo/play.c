#include "submitd/demo/play.h"

#include "submitd/demo/names.h"
#include "submitd/demo/texts.h"
#include "submitd/domain/catalog.h"

/* --- who acts ------------------------------------------------------------ */

static struct actor
guardian(const struct stage *st, size_t family)
{
	return (struct actor){ .account = st->plan->families.at[family].id,
		.role = ROLE_GUARDIAN };
}

static struct actor
operator(const struct stage *st)
{
	return (struct actor){ .account = st->cast->operator,
		.role = ROLE_OPERATOR };
}

/* An account for each organization that has something to do. */
static enum store_rc
organizer(struct stage *st, struct str organization, int64_t now,
    struct actor *out)
{
	size_t n = st->organizers.n;
	struct account *made;
	struct str family, given;
	enum store_rc rc;

	*out = (struct actor){ .account = st->cast->organizer,
		.role = ROLE_ORGANIZER,
		.organization = organization };
	if (str_eq(organization, st->cast->organization))
		return STORE_OK;
	for (size_t i = 0; i < n; i++) {
		if (!str_eq(st->organizers.at[i].organization, organization))
			continue;
		out->account = st->organizers.at[i].id;
		return STORE_OK;
	}
	made = VEC_PUSH(st->arena, &st->organizers);
	family = names_family(st->arena, PLAN_FAMILIES + n, true);
	given = names_adult(n, true);
	*made = (struct account){ .role = ROLE_ORGANIZER,
		.organization = organization,
		.email = str_format(st->arena, "example-%.*s@demo.example",
		    STR_ARG(organization)),
		.full_name = str_format(st->arena, "%.*s %.*s", STR_ARG(given),
		    STR_ARG(family)) };
	rc = store_account_add(st->store, st->arena, made, st->password, now,
	    &made->id);
	out->account = made->id;
	return rc;
}

/* --- families ------------------------------------------------------------ */

static enum store_rc
join(struct stage *st, size_t of, int64_t at)
{
	struct family *f = &st->plan->families.at[of];
	const struct account account = { .role = ROLE_GUARDIAN,
		.email = f->email,
		.full_name = f->full_name };

	return store_account_add(st->store, st->arena, &account, st->password,
	    at, &f->id);
}

static enum store_rc
child(struct stage *st, size_t of, int64_t at)
{
	struct kid *k = &st->plan->kids.at[of];
	struct actor who = guardian(st, k->family);
	enum verdict verdict;
	struct str id = STR("");
	enum store_rc rc = store_child_add(st->store, &st->batch, &who,
	    &k->child, at, &verdict, &id);

	if (rc == STORE_OK && verdict == VERDICT_OK)
		k->child.id = str_dup(st->arena, id);
	return rc;
}

static enum store_rc
request(struct stage *st, size_t of, int64_t at)
{
	struct kid *k = &st->plan->kids.at[of];
	struct actor who = guardian(st, k->family);
	enum verdict verdict;
	struct str id;
	enum store_rc rc;

	if (k->child.id.n == 0)
		return STORE_OK;
	rc = store_certificate_request(st->store, &st->batch, &who, k->child.id,
	    at, &verdict, &id);
	if (rc == STORE_OK && verdict == VERDICT_OK)
		k->certificate = str_dup(st->arena, id);
	return rc;
}

static enum store_rc
activate(struct stage *st, size_t of, int64_t at)
{
	const struct kid *k = &st->plan->kids.at[of];
	struct actor who = operator(st);
	struct certificate out;
	enum verdict verdict;

	if (k->certificate.n == 0)
		return STORE_OK;
	return store_certificate_activate(st->store, &st->batch, &who,
	    k->certificate, at, &verdict, &out);
}

static enum store_rc
claim(struct stage *st, size_t of, int64_t at)
{
	const struct mistake *m = &st->plan->mistakes.at[of];
	struct actor who = guardian(st, m->family);
	enum verdict verdict;
	struct str id;

	return store_claim_add(st->store, &st->batch, &who,
	    &st->plan->kids.at[m->kid].child, CLAIM_OPERATOR, at, &verdict,
	    &id);
}

/* The family name where the given name belongs. */
static enum store_rc
twin(struct stage *st, size_t of, int64_t at)
{
	const struct mistake *m = &st->plan->mistakes.at[of];
	struct actor who = guardian(st, m->family);
	struct child c = st->plan->kids.at[m->kid].child;
	struct str family = c.family_name;
	enum verdict verdict;
	struct str id;

	c.family_name = c.given_name;
	c.given_name = family;
	return store_child_add(st->store, &st->batch, &who, &c, at, &verdict,
	    &id);
}

/* --- applications -------------------------------------------------------- */

static enum store_rc
apply(struct stage *st, size_t of, int64_t at)
{
	struct plea *x = &st->plan->pleas.at[of];
	const struct kid *k = &st->plan->kids.at[x->kid];
	struct actor who = guardian(st, k->family);
	const struct application_ask ask = {
		.program = x->group->program->id,
		.group = x->group->id,
		.child = k->child.id,
		.certificate = x->certificate,
	};
	struct application out;
	enum verdict verdict;
	enum store_rc rc;

	if (k->child.id.n == 0)
		return STORE_OK;
	rc = store_application_apply(st->store, &st->batch, &who, &ask, at,
	    &verdict, &out);
	if (rc == STORE_OK && verdict == VERDICT_OK)
		x->id = str_dup(st->arena, out.id);
	return rc;
}

/* What the organizer does with it. */
static enum store_rc
answer(struct stage *st, size_t of, int64_t at, enum act act)
{
	const struct plea *x = &st->plan->pleas.at[of];
	struct date day = date_local(at).date;
	struct str contract = str_format(&st->batch, "%zu-Д", of + 1);
	struct str order = str_format(&st->batch, "%d-к", day.day);
	struct actor who;
	enum verdict verdict;
	enum store_rc rc;

	if (x->id.n == 0)
		return STORE_OK;
	rc = organizer(st, x->group->program->organization->id, at, &who);
	if (rc != STORE_OK)
		return rc;
	switch (act) {
	case ACT_APPROVE:
		return store_application_approve(st->store, &st->batch, &who,
		    x->id, at, &verdict, NULL);
	case ACT_CONTRACT:
		return store_application_contract(st->store, &st->batch, &who,
		    x->id, contract, day, at, &verdict, NULL);
	case ACT_ENROLL:
		return store_application_enroll(st->store, &st->batch, &who,
		    x->id, order, day, at, &verdict, NULL);
	default:
		return store_application_decline(st->store, &st->batch, &who,
		    x->id, DECLINE_NO_ANSWER,
		    STR("Не смогли до вас дозвониться. Если передумаете, "
			"подайте заявку ещё раз."),
		    at, &verdict, NULL);
	}
}

static enum store_rc
withdraw(struct stage *st, size_t of, int64_t at, enum act act)
{
	const struct plea *x = &st->plan->pleas.at[of];
	struct actor who = guardian(st, st->plan->kids.at[x->kid].family);
	enum verdict verdict;

	if (x->id.n == 0)
		return STORE_OK;
	if (act == ACT_CANCEL)
		return store_application_cancel(st->store, &st->batch, &who,
		    x->id, at, &verdict, NULL);
	return store_application_leave_ask(st->store, &st->batch, &who, x->id,
	    LEAVE_TIME, STR("Не успеваем после школы."), at, &verdict, NULL);
}

/* --- sign-ups and reviews ------------------------------------------------ */

static enum store_rc
sign_up(struct stage *st, size_t of, int64_t at)
{
	struct entry *e = &st->plan->entries.at[of];
	const struct kid *k = &st->plan->kids.at[e->kid];
	struct actor who = guardian(st, k->family);
	const struct sign_up_ask ask = { .event = e->event->id,
		.category = e->category,
		.children = &k->child.id,
		.nchildren = 1 };
	struct sign_up_list out = { 0 };
	enum verdict verdict;
	size_t failed;
	enum store_rc rc;

	if (k->child.id.n == 0)
		return STORE_OK;
	rc = store_sign_up_add(st->store, &st->batch, &who, &ask, at, &verdict,
	    &failed, &out);
	if (rc == STORE_OK && verdict == VERDICT_OK)
		e->id = str_dup(st->arena, out.items.at[0].id);
	return rc;
}

static enum store_rc
sign_up_approve(struct stage *st, size_t of, int64_t at)
{
	const struct entry *e = &st->plan->entries.at[of];
	struct actor who = operator(st);
	struct sign_up out;
	enum verdict verdict;
	enum store_rc rc = STORE_OK;

	if (e->id.n == 0)
		return STORE_OK;
	if (e->event->organization != NULL)
		rc = organizer(st, e->event->organization->id, at, &who);
	if (rc != STORE_OK)
		return rc;
	return store_sign_up_act(st->store, &st->batch, &who, e->id,
	    SIGN_UP_APPROVE, STR(""), STR(""), at, &verdict, &out);
}

static enum store_rc
review(struct stage *st, size_t of, int64_t at)
{
	struct opinion *o = &st->plan->opinions.at[of];
	struct actor who = guardian(st, o->family);
	struct review out;
	enum verdict verdict;
	enum store_rc rc =
	    store_review_put(st->store, &st->batch, &who, o->program->id,
		o->text->rating, str_from(o->text->text), at, &verdict, &out);

	if (rc == STORE_OK && verdict == VERDICT_OK)
		o->id = str_dup(st->arena, out.id);
	return rc;
}

static enum store_rc
review_approve(struct stage *st, size_t of, int64_t at)
{
	const struct opinion *o = &st->plan->opinions.at[of];
	struct actor who = operator(st);
	struct review out;
	enum verdict verdict;

	if (o->id.n == 0)
		return STORE_OK;
	return store_review_decide(st->store, &st->batch, &who, o->id, true,
	    STR(""), at, &verdict, &out);
}

static enum store_rc
review_answer(struct stage *st, size_t of, int64_t at)
{
	const struct opinion *o = &st->plan->opinions.at[of];
	struct review out;
	struct actor who;
	enum verdict verdict;
	enum store_rc rc;

	if (o->id.n == 0)
		return STORE_OK;
	rc = organizer(st, o->program->organization->id, at, &who);
	if (rc != STORE_OK)
		return rc;
	return store_review_answer(st->store, &st->batch, &who, o->id,
	    texts_answer(of), at, &verdict, &out);
}

enum store_rc
play(struct stage *st, const struct step *step)
{
	size_t of = step->of;
	int64_t at = step->at;

	switch (step->act) {
	case ACT_JOIN:
		return join(st, of, at);
	case ACT_CHILD:
		return child(st, of, at);
	case ACT_REQUEST:
		return request(st, of, at);
	case ACT_ACTIVATE:
		return activate(st, of, at);
	case ACT_APPLY:
		return apply(st, of, at);
	case ACT_APPROVE:
	case ACT_CONTRACT:
	case ACT_ENROLL:
	case ACT_DECLINE:
		return answer(st, of, at, step->act);
	case ACT_CANCEL:
	case ACT_ASK_LEAVE:
		return withdraw(st, of, at, step->act);
	case ACT_SIGN_UP:
		return sign_up(st, of, at);
	case ACT_SIGN_UP_APPROVE:
		return sign_up_approve(st, of, at);
	case ACT_REVIEW:
		return review(st, of, at);
	case ACT_REVIEW_APPROVE:
		return review_approve(st, of, at);
	case ACT_REVIEW_ANSWER:
		return review_answer(st, of, at);
	case ACT_CLAIM:
		return claim(st, of, at);
	case ACT_TWIN:
		return twin(st, of, at);
	case ACTS:
		break;
	}
	return STORE_FAILED;
}
