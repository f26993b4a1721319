#include "submitd/pages/live.h"

#include "submitd/pages/parts.h"
#include "submitd/pages/reply.h"

/*
 * What static pages ask for to be up to date: seats and ratings.  Public, no
 * person in it, kept by caches for a quarter of a minute.
 */

enum { LIVE_REVIEWS = 50, MINUTE = 60 };

/*
 * An answer made from one state of the store; 304 when the asker has it.  The
 * minute is in its tag because enrollment opens and closes on the minute.
 */
static bool
live_fresh(struct app *app, struct call *c)
{
	const struct catalog *catalog = app->catalog;
	struct str etag = str_format(c->arena, "\"%.8s-%llx-%llx\"",
	    catalog->hash.p, (long long)store_live_version(app->store),
	    (long long)(app->now / MINUTE));

	response_header(c->res, "Cache-Control",
	    STR("public, max-age=15, stale-while-revalidate=60"));
	response_header(c->res, "ETag", etag);
	if (!request_has_etag(c->req, etag))
		return false;
	c->res->status = 304;
	return true;
}

static struct json
live_open(struct app *app, struct call *c)
{
	struct json j = reply_json(c, 200);

	json_open(&j, '{');
	json_str_field(&j, STR("catalog"), app->catalog->hash);
	return j;
}

static void
put_seats(struct json *j, struct str key, int64_t seats)
{
	json_key(j, key);
	if (seats < 0)
		json_null(j);
	else
		json_int(j, seats);
}

static void
put_group(struct json *j, const struct group_state *g)
{
	json_key(j, g->id);
	json_open(j, '{');
	put_seats(j, STR("seats"), g->seats);
	json_int_field(j, STR("taken"), g->taken);
	json_int_field(j, STR("waiting"), g->waiting);
	json_bool_field(j, STR("open"), g->open);
	json_close(j, '}');
}

/* The mean to one digit, as the pages show it. */
static void
put_rating(struct json *j, struct arena *a, int64_t sum, int64_t count)
{
	int64_t tenths = (sum * 20 + count) / (count * 2);

	json_open(j, '{');
	json_key(j, STR("value"));
	json_raw(j, str_format(a, "%lld.%lld", (long long)(tenths / 10),
			(long long)(tenths % 10)));
	json_int_field(j, STR("count"), count);
	json_close(j, '}');
}

/* GET /live/programs/{id}.json */
void
live_program_get(struct app *app, struct call *c)
{
	const struct catalog_program *p =
	    catalog_program(app->catalog, c->ids.value[0]);
	struct group_state_list groups = { 0 };
	int64_t sum = 0, count = 0;
	enum store_rc rc;

	if (p == NULL) {
		reply_not_found(app, c);
		return;
	}
	if (live_fresh(app, c))
		return;
	rc = store_group_states(app->store, c->arena, p->id, app->now, &groups);
	if (rc == STORE_OK)
		rc = store_rating(app->store, p->id, &sum, &count);
	if (rc == STORE_NONE)
		rc = STORE_OK;
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	struct json j = live_open(app, c);

	json_time_field(&j, STR("at"), app->now);
	json_key(&j, STR("groups"));
	json_open(&j, '{');
	for (size_t i = 0; i < groups.items.n; i++)
		put_group(&j, &groups.items.at[i]);
	json_close(&j, '}');
	json_key(&j, STR("rating"));
	if (count > 0)
		put_rating(&j, c->arena, sum, count);
	else
		json_null(&j);
	json_close(&j, '}');
}

/* GET /live/availability.json: free seats, groups by program id, then as
 * written; null is no limit. */
void
live_availability_get(struct app *app, struct call *c)
{
	struct group_state_list groups = { 0 };
	enum store_rc rc;

	if (live_fresh(app, c))
		return;
	rc = store_group_states_all(app->store, c->arena, app->now, &groups);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	struct json j = live_open(app, c);

	json_key(&j, STR("free"));
	json_open(&j, '[');
	for (size_t i = 0; i < groups.items.n; i++) {
		const struct group_state *g = &groups.items.at[i];

		if (g->seats < 0)
			json_null(&j);
		else
			json_int(&j,
			    g->taken < g->seats ? g->seats - g->taken : 0);
	}
	json_close(&j, ']');
	json_close(&j, '}');
}

/* GET /live/programs/{id}/reviews.json */
void
live_reviews_get(struct app *app, struct call *c)
{
	const struct catalog_program *p =
	    catalog_program(app->catalog, c->ids.value[0]);
	struct review_list list = { 0 };
	enum store_rc rc;

	if (p == NULL) {
		reply_not_found(app, c);
		return;
	}
	if (live_fresh(app, c))
		return;
	rc = store_review_public(app->store, c->arena, p->id, LIVE_REVIEWS,
	    &list);
	if (rc != STORE_OK) {
		reply_store(app, c, rc);
		return;
	}
	struct json j = live_open(app, c);

	json_key(&j, STR("items"));
	json_open(&j, '[');
	for (size_t i = 0; i < list.items.n; i++) {
		const struct review *r = &list.items.at[i];

		json_open(&j, '{');
		json_str_field(&j, STR("author"), r->author);
		json_int_field(&j, STR("rating"), r->rating);
		json_str_field(&j, STR("text"), r->text);
		json_time_field(&j, STR("at"), r->approved);
		json_str_field(&j, STR("answer"), r->answer);
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
}
