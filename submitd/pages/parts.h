#ifndef SUBMITD_PAGES_PARTS_H
#define SUBMITD_PAGES_PARTS_H

#include "base/json.h"
#include "submitd/pages/app.h"
#include "submitd/store/store.h"

struct value;

/*
 * What several cabinets show alike: one thing of the domain as values for a
 * template, or as JSON in the form of docs (openapi.yaml).  Values live on the
 * call's arena.
 */

/* Today in the site's zone. */
struct date part_today(const struct app *app);

/* A word below a group: "cabinet.state" and "waiting". */
struct str part_word_of(const struct app *app, struct call *c,
    const char *group, const char *name);

/* "14 апреля 2018 г." and "8 лет"; money in the certificate's unit. */
struct str part_age(const struct app *app, struct call *c, struct date birth);
struct str part_money(const struct app *app, struct call *c, int64_t amount);
struct str part_rub(const struct app *app, struct call *c, int64_t amount);

/* 409 (or 429, 404) in the words that fit a verdict that is not OK. */
void part_verdict(struct app *app, struct call *c, enum verdict v);

/*
 * True when a verb of the store was done.  Else it is answered: 404, 503, or
 * the verdict's 409.
 */
bool part_done(struct app *app, struct call *c, enum store_rc rc,
    enum verdict v);

/* {"items":[ … ],"next":N}; next 0 is null. */
void part_list_open(struct json *j);
void part_list_close(struct json *j, int64_t next);

/* A date from a form: ISO, or 14.04.2018 as people type it. */
bool part_date(struct str typed, struct date *out);

/* id, name, given, letter, tint, age, born, url, municipality. */
struct value *part_child(struct app *app, struct call *c,
    const struct child *child, size_t index);
void part_child_json(struct json *j, const struct child *child);

/*
 * An application as a card: titles, state with badge, place, timeline, money,
 * what one may do.  Reads its events and moves.
 */
enum store_rc part_application(struct app *app, struct call *c,
    const struct application *a, struct value **out)
    __attribute__((warn_unused_result));
/* {id, state, child, program, group, place, certificate, events}. */
enum store_rc part_application_json(struct app *app, struct call *c,
    const struct application *a, struct json *j)
    __attribute__((warn_unused_result));

/* A row of a staff table: no timeline. */
struct value *part_application_row(struct app *app, struct call *c,
    const struct application *a);

/* {items, next} of applications, as the whole answer. */
void part_application_list_json(struct app *app, struct call *c,
    const struct application_list *list);

/* 409: the action does not fit; says the state as it is now. */
void part_state(struct app *app, struct call *c, const struct application *a);

/* 409: the certificate covers less than the family was shown; says the sum. */
void part_money_short(struct app *app, struct call *c,
    const struct application *a);

/* The reasons of a decline and of leaving, for a select. */
struct value *part_decline_reasons(struct app *app, struct call *c,
    struct str chosen);
struct value *part_leave_reasons(struct app *app, struct call *c,
    struct str chosen);

struct value *part_sign_up(struct app *app, struct call *c,
    const struct sign_up *s);
void part_sign_up_json(struct json *j, const struct sign_up *s);

struct value *part_review(struct app *app, struct call *c,
    const struct review *r);
void part_review_json(struct json *j, const struct review *r);
void part_review_list_json(struct call *c, const struct review_list *list);

/* Available, held, spent and the certificate's state and number. */
struct value *part_certificate(struct app *app, struct call *c,
    const struct certificate *k);
/* A line of the ledger with what was available after it. */
struct value *part_ledger_line(struct app *app, struct call *c,
    const struct ledger_line *l, int64_t available);
void part_certificate_json(struct json *j, const struct certificate *k);

/* The menu of the role's cabinet with `current` marked ("/my/children"). */
void part_menu(struct app *app, struct call *c, struct value *v,
    const char *current);

/*
 * Ends a POST that led to a thing with a page of its own: JSON of it is
 * written by the caller; HTML goes there.
 */
struct str part_url(struct call *c, const char *folder, struct str id);

/* Municipalities for a select: id, title, selected. */
struct value *part_municipalities(struct app *app, struct call *c,
    struct str chosen);

#endif
