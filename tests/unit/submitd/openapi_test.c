/* submitd/openapi.yaml says what pages/routes.c does. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/yaml.h"
#include "submitd/pages/app.h"

static struct arena arena;
static struct node *root;

/* A path of keys; NULL when any of them is missing. */
static struct node *
below(struct node *n, const char *const *keys)
{
	for (; n != NULL && *keys != NULL; keys++)
		n = node_get(n, *keys);
	return n;
}

static struct node *
operation(const struct route *r)
{
	const char *const keys[] = { "paths", r->key.pattern,
		r->key.method == METHOD_POST ? "post" : "get", NULL };

	return below(root, keys);
}

static const char *
need_name(unsigned need)
{
	switch (need) {
	case NEED_NOTHING:
		return "nothing";
	case NEED_GUARDIAN:
		return "guardian";
	case NEED_ORGANIZER:
		return "organizer";
	case NEED_OPERATOR:
		return "operator";
	case NEED_ADMIN:
		return "admin";
	case NEED_ACCOUNT:
		return "account";
	case NEED_LOCAL:
		return "local";
	default:
		return "?";
	}
}

static void
every_route_is_described_with_its_need(void **state)
{
	(void)state;
	for (size_t i = 0; i < routes_count; i++) {
		const struct node *o = operation(&routes[i]);
		const struct node *need;

		if (o == NULL)
			fail_msg("%s is missing", routes[i].key.pattern);
		need = node_get(o, "x-need");
		if (need == NULL ||
		    !str_eq(need->text, str_from(need_name(routes[i].need))))
			fail_msg("%s needs %s", routes[i].key.pattern,
			    need_name(routes[i].need));
	}
}

static bool
is_route(struct str path, struct str method)
{
	for (size_t i = 0; i < routes_count; i++) {
		bool post = routes[i].key.method == METHOD_POST;

		if (str_eq(path, str_from(routes[i].key.pattern)) &&
		    str_eq(method, post ? STR("post") : STR("get")))
			return true;
	}
	return false;
}

static void
nothing_is_described_that_is_not_there(void **state)
{
	struct node *paths = node_get(root, "paths");

	(void)state;
	assert_non_null(paths);
	for (struct node *p = paths->first; p != NULL; p = p->next) {
		for (struct node *m = p->value->first; m != NULL; m = m->next) {
			if (str_eq(m->text, STR("parameters")))
				continue;
			if (!is_route(p->text, m->text))
				fail_msg("%.*s %.*s", STR_ARG(m->text),
				    STR_ARG(p->text));
		}
	}
}

/* The schema of a form's body, by its reference. */
static struct node *
body_schema(const struct node *o, const char *type)
{
	struct node *content = node_get(node_get(o, "requestBody"), "content");
	struct node *ref =
	    node_get(node_get(node_get(content, type), "schema"), "$ref");
	struct str start = STR("#/components/schemas/");

	if (ref == NULL || !str_starts(ref->text, start))
		return NULL;
	const char *const keys[] = { "components", "schemas",
		str_c(&arena, str_slice(ref->text, start.n, ref->text.n)),
		NULL };

	return below(root, keys);
}

static bool
is_required(const struct node *schema, const char *name)
{
	const struct node *list = node_get(schema, "required");

	for (const struct node *n = list != NULL ? list->first : NULL;
	     n != NULL; n = n->next) {
		if (str_eq(n->text, str_from(name)))
			return true;
	}
	return false;
}

static void
check_fields(const struct route *r, const struct node *schema)
{
	const struct node *properties = node_get(schema, "properties");
	size_t n = 0;

	assert_non_null(properties);
	for (; r->fields != NULL && r->fields[n].name != NULL; n++) {
		const struct form_field *f = &r->fields[n];
		const struct node *p = node_get(properties, f->name);

		if (p == NULL)
			fail_msg("%s: no %s", r->key.pattern, f->name);
		bool array = str_eq(node_get(p, "type")->text, STR("array"));

		if (array != f->repeat ||
		    is_required(schema, f->name) != f->required)
			fail_msg("%s: %s is another", r->key.pattern, f->name);
	}
	/* And csrf and key. */
	if (properties->n != n + 2)
		fail_msg("%s: %zu fields", r->key.pattern, properties->n);
}

static void
every_form_has_the_fields_of_its_table(void **state)
{
	(void)state;
	for (size_t i = 0; i < routes_count; i++) {
		const struct node *o = operation(&routes[i]);

		if (routes[i].key.method != METHOD_POST)
			continue;
		const struct node *form =
		    body_schema(o, "application/x-www-form-urlencoded");

		if (form == NULL)
			fail_msg("%s: no schema", routes[i].key.pattern);
		assert_ptr_equal(form, body_schema(o, "application/json"));
		check_fields(&routes[i], form);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_route_is_described_with_its_need),
		cmocka_unit_test(nothing_is_described_that_is_not_there),
		cmocka_unit_test(every_form_has_the_fields_of_its_table),
	};
	struct diag diag = { 0 };
	int rc = yaml_load(&arena, &diag, "submitd/openapi.yaml", &root);

	if (diag.errors > 0)
		diag_print(&diag, stderr, DIAG_TEXT);
	if (rc == -1 || diag.errors > 0 || root == NULL)
		return 1;
	diag_free(&diag);
	rc = cmocka_run_group_tests(tests, NULL, NULL);
	arena_free(&arena);
	return rc;
}
