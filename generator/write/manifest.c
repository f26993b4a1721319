#include "generator/write/manifest.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/file.h"
#include "base/log.h"

enum { MANIFEST_MAX = 256 << 20 };

const char *
manifest_path(struct arena *a, const char *catalog)
{
	struct str stem = str_from(catalog);

	if (str_ends(stem, STR(".db")))
		stem.n -= 3;
	return str_format(a, "%.*s.manifest.tsv", STR_ARG(stem)).p;
}

static bool
read_line(struct str line, struct arena *a, struct manifest_entry *e)
{
	struct str size, dropped, rest;

	*e = (struct manifest_entry){ 0 };
	str_cut(line, '\t', &e->path, &rest);
	str_cut(rest, '\t', &size, &rest);
	bool more = str_cut(rest, '\t', &e->hash, &dropped);
	/* A path that leaves the folder would make us remove what is outside.
	 */
	return file_join(a, "", e->path) != NULL &&
	       str_to_int64(size, &e->size) && e->hash.n > 0 &&
	       (!more || str_to_int64(dropped, &e->dropped));
}

int
manifest_read(struct manifest *m, struct arena *a, const char *path)
{
	struct str text = { 0 }, line;

	*m = (struct manifest){ 0 };
	switch (file_read(a, path, MANIFEST_MAX, &text)) {
	case FILE_OK:
		break;
	case FILE_MISSING:
		return 0;
	case FILE_TOO_BIG:
		log_warnx("%s: too big for a manifest", path);
		return -1;
	case FILE_FAILED:
		return -1;
	}
	str_cut(text, '\n', &m->folder, &text);
	while (text.n > 0) {
		struct manifest_entry e;

		str_cut(text, '\n', &line, &text);
		if (read_line(line, a, &e))
			*VEC_PUSH(a, &m->files) = e;
	}
	for (size_t i = 0; i < m->files.n; i++)
		map_add(&m->by_path, a, m->files.at[i].path, &m->files.at[i]);
	return 0;
}

static int
by_path(const void *x, const void *y)
{
	const struct manifest_entry *a = x, *b = y;

	return str_cmp(a->path, b->path);
}

int
manifest_write(struct manifest *m, const char *path)
{
	struct buf b = { 0 };

	if (m->files.n > 1)
		qsort(m->files.at, m->files.n, sizeof(*m->files.at), by_path);
	buf_str(&b, m->folder);
	buf_char(&b, '\n');
	for (size_t i = 0; i < m->files.n; i++) {
		const struct manifest_entry *e = &m->files.at[i];

		buf_str(&b, e->path);
		buf_printf(&b, "\t%" PRId64 "\t", e->size);
		buf_str(&b, e->hash);
		if (e->dropped != 0)
			buf_printf(&b, "\t%" PRId64, e->dropped);
		buf_char(&b, '\n');
	}
	enum file_change change = file_write_changed(path, buf_view(&b));
	buf_free(&b);
	return change == FILE_FAILURE ? -1 : 0;
}
