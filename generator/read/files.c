#include "generator/read/files.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/file.h"
#include "generator/model/messages.h"
#include "generator/read/kinds.h"

static const struct {
	struct str folder, ending;
} folders[FILE_KINDS] = {
	[FILE_ORGANIZATION] = { STR_INIT("organizations"), STR_INIT(".yaml") },
	[FILE_PROGRAM] = { STR_INIT("programs"), STR_INIT(".yaml") },
	[FILE_EVENT] = { STR_INIT("events"), STR_INIT(".yaml") },
	[FILE_HELP] = { STR_INIT("pages"), STR_INIT(".md") },
	[FILE_NEWS] = { STR_INIT("news"), STR_INIT(".md") },
	[FILE_LEGAL] = { STR_INIT("legal"), STR_INIT(".md") },
};

static const struct {
	struct str name;
	enum file_kind kind;
} singles[] = {
	{ STR_INIT("site.yaml"), FILE_SITE },
	{ STR_INIT("municipalities.yaml"), FILE_MUNICIPALITIES },
	{ STR_INIT("holidays.yaml"), FILE_HOLIDAYS },
	{ STR_INIT("search.yaml"), FILE_SEARCH },
};

enum { SINGLES = sizeof(singles) / sizeof(singles[0]) };

struct lister {
	struct site *site;
	struct diag *diag;
	struct content_files *out;
	struct str names[SINGLES + FILE_KINDS + 1]; /* for hints */
	size_t n;
};

static struct pos
top_of(const char *path)
{
	return (struct pos){ path, 1, 1 };
}

static bool
check_id(struct lister *l, enum file_kind kind, struct str id, const char *path)
{
	if (kinds_is_id(id) && !kinds_is_refused(id, kind == FILE_EVENT))
		return true;
	diag_say(l->diag,
	    &site_messages[kinds_is_id(id) ? SITE_REFUSED_ID : SITE_BAD_ID],
	    top_of(path), id);
	return false;
}

static void
add(struct lister *l, enum file_kind kind, struct str id, const char *path)
{
	struct content_file *f = VEC_PUSH(&l->site->arena, &l->out->all);

	f->kind = kind;
	f->path = path;
	f->id = id;
	l->out->count[kind]++;
}

static void
tell_unknown(struct lister *l, const char *path, struct str hint)
{
	diag_say(l->diag, &site_messages[SITE_FILE_UNKNOWN], top_of(path),
	    hint);
}

static struct str
nearest_name(struct lister *l, struct str name, const char *slash)
{
	struct str near = diag_nearest(name, l->names, l->n);

	if (near.n == 0)
		return near;
	return str_format(&l->site->arena, "%.*s%s", STR_ARG(near),
	    str_ends(near, STR(".yaml")) ? "" : slash);
}

static void
list_in_folder(struct lister *l, struct str folder, struct str relative,
    const char *path)
{
	struct arena *a = &l->site->arena;
	enum file_kind kind = FILE_ORGANIZATION;
	struct str head, name = relative;

	while (kind < FILE_KINDS && !str_eq(folder, folders[kind].folder))
		kind++;
	if (kind == FILE_KINDS) {
		tell_unknown(l, path, nearest_name(l, folder, "/"));
		return;
	}
	while (str_cut(name, '/', &head, &relative))
		name = relative;
	if (!str_ends(name, folders[kind].ending)) {
		tell_unknown(l, path,
		    str_format(a, "%.*s/ID%.*s", STR_ARG(folder),
			STR_ARG(folders[kind].ending)));
		return;
	}
	name.n -= folders[kind].ending.n;
	if (check_id(l, kind, name, path))
		add(l, kind, str_dup(a, name), path);
}

static void
list_file(struct lister *l, const struct file_entry *e, const char *content)
{
	struct arena *a = &l->site->arena;
	const char *path =
	    str_format(a, "%s/%.*s", content, STR_ARG(e->path)).p;
	struct str folder, rest;

	if (e->symlink) {
		diag_say(l->diag, &site_messages[SITE_FILE_SYMLINK],
		    top_of(path), STR(""));
		return;
	}
	if (str_cut(e->path, '/', &folder, &rest)) {
		if (str_eq(folder, STR("media")))
			map_add(&l->site->media, a, str_dup(a, e->path),
			    l->site);
		else
			list_in_folder(l, folder, rest, path);
		return;
	}
	for (size_t i = 0; i < SINGLES; i++) {
		if (str_eq(e->path, singles[i].name)) {
			add(l, singles[i].kind, STR(""), path);
			return;
		}
	}
	tell_unknown(l, path, nearest_name(l, e->path, "/"));
}

static int
by_id(const void *x, const void *y)
{
	const struct content_file *a = x, *b = y;
	int c;

	if (a->kind != b->kind)
		return a->kind < b->kind ? -1 : 1;
	c = str_cmp(a->id, b->id);
	return c != 0 ? c : strcmp(a->path, b->path);
}

static void
mark_doubled(struct diag *d, struct content_files *files)
{
	for (size_t i = 1; i < files->all.n; i++) {
		struct content_file *f = &files->all.at[i];
		const struct content_file *first = f - 1;

		if (f->kind != first->kind || !str_eq(f->id, first->id))
			continue;
		f->doubled = true;
		while (first->doubled)
			first--;
		diag_say(d, &site_messages[SITE_DOUBLED_ID], top_of(f->path),
		    f->id, str_from(first->path));
	}
}

int
files_list(struct site *s, struct diag *d, const char *content,
    struct content_files *out)
{
	struct lister l = { .site = s, .diag = d, .out = out };
	struct file_list list = { 0 };

	for (size_t i = 0; i < SINGLES; i++)
		l.names[l.n++] = singles[i].name;
	for (size_t i = FILE_ORGANIZATION; i < FILE_KINDS; i++)
		l.names[l.n++] = folders[i].folder;
	l.names[l.n++] = STR("media");
	if (file_walk(&s->arena, content, &list) == -1)
		return -1;
	for (size_t i = 0; i < list.files.n; i++)
		list_file(&l, &list.files.at[i], content);
	if (out->all.n > 1)
		qsort(out->all.at, out->all.n, sizeof(*out->all.at), by_id);
	mark_doubled(d, out);
	return 0;
}

const struct content_file *
files_one(const struct content_files *files, enum file_kind kind)
{
	for (size_t i = 0; i < files->all.n; i++)
		if (files->all.at[i].kind == kind)
			return &files->all.at[i];
	return NULL;
}
