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
	VALUE_HTML,		/* goes out as it is, in html files only */
	VALUE_JSON,		/* JSON text, safe inside <script type=…json> */
	VALUE_LIST,
	VALUE_MAP,
};

struct value;

struct value *value_text(struct arena *a, struct str s);
struct value *value_html(struct arena *a, struct str s);
struct value *value_json(struct arena *a, struct str s);
struct value *value_bool(struct arena *a, bool b);
struct value *value_int(struct arena *a, int64_t n);
struct value *value_list(struct arena *a);
struct value *value_map(struct arena *a);

/* Appends; a NULL item is nothing. */
void value_add(struct arena *a, struct value *list, struct value *item);

/*
 * Sets a key of a map; the last one wins.  Keys are not copied.  An empty
 * text is false in a section, as nothing is.
 */
void value_set(struct arena *a, struct value *map, struct str key,
    struct value *v);

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
size_t value_count(const struct value *list_or_map);
const struct value *value_at(const struct value *list, size_t i);
struct str value_str(const struct value *v);

#endif
