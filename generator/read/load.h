#ifndef GENERATOR_READ_LOAD_H
#define GENERATOR_READ_LOAD_H

#include <stdbool.h>
#include <stdint.h>

struct diag;
struct local_time;
struct site;

struct load_options {
	const char *content; /* the folder; paths in messages begin with it */
	int64_t now;         /* decides what is shown */
	const struct local_time *wall; /* in place of now: as the clocks of the
				 site's zone show it; or NULL */
	bool drafts;                   /* drafts too */
	bool future;                   /* what is to be published later too */
	bool lang_given;      /* d->lang is to stay; else it becomes the
				 site's */
	const char *base_url; /* in place of the site's; NULL: as it says.
				 It outlives the site */
	int jobs;             /* threads; 0 and 1: one */
};

/*
 * Reads a whole content folder into a site that is all zero, and sets the
 * process's time zone to the site's.  The author's mistakes are told in d;
 * the site is then filled as far as it can be, for site_link() to find more.
 * -1: the machine's fault, logged.
 */
int site_load(struct site *s, struct diag *d, const struct load_options *o)
    __attribute__((warn_unused_result));

#endif
