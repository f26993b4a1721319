#include "submitd/http/static.h"

#include <unistd.h>

#include "submitd/http/form.h"

static const struct {
	struct str ending, type;
} types[] = {
	{ STR_INIT(".html"), STR_INIT("text/html; charset=utf-8") },
	{ STR_INIT(".css"), STR_INIT("text/css; charset=utf-8") },
	{ STR_INIT(".js"), STR_INIT("text/javascript; charset=utf-8") },
	{ STR_INIT(".mjs"), STR_INIT("text/javascript; charset=utf-8") },
	{ STR_INIT(".svg"), STR_INIT("image/svg+xml") },
	{ STR_INIT(".json"), STR_INIT("application/json") },
	{ STR_INIT(".ics"), STR_INIT("text/calendar; charset=utf-8") },
	{ STR_INIT(".xml"), STR_INIT("application/xml") },
	{ STR_INIT(".txt"), STR_INIT("text/plain; charset=utf-8") },
	{ STR_INIT(".csv"), STR_INIT("text/csv; charset=utf-8") },
	{ STR_INIT(".webp"), STR_INIT("image/webp") },
	{ STR_INIT(".avif"), STR_INIT("image/avif") },
	{ STR_INIT(".png"), STR_INIT("image/png") },
	{ STR_INIT(".jpg"), STR_INIT("image/jpeg") },
	{ STR_INIT(".jpeg"), STR_INIT("image/jpeg") },
	{ STR_INIT(".gif"), STR_INIT("image/gif") },
	{ STR_INIT(".ico"), STR_INIT("image/x-icon") },
	{ STR_INIT(".pdf"), STR_INIT("application/pdf") },
	{ STR_INIT(".webmanifest"), STR_INIT("application/manifest+json") },
	{ STR_INIT(".woff2"), STR_INIT("font/woff2") },
};

/* Ready compressed files, the smaller first. */
static const struct {
	struct str coding, ending;
} codings[] = {
	{ STR_INIT("br"), STR_INIT(".br") },
	{ STR_INIT("gzip"), STR_INIT(".gz") },
};

static struct str
type_of(struct str path)
{
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_ends(path, types[i].ending))
			return types[i].type;
	return STR("application/octet-stream");
}

/* Below the root and not hidden.  The empty path is the root. */
static bool
path_ok(struct str path)
{
	for (struct str rest = path, part; rest.n > 0;) {
		bool more = str_cut(rest, '/', &part, &rest);

		if (part.n == 0 || part.p[0] == '.' || (more && rest.n == 0))
			return false;
	}
	for (size_t i = 0; i < path.n; i++)
		if ((unsigned char)path.p[i] < ' ' || path.p[i] == 0x7f ||
		    path.p[i] == '\\')
			return false;
	return true;
}

static struct str
joined(struct arena *a, struct str path, struct str more)
{
	return str_format(a, "%.*s%.*s", STR_ARG(path), STR_ARG(more));
}

/*
 * The file a path stands for.  CACHE_FOLDER: one that wants a '/' behind it.
 */
static enum cache_rc
resolve(struct static_site *site, struct arena *a, struct str raw,
    struct str *path, struct cache_file *file)
{
	enum cache_rc rc;
	bool folder;

	if (!form_decode(a, raw, false, path) || path->n == 0)
		return CACHE_MISSING;
	*path = str_slice(*path, 1, path->n);
	folder = path->n == 0 || str_ends(*path, STR("/"));
	if (!path_ok(folder && path->n > 0 ? str_slice(*path, 0, path->n - 1)
					   : *path))
		return CACHE_MISSING;
	if (folder) {
		*path = joined(a, *path, STR("index.html"));
		rc = cache_find(&site->cache, a, *path, file);
		return rc == CACHE_FOLDER ? CACHE_MISSING : rc;
	}
	rc = cache_find(&site->cache, a, *path, file);
	if (site->clean_urls && (rc == CACHE_MISSING || rc == CACHE_FOLDER)) {
		struct str page = joined(a, *path, STR(".html"));

		if (cache_find(&site->cache, a, page, file) == CACHE_FOUND) {
			*path = page;
			return CACHE_FOUND;
		}
	}
	if (rc == CACHE_FOLDER) {
		struct cache_file index = { .fd = -1 };

		rc = cache_find(&site->cache, a,
		    joined(a, *path, STR("/index.html")), &index);
		if (index.fd != -1)
			close(index.fd);
		return rc == CACHE_FOUND ? CACHE_FOLDER : CACHE_MISSING;
	}
	return rc;
}

static void
drop(struct cache_file *file)
{
	if (file->fd != -1)
		close(file->fd);
	file->fd = -1;
}

/*
 * Puts a ready compressed file in place of the plain one when the client
 * takes it.  Returns its coding, or the empty text.
 */
static struct str
compressed(struct static_site *site, struct arena *a, const struct request *req,
    struct str path, struct cache_file *file)
{
	for (size_t i = 0; i < sizeof(codings) / sizeof(codings[0]); i++) {
		struct cache_file other;

		if (!request_takes_coding(req, codings[i].coding) ||
		    cache_find(&site->cache, a,
			joined(a, path, codings[i].ending),
			&other) != CACHE_FOUND)
			continue;
		if (other.mtime_ns >= file->mtime_ns) {
			drop(file);
			*file = other;
			return codings[i].coding;
		}
		drop(&other);
		/* The look has taken the plain one's content from us. */
		if (file->fd == -1 &&
		    cache_find(&site->cache, a, path, file) != CACHE_FOUND)
			return (struct str){ 0 };
	}
	return (struct str){ 0 };
}

/* The bytes, or the descriptor for the server to send and close. */
static void
put_content(struct response *res, struct cache_file *file)
{
	if (file->fd == -1) {
		buf_str(&res->body, file->content);
		return;
	}
	res->file = file->fd;
	res->file_len = file->size;
}

static bool
not_modified(const struct request *req, struct str etag, struct str modified)
{
	if (request_header_count(req, "If-None-Match") > 0)
		return request_has_etag(req, etag);
	/* Exactly what we have said before: no date is read. */
	return str_eq(request_header(req, "If-Modified-Since"), modified);
}

static void
put_file(struct static_site *site, struct arena *a, const struct request *req,
    struct response *res, struct str path, struct cache_file *file)
{
	struct str coding = compressed(site, a, req, path, file);
	/* Names in there carry the hash of what they name. */
	bool forever = str_starts(path, STR("assets/"));

	res->status = 200;
	response_header(res, "Content-Type", type_of(path));
	if (coding.n > 0)
		response_header(res, "Content-Encoding", coding);
	response_header(res, "Vary", STR("Accept-Encoding"));
	response_header(res, "ETag", file->etag);
	response_header(res, "Last-Modified", file->modified);
	response_header(res, "Cache-Control",
	    forever ? STR("public, max-age=31536000, immutable")
		    : STR("public, max-age=60"));
	if (not_modified(req, file->etag, file->modified)) {
		res->status = 304;
		drop(file);
		return;
	}
	put_content(res, file);
}

void
static_open(struct static_site *site, const char *root, bool clean_urls)
{
	cache_open(&site->cache, root);
	site->clean_urls = clean_urls;
}

bool
static_answer(struct static_site *site, struct arena *a,
    const struct request *req, struct response *res)
{
	struct cache_file file;
	struct str path;

	switch (resolve(site, a, req->path, &path, &file)) {
	case CACHE_FOUND:
		break;
	case CACHE_FOLDER:
		res->status = 301;
		response_header(res, "Location",
		    joined(a, req->path, STR("/")));
		return true;
	case CACHE_MISSING:
		return false;
	case CACHE_FAILED:
		response_trouble(res, req, 503);
		return true;
	}
	if (req->method != METHOD_GET && req->method != METHOD_HEAD) {
		drop(&file);
		response_trouble(res, req, 405);
		response_header(res, "Allow", STR("GET, HEAD"));
		return true;
	}
	put_file(site, a, req, res, path, &file);
	return true;
}

bool
static_not_found(struct static_site *site, struct arena *a,
    struct response *res)
{
	struct cache_file file;

	if (cache_find(&site->cache, a, STR("404.html"), &file) != CACHE_FOUND)
		return false;
	res->status = 404;
	response_header(res, "Content-Type", type_of(STR("404.html")));
	put_content(res, &file);
	return true;
}

void
static_close(struct static_site *site)
{
	cache_close(&site->cache);
}
