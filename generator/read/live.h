#ifndef GENERATOR_READ_LIVE_H
#define GENERATOR_READ_LIVE_H

struct site;

/*
 * What submitd has exported (live.db): ratings, approved reviews and seats go
 * to their programs and groups; those of programs that are gone are passed
 * over.  After site_link().  -1: logged.
 */
int live_read(struct site *s, const char *path)
    __attribute__((warn_unused_result));

#endif
