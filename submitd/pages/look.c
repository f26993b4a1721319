#include "submitd/pages/look.h"

#include <stddef.h>

#include "base/value.h"
#include "base/words.h"
#include "submitd/domain/catalog.h"

static bool
is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       (c >= '0' && c <= '9');
}

struct str
look_asset_key(struct arena *a, struct str name)
{
	char *key;

	for (ptrdiff_t i; (i = str_find_char(name, '/')) != -1;)
		name = str_slice(name, (size_t)i + 1, name.n);
	key = arena_copy(a, name.p, name.n);
	for (size_t i = 0; i < name.n; i++) {
		if (!is_word(key[i]))
			key[i] = '_';
	}
	return (struct str){ key, name.n };
}

static struct value *
make_assets(struct arena *a, const struct catalog *c)
{
	struct value *v = value_map(a);

	for (size_t i = 0; i < c->assets.n; i++) {
		const struct str *path = c->assets.at[i].value;

		value_set(a, v, look_asset_key(a, c->assets.at[i].key),
		    value_text(a, *path));
	}
	return v;
}

static struct value *
make_links(struct arena *a, const struct catalog *c, struct str place)
{
	struct value *list = value_list(a);

	for (size_t i = 0; i < c->links.n; i++) {
		const struct catalog_link *l = &c->links.at[i];

		if (!str_eq(l->place, place))
			continue;
		struct value *v = value_map(a);

		value_set_text(a, v, "title", l->title);
		value_set_text(a, v, "url", l->url);
		value_add(a, list, v);
	}
	return list;
}

/* The title without a leading short title. */
static struct str
subtitle(struct str title, struct str short_title)
{
	if (short_title.n > 0 && str_starts(title, short_title))
		return str_trim(str_slice(title, short_title.n, title.n));
	return title;
}

/* "якутское (МСК+6)" when the words know the zone, else its name. */
static struct str
zone_title(struct arena *a, const struct catalog *c, const struct strings *s)
{
	struct str zone = catalog_setting(c, "timezone");
	const struct value *words = value_get(strings_value(s), STR("zone"));
	char *key = str_c(a, zone);

	for (size_t i = 0; i < zone.n; i++)
		if (key[i] == '/')
			key[i] = '_';
	words = value_get(words, str_from(key));
	return words != NULL ? value_str(words) : zone;
}

static struct value *
make_site(struct arena *a, const struct catalog *c, const struct strings *s,
    bool clean)
{
	struct value *v = value_map(a);
	struct str title = catalog_setting(c, "title");
	struct str short_title = catalog_setting(c, "short_title");

	if (short_title.n == 0)
		short_title = title;
	value_set_text(a, v, "title", title);
	value_set_text(a, v, "short_title", short_title);
	value_set_text(a, v, "subtitle", subtitle(title, short_title));
	value_set_text(a, v, "region", catalog_setting(c, "region"));
	value_set_text(a, v, "timezone", zone_title(a, c, s));
	value_set_text(a, v, "home", clean ? STR("/") : STR("/index.html"));
	return v;
}

static struct value *
make_contact(struct arena *a, const struct catalog *c)
{
	struct value *v = value_map(a);
	struct str phone = catalog_setting(c, "contact_phone");
	struct str email = catalog_setting(c, "contact_email");
	char *digits = arena_alloc(a, 1, phone.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < phone.n; i++) {
		if ((phone.p[i] >= '0' && phone.p[i] <= '9') ||
		    (phone.p[i] == '+' && n == 0))
			digits[n++] = phone.p[i];
	}
	value_set_text(a, v, "phone", phone);
	if (n > 0)
		value_set_text(a, v, "phone_url",
		    str_format(a, "tel:%s", digits));
	value_set_text(a, v, "email", email);
	if (email.n > 0)
		value_set_text(a, v, "email_url",
		    str_format(a, "mailto:%.*s", STR_ARG(email)));
	value_set_text(a, v, "hours", catalog_setting(c, "contact_hours"));
	return v;
}

void
look_make(struct look *l, const struct catalog *c, const struct strings *s)
{
	struct arena *a = &l->arena;

	l->clean_urls = str_eq(catalog_setting(c, "clean_urls"), STR("1"));
	l->site = make_site(a, c, s, l->clean_urls);
	l->contact = make_contact(a, c);
	l->assets = make_assets(a, c);
	l->nav = make_links(a, c, STR("header"));
	l->footer = value_map(a);
	value_set(a, l->footer, STR("parents"),
	    make_links(a, c, STR("parents")));
	value_set(a, l->footer, STR("about"), make_links(a, c, STR("about")));
	l->language = catalog_setting(c, "language");
}

struct str
look_page(const struct look *l, struct arena *a, const char *folder,
    struct str id)
{
	return str_format(a, "/%s/%.*s%s", folder, STR_ARG(id),
	    l->clean_urls ? "" : ".html");
}

void
look_free(struct look *l)
{
	arena_free(&l->arena);
}
