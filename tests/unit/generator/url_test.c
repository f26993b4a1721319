#include "generator/model/url.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/arena.h"

static struct arena arena;

static int
forget(void **state)
{
	(void)state;
	arena_free(&arena);
	return 0;
}

static void
assert_str(struct str got, const char *want)
{
	assert_string_equal(str_c(&arena, got), want);
}

static void
a_url_has_the_base_path_and_may_be_clean(void **state)
{
	static const struct {
		const char *base_url, *path;
		bool clean;
		const char *url, *full;
	} cases[] = {
		{ "https://x.example", "programs/a.html", false,
		    "/programs/a.html", "https://x.example/programs/a.html" },
		{ "https://x.example", "programs/a.html", true, "/programs/a",
		    "https://x.example/programs/a" },
		{ "https://x.example/sub", "programs/a.2.html", true,
		    "/sub/programs/a.2", "https://x.example/sub/programs/a.2" },
		{ "https://x.example/sub/", "index.html", false, "/sub/",
		    "https://x.example/sub/" },
		{ "http://127.0.0.1:8080", "index.html", false, "/",
		    "http://127.0.0.1:8080/" },
		{ "https://x.example", "events/index.html", true, "/events/",
		    "https://x.example/events/" },
		{ "https://x.example", "programs/index.2.html", false,
		    "/programs/index.2.html",
		    "https://x.example/programs/index.2.html" },
		{ "https://x.example", "events/all.ics", true,
		    "/events/all.ics", "https://x.example/events/all.ics" },
		{ "https://x.example", "my/", true, "/my/",
		    "https://x.example/my/" },
		{ "https://x.example", "media/a b.jpg", false,
		    "/media/a%20b.jpg", "https://x.example/media/a%20b.jpg" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct site s = { 0 };
		struct str path = str_from(cases[i].path);

		s.settings.base_url = str_from(cases[i].base_url);
		s.settings.clean_urls = cases[i].clean;
		assert_str(url_of(&arena, &s, path), cases[i].url);
		assert_str(url_full(&arena, &s, path), cases[i].full);
	}
}

static void
a_list_goes_on_and_a_calendar_stands_beside(void **state)
{
	struct program p = { .id = STR("robo") };
	struct group g = { .id = STR("a") };

	(void)state;
	assert_str(path_nth(&arena, STR("directions/arts.html"), 1),
	    "directions/arts.html");
	assert_str(path_nth(&arena, STR("directions/arts.html"), 12),
	    "directions/arts.12.html");
	assert_str(path_ics(&arena, STR("events/x.html")), "events/x.ics");
	assert_str(path_group_ics(&arena, &p, &g), "programs/robo.a.ics");
	assert_str(path_month(&arena, 2026, 3), "events/2026-03.html");
}

/* A site of one thing each. */
static void
fill(struct site *s)
{
	static struct organization org = { .id = STR_INIT("dom") };
	static struct page help = { .id = STR_INIT("pomosch") };
	struct program *p = VEC_PUSH(&arena, &s->programs);
	struct event *e = VEC_PUSH(&arena, &s->events);
	struct group *g;

	p->id = STR("robo");
	g = VEC_PUSH(&arena, &p->groups);
	g->id = STR("a");
	VEC_PUSH(&arena, &g->schedule);
	g = VEC_PUSH(&arena, &p->groups);
	g->id = STR("b");
	e->id = STR("urok");
	e->starts.date = (struct date){ 2026, 12, 5 };
	e->repeat.every = EVERY_WEEK;
	e->repeat.until = (struct date){ 2027, 2, 1 };
	s->today = (struct date){ 2026, 11, 23 };
	map_add(&s->program_by_id, &arena, p->id, p);
	map_add(&s->program_by_alias, &arena, STR("old"), p);
	map_add(&s->event_by_id, &arena, e->id, e);
	map_add(&s->organization_by_id, &arena, org.id, &org);
	map_add(&s->page_by_id[PAGE_HELP], &arena, help.id, &help);
	map_add(&s->media, &arena, STR("media/x.jpg"), s);
}

static void
a_link_leads_to_what_will_be_built(void **state)
{
	static const struct {
		const char *path;
		bool leads;
		const char *near;
	} cases[] = {
		{ "/", true, "" },
		{ "/index.html", true, "" },
		{ "/programs/", true, "" },
		{ "/programs/index.html", true, "" },
		{ "/help/index.html", true, "" },
		{ "/data/", false, "" },
		{ "/programs/robo.html", true, "" },
		{ "/programs/old.html", true, "" },
		{ "/programs/robo", false, "" },
		{ "/programs/rob.html", false, "/programs/robo.html" },
		{ "/programs/robo/index.html", false, "" },
		{ "/programs/a/robo.html", false, "" },
		{ "/programs/.html", false, "" },
		{ "/programs/robo.ics", false, "" },
		{ "/events/uro.ics", false, "/events/urok.ics" },
		{ "/programs/robo.a.ics", true, "" },
		{ "/programs/robo.b.ics", false, "" },
		{ "/organizations/dom.html", true, "" },
		{ "/organizations/dom.ics", true, "" },
		{ "/events/urok.html", true, "" },
		{ "/events/urok.ics", true, "" },
		{ "/events/2026-10.html", false, "" },
		{ "/events/2026-11.html", true, "" },
		{ "/events/2027-02.html", true, "" },
		{ "/events/2027-03.html", false, "" },
		{ "/events/2026-11.ics", false, "" },
		{ "/help/pomosch.html", true, "" },
		{ "/help/pomosch.ics", false, "" },
		{ "/news/pomosch.html", false, "" },
		{ "/media/x.jpg", true, "" },
		{ "/media/y.jpg", false, "" },
		{ "/my/applications/new", true, "" },
		{ "/account/register", true, "" },
		{ "programs/robo.html", false, "" },
		{ "", false, "" },
		{ "/nigde", false, "" },
	};
	struct site s = { 0 };

	(void)state;
	fill(&s);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct str path = str_from(cases[i].path);

		if (url_leads(&s, path) != cases[i].leads)
			fail_msg("%s", cases[i].path);
		if (!cases[i].leads)
			assert_str(url_nearest(&arena, &s, path),
			    cases[i].near);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(
		    a_url_has_the_base_path_and_may_be_clean, forget),
		cmocka_unit_test_teardown(
		    a_list_goes_on_and_a_calendar_stands_beside, forget),
		cmocka_unit_test_teardown(a_link_leads_to_what_will_be_built,
		    forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
