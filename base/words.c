#include "base/words.h"

#include <assert.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/log.h"
#include "base/map.h"
#include "base/messages.h"
#include "base/value.h"
#include "base/yaml.h"

/* CLDR's plural categories, as keys of a plural. */
enum form {
	FORM_ZERO,
	FORM_ONE,
	FORM_TWO,
	FORM_FEW,
	FORM_MANY,
	FORM_OTHER,
	FORMS
};

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

/* Whole numbers take a form by the rule, broken ones "other". */
struct language {
	struct str name;
	enum form (*form)(uint64_t n);
	unsigned forms; /* bits */
};

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

/* What stands under one dotted key. */
struct entry {
	struct str text;
	bool plural;
	struct str forms[FORMS];
	VEC(struct str) list;
};

struct strings {
	struct arena *arena;
	const struct language *language;
	struct value *tree;
	struct map entries; /* by dotted key */
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

const struct value *
strings_value(const struct strings *s)
{
	return s->tree;
}

static const struct entry *
find(const struct strings *s, const char *key)
{
	const struct entry *e = map_get(&s->entries, str_from(key));

	if (e == NULL)
		log_debug("no text '%s' in the strings", key);
	return e;
}

struct str
words(const struct strings *s, const char *key)
{
	const struct entry *e = find(s, key);

	return e == NULL ? str_from(key) : e->text;
}

static struct str
item(const struct strings *s, const char *key, int i)
{
	const struct entry *e = find(s, key);

	if (e == NULL || i < 0 || (size_t)i >= e->list.n)
		return STR("");
	return e->list.at[i];
}

/* The text with each {name} replaced that the pairs know. */
static struct str
fill(struct arena *a, struct str text, size_t n, const struct str *pairs)
{
	struct buf b = { 0 };
	struct str head, name, rest;

	while (str_cut(text, '{', &head, &rest)) {
		size_t i = 0;

		buf_str(&b, head);
		if (!str_cut(rest, '}', &name, &text)) {
			text = rest;
			buf_char(&b, '{');
			continue;
		}
		while (i < n && !str_eq(pairs[2 * i], name))
			i++;
		if (i < n)
			buf_str(&b, pairs[2 * i + 1]);
		else
			buf_printf(&b, "{%.*s}", STR_ARG(name));
	}
	buf_str(&b, text);
	struct str out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

struct str
words_fill(const struct strings *s, struct arena *a, const char *key, size_t n,
    const struct str *pairs)
{
	return fill(a, words(s, key), n, pairs);
}

static uint64_t
magnitude(int64_t n)
{
	return n < 0 ? -(uint64_t)n : (uint64_t)n;
}

static struct str
plural(const struct strings *s, const char *key, enum form form)
{
	const struct entry *e = find(s, key);

	if (e == NULL)
		return str_from(key);
	return e->plural && e->forms[form].n > 0 ? e->forms[form] : e->text;
}

struct str
words_count(const struct strings *s, struct arena *a, const char *key,
    int64_t n)
{
	enum form form = s->language->form(magnitude(n));

	return fill(a, plural(s, key, form), 1,
	    (struct str[]){ STR("n"), words_number(s, a, n) });
}

/* A true minus, and groups of three. */
static void
put_number(const struct strings *s, struct buf *b, bool negative, uint64_t n)
{
	char digits[24];
	struct str group = words(s, "format.thousands");
	int len =
	    snprintf(digits, sizeof(digits), "%llu", (unsigned long long)n);

	if (negative)
		buf_str(b, STR("\xe2\x88\x92"));
	for (int i = 0; i < len; i++) {
		if (i > 0 && (len - i) % 3 == 0)
			buf_str(b, group);
		buf_char(b, digits[i]);
	}
}

static struct str
finish(struct arena *a, struct buf *b)
{
	struct str s = str_dup(a, buf_view(b));

	buf_free(b);
	return s;
}

struct str
words_number(const struct strings *s, struct arena *a, int64_t n)
{
	struct buf b = { 0 };

	put_number(s, &b, n < 0, magnitude(n));
	return finish(a, &b);
}

struct str
words_money(const struct strings *s, struct arena *a, int64_t hundredths,
    struct str unit)
{
	uint64_t all = magnitude(hundredths), whole = all / 100;
	unsigned part = (unsigned)(all % 100);
	bool hours = str_eq(unit, STR("hours"));
	struct buf b = { 0 };

	put_number(s, &b, hundredths < 0, whole);
	if (part > 0) {
		buf_str(&b, words(s, "format.decimal"));
		if (hours && part % 10 == 0)
			buf_printf(&b, "%u", part / 10);
		else
			buf_printf(&b, "%02u", part);
	}
	struct str sum = finish(a, &b);
	if (!hours)
		return fill(a, words(s, "format.rub"), 1,
		    (struct str[]){ STR("sum"), sum });
	enum form form = part > 0 ? FORM_OTHER : s->language->form(whole);
	return fill(a, plural(s, "format.hours", form), 1,
	    (struct str[]){ STR("n"), sum });
}

static struct str
say_date(const struct strings *s, struct arena *a, struct date d,
    const char *key)
{
	return fill(a, words(s, key), 3,
	    (struct str[]){ STR("day"), str_format(a, "%d", d.day),
		STR("month"), item(s, "format.months_of", d.month - 1),
		STR("year"), str_format(a, "%d", d.year) });
}

struct str
words_date(const struct strings *s, struct arena *a, struct date d,
    struct date today)
{
	return say_date(s, a, d,
	    d.year == today.year ? "format.date" : "format.date_full");
}

struct str
words_date_full(const struct strings *s, struct arena *a, struct date d)
{
	return say_date(s, a, d, "format.date_full");
}

struct str
words_time(struct arena *a, int hour, int minute)
{
	return str_format(a, "%d:%02d", hour, minute);
}

struct str
words_moment(const struct strings *s, struct arena *a, int64_t t,
    struct date today)
{
	struct local_time l = date_local(t);

	return fill(a, words(s, "format.moment"), 2,
	    (struct str[]){ STR("date"), words_date(s, a, l.date, today),
		STR("time"), words_time(a, l.hour, l.minute) });
}

struct str
words_ages(const struct strings *s, struct arena *a, int min, int max)
{
	const char *key = min < 0      ? "format.ages_to"
			  : max < 0    ? "format.ages_from"
			  : min == max ? "format.age"
				       : "format.ages";
	int n = max < 0 ? min : max;

	if (min < 0 && max < 0)
		return STR("");
	return fill(a, plural(s, key, s->language->form((uint64_t)n)), 3,
	    (struct str[]){ STR("min"), str_format(a, "%d", min), STR("max"),
		str_format(a, "%d", max), STR("n"), str_format(a, "%d", n) });
}

struct str
words_month(const struct strings *s, struct arena *a, int year, int month)
{
	return fill(a, words(s, "format.month"), 2,
	    (struct str[]){ STR("month"), item(s, "format.months", month - 1),
		STR("year"), str_format(a, "%d", year) });
}

struct str
words_weekday(const struct strings *s, int weekday)
{
	return item(s, "format.weekdays_short", weekday);
}

struct str
words_weekday_full(const struct strings *s, int weekday)
{
	return item(s, "format.weekdays", weekday);
}
