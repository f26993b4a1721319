#include "generator/options.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"

enum { JOBS_MAX = 64 };

static const char *const verb_names[VERBS] = {
	[VERB_BUILD] = "build",
	[VERB_CHECK] = "check",
	[VERB_CLEAN] = "clean",
	[VERB_VERSION] = "version",
	[VERB_HELP] = "help",
};

struct option_row {
	const char *name, *wants; /* NULL: stands alone */
	bool (*read)(struct options *o, const char *value);
	size_t at; /* of the text or the switch when read is NULL */
};

static bool
read_only(struct options *o, const char *value)
{
	o->only_html = true;
	return strcmp(value, "html") == 0;
}

static bool
read_format(struct options *o, const char *value)
{
	static const char *const names[] = {
		[DIAG_TEXT] = "text",
		[DIAG_JSON] = "json",
		[DIAG_GITHUB] = "github",
	};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (strcmp(value, names[i]) == 0) {
			o->format = (enum diag_format)i;
			return true;
		}
	return false;
}

static bool
read_lang(struct options *o, const char *value)
{
	o->lang_given = true;
	o->lang = strcmp(value, "ru") == 0 ? DIAG_RU : DIAG_EN;
	return o->lang == DIAG_RU || strcmp(value, "en") == 0;
}

static bool
read_jobs(struct options *o, const char *value)
{
	int64_t n;

	if (!str_to_int64(str_from(value), &n) || n < 1 || n > JOBS_MAX)
		return false;
	o->jobs = (int)n;
	return true;
}

/* 2026-12-05, 2026-12-05T10:00, 2026-12-05T10:00:00+09:00, 1796432400. */
static bool
read_now(struct options *o, const char *value)
{
	struct given_clock c = { .given = true };
	struct str s = str_from(value);

	c.local = date_parse(s, &c.time.date) || date_parse_local(s, &c.time);
	if (c.local)
		c.at = date_to_days(c.time.date) * DATE_DAY +
		       c.time.hour * 3600 + c.time.minute * 60 + c.time.second;
	else if (!date_parse_rfc3339(s, &c.at) &&
		 !(str_to_int64(s, &c.at) && c.at > 0))
		return false;
	o->now = c;
	return true;
}

static bool
read_base_url(struct options *o, const char *value)
{
	struct str s = str_from(value);
	struct str http = STR("http://"), https = STR("https://");

	o->base_url = value;
	if (!str_starts(s, http) && !str_starts(s, https))
		return false;
	return s.n > https.n && strpbrk(value, " \"'<>?#\\") == NULL;
}

#define AT(member) NULL, offsetof(struct options, member)

static const struct option_row rows[] = {
	{ "content", "DIR", AT(content) },
	{ "theme", "DIR", AT(theme) },
	{ "templates", "DIR", AT(templates) },
	{ "output", "DIR", AT(output) },
	{ "catalog", "FILE", AT(catalog) },
	{ "live", "FILE", AT(live) },
	{ "base-url", "URL", read_base_url, 0 },
	{ "format", "text|json|github", read_format, 0 },
	{ "lang", "ru|en", read_lang, 0 },
	{ "only", "html", read_only, 0 },
	{ "now", "TIME", read_now, 0 },
	{ "jobs", "N", read_jobs, 0 },
	{ "compress", NULL, AT(compress) },
	{ "drafts", NULL, AT(drafts) },
	{ "future", NULL, AT(future) },
	{ "quiet", NULL, AT(quiet) },
	{ "verbose", NULL, AT(verbose) },
};

void
options_help(FILE *out)
{
	fputs("usage: kruzhok VERB [--option [VALUE]] ...\nverbs:", out);
	for (size_t i = 0; i < VERBS; i++)
		fprintf(out, " %s", verb_names[i]);
	fputs("\noptions:\n", out);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		fprintf(out, "  --%s %s\n", rows[i].name,
		    rows[i].wants == NULL ? "" : rows[i].wants);
}

static bool
wrong(const char *text, const char *what)
{
	fprintf(stderr, "kruzhok: %s '%s' (kruzhok help)\n", text, what);
	return false;
}

static const struct option_row *
find_row(struct str name)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (str_eq(name, str_from(rows[i].name)))
			return &rows[i];
	return NULL;
}

static void
cut_slashes(char *path)
{
	size_t n = strlen(path);

	while (n > 1 && path[n - 1] == '/')
		path[--n] = '\0';
}

/* One option and its value; *i moves over a value that stands alone. */
static bool
read_option(struct options *o, int argc, char **argv, int *i)
{
	char *word = argv[*i], *value;
	struct str name, rest;

	str_cut(str_from(word + 2), '=', &name, &rest);
	bool glued = word[2 + name.n] == '=';
	const struct option_row *row = find_row(name);
	if (row == NULL)
		return wrong("unknown option", word);
	if (row->wants == NULL) {
		if (glued)
			return wrong("no value goes with", word);
		*(bool *)((char *)o + row->at) = true;
		return true;
	}
	if (!glued && *i + 1 >= argc)
		return wrong("a value is missing behind", word);
	value = glued ? word + 2 + name.n + 1 : argv[++*i];
	if (*value == '\0')
		return wrong("a value is missing behind", word);
	if (row->read != NULL) {
		if (row->read(o, value))
			return true;
		fprintf(stderr, "kruzhok: --%s wants %s, not '%s'\n", row->name,
		    row->wants, value);
		return false;
	}
	/* Paths in messages have one '/' behind a folder. */
	if (strcmp(row->wants, "DIR") == 0)
		cut_slashes(value);
	*(const char **)((char *)o + row->at) = value;
	return true;
}

static bool
read_verb(struct options *o, const char *word)
{
	for (size_t v = 0; v < VERBS; v++)
		if (strcmp(word, verb_names[v]) == 0 ||
		    (v >= VERB_VERSION && strncmp(word, "--", 2) == 0 &&
			strcmp(word + 2, verb_names[v]) == 0)) {
			o->verb = (enum verb)v;
			return true;
		}
	return wrong("unknown verb", word);
}

static bool
read_environment(struct options *o)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	int64_t at;

	if (epoch == NULL || *epoch == '\0')
		return true;
	if (!str_to_int64(str_from(epoch), &at) || at <= 0)
		return wrong("SOURCE_DATE_EPOCH is no time:", epoch);
	o->now = (struct given_clock){ .given = true, .at = at };
	return true;
}

bool
options_read(struct options *o, int argc, char **argv)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);

	*o = (struct options){
		.content = "content",
		.theme = "themes/default",
		.output = "public",
		.catalog = "build/catalog.db",
		.jobs = cpus < 1          ? 1
			: cpus > JOBS_MAX ? JOBS_MAX
					  : (int)cpus,
	};
	if (argc < 2) {
		options_help(stderr);
		return false;
	}
	if (!read_verb(o, argv[1]) || !read_environment(o))
		return false;
	for (int i = 2; i < argc; i++) {
		if (strncmp(argv[i], "--", 2) != 0)
			return wrong("what is", argv[i]);
		if (!read_option(o, argc, argv, &i))
			return false;
	}
	return true;
}
