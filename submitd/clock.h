#ifndef SUBMITD_CLOCK_H
#define SUBMITD_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

/*
 * The one place where the daemon learns what time it is.  The turn reads it
 * once and hands it on as a number.  Deadlines and measures use the
 * monotonic clock, which never says what day it is.
 */
struct clock {
	const char *file; /* RFC 3339 text that holds the clock, or NULL */
	int64_t offset;   /* seconds between us and the machine */
	int64_t last;     /* what FILE said last */
};

/*
 * now: RFC 3339, the clock starts there and runs; file: it stands at the text
 * of that file, which may change.  Either or both may be NULL.  -1: logged.
 */
int clock_set(struct clock *c, const char *now, const char *file)
    __attribute__((warn_unused_result));

/* Epoch seconds.  A file that cannot be read keeps what it said last. */
int64_t clock_now(struct clock *c);

/* Milliseconds and microseconds from some start, never backwards. */
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);

#endif
