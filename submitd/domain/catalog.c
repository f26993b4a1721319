#include "submitd/domain/catalog.h"

#include <stdio.h>

/* The new name behind an old one, or the same name. */
static struct str
current(const struct catalog *c, const char *kind, struct str id)
{
	enum { NAME_MAX_BYTES = 200 };
	char name[NAME_MAX_BYTES];
	const struct str *now;
	int n;

	if (id.n == 0 || id.n > NAME_MAX_BYTES / 2)
		return id;
	n = snprintf(name, sizeof(name), "%s %.*s", kind, STR_ARG(id));
	if (n < 0 || (size_t)n >= sizeof(name))
		return id;
	now = map_get(&c->aliases, (struct str){ name, (size_t)n });
	return now != NULL ? *now : id;
}

static void *
find(const struct catalog *c, const struct map *m, const char *kind,
    struct str id)
{
	void *found = map_get(m, id);

	return found != NULL ? found : map_get(m, current(c, kind, id));
}

const struct catalog_program *
catalog_program(const struct catalog *c, struct str id)
{
	return find(c, &c->programs, "program", id);
}

static const struct catalog_group *
group_of(const struct catalog_program *p, struct str id)
{
	for (size_t i = 0; i < p->groups.n; i++)
		if (str_eq(p->groups.at[i]->id, id))
			return p->groups.at[i];
	return NULL;
}

const struct catalog_group *
catalog_group(const struct catalog *c, struct str program, struct str id)
{
	const struct catalog_program *p = catalog_program(c, program);
	const struct catalog_group *g;
	struct str now, head, tail;
	char old[200];
	int n;

	if (p == NULL || (g = group_of(p, id)) != NULL)
		return p != NULL ? g : NULL;
	n = snprintf(old, sizeof(old), "%.*s/%.*s", STR_ARG(p->id),
	    STR_ARG(id));
	if (n < 0 || (size_t)n >= sizeof(old))
		return NULL;
	now = current(c, "group", (struct str){ old, (size_t)n });
	return group_of(p, str_cut(now, '/', &head, &tail) ? tail : head);
}

const struct catalog_event *
catalog_event(const struct catalog *c, struct str id)
{
	return find(c, &c->events, "event", id);
}

const struct catalog_category *
catalog_category(const struct catalog_event *e, struct str id)
{
	for (size_t i = 0; i < e->categories.n; i++)
		if (str_eq(e->categories.at[i].id, id))
			return &e->categories.at[i];
	return NULL;
}

const struct catalog_organization *
catalog_organization(const struct catalog *c, struct str id)
{
	return find(c, &c->organizations, "organization", id);
}

const struct catalog_municipality *
catalog_municipality(const struct catalog *c, struct str id)
{
	return map_get(&c->municipalities, id);
}

static struct str
text_of(const struct map *m, const char *name)
{
	const struct str *s = map_get(m, str_from(name));

	return s != NULL ? *s : STR("");
}

struct str
catalog_setting(const struct catalog *c, const char *name)
{
	return text_of(&c->settings, name);
}

struct str
catalog_asset(const struct catalog *c, const char *name)
{
	return text_of(&c->assets, name);
}

int64_t
catalog_nominal(const struct catalog_municipality *m, int year)
{
	for (size_t i = 0; i < m->nominals.n; i++)
		if (m->nominals.at[i].year == year)
			return m->nominals.at[i].amount;
	return -1;
}

bool
catalog_working_day(const struct catalog *c, struct date d)
{
	enum { SATURDAY = 5 };
	size_t low = 0, high = c->holidays.n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = date_cmp(c->holidays.at[middle].date, d);

		if (order == 0)
			return c->holidays.at[middle].working;
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return date_weekday(d) < SATURDAY;
}
