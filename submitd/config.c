#include "submitd/config.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/log.h"
#include "base/schema.h"
#include "base/yaml.h"
#include "submitd/mail/compose.h"
#include "submitd/pages/origin.h"

enum { PATH_MAX_LENGTH = 4000, LIMIT_MAX = 1000000 };

#define TEXT(member) \
	{ \
		.name = #member, .kind = FIELD_TEXT, \
		.at = offsetof(struct config, member), .max = PATH_MAX_LENGTH \
	}

static schema_read_fn read_limits;

/* What stands in the file; each text is an option, too. */
static const struct field config_fields[] = {
	TEXT(listen),
	TEXT(database),
	TEXT(catalog),
	TEXT(theme),
	TEXT(templates),
	TEXT(public),
	TEXT(mail),
	TEXT(mail_from),
	TEXT(base_url),
	TEXT(trust_proxy),
	{ .name = "limits",
	    .kind = FIELD_CUSTOM,
	    .at = offsetof(struct config, limits),
	    .read = read_limits },
};

static const struct schema config_schema = {
	SCHEMA_FIELDS(config_fields),
	.size = sizeof(struct config),
};

/* What only the command line knows. */
static const struct {
	const char *name;
	size_t at;
	bool flag; /* stands alone, without a value */
} options[] = {
	{ "config", offsetof(struct config, config), false },
	{ "now", offsetof(struct config, now), false },
	{ "clock", offsetof(struct config, clock), false },
	{ "limits", offsetof(struct config, limits_off), false },
	{ "role", offsetof(struct config, role), false },
	{ "email", offsetof(struct config, email), false },
	{ "organization", offsetof(struct config, organization), false },
	{ "municipality", offsetof(struct config, municipality), false },
	{ "output", offsetof(struct config, output), false },
	{ "guardians", offsetof(struct config, guardians), false },
	{ "children", offsetof(struct config, children), false },
	{ "sessions", offsetof(struct config, sessions), false },
	{ "example", offsetof(struct config, example), true },
};

/* --- the file ----------------------------------------------------------- */

/* limits: one whole number each; 0 is off. */
static void
read_limits(struct schema_run *run, const struct field *f,
    const struct node *value, void *at)
{
	struct limit_rule *rules = at;
	struct field fields[LIMITS];
	int counts[LIMITS];
	size_t n = 0;

	if (!schema_is_mapping(run, f->name, value))
		return;
	for (size_t i = LIMIT_NONE + 1; i < LIMITS; i++) {
		counts[i] = rules[i].burst;
		fields[n++] = (struct field){ .name = limit_names[i].name,
			.kind = FIELD_WHOLE,
			.max = LIMIT_MAX,
			.at = i * sizeof(counts[0]) };
	}
	struct schema schema = { .fields = fields,
		.n = n,
		.size = sizeof(counts) };

	schema_read(run, &schema, value, counts);
	for (size_t i = LIMIT_NONE + 1; i < LIMITS; i++)
		rules[i].burst = counts[i];
}

static int
read_file(struct config *c, const char *path)
{
	struct diag diag = { .lang = DIAG_EN };
	struct schema_run run = { .arena = &c->arena, .diag = &diag };
	struct node *root = NULL;
	int rc = yaml_load(&c->arena, &diag, path, &root);

	if (rc == 0 && root != NULL && !node_is_null(root))
		schema_read(&run, &config_schema, root, c);
	if (diag.errors > 0) {
		diag_print(&diag, stderr, DIAG_TEXT);
		rc = -1;
	}
	diag_free(&diag);
	return rc;
}

/* --- the command line --------------------------------------------------- */

/* --base-url is base_url in the file. */
static bool
same_name(struct str option, const char *field)
{
	if (option.n != strlen(field))
		return false;
	for (size_t i = 0; i < option.n; i++) {
		if (option.p[i] != (field[i] == '_' ? '-' : field[i]))
			return false;
	}
	return true;
}

static struct str *
member(struct config *c, size_t at)
{
	return (struct str *)(void *)((char *)c + at);
}

static struct str *
find_option(struct config *c, struct str name)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (same_name(name, options[i].name))
			return member(c, options[i].at);
	}
	for (size_t i = 0; i < config_schema.n; i++) {
		if (config_fields[i].kind == FIELD_TEXT &&
		    same_name(name, config_fields[i].name))
			return member(c, config_fields[i].at);
	}
	return NULL;
}

static bool
is_flag(struct str name)
{
	for (size_t i = 0; i < sizeof(options) / sizeof(options[0]); i++) {
		if (options[i].flag && same_name(name, options[i].name))
			return true;
	}
	return false;
}

/* One option at argv[*i] into a config; -1: told. */
static int
read_option(struct config *c, int argc, char *const *argv, int *i)
{
	struct str arg = str_from(argv[*i]);
	struct str name, value;
	struct str *to;

	if (!str_starts(arg, STR("--"))) {
		if (c->operand.n > 0) {
			log_warnx("one operand too many: %s", argv[*i]);
			return -1;
		}
		c->operand = arg;
		return 0;
	}
	bool whole = str_cut(str_slice(arg, 2, arg.n), '=', &name, &value);

	to = find_option(c, name);
	if (to == NULL) {
		log_warnx("unknown option --%.*s", STR_ARG(name));
		return -1;
	}
	if (is_flag(name)) {
		if (whole) {
			log_warnx("--%.*s takes no value", STR_ARG(name));
			return -1;
		}
		*to = STR("yes");
		return 0;
	}
	if (!whole) {
		if (*i + 1 >= argc) {
			log_warnx("--%.*s wants a value", STR_ARG(name));
			return -1;
		}
		value = str_from(argv[++*i]);
	}
	*to = value;
	return 0;
}

static int
read_options(struct config *c, int argc, char *const *argv)
{
	c->operand = (struct str){ 0 };
	for (int i = 0; i < argc; i++) {
		if (read_option(c, argc, argv, &i) == -1)
			return -1;
	}
	return 0;
}

static void
set_defaults(struct config *c)
{
	c->listen = STR("127.0.0.1:8080");
	c->database = STR("sqlite:var/kruzhok.db");
	c->catalog = STR("build/catalog.db");
	c->theme = STR("themes/default");
	for (size_t i = 0; i < LIMITS; i++)
		c->limits[i] = limit_names[i].rule;
}

int
config_read(struct config *c, int argc, char *const *argv)
{
	*c = (struct config){ 0 };
	set_defaults(c);
	/* Once to find the file, once more because an option wins over it. */
	if (read_options(c, argc, argv) == -1)
		return -1;
	if (c->config.n > 0 &&
	    (read_file(c, str_c(&c->arena, c->config)) == -1 ||
		read_options(c, argc, argv) == -1))
		return -1;
	while (str_ends(c->base_url, STR("/")))
		c->base_url.n--;
	if (c->limits_off.n == 0)
		return 0;
	if (!str_eq(c->limits_off, STR("off"))) {
		log_warnx("--limits wants 'off'");
		return -1;
	}
	for (size_t i = 0; i < LIMITS; i++)
		c->limits[i].burst = 0;
	return 0;
}

/* --- what may be -------------------------------------------------------- */

static bool
is_socket(const struct config *c)
{
	return str_starts(c->listen, STR("unix:"));
}

bool
config_is_local(const struct config *c)
{
	return is_socket(c) || str_starts(c->listen, STR("127.")) ||
	       origin_is_loopback(c->listen);
}

bool
config_is_https(const struct config *c)
{
	return str_starts(c->base_url, STR("https://"));
}

static int
refuse(const char *why)
{
	log_warnx("%s", why);
	return -1;
}

static int
check_base_url(const struct config *c)
{
	struct str host = origin_host(c->base_url);
	bool http = str_starts(c->base_url, STR("http://"));

	if (c->base_url.n == 0) {
		if (is_socket(c) || !config_is_local(c))
			return refuse(
			    "base_url is wanted when not on loopback");
		return 0;
	}
	if ((!http && !config_is_https(c)) || host.n == 0 ||
	    c->base_url.n != host.n + (http ? 7 : 8))
		return refuse("base_url wants https://HOST, nothing behind it");
	/* A session's cookie must not travel in clear. */
	if (http && !(config_is_local(c) &&
			(!is_socket(c) || origin_is_loopback(host))))
		return refuse("base_url must be https when not on loopback");
	return 0;
}

int
config_check(const struct config *c)
{
	if (check_base_url(c) == -1)
		return -1;
	if ((c->now.n > 0 || c->clock.n > 0) && !config_is_local(c))
		return refuse("--now and --clock only on loopback or a socket");
	if (c->limits_off.n > 0 && !config_is_local(c))
		return refuse("--limits off only on loopback or a socket");
	if (c->mail.n > 0 && !str_starts(c->mail, STR("file:")) &&
	    !str_starts(c->mail, STR("smtp://")) &&
	    !str_starts(c->mail, STR("smtps://")))
		return refuse("mail wants smtp://HOST:PORT or file:DIR");
	if (c->mail_from.n > 0 && !compose_address_ok(c->mail_from))
		return refuse("mail_from wants an address");
	return 0;
}

const char *
config_text(struct config *c, struct str s)
{
	return s.n > 0 ? str_c(&c->arena, s) : NULL;
}

void
config_free(struct config *c)
{
	arena_free(&c->arena);
}
