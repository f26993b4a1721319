#include "base/schema.h"

#include <string.h>

#include "base/arena.h"
#include "base/messages.h"
#include "base/schema_value.h"
#include "base/vec.h"
#include "base/yaml.h"

/* Any VEC, seen without its type. */
struct vec {
	void *at;
	size_t n, cap;
};

static void *
push(struct schema_run *run, void *vec, size_t size)
{
	struct vec v;
	void *room;

	memcpy(&v, vec, sizeof(v));
	v.at = vec_room(run->arena, v.at, v.n, &v.cap, size);
	room = (char *)v.at + v.n++ * size;
	memcpy(vec, &v, sizeof(v));
	return room;
}

static void
read_texts(struct schema_run *run, const struct field *f,
    const struct node *list, void *at)
{
	struct str s;

	if (!schema_is_list(run, f->name, list))
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		if (n->kind == NODE_WRONG)
			continue;
		if (!schema_text(run, f->name, n, f->max, &s))
			continue;
		if (s.n == 0)
			diag_say(run->diag, &base_messages[BASE_SCHEMA_EMPTY],
			    n->pos, str_from(f->name));
		else
			memcpy(push(run, at, sizeof(s)), &s, sizeof(s));
	}
}

static void
read_words(struct schema_run *run, const struct field *f,
    const struct node *list, void *at)
{
	unsigned bits = 0;
	int value;

	if (!schema_is_list(run, f->name, list))
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		if (!schema_word(run, f, n, &value))
			continue;
		if (bits & (unsigned)value)
			diag_say(run->diag, &base_messages[BASE_SCHEMA_DOUBLED],
			    n->pos, n->text, str_from(f->name));
		bits |= (unsigned)value;
	}
	memcpy(at, &bits, sizeof(bits));
}

static void
read_text(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	struct str s;

	if (!schema_text(run, f->name, n, f->max, &s))
		return;
	if (f->required && s.n == 0)
		diag_say(run->diag, &base_messages[BASE_SCHEMA_EMPTY], n->pos,
		    str_from(f->name));
	else
		memcpy(at, &s, sizeof(s));
}

static void
read_map(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	if (schema_is_mapping(run, f->name, n))
		schema_read(run, f->below, n, at);
}

static void
read_value(struct schema_run *run, const struct field *f, const struct node *n,
    void *at)
{
	int word;

	switch (f->kind) {
	case FIELD_TEXT:
		read_text(run, f, n, at);
		break;
	case FIELD_LINES:
		schema_lines(run, f, n, at);
		break;
	case FIELD_WHOLE:
		schema_whole(run, f, n, at);
		break;
	case FIELD_HUNDREDTHS:
		schema_hundredths(run, f, n, at);
		break;
	case FIELD_DECIMAL:
		schema_decimal(run, f, n, at);
		break;
	case FIELD_BOOL:
		schema_bool(run, f->name, n, at);
		break;
	case FIELD_WORD:
		if (schema_word(run, f, n, &word))
			memcpy(at, &word, sizeof(word));
		break;
	case FIELD_WORDS:
		read_words(run, f, n, at);
		break;
	case FIELD_DATE:
		schema_date(run, f->name, n, at);
		break;
	case FIELD_TIME:
		if (schema_is_scalar(run, f->name, n))
			schema_time(run, f->name, n, n->text, at);
		break;
	case FIELD_MOMENT:
		schema_moment(run, f->name, n, at);
		break;
	case FIELD_URL:
		schema_url(run, f->name, n, at);
		break;
	case FIELD_TEXTS:
		read_texts(run, f, n, at);
		break;
	case FIELD_MAP:
		read_map(run, f, n, at);
		break;
	case FIELD_LIST:
		schema_read_list(run, f->below, f->name, n, at);
		break;
	case FIELD_CUSTOM:
		f->read(run, f, n, at);
		break;
	}
}

static const struct field *
find_field(const struct schema *s, struct str name)
{
	for (size_t i = 0; i < s->n; i++) {
		const char *p = s->fields[i].name;

		if (strncmp(p, name.p, name.n) == 0 && p[name.n] == '\0')
			return &s->fields[i];
	}
	return NULL;
}

static void
tell_unknown(struct schema_run *run, const struct schema *s,
    const struct node *key)
{
	struct str *names = arena_alloc(run->arena, sizeof(*names), s->n + 1);

	for (size_t i = 0; i < s->n; i++)
		names[i] = str_from(s->fields[i].name);
	diag_say(run->diag, &base_messages[BASE_SCHEMA_UNKNOWN], key->pos,
	    schema_quote(run->arena, key->text),
	    diag_nearest(key->text, names, s->n));
}

static bool
is_given(const struct schema *s, const struct node *map, const struct field *f)
{
	for (const struct node *k = map->first; k != NULL; k = k->next)
		if (k->kind == NODE_SCALAR && find_field(s, k->text) == f)
			return k->value->kind == NODE_WRONG ||
			       !node_is_null(k->value);
	return false;
}

static void
tell_missing(struct schema_run *run, const struct schema *s,
    const struct node *map)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct field *f = &s->fields[i];

		if (f->required && !is_given(s, map, f))
			diag_say(run->diag, &base_messages[BASE_SCHEMA_MISSING],
			    map->first != NULL ? map->first->pos : map->pos,
			    str_from(f->name));
	}
}

void
schema_read(struct schema_run *run, const struct schema *s,
    const struct node *map, void *out)
{
	char *base = out;

	if (s->pos_at != 0)
		memcpy(base + s->pos_at, &map->pos, sizeof(map->pos));
	for (const struct node *k = map->first; k != NULL; k = k->next) {
		const struct field *f;

		if (k->kind != NODE_SCALAR)
			continue;
		f = find_field(s, k->text);
		if (f == NULL) {
			tell_unknown(run, s, k);
			continue;
		}
		if (k->value->kind == NODE_WRONG || node_is_null(k->value))
			continue;
		if (f->pos_at != 0)
			memcpy(base + f->pos_at, &k->value->pos,
			    sizeof(k->value->pos));
		read_value(run, f, k->value, base + f->at);
	}
	tell_missing(run, s, map);
	if (s->check != NULL)
		s->check(run, map, out);
}

void
schema_read_list(struct schema_run *run, const struct schema *s,
    const char *name, const struct node *list, void *vec)
{
	if (!schema_is_list(run, name, list))
		return;
	for (const struct node *n = list->first; n != NULL; n = n->next) {
		void *room;

		if (n->kind == NODE_WRONG || !schema_is_mapping(run, name, n))
			continue;
		room = push(run, vec, s->size);
		if (s->start != NULL)
			memcpy(room, s->start, s->size);
		schema_read(run, s, n, room);
	}
}
