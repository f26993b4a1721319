/* A file of every kind of content, by its first byte; Markdown included. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "base/yaml.h"
#include "generator/model/site.h"
#include "generator/read/front.h"
#include "generator/read/kinds.h"
#include "generator/read/markdown.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct schema *const kinds[] = { &program_schema, &event_schema,
	&organization_schema, &site_schema, &search_schema, &help_schema,
	&news_schema, &legal_schema };
static const struct schema *const lists[] = { &municipality_schema,
	&holiday_schema };

enum { KINDS = sizeof(kinds) / sizeof(kinds[0]), LISTS = 2 };

/* Room for the largest of them, aligned for all. */
static union {
	struct program program;
	struct event event;
	struct organization organization;
	struct settings settings;
	struct page page;
	struct search_words search;
} thing;

static void
read_fields(struct schema_run *run, const struct schema *s,
    const struct node *n)
{
	memset(&thing, 0, sizeof(thing));
	if (s->start != NULL)
		memcpy(&thing, s->start, s->size);
	if (n != NULL && n->kind == NODE_MAPPING)
		schema_read(run, s, n, &thing);
}

/* The html is whole text, and nothing that was not made here. */
static void
check_prose(const struct prose *p)
{
	assert(utf8_valid(p->html, NULL) && utf8_valid(p->text, NULL));
	assert(str_find(p->html, STR("<script")) == -1);
	assert(str_find(p->html, STR("href=\"javascript:")) == -1);
}

static void
read_markdown(struct schema_run *run, struct str text)
{
	struct markdown m = { .pos = { "x.md", 1, 1 },
		.file = true,
		.heading_min = 2,
		.prefix = "" };
	struct front front;
	struct prose prose = { 0 };

	if (!yaml_check_text(run->diag, "x.md", text) ||
	    !front_cut(run->diag, "x.md", text, &front))
		return;
	read_fields(run, &help_schema,
	    yaml_parse(run->arena, run->diag, "x.md", front.fields, 2));
	m.pos.line = front.body_line;
	markdown_render(run->user, &m,
	    yaml_clean(run->arena, run->diag, m.pos, front.body), &prose);
	check_prose(&prose);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct site site = { .settings = {
				 .base_url = STR("https://x.example/y") } };
	struct reading r = { .arena = &a,
		.diag = &d,
		.site = &site,
		.id = STR("x") };
	struct schema_run run = { &a, &d, &r };
	struct str text = { (const char *)data + 1, n - 1 };
	struct node *root;
	size_t kind;

	if (n == 0)
		return 0;
	kind = data[0] % (KINDS + LISTS + 1);
	if (kind == KINDS + LISTS) {
		read_markdown(&run, text);
	} else if ((root = yaml_parse(&a, &d, "x.yaml", text, 1)) != NULL) {
		VEC(struct municipality) list = { 0 };

		if (kind < KINDS)
			read_fields(&run, kinds[kind], root);
		else
			schema_read_list(&run, lists[kind - KINDS], "x", root,
			    &list);
		if (kind == 0) {
			check_prose(&thing.program.description);
			check_prose(&thing.program.goals);
		}
	}
	for (size_t i = 0; i < d.lines.n; i++)
		assert(d.lines.at[i].pos.line >= 1 &&
		       d.lines.at[i].pos.column >= 1 &&
		       utf8_valid(d.lines.at[i].text, NULL));
	diag_free(&d);
	arena_free(&a);
	return 0;
}
