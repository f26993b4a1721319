#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/file.h"
#include "base/log.h"

static struct arena arena;
static char folder[] = "/tmp/file_test.XXXXXX";

static int
begin(void **state)
{
	(void)state;
	umask(077);
	return mkdtemp(folder) == NULL ? -1 : 0;
}

static int
end(void **state)
{
	(void)state;
	struct file_list all;

	if (file_walk(&arena, folder, &all) == -1)
		return -1;
	for (size_t i = 0; i < all.files.n; i++)
		unlink(file_join(&arena, folder, all.files.at[i].path));
	const char *below[] = { "a/.hidden", "a/b", "a" };
	for (size_t i = 0; i < 3; i++)
		rmdir(file_join(&arena, folder, str_from(below[i])));
	arena_free(&arena);
	return rmdir(folder);
}

static const char *
at(const char *name)
{
	return file_join(&arena, folder, str_from(name));
}

static struct str
held(const char *name)
{
	struct str s = { 0 };

	assert_int_equal(file_read(&arena, at(name), 1 << 20, &s), FILE_OK);
	return s;
}

static void
a_path_cannot_leave_its_root(void **state)
{
	static const struct str bad[] = { STR_INIT(""), STR_INIT("/"),
		STR_INIT("/etc"), STR_INIT(".."), STR_INIT("a/.."),
		STR_INIT("a/../b"), STR_INIT("./a"), STR_INIT("a//b"),
		STR_INIT("a/"), STR_INIT("a\\b"), STR_INIT("a\0b") };

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		assert_null(file_join(&arena, "r", bad[i]));
	assert_string_equal(file_join(&arena, "r", STR("..a/b.")), "r/..a/b.");
}

static void
what_is_missing_or_too_big_is_an_answer(void **state)
{
	struct str s;

	(void)state;
	assert_int_equal(file_read(&arena, at("none"), 9, &s), FILE_MISSING);
	assert_int_equal(file_read(&arena, at("no/ne"), 9, &s), FILE_MISSING);
	assert_int_equal(file_read(&arena, folder, 9, &s), FILE_FAILED);
	assert_int_equal(mkfifo(at("pipe"), 0600), 0);
	assert_int_equal(file_read(&arena, at("pipe"), 9, &s), FILE_FAILED);
	assert_int_equal(unlink(at("pipe")), 0);
	assert_int_equal(file_write_changed(at("x"), STR("123456789")),
	    FILE_WRITTEN);
	assert_int_equal(file_read(&arena, at("x"), 8, &s), FILE_TOO_BIG);
	assert_int_equal(file_read(&arena, at("x"), 9, &s), FILE_OK);
	assert_string_equal(s.p, "123456789");
}

static void
the_same_bytes_are_not_written_again(void **state)
{
	struct stat before, after;

	(void)state;
	assert_int_equal(file_write_changed(at("y"), STR("one\0two")),
	    FILE_WRITTEN);
	assert_int_equal(stat(at("y"), &before), 0);
	assert_int_equal(before.st_mode & 07777, 0644);
	assert_int_equal(file_write_changed(at("y"), STR("one\0two")),
	    FILE_UNCHANGED);
	assert_int_equal(stat(at("y"), &after), 0);
	assert_true(before.st_ino == after.st_ino);
	assert_true(before.st_mtim.tv_nsec == after.st_mtim.tv_nsec);
	/* The same length, another byte. */
	assert_int_equal(file_write_changed(at("y"), STR("one\0twO")),
	    FILE_WRITTEN);
	assert_int_equal(held("y").n, 7);
	assert_int_equal(file_write_changed(at("y"), STR("")), FILE_WRITTEN);
	assert_int_equal(file_write_changed(at("y"), STR("")), FILE_UNCHANGED);
}

static void
a_long_file_is_compared_to_its_end(void **state)
{
	enum { LONG = 100000 };
	static char p[LONG];

	(void)state;
	struct str s = { p, LONG };
	assert_int_equal(file_write_changed(at("z"), s), FILE_WRITTEN);
	assert_int_equal(file_write_changed(at("z"), s), FILE_UNCHANGED);
	p[LONG - 1] = 'x';
	assert_int_equal(file_write_changed(at("z"), s), FILE_WRITTEN);
}

static void
a_link_is_replaced_and_never_written_through(void **state)
{
	(void)state;
	assert_int_equal(file_write_changed(at("target"), STR("mine")),
	    FILE_WRITTEN);
	assert_int_equal(symlink("target", at("link")), 0);
	assert_int_equal(file_write_changed(at("link"), STR("mine")),
	    FILE_WRITTEN);
	assert_int_equal(file_write_changed(at("link"), STR("new")),
	    FILE_WRITTEN);
	assert_string_equal(held("target").p, "mine");
	assert_string_equal(held("link").p, "new");
}

static void
what_a_killed_run_left_is_written_over(void **state)
{
	(void)state;
	assert_int_equal(file_write_changed(at("tmp"), STR("half of it")),
	    FILE_WRITTEN);
	assert_int_equal(file_create(at("tmp"), STR("whole")), 0);
	assert_string_equal(held("tmp").p, "whole");
	assert_int_equal(file_create(at("none/x"), STR("x")), -1);
}

static void
nothing_is_left_where_writing_failed(void **state)
{
	struct file_list before, after;

	(void)state;
	assert_int_equal(file_make_dirs(at("a")), 0);
	assert_int_equal(file_walk(&arena, folder, &before), 0);
	assert_int_equal(file_write_changed(at("a"), STR("x")), FILE_FAILURE);
	assert_int_equal(file_write_changed(at("none/x"), STR("x")),
	    FILE_FAILURE);
	assert_int_equal(file_walk(&arena, folder, &after), 0);
	assert_int_equal(before.files.n, after.files.n);
}

static void
folders_are_open_to_readers_whatever_the_umask(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(file_make_dirs(at("a/b")), 0);
	assert_int_equal(file_make_dirs(at("a/b")), 0);
	assert_int_equal(stat(at("a"), &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	assert_int_equal(file_write_changed(at("a/f"), STR("")), FILE_WRITTEN);
	assert_int_equal(file_make_dirs(at("a/f/g")), -1);
}

static void
a_walk_is_sorted_and_passes_hidden_names_over(void **state)
{
	static const char *const names[] = { "a/b/c", "a/b.x", "a/.hid",
		"a/b/.hid" };
	struct file_list list;

	(void)state;
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(file_write_changed(at(names[i]), STR("xy")),
		    FILE_WRITTEN);
	assert_int_equal(file_make_dirs(at("a/.hidden")), 0);
	assert_int_equal(symlink("/etc", at("a/out")), 0);
	assert_int_equal(file_walk(&arena, at("a"), &list), 0);
	assert_int_equal(list.files.n, 4);
	assert_string_equal(list.files.at[0].path.p, "b.x");
	assert_string_equal(list.files.at[1].path.p, "b/c");
	assert_string_equal(list.files.at[2].path.p, "f");
	assert_string_equal(list.files.at[3].path.p, "out");
	assert_true(list.files.at[3].symlink);
	assert_int_equal(list.files.at[0].size, 2);
	assert_int_equal(unlink(at("a/.hid")), 0);
	assert_int_equal(unlink(at("a/b/.hid")), 0);
	assert_int_equal(file_walk(&arena, at("none"), &list), 0);
	assert_int_equal(list.files.n, 0);
}

static void
a_log_line_is_one_line_and_keeps_errno(void **state)
{
	int pipes[2];
	char got[512];

	(void)state;
	assert_int_equal(pipe(pipes), 0);
	int saved = dup(STDERR_FILENO);
	assert_int_equal(dup2(pipes[1], STDERR_FILENO), STDERR_FILENO);
	errno = ENOENT;
	log_warn("open %s", "a\nb\x1b");
	assert_int_equal(errno, ENOENT);
	log_debug("not %s", "said");
	log_set_level(LOG_LEVEL_DEBUG);
	log_debug("%s", "said");
	log_set_level(LOG_LEVEL_INFO);
	assert_int_equal(dup2(saved, STDERR_FILENO), STDERR_FILENO);
	close(saved);
	close(pipes[1]);
	ssize_t n = read(pipes[0], got, sizeof(got) - 1);
	assert_true(n > 0);
	got[n] = '\0';
	close(pipes[0]);
	assert_string_equal(got,
	    "warning: open a\\x0ab\\x1b: No such file or directory\n"
	    "debug: said\n");
}

static void
a_match_tells_none_other_and_same(void **state)
{
	const struct {
		const char *name, *text;
		enum file_match match;
	} cases[] = {
		{ "match", "abc", FILE_SAME },
		{ "match", "abd", FILE_OTHER },
		{ "match", "ab", FILE_OTHER },
		{ "match", "abcd", FILE_OTHER },
		{ "match", "", FILE_OTHER },
		{ "nowhere", "", FILE_NONE },
		{ "nowhere/x", "abc", FILE_NONE },
		{ "match/x", "abc", FILE_NONE },
		{ "bylink", "abc", FILE_OTHER },
	};
	struct stat st;

	(void)state;
	assert_int_equal(file_create(at("match"), STR("abc")), 0);
	assert_int_equal(chmod(at("match"), 0600), 0);
	assert_int_equal(symlink("match", at("bylink")), 0);
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(file_match(at(cases[i].name),
				     str_from(cases[i].text)),
		    cases[i].match);
	assert_int_equal(file_match(folder, STR("")), FILE_OTHER);
	assert_int_equal(stat(at("match"), &st), 0);
	assert_int_equal(st.st_mode & 0777, 0644);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_cannot_leave_its_root),
		cmocka_unit_test(what_is_missing_or_too_big_is_an_answer),
		cmocka_unit_test(a_match_tells_none_other_and_same),
		cmocka_unit_test(the_same_bytes_are_not_written_again),
		cmocka_unit_test(a_long_file_is_compared_to_its_end),
		cmocka_unit_test(a_link_is_replaced_and_never_written_through),
		cmocka_unit_test(what_a_killed_run_left_is_written_over),
		cmocka_unit_test(nothing_is_left_where_writing_failed),
		cmocka_unit_test(
		    folders_are_open_to_readers_whatever_the_umask),
		cmocka_unit_test(a_walk_is_sorted_and_passes_hidden_names_over),
		cmocka_unit_test(a_log_line_is_one_line_and_keeps_errno),
	};

	return cmocka_run_group_tests(tests, begin, end);
}
