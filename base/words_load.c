#include <assert.h>

#include "base/arena.h"
#include "base/messages.h"
#include "base/value.h"
#include "base/words.h"
#include "base/words_tree.h"
#include "base/yaml.h"

static const struct str form_names[FORMS] = {
	STR_INIT("zero"),
	STR_INIT("one"),
	STR_INIT("two"),
	STR_INIT("few"),
	STR_INIT("many"),
	STR_INIT("other"),
};

static enum form
form_en(uint64_t n)
{
	return n == 1 ? FORM_ONE : FORM_OTHER;
}

static enum form
form_ru(uint64_t n)
{
	uint64_t tens = n % 100, ones = n % 10;

	if (ones == 1 && tens != 11)
		return FORM_ONE;
	if (ones >= 2 && ones <= 4 && (tens < 12 || tens > 14))
		return FORM_FEW;
	return FORM_MANY;
}

static const struct language languages[] = {
	{ STR_INIT("en"), form_en, 1u << FORM_ONE | 1u << FORM_OTHER },
	{ STR_INIT("ru"), form_ru,
	    1u << FORM_ONE | 1u << FORM_FEW | 1u << FORM_MANY |
		1u << FORM_OTHER },
};

enum { MONTHS = 12, WEEKDAYS = 7 };

/* The words that dates, sums and counts are said with. */
static const struct {
	const char *key;
	size_t list; /* how many texts; 0: one text */
	bool plural;
} needed[] = {
	{ "format.months", MONTHS, false },
	{ "format.months_of", MONTHS, false },
	{ "format.weekdays", WEEKDAYS, false },
	{ "format.weekdays_short", WEEKDAYS, false },
	{ "format.date", 0, false },
	{ "format.date_full", 0, false },
	{ "format.month", 0, false },
	{ "format.moment", 0, false },
	{ "format.thousands", 0, false },
	{ "format.decimal", 0, false },
	{ "format.rub", 0, false },
	{ "format.hours", 0, true },
	{ "format.ages", 0, true },
	{ "format.ages_from", 0, true },
	{ "format.ages_to", 0, true },
	{ "format.age", 0, true },
};

struct loader {
	struct strings *s;
	struct diag *diag;
};

static void
say(struct loader *l, enum base_message m, struct pos pos, struct str a,
    struct str b)
{
	diag_say(l->diag, &base_messages[m], pos, a, b);
}

static int
form_of(struct str name)
{
	for (int i = 0; i < FORMS; i++)
		if (str_eq(name, form_names[i]))
			return i;
	return -1;
}

static bool
is_plural(const struct node *map)
{
	for (const struct node *k = map->first; k != NULL; k = k->next)
		if (form_of(k->text) < 0)
			return false;
	return map->n > 0;
}

static void
check_forms(struct loader *l, struct str key, const struct node *map)
{
	unsigned there = 0, want = l->s->language->forms;

	assert(map->first != NULL);
	for (const struct node *k = map->first; k != NULL; k = k->next) {
		unsigned bit = 1u << form_of(k->text);

		there |= bit;
		if ((want & bit) == 0)
			say(l, BASE_STRING_PLURAL_FORM, k->pos, key, k->text);
	}
	for (int i = 0; i < FORMS; i++)
		if ((want & ~there & 1u << i) != 0)
			say(l, BASE_STRING_PLURAL_LACKS, map->first->pos, key,
			    form_names[i]);
}

static struct value *
load_list(struct loader *l, struct entry *e, struct str key,
    const struct node *list)
{
	struct arena *a = l->s->arena;
	struct value *v = value_list(a);

	for (const struct node *n = list->first; n != NULL; n = n->next) {
		if (n->kind != NODE_SCALAR) {
			if (n->kind != NODE_WRONG)
				say(l, BASE_STRING_NOT_TEXT, n->pos, key,
				    STR(""));
			continue;
		}
		value_add(a, v, value_text(a, n->text));
		*VEC_PUSH(a, &e->list) = n->text;
	}
	return v;
}

static struct value *load_map(struct loader *l, struct str prefix,
    const struct node *map);

/* The depth is yaml's. */
static struct value *
load_entry(struct loader *l, struct str key, const struct node *n)
{
	struct arena *a = l->s->arena;
	struct entry *e;

	if (n->kind == NODE_MAPPING && !is_plural(n))
		return load_map(l, key, n);
	if (n->kind == NODE_WRONG)
		return NULL;
	e = arena_alloc(a, sizeof(*e), 1);
	map_add(&l->s->entries, a, key, e);
	if (n->kind == NODE_SCALAR) {
		e->text = n->text;
		return value_text(a, n->text);
	}
	if (n->kind == NODE_SEQUENCE)
		return load_list(l, e, key, n);
	e->plural = true;
	check_forms(l, key, n);
	for (const struct node *k = n->first; k != NULL; k = k->next) {
		if (k->value->kind == NODE_SCALAR)
			e->forms[form_of(k->text)] = k->value->text;
		else if (k->value->kind != NODE_WRONG)
			say(l, BASE_STRING_NOT_TEXT, k->value->pos, key,
			    STR(""));
	}
	e->text = e->forms[FORM_OTHER];
	struct value *v = value_map(a);
	/* A form that the language does not know is there, and is nothing. */
	for (int i = 0; i < FORMS; i++)
		value_set(a, v, form_names[i],
		    e->forms[i].n > 0 ? value_text(a, e->forms[i]) : NULL);
	return v;
}

static struct value *
load_map(struct loader *l, struct str prefix, const struct node *map)
{
	struct arena *a = l->s->arena;
	struct value *v = value_map(a);

	for (const struct node *k = map->first; k != NULL; k = k->next) {
		struct str key = prefix.n == 0
				     ? k->text
				     : str_format(a, "%.*s.%.*s",
					   STR_ARG(prefix), STR_ARG(k->text));

		value_set(a, v, k->text, load_entry(l, key, k->value));
	}
	return v;
}

static void
check_needed(struct loader *l, struct pos pos)
{
	for (size_t i = 0; i < sizeof(needed) / sizeof(needed[0]); i++) {
		struct str key = str_from(needed[i].key);
		const struct entry *e = map_get(&l->s->entries, key);

		if (e == NULL || e->plural != needed[i].plural)
			say(l, BASE_STRING_MISSING, pos, key, STR(""));
		else if (e->list.n != needed[i].list)
			say(l, BASE_STRING_COUNT, pos, key,
			    str_format(l->s->arena, "%zu", needed[i].list));
	}
}

struct strings *
strings_load(struct arena *a, struct diag *d, const char *path, struct str text,
    struct str lang)
{
	struct strings *s = arena_alloc(a, sizeof(*s), 1);
	struct loader l = { s, d };
	struct pos pos = { path, 1, 1 };
	int before = d->errors;

	s->arena = a;
	s->language = &languages[0];
	for (size_t i = 0; i < sizeof(languages) / sizeof(languages[0]); i++)
		if (str_eq(lang, languages[i].name))
			s->language = &languages[i];
	s->tree = value_map(a);
	struct node *root = yaml_parse(a, d, path, text, 1);
	if (root == NULL)
		return s;
	if (root->kind == NODE_MAPPING) {
		if (root->first != NULL)
			pos = root->first->pos;
		s->tree = load_map(&l, STR(""), root);
	} else if (!node_is_null(root) && root->kind != NODE_WRONG) {
		say(&l, BASE_STRING_NOT_TEXT, root->pos, STR(""), STR(""));
	}
	/* After a syntax mistake much is missing that is not. */
	if (d->errors == before)
		check_needed(&l, pos);
	return s;
}
