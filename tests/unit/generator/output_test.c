#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "generator/write/output.h"

enum { NOW = 1795000000, NEVER = -1, KILLED = 9 };

/* The process ends instead of its n-th rename. */
static int renames_left = NEVER;

int
rename(const char *from, const char *to)
{
	if (renames_left != NEVER && renames_left-- == 0)
		_exit(KILLED);
	return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

/* Or its n-th removal. */
static int removals_left = NEVER;

int
unlink(const char *path)
{
	if (removals_left != NEVER && removals_left-- == 0)
		_exit(KILLED);
	return unlinkat(AT_FDCWD, path, 0);
}

struct file {
	const char *path;
	enum output_class class;
	const char *text; /* paths that it leads to, each in a line */
};

static const struct file before[] = {
	{ "assets/a.1.css", OUTPUT_ASSET, "" },
	{ "index.html", OUTPUT_LIST, "p/1.html\np/2.html\nassets/a.1.css\n" },
	{ "p/1.html", OUTPUT_PAGE, "p/2.html\nassets/a.1.css\n" },
	{ "p/2.a.ics", OUTPUT_LEAF, "" },
	{ "p/2.html", OUTPUT_PAGE, "p/2.a.ics\nindex.html\nassets/a.1.css\n" },
	{ "p/4.html", OUTPUT_PAGE, "index.html\n" },
	{ "q/only.html", OUTPUT_PAGE, "" },
	{ NULL, 0, NULL },
};

/* 2 is gone, 3 is new, 1 is changed, and so is what they look like. */
static const struct file after[] = {
	{ "assets/a.2.css", OUTPUT_ASSET, "" },
	{ "index.html", OUTPUT_LIST,
	    "index.2.html\np/1.html\nassets/a.2.css\n" },
	{ "index.2.html", OUTPUT_LIST, "index.html\np/3.html\n" },
	{ "p/1.html", OUTPUT_PAGE, "p/3.html\nassets/a.2.css\n" },
	{ "p/3.html", OUTPUT_PAGE, "p/3.ics\nindex.html\nassets/a.2.css\n" },
	{ "p/3.ics", OUTPUT_LEAF, "" },
	{ "p/4.html", OUTPUT_PAGE, "index.html\n" },
	{ NULL, 0, NULL },
};

static struct arena arena;
static const char *folder, *catalog;

static int
begin(void **state)
{
	char name[] = "/tmp/output_test.XXXXXX";

	(void)state;
	if (mkdtemp(name) == NULL)
		return -1;
	folder = str_format(&arena, "%s/public", name).p;
	catalog = str_format(&arena, "%s/catalog.db", name).p;
	renames_left = NEVER;
	return 0;
}

static int
end(void **state)
{
	struct file_list all;
	const char *root =
	    arena_copy(&arena, folder, strrchr(folder, '/') - folder);
	static const char *const folders[] = { "public/assets", "public/p",
		"public/q", "public/.kruzhok-tmp/0", "public/.kruzhok-tmp",
		"public" };

	(void)state;
	if (file_walk(&arena, root, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.files.n; i++)
		unlink(file_join(&arena, root, all.files.at[i].path));
	for (size_t i = 0; i < sizeof(folders) / sizeof(*folders); i++)
		rmdir(file_join(&arena, root, str_from(folders[i])));
	int rc = rmdir(root);
	arena_free(&arena);
	return rc;
}

static int
build(const struct file *files, int64_t now, struct output *o)
{
	if (output_open(o, folder, catalog) == -1)
		return -1;
	for (const struct file *f = files; f->path != NULL; f++)
		output_add(o, str_from(f->path), f->class);
	for (size_t i = 0; files[i].path != NULL; i++)
		if (output_stage(o, i, str_from(files[i].text)) == -1)
			return -1;
	if (output_announce(o) == -1 || output_publish_assets(o) == -1 ||
	    output_publish_pages(o) == -1)
		return -1;
	return output_remove(o, now);
}

static void
build_whole(const struct file *files, int64_t now)
{
	struct output o = { 0 };

	assert_int_equal(build(files, now, &o), 0);
	output_close(&o);
}

/* True when it was killed before it was done. */
static bool
build_killed(const struct file *files, int at, int removal)
{
	struct output o = { 0 };
	int status;
	pid_t pid = fork();

	assert_int_not_equal(pid, -1);
	if (pid == 0) {
		renames_left = at;
		removals_left = removal;
		_exit(build(files, NOW, &o) == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(pid, &status, 0), pid);
	assert_true(WIFEXITED(status));
	assert_int_not_equal(WEXITSTATUS(status), 1);
	return WEXITSTATUS(status) == KILLED;
}

static const char *
text_in(const struct file *files, struct str path)
{
	for (; files->path != NULL; files++)
		if (str_eq(path, str_from(files->path)))
			return files->text;
	return NULL;
}

static void
assert_whole_and_alive(void)
{
	struct file_list all;

	assert_int_equal(file_walk(&arena, folder, &all), 0);
	for (size_t i = 0; i < all.files.n; i++) {
		struct str path = all.files.at[i].path, text, line;
		const char *old = text_in(before, path);
		const char *new = text_in(after, path);

		assert_int_equal(file_read(&arena,
				     file_join(&arena, folder, path), 4096,
				     &text),
		    FILE_OK);
		assert_true((old && str_eq(text, str_from(old))) ||
			    (new &&str_eq(text, str_from(new))));
		while (text.n > 0) {
			str_cut(text, '\n', &line, &text);
			assert_int_equal(access(file_join(&arena, folder, line),
					     F_OK),
			    0);
		}
	}
}

/* Exactly these files, besides one that is kept. */
static void
assert_there(const struct file *files, const char *kept)
{
	struct file_list all;
	size_t n = kept != NULL;

	assert_int_equal(file_walk(&arena, folder, &all), 0);
	for (const struct file *f = files; f->path != NULL; f++, n++)
		assert_int_equal(file_match(file_join(&arena, folder,
						str_from(f->path)),
				     str_from(f->text)),
		    FILE_SAME);
	if (kept != NULL)
		assert_int_equal(access(file_join(&arena, folder,
					    str_from(kept)),
				     F_OK),
		    0);
	assert_int_equal(all.files.n, n);
	assert_int_equal(access(str_format(&arena, "%s/.kruzhok-tmp", folder).p,
			     F_OK),
	    -1);
}

static void
no_kill_leaves_a_torn_file_or_a_dead_link(void **state)
{
	int at = 0;

	(void)state;
	for (;; at++) {
		build_whole(before, NOW);
		if (!build_killed(after, at, NEVER))
			break;
		assert_whole_and_alive();
		build_whole(after, NOW);
		assert_there(after, "assets/a.1.css");
		/* A day later nothing tells that there was another site. */
		build_whole(after, NOW + 90000);
		assert_there(after, NULL);
		size_t removed;
		assert_int_equal(output_clean(folder, catalog, &removed), 0);
	}
	/* Two manifests, an asset, three new files, two changed ones. */
	assert_int_equal(at, 8);
}

static void
a_kill_while_removing_leaves_no_dead_link(void **state)
{
	int at = 0;

	(void)state;
	for (;; at++) {
		size_t removed;

		build_whole(before, NOW);
		if (!build_killed(after, NEVER, at))
			break;
		assert_whole_and_alive();
		build_whole(after, NOW + 90000);
		assert_int_equal(output_clean(folder, catalog, &removed), 0);
	}
	/* Two pages and a calendar. */
	assert_int_equal(at, 3);
}

static void
a_killed_first_build_is_finished_by_the_next(void **state)
{
	(void)state;
	for (int at = 0; build_killed(before, at, NEVER); at++) {
		build_whole(before, NOW);
		assert_there(before, NULL);
		size_t removed;
		assert_int_equal(output_clean(folder, catalog, &removed), 0);
		assert_int_equal(removed, 7);
	}
}

/* The killed build had published 3; then the author thought better of it. */
static void
what_a_killed_build_made_is_known_to_the_next(void **state)
{
	(void)state;
	build_whole(before, NOW);
	assert_true(build_killed(after, 6, NEVER));
	assert_int_equal(access(file_join(&arena, folder, STR("p/3.html")),
			     F_OK),
	    0);
	build_whole(before, NOW);
	assert_there(before, "assets/a.2.css");
}

static void
folders_that_are_empty_now_go_too(void **state)
{
	(void)state;
	build_whole(before, NOW);
	build_whole(after, NOW);
	assert_int_equal(access(file_join(&arena, folder, STR("q")), F_OK), -1);
	assert_int_equal(access(file_join(&arena, folder, STR("p")), F_OK), 0);
}

static void
states_and_counts_are_told(void **state)
{
	struct output o = { 0 };

	(void)state;
	build_whole(before, NOW);
	assert_int_equal(build(after, NOW, &o), 0);
	assert_int_equal(o.files.at[0].state, OUTPUT_NEW);
	assert_int_equal(o.files.at[1].state, OUTPUT_CHANGED);
	assert_int_equal(o.files.at[6].state, OUTPUT_SAME);
	assert_int_equal(o.written, 6);
	assert_int_equal(o.unchanged, 1);
	assert_int_equal(o.removed, 3);
	output_close(&o);
}

static void
a_damaged_manifest_removes_nothing(void **state)
{
	const char *path = manifest_path(&arena, catalog);
	static const char *const texts[] = { "", "\n", "rubbish", "\0\0\0\n\0",
		"/elsewhere\np/2.html\t1\tabc\n" };

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		build_whole(before, NOW);
		assert_int_not_equal(file_write_changed(path,
					 str_from(texts[i])),
		    FILE_FAILURE);
		build_whole(after, NOW);
		assert_int_equal(access(file_join(&arena, folder,
					    STR("p/2.html")),
				     F_OK),
		    0);
	}
}

static void
lines_that_nobody_wrote_are_passed_over(void **state)
{
	struct str good = STR("/x\na/b.html\t12\tabc\nc\t0\td\t1795000000\n");
	struct str bad = STR("/x\n../a\t1\th\n/etc\t1\th\na\tx\th\n"
			     "a\t1\n\t1\th\na\t1\th\tsoon\n\n");
	struct manifest m;

	(void)state;
	assert_int_equal(file_make_dirs(folder), 0);
	assert_int_equal(file_write_changed(catalog, good), FILE_WRITTEN);
	assert_int_equal(manifest_read(&m, &arena, catalog), 0);
	assert_int_equal(m.files.n, 2);
	assert_int_equal(m.files.at[0].size, 12);
	assert_int_equal(m.files.at[0].dropped, 0);
	assert_int_equal(m.files.at[1].dropped, 1795000000);
	assert_int_equal(manifest_write(&m, catalog), 0);
	assert_int_equal(file_match(catalog, good), FILE_SAME);
	assert_int_equal(file_write_changed(catalog, bad), FILE_WRITTEN);
	assert_int_equal(manifest_read(&m, &arena, catalog), 0);
	assert_int_equal(m.files.n, 0);
}

static void
the_manifest_is_beside_the_catalog(void **state)
{
	(void)state;
	assert_string_equal(manifest_path(&arena, "build/catalog.db"),
	    "build/catalog.manifest.tsv");
	assert_string_equal(manifest_path(&arena, "x"), "x.manifest.tsv");
}

int
main(void)
{
#define TEST(f) cmocka_unit_test_setup_teardown(f, begin, end)
	const struct CMUnitTest tests[] = {
		TEST(no_kill_leaves_a_torn_file_or_a_dead_link),
		TEST(a_kill_while_removing_leaves_no_dead_link),
		TEST(a_killed_first_build_is_finished_by_the_next),
		TEST(what_a_killed_build_made_is_known_to_the_next),
		TEST(folders_that_are_empty_now_go_too),
		TEST(states_and_counts_are_told),
		TEST(a_damaged_manifest_removes_nothing),
		TEST(lines_that_nobody_wrote_are_passed_over),
		TEST(the_manifest_is_beside_the_catalog),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
