#include "submitd/http/listen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static const struct {
	const char *text, *shown; /* NULL: no address */
} addresses[] = {
	{ "127.0.0.1", "127.0.0.1" },
	{ "::1", "::1" },
	{ "2001:DB8::1", "2001:db8::1" },
	{ "::ffff:192.0.2.1", "192.0.2.1" },
	{ "unix", "unix" },
	{ "", NULL },
	{ "localhost", NULL },
	{ "127.0.0.1:80", NULL },
	{ "127.1", NULL },
	{ "0127.0.0.1", NULL },
	{ "[::1]", NULL },
	{ " 127.0.0.1", NULL },
};

static void
addresses_are_read_and_shown(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		struct arena a = { 0 };
		struct address address;
		bool ok = address_parse(str_from(addresses[i].text), &address);

		if (ok != (addresses[i].shown != NULL))
			fail_msg("%s: %d", addresses[i].text, ok);
		if (ok)
			assert_true(str_eq(address_text(&a, address),
			    str_from(addresses[i].shown)));
		arena_free(&a);
	}
}

static void
an_address_in_two_forms_is_one(void **state)
{
	struct address four, mapped, local, none;

	(void)state;
	assert_true(address_parse(STR("192.0.2.1"), &four));
	assert_true(address_parse(STR("::ffff:192.0.2.1"), &mapped));
	assert_true(address_parse(STR("unix"), &local));
	assert_true(address_parse(STR("::"), &none));
	assert_true(address_same(four, mapped));
	assert_false(address_same(local, none));
}

static const struct {
	const char *where, *starts; /* NULL: refused */
} places[] = {
	{ "127.0.0.1:0", "http://127.0.0.1:" },
	{ "[::1]:0", "http://[::1]:" },
	{ "127.0.0.1", NULL },
	{ "127.0.0.1:", NULL },
	{ "127.0.0.1:65536", NULL },
	{ "127.0.0.1:-1", NULL },
	{ "127.0.0.1:080", NULL },
	{ "::1:80", NULL },
	{ "[unix]:80", NULL },
	{ ":80", NULL },
	{ "", NULL },
	{ "unix:", NULL },
	{ "unix:/nowhere/at/all/socket", NULL },
};

static void
places_are_listened_on(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		struct arena a = { 0 };
		const char *url = NULL;
		int fd = listen_open(&a, places[i].where, &url);

		if ((fd != -1) != (places[i].starts != NULL))
			fail_msg("%s: %d", places[i].where, fd);
		if (fd != -1) {
			assert_true(str_starts(str_from(url),
			    str_from(places[i].starts)));
			assert_false(str_ends(str_from(url), STR(":0")));
			listen_close(fd, url);
		}
		arena_free(&a);
	}
}

static void
a_dead_socket_is_replaced_a_live_one_is_not(void **state)
{
	char dir[] = "/tmp/listen_test.XXXXXX";
	struct arena a = { 0 };
	const char *url, *where;
	int fd, other;

	(void)state;
	assert_non_null(mkdtemp(dir));
	where = str_c(&a, str_format(&a, "unix:%s/s", dir));
	fd = listen_open(&a, where, &url);
	assert_int_not_equal(fd, -1);
	assert_string_equal(url, where);
	assert_int_equal(listen_open(&a, where, &url), -1);
	close(fd); /* as a killed process would: the file stays */
	other = listen_open(&a, where, &url);
	assert_int_not_equal(other, -1);
	listen_close(other, url);
	assert_int_equal(rmdir(dir), 0);
	arena_free(&a);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(addresses_are_read_and_shown),
		cmocka_unit_test(an_address_in_two_forms_is_one),
		cmocka_unit_test(places_are_listened_on),
		cmocka_unit_test(a_dead_socket_is_replaced_a_live_one_is_not),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
