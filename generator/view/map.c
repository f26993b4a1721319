#include "base/arena.h"
#include "base/buf.h"
#include "base/theme.h"
#include "base/utf8.h"
#include "generator/view/shared.h"

/*
 * The schematic map: tiles on a half-unit brick grid over smoothed rivers.
 * Drawn twice, wide with names and small with codes; the style sheet shows
 * one.
 */
struct drawing {
	double step_x, step_y; /* of the grid */
	double width, height;  /* of a tile */
	bool codes;
};

static const struct drawing wide = { 112, 66, 104, 58, false };
static const struct drawing small = { 56, 51, 53, 47, true };

enum {
	MARGIN = 4,
	LINE_CODES = 11, /* letters that fit a line of a tile in any font */
	EDGE = 4,        /* free at either end of a line */
	FEW = 10,
	MANY = 40 /* programs: the three tints */
};

static struct str
number(struct arena *a, double d)
{
	return str_format(a, "%.1f", d);
}

/* Catmull-Rom through the points, as cubic curves. */
static struct str
river_path(struct arena *a, const struct river *r, const struct drawing *d)
{
	struct buf b = { 0 };
	struct str out;

	for (size_t i = 0; i < r->points.n; i++) {
		const struct point *p = r->points.at;
		size_t n = r->points.n;

		if (i == 0) {
			buf_printf(&b, "M%.1f %.1f",
			    p[0].x * d->step_x + MARGIN,
			    p[0].y * d->step_y + MARGIN);
			continue;
		}
		struct point p0 = p[i > 1 ? i - 2 : 0], p1 = p[i - 1];
		struct point p2 = p[i], p3 = p[i + 1 < n ? i + 1 : i];

		buf_printf(&b, "C%.1f %.1f %.1f %.1f %.1f %.1f",
		    (p1.x + (p2.x - p0.x) / 6) * d->step_x + MARGIN,
		    (p1.y + (p2.y - p0.y) / 6) * d->step_y + MARGIN,
		    (p2.x - (p3.x - p1.x) / 6) * d->step_x + MARGIN,
		    (p2.y - (p3.y - p1.y) / 6) * d->step_y + MARGIN,
		    p2.x * d->step_x + MARGIN, p2.y * d->step_y + MARGIN);
	}
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

/* Two lines when one is too long and has a blank; long words are squeezed. */
static void
set_name(struct arena *a, struct value *m, const struct municipality *t,
    const struct drawing *d)
{
	struct str name = d->codes && t->code.n > 0 ? t->code : say_town(t);
	struct str first = name, rest;

	if (utf8_count(name) > LINE_CODES &&
	    str_cut(name, ' ', &first, &rest)) {
		value_set_text(a, m, "line_2", rest);
		if (utf8_count(rest) > LINE_CODES)
			value_set_text(a, m, "fit_2",
			    number(a, d->width - 2 * EDGE));
	}
	value_set_text(a, m, "line_1", first);
	if (utf8_count(first) > LINE_CODES)
		value_set_text(a, m, "fit_1", number(a, d->width - 2 * EDGE));
}

static struct value *
tile_value(const struct view *v, struct arena *a, size_t i,
    const struct drawing *d)
{
	const struct municipality *t = &v->site->municipalities.at[i];
	size_t n = v->shared->by_municipality[i].all.n;
	double x = t->tile_x * d->step_x + MARGIN;
	double y = t->tile_y * d->step_y + MARGIN;
	struct value *m = link_value(a, t->title,
	    href(v, a, STR("municipalities"), t->id, 1));

	value_set_text(a, m, "x", number(a, x));
	value_set_text(a, m, "y", number(a, y));
	value_set_text(a, m, "width", number(a, d->width));
	value_set_text(a, m, "height", number(a, d->height));
	value_set_text(a, m, "middle", number(a, x + d->width / 2));
	set_name(a, m, t, d);
	bool two = value_get(m, STR("line_2")) != NULL;
	value_set_text(a, m, "y_1",
	    number(a, y + d->height * (two ? 0.32 : 0.44)));
	value_set_text(a, m, "y_2", number(a, y + d->height * 0.58));
	value_set_text(a, m, "y_count",
	    number(a, y + d->height * (two ? 0.86 : 0.78)));
	value_set_int(a, m, "number", (int64_t)n);
	value_set_text(a, m, "count",
	    words_count(v->theme->strings, a, "program.count", (int64_t)n));
	value_set_int(a, m, "tint", n > MANY ? 3 : n > FEW ? 2 : 1);
	return m;
}

static struct value *
drawing_value(const struct view *v, struct arena *a, const struct drawing *d)
{
	const struct site *s = v->site;
	struct value *m = value_map(a), *tiles = value_list(a),
		     *rivers = value_list(a);
	double right = 0, bottom = 0;

	for (size_t i = 0; i < s->municipalities.n; i++) {
		const struct municipality *t = &s->municipalities.at[i];

		if (!t->has_tile)
			continue;
		value_add(a, tiles, tile_value(v, a, i, d));
		right = t->tile_x > right ? t->tile_x : right;
		bottom = t->tile_y > bottom ? t->tile_y : bottom;
	}
	if (value_count(tiles) == 0)
		return NULL;
	for (size_t i = 0; i < s->settings.rivers.n; i++) {
		struct value *r = value_map(a);

		value_set_text(a, r, "path",
		    river_path(a, &s->settings.rivers.at[i], d));
		value_set_bool(a, r, "first", i == 0);
		value_add(a, rivers, r);
	}
	value_set_text(a, m, "kind",
	    d->codes ? STR("map-small") : STR("map-wide"));
	value_set(a, m, STR("tiles"), tiles);
	value_set(a, m, STR("rivers"), rivers);
	value_set_text(a, m, "width",
	    number(a, right * d->step_x + d->width + 2 * MARGIN));
	/* A river may run one tile's height below the last row. */
	value_set_text(a, m, "height",
	    number(a, (bottom + 0.5) * d->step_y + d->height + 2 * MARGIN));
	return m;
}

struct value *
map_value(const struct view *v, struct arena *a)
{
	struct value *large = drawing_value(v, a, &wide), *m;

	if (large == NULL)
		return NULL;
	m = value_map(a);
	value_set(a, m, STR("wide"), large);
	value_set(a, m, STR("small"), drawing_value(v, a, &small));
	return m;
}

struct value *
municipalities_make(const struct view *v, struct arena *a,
    const struct view_page *p)
{
	struct value *page = page_new(v, a,
	    &(struct page_head){ SECTION_MAP, say(v, "map.title"),
		say(v, "map.description"),
		href(v, a, STR("municipalities"), STR("index"), 1) });

	(void)p;
	page_crumb(v, a, page, (struct str){ 0 }, (struct str){ 0 });
	share(a, page, "map", map_value(v, a));
	value_set(a, page, STR("municipalities"), municipalities_value(v, a));
	return page;
}
