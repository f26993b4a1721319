#ifndef SUBMITD_STORE_INSIDE_H
#define SUBMITD_STORE_INSIDE_H

#include "base/db.h"
#include "base/map.h"
#include "submitd/store/statements.h"
#include "submitd/store/store.h"

/* What the rooms of the store share; nobody outside looks in here. */

struct store_deferred;

struct store {
	struct db *db;
	struct db_statement *st[STATEMENTS];
	struct catalog *catalog;
	int lock; /* of FILE.lock, or -1 */
	bool in_turn;
	bool live_dirty; /* since the turn began */
	int64_t live_version;
	uint16_t made;                   /* ids, so far */
	struct store_deferred *deferred; /* of a sabotage */
};

enum store_rc store_said(enum db_rc rc);

/* True when a writing statement may run: the turn stands. */
bool store_may_write(const struct store *s);

/* Runs a statement that changes something, to its end. */
#define store_write(s, id, ...) \
	store_write_values(s, id, (struct db_value[]){ __VA_ARGS__ }, \
	    sizeof((struct db_value[]){ __VA_ARGS__ }) / \
		sizeof(struct db_value))

enum store_rc store_write_values(struct store *s, enum statement id,
    const struct db_value *values, size_t n)
    __attribute__((warn_unused_result));

/*
 * Starts a statement that gives rows.  STORE_OK: the first stands ready and
 * store_done() must follow; STORE_NONE: there is none.
 */
#define store_row(s, id, ...) \
	store_row_values(s, id, (struct db_value[]){ __VA_ARGS__ }, \
	    sizeof((struct db_value[]){ __VA_ARGS__ }) / \
		sizeof(struct db_value))

enum store_rc store_row_values(struct store *s, enum statement id,
    const struct db_value *values, size_t n)
    __attribute__((warn_unused_result));

/* The same for a change that tells by a row whether it changed anything. */
#define store_change(s, id, ...) \
	store_change_values(s, id, (struct db_value[]){ __VA_ARGS__ }, \
	    sizeof((struct db_value[]){ __VA_ARGS__ }) / \
		sizeof(struct db_value))

enum store_rc store_change_values(struct store *s, enum statement id,
    const struct db_value *values, size_t n)
    __attribute__((warn_unused_result));

/* The next row, or STORE_NONE behind the last; then nothing is to be ended. */
enum store_rc store_next(struct store *s, enum statement id)
    __attribute__((warn_unused_result));

void store_done(struct store *s, enum statement id);

/*
 * A change of which only matters whether it happened; STORE_NONE: not.  Asking
 * for a row back instead would make the engine build a table for it.
 */
#define store_changed(s, id, ...) \
	store_changed_values(s, id, (struct db_value[]){ __VA_ARGS__ }, \
	    sizeof((struct db_value[]){ __VA_ARGS__ }) / \
		sizeof(struct db_value))

enum store_rc store_changed_values(struct store *s, enum statement id,
    const struct db_value *values, size_t n)
    __attribute__((warn_unused_result));

/* Reads the columns of a row one after the other. */
struct row {
	struct db_statement *st;
	struct arena *a;
	int at;
};

struct row row_of(struct store *s, enum statement id, struct arena *a);
struct str row_str(struct row *r);
int64_t row_int(struct row *r);
int64_t row_int_or(struct row *r, int64_t null);
/* ISO; NULL gives year 0. */
struct date row_date(struct row *r);
void row_child(struct row *r, struct child *out);

/* What is bound. */
struct db_value value_date(struct arena *a, struct date d); /* or NULL */
/* NULL for -1, which stands for "no limit". */
struct db_value value_limit(int64_t n);
/* NULL for 0, which stands for "no such moment". */
struct db_value value_moment(int64_t t);
struct db_value value_name(const char *literal);
struct db_value value_yes(bool yes);
struct str date_text(struct arena *a, struct date d);

/*
 * 24 letters: the second, a count within it, then 72 random bits.  What was
 * made together stands together in the tables, so that a commit touches few
 * pages.
 */
struct str store_id(struct store *s, struct arena *a, int64_t now);
/* The name under which a letter's token is kept. */
struct str store_token_hash(struct arena *a, struct str token);

/* Anything that /live/ shows has changed. */
void store_live_touch(struct store *s);

/* The municipality to which the actor is bound; empty: none. */
struct str store_bounds(const struct actor *who);

/* A letter; pairs is n times key, text. */
enum store_rc store_letter(struct store *s, struct arena *a, const char *kind,
    struct str recipient, const struct str *pairs, size_t n, int64_t now)
    __attribute__((warn_unused_result));

/* A child by its id, whoever asks. */
enum store_rc store_child_find(struct store *s, struct arena *a, struct str id,
    struct child *out) __attribute__((warn_unused_result));
enum store_rc store_guardian_is(struct store *s, struct str child,
    struct str account) __attribute__((warn_unused_result));

/* --- applications, inside ----------------------------------------------- */

/* An application with what its steps need besides. */
struct dossier {
	struct application app;
	struct str municipality;
	bool entrance_test;
	struct date from, to;
	struct str recipient, recipient_name;
};

enum store_rc store_dossier(struct store *s, struct arena *a, struct str id,
    struct dossier *out) __attribute__((warn_unused_result));
/* Reads the columns of APPLICATION_… */
void store_dossier_row(struct store *s, enum statement id, struct arena *a,
    struct dossier *out);

/* The event behind a step; `was` is -1 for the first. */
enum store_rc store_event(struct store *s, const struct dossier *d, int was,
    enum application_state state, enum application_cause cause,
    struct str account, int64_t now) __attribute__((warn_unused_result));
/* The letter "application-STATE" to who reads for the child. */
enum store_rc store_application_letter(struct store *s, struct arena *a,
    const struct dossier *d, enum application_cause cause, int64_t now)
    __attribute__((warn_unused_result));

/* Gives a seat (or a place in the list) back and fills what is free. */
enum store_rc store_seat_free(struct store *s, struct arena *a,
    struct str program, struct str group, bool waited, int64_t now)
    __attribute__((warn_unused_result));
/* Promotes while there is room and somebody waits. */
enum store_rc store_seat_fill(struct store *s, struct arena *a,
    struct str program, struct str group, enum application_cause cause,
    int64_t now) __attribute__((warn_unused_result));
/* The same for an event. */
enum store_rc store_sign_up_fill(struct store *s, struct arena *a,
    struct str event, enum application_cause cause, int64_t now)
    __attribute__((warn_unused_result));

/* The dossier's way to an end without any verdict: ended, completed. */
enum store_rc store_application_end(struct store *s, struct arena *a,
    struct str id, int64_t now) __attribute__((warn_unused_result));

/* --- money, inside ------------------------------------------------------- */

/* Who moves money, for what, when. */
struct purse {
	struct str certificate, application, account;
	int64_t now;
};

/* A year's row, its grant by the municipality's nominal. */
enum store_rc store_year_open(struct store *s, const struct purse *p,
    struct str municipality, int year) __attribute__((warn_unused_result));
enum store_rc store_hold(struct store *s, const struct purse *p, int year,
    int64_t amount, const char *cause) __attribute__((warn_unused_result));
/* Releases the application's open hold, when it has one. */
enum store_rc store_release(struct store *s, struct arena *a,
    const struct purse *p, const char *cause)
    __attribute__((warn_unused_result));
enum store_rc store_charge(struct store *s, const struct purse *p, int year,
    int64_t amount) __attribute__((warn_unused_result));
/* The whole of the application's charge comes back, when it has one. */
enum store_rc store_refund_all(struct store *s, struct arena *a,
    const struct purse *p) __attribute__((warn_unused_result));
/* The share of the months behind the one in which the child left. */
enum store_rc store_refund(struct store *s, struct arena *a,
    const struct purse *p, struct date from, struct date to, struct date left)
    __attribute__((warn_unused_result));
enum store_rc store_expire(struct store *s, const struct purse *p, int year,
    int64_t amount, const char *cause) __attribute__((warn_unused_result));

/* --- the schema and the catalog, inside ---------------------------------- */

enum { STORE_APPLICATION_ID = 0x4b72757a }; /* "Kruz" */

/* Makes or brings up to date; -1 logged. */
int store_migrate(struct db *db, const char *path)
    __attribute__((warn_unused_result));
/* Whether this program can use the file as it is; -1 logged. */
int store_recognize(struct db *db, const char *path, bool may_migrate)
    __attribute__((warn_unused_result));

/* Reads catalog.db.  NULL: logged. */
struct catalog *store_catalog_read(const char *path);
void store_catalog_free(struct catalog *c);
/* Takes seats and titles over, within a transaction. */
enum store_rc store_catalog_take(struct store *s, const struct catalog *c,
    int64_t now) __attribute__((warn_unused_result));
enum store_rc store_catalog_take_events(struct store *s, struct arena *a,
    const struct catalog *c, int64_t now) __attribute__((warn_unused_result));

/*
 * The chain's hash over the rows behind `after` up to `upto`, whatever their
 * times: a clock may be set back.  *last is the last of them that is there.
 */
enum store_rc store_audit_hash(struct store *s, struct arena *a, int64_t after,
    int64_t upto, struct str seed, struct str *hash, int64_t *last)
    __attribute__((warn_unused_result));

#endif
