#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/theme.h"
#include "generator/view/view.h"

#include "generator/model/site.h"

/* A small region, made by hand: one of everything. */
struct world {
	struct site site;
	struct theme theme;
	struct view view;
	struct arena arena;
	struct view_pages pages;
};

static struct when
moment(int year, int month, int day, int hour)
{
	struct when w = { .given = true, .date = { year, month, day } };

	assert_true(
	    date_epoch((struct local_time){ w.date, hour, 0, 0 }, &w.at));
	return w;
}

static void
make_places(struct site *s)
{
	struct arena *a = &s->arena;

	s->settings.title = STR("Навигатор области");
	s->settings.short_title = STR("Навигатор");
	s->settings.base_url = STR("https://navigator.example");
	s->settings.timezone = STR("Asia/Yakutsk");
	s->settings.language = STR("ru");
	s->settings.certificate_unit = STR("rub");
	s->settings.year_start_month = 9;
	s->settings.year_start_day = 1;
	s->settings.year_end_month = 8;
	s->settings.year_end_day = 31;
	*VEC_PUSH(a, &s->settings.directions) =
	    (struct direction){ .id = STR("arts"), .title = STR("Искусства") };
	*VEC_PUSH(a, &s->municipalities) =
	    (struct municipality){ .id = STR("zeya"),
		    .title = STR("город Зея"),
		    .has_tile = true };
	*VEC_PUSH(a, &s->organizations) =
	    (struct organization){ .id = STR("dom"),
		    .title = STR("Дом <творчества>"),
		    .municipality = &s->municipalities.at[0],
		    .verified = true };
	*VEC_PUSH(a, &s->holidays) =
	    (struct holiday){ .date = { 2026, 12, 16 } };
}

static void
make_program(struct site *s)
{
	struct arena *a = &s->arena;
	struct program *p = VEC_PUSH(a, &s->programs);

	*p = (struct program){ .id = STR("lepka"),
		.title = STR("Лепка"),
		.organization = &s->organizations.at[0],
		.direction = &s->settings.directions.at[0],
		.municipality = &s->municipalities.at[0],
		.age = { .min = 7, .max = 10 },
		.funding = FUNDING_CERTIFICATE | FUNDING_PAID,
		.price = 150000,
		.certificate_cost = 1200000,
		.hours = 72 };
	struct group *g = VEC_PUSH(a, &p->groups);
	*g = (struct group){ .id = STR("a"),
		.title = STR("Младшая"),
		.age = { .min = NOT_GIVEN, .max = NOT_GIVEN },
		.seats = 12,
		.waiting = NOT_GIVEN,
		.from = { 2026, 12, 1 },
		.to = { 2027, 1, 20 },
		.taken = 7 };
	*VEC_PUSH(a, &g->schedule) = (struct lesson){ .days = 4,
		.from = 15 * 60,
		.to = 16 * 60,
		.weeks = WEEKS_ODD };
	*VEC_PUSH(a, &g->aliases.items) = STR("old");
	*VEC_PUSH(a, &p->aliases.items) = STR("plastilin");
}

static void
make_events(struct site *s)
{
	struct arena *a = &s->arena;
	struct event *e = VEC_PUSH(a, &s->events);

	*e = (struct event){ .id = STR("urok"),
		.title = STR("Урок"),
		.starts = moment(2026, 12, 5, 10),
		.age = { .min = 7, .max = NOT_GIVEN },
		.organization = &s->organizations.at[0],
		.status = STATUS_CANCELLED,
		.sequence = 2 };
	e->repeat.every = EVERY_WEEK;
	e->repeat.until = (struct date){ 2026, 12, 19 };
	*VEC_PUSH(a, &e->repeat.except) = (struct date){ 2026, 12, 12 };
}

static int
set_up(void **state)
{
	static struct world world;
	struct world *w = &world;
	struct diag d = { 0 };

	assert_true(date_zone_set("Asia/Yakutsk"));
	make_places(&w->site);
	make_program(&w->site);
	make_events(&w->site);
	*VEC_PUSH(&w->site.arena, &w->site.pages) =
	    (struct page){ .kind = PAGE_HELP,
		    .id = STR("parol"),
		    .title = STR("Забыли пароль") };
	w->site.today = (struct date){ 2026, 12, 8 };
	w->site.now = moment(2026, 12, 8, 9).at;
	assert_int_equal(theme_load(&w->theme, &d, "themes/default", NULL,
			     STR("ru")),
	    0);
	if (d.errors > 0)
		diag_print(&d, stderr, DIAG_TEXT);
	assert_int_equal(d.errors, 0);
	diag_free(&d);
	w->view = (struct view){ .site = &w->site, .theme = &w->theme };
	view_plan(&w->view, &w->arena, &w->pages);
	*state = w;
	return 0;
}

static int
tear_down(void **state)
{
	struct world *w = *state;

	theme_free(&w->theme);
	arena_free(&w->arena);
	arena_free(&w->site.arena);
	return 0;
}

/* The bytes of the file at a path; fails when it is not planned. */
static struct str
file(struct world *w, const char *path, struct buf *out)
{
	struct arena a = { 0 };

	for (size_t i = 0; i < w->pages.all.n; i++) {
		const struct view_page *p = &w->pages.all.at[i];

		if (!str_eq(p->path, str_from(path)))
			continue;
		assert_int_equal(view_render(&w->view, &a, p, out), 0);
		arena_free(&a);
		return buf_view(out);
	}
	fail_msg("%s is not planned", path);
	return (struct str){ 0 };
}

static void
assert_has(struct world *w, const char *path, const char *text)
{
	struct buf b = { 0 };
	struct str s = file(w, path, &b);

	if (str_find(s, str_from(text)) < 0)
		fail_msg("%s has no '%s' in:\n%.*s", path, text, STR_ARG(s));
	buf_free(&b);
}

static void
renders_every_file_of_the_plan_once(void **state)
{
	struct world *w = *state;
	struct map seen = { 0 };
	struct arena a = { 0 };

	for (size_t i = 0; i < w->pages.all.n; i++) {
		const struct view_page *p = &w->pages.all.at[i];
		struct buf b = { 0 };

		assert_true(map_add(&seen, &w->arena, p->path, &seen));
		assert_int_equal(view_render(&w->view, &a, p, &b), 0);
		assert_true(b.n > 0);
		buf_free(&b);
		arena_reset(&a);
	}
	arena_free(&a);
}

static void
shows_a_program_with_its_places(void **state)
{
	assert_has(*state, "programs/lepka.html", "<h1>Лепка</h1>");
	assert_has(*state, "programs/lepka.html",
	    "href=\"/my/applications/new?program=lepka&amp;group=a\"");
	assert_has(*state, "programs/lepka.html",
	    "data-live=\"/live/programs/lepka.json\"");
	assert_has(*state, "programs/lepka.html", "data-group=\"a\"");
	assert_has(*state, "programs/lepka.html", "Доступна оплата");
	assert_has(*state, "programs/lepka.html", "Дом &lt;творчества&gt;");
	assert_has(*state, "programs/plastilin.html",
	    "0; url=/programs/lepka.html");
	assert_has(*state, "programs/index.html", "/programs/lepka.html");
	assert_has(*state, "directions/arts.html", "/programs/lepka.html");
	assert_has(*state, "municipalities/zeya.html", "/programs/lepka.html");
	assert_has(*state, "organizations/dom.html", "/programs/lepka.html");
}

static void
shows_an_event_in_its_months(void **state)
{
	assert_has(*state, "events/urok.html", "Отменено");
	assert_has(*state, "events/2026-12.html", "/events/urok.html");
	assert_has(*state, "events/index.html", "/events/urok.html");
	assert_has(*state, "events/index.html", "month-today");
	assert_has(*state, "index.html", "Шесть направленностей");
	assert_has(*state, "sitemap.xml",
	    "<loc>https://navigator.example/events/urok.html</loc>");
}

/* A site of so many help pages that its sitemap needs several files. */
static void
splits_a_sitemap_and_dates_its_parts(void **state)
{
	enum { PAGES = 45000 };
	struct world big = *(struct world *)*state;

	big.arena = (struct arena){ 0 };
	big.pages = (struct view_pages){ 0 };
	big.site.pages.at = NULL;
	big.site.pages.n = big.site.pages.cap = 0;
	for (int i = 0; i < PAGES; i++)
		*VEC_PUSH(&big.arena, &big.site.pages) =
		    (struct page){ .kind = PAGE_HELP,
			    .id = str_format(&big.arena, "p%d", i),
			    .title = STR("Страница"),
			    .updated = { 2026, 11, i == 7 ? 20 : 19 } };
	big.view.site = &big.site;
	view_plan(&big.view, &big.arena, &big.pages);
	assert_has(&big, "sitemap.xml",
	    "<sitemap><loc>https://navigator.example/sitemap.1.xml</loc>"
	    "<lastmod>2026-11-20</lastmod></sitemap>");
	assert_has(&big, "sitemap.xml",
	    "<sitemap><loc>https://navigator.example/sitemap.2.xml</loc>"
	    "<lastmod>2026-11-19</lastmod></sitemap>");
	assert_has(&big, "sitemap.1.xml",
	    "<url><loc>https://navigator.example/</loc></url>");
	assert_has(&big, "sitemap.2.xml",
	    "<url><loc>https://navigator.example/help/p44999.html</loc>"
	    "<lastmod>2026-11-19</lastmod></url>");
	arena_free(&big.arena);
}

/* 2026 has 53 weeks: after odd week 53 comes odd week 1. */
static void
writes_odd_weeks_over_the_year_and_days_off(void **state)
{
	static const char want[] =
	    "DTSTART;TZID=Asia/Yakutsk:20261202T150000\r\n"
	    "DTEND;TZID=Asia/Yakutsk:20261202T160000\r\n"
	    "RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=20261230T060000Z;WKST=MO;BYDAY"
	    "=WE\r\n"
	    "EXDATE;TZID=Asia/Yakutsk:20261216T150000\r\n";

	assert_has(*state, "programs/lepka.a.ics", want);
	assert_has(*state, "programs/lepka.old.ics", want);
	assert_has(*state, "programs/lepka.a.ics",
	    "DTSTART;TZID=Asia/Yakutsk:20270106T150000\r\n");
}

static void
keeps_a_cancelled_event_in_the_calendar(void **state)
{
	assert_has(*state, "events/all.ics",
	    "UID:event-urok@navigator.example\r\n");
	assert_has(*state, "events/urok.ics", "SEQUENCE:2\r\n");
	assert_has(*state, "events/urok.ics", "STATUS:CANCELLED\r\n");
	assert_has(*state, "events/urok.ics",
	    "RRULE:FREQ=WEEKLY;UNTIL=20261219T145959Z;BYDAY=SA\r\n"
	    "EXDATE;TZID=Asia/Yakutsk:20261212T100000\r\n");
	assert_has(*state, "organizations/dom.ics", "SUMMARY:Урок\r\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(renders_every_file_of_the_plan_once),
		cmocka_unit_test(shows_a_program_with_its_places),
		cmocka_unit_test(shows_an_event_in_its_months),
		cmocka_unit_test(splits_a_sitemap_and_dates_its_parts),
		cmocka_unit_test(writes_odd_weeks_over_the_year_and_days_off),
		cmocka_unit_test(keeps_a_cancelled_event_in_the_calendar),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
