#include "base/value.h"

#include <assert.h>
#include <string.h>

#include "base/arena.h"

/* Maps up to this size are searched from end to end. */
enum { SMALL_MAP = 16, FIRST_ROOM = 8 };

struct pair {
	struct str key;
	const struct value *value;
};

struct value {
	enum value_kind kind;
	bool truth;
	uint32_t n, cap;
	uint32_t nslots; /* of a map beyond SMALL_MAP; a power of two */
	union {
		struct str text;
		const struct value **items;
		struct {
			struct pair *pairs;
			uint32_t *hashes; /* beside pairs */
			uint32_t *slots;  /* index + 1, or 0 */
		} map;
	} as;
};

static const struct value nothing = { .kind = VALUE_NOTHING };

static struct value *
value_new(struct arena *a, enum value_kind kind)
{
	struct value *v = arena_alloc(a, sizeof(*v), 1);

	v->kind = kind;
	return v;
}

static struct value *
string_new(struct arena *a, enum value_kind kind, struct str s)
{
	struct value *v = value_new(a, kind);

	v->as.text = s;
	return v;
}

struct value *
value_text(struct arena *a, struct str s)
{
	return string_new(a, VALUE_TEXT, s);
}

struct value *
value_html(struct arena *a, struct str s)
{
	return string_new(a, VALUE_HTML, s);
}

struct value *
value_json(struct arena *a, struct str s)
{
	return string_new(a, VALUE_JSON, s);
}

struct value *
value_bool(struct arena *a, bool b)
{
	struct value *v = value_new(a, VALUE_BOOL);

	v->truth = b;
	return v;
}

struct value *
value_int(struct arena *a, int64_t n)
{
	return value_text(a, str_int(a, n));
}

struct value *
value_list(struct arena *a)
{
	return value_new(a, VALUE_LIST);
}

struct value *
value_map(struct arena *a)
{
	return value_new(a, VALUE_MAP);
}

static void *
grown(struct arena *a, const void *old, uint32_t n, uint32_t cap, size_t size)
{
	void *room = arena_alloc(a, size, cap);

	if (n > 0)
		memcpy(room, old, n * size);
	return room;
}

static uint32_t
next_cap(const struct value *v)
{
	assert(v->cap < UINT32_MAX / 2);
	return v->cap == 0 ? FIRST_ROOM : v->cap * 2;
}

void
value_add(struct arena *a, struct value *list, const struct value *item)
{
	assert(list->kind == VALUE_LIST);
	if (list->n == list->cap) {
		list->cap = next_cap(list);
		list->as.items = grown(a, list->as.items, list->n, list->cap,
		    sizeof(*list->as.items));
	}
	list->as.items[list->n++] = item != NULL ? item : &nothing;
}

/* FNV-1a. */
uint32_t
value_hash(struct str key)
{
	uint32_t h = 2166136261u;

	for (size_t i = 0; i < key.n; i++)
		h = (h ^ (unsigned char)key.p[i]) * 16777619u;
	return h;
}

static void
slot_put(struct value *map, uint32_t index)
{
	uint32_t mask = map->nslots - 1;
	uint32_t at = map->as.map.hashes[index] & mask;

	while (map->as.map.slots[at] != 0)
		at = (at + 1) & mask;
	map->as.map.slots[at] = index + 1;
}

static void
map_grow(struct arena *a, struct value *map)
{
	uint32_t n = map->n;

	map->cap = next_cap(map);
	map->as.map.pairs =
	    grown(a, map->as.map.pairs, n, map->cap, sizeof(struct pair));
	map->as.map.hashes =
	    grown(a, map->as.map.hashes, n, map->cap, sizeof(uint32_t));
	if (map->cap <= SMALL_MAP)
		return;
	map->nslots = map->cap * 2;
	map->as.map.slots = arena_alloc(a, sizeof(uint32_t), map->nslots);
	for (uint32_t i = 0; i < n; i++)
		slot_put(map, i);
}

static bool
pair_is(const struct value *map, uint32_t i, struct str key)
{
	struct str k = map->as.map.pairs[i].key;

	return k.n == key.n && (k.n == 0 || memcmp(k.p, key.p, k.n) == 0);
}

/* The index of a key, or the number of pairs. */
static uint32_t
map_index(const struct value *map, struct str key, uint32_t hash)
{
	const uint32_t *hashes = map->as.map.hashes;

	if (map->nslots == 0) {
		for (uint32_t i = 0; i < map->n; i++)
			if (hashes[i] == hash && pair_is(map, i, key))
				return i;
		return map->n;
	}
	uint32_t mask = map->nslots - 1;
	for (uint32_t at = hash & mask;; at = (at + 1) & mask) {
		uint32_t i = map->as.map.slots[at];

		if (i == 0)
			return map->n;
		if (hashes[i - 1] == hash && pair_is(map, i - 1, key))
			return i - 1;
	}
}

void
value_set(struct arena *a, struct value *map, struct str key,
    const struct value *v)
{
	uint32_t hash = value_hash(key);

	assert(map->kind == VALUE_MAP);
	uint32_t i = map_index(map, key, hash);
	if (i == map->n) {
		if (map->n == map->cap)
			map_grow(a, map);
		map->as.map.pairs[i].key = key;
		map->as.map.hashes[i] = hash;
		map->n++;
		if (map->nslots > 0)
			slot_put(map, i);
	}
	map->as.map.pairs[i].value = v != NULL ? v : &nothing;
}

void
value_set_text(struct arena *a, struct value *map, const char *key,
    struct str s)
{
	value_set(a, map, str_from(key), value_text(a, s));
}

void
value_set_int(struct arena *a, struct value *map, const char *key, int64_t n)
{
	value_set(a, map, str_from(key), value_int(a, n));
}

void
value_set_bool(struct arena *a, struct value *map, const char *key, bool b)
{
	value_set(a, map, str_from(key), value_bool(a, b));
}

enum value_kind
value_kind(const struct value *v)
{
	return v == NULL ? VALUE_NOTHING : v->kind;
}

const struct value *
value_find(const struct value *map, struct str key, uint32_t hash)
{
	if (map == NULL || map->kind != VALUE_MAP)
		return NULL;
	uint32_t i = map_index(map, key, hash);
	return i == map->n ? NULL : map->as.map.pairs[i].value;
}

const struct value *
value_get(const struct value *map, struct str key)
{
	const struct value *v = value_find(map, key, value_hash(key));

	return v == &nothing ? NULL : v;
}

bool
value_is_empty(const struct value *v)
{
	switch (value_kind(v)) {
	case VALUE_NOTHING:
		return true;
	case VALUE_BOOL:
		return !v->truth;
	case VALUE_TEXT:
	case VALUE_HTML:
	case VALUE_JSON:
		return v->as.text.n == 0;
	case VALUE_LIST:
		return v->n == 0;
	case VALUE_MAP:
		return false;
	}
	return true;
}

size_t
value_count(const struct value *v)
{
	return v == NULL ? 0 : v->n;
}

struct str
value_key(const struct value *map, size_t i)
{
	assert(map->kind == VALUE_MAP && i < map->n);
	return map->as.map.pairs[i].key;
}

const struct value *
value_at(const struct value *v, size_t i)
{
	const struct value *item;

	assert(v != NULL && i < v->n);
	item = v->kind == VALUE_MAP ? v->as.map.pairs[i].value : v->as.items[i];
	return item == &nothing ? NULL : item;
}

struct str
value_str(const struct value *v)
{
	switch (value_kind(v)) {
	case VALUE_BOOL:
		return v->truth ? STR("true") : STR("false");
	case VALUE_TEXT:
	case VALUE_HTML:
	case VALUE_JSON:
		return v->as.text;
	default:
		return (struct str){ "", 0 };
	}
}
