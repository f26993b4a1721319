#ifndef GENERATOR_WRITE_SUMMARY_H
#define GENERATOR_WRITE_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "base/diag.h"

struct output;
struct pages;
struct site;

/* What the time of a build went to. */
enum phase {
	PHASE_READ,
	PHASE_SEARCH,
	PHASE_RENDER,
	PHASE_CATALOG,
	PHASE_PUBLISH,
	PHASES
};

struct summary {
	enum diag_lang lang;
	int64_t started; /* of the phase that runs, nanoseconds */
	int64_t spent[PHASES];
};

/* Begins to count; each call of summary_phase() ends one phase. */
void summary_start(struct summary *s);
void summary_phase(struct summary *s, enum phase p);

/*
 * Files by kind, what was left out and why, time by phase.  The last line is
 * alone when quiet.
 */
void summary_print(const struct summary *s, FILE *f, const struct site *site,
    const struct pages *p, const struct output *out, bool quiet);

#endif
