#include "base/theme.h"

#include "base/buf.h"
#include "base/diag.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/map.h"
#include "base/messages.h"
#include "base/mustache.h"
#include "base/schema.h"
#include "base/value.h"
#include "base/words.h"
#include "base/yaml.h"

enum { FILE_KIB = 1024, HASH_DIGITS = 16 };

static const struct field theme_fields[] = {
	{ "title", FIELD_TEXT, .required = true,
	    .at = offsetof(struct theme, title) },
	{ "version", FIELD_TEXT, .required = true,
	    .at = offsetof(struct theme, version) },
};

static const struct schema theme_schema = { SCHEMA_FIELDS(theme_fields),
	.size = sizeof(struct theme) };

/* Where each file of the theme is: its path below the root to the real one. */
struct loader {
	struct theme *theme;
	struct diag *diag;
	const char *folder;
	struct map files;
	VEC(struct str) read; /* path, text, path, text … for the hash */
};

static void
say(struct loader *l, enum base_message m, const char *path, struct str a)
{
	struct pos pos = { path, 1, 1 };

	diag_say(l->diag, &base_messages[m], pos, a);
}

/* The first folder that has a file is the one it is taken from. */
static int
find_files(struct loader *l, const char *root)
{
	struct arena *a = &l->theme->arena;
	struct file_list list = { 0 };

	if (file_walk(a, root, &list) == -1)
		return -1;
	for (size_t i = 0; i < list.files.n; i++) {
		struct str path = list.files.at[i].path;

		if (list.files.at[i].symlink)
			log_warnx("%s/%.*s: a symbolic link is passed over",
			    root, STR_ARG(path));
		else
			map_add(&l->files, a, path,
			    str_c(a,
				str_format(a, "%s/%.*s", root, STR_ARG(path))));
	}
	return 0;
}

/*
 * Reads a file of the theme; false when there is nothing to go on with, which
 * is told.  *rc becomes -1 at the machine's fault.
 */
static bool
read_text(struct loader *l, struct str name, const char **path,
    struct str *text, int *rc)
{
	struct arena *a = &l->theme->arena;

	*path = map_get(&l->files, name);
	if (*path == NULL) {
		*path = str_format(a, "%s/%.*s", l->folder, STR_ARG(name)).p;
		say(l, BASE_THEME_FILE_MISSING, *path, name);
		return false;
	}
	switch (file_read(a, *path, FILE_KIB * 1024, text)) {
	case FILE_OK:
		break;
	case FILE_MISSING:
		say(l, BASE_THEME_FILE_MISSING, *path, name);
		return false;
	case FILE_TOO_BIG:
		say(l, BASE_THEME_FILE_BIG, *path,
		    str_format(a, "%d", FILE_KIB));
		return false;
	case FILE_FAILED:
		*rc = -1;
		return false;
	}
	*VEC_PUSH(a, &l->read) = name;
	*VEC_PUSH(a, &l->read) = *text;
	return true;
}

static void
load_settings(struct loader *l, int *rc)
{
	struct arena *a = &l->theme->arena;
	struct schema_run run = { .arena = a, .diag = l->diag };
	struct str text;
	const char *path;

	if (!read_text(l, STR("theme.yaml"), &path, &text, rc))
		return;
	struct node *root = yaml_parse(a, l->diag, path, text, 1);
	if (root != NULL)
		schema_read(&run, &theme_schema, root, l->theme);
}

static void
load_strings(struct loader *l, struct str lang, int *rc)
{
	struct arena *a = &l->theme->arena;
	struct theme *t = l->theme;
	struct value *outer = value_map(a);
	struct str name = str_format(a, "strings/%.*s.yaml", STR_ARG(lang));
	struct str text = STR("");
	const char *path;
	struct diag unheard = { 0 };

	/* Without the file the one message about it is enough. */
	bool there = read_text(l, name, &path, &text, rc);
	t->strings =
	    strings_load(a, there ? l->diag : &unheard, path, text, lang);
	diag_free(&unheard);
	value_set(a, outer, STR("t"), strings_value(t->strings));
	t->outer = outer;
}

static void
load_templates(struct loader *l, int *rc)
{
	struct theme *t = l->theme;
	struct str ending = STR(".mustache");

	t->templates = mustache_set_new(&t->arena, MUSTACHE_THEME);
	for (size_t i = 0; i < l->files.n; i++) {
		struct str file = l->files.at[i].key, text;
		const char *path;

		if (str_ends(file, ending) &&
		    read_text(l, file, &path, &text, rc))
			mustache_set_add(t->templates, l->diag, path,
			    str_dup(&t->arena,
				str_slice(file, 0, file.n - ending.n)),
			    text);
	}
	mustache_set_link(t->templates, l->diag);
	mustache_set_check_names(t->templates, l->diag, STR("t"),
	    strings_value(t->strings));
}

int
theme_load(struct theme *t, struct diag *d, const char *folder,
    const char *overrides, struct str lang)
{
	struct loader l = { .theme = t, .diag = d, .folder = folder };
	int rc = 0;

	*t = (struct theme){ 0 };
	if ((overrides != NULL && find_files(&l, overrides) == -1) ||
	    find_files(&l, folder) == -1)
		return -1;
	load_settings(&l, &rc);
	load_strings(&l, lang, &rc);
	load_templates(&l, &rc);
	t->hash =
	    hash_hex(&t->arena, hash_of_all(l.read.at, l.read.n), HASH_DIGITS);
	return rc;
}

void
theme_require(struct theme *t, struct diag *d, const char *folder,
    const char *const *names)
{
	for (; *names != NULL; names++) {
		struct str file = str_format(&t->arena, "%s.mustache", *names);
		struct pos pos = {
			str_format(&t->arena, "%s/%s", folder, file.p).p, 1, 1
		};

		if (!mustache_has(t->templates, str_from(*names)))
			diag_say(d, &base_messages[BASE_THEME_FILE_MISSING],
			    pos, file);
	}
}

static const char *
reason(enum mustache_rc rc)
{
	return rc == MUSTACHE_DEEP ? "partials nested too deep here"
				   : "only JSON may stand here, and the value "
				     "is something else";
}

int
theme_render(const struct theme *t, struct buf *out, const char *name,
    const struct value *v)
{
	struct pos where;
	enum mustache_rc rc = mustache_render(t->templates, str_from(name),
	    t->outer, v, out, &where);

	if (rc == MUSTACHE_OK)
		return 0;
	if (rc == MUSTACHE_MISSING)
		log_warnx("the theme has no template '%s'", name);
	else
		log_warnx("%s:%d:%d: %s", where.path, where.line, where.column,
		    reason(rc));
	return -1;
}

void
theme_free(struct theme *t)
{
	arena_free(&t->arena);
	*t = (struct theme){ 0 };
}
