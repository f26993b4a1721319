#ifndef BASE_LOG_H
#define BASE_LOG_H

/*
 * The machine's mistakes, told where they are first seen; whoever gets -1
 * after that passes it up in silence.  One line an event on stderr:
 * LEVEL: TEXT, control characters escaped.  Safe from any thread.  Personal
 * data never goes in: ids only.
 */
enum log_level {
	LOG_LEVEL_ERROR,
	LOG_LEVEL_WARN,
	LOG_LEVEL_INFO,
	LOG_LEVEL_DEBUG
};

void log_set_level(enum log_level level);

/* With ": " and strerror(errno) behind it; errno is kept. */
void log_warn(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Without. */
void log_warnx(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_info(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void log_debug(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

#endif
