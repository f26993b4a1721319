#include "submitd/clock.h"

#include <stddef.h>
#include <time.h>

#include "base/arena.h"
#include "base/date.h"
#include "base/file.h"
#include "base/log.h"

enum { CLOCK_FILE_MAX = 128 };

static bool
read_file(const char *path, int64_t *out)
{
	struct arena arena = { 0 };
	struct str text;
	bool ok = file_read(&arena, path, CLOCK_FILE_MAX, &text) == FILE_OK &&
		  date_parse_rfc3339(str_trim(text), out);

	arena_free(&arena);
	return ok;
}

static int64_t
machine(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return ts.tv_sec;
}

int
clock_set(struct clock *c, const char *now, const char *file)
{
	int64_t at;

	*c = (struct clock){ .file = file };
	if (file != NULL) {
		if (read_file(file, &c->last))
			return 0;
		log_warnx("--clock %s: wants a file with an RFC 3339 time",
		    file);
		return -1;
	}
	if (now == NULL)
		return 0;
	if (!date_parse_rfc3339(str_from(now), &at)) {
		log_warnx("--now wants an RFC 3339 time, not '%s'", now);
		return -1;
	}
	c->offset = at - machine();
	return 0;
}

int64_t
clock_now(struct clock *c)
{
	int64_t at;

	if (c->file == NULL)
		return machine() + c->offset;
	if (read_file(c->file, &at))
		c->last = at;
	return c->last;
}

int64_t
clock_monotonic_us(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000000 + ts.tv_nsec / 1000;
}

int64_t
clock_monotonic_ms(void)
{
	return clock_monotonic_us() / 1000;
}
