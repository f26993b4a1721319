#include "submitd/http/static.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/mem.h"

/* A folder with a site in it, and a secret beside it. */
struct place {
	struct arena arena;
	char *dir;
	const char *root;
};

static const char *
path_of(struct place *p, const char *name)
{
	return str_c(&p->arena, str_format(&p->arena, "%s/%s", p->root, name));
}

static void
put(struct place *p, const char *name, struct str text)
{
	assert_int_not_equal(file_write_changed(path_of(p, name), text),
	    FILE_FAILURE);
}

/* A moment after the epoch. */
static void
set_time(struct place *p, const char *name, time_t t)
{
	struct timespec times[2] = { { .tv_sec = t }, { .tv_sec = t } };

	assert_int_equal(utimensat(AT_FDCWD, path_of(p, name), times, 0), 0);
}

static int
set_up(void **state)
{
	static const char *const folders[] = { "", "programs", "assets",
		"empty", ".git" };
	struct place *p = mem_alloc(1, sizeof(*p));

	p->dir = arena_copy(&p->arena, "/tmp/static_test.XXXXXX", 23);
	if (mkdtemp(p->dir) == NULL)
		return -1;
	p->root = str_c(&p->arena, str_format(&p->arena, "%s/site", p->dir));
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		if (file_make_dirs(path_of(p, folders[i])) == -1)
			return -1;
	put(p, "index.html", STR("home"));
	put(p, "404.html", STR("none"));
	put(p, "programs/index.html", STR("list"));
	put(p, "programs/robots.html", STR("robots"));
	put(p, "programs/с пробелом.html", STR("space"));
	put(p, "assets/site.1a2b.css", STR("css"));
	put(p, "assets/site.1a2b.css.br", STR("br"));
	put(p, "assets/site.1a2b.css.gz", STR("gzip"));
	put(p, "empty/none.txt", STR(""));
	put(p, ".git/config", STR("secret"));
	put(p, ".hidden", STR("secret"));
	put(p, "../secret", STR("secret"));
	if (symlink("../secret", path_of(p, "link.html")) == -1 ||
	    symlink("..", path_of(p, "up")) == -1 ||
	    mkfifo(path_of(p, "pipe.html"), 0600) == -1)
		return -1;
	*state = p;
	return 0;
}

static int
remove_all(struct place *p, const char *dir)
{
	static const char *const names[] = { "link.html", "up", "pipe.html",
		".hidden", ".git/config", ".git", NULL };
	struct file_list list;

	for (size_t i = 0; names[i] != NULL; i++)
		remove(path_of(p, names[i]));
	if (file_walk(&p->arena, dir, &list) == -1)
		return -1;
	for (size_t i = 0; i < list.files.n; i++)
		remove(str_c(&p->arena, str_format(&p->arena, "%s/%.*s", dir,
					    STR_ARG(list.files.at[i].path))));
	return 0;
}

static int
tear_down(void **state)
{
	static const char *const folders[] = { "programs", "assets", "empty",
		"", "../." };
	struct place *p = *state;

	if (remove_all(p, p->dir) == -1)
		return -1;
	for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++)
		rmdir(path_of(p, folders[i]));
	rmdir(p->dir);
	arena_free(&p->arena);
	mem_free(p);
	return 0;
}

struct asked {
	enum method method;
	const char *path;
	const char *name, *value; /* one header, or NULL */
};

static bool
answer(struct static_site *site, struct arena *a, struct asked asked,
    struct response *res)
{
	struct request req = { .method = asked.method,
		.path = str_from(asked.path) };

	if (asked.name != NULL)
		req.headers[req.nheaders++] =
		    (struct header){ str_from(asked.name),
			    str_from(asked.value) };
	*res = (struct response){ 0 };
	return static_answer(site, a, &req, res);
}

static void
drop(struct response *res)
{
	buf_free(&res->body);
	if (res->file_len > 0)
		close(res->file);
}

static const struct {
	const char *path;
	bool clean;
	int status; /* 0: not ours */
	const char *body, *type;
} cases[] = {
	{ "/", false, 200, "home", "text/html; charset=utf-8" },
	{ "/index.html", false, 200, "home", "text/html; charset=utf-8" },
	{ "/programs/", false, 200, "list", NULL },
	{ "/programs", false, 301, "", NULL },
	{ "/programs", true, 301, "", NULL },
	{ "/programs/robots.html", false, 200, "robots", NULL },
	{ "/programs/robots", false, 0, NULL, NULL },
	{ "/programs/robots", true, 200, "robots", "text/html; charset=utf-8" },
	{ "/programs/robots/", true, 0, NULL, NULL },
	{ "/programs/robots.html/", false, 0, NULL, NULL },
	{ "/programs/%D1%81%20%D0%BF%D1%80%D0%BE%D0%B1%D0%B5%D0%BB%D0%BE%D0%BC"
	  ".html",
	    false, 200, "space", NULL },
	{ "/assets/site.1a2b.css", false, 200, "css",
	    "text/css; charset=utf-8" },
	{ "/assets/site.1a2b.css.gz", false, 200, "gzip",
	    "application/octet-stream" },
	{ "/empty/none.txt", false, 200, "", "text/plain; charset=utf-8" },
	{ "/empty", false, 0, NULL, NULL },
	{ "/empty/", false, 0, NULL, NULL },
	{ "/nothing", true, 0, NULL, NULL },
	{ "/nothing/at/all.html", false, 0, NULL, NULL },
	/* Not out, not round. */
	{ "/../secret", false, 0, NULL, NULL },
	{ "/%2e%2e/secret", false, 0, NULL, NULL },
	{ "/programs/../../secret", false, 0, NULL, NULL },
	{ "/programs/..%2f..%2fsecret", false, 0, NULL, NULL },
	{ "/programs/%2e%2e%2findex.html", false, 0, NULL, NULL },
	{ "/./index.html", false, 0, NULL, NULL },
	{ "/programs//robots.html", false, 0, NULL, NULL },
	{ "/programs\\robots.html", false, 0, NULL, NULL },
	{ "/index.html%00", false, 0, NULL, NULL },
	{ "/index.html%0A", false, 0, NULL, NULL },
	{ "/%FF", false, 0, NULL, NULL },
	{ "/%", false, 0, NULL, NULL },
	{ "/link.html", false, 0, NULL, NULL },
	{ "/link", true, 0, NULL, NULL },
	{ "/up/secret", false, 0, NULL, NULL },
	{ "/up/site/index.html", false, 0, NULL, NULL },
	{ "/pipe.html", false, 0, NULL, NULL },
	{ "/.hidden", false, 0, NULL, NULL },
	{ "/.git/config", false, 0, NULL, NULL },
};

static void
paths_stay_in_the_site(void **state)
{
	struct place *p = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct static_site site;
		struct arena a = { 0 };
		struct response res;
		struct asked asked = { .path = cases[i].path };
		bool ours;

		static_open(&site, p->root, cases[i].clean);
		ours = answer(&site, &a, asked, &res);
		if ((ours ? res.status : 0) != cases[i].status)
			fail_msg("%s: %d %d", cases[i].path, ours, res.status);
		if (cases[i].body != NULL)
			assert_true(str_eq(buf_view(&res.body),
			    str_from(cases[i].body)));
		if (cases[i].type != NULL)
			assert_true(str_eq(response_find(&res, "Content-Type"),
			    str_from(cases[i].type)));
		drop(&res);
		arena_free(&a);
		static_close(&site);
	}
}

static void
a_second_look_sees_what_has_changed(void **state)
{
	static const struct str texts[] = { STR_INIT("one"), STR_INIT("two"),
		STR_INIT("three") };
	struct place *p = *state;
	struct static_site site;
	struct arena a = { 0 };
	struct asked asked = { .path = "/changing.txt" };
	struct response res;
	struct str etag = { 0 };

	static_open(&site, p->root, false);
	assert_false(answer(&site, &a, asked, &res));
	for (size_t i = 0; i < 3; i++) {
		put(p, "changing.txt", texts[i]);
		for (int again = 0; again < 2; again++) {
			assert_true(answer(&site, &a, asked, &res));
			assert_true(str_eq(buf_view(&res.body), texts[i]));
			drop(&res);
		}
		assert_false(str_eq(etag, response_find(&res, "ETag")));
		etag = response_find(&res, "ETag");
	}
	remove(path_of(p, "changing.txt"));
	assert_false(answer(&site, &a, asked, &res));
	assert_int_equal(symlink("../secret", path_of(p, "changing.txt")), 0);
	assert_false(answer(&site, &a, asked, &res));
	remove(path_of(p, "changing.txt"));
	arena_free(&a);
	static_close(&site);
}

static void
who_has_it_gets_it_no_more(void **state)
{
	struct place *p = *state;
	struct static_site site;
	struct arena a = { 0 };
	struct response res;
	struct asked asked = { .path = "/index.html" };

	static_open(&site, p->root, false);
	assert_true(answer(&site, &a, asked, &res));
	drop(&res);
	asked.name = "If-None-Match";
	asked.value = str_c(&a, response_find(&res, "ETag"));
	assert_true(answer(&site, &a, asked, &res));
	assert_int_equal(res.status, 304);
	assert_int_equal(res.body.n, 0);
	assert_true(response_find(&res, "ETag").n > 0);
	drop(&res);
	asked.value = "\"other\"";
	assert_true(answer(&site, &a, asked, &res));
	assert_int_equal(res.status, 200);
	asked.name = "If-Modified-Since";
	asked.value = str_c(&a, response_find(&res, "Last-Modified"));
	drop(&res);
	assert_true(answer(&site, &a, asked, &res));
	assert_int_equal(res.status, 304);
	drop(&res);
	arena_free(&a);
	static_close(&site);
}

static const struct {
	const char *accept;
	const char *body, *coding;
} packed[] = {
	{ "gzip, deflate, br", "br", "br" },
	{ "gzip", "gzip", "gzip" },
	{ "br;q=0, gzip", "gzip", "gzip" },
	{ "deflate", "css", "" },
	{ "", "css", "" },
};

static void
ready_compressed_files_are_used(void **state)
{
	struct place *p = *state;
	struct static_site site;
	struct arena a = { 0 };

	static_open(&site, p->root, false);
	for (size_t i = 0; i < sizeof(packed) / sizeof(packed[0]); i++) {
		struct response res;
		struct asked asked = { .path = "/assets/site.1a2b.css",
			.name = "Accept-Encoding",
			.value = packed[i].accept };

		assert_true(answer(&site, &a, asked, &res));
		assert_true(
		    str_eq(buf_view(&res.body), str_from(packed[i].body)));
		assert_true(str_eq(response_find(&res, "Content-Encoding"),
		    str_from(packed[i].coding)));
		assert_true(str_eq(response_find(&res, "Content-Type"),
		    STR("text/css; charset=utf-8")));
		assert_true(str_eq(response_find(&res, "Vary"),
		    STR("Accept-Encoding")));
		assert_true(str_eq(response_find(&res, "Cache-Control"),
		    STR("public, max-age=31536000, immutable")));
		drop(&res);
	}
	arena_free(&a);
	static_close(&site);
}

static void
a_compressed_file_older_than_its_page_is_not(void **state)
{
	struct place *p = *state;
	struct static_site site;
	struct arena a = { 0 };
	struct response res;
	struct asked asked = { .path = "/assets/site.1a2b.css",
		.name = "Accept-Encoding",
		.value = "br, gzip" };

	set_time(p, "assets/site.1a2b.css", 2000000);
	set_time(p, "assets/site.1a2b.css.br", 1000000);
	set_time(p, "assets/site.1a2b.css.gz", 1000000);
	static_open(&site, p->root, false);
	assert_true(answer(&site, &a, asked, &res));
	assert_true(str_eq(buf_view(&res.body), STR("css")));
	assert_true(str_eq(response_find(&res, "Last-Modified"),
	    STR("Sat, 24 Jan 1970 03:33:20 GMT")));
	drop(&res);
	arena_free(&a);
	static_close(&site);
}

static void
large_files_are_left_to_the_kernel(void **state)
{
	struct place *p = *state;
	struct static_site site;
	struct arena a = { 0 };
	struct response res;
	struct asked asked = { .path = "/large.pdf" };
	char *large = mem_alloc(1, CACHE_FILE_MAX + 1);

	put(p, "large.pdf", (struct str){ large, CACHE_FILE_MAX + 1 });
	static_open(&site, p->root, false);
	assert_true(answer(&site, &a, asked, &res));
	assert_int_equal(res.file_len, CACHE_FILE_MAX + 1);
	assert_int_equal(res.body.n, 0);
	drop(&res);
	put(p, "large.pdf", (struct str){ large, CACHE_FILE_MAX });
	assert_true(answer(&site, &a, asked, &res));
	assert_int_equal(res.file_len, 0);
	assert_int_equal(res.body.n, CACHE_FILE_MAX);
	drop(&res);
	mem_free(large);
	arena_free(&a);
	static_close(&site);
}

static void
the_cache_keeps_its_bound(void **state)
{
	struct place *p = *state;
	struct static_site site;
	struct arena a = { 0 };
	char *text = mem_alloc(1, CACHE_FILE_MAX);
	int n = CACHE_TOTAL_MAX / CACHE_FILE_MAX + 8;

	static_open(&site, p->root, false);
	for (int i = 0; i < n; i++) {
		struct asked asked;
		struct response res;

		asked = (struct asked){ .path = str_c(&a,
					    str_format(&a, "/f%d", i)) };
		text[0] = (char)i;
		put(p, asked.path + 1, (struct str){ text, CACHE_FILE_MAX });
		for (int again = 0; again < 2; again++) {
			assert_true(answer(&site, &a, asked, &res));
			assert_int_equal(res.body.p[0], (char)i);
			drop(&res);
		}
		assert_true(site.cache.total <= CACHE_TOTAL_MAX);
	}
	assert_true(site.cache.total > CACHE_TOTAL_MAX / 2);
	mem_free(text);
	arena_free(&a);
	static_close(&site);
}

static void
other_methods_are_refused(void **state)
{
	struct place *p = *state;
	struct static_site site;
	struct arena a = { 0 };
	struct response res;

	static_open(&site, p->root, false);
	assert_true(answer(&site, &a,
	    (struct asked){ .method = METHOD_POST, .path = "/" }, &res));
	assert_int_equal(res.status, 405);
	assert_true(str_eq(response_find(&res, "Allow"), STR("GET, HEAD")));
	drop(&res);
	assert_true(answer(&site, &a,
	    (struct asked){ .method = METHOD_HEAD, .path = "/" }, &res));
	assert_int_equal(res.status, 200);
	drop(&res);
	arena_free(&a);
	static_close(&site);
}

static void
the_site_has_its_own_page_for_nothing(void **state)
{
	struct place *p = *state;
	struct static_site site;
	struct arena a = { 0 };
	struct response res = { 0 };

	static_open(&site, p->root, false);
	assert_true(static_not_found(&site, &a, &res));
	assert_int_equal(res.status, 404);
	assert_true(str_eq(buf_view(&res.body), STR("none")));
	drop(&res);
	remove(path_of(p, "404.html"));
	res = (struct response){ 0 };
	assert_false(static_not_found(&site, &a, &res));
	assert_int_equal(res.status, 0);
	arena_free(&a);
	static_close(&site);
}

#define IN_A_SITE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		IN_A_SITE(paths_stay_in_the_site),
		IN_A_SITE(a_second_look_sees_what_has_changed),
		IN_A_SITE(who_has_it_gets_it_no_more),
		IN_A_SITE(ready_compressed_files_are_used),
		IN_A_SITE(a_compressed_file_older_than_its_page_is_not),
		IN_A_SITE(large_files_are_left_to_the_kernel),
		IN_A_SITE(the_cache_keeps_its_bound),
		IN_A_SITE(other_methods_are_refused),
		IN_A_SITE(the_site_has_its_own_page_for_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
