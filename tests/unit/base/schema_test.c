#include "base/schema.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/vec.h"
#include "base/yaml.h"

struct desk {
	struct str label;
	int seats;
};

struct room {
	struct str title, notes, site, lat;
	int seats, color, opens;
	int64_t price, moment;
	unsigned days;
	bool open;
	struct date date;
	VEC(struct str) tags;
	VEC(struct desk) desks;
	struct desk main;
	struct pos pos, pos_seats;
	int checked;
};

enum { RED = 7, BLUE };

static const struct word colors[] = { { "red", RED }, { "blue", BLUE },
	{ NULL, 0 } };
static const struct word days[] = { { "mon", 1 }, { "tue", 2 }, { "wed", 4 },
	{ NULL, 0 } };

static const struct field desk_fields[] = {
	{ "label", FIELD_TEXT, .required = true,
	    .at = offsetof(struct desk, label) },
	{ "seats", FIELD_WHOLE, .at = offsetof(struct desk, seats) },
};

static const struct desk desk_start = { .seats = -1 };

static const struct schema desk_schema = { SCHEMA_FIELDS(desk_fields),
	.size = sizeof(struct desk), .start = &desk_start };

static void
check_room(struct schema_run *run, const struct node *map, void *out)
{
	struct room *r = out;

	(void)run;
	r->checked = (int)map->n;
}

static const struct field room_fields[] = {
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct room, title), .max = 10 },
	{ "notes", FIELD_LINES, .at = offsetof(struct room, notes) },
	{ "site", FIELD_URL, .at = offsetof(struct room, site) },
	{ "lat", FIELD_DECIMAL, .at = offsetof(struct room, lat), .min = -90,
	    .max = 90 },
	{ "seats", FIELD_WHOLE, .at = offsetof(struct room, seats),
	    .pos_at = offsetof(struct room, pos_seats), .min = 1, .max = 30 },
	{ "color", FIELD_WORD, .at = offsetof(struct room, color),
	    .words = colors },
	{ "opens", FIELD_TIME, .at = offsetof(struct room, opens) },
	{ "price", FIELD_HUNDREDTHS, .at = offsetof(struct room, price) },
	{ "moment", FIELD_MOMENT, .at = offsetof(struct room, moment) },
	{ "days", FIELD_WORDS, .at = offsetof(struct room, days),
	    .words = days },
	{ "open", FIELD_BOOL, .at = offsetof(struct room, open) },
	{ "date", FIELD_DATE, .at = offsetof(struct room, date) },
	{ "tags", FIELD_TEXTS, .at = offsetof(struct room, tags) },
	{ "desks", FIELD_LIST, .at = offsetof(struct room, desks),
	    .below = &desk_schema },
	{ "main", FIELD_MAP, .at = offsetof(struct room, main),
	    .below = &desk_schema },
};

static const struct schema room_schema = { SCHEMA_FIELDS(room_fields),
	.size = sizeof(struct room), .pos_at = offsetof(struct room, pos),
	.check = check_room };

static struct arena arena;
static struct diag diag;

static int
forget(void **state)
{
	(void)state;
	diag_free(&diag);
	arena_free(&arena);
	return 0;
}

/* LINE:COL CODE of every mistake, joined by blanks. */
static const char *
mistakes(void)
{
	struct buf b = { 0 };
	const char *out;

	for (size_t i = 0; i < diag.lines.n; i++)
		buf_printf(&b, "%s%d:%d %s", i > 0 ? " " : "",
		    diag.lines.at[i].pos.line, diag.lines.at[i].pos.column,
		    diag.lines.at[i].message->code);
	out = str_dup(&arena, buf_view(&b)).p;
	buf_free(&b);
	return out;
}

static struct room
read_room(const char *text)
{
	struct schema_run run = { .arena = &arena, .diag = &diag };
	struct room r = { .seats = -1, .price = -1 };
	struct node *n =
	    yaml_parse(&arena, &diag, "room.yaml", str_from(text), 1);

	assert_non_null(n);
	assert_int_equal(n->kind, NODE_MAPPING);
	schema_read(&run, &room_schema, n, &r);
	return r;
}

static void
assert_str(struct str got, const char *want)
{
	assert_string_equal(str_c(&arena, got), want);
}

static void
a_table_fills_a_struct(void **state)
{
	struct room r = read_room("title: 2026\n"
				  "notes: |\n  one\n  two\n"
				  "site: https://x.example/a?b#c\n"
				  "lat: -50.2900\n"
				  "seats: 12\n"
				  "color: blue\n"
				  "opens: 09:30\n"
				  "price: 4500.5\n"
				  "moment: 2026-12-05T10:00\n"
				  "days: [mon, wed]\n"
				  "open: true\n"
				  "date: 2026-12-05\n"
				  "tags: [no, 010, ' x ']\n"
				  "desks:\n  - {label: a}\n  - {label: b, "
				  "seats: 0}\n"
				  "main: {label: c}\n");

	(void)state;
	assert_string_equal(mistakes(), "");
	assert_str(r.title, "2026");
	assert_str(r.notes, "one\ntwo\n");
	assert_str(r.site, "https://x.example/a?b#c");
	assert_str(r.lat, "-50.2900");
	assert_int_equal(r.seats, 12);
	assert_int_equal(r.pos_seats.line, 7);
	assert_int_equal(r.pos_seats.column, 8);
	assert_int_equal(r.color, BLUE);
	assert_int_equal(r.opens, 9 * 60 + 30);
	assert_int_equal(r.price, 450050);
	assert_int_equal(r.moment, 1796464800);
	assert_int_equal(r.days, 5);
	assert_true(r.open);
	assert_int_equal(r.date.day, 5);
	assert_int_equal(r.tags.n, 3);
	assert_str(r.tags.at[1], "010");
	assert_str(r.tags.at[2], "x");
	assert_int_equal(r.desks.n, 2);
	assert_int_equal(r.desks.at[0].seats, -1);
	assert_int_equal(r.desks.at[1].seats, 0);
	assert_str(r.main.label, "c");
	assert_int_equal(r.pos.line, 1);
	assert_int_equal(r.checked, 15);
}

static void
null_is_as_if_it_were_not_there(void **state)
{
	struct room r = read_room("title: x\nseats:\nprice: ~\ntags: null\n"
				  "desks:\nmain: null\n");

	(void)state;
	assert_string_equal(mistakes(), "");
	assert_int_equal(r.seats, -1);
	assert_int_equal(r.price, -1);
	assert_int_equal(r.tags.n, 0);
}

static void
texts_are_one_line(void **state)
{
	struct room r = read_room("title: |\n  a \n\n  b\n");

	(void)state;
	assert_string_equal(mistakes(), "");
	assert_str(r.title, "a b");
}

/* One wrong value in line 2, behind a good title. */
static void
what_is_wrong_is_told_at_its_place(void **state)
{
	static const struct {
		const char *text, *mistakes;
	} cases[] = {
		{ "sets: 1", "2:1 unknown-field" },
		{ "'': 1", "2:1 unknown-field" },
		{ "titl: 1", "2:1 unknown-field" },
		{ "seats: 0", "2:8 out-of-range" },
		{ "seats: 31", "2:8 out-of-range" },
		{ "seats: 30", "" },
		{ "seats: 010", "2:8 not-a-whole-number" },
		{ "seats: +1", "2:8 not-a-whole-number" },
		{ "seats: -1", "2:8 not-a-whole-number" },
		{ "seats: 1.0", "2:8 not-a-whole-number" },
		{ "seats: 1e1", "2:8 not-a-whole-number" },
		{ "seats: 0x1", "2:8 not-a-whole-number" },
		{ "seats: '1'", "2:8 not-a-whole-number" },
		{ "seats: 99999999999999999999", "2:8 not-a-whole-number" },
		{ "seats: [1]", "2:8 not-a-text" },
		{ "price: 1.005", "2:8 not-a-sum" },
		{ "price: .5", "2:8 not-a-sum" },
		{ "price: 5.", "2:8 not-a-sum" },
		{ "price: 1,5", "2:8 not-a-sum" },
		{ "price: -1", "2:8 not-a-sum" },
		{ "price: 01", "2:8 not-a-sum" },
		{ "price: 1234567890123", "2:8 not-a-sum" },
		{ "price: 0", "" },
		{ "price: 0.01", "" },
		{ "lat: 90", "" },
		{ "lat: 90.0", "" },
		{ "lat: 90.0001", "2:6 out-of-range" },
		{ "lat: -90.0001", "2:6 out-of-range" },
		{ "lat: --1", "2:6 not-a-number" },
		{ "lat: 1e1", "2:6 not-a-number" },
		{ "color: green", "2:8 unknown-word" },
		{ "color: Red", "2:8 unknown-word" },
		{ "days: [mon, mon]", "2:13 doubled-item" },
		{ "days: [mon, mo]", "2:13 unknown-word" },
		{ "days: mon", "2:7 not-a-list" },
		{ "days: [[mon]]", "2:8 not-a-text" },
		{ "open: yes", "2:7 not-true-or-false" },
		{ "open: True", "2:7 not-true-or-false" },
		{ "open: 'true'", "2:7 not-true-or-false" },
		{ "opens: 24:00", "2:8 not-a-time" },
		{ "opens: 9:30", "2:8 not-a-time" },
		{ "date: 2026-02-29", "2:7 no-such-date" },
		{ "date: 2026-2-9", "2:7 not-a-date" },
		{ "date: 2026-02-28T10:00", "2:7 not-a-date" },
		{ "date: 1899-01-01", "2:7 no-such-date" },
		{ "moment: 2026-02-28", "2:9 not-a-moment" },
		{ "moment: 2026-02-28T25:00", "2:9 no-such-date" },
		{ "moment: 2026-02-28T10:00Z", "2:9 not-a-moment" },
		{ "site: ftp://x.example", "2:7 not-a-url" },
		{ "site: http://", "2:7 not-a-url" },
		{ "site: https:///x", "2:7 not-a-url" },
		{ "site: javascript:x", "2:7 not-a-url" },
		{ "site: https://x y", "2:7 not-a-url" },
		{ "site: mailto:a@x.example", "" },
		{ "site: tel:+70000000000", "" },
		{ "site: https://пример.рф/путь", "" },
		{ "tags: [a, '']", "2:11 empty-text" },
		{ "tags:\n  -\n  - a", "3:4 empty-text" },
		{ "desks: {label: a}", "2:8 not-a-list" },
		{ "desks: [a]", "2:9 not-fields" },
		{ "desks: [{seats: 1}]", "2:10 missing-field" },
		{ "desks: [{}]", "2:9 missing-field" },
		{ "main: 5", "2:7 not-fields" },
		{ "main:\n  seats: x",
		    "3:10 not-a-whole-number 3:3 missing-field" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct schema_run run = { .arena = &arena, .diag = &diag };
		struct room r = { 0 };
		struct str text =
		    str_format(&arena, "title: x\n%s\n", cases[i].text);
		struct node *n =
		    yaml_parse(&arena, &diag, "room.yaml", text, 1);

		if (n != NULL)
			schema_read(&run, &room_schema, n, &r);
		if (strcmp(mistakes(), cases[i].mistakes) != 0)
			fail_msg("%s: %s", cases[i].text, mistakes());
		diag_free(&diag);
	}
}

static void
a_missing_field_is_told_at_the_first_key(void **state)
{
	(void)state;
	read_room("seats: 1\nopen: true\n");
	assert_string_equal(mistakes(), "1:1 missing-field");
	diag_free(&diag);
	read_room("title:\n");
	assert_string_equal(mistakes(), "1:1 missing-field");
	diag_free(&diag);
	read_room("title: ''\n");
	assert_string_equal(mistakes(), "1:8 empty-text");
	diag_free(&diag);
	read_room("title: абвгдежзик\n");
	assert_string_equal(mistakes(), "");
	read_room("title: абвгдежзикл\n");
	assert_string_equal(mistakes(), "1:8 text-too-long");
}

static void
what_yaml_has_told_is_not_told_again(void **state)
{
	(void)state;
	read_room("title: x\ntitle: y\nseats: &a 1\ncolor: *a\n"
		  "tags: [*a]\ndesks: [*a]\ndays: [*a]\nmain: *a\n");
	assert_string_equal(mistakes(),
	    "2:1 doubled-key 3:8 yaml-anchor 4:8 yaml-alias 5:8 yaml-alias "
	    "6:9 yaml-alias 7:8 yaml-alias 8:7 yaml-alias");
	diag_free(&diag);
	read_room("title: *a\nseats: 1\n");
	assert_string_equal(mistakes(), "1:8 yaml-alias");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(a_table_fills_a_struct, forget),
		cmocka_unit_test_teardown(null_is_as_if_it_were_not_there,
		    forget),
		cmocka_unit_test_teardown(texts_are_one_line, forget),
		cmocka_unit_test_teardown(what_is_wrong_is_told_at_its_place,
		    forget),
		cmocka_unit_test_teardown(
		    a_missing_field_is_told_at_the_first_key, forget),
		cmocka_unit_test_teardown(what_yaml_has_told_is_not_told_again,
		    forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
