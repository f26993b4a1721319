#include "submitd/pages/operator.h"

#include "base/value.h"
#include "submitd/pages/door.h"
#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

/* The operator's cabinet: children, certificates, reviews, figures. */

enum { REASON_MAX = 500 };

const struct form_field decision_fields[] = {
	{ .name = "decision", .required = true },
	{ 0 },
};
const struct form_field review_reason_fields[] = {
	{ .name = "reason",
	    .max = REASON_MAX,
	    .required = true,
	    .lines = true },
	{ 0 },
};

/* GET /operator/ */
void
operator_get(struct app *app, struct call *c)
{
	struct store_counts n = { 0 };
	struct value *v = reply_values(app, c, "cabinet.operator.title");
	enum store_rc rc = store_counts(app->store, &c->who, app->now, &n);

	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	const struct {
		const char *key;
		int64_t n;
	} figures[] = {
		{ "children", n.children },
		{ "guardians", n.guardians },
		{ "submitted", n.applications[APPLICATION_SUBMITTED] },
		{ "waiting", n.applications[APPLICATION_WAITING] },
		{ "approved", n.applications[APPLICATION_APPROVED] },
		{ "enrolled", n.applications[APPLICATION_ENROLLED] },
		{ "overdue", n.overdue },
		{ "claims", n.claims },
		{ "pairs", n.pairs },
		{ "certificates", n.certificates[CERTIFICATE_REQUESTED] },
		{ "reviews", n.reviews },
		{ "groups_over", n.groups_over },
		{ "groups_gone", n.groups_gone },
		{ "letters_waiting", n.letters_waiting },
		{ "letters_dead", n.letters_dead },
	};
	for (size_t i = 0; i < sizeof(figures) / sizeof(figures[0]); i++)
		value_set_int(c->arena, v, figures[i].key, figures[i].n);
	part_menu(app, c, v, "/operator/");
	reply_page(app, c, 200, "cabinet/operator.html", v);
}

static struct value *
claim_value(struct app *app, struct call *c, const struct claim *k)
{
	struct value *v = part_child(app, c, &k->child, 0);

	value_set_text(c->arena, v, "claim", k->id);
	value_set_text(c->arena, v, "claimant", k->claimant);
	value_set_text(c->arena, v, "email", k->email);
	return v;
}

static struct value *
pair_value(struct app *app, struct call *c, const struct child_pair *p)
{
	struct value *v = value_map(c->arena);

	value_set_text(c->arena, v, "pair", p->id);
	value_set(c->arena, v, STR("first"), part_child(app, c, &p->a, 0));
	value_set(c->arena, v, STR("second"), part_child(app, c, &p->b, 1));
	return v;
}

static void
children_page(struct app *app, struct call *c, const struct claim_list *claims,
    const struct child_pair_list *pairs)
{
	struct value *v = reply_values(app, c, "cabinet.doubles.title");
	struct value *claim_items = value_list(c->arena);
	struct value *pair_items = value_list(c->arena);

	for (size_t i = 0; i < claims->items.n; i++)
		value_add(c->arena, claim_items,
		    claim_value(app, c, &claims->items.at[i]));
	for (size_t i = 0; i < pairs->items.n; i++)
		value_add(c->arena, pair_items,
		    pair_value(app, c, &pairs->items.at[i]));
	value_set(c->arena, v, STR("claims"), claim_items);
	value_set(c->arena, v, STR("pairs"), pair_items);
	part_menu(app, c, v, "/operator/children");
	reply_page(app, c, 200, "cabinet/operator_children.html", v);
}

static void
matter_json(struct json *j, struct str kind, struct str id,
    const struct child *first, const struct child *second)
{
	json_open(j, '{');
	json_str_field(j, STR("id"), id);
	json_str_field(j, STR("kind"), kind);
	json_key(j, STR("children"));
	json_open(j, '[');
	part_child_json(j, first);
	if (second != NULL)
		part_child_json(j, second);
	json_close(j, ']');
	json_close(j, '}');
}

static void
children_json(struct call *c, const struct claim_list *claims,
    const struct child_pair_list *pairs)
{
	struct json j = reply_json(c, 200);

	part_list_open(&j);
	for (size_t i = 0; i < claims->items.n; i++) {
		const struct claim *k = &claims->items.at[i];

		matter_json(&j, STR("claim"), k->id, &k->child, NULL);
	}
	for (size_t i = 0; i < pairs->items.n; i++) {
		const struct child_pair *p = &pairs->items.at[i];

		matter_json(&j, STR("pair"), p->id, &p->a, &p->b);
	}
	part_list_close(&j, 0);
}

/* GET /operator/children: claims to decide, pairs that may be one child */
void
operator_children_get(struct app *app, struct call *c)
{
	struct claim_list claims = { 0 };
	struct child_pair_list pairs = { 0 };
	enum store_rc rc =
	    store_claim_list(app->store, c->arena, &c->who, &claims);

	if (rc == STORE_OK)
		rc = store_child_pairs(app->store, c->arena, &c->who, &pairs);
	if (rc != STORE_OK)
		reply_store(app, c, rc);
	else if (c->json)
		children_json(c, &claims, &pairs);
	else
		children_page(app, c, &claims, &pairs);
}

/* Back to the list, or what the rules said. */
static void
reply_decided(struct app *app, struct call *c, enum store_rc rc,
    enum verdict verdict, struct str place)
{
	if (!part_done(app, c, rc, verdict))
		return;
	if (!c->json) {
		reply_see(c, place);
		return;
	}
	struct json j = reply_json(c, 200);

	json_open(&j, '{');
	json_str_field(&j, STR("id"), c->ids.value[0]);
	json_close(&j, '}');
}

/* POST /operator/children/claims/{id} */
void
operator_claim_post(struct app *app, struct call *c)
{
	static const char *const decisions[] = { "no", "yes", NULL };
	int yes = form_choice(&c->form, c->arena, "decision", decisions);
	enum verdict verdict = VERDICT_OK;
	enum store_rc rc;

	if (!form_ok(&c->form)) {
		reply_problem(app, c, 422, "fields");
		return;
	}
	rc = store_claim_decide(app->store, c->arena, &c->who, c->ids.value[0],
	    yes == 1, app->now, &verdict);
	reply_decided(app, c, rc, verdict, STR("/operator/children"));
}

/* POST /operator/children/pairs/{id}: they are two. */
void
operator_pair_post(struct app *app, struct call *c)
{
	enum store_rc rc = store_child_pair_close(app->store, &c->who,
	    c->ids.value[0], app->now);

	reply_decided(app, c, rc, VERDICT_OK, STR("/operator/children"));
}

/* GET /operator/certificates */
void
operator_certificates_get(struct app *app, struct call *c)
{
	struct certificate_list list = { 0 };
	struct value *items = value_list(c->arena);
	struct value *v;
	enum store_rc rc = store_certificate_list(app->store, c->arena, &c->who,
	    CERTIFICATE_REQUESTED, app->now, &list);

	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	if (c->json) {
		struct json j = reply_json(c, 200);

		part_list_open(&j);
		for (size_t i = 0; i < list.items.n; i++)
			part_certificate_json(&j, &list.items.at[i]);
		part_list_close(&j, 0);
		return;
	}
	for (size_t i = 0; i < list.items.n; i++)
		value_add(c->arena, items,
		    part_certificate(app, c, &list.items.at[i]));
	v = reply_values(app, c, "cabinet.certificates.title");
	value_set(c->arena, v, STR("certificates"), items);
	part_menu(app, c, v, "/operator/certificates");
	reply_page(app, c, 200, "cabinet/operator_certificates.html", v);
}

/* POST /operator/certificates/{id}/activate */
void
operator_certificate_post(struct app *app, struct call *c)
{
	enum verdict verdict = VERDICT_OK;
	struct certificate k;
	enum store_rc rc = store_certificate_activate(app->store, c->arena,
	    &c->who, c->ids.value[0], app->now, &verdict, &k);

	if (rc != STORE_OK || verdict != VERDICT_OK || !c->json) {
		reply_decided(app, c, rc, verdict,
		    STR("/operator/certificates"));
		return;
	}
	struct json j = reply_json(c, 200);

	part_certificate_json(&j, &k);
}

static enum store_rc
reviews_values(struct app *app, struct call *c, struct value **out)
{
	struct review_list list = { 0 };
	struct value *items = value_list(c->arena);
	enum store_rc rc = store_review_list(app->store, c->arena, &c->who,
	    REVIEW_SUBMITTED, 0, 0, &list);

	for (size_t i = 0; rc == STORE_OK && i < list.items.n; i++)
		value_add(c->arena, items,
		    part_review(app, c, &list.items.at[i]));
	*out = reply_values(app, c, "cabinet.moderation.title");
	value_set(c->arena, *out, STR("reviews"), items);
	part_menu(app, c, *out, "/operator/reviews");
	return rc;
}

/* GET /operator/reviews */
void
operator_reviews_get(struct app *app, struct call *c)
{
	struct review_list list = { 0 };
	struct value *v;
	enum store_rc rc;

	if (!c->json) {
		rc = reviews_values(app, c, &v);
		if (rc == STORE_OK)
			reply_page(app, c, 200, "cabinet/operator_reviews.html",
			    v);
		else
			reply_store(app, c, rc);
		return;
	}
	rc = store_review_list(app->store, c->arena, &c->who, REVIEW_SUBMITTED,
	    0, 0, &list);
	if (rc == STORE_OK)
		part_review_list_json(c, &list);
	else
		reply_store(app, c, rc);
}

static void
decide_review(struct app *app, struct call *c, bool approve)
{
	enum verdict verdict = VERDICT_OK;
	struct review r;
	enum store_rc rc =
	    store_review_decide(app->store, c->arena, &c->who, c->ids.value[0],
		approve, form_text(&c->form, "reason"), app->now, &verdict, &r);

	reply_decided(app, c, rc, verdict, STR("/operator/reviews"));
}

/* POST /operator/reviews/{id}/approve */
void
operator_review_approve_post(struct app *app, struct call *c)
{
	decide_review(app, c, true);
}

/* POST /operator/reviews/{id}/decline: the author is told why. */
void
operator_review_decline_post(struct app *app, struct call *c)
{
	struct value *v;
	enum store_rc rc;

	if (form_ok(&c->form)) {
		decide_review(app, c, false);
		return;
	}
	rc = reviews_values(app, c, &v);
	if (rc == STORE_OK)
		reply_form(app, c, "cabinet/operator_reviews.html", v);
	else
		reply_store(app, c, rc);
}
