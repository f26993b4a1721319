/*
 * mustache_spec FILE.json...: runs the cases of the public mustache spec
 * through base/mustache and ends with "N passed, N failed".
 */
#include <stdint.h>
#include <stdio.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/mustache.h"
#include "base/value.h"

static struct value *
value_of(struct arena *a, const json_t *j)
{
	struct value *v;
	const char *key;
	json_t *item;
	size_t i;

	switch (json_typeof(j)) {
	case JSON_OBJECT:
		v = value_map(a);
		json_object_foreach((json_t *)(uintptr_t)j, key, item)
		    value_set(a, v, str_from(key), value_of(a, item));
		return v;
	case JSON_ARRAY:
		v = value_list(a);
		json_array_foreach(j, i, item)
		    value_add(a, v, value_of(a, item));
		return v;
	case JSON_STRING:
		return value_text(a, str_from(json_string_value(j)));
	case JSON_INTEGER:
		return value_int(a, json_integer_value(j));
	case JSON_REAL:
		return value_text(a,
		    str_format(a, "%.15g", json_real_value(j)));
	case JSON_TRUE:
	case JSON_FALSE:
		return value_bool(a, json_is_true(j));
	default:
		return NULL;
	}
}

static struct str
text_of(const json_t *j, const char *key)
{
	return str_from(json_string_value(json_object_get(j, key)));
}

static bool
run_case(const json_t *test)
{
	struct arena a = { 0 };
	struct diag d = { 0 };
	struct buf out = { 0 };
	struct mustache_set *s = mustache_set_new(&a, MUSTACHE_SPEC);
	struct str want = text_of(test, "expected");
	json_t *partials = json_object_get(test, "partials"), *partial;
	const char *name;
	struct pos where;

	mustache_set_add(s, &d, "template", STR(" the template"),
	    text_of(test, "template"));
	json_object_foreach(partials, name, partial) mustache_set_add(s, &d,
	    name, str_from(name), str_from(json_string_value(partial)));
	mustache_set_link(s, &d);
	enum mustache_rc rc = mustache_render(s, STR(" the template"), NULL,
	    value_of(&a, json_object_get(test, "data")), &out, &where);
	bool ok =
	    rc == MUSTACHE_OK && d.errors == 0 && str_eq(buf_view(&out), want);
	if (!ok) {
		printf("not ok: %s: %s\n--- want\n%s\n--- got (%d)\n%s\n---\n",
		    json_string_value(json_object_get(test, "name")),
		    json_string_value(json_object_get(test, "desc")), want.p,
		    (int)rc, buf_view(&out).p);
		diag_print(&d, stdout, DIAG_TEXT);
	}
	buf_free(&out);
	diag_free(&d);
	arena_free(&a);
	return ok;
}

int
main(int argc, char *argv[])
{
	int passed = 0, failed = 0;

	for (int i = 1; i < argc; i++) {
		json_error_t error;
		json_t *file = json_load_file(argv[i], 0, &error), *test;
		size_t k;

		if (file == NULL) {
			fprintf(stderr, "%s:%d: %s\n", argv[i], error.line,
			    error.text);
			return 2;
		}
		json_array_foreach(json_object_get(file, "tests"), k, test)(
		    *(run_case(test) ? &passed : &failed))++;
		json_decref(file);
	}
	printf("%d passed, %d failed\n", passed, failed);
	return failed > 0 || passed == 0;
}
