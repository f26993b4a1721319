#define _XOPEN_SOURCE 700
#include "generator/read/load.h"

#include <ftw.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "generator/model/link.h"
#include "generator/model/site.h"

static struct arena arena;
static struct diag diag;
static struct site site;
static char root[64];

static void
put(const char *name, const char *text)
{
	const char *path = str_format(&arena, "%s/%s", root, name).p;
	char *folder = arena_copy(&arena, path, strlen(path));

	*strrchr(folder, '/') = '\0';
	assert_int_equal(file_make_dirs(folder), 0);
	assert_int_not_equal(file_write_changed(path, str_from(text)),
	    FILE_FAILURE);
}

#define PROGRAM "title: Роботы\norganization: dom\ndirection: technical\n"
#define EVENT "title: Урок\nkind: other\n"

static int
make(void **state)
{
	(void)state;
	/* A folder of its own for every test. */
	memcpy(root, "/tmp/kruzhok-XXXXXX", sizeof("/tmp/kruzhok-XXXXXX"));
	if (mkdtemp(root) == NULL)
		return -1;
	put("site.yaml", "title: Навигатор\nbase_url: https://x.example\n"
			 "timezone: Asia/Yakutsk\nlanguage: ru\n"
			 "directions: [{id: technical, title: Техническая}]\n");
	put("municipalities.yaml",
	    "- {id: b, title: Бэ}\n- {id: a, title: А}\n");
	put("organizations/dom.yaml", "title: Дом\nmunicipality: a\n"
				      "verified: true\naliases: [old-dom]\n");
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static int
forget(void **state)
{
	(void)state;
	site_free(&site);
	diag_free(&diag);
	arena_free(&arena);
	return nftw(root, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

static void
load(struct load_options o)
{
	site_free(&site);
	diag_free(&diag);
	diag.lang = DIAG_EN;
	o.content = root;
	if (o.now == 0)
		o.now = 1796083200; /* 2026-12-01T09:00+09:00 */
	assert_int_equal(site_load(&site, &diag, &o), 0);
	site_link(&site, &diag);
}

static void
assert_str(struct str got, const char *want)
{
	assert_string_equal(str_c(&arena, got), want);
}

static void
what_is_hidden_is_counted_and_left_out(void **state)
{
	(void)state;
	put("programs/a.yaml", PROGRAM "draft: true\n");
	put("programs/b.yaml", PROGRAM "publish_at: 2026-12-01T09:01\n");
	put("programs/c.yaml", PROGRAM "unpublish_at: 2026-12-01\n");
	put("programs/d.yaml", PROGRAM "publish_at: 2026-12-01T09:00\n"
				       "unpublish_at: 2026-12-01T09:01\n");
	put("events/old.yaml", EVENT "starts: 1999-01-01\n");
	put("news/n.md", "---\ntitle: Н\ndraft: true\n---\n[х](/nigde)\n");
	load((struct load_options){ 0 });
	assert_int_equal(diag.errors, 0);
	assert_int_equal(site.programs.n, 1);
	assert_str(site.programs.at[0].id, "d");
	assert_int_equal(site.events.n, 1);
	assert_int_equal(site.skipped.drafts, 2);
	assert_int_equal(site.skipped.future, 1);
	assert_int_equal(site.skipped.expired, 1);
	load((struct load_options){ .drafts = true, .future = true });
	assert_int_equal(site.programs.n, 3);
	assert_int_equal(site.skipped.expired, 1);
	/* The draft's dead link is now one of the site. */
	assert_int_equal(diag.errors, 1);
}

static void
names_become_pointers_and_defaults(void **state)
{
	const struct program *p;

	(void)state;
	put("programs/x/deep/p.yaml",
	    "title: Роботы\norganization: old-dom\ndirection: technical\n"
	    "age: {min: 7, max: 10}\naliases: [p-old]\n"
	    "groups:\n- id: a\n- id: b\n  age: {min: 8}\n  seats: 0\n"
	    "  period: {from: 2026-09-01, to: 2027-05-31}\n"
	    "  schedule: [{days: [mon, sun], time: 09:05–10:00}]\n");
	put("events/e.yaml",
	    EVENT "organization: dom\nmunicipality: b\n"
		  "starts: 2026-12-05T10:00\nends: 2026-12-06\n"
		  "online: https://y.example\n");
	load((struct load_options){ 0 });
	assert_int_equal(diag.errors, 0);
	p = &site.programs.at[0];
	assert_ptr_equal(p->organization, &site.organizations.at[0]);
	assert_ptr_equal(p->municipality, &site.municipalities.at[1]);
	assert_ptr_equal(p->direction, &site.settings.directions.at[0]);
	assert_ptr_equal(site_program(&site, STR("p-old")), p);
	assert_null(site_program(&site, STR("q")));
	assert_int_equal(p->groups.at[0].age.min, 7);
	assert_int_equal(p->groups.at[0].age.max, 10);
	assert_int_equal(p->groups.at[1].age.min, 8);
	assert_int_equal(p->groups.at[1].age.max, NOT_GIVEN);
	assert_int_equal(p->groups.at[0].seats, NOT_GIVEN);
	assert_int_equal(p->groups.at[1].seats, 0);
	assert_int_equal(p->groups.at[1].schedule.at[0].days, 1 | 1 << 6);
	assert_int_equal(p->groups.at[1].schedule.at[0].from, 9 * 60 + 5);
	assert_int_equal(p->price, -1);
	assert_int_equal(site.municipalities.at[1].programs, 1);
	assert_int_equal(site.municipalities.at[0].events, 1);
	assert_int_equal(site.organizations.at[0].events, 1);
	assert_true(site.events.at[0].online);
	assert_false(site.events.at[0].starts.whole_day);
	assert_false(site.events.at[0].ends.whole_day);
	/* 23:59 there. */
	assert_int_equal(site.events.at[0].ends.at, 1796569140);
	/* 10:00 in Yakutsk. */
	assert_int_equal(site.events.at[0].starts.at, 1796432400);
	assert_int_equal(site.today.day, 1);
}

static void
things_and_mistakes_stand_in_order_whatever_the_threads(void **state)
{
	(void)state;
	for (int i = 0; i < 200; i++)
		put(str_format(&arena, "programs/%d/p%03d.yaml", i % 7, i).p,
		    i % 3 == 0 ? PROGRAM "seats: 1\naliases: [old]\n"
			       : PROGRAM);
	for (int jobs = 1; jobs <= 4; jobs++) {
		load((struct load_options){ .jobs = jobs });
		assert_int_equal(site.programs.n, 200);
		for (size_t i = 1; i < site.programs.n; i++)
			assert_true(str_cmp(site.programs.at[i - 1].id,
					site.programs.at[i].id) < 0);
		/* 67 unknown fields; 66 old ids that the first one has. */
		assert_int_equal(diag.errors, 67 + 66);
	}
	assert_str(site_program(&site, STR("old"))->id, "p000");
}

static void
the_first_message_is_in_the_language_of_the_site(void **state)
{
	(void)state;
	put("site.yaml", "titel: Навигатор\nbase_url: https://x.example\n"
			 "timezone: Asia/Yakutsk\nlanguage: ru\n"
			 "directions: [{id: technical, title: Т}]\n");
	load((struct load_options){ 0 });
	assert_str(diag.lines.at[0].text,
	    "неизвестное поле «titel» (может быть, «title»?)");
	load((struct load_options){ .lang_given = true });
	assert_str(diag.lines.at[0].text,
	    "unknown field 'titel' (did you mean 'title'?)");
}

static void
pages_stand_by_order_and_news_by_date(void **state)
{
	static const char *const want[] = { "c", "a", "b", "new", "old" };

	(void)state;
	put("pages/a.md", "---\ntitle: А\norder: 2\n---\n");
	put("pages/b.md", "---\ntitle: Б\norder: 2\n---\n");
	put("pages/c.md", "---\ntitle: В\norder: 1\n---\n");
	put("news/old.md", "---\ntitle: Г\ndate: 2026-01-01\n---\n");
	put("news/new.md", "\xEF\xBB\xBF---\r\ntitle: Д\r\n"
			   "date: 2026-02-01\r\n---\r\nТекст\r\n");
	load((struct load_options){ 0 });
	assert_int_equal(diag.errors + diag.warnings, 0);
	assert_int_equal(site.pages.n, 5);
	for (size_t i = 0; i < 5; i++)
		assert_str(site.pages.at[i].id, want[i]);
	assert_str(site.pages.at[3].body.html, "<p>Текст</p>\n");
}

static void
a_folder_that_is_not_there_has_no_site_file(void **state)
{
	struct load_options o = { .content = "/nonexistent/kruzhok", .now = 1 };

	(void)state;
	assert_int_equal(site_load(&site, &diag, &o), 0);
	site_link(&site, &diag);
	assert_int_equal(diag.errors, 1);
	assert_string_equal(diag.lines.at[0].message->code, "missing-file");
	assert_string_equal(diag.lines.at[0].pos.path,
	    "/nonexistent/kruzhok/site.yaml");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make, forget)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(what_is_hidden_is_counted_and_left_out),
		TEST(names_become_pointers_and_defaults),
		TEST(things_and_mistakes_stand_in_order_whatever_the_threads),
		TEST(the_first_message_is_in_the_language_of_the_site),
		TEST(pages_stand_by_order_and_news_by_date),
		TEST(a_folder_that_is_not_there_has_no_site_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
