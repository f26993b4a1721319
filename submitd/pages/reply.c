#include "submitd/pages/reply.h"

#include <stdlib.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/theme.h"
#include "base/value.h"
#include "base/words.h"
#include "submitd/pages/look.h"
#include "submitd/pages/visitor.h"

enum { KEY_BYTES = 16, DEFAULT_RETRY = 1 };

/* The words of a dotted key made of parts. */
static struct str
text_of(struct app *app, struct arena *a, const char *group, const char *name,
    const char *last)
{
	struct str key = str_format(a, "%s.%s%s", group, name, last);

	return words(app->theme->strings, key.p);
}

struct str
reply_words(struct app *app, const char *key)
{
	return words(app->theme->strings, key);
}

/* --- values ------------------------------------------------------------- */

static const char *
home_of(enum role role)
{
	static const char *const homes[ROLES] = {
		[ROLE_NOBODY] = "/account/login",
		[ROLE_GUARDIAN] = "/my/",
		[ROLE_ORGANIZER] = "/org/",
		[ROLE_OPERATOR] = "/operator/",
		[ROLE_ADMIN] = "/operator/",
	};

	return homes[role];
}

struct str
reply_home(const struct call *c)
{
	return str_from(home_of(c->user != NULL ? c->user->role : ROLE_NOBODY));
}

static struct value *
account_values(struct call *c)
{
	struct value *v = value_map(c->arena);

	value_set_text(c->arena, v, "name", c->user->full_name);
	value_set_text(c->arena, v, "url", reply_home(c));
	value_set_text(c->arena, v, "role", str_from(role_name(c->user->role)));
	return v;
}

static void
put_typed(struct call *c, struct value *values, const struct form_field *f)
{
	struct arena *a = c->arena;
	struct value *list = value_list(a);
	struct str text;

	if (f->secret)
		return;
	if (!f->repeat) {
		value_set_text(a, values, f->name,
		    form_text(&c->form, f->name));
		return;
	}
	for (size_t i = 0; form_text_at(&c->form, f->name, i, &text); i++)
		value_add(a, list, value_text(a, text));
	value_set(a, values, str_from(f->name), list);
}

/* A field may have words of its own for what is wrong with it. */
static struct str
error_text(struct app *app, struct call *c, const struct form_error *e)
{
	const struct value *own = strings_value(app->theme->strings);

	own = value_get(own, STR("error_of"));
	own = value_get(own, e->field);
	own = value_get(own, str_from(e->code));
	if (own != NULL)
		return value_str(own);
	return text_of(app, c->arena, "error", e->code, "");
}

/* The first error of a field counts. */
static void
put_errors(struct app *app, struct call *c, struct value *form)
{
	struct arena *a = c->arena;
	struct value *errors = value_map(a), *bad = value_map(a);
	struct value *summary = value_list(a);

	for (size_t i = 0; i < c->form.errors.n; i++) {
		const struct form_error *e = &c->form.errors.at[i];
		struct value *line = value_map(a);
		struct str text = error_text(app, c, e);

		if (value_get(bad, e->field) != NULL)
			continue;
		value_set(a, errors, e->field, value_text(a, text));
		value_set(a, bad, e->field, value_bool(a, true));
		value_set_text(a, line, "field", e->field);
		value_set_text(a, line, "text", text);
		value_add(a, summary, line);
	}
	value_set(a, form, STR("errors"), errors);
	value_set(a, form, STR("bad"), bad);
	value_set(a, form, STR("summary"), summary);
	if (value_count(summary) > 0)
		value_set_text(a, form, "title",
		    words_count(app->theme->strings, a, "fields.fix",
			(int64_t)value_count(summary)));
}

static struct value *
form_values(struct app *app, struct call *c)
{
	struct arena *a = c->arena;
	struct value *form = value_map(a), *values = value_map(a);

	for (const struct form_field *f = c->route->fields;
	     f != NULL && f->name != NULL; f++)
		put_typed(c, values, f);
	value_set(a, form, STR("values"), values);
	put_errors(app, c, form);
	return form;
}

static struct value *
page_values(struct call *c, struct str title)
{
	struct value *v = value_map(c->arena);

	value_set_text(c->arena, v, "title", title);
	value_set_text(c->arena, v, "path", c->req->path);
	value_set_bool(c->arena, v, "noindex", true);
	value_set_bool(c->arena, v, "error", !form_ok(&c->form));
	return v;
}

/* The way back: home, for a page outside the cabinets has no menu. */
static struct value *
crumb_values(struct app *app, struct call *c)
{
	struct arena *a = c->arena;
	struct value *list = value_list(a), *home = value_map(a);

	value_set_text(a, home, "title",
	    words(app->theme->strings, "page.home"));
	value_set(a, home, STR("url"),
	    value_text(a, value_str(value_get(app->look->site, STR("home")))));
	value_add(a, list, home);
	return list;
}

static struct value *
values_titled(struct app *app, struct call *c, struct str title)
{
	struct arena *a = c->arena;
	const struct look *l = app->look;
	struct value *v = value_map(a);

	value_set_text(a, v, "lang", l->language);
	value_set(a, v, STR("page"), page_values(c, title));
	value_set(a, v, STR("site"), l->site);
	value_set(a, v, STR("contact"), l->contact);
	value_set(a, v, STR("nav"), l->nav);
	value_set(a, v, STR("footer"), l->footer);
	value_set(a, v, STR("assets"), l->assets);
	value_set(a, v, STR("crumbs"), crumb_values(app, c));
	if (c->user != NULL)
		value_set(a, v, STR("account"), account_values(c));
	value_set_text(a, v, "csrf", call_csrf(app, c));
	value_set_text(a, v, "key",
	    c->key.n > 0 ? c->key : hash_token(a, KEY_BYTES));
	if (c->route != NULL)
		value_set(a, v, STR("form"), form_values(app, c));
	return v;
}

struct value *
reply_values(struct app *app, struct call *c, const char *title)
{
	return values_titled(app, c, words(app->theme->strings, title));
}

/* --- answers ------------------------------------------------------------ */

void
reply_page(struct app *app, struct call *c, int status, const char *template,
    struct value *v)
{
	buf_reset(&c->res->body);
	c->res->status = status;
	response_header(c->res, "Content-Type",
	    STR("text/html; charset=utf-8"));
	response_header(c->res, "Vary", STR("Accept, Cookie"));
	if (theme_render(app->theme, &c->res->body, template, v) == 0)
		return;
	/* The theme has been compiled, so this is a page it does not have. */
	buf_reset(&c->res->body);
	response_trouble(c->res, c->req, 500);
}

void
reply_see(struct call *c, struct str location)
{
	buf_reset(&c->res->body);
	c->res->status = 303;
	response_header(c->res, "Location", location);
}

struct json
reply_json(struct call *c, int status)
{
	buf_reset(&c->res->body);
	c->res->status = status;
	response_header(c->res, "Content-Type", STR("application/json"));
	return (struct json){ .out = &c->res->body };
}

struct json
reply_made(struct call *c, struct str location)
{
	response_header(c->res, "Location", location);
	return reply_json(c, 201);
}

void
reply_done(struct call *c, struct str location)
{
	if (!c->json) {
		reply_see(c, location);
		return;
	}
	struct json j = reply_json(c, 200);

	json_open(&j, '{');
	json_bool_field(&j, STR("done"), true);
	json_close(&j, '}');
}

/* --- refusals ----------------------------------------------------------- */

static void
problem_json(struct app *app, struct call *c, int status, const char *name,
    struct str title, struct str text)
{
	struct json j;

	buf_reset(&c->res->body);
	c->res->status = status;
	response_header(c->res, "Content-Type",
	    STR("application/problem+json"));
	j = (struct json){ .out = &c->res->body };
	json_open(&j, '{');
	json_str_field(&j, STR("type"),
	    str_format(c->arena, "/problems/%s", name));
	json_str_field(&j, STR("title"), title);
	json_int_field(&j, STR("status"), status);
	if (text.n > 0)
		json_str_field(&j, STR("detail"), text);
	json_key(&j, STR("errors"));
	json_open(&j, '[');
	for (size_t i = 0; i < c->form.errors.n; i++) {
		const struct form_error *e = &c->form.errors.at[i];

		json_open(&j, '{');
		json_str_field(&j, STR("field"), e->field);
		json_str_field(&j, STR("code"), str_from(e->code));
		json_str_field(&j, STR("text"), error_text(app, c, e));
		json_close(&j, '}');
	}
	json_close(&j, ']');
	json_close(&j, '}');
}

static void
problem_page(struct app *app, struct call *c, int status, struct str title,
    struct str text)
{
	struct arena *a = c->arena;
	struct value *v = values_titled(app, c, title);
	struct value *problem = value_map(a);
	const struct strings *t = app->theme->strings;
	bool inside = c->user != NULL;

	value_set_text(a, problem, "title", title);
	value_set_text(a, problem, "text", text);
	value_set_int(a, problem, "status", status);
	if (c->way_words != NULL) {
		value_set_text(a, problem, "back", words(t, c->way_words));
		value_set_text(a, problem, "back_url", c->way);
	} else {
		value_set_text(a, problem, "back",
		    words(t,
			inside ? "problem.to_cabinet" : "problem.to_home"));
		value_set_text(a, problem, "back_url",
		    inside ? reply_home(c) : STR("/"));
	}
	value_set(a, v, STR("problem"), problem);
	reply_page(app, c, status, "cabinet/problem.html", v);
}

static void
problem(struct app *app, struct call *c, int status, const char *name,
    struct str title, struct str text)
{
	if (c->json)
		problem_json(app, c, status, name, title, text);
	else
		problem_page(app, c, status, title, text);
}

/* A problem's name as a key of the words: "not-found" is not_found. */
static const char *
word_key(struct arena *a, const char *name)
{
	char *key = str_c(a, str_from(name));

	for (char *p = key; *p != '\0'; p++) {
		if (*p == '-')
			*p = '_';
	}
	return key;
}

void
reply_problem_text(struct app *app, struct call *c, int status,
    const char *name, struct str text)
{
	const char *key = word_key(c->arena, name);

	if (app->theme == NULL || app->look == NULL) {
		response_trouble(c->res, c->req, status);
		return;
	}
	problem(app, c, status, name,
	    text_of(app, c->arena, "problem", key, ".title"), text);
}

void
reply_problem(struct app *app, struct call *c, int status, const char *name)
{
	if (app->theme == NULL) {
		response_trouble(c->res, c->req, status);
		return;
	}
	reply_problem_text(app, c, status, name,
	    text_of(app, c->arena, "problem", word_key(c->arena, name),
		".text"));
}

void
reply_form(struct app *app, struct call *c, const char *template,
    struct value *v)
{
	if (c->json)
		reply_problem_text(app, c, 422, "fields", (struct str){ 0 });
	else
		reply_page(app, c, 422, template, v);
}

void
reply_verdict(struct app *app, struct call *c, enum verdict v)
{
	if (v == VERDICT_UNKNOWN)
		reply_not_found(app, c);
	else
		reply_problem(app, c, 409, verdict_name(v));
}

void
reply_not_found(struct app *app, struct call *c)
{
	reply_problem(app, c, 404, "not-found");
}

static void
retry_after(struct call *c, int64_t seconds)
{
	response_header(c->res, "Retry-After",
	    str_format(c->arena, "%lld", (long long)seconds));
}

void
reply_unknown(struct app *app, struct call *c)
{
	reply_problem(app, c, 503, "unknown");
	retry_after(c, DEFAULT_RETRY);
}

void
reply_busy(struct app *app, struct call *c)
{
	reply_problem(app, c, 503, "busy");
	retry_after(c, DEFAULT_RETRY);
}

void
reply_limited(struct app *app, struct call *c, int64_t seconds)
{
	reply_problem(app, c, 429, "limit");
	retry_after(c, seconds);
}

void
reply_store(struct app *app, struct call *c, enum store_rc rc)
{
	switch (rc) {
	case STORE_NONE:
		reply_not_found(app, c);
		return;
	case STORE_CONFLICT:
		reply_problem(app, c, 409, "stale");
		return;
	case STORE_OK:
	case STORE_FAILED:
		reply_unknown(app, c);
		return;
	}
	abort();
}
