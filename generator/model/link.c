#include "generator/model/link.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "generator/model/messages.h"
#include "generator/model/site.h"
#include "generator/model/url.h"

static struct str
place_text(struct site *s, struct pos pos)
{
	return str_format(&s->arena, "%s:%d", pos.path, pos.line);
}

static void
map_municipalities(struct site *s, struct diag *d)
{
	for (size_t i = 0; i < s->municipalities.n; i++) {
		struct municipality *m = &s->municipalities.at[i];
		struct municipality *first;

		if (m->id.n == 0 ||
		    map_add(&s->municipality_by_id, &s->arena, m->id, m))
			continue;
		first = map_get(&s->municipality_by_id, m->id);
		diag_say(d, &site_messages[SITE_DOUBLED_ID], m->pos, m->id,
		    place_text(s, first->pos));
	}
}

/* Files with one id twice have been told and left out when they were read. */
static void
map_things(struct site *s)
{
	struct arena *a = &s->arena;

	for (size_t i = 0; i < s->settings.directions.n; i++) {
		struct direction *x = &s->settings.directions.at[i];
		if (x->id.n > 0)
			map_add(&s->direction_by_id, a, x->id, x);
	}
	for (size_t i = 0; i < s->organizations.n; i++) {
		struct organization *x = &s->organizations.at[i];
		map_add(&s->organization_by_id, a, x->id, x);
	}
	for (size_t i = 0; i < s->programs.n; i++) {
		struct program *x = &s->programs.at[i];
		map_add(&s->program_by_id, a, x->id, x);
	}
	for (size_t i = 0; i < s->events.n; i++) {
		struct event *x = &s->events.at[i];
		map_add(&s->event_by_id, a, x->id, x);
	}
	for (size_t i = 0; i < s->pages.n; i++) {
		struct page *x = &s->pages.at[i];
		map_add(&s->page_by_id[x->kind], a, x->id, x);
	}
}

struct alias_maps {
	struct map *ids, *aliases;
};

static struct alias_maps
maps_of(struct site *s, enum alias_kind kind)
{
	switch (kind) {
	case ALIAS_ORGANIZATION:
		return (struct alias_maps){ &s->organization_by_id,
			&s->organization_by_alias };
	case ALIAS_PROGRAM:
		return (struct alias_maps){ &s->program_by_id,
			&s->program_by_alias };
	case ALIAS_EVENT:
		return (
		    struct alias_maps){ &s->event_by_id, &s->event_by_alias };
	case ALIAS_HELP:
		return (struct alias_maps){ &s->page_by_id[PAGE_HELP],
			&s->page_by_alias[PAGE_HELP] };
	case ALIAS_NEWS:
		return (struct alias_maps){ &s->page_by_id[PAGE_NEWS],
			&s->page_by_alias[PAGE_NEWS] };
	case ALIAS_LEGAL:
	case ALIAS_KINDS:
		break;
	}
	return (struct alias_maps){ &s->page_by_id[PAGE_LEGAL],
		&s->page_by_alias[PAGE_LEGAL] };
}

static int
by_place(const void *x, const void *y)
{
	const struct alias_use *a = x, *b = y;
	int c = strcmp(a->pos.path, b->pos.path);

	if (c != 0)
		return c;
	if (a->pos.line != b->pos.line)
		return a->pos.line < b->pos.line ? -1 : 1;
	return a->pos.column < b->pos.column ? -1
					     : a->pos.column > b->pos.column;
}

/* The file of a thing that has an id or an old one. */
static struct str
file_of(enum alias_kind kind, const void *thing)
{
	switch (kind) {
	case ALIAS_ORGANIZATION:
		return str_from(((const struct organization *)thing)->pos.path);
	case ALIAS_PROGRAM:
		return str_from(((const struct program *)thing)->pos.path);
	case ALIAS_EVENT:
		return str_from(((const struct event *)thing)->pos.path);
	case ALIAS_HELP:
	case ALIAS_NEWS:
	case ALIAS_LEGAL:
	case ALIAS_KINDS:
		break;
	}
	return str_from(((const struct page *)thing)->pos.path);
}

static void
link_aliases(struct site *s, struct diag *d)
{
	/* Threads have found them in any order. */
	if (s->alias_uses.n > 1)
		qsort(s->alias_uses.at, s->alias_uses.n,
		    sizeof(*s->alias_uses.at), by_place);
	for (size_t i = 0; i < s->alias_uses.n; i++) {
		const struct alias_use *use = &s->alias_uses.at[i];
		struct alias_maps maps = maps_of(s, use->kind);
		void *thing = map_get(maps.ids, use->id);

		if (thing == NULL)
			continue;
		const void *first = map_get(maps.ids, use->old);
		if (first == NULL)
			first = map_get(maps.aliases, use->old);
		if (first == NULL)
			map_add(maps.aliases, &s->arena, use->old, thing);
		else
			diag_say(d, &site_messages[SITE_ALIAS_TAKEN], use->pos,
			    use->old, file_of(use->kind, first));
	}
}

static struct str
nearest(struct site *s, const struct map *ids, struct str id)
{
	struct str *names = arena_alloc(&s->arena, sizeof(*names), ids->n + 1);

	for (size_t i = 0; i < ids->n; i++)
		names[i] = ids->at[i].key;
	return diag_nearest(id, names, ids->n);
}

static void
tell_dangling(struct site *s, struct diag *d, const char *field,
    const struct ref *ref, const struct map *ids)
{
	diag_say(d, &site_messages[SITE_DANGLING], ref->pos, str_from(field),
	    ref->id, nearest(s, ids, ref->id));
}

static struct municipality *
link_municipality(struct site *s, struct diag *d, const struct ref *ref)
{
	struct municipality *m = NULL;

	/* An empty one has been told as missing, or may be. */
	if (ref->id.n > 0 && (m = site_municipality(s, ref->id)) == NULL)
		tell_dangling(s, d, "municipality", ref,
		    &s->municipality_by_id);
	return m;
}

static struct organization *
link_organization(struct site *s, struct diag *d, const struct ref *ref)
{
	struct organization *o = NULL;

	if (ref->id.n > 0 && (o = site_organization(s, ref->id)) == NULL)
		tell_dangling(s, d, "organization", ref,
		    &s->organization_by_id);
	return o;
}

static struct direction *
link_direction(struct site *s, struct diag *d, const struct ref *ref)
{
	struct direction *x = NULL;

	/* Without any, site.yaml is what is wrong, and has been told. */
	if (ref->id.n > 0 && s->direction_by_id.n > 0 &&
	    (x = site_direction(s, ref->id)) == NULL)
		tell_dangling(s, d, "direction", ref, &s->direction_by_id);
	return x;
}

static struct str
ages_text(struct site *s, const struct range *r)
{
	struct arena *a = &s->arena;

	if (r->max == NOT_GIVEN)
		return str_format(a, "%d+", r->min);
	if (r->min == NOT_GIVEN)
		return str_format(a, "0-%d", r->max);
	return str_format(a, "%d-%d", r->min, r->max);
}

/* Told already. */
static bool
is_crossed(const struct range *r)
{
	return r->min != NOT_GIVEN && r->max != NOT_GIVEN && r->min > r->max;
}

/* What a part does not say of its ages, the whole does. */
static void
link_ages(struct site *s, struct diag *d, struct range *part,
    const struct range *whole)
{
	int ages[2] = { part->min, part->max };
	struct pos places[2] = { part->pos_min, part->pos_max };

	for (int i = 0; i < 2 && !is_crossed(part) && !is_crossed(whole); i++) {
		if (ages[i] == NOT_GIVEN ||
		    ((whole->min == NOT_GIVEN || ages[i] >= whole->min) &&
			(whole->max == NOT_GIVEN || ages[i] <= whole->max)))
			continue;
		diag_say(d, &site_messages[SITE_AGE_OUTSIDE], places[i],
		    str_format(&s->arena, "%d", ages[i]), ages_text(s, whole));
	}
	if (part->min == NOT_GIVEN && part->max == NOT_GIVEN)
		*part = *whole;
}

static void
link_program(struct site *s, struct diag *d, struct program *p)
{
	struct organization *o = link_organization(s, d, &p->organization_ref);

	p->organization = o;
	p->direction = link_direction(s, d, &p->direction_ref);
	p->municipality = link_municipality(s, d, &p->municipality_ref);
	if (p->municipality_ref.id.n == 0 && o != NULL)
		p->municipality = o->municipality;
	for (size_t i = 0; i < p->groups.n; i++)
		link_ages(s, d, &p->groups.at[i].age, &p->age);
	if (o != NULL && !o->verified && p->funding & FUNDING_CERTIFICATE)
		diag_say(d, &site_messages[SITE_UNVERIFIED], p->pos_certificate,
		    o->id);
	if (o != NULL)
		o->programs++;
	if (p->direction != NULL)
		p->direction->programs++;
	if (p->municipality != NULL)
		p->municipality->programs++;
}

static void
link_event(struct site *s, struct diag *d, struct event *e)
{
	struct organization *o = link_organization(s, d, &e->organization_ref);

	e->organization = o;
	e->direction = link_direction(s, d, &e->direction_ref);
	e->municipality = link_municipality(s, d, &e->municipality_ref);
	if (e->municipality_ref.id.n == 0 && o != NULL)
		e->municipality = o->municipality;
	for (size_t i = 0; i < e->categories.n; i++)
		link_ages(s, d, &e->categories.at[i].age, &e->age);
	if (o != NULL)
		o->events++;
	if (e->municipality != NULL)
		e->municipality->events++;
}

static void
check_link(struct site *s, struct diag *d, const struct link_use *use)
{
	struct str path = use->path;

	if (use->media) {
		if (map_get(&s->media, path) == NULL)
			diag_say(d, &site_messages[SITE_NO_MEDIA], use->pos,
			    path, nearest(s, &s->media, path));
		return;
	}
	if (url_leads(s, path))
		return;
	if (map_get(&s->left_out, path) != NULL)
		diag_say(d, &site_messages[SITE_LEFT_OUT], use->pos, path);
	else
		diag_say(d, &site_messages[SITE_DEAD_LINK], use->pos, path,
		    url_nearest(&s->arena, s, path));
}

void
site_link(struct site *s, struct diag *d)
{
	map_municipalities(s, d);
	map_things(s);
	link_aliases(s, d);
	for (size_t i = 0; i < s->organizations.n; i++) {
		struct organization *o = &s->organizations.at[i];

		o->municipality = link_municipality(s, d, &o->municipality_ref);
		if (o->municipality != NULL)
			o->municipality->organizations++;
	}
	for (size_t i = 0; i < s->programs.n; i++)
		link_program(s, d, &s->programs.at[i]);
	for (size_t i = 0; i < s->events.n; i++)
		link_event(s, d, &s->events.at[i]);
	for (size_t i = 0; i < s->links.n; i++)
		check_link(s, d, &s->links.at[i]);
}
