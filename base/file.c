#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/log.h"

enum { MODE_FILE = 0644, MODE_FOLDER = 0755 };

/* Reads n bytes, or what there is; -1 on an error. */
static ssize_t
read_all(int fd, char *p, size_t n)
{
	size_t done = 0;

	while (done < n) {
		ssize_t r = read(fd, p + done, n - done);

		if (r == -1 && errno == EINTR)
			continue;
		if (r == -1)
			return -1;
		if (r == 0)
			break;
		done += (size_t)r;
	}
	return (ssize_t)done;
}

static int
write_all(int fd, struct str text)
{
	for (size_t done = 0; done < text.n;) {
		ssize_t w = write(fd, text.p + done, text.n - done);

		if (w == -1 && errno == EINTR)
			continue;
		if (w == -1)
			return -1;
		done += (size_t)w;
	}
	return 0;
}

enum file_rc
file_read(struct arena *a, const char *path, size_t max, struct str *out)
{
	struct stat st;
	enum file_rc rc = FILE_FAILED;

	/* Not blocking: a pipe in a content folder must not stop us. */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd == -1 && (errno == ENOENT || errno == ENOTDIR))
		return FILE_MISSING;
	if (fd == -1) {
		log_warn("open %s", path);
		return FILE_FAILED;
	}
	if (fstat(fd, &st) == -1) {
		log_warn("stat %s", path);
		goto done;
	}
	if (!S_ISREG(st.st_mode)) {
		log_warnx("%s: not a regular file", path);
		goto done;
	}
	if ((uint64_t)st.st_size > max) {
		rc = FILE_TOO_BIG;
		goto done;
	}
	char *p = arena_alloc(a, 1, (size_t)st.st_size + 1);
	ssize_t n = read_all(fd, p, (size_t)st.st_size);
	if (n == -1) {
		log_warn("read %s", path);
		goto done;
	}
	*out = (struct str){ p, (size_t)n };
	rc = FILE_OK;
done:
	close(fd);
	return rc;
}

enum file_match
file_match(const char *path, struct str text)
{
	char chunk[16384];
	struct stat st;
	enum file_match match = FILE_OTHER;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

	if (fd == -1)
		return errno == ENOENT || errno == ENOTDIR ? FILE_NONE
							   : FILE_OTHER;
	if (fstat(fd, &st) == -1 || !S_ISREG(st.st_mode) ||
	    (uint64_t)st.st_size != text.n)
		goto done;
	for (size_t at = 0; at < text.n;) {
		size_t want = text.n - at;

		if (want > sizeof(chunk))
			want = sizeof(chunk);
		if (read_all(fd, chunk, want) != (ssize_t)want ||
		    memcmp(chunk, text.p + at, want) != 0)
			goto done;
		at += want;
	}
	match = FILE_SAME;
	/* Best effort: the bytes are what counts. */
	if ((st.st_mode & 07777) != MODE_FILE && fchmod(fd, MODE_FILE) == -1)
		log_debug("%s: mode not changed", path);
done:
	close(fd);
	return match;
}

int
file_create(const char *path, struct str text)
{
	int flags = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
	int fd = open(path, flags, MODE_FILE);

	if (fd == -1 && errno == EEXIST && unlink(path) == 0)
		fd = open(path, flags, MODE_FILE);
	if (fd == -1) {
		log_warn("open %s", path);
		return -1;
	}
	bool ok = fchmod(fd, MODE_FILE) == 0 && write_all(fd, text) == 0;
	if (!ok)
		log_warn("write %s", path);
	if (close(fd) == -1 && ok) {
		log_warn("write %s", path);
		ok = false;
	}
	if (!ok)
		unlink(path);
	return ok ? 0 : -1;
}

enum file_change
file_write_changed(const char *path, struct str text)
{
	static atomic_uint count;
	struct arena a = { 0 };

	if (file_match(path, text) == FILE_SAME)
		return FILE_UNCHANGED;
	struct str temporary = str_format(&a, "%s.tmp-%ld-%u", path,
	    (long)getpid(), atomic_fetch_add(&count, 1));
	enum file_change change = FILE_FAILURE;
	if (file_create(temporary.p, text) == 0) {
		change = FILE_WRITTEN;
		if (rename(temporary.p, path) == -1) {
			log_warn("rename %s", path);
			unlink(temporary.p);
			change = FILE_FAILURE;
		}
	}
	arena_free(&a);
	return change;
}

static int
make_dir(const char *path)
{
	struct stat st;

	if (mkdir(path, MODE_FOLDER) == 0) {
		if (chmod(path, MODE_FOLDER) == 0)
			return 0;
		log_warn("chmod %s", path);
		return -1;
	}
	int saved = errno;
	if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
		return 0;
	errno = saved;
	log_warn("mkdir %s", path);
	return -1;
}

int
file_make_dirs(const char *path)
{
	struct arena a = { 0 };
	char *part = str_c(&a, str_from(path));
	int rc = 0;

	for (char *at = part + 1; *part != '\0' && *at != '\0'; at++) {
		if (*at != '/')
			continue;
		*at = '\0';
		rc = make_dir(part);
		*at = '/';
		if (rc == -1)
			break;
	}
	if (rc == 0)
		rc = make_dir(part);
	arena_free(&a);
	return rc;
}

const char *
file_join(struct arena *a, const char *root, struct str relative)
{
	struct str part, rest = relative;
	bool more = true;

	if (str_find_char(relative, '\\') >= 0 ||
	    str_find_char(relative, '\0') >= 0)
		return NULL;
	while (more) {
		more = str_cut(rest, '/', &part, &rest);
		if (part.n == 0 || str_eq(part, STR(".")) ||
		    str_eq(part, STR("..")))
			return NULL;
	}
	return str_format(a, "%s/%.*s", root, STR_ARG(relative)).p;
}

struct folders {
	VEC(struct str) paths; /* below the root; "" is the root itself */
};

static int
add_entry(struct arena *a, int dir, const char *root, struct str path,
    const char *name, struct file_list *out, struct folders *folders)
{
	struct stat st;

	if (fstatat(dir, name, &st, AT_SYMLINK_NOFOLLOW) == -1) {
		if (errno == ENOENT)
			return 0; /* gone since it was listed */
		log_warn("stat %s/%s", root, path.p);
		return -1;
	}
	if (S_ISDIR(st.st_mode)) {
		*VEC_PUSH(a, &folders->paths) = path;
		return 0;
	}
	if (!S_ISREG(st.st_mode) && !S_ISLNK(st.st_mode))
		return 0;
	*VEC_PUSH(a, &out->files) = (struct file_entry){
		.path = path,
		.size = st.st_size,
		.mtime_ns = (int64_t)st.st_mtim.tv_sec * 1000000000 +
			    st.st_mtim.tv_nsec,
		.symlink = S_ISLNK(st.st_mode),
	};
	return 0;
}

static int
walk_folder(struct arena *a, const char *root, struct str folder,
    struct file_list *out, struct folders *folders)
{
	struct arena scratch = { 0 };
	const char *path = root;
	struct dirent *e;
	int rc = 0;

	if (folder.n > 0)
		path = str_format(&scratch, "%s/%s", root, folder.p).p;
	DIR *dir = opendir(path);
	if (dir == NULL && errno == ENOENT)
		goto done;
	if (dir == NULL) {
		log_warn("open %s", path);
		rc = -1;
		goto done;
	}
	while (rc == 0 && (errno = 0, e = readdir(dir)) != NULL) {
		if (e->d_name[0] == '.')
			continue;
		struct str below =
		    folder.n == 0 ? str_dup(a, str_from(e->d_name))
				  : str_format(a, "%s/%s", folder.p, e->d_name);
		rc = add_entry(a, dirfd(dir), root, below, e->d_name, out,
		    folders);
	}
	if (rc == 0 && errno != 0) {
		log_warn("read %s", path);
		rc = -1;
	}
	closedir(dir);
done:
	arena_free(&scratch);
	return rc;
}

static int
by_path(const void *x, const void *y)
{
	const struct file_entry *a = x, *b = y;

	return str_cmp(a->path, b->path);
}

int
file_walk(struct arena *a, const char *root, struct file_list *out)
{
	struct folders folders = { 0 };

	*out = (struct file_list){ 0 };
	*VEC_PUSH(a, &folders.paths) = STR("");
	for (size_t i = 0; i < folders.paths.n; i++)
		if (walk_folder(a, root, folders.paths.at[i], out, &folders) ==
		    -1)
			return -1;
	if (out->files.n > 1)
		qsort(out->files.at, out->files.n, sizeof(*out->files.at),
		    by_path);
	return 0;
}
