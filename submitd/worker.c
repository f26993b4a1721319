#include "submitd/worker.h"

#include <stddef.h>

#include "base/buf.h"
#include "base/log.h"
#include "submitd/domain/catalog.h"
#include "submitd/http/server.h"
#include "submitd/mail/letter.h"
#include "submitd/mail/outbox.h"
#include "submitd/pages/app.h"
#include "submitd/pages/look.h"
#include "submitd/reload.h"
#include "submitd/store/store.h"
#include "submitd/turn.h"

enum {
	MAIL_EVERY_MS = 200,
	DUE_EVERY_MS = 1000,
	CHECKPOINT_EVERY_MS = 1000,
	CATALOG_EVERY_MS = 1000,
	DUE_ROUNDS = 8, /* bounded pieces of work, then requests again */
};

/* --- letters ------------------------------------------------------------ */

static enum store_rc
store_result(struct app *app, const struct outbox_result *r)
{
	struct str id = str_from(r->id);

	if (r->fate == OUTBOX_SENT) {
		app->counters.mail_sent++;
		return store_mail_sent(app->store, id, app->now);
	}
	app->counters.mail_failed++;
	return store_mail_failed(app->store, id, r->fate == OUTBOX_REFUSED,
	    r->fate == OUTBOX_REFUSED ? STR("refused") : STR("not sent"),
	    app->now);
}

static void
take_results(struct worker *w)
{
	struct outbox_result result;

	while (outbox_take(w->outbox, &result)) {
		enum store_rc rc = store_result(w->app, &result);

		if (rc != STORE_OK && rc != STORE_NONE)
			log_warnx("letter %s: not marked", result.id);
	}
}

static struct letterhead
letterhead(const struct app *app)
{
	return (struct letterhead){
		.theme = app->theme,
		.language = app->look->language,
		.site = catalog_setting(app->catalog, "title"),
		.from = app->mail_from,
		.base_url = app->base_url,
		.host = app->host,
	};
}

static void
hand_out(struct worker *w, const struct mail_list *list)
{
	struct letterhead head = letterhead(w->app);
	struct buf message = { 0 };

	for (size_t i = 0; i < list->items.n; i++) {
		const struct mail *m = &list->items.at[i];

		buf_reset(&message);
		if (letter_make(&w->arena, &head, m, w->app->now, &message))
			outbox_put(w->outbox, m->id, m->recipient,
			    buf_view(&message));
		else if (store_mail_failed(w->app->store, m->id, true,
			     STR("cannot be made"),
			     w->app->now) == STORE_FAILED)
			log_warnx("letter %.*s: not marked", STR_ARG(m->id));
	}
	buf_free(&message);
}

/* One transaction for all of it; the messages leave after its commit. */
static void
mail(void *ctx)
{
	struct worker *w = ctx;
	struct app *app = w->app;
	struct mail_list list = { 0 };
	size_t room = outbox_room(w->outbox);

	app->now = turn_now(w->turn);
	if (outbox_ready(w->outbox) == 0 &&
	    (room == 0 || store_mail_is_due(app->store, app->now) != STORE_OK))
		return;
	if (store_turn_begin(app->store) != STORE_OK) {
		turn_check(w->turn);
		return;
	}
	take_results(w);
	if (store_mail_claim(app->store, &w->arena, app->now,
		(int)outbox_room(w->outbox), &list) != STORE_OK)
		list.items.n = 0;
	if (store_turn_commit(app->store) == STORE_OK &&
	    store_turn_begin(app->store) == STORE_OK) {
		hand_out(w, &list);
		if (store_turn_commit(app->store) != STORE_OK)
			log_warnx("letters were not marked");
	}
	arena_reset(&w->arena);
	turn_check(w->turn);
}

/* --- the other timers --------------------------------------------------- */

static void
due(void *ctx)
{
	struct worker *w = ctx;
	bool more = true;

	w->app->now = turn_now(w->turn);
	for (int i = 0; more && i < DUE_ROUNDS; i++) {
		if (store_due(w->app->store, &w->arena, w->app->now, &more) !=
		    STORE_OK)
			more = false;
		arena_reset(&w->arena);
	}
	turn_check(w->turn);
}

static void
checkpoint(void *ctx)
{
	struct worker *w = ctx;

	store_checkpoint(w->app->store);
	turn_check(w->turn);
}

static void
catalog(void *ctx)
{
	struct worker *w = ctx;

	w->app->now = turn_now(w->turn);
	reload_look(w->reload);
	turn_check(w->turn);
}

int
worker_start(struct worker *w, struct server *s)
{
	if (w->outbox != NULL && server_every(s, MAIL_EVERY_MS, mail, w) == -1)
		return -1;
	if (server_every(s, DUE_EVERY_MS, due, w) == -1 ||
	    server_every(s, CHECKPOINT_EVERY_MS, checkpoint, w) == -1 ||
	    server_every(s, CATALOG_EVERY_MS, catalog, w) == -1)
		return -1;
	return 0;
}

void
worker_stop(struct worker *w)
{
	struct store *s = w->app->store;

	if (w->outbox != NULL) {
		outbox_stop(w->outbox);
		if (!store_broken(s) && store_turn_begin(s) == STORE_OK) {
			take_results(w);
			if (store_turn_commit(s) != STORE_OK)
				log_warnx("letters were not marked");
		}
	}
	arena_free(&w->arena);
}
