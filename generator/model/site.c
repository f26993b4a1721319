#include "generator/model/site.h"

static void *
find(const struct map *by_id, const struct map *by_alias, struct str id)
{
	void *found = map_get(by_id, id);

	return found != NULL ? found : map_get(by_alias, id);
}

struct program *
site_program(const struct site *s, struct str id)
{
	return find(&s->program_by_id, &s->program_by_alias, id);
}

struct organization *
site_organization(const struct site *s, struct str id)
{
	return find(&s->organization_by_id, &s->organization_by_alias, id);
}

struct event *
site_event(const struct site *s, struct str id)
{
	return find(&s->event_by_id, &s->event_by_alias, id);
}

struct municipality *
site_municipality(const struct site *s, struct str id)
{
	return map_get(&s->municipality_by_id, id);
}

struct direction *
site_direction(const struct site *s, struct str id)
{
	return map_get(&s->direction_by_id, id);
}

struct page *
site_page(const struct site *s, enum page_kind kind, struct str id)
{
	return find(&s->page_by_id[kind], &s->page_by_alias[kind], id);
}

void
site_free(struct site *s)
{
	arena_free(&s->arena);
	*s = (struct site){ 0 };
}
