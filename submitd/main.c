#include <stdio.h>
#include <string.h>

#include "submitd/config.h"
#include "submitd/verbs.h"

#ifndef VERSION
#define VERSION "0.2"
#endif

static int
verb_version(struct config *c)
{
	(void)c;
	puts("submitd " VERSION);
	return EXIT_OK;
}

static const struct verb {
	const char *name, *second;
	int (*run)(struct config *c);
	const char *usage;
} verbs[] = {
	{ "serve", NULL, verb_serve, "" },
	{ "migrate", NULL, verb_migrate, "" },
	{ "user", "add", verb_user_add,
	    " --role organizer|operator|admin --email E\n"
	    "            [--organization ID] [--municipality ID]" },
	{ "due", NULL, verb_due, "" },
	{ "export", NULL, verb_export, " --output FILE" },
	{ "backup", NULL, verb_backup, " FILE" },
	{ "check", NULL, verb_check, "" },
	{ "demo", NULL, verb_demo,
	    " [--example] [--guardians N --children M --sessions FILE]" },
	{ "version", NULL, verb_version, "" },
};

enum { VERBS = sizeof(verbs) / sizeof(verbs[0]) };

static int
usage(void)
{
	fputs("usage:\n", stderr);
	for (size_t i = 0; i < VERBS; i++)
		fprintf(stderr, "    submitd %s%s%s%s\n", verbs[i].name,
		    verbs[i].second != NULL ? " " : "",
		    verbs[i].second != NULL ? verbs[i].second : "",
		    verbs[i].usage);
	fputs("each with the options of submitd(8)\n", stderr);
	return EXIT_USAGE;
}

static const struct verb *
find_verb(int argc, char *const *argv)
{
	for (size_t i = 0; argc > 1 && i < VERBS; i++) {
		const struct verb *v = &verbs[i];

		if (strcmp(argv[1], v->name) == 0 &&
		    (v->second == NULL ||
			(argc > 2 && strcmp(argv[2], v->second) == 0)))
			return v;
	}
	return NULL;
}

int
main(int argc, char **argv)
{
	const struct verb *verb = find_verb(argc, argv);
	struct config config;
	int words, rc;

	if (verb == NULL)
		return usage();
	words = verb->second != NULL ? 3 : 2;
	rc = EXIT_USAGE;
	if (config_read(&config, argc - words, argv + words) == 0 &&
	    config_check(&config) == 0)
		rc = verb->run(&config);
	config_free(&config);
	return rc;
}
