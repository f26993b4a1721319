#ifndef GENERATOR_MODEL_URL_H
#define GENERATOR_MODEL_URL_H

#include <stdbool.h>

#include "base/str.h"
#include "generator/model/site.h"

struct arena;

/*
 * Where a thing lives: the only place where a path of an output file or a URL
 * is made.  A *path* is that of a file below the output folder
 * ("programs/robotika.html"); a *URL* is what a page links to
 * ("/programs/robotika.html"): it begins with the path part of base_url, if
 * there is one, ends without ".html" when clean_urls is set, and with "/"
 * where the file is an index.html.  Ids are [a-z0-9-], so nothing here needs
 * escaping but what comes from media/.
 */

/* Kinds of things that have a page of their own. */
enum url_kind {
	URL_PROGRAM,
	URL_DIRECTION,
	URL_MUNICIPALITY,
	URL_ORGANIZATION,
	URL_EVENT,
	URL_HELP,
	URL_NEWS,
	URL_LEGAL,
	URL_KINDS
};

/* "programs", "directions" …: the folder of a kind in the output. */
struct str url_folder(enum url_kind kind);

/* The page of an id: "programs/robotika.html".  An old id's too. */
struct str path_of(struct arena *a, enum url_kind kind, struct str id);
struct str path_program(struct arena *a, const struct program *p);
struct str path_direction(struct arena *a, const struct direction *d);
struct str path_municipality(struct arena *a, const struct municipality *m);
struct str path_organization(struct arena *a, const struct organization *o);
struct str path_event(struct arena *a, const struct event *e);
struct str path_page(struct arena *a, const struct page *p);

/* "events/2026-12.html" */
struct str path_month(struct arena *a, int year, int month);

/* A list's n-th page: "x.html", 2 gives "x.2.html"; 1 gives "x.html". */
struct str path_nth(struct arena *a, struct str path, int n);

/* The calendar of a thing: "x.html" gives "x.ics". */
struct str path_ics(struct arena *a, struct str path);
/* "programs/robotika.a.ics": a group's lessons. */
struct str path_group_ics(struct arena *a, const struct program *p,
    const struct group *g);

#define PATH_HOME STR("index.html")
#define PATH_PROGRAMS STR("programs/index.html")
#define PATH_EVENTS STR("events/index.html")
#define PATH_DIRECTIONS STR("directions/index.html")
#define PATH_MUNICIPALITIES STR("municipalities/index.html")
#define PATH_ORGANIZATIONS STR("organizations/index.html")
#define PATH_HELP STR("help/index.html")
#define PATH_NEWS STR("news/index.html")
#define PATH_LEGAL STR("legal/index.html")
#define PATH_404 STR("404.html")
#define PATH_OFFLINE STR("offline.html")
#define PATH_MANIFEST STR("site.webmanifest")
#define PATH_ALL_ICS STR("events/all.ics")
#define PATH_FEED STR("feed.xml")
#define PATH_SITEMAP STR("sitemap.xml")
#define PATH_ROBOTS STR("robots.txt")
#define PATH_DATA_PROGRAMS STR("data/programs.json")
#define PATH_DATA_EVENTS STR("data/events.json")

/*
 * What a page links to, for any path: a file's, or one of the daemon's
 * ("my/", "account/login").
 */
struct str url_of(struct arena *a, const struct site *s, struct str path);

/* With scheme and host: for feeds, sitemap, letters, JSON-LD. */
struct str url_absolute(struct arena *a, const struct site *s, struct str url);

/* The two in one. */
struct str url_full(struct arena *a, const struct site *s, struct str path);

struct str url_program(struct arena *a, const struct site *s,
    const struct program *p);
struct str url_direction(struct arena *a, const struct site *s,
    const struct direction *d);
struct str url_municipality(struct arena *a, const struct site *s,
    const struct municipality *m);
struct str url_organization(struct arena *a, const struct site *s,
    const struct organization *o);
struct str url_event(struct arena *a, const struct site *s,
    const struct event *e);
struct str url_page(struct arena *a, const struct site *s,
    const struct page *p);
struct str url_month(struct arena *a, const struct site *s, int year,
    int month);

/*
 * Whether a site path as an author writes it ("/programs/x.html", without
 * "#…" and "?…") leads somewhere: to a page that will be built, to an old id,
 * a file below media/, or a route of the daemon.  The site is linked.
 */
bool url_leads(const struct site *s, struct str path);

/* The id nearest to that of a path that leads nowhere; empty: none. */
struct str url_nearest(struct arena *a, const struct site *s, struct str path);

/*
 * The first and the last month (year * 12 + month - 1) that have a page of
 * events: those of all events and the one of today, and all between.
 */
void url_months(const struct site *s, int *first, int *last);

#endif
