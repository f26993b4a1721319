/* YAML, and a table of fields over it. */
#include <assert.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "base/arena.h"
#include "base/schema.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "base/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct thing {
	struct str title, notes, link, lat;
	int seats, level, time;
	int64_t price, moment;
	unsigned days;
	bool open;
	struct date date;
	VEC(struct str) tags;
	VEC(struct thing) parts;
	struct pos pos;
};

static const struct word words[] = { { "one", 1 }, { "two", 2 }, { NULL, 0 } };

static const struct schema thing_schema;

static void
read_part(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct thing part = { 0 };

	(void)at;
	if (schema_is_mapping(run, f->name, n))
		schema_read(run, &thing_schema, n, &part);
}

static const struct field fields[] = {
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct thing, title) },
	{ "notes", FIELD_LINES, .at = offsetof(struct thing, notes),
	    .max = 100 },
	{ "link", FIELD_URL, .at = offsetof(struct thing, link) },
	{ "lat", FIELD_DECIMAL, .at = offsetof(struct thing, lat), .min = -90,
	    .max = 90 },
	{ "seats", FIELD_WHOLE, .at = offsetof(struct thing, seats) },
	{ "level", FIELD_WORD, .at = offsetof(struct thing, level),
	    .words = words },
	{ "time", FIELD_TIME, .at = offsetof(struct thing, time) },
	{ "price", FIELD_HUNDREDTHS, .at = offsetof(struct thing, price) },
	{ "moment", FIELD_MOMENT, .at = offsetof(struct thing, moment) },
	{ "days", FIELD_WORDS, .at = offsetof(struct thing, days),
	    .words = words },
	{ "open", FIELD_BOOL, .at = offsetof(struct thing, open) },
	{ "date", FIELD_DATE, .at = offsetof(struct thing, date) },
	{ "tags", FIELD_TEXTS, .at = offsetof(struct thing, tags) },
	{ "parts", FIELD_LIST, .at = offsetof(struct thing, parts),
	    .below = &thing_schema },
	{ "part", FIELD_CUSTOM, .read = read_part },
};

static const struct schema thing_schema = { SCHEMA_FIELDS(fields),
	.size = sizeof(struct thing), .pos_at = offsetof(struct thing, pos) };

static int lines;

static void
check_node(const struct node *n, int depth)
{
	assert(depth <= YAML_DEPTH_MAX + 1);
	/* An empty value may stand behind a last line without an end. */
	assert(n->pos.line >= 1 && n->pos.line <= lines + 2);
	assert(n->pos.column >= 1);
	if (n->kind == NODE_SCALAR) {
		assert(utf8_valid(n->text, NULL));
		assert(memchr(n->text.p, 0, n->text.n) == NULL);
		assert(n->text.p[n->text.n] == '\0');
		assert(n->text.n <= YAML_SCALAR_MAX);
	}
	for (const struct node *i = n->first; i != NULL; i = i->next) {
		check_node(i, depth + 1);
		if (n->kind == NODE_MAPPING)
			check_node(i->value, depth + 1);
	}
}

static void
check_thing(const struct thing *t)
{
	assert(utf8_valid(t->title, NULL) && utf8_valid(t->link, NULL));
	assert(str_find_char(t->title, '\n') == -1);
	assert(t->seats >= 0 && t->price >= 0);
	assert(t->date.year == 0 || date_exists(t->date));
	for (size_t i = 0; i < t->parts.n; i++)
		check_thing(&t->parts.at[i]);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena nodes = { 0 }, kept = { 0 };
	struct diag d = { 0 };
	struct schema_run run = { .arena = &kept, .diag = &d };
	struct thing t = { 0 };
	struct str text = { (const char *)data, n };
	struct node *root = yaml_parse(&nodes, &d, "x.yaml", text, 1);

	lines = 0;
	for (size_t i = 0; i < n; i++)
		lines += data[i] == '\n' || data[i] == '\r';
	assert(root != NULL || d.errors > 0);
	if (root != NULL)
		check_node(root, 0);
	if (root != NULL && root->kind == NODE_MAPPING)
		schema_read(&run, &thing_schema, root, &t);
	/* What is kept has no part in the nodes. */
	arena_free(&nodes);
	check_thing(&t);
	for (size_t i = 0; i < d.lines.n; i++)
		assert(d.lines.at[i].pos.line >= 1 &&
		       d.lines.at[i].pos.column >= 1 &&
		       utf8_valid(d.lines.at[i].text, NULL));
	diag_free(&d);
	arena_free(&kept);
	return 0;
}
