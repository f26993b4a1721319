#ifndef BASE_VALUE_H
#define BASE_VALUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct arena;

/*
 * What a template sees: a tree on one arena.  "html" is a kind of value, so
 * "unescaped" is a decision of the view (only html made by our Markdown),
 * never of the template.  NULL stands for nothing.  Lists and maps keep their
 * order.  Values are not changed once they are rendered.
 */
enum value_kind {
	VALUE_NOTHING,
	VALUE_BOOL,
	VALUE_TEXT,
	VALUE_HTML, /* goes out as it is, in html files only */
	VALUE_JSON, /* JSON text, safe inside <script type=…json> */
	VALUE_LIST,
	VALUE_MAP,
};

struct value;

struct value *value_text(struct arena *a, struct str s);
struct value *value_html(struct arena *a, struct str s);
struct value *value_json(struct arena *a, struct str s);
struct value *value_bool(struct arena *a, bool b);
/* A text of digits; so 0 is true in a section: set a bool where it matters. */
struct value *value_int(struct arena *a, int64_t n);
struct value *value_list(struct arena *a);
struct value *value_map(struct arena *a);

/* Appends; a NULL item is nothing. */
void value_add(struct arena *a, struct value *list, const struct value *item);

/*
 * Sets a key of a map; the last one wins, at the place of the first.  Keys
 * are not copied.  An empty text is false in a section, as nothing is.  A key
 * set to NULL is there and is nothing: it hides the same key further out.
 */
void value_set(struct arena *a, struct value *map, struct str key,
    const struct value *v);

/* The common cases of value_set.  Text is not copied. */
void value_set_text(struct arena *a, struct value *map, const char *key,
    struct str s);
void value_set_int(struct arena *a, struct value *map, const char *key,
    int64_t n);
void value_set_bool(struct arena *a, struct value *map, const char *key,
    bool b);

enum value_kind value_kind(const struct value *v);
/* NULL when there is none. */
const struct value *value_get(const struct value *map, struct str key);

/*
 * The same for a key whose hash was taken before; a key that is there and is
 * nothing gives a value of kind VALUE_NOTHING.
 */
uint32_t value_hash(struct str key);
const struct value *value_find(const struct value *map, struct str key,
    uint32_t hash);

/* False in a section: nothing, false, an empty text, an empty list. */
bool value_is_empty(const struct value *v);

/* The i-th pair of a map, in order. */
struct str value_key(const struct value *map, size_t i);

size_t value_count(const struct value *list_or_map);
const struct value *value_at(const struct value *list_or_map, size_t i);
/* The text of a text, html or JSON; "true" or "false"; else empty. */
struct str value_str(const struct value *v);

#endif
