#include "generator/model/messages.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/messages.h"

static const struct {
	const struct message *rows;
	size_t n;
	size_t content; /* the first row that content can cause */
} tables[] = {
	{ base_messages, BASE_MESSAGES, BASE_YAML_SYNTAX },
	{ site_messages, SITE_MESSAGES, 0 },
};

enum { TABLES = sizeof(tables) / sizeof(tables[0]) };

static bool
has_argument(const char *text, int i)
{
	char name[3] = { '%', (char)('0' + i), '\0' };

	return strstr(text, name) != NULL;
}

static void
both_languages_say_the_same_arguments(void **state)
{
	(void)state;
	for (size_t t = 0; t < TABLES; t++) {
		for (size_t i = 0; i < tables[t].n; i++) {
			const struct message *m = &tables[t].rows[i];

			assert_non_null(m->code);
			assert_non_null(m->text[DIAG_EN]);
			assert_non_null(m->text[DIAG_RU]);
			for (int k = 1; k <= 9; k++)
				if (has_argument(m->text[DIAG_EN], k) !=
				    has_argument(m->text[DIAG_RU], k))
					fail_msg("%s: %%%d", m->code, k);
		}
	}
}

static void
brackets_are_closed_and_hold_an_argument(void **state)
{
	(void)state;
	for (size_t t = 0; t < TABLES; t++) {
		for (size_t i = 0; i < tables[t].n; i++) {
			for (int l = 0; l < DIAG_LANGS; l++) {
				const char *s = tables[t].rows[i].text[l];

				while ((s = strchr(s, '[')) != NULL) {
					const char *end = strchr(s, ']');

					assert_non_null(end);
					assert_non_null(
					    memchr(s, '%', (size_t)(end - s)));
					s = end;
				}
			}
		}
	}
}

static void
codes_are_single(void **state)
{
	(void)state;
	for (size_t t = 0; t < TABLES; t++)
		for (size_t i = 0; i < tables[t].n; i++)
			for (size_t u = 0; u < TABLES; u++)
				for (size_t k = 0; k < tables[u].n; k++)
					if (t != u || i != k)
						assert_string_not_equal(
						    tables[t].rows[i].code,
						    tables[u].rows[k].code);
}

/* tests/golden/run looks into them; here, that none is forgotten. */
static void
every_code_of_content_has_a_case(void **state)
{
	const char *root = getenv("ROOT");

	(void)state;
	for (size_t t = 0; t < TABLES; t++) {
		for (size_t i = tables[t].content; i < tables[t].n; i++) {
			char path[512];

			snprintf(path, sizeof(path),
			    "%s/tests/golden/%s/expect.err",
			    root != NULL ? root : ".", tables[t].rows[i].code);
			if (access(path, R_OK) != 0)
				fail_msg("no case %s", path);
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(both_languages_say_the_same_arguments),
		cmocka_unit_test(brackets_are_closed_and_hold_an_argument),
		cmocka_unit_test(codes_are_single),
		cmocka_unit_test(every_code_of_content_has_a_case),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
