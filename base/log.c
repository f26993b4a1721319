#include "base/log.h"

#include <errno.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { LINE_SIZE = 2048 };

static atomic_int highest = LOG_LEVEL_INFO;

static const char *const names[] = {
	[LOG_LEVEL_ERROR] = "error",
	[LOG_LEVEL_WARN] = "warning",
	[LOG_LEVEL_INFO] = "info",
	[LOG_LEVEL_DEBUG] = "debug",
};

void
log_set_level(enum log_level level)
{
	atomic_store(&highest, (int)level);
}

/* Copies with control characters as \xNN; returns the length. */
static size_t
copy_escaped(char *out, size_t size, const char *s)
{
	static const char digits[] = "0123456789abcdef";
	size_t n = 0;

	for (; *s != '\0' && n + 4 < size; s++) {
		unsigned char c = (unsigned char)*s;

		if (c >= 0x20 && c != 0x7f) {
			out[n++] = *s;
			continue;
		}
		out[n++] = '\\';
		out[n++] = 'x';
		out[n++] = digits[c >> 4];
		out[n++] = digits[c & 15];
	}
	return n;
}

static void put_line(enum log_level level, const char *error, const char *fmt,
    va_list ap) __attribute__((format(printf, 3, 0)));

/* One write a line, so that lines of threads do not mix. */
static void
put_line(enum log_level level, const char *error, const char *fmt, va_list ap)
{
	char text[LINE_SIZE], line[LINE_SIZE + 256];

	if ((int)level > atomic_load(&highest))
		return;
	vsnprintf(text, sizeof(text), fmt, ap);
	size_t n = (size_t)snprintf(line, sizeof(line), "%s: ", names[level]);
	n += copy_escaped(line + n, sizeof(line) - n - 160, text);
	if (error != NULL)
		n += (size_t)snprintf(line + n, 128, ": %.120s", error);
	line[n++] = '\n';
	for (size_t done = 0; done < n;) {
		ssize_t w = write(STDERR_FILENO, line + done, n - done);

		if (w == -1 && errno == EINTR)
			continue;
		if (w <= 0)
			return;
		done += (size_t)w;
	}
}

void
log_warn(const char *fmt, ...)
{
	int saved = errno;
	char room[128] = "";
	va_list ap;

	if (strerror_r(saved, room, sizeof(room)) != 0)
		snprintf(room, sizeof(room), "error %d", saved);
	va_start(ap, fmt);
	put_line(LOG_LEVEL_WARN, room, fmt, ap);
	va_end(ap);
	errno = saved;
}

void
log_warnx(const char *fmt, ...)
{
	int saved = errno;
	va_list ap;

	va_start(ap, fmt);
	put_line(LOG_LEVEL_WARN, NULL, fmt, ap);
	va_end(ap);
	errno = saved;
}

void
log_info(const char *fmt, ...)
{
	int saved = errno;
	va_list ap;

	va_start(ap, fmt);
	put_line(LOG_LEVEL_INFO, NULL, fmt, ap);
	va_end(ap);
	errno = saved;
}

void
log_debug(const char *fmt, ...)
{
	int saved = errno;
	va_list ap;

	va_start(ap, fmt);
	put_line(LOG_LEVEL_DEBUG, NULL, fmt, ap);
	va_end(ap);
	errno = saved;
}
