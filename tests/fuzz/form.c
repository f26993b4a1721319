/* Forms and queries: the first byte says which kind. */
#include <assert.h>
#include <stdint.h>

#include "base/utf8.h"
#include "submitd/http/form.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const struct form_field fields[] = {
	{ .name = "name", .required = true, .max = 8 },
	{ .name = "child", .repeat = true },
	{ .name = "comment", .lines = true },
	{ .name = "password", .secret = true },
	{ 0 },
};

static void
check(const struct form *form)
{
	assert(form->values.n <= FORM_FIELDS_MAX);
	for (size_t i = 0; i < form->values.n; i++) {
		struct str s = form->values.at[i].text;

		assert(utf8_valid(s, NULL));
		assert(str_find_char(s, '\0') == -1);
		assert(form->values.at[i].field->lines ||
		       str_find_char(s, '\n') == -1);
	}
	for (size_t i = 0; i < form->errors.n; i++)
		assert(utf8_valid(form->errors.at[i].field, NULL));
	for (const struct form_field *f = fields; f->name != NULL; f++) {
		struct str s;

		assert(f->repeat || !form_text_at(form, f->name, 1, &s));
		if (form_ok(form) && f->required)
			assert(form_text(form, f->name).n > 0);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct str types[] = {
		STR_INIT("application/x-www-form-urlencoded"),
		STR_INIT("application/json"),
	};
	struct request r = { .method = METHOD_POST, .nheaders = 1 };
	struct arena a = { 0 };
	struct form form;
	enum form_rc rc;

	if (n == 0)
		return 0;
	r.headers[0] =
	    (struct header){ STR("Content-Type"), types[data[0] % 2] };
	r.body = r.query = (struct str){ (const char *)data + 1, n - 1 };
	if (data[0] % 3 == 2)
		rc = form_read_query(&form, &a, &r, fields);
	else
		rc = form_read(&form, &a, &r, fields);
	if (rc == FORM_OK)
		check(&form);
	arena_free(&a);
	return 0;
}
