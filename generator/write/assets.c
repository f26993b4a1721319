#include "generator/write/assets.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/log.h"
#include "generator/model/site.h"
#include "generator/model/url.h"
#include "generator/write/css.h"
#include "generator/write/js.h"
#include "generator/write/messages.h"
#include "generator/write/output.h"

enum { HASH_DIGITS = 10, FILE_MIB = 64 };
enum { STATE_NEW, STATE_BUSY, STATE_DONE };

struct loader {
	struct assets *as;
	struct diag *diag;
	const struct site *site;
	int rc;
};

static void
say(struct loader *l, enum write_message m, const char *path, struct str a,
    struct str b)
{
	diag_say(l->diag, &write_messages[m], ((struct pos){ path, 1, 1 }), a,
	    b);
}

/* Names of assets become URLs as they are. */
static bool
plain(struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || strchr("-_./", c) != NULL))
			return false;
	}
	return true;
}

static bool
printable(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if ((unsigned char)name.p[i] < 0x20 || name.p[i] == 0x7f)
			return false;
	return true;
}

static void
add_file(struct loader *l, struct str name, const char *path)
{
	struct assets *as = l->as;
	struct asset a = { .name = name, .file = path };

	/* The override, which was there first, stands in for the theme's. */
	if (!map_add(&as->by_name, &as->arena, name, as))
		return;
	switch (file_read(&as->arena, path, (size_t)FILE_MIB << 20, &a.bytes)) {
	case FILE_OK:
		*VEC_PUSH(&as->arena, &as->all) = a;
		return;
	case FILE_TOO_BIG:
		say(l, WRITE_ASSET_TOO_BIG, path, name,
		    str_format(&as->arena, "%d", FILE_MIB));
		return;
	case FILE_MISSING:
		log_warnx("%s: gone while it was read", path);
		break;
	case FILE_FAILED:
		break;
	}
	l->rc = -1;
}

static void
add_folder(struct loader *l, const char *theme)
{
	struct arena *arena = &l->as->arena;
	const char *root = str_format(arena, "%s/assets", theme).p;
	struct file_list list;

	if (file_walk(arena, root, &list) == -1) {
		l->rc = -1;
		return;
	}
	for (size_t i = 0; i < list.files.n; i++) {
		const struct file_entry *e = &list.files.at[i];
		const char *path =
		    str_format(arena, "%s/%s", root, e->path.p).p;

		if (e->symlink)
			log_warnx("%s: a symbolic link is passed over", path);
		else if (!plain(e->path))
			say(l, WRITE_ASSET_NAME, path, e->path, STR(""));
		else
			add_file(l, e->path, path);
	}
}

/* link.c has looked every one of them up. */
static void
add_media(struct loader *l, const char *content)
{
	const struct site *s = l->site;

	for (size_t i = 0; i < s->links.n; i++) {
		const struct link_use *use = &s->links.at[i];
		const char *path;

		if (!use->media || map_get(&s->media, use->path) == NULL)
			continue;
		path = file_join(&l->as->arena, content, use->path);
		if (path == NULL || !printable(use->path))
			say(l, WRITE_ASSET_NAME, use->pos.path, use->path,
			    STR(""));
		else
			add_file(l, use->path, path);
	}
}

static int
by_name(const void *x, const void *y)
{
	const struct asset *a = x, *b = y;

	return str_cmp(a->name, b->name);
}

/* A reference from the file `from`, as a name: "css/../img/x.svg" is done. */
static struct str
normalized(struct arena *arena, struct str from, struct str ref)
{
	struct buf b = { 0 };
	struct str part, rest = ref;
	bool more = true;

	while (from.n > 0 && from.p[from.n - 1] != '/')
		from.n--;
	buf_str(&b, from);
	while (more) {
		more = str_cut(rest, '/', &part, &rest);
		if (str_eq(part, STR("."))) {
			continue;
		} else if (str_eq(part, STR(".."))) {
			if (b.n > 0)
				b.n--;
			while (b.n > 0 && b.p[b.n - 1] != '/')
				b.n--;
			continue;
		}
		buf_str(&b, part);
		if (more)
			buf_char(&b, '/');
	}
	struct str name = str_dup(arena, buf_view(&b));
	buf_free(&b);
	return name;
}

static struct str
nearest(struct loader *l, struct str name)
{
	struct arena *arena = &l->as->arena;
	struct str *names = arena_alloc(arena, sizeof(*names), l->as->all.n);

	for (size_t i = 0; i < l->as->all.n; i++)
		names[i] = l->as->all.at[i].name;
	return diag_nearest(name, names, l->as->all.n);
}

struct sheet {
	struct loader *loader;
	const struct asset *asset;
};

static void finish(struct loader *l, struct asset *a);

static struct str
resolve(void *context, const struct css_reference *r)
{
	struct sheet *s = context;
	struct loader *l = s->loader;
	struct arena *arena = &l->as->arena;
	struct pos pos = { s->asset->file, r->line, r->column };
	size_t n = 0;

	while (n < r->text.n && strchr("?#", r->text.p[n]) == NULL)
		n++;
	struct str name =
	    normalized(arena, s->asset->name, str_slice(r->text, 0, n));
	struct asset *to = map_get(&l->as->by_name, name);
	if (to == NULL) {
		diag_say(l->diag, &write_messages[WRITE_ASSET_UNKNOWN], pos,
		    r->text, nearest(l, name));
		return r->text;
	}
	if (to->state == STATE_BUSY) {
		diag_say(l->diag, &write_messages[WRITE_ASSET_CIRCLE], pos,
		    r->text);
		return r->text;
	}
	finish(l, to);
	/* From /assets/x.css; all but assets/root are there. */
	struct str path = to->path;
	path = str_starts(path, STR("assets/"))
		   ? str_slice(path, strlen("assets/"), path.n)
		   : str_format(arena, "../%.*s", STR_ARG(path));
	return str_format(arena, "%.*s%.*s", STR_ARG(path),
	    (int)(r->text.n - n), r->text.p + n);
}

static void
rewrite(struct loader *l, struct asset *a)
{
	struct sheet sheet = { l, a };
	struct buf b = { 0 };

	if (str_ends(a->name, STR(".css")))
		css_rewrite(&b, a->bytes, resolve, &sheet);
	else
		js_rewrite(&b, a->bytes, resolve, &sheet);
	a->bytes = str_dup(&l->as->arena, buf_view(&b));
	buf_free(&b);
}

/* "css/site.css" → "assets/site.HASH.css" */
static struct str
fingerprinted(struct arena *arena, const struct asset *a)
{
	struct str base = a->name, ending = { 0 };
	struct str hex = hash_hex(arena, hash_of(a->bytes), HASH_DIGITS);

	for (size_t i = base.n; i > 0; i--)
		if (base.p[i - 1] == '/') {
			base = str_slice(base, i, base.n);
			break;
		}
	for (size_t i = base.n; i > 1; i--)
		if (base.p[i - 1] == '.') {
			ending = str_slice(base, i - 1, base.n);
			base.n = i - 1;
			break;
		}
	return str_format(arena, "assets/%.*s.%.*s%.*s", STR_ARG(base),
	    STR_ARG(hex), STR_ARG(ending));
}

/* Path and URL of one; style sheets and scripts after all they name. */
static void
finish(struct loader *l, struct asset *a)
{
	struct arena *arena = &l->as->arena;
	struct buf b = { 0 };
	struct str part, rest;

	if (a->state != STATE_NEW)
		return;
	a->state = STATE_BUSY;
	if (str_ends(a->name, STR(".css")) || str_ends(a->name, STR(".js")))
		rewrite(l, a);
	if (str_starts(a->name, STR("media/")))
		a->path = a->name;
	else if (str_starts(a->name, STR("root/")))
		a->path = str_slice(a->name, strlen("root/"), a->name.n);
	else
		a->path = fingerprinted(arena, a);
	rest = a->path;
	for (bool more = true; more; buf_str(&b, more ? STR("/") : STR(""))) {
		more = str_cut(rest, '/', &part, &rest);
		escape_url_part(&b, part);
	}
	a->url = url_of(arena, l->site, str_dup(arena, buf_view(&b)));
	buf_free(&b);
	a->state = STATE_DONE;
}

int
assets_load(struct assets *as, struct diag *d, const struct site *s,
    const char *theme, const char *overrides, const char *content)
{
	struct loader l = { as, d, s, 0 };

	*as = (struct assets){ 0 };
	if (overrides != NULL)
		add_folder(&l, overrides);
	add_folder(&l, theme);
	add_media(&l, content);
	if (l.rc == -1)
		return -1;
	if (as->all.n > 1)
		qsort(as->all.at, as->all.n, sizeof(*as->all.at), by_name);
	as->by_name = (struct map){ 0 };
	for (size_t i = 0; i < as->all.n; i++)
		map_add(&as->by_name, &as->arena, as->all.at[i].name,
		    &as->all.at[i]);
	for (size_t i = 0; i < as->all.n; i++)
		finish(&l, &as->all.at[i]);
	for (size_t i = 0; i < as->all.n; i++)
		map_add(&as->urls, &as->arena, as->all.at[i].name,
		    &as->all.at[i].url);
	return 0;
}

static enum output_class
class_of(const struct asset *a)
{
	bool fingerprint = str_starts(a->path, STR("assets/"));

	return fingerprint ? OUTPUT_ASSET : OUTPUT_LEAF;
}

void
assets_add(struct assets *as, struct output *out)
{
	struct map paths = { 0 };

	for (size_t i = 0; i < as->all.n; i++) {
		struct asset *a = &as->all.at[i];

		/* Two of one name and the same bytes are one file. */
		a->twin = !map_add(&paths, &as->arena, a->path, a);
		if (!a->twin)
			a->file_number = output_add(out, a->path, class_of(a));
	}
}

int
assets_stage(const struct assets *as, struct output *out)
{
	for (size_t i = 0; i < as->all.n; i++) {
		const struct asset *a = &as->all.at[i];

		if (!a->twin &&
		    output_stage(out, a->file_number, a->bytes) == -1)
			return -1;
	}
	return 0;
}

void
assets_free(struct assets *as)
{
	arena_free(&as->arena);
	*as = (struct assets){ 0 };
}
