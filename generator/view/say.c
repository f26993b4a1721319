#include "base/arena.h"
#include "base/buf.h"
#include "base/map.h"
#include "base/theme.h"
#include "base/utf8.h"
#include "generator/model/url.h"
#include "generator/view/shared.h"

struct str
say(const struct view *v, const char *key)
{
	return words(v->theme->strings, key);
}

struct str
say_join(struct arena *a, struct str left, struct str sep, struct str right)
{
	if (left.n == 0)
		return right;
	if (right.n == 0)
		return left;
	return str_join(a, 3, (struct str[]){ left, sep, right });
}

struct str
say_range(const struct view *v, struct arena *a, struct date from,
    struct date to)
{
	const struct strings *s = v->theme->strings;
	struct str left = { 0 }, right = { 0 };

	/* A year that both have is said once, at the end. */
	if (from.year != 0)
		left = words_date(s, a, from,
		    from.year == to.year ? to : v->site->today);
	if (to.year != 0)
		right = words_date(s, a, to, v->site->today);
	if (from.year != 0 && date_cmp(from, to) == 0)
		return right;
	if (to.year == 0 && from.year != 0)
		return words_fill(s, a, "group.from", 1,
		    (struct str[]){ STR("date"), left });
	if (from.year == 0 && to.year != 0)
		return words_fill(s, a, "group.until", 1,
		    (struct str[]){ STR("date"), right });
	/* One month is said once, if the day leads: "10–12 декабря". */
	if (from.year == to.year && from.month == to.month &&
	    str_starts(right, str_format(a, "%d", to.day)))
		return str_format(a, "%d–%.*s", from.day, STR_ARG(right));
	return say_join(a, left, STR(" – "), right);
}

/* A word that begins with a small letter. */
static bool
is_small(struct str word)
{
	uint32_t c = utf8_next(&word);

	return (c >= 'a' && c <= 'z') || (c >= 0x430 && c <= 0x44f);
}

struct str
say_town(const struct municipality *m)
{
	struct str head, rest, name = m->title;

	while (is_small(name) && str_cut(name, ' ', &head, &rest))
		name = rest;
	return name;
}

struct str
say_time(struct arena *a, int64_t t)
{
	struct local_time l = date_local(t);

	return words_time(a, l.hour, l.minute);
}

static struct str
minutes(struct arena *a, int of_day)
{
	return words_time(a, of_day / 60, of_day % 60);
}

struct str
say_schedule(const struct view *v, struct arena *a, const struct group *g)
{
	const struct strings *s = v->theme->strings;
	struct str all = { 0 };

	for (size_t i = 0; i < g->schedule.n; i++) {
		const struct lesson *l = &g->schedule.at[i];
		struct str one = { 0 };

		for (int day = 0; day < 7; day++)
			if ((l->days >> day & 1) != 0)
				one = say_join(a, one, STR(", "),
				    words_weekday(s, day));
		one = str_join(a, 5,
		    (struct str[]){ one, STR("\u00a0"), minutes(a, l->from),
			STR("–"), minutes(a, l->to) });
		if (l->weeks != WEEKS_ALL)
			one = say_join(a, one, STR(" "),
			    say(v, l->weeks == WEEKS_ODD ? "group.odd"
							 : "group.even"));
		all = say_join(a, all, STR("; "), one);
	}
	return all;
}

struct str
say_place(struct arena *a, const struct place *p)
{
	return say_join(a, p->title, STR(", "), p->address);
}

struct str
say_when(const struct view *v, struct arena *a, const struct occasion *o)
{
	const struct strings *s = v->theme->strings;
	struct str days = say_range(v, a, o->first, o->last), time;

	if (o->whole_day)
		return days;
	time = say_time(a, o->at);
	if (date_cmp(o->first, o->last) != 0)
		return words_fill(s, a, "event.several", 2,
		    (struct str[]){ STR("days"), days, STR("time"), time });
	if (o->end != 0)
		time = str_format(a, "%.*s–%.*s", STR_ARG(time),
		    STR_ARG(say_time(a, o->end)));
	return say_join(a, days, STR(", "), time);
}

struct str
say_rating(const struct view *v, struct arena *a, int sum, int count)
{
	int tenths;

	if (count == 0)
		return (struct str){ 0 };
	tenths = (sum * 10 + count / 2) / count;
	return str_format(a, "%d%.*s%d", tenths / 10,
	    STR_ARG(say(v, "page.decimal_point")), tenths % 10);
}

struct str
say_phone_url(struct arena *a, struct str phone)
{
	struct buf b = { 0 };
	struct str out = { 0 };

	if (phone.n == 0)
		return out;
	buf_str(&b, STR("tel:"));
	for (size_t i = 0; i < phone.n; i++) {
		char c = phone.p[i];

		/* What follows a comma is another number or a word. */
		if (c == ',' || c == ';')
			break;
		if ((c >= '0' && c <= '9') || (c == '+' && b.n == 4))
			buf_char(&b, c);
	}
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

struct str
say_map_url(const struct view *v, struct arena *a, const struct geo *g)
{
	if (!g->given)
		return (struct str){ 0 };
	return words_fill(v->theme->strings, a, "map.url", 2,
	    (struct str[]){ STR("lat"), g->lat, STR("lon"), g->lon });
}

struct str
say_mail_url(struct arena *a, struct str email)
{
	if (email.n == 0)
		return email;
	return str_format(a, "mailto:%.*s", STR_ARG(email));
}

struct str
say_asset(const struct view *v, struct arena *a, struct str name)
{
	const struct str *url = NULL;

	if (v->assets != NULL)
		url = map_get(v->assets, name);
	if (url != NULL)
		return *url;
	return str_format(a, "/%.*s", STR_ARG(name));
}

struct str
say_absolute(const struct view *v, struct arena *a, struct str url)
{
	return url_absolute(a, v->site, url);
}

struct str
href(const struct view *v, struct arena *a, struct str folder, struct str id,
    int number)
{
	struct str file = str_join(a, 2, (struct str[]){ id, STR(".html") });
	struct str path = say_join(a, folder, STR("/"), file);

	return url_of(a, v->site, path_nth(a, path, number));
}

struct str
href_file(const struct view *v, struct arena *a, struct str folder,
    struct str name)
{
	return url_of(a, v->site, say_join(a, folder, STR("/"), name));
}

void
fact(const struct view *v, struct arena *a, struct value *facts,
    const char *label_key, struct str text, bool is_long)
{
	struct value *m;

	if (text.n == 0)
		return;
	m = value_map(a);
	value_set_text(a, m, "label", say(v, label_key));
	value_set_text(a, m, "text", text);
	value_set_bool(a, m, "long", is_long);
	value_add(a, facts, m);
}

struct value *
texts_value(struct arena *a, const struct str_list *l)
{
	struct value *list;

	if (l->items.n == 0)
		return NULL;
	list = value_list(a);
	for (size_t i = 0; i < l->items.n; i++)
		value_add(a, list, value_text(a, l->items.at[i]));
	return wrapped(a, list);
}

struct value *
photo_value(const struct view *v, struct arena *a, const struct photo *p)
{
	struct value *m;

	if (p->file.n == 0)
		return NULL;
	m = value_map(a);
	value_set_text(a, m, "url", say_asset(v, a, p->file));
	value_set_text(a, m, "alt", p->alt);
	return m;
}
