#include "submitd/http/form.h"

#include <jansson.h>
#include <string.h>

#include "base/utf8.h"

static void
add_error(struct form *form, struct arena *a, struct str field,
    const char *code)
{
	struct form_error *e = VEC_PUSH(a, &form->errors);

	*e = (struct form_error){ field, code };
}

void
form_error(struct form *form, struct arena *a, const char *field,
    const char *code)
{
	add_error(form, a, str_from(field), code);
}

bool
form_ok(const struct form *form)
{
	return form->errors.n == 0;
}

/* -1: none. */
static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

/* To bytes, whatever they are.  False for a broken escape. */
static bool
unescape(struct arena *a, struct str s, bool plus, struct str *out)
{
	char *p = arena_alloc(a, 1, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		int high, low;

		if (s.p[i] != '%') {
			p[n++] = s.p[i] == '+' && plus ? ' ' : s.p[i];
			continue;
		}
		if (s.n - i < 3)
			return false;
		high = hex_digit(s.p[++i]);
		low = hex_digit(s.p[++i]);
		if (high == -1 || low == -1)
			return false;
		p[n++] = (char)(high << 4 | low);
	}
	*out = (struct str){ p, n };
	return true;
}

bool
form_decode(struct arena *a, struct str s, bool plus, struct str *out)
{
	return unescape(a, s, plus, out) && str_find_char(*out, '\0') == -1 &&
	       utf8_valid(*out, NULL);
}

/* Bytes that say nothing, or turn round how the rest is shown. */
static bool
is_control(uint32_t cp)
{
	return cp < ' ' || (cp >= 0x7f && cp <= 0x9f) || cp == 0x2028 ||
	       cp == 0x2029 || (cp >= 0x202a && cp <= 0x202e) ||
	       (cp >= 0x2066 && cp <= 0x2069) || cp == 0xfeff ||
	       (cp & 0xfffe) == 0xfffe;
}

/* CR LF and CR to LF; a tab to a blank where there is one line. */
static struct str
plain_blanks(struct arena *a, struct str s, bool lines)
{
	char *p = arena_alloc(a, 1, s.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			continue;
		p[n++] = s.p[i] == '\r'             ? '\n'
			 : s.p[i] == '\t' && !lines ? ' '
						    : s.p[i];
	}
	return (struct str){ p, n };
}

/* NULL, or the code of what is wrong with it. */
static const char *
clean_text(struct arena *a, const struct form_field *f, struct str *s)
{
	struct str rest;

	if (!utf8_valid(*s, NULL)) {
		*s = STR("");
		return "text";
	}
	if (!f->secret)
		*s = str_trim(plain_blanks(a, *s, f->lines));
	*s = utf8_nfc(a, *s);
	for (rest = *s; rest.n > 0;) {
		uint32_t cp = utf8_next(&rest);

		if (is_control(cp) &&
		    !(f->lines && (cp == '\n' || cp == '\t'))) {
			*s = STR("");
			return "text";
		}
	}
	if (utf8_count(*s) > (f->max > 0 ? f->max : FORM_TEXT_MAX))
		return "long";
	return NULL;
}

static const struct form_field *
find_field(const struct form *form, struct str name)
{
	for (const struct form_field *f = form->fields; f->name != NULL; f++)
		if (str_eq(str_from(f->name), name))
			return f;
	return NULL;
}

static bool
is_filled(const struct form *form, const struct form_field *f)
{
	for (size_t i = 0; i < form->values.n; i++)
		if (form->values.at[i].field == f &&
		    form->values.at[i].text.n > 0)
			return true;
	return false;
}

static bool
is_there(const struct form *form, const struct form_field *f)
{
	for (size_t i = 0; i < form->values.n; i++)
		if (form->values.at[i].field == f)
			return true;
	return false;
}

/* A name that may be shown again, or the empty one. */
static struct str
shown_name(struct arena *a, struct str name)
{
	if (name.n > FORM_NAME_MAX || !utf8_valid(name, NULL))
		return (struct str){ 0 };
	return str_dup(a, name);
}

/* False when the form is full. */
static bool
add_value(struct form *form, struct arena *a, struct str name, struct str text)
{
	const struct form_field *f = find_field(form, name);
	struct form_value *value;
	const char *wrong;

	if (form->values.n + form->errors.n >= FORM_FIELDS_MAX) {
		form_error(form, a, "", "many");
		return false;
	}
	if (f == NULL) {
		add_error(form, a, shown_name(a, name), "unknown");
		return true;
	}
	if (!f->repeat && is_there(form, f)) {
		form_error(form, a, f->name, "repeated");
		return true;
	}
	wrong = clean_text(a, f, &text);
	if (wrong != NULL)
		form_error(form, a, f->name, wrong);
	value = VEC_PUSH(a, &form->values);
	*value = (struct form_value){ f, text };
	return true;
}

static enum form_rc
read_pairs(struct form *form, struct arena *a, struct str s)
{
	while (s.n > 0) {
		struct str pair, name, value;

		str_cut(s, '&', &pair, &s);
		if (pair.n == 0)
			continue;
		str_cut(pair, '=', &name, &value);
		if (!unescape(a, name, true, &name) ||
		    !unescape(a, value, true, &value))
			return FORM_UNREADABLE;
		if (!add_value(form, a, name, value))
			break;
	}
	return FORM_OK;
}

static struct str
json_text(struct arena *a, const json_t *value)
{
	return str_dup(a, (struct str){ json_string_value(value),
			      json_string_length(value) });
}

/* A text, or a list of texts for a field that may repeat. */
static bool
add_json(struct form *form, struct arena *a, const char *key,
    const json_t *value)
{
	struct str name = str_dup(a, str_from(key));
	const struct form_field *f = find_field(form, name);

	if (json_is_string(value))
		return add_value(form, a, name, json_text(a, value));
	if (f == NULL)
		return add_value(form, a, name, STR(""));
	if (!json_is_array(value) || !f->repeat) {
		form_error(form, a, f->name, "text");
		return true;
	}
	for (size_t i = 0; i < json_array_size(value); i++) {
		const json_t *item = json_array_get(value, i);

		if (!json_is_string(item))
			form_error(form, a, f->name, "text");
		else if (!add_value(form, a, name, json_text(a, item)))
			return false;
	}
	return true;
}

static enum form_rc
read_json(struct form *form, struct arena *a, struct str s)
{
	json_error_t error;
	json_t *root = json_loadb(s.p, s.n, JSON_REJECT_DUPLICATES, &error);
	const char *key;
	json_t *value;

	if (root == NULL) {
		if (json_error_code(&error) != json_error_duplicate_key)
			return FORM_UNREADABLE;
		form_error(form, a, "", "repeated");
		return FORM_OK;
	}
	if (!json_is_object(root)) {
		json_decref(root);
		return FORM_UNREADABLE;
	}
	json_object_foreach(root, key,
	    value) if (!add_json(form, a, key, value)) break;
	json_decref(root);
	return FORM_OK;
}

static void
check_required(struct form *form, struct arena *a)
{
	size_t told = form->errors.n;

	/* What was not read whole may have had it. */
	for (size_t i = 0; i < told; i++)
		if (form->errors.at[i].field.n == 0)
			return;
	for (const struct form_field *f = form->fields; f->name != NULL; f++) {
		bool known = false;

		for (size_t i = 0; i < told; i++)
			known |=
			    str_eq(form->errors.at[i].field, str_from(f->name));
		if (f->required && !known && !is_filled(form, f))
			form_error(form, a, f->name, "required");
	}
}

enum content { CONTENT_NONE, CONTENT_PAIRS, CONTENT_JSON, CONTENT_OTHER };

static enum content
content_of(const struct request *req)
{
	struct str type, rest, name, value;

	if (request_header_count(req, "Content-Encoding") > 0)
		return CONTENT_OTHER;
	if (request_header_count(req, "Content-Type") == 0)
		return req->body.n == 0 ? CONTENT_NONE : CONTENT_OTHER;
	str_cut(request_header(req, "Content-Type"), ';', &type, &rest);
	while (rest.n > 0) {
		str_cut(rest, ';', &name, &rest);
		str_cut(name, '=', &name, &value);
		if (request_same(str_trim(name), STR("charset")) &&
		    !request_same(str_trim(value), STR("utf-8")) &&
		    !request_same(str_trim(value), STR("\"utf-8\"")))
			return CONTENT_OTHER;
	}
	type = str_trim(type);
	if (request_same(type, STR("application/x-www-form-urlencoded")))
		return CONTENT_PAIRS;
	if (request_same(type, STR("application/json")))
		return CONTENT_JSON;
	return CONTENT_OTHER;
}

enum form_rc
form_read(struct form *form, struct arena *a, const struct request *req,
    const struct form_field *fields)
{
	enum form_rc rc = FORM_OK;

	*form = (struct form){ .fields = fields };
	switch (content_of(req)) {
	case CONTENT_NONE:
		break;
	case CONTENT_PAIRS:
		rc = read_pairs(form, a, req->body);
		break;
	case CONTENT_JSON:
		rc = read_json(form, a, req->body);
		break;
	case CONTENT_OTHER:
		return FORM_UNSUPPORTED;
	}
	if (rc == FORM_OK)
		check_required(form, a);
	return rc;
}

enum form_rc
form_read_query(struct form *form, struct arena *a, const struct request *req,
    const struct form_field *fields)
{
	enum form_rc rc;

	*form = (struct form){ .fields = fields };
	rc = read_pairs(form, a, req->query);
	if (rc == FORM_OK)
		check_required(form, a);
	return rc;
}

bool
form_text_at(const struct form *form, const char *name, size_t i,
    struct str *out)
{
	for (size_t k = 0; k < form->values.n; k++)
		if (strcmp(form->values.at[k].field->name, name) == 0 &&
		    i-- == 0) {
			*out = form->values.at[k].text;
			return true;
		}
	return false;
}

struct str
form_text(const struct form *form, const char *name)
{
	struct str s = { 0 };

	form_text_at(form, name, 0, &s);
	return s;
}

bool
form_int(struct form *form, struct arena *a, const char *name, int64_t min,
    int64_t max, int64_t *out)
{
	struct str s = form_text(form, name);
	int64_t n;

	if (s.n == 0)
		return false;
	if (!str_to_int64(s, &n) || n < min || n > max) {
		form_error(form, a, name, "number");
		return false;
	}
	*out = n;
	return true;
}

bool
form_bool(const struct form *form, const char *name)
{
	static const struct str yes[] = { STR_INIT("yes"), STR_INIT("true"),
		STR_INIT("on"), STR_INIT("1") };
	struct str s = form_text(form, name);

	for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++)
		if (str_eq(s, yes[i]))
			return true;
	return false;
}

int
form_choice(struct form *form, struct arena *a, const char *name,
    const char *const *words)
{
	struct str s = form_text(form, name);

	if (s.n == 0)
		return -1;
	for (int i = 0; words[i] != NULL; i++)
		if (str_eq(s, str_from(words[i])))
			return i;
	form_error(form, a, name, "choice");
	return -1;
}
