#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "generator/model/site.h"
#include "generator/search/columns.h"
#include "generator/search/docs.h"
#include "generator/search/terms.h"
#include "generator/search/text.h"
#include "generator/write/js.h"

static struct arena arena;
static struct site site;

static struct program *
add_program(const char *id, const char *title, size_t organization,
    int64_t price)
{
	struct program *p = VEC_PUSH(&site.arena, &site.programs);

	p->id = str_from(id);
	p->title = str_from(title);
	p->organization = &site.organizations.at[organization];
	p->municipality = site.municipalities.at;
	p->direction = site.settings.directions.at;
	p->age = (struct range){ .min = 7, .max = NOT_GIVEN };
	p->price = price;
	p->organization->programs++;
	return p;
}

static int
begin(void **state)
{
	(void)state;
	site = (struct site){ 0 };
	assert_true(date_zone_set("Asia/Yakutsk"));
	VEC_PUSH(&site.arena, &site.municipalities);
	VEC_PUSH(&site.arena, &site.settings.directions);
	VEC_PUSH(&site.arena, &site.organizations)->id = STR("b");
	VEC_PUSH(&site.arena, &site.organizations)->id = STR("a");
	for (size_t i = 0; i < 2; i++)
		site.organizations.at[i].municipality = site.municipalities.at;
	site.programs.at = NULL;
	add_program("x", "танцы", 0, 150000);
	add_program("y", "кружки танца", 1, 0);
	add_program("z", "кружок", 0, NOT_GIVEN);
	return 0;
}

static int
end(void **state)
{
	(void)state;
	arena_free(&site.arena);
	arena_free(&arena);
	return 0;
}

static void
programs_stand_by_organization_and_id(void **state)
{
	struct docs d;

	(void)state;
	docs_make(&d, &arena, &site);
	assert_int_equal(d.n, 5);
	assert_int_equal(d.of_kind[URL_PROGRAM], 3);
	assert_string_equal(d.at[0].id.p, "y");
	assert_string_equal(d.at[1].id.p, "x");
	assert_string_equal(d.at[2].id.p, "z");
	assert_string_equal(d.at[3].id.p, "a");
}

static void
a_shard_holds_keys_and_steps_between_documents(void **state)
{
	struct reader *r = reader_new(&site.search);
	struct terms *t = terms_new(&arena, r);
	struct term_shards shards = { 0 };
	struct docs d;
	/* кружк in documents 0 and 2, танц in 0 and 1, all in titles. */
	static const char want[] = "\1\0\12кружк\2\0\2\0\0\0"
				   "\1\7\xd1\x82\xd0\xb0\xd0\xbd\xd1\x86"
				   "\2\0\1\0\0\0";

	(void)state;
	docs_make(&d, &arena, &site);
	terms_read(t, &d);
	terms_shards(t, &arena, &shards);
	assert_int_equal(shards.all.n, 1);
	assert_string_equal(str_c(&arena, shards.all.at[0].first), "кружк");
	assert_true(shards.all.at[0].bytes.n > 20);
	assert_memory_equal(shards.all.at[0].bytes.p, want, 12);
	reader_free(r);
}

static void
prices_and_places_are_numbered(void **state)
{
	struct columns c;
	struct docs d;
	struct buf b = { 0 };

	(void)state;
	docs_make(&d, &arena, &site);
	columns_make(&c, &arena, &site, &d);
	assert_int_equal(c.prices.n, 3);
	assert_int_equal(c.prices.at[0], -1);
	assert_int_equal(c.prices.at[1], 0);
	assert_int_equal(c.prices.at[2], 1500);
	columns_write(&b, &c);
	assert_int_equal(b.n, 9 * 3);
	/* ages: from 7, no end; then prices 0, 1500, none */
	assert_memory_equal(b.p + 2 * 3, "\7\7\7\377\377\377", 6);
	assert_memory_equal(b.p + 5 * 3, "\1\2\0", 3);
	buf_reset(&b);
	/* By id: x and z of organization 1 (b), y of 0. */
	columns_order(&b, &arena, &c);
	assert_memory_equal(b.p, "\1\0\1\0\0\0", 6);
	buf_reset(&b);
	columns_titles(&b, &arena, &c);
	assert_memory_equal(b.p, "\0\2\1\0\0\0\0\0\0", 9);
	buf_free(&b);
}

static void
many_prices_fit_into_a_byte(void **state)
{
	struct columns c;
	struct docs d;

	(void)state;
	for (int i = 0; i < 2000; i++)
		add_program(str_format(&arena, "p%d", i).p, "x", 0, i * 137);
	docs_make(&d, &arena, &site);
	columns_make(&c, &arena, &site, &d);
	assert_true(c.prices.n <= 256);
	assert_int_equal(c.prices.at[0], -1);
	assert_int_equal(c.prices.at[1], 0);
	assert_int_equal(c.prices.at[c.prices.n - 1], (1999 * 137 + 99) / 100);
}

static struct str
hashed(void *context, const struct css_reference *r)
{
	assert_int_equal(r->line, 2);
	assert_int_equal(r->column, 22);
	(void)context;
	return STR("a.1.js");
}

static void
imports_of_scripts_are_renamed(void **state)
{
	struct buf b = { 0 };

	(void)state;
	js_rewrite(&b,
	    STR("/* a */\nimport { a } from \"./a.js\";\n\t/* b\n b */\n"
		"x(/* c */);\n/* d */ y;\nfrom \"x\""),
	    hashed, NULL);
	assert_string_equal(buf_view(&b).p,
	    "import { a } from \"./a.1.js\";\nx(/* c */);\n/* d */ y;\nfrom "
	    "\"x\"");
	buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    programs_stand_by_organization_and_id, begin, end),
		cmocka_unit_test_setup_teardown(
		    a_shard_holds_keys_and_steps_between_documents, begin, end),
		cmocka_unit_test_setup_teardown(prices_and_places_are_numbered,
		    begin, end),
		cmocka_unit_test_setup_teardown(many_prices_fit_into_a_byte,
		    begin, end),
		cmocka_unit_test(imports_of_scripts_are_renamed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
