#ifndef GENERATOR_OPTIONS_H
#define GENERATOR_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/date.h"
#include "base/diag.h"

enum verb {
	VERB_BUILD,
	VERB_CHECK,
	VERB_CLEAN,
	VERB_VERSION,
	VERB_HELP,
	VERBS
};

/* A clock that is given: a moment, or a time in the zone of the site. */
struct given_clock {
	bool given, local;
	int64_t at; /* of a local one: as if the zone were UTC */
	struct local_time time;
};

struct options {
	enum verb verb;
	const char *content, *theme, *templates, *output, *catalog, *live,
	    *base_url; /* templates, live, base_url: NULL when not given */
	bool only_html, compress, drafts, future, quiet, verbose;
	int jobs;
	struct given_clock now;
	enum diag_format format;
	bool lang_given;
	enum diag_lang lang;
};

/*
 * The command line and SOURCE_DATE_EPOCH.  False: it cannot be meant, which is
 * told on stderr.
 */
bool options_read(struct options *o, int argc, char **argv);

void options_help(FILE *out);

#endif
