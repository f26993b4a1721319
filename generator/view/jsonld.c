#include "generator/view/jsonld.h"

#include "base/arena.h"
#include "base/buf.h"
#include "generator/model/url.h"

void
ld_open(struct ld *l, const char *key, const char *type)
{
	if (key != NULL)
		json_key(&l->j, str_from(key));
	json_open(&l->j, '{');
	json_str_field(&l->j, STR("@type"), str_from(type));
}

void
ld_close(struct ld *l)
{
	json_close(&l->j, '}');
}

void
ld_text(struct ld *l, const char *key, struct str s)
{
	if (s.n > 0)
		json_str_field(&l->j, str_from(key), s);
}

void
ld_link(struct ld *l, const char *key, struct str url)
{
	if (url.n > 0)
		ld_text(l, key, say_absolute(l->v, l->a, url));
}

void
ld_date(struct ld *l, const char *key, struct date d)
{
	if (d.year != 0)
		ld_text(l, key,
		    str_format(l->a, "%04d-%02d-%02d", d.year, d.month, d.day));
}

void
ld_moment(struct ld *l, const char *key, int64_t t)
{
	if (t != 0)
		json_time_field(&l->j, str_from(key), t);
}

void
ld_price(struct ld *l, int64_t hundredths)
{
	int cents = (int)(hundredths % 100);
	struct str sum =
	    str_format(l->a, "%lld", (long long)(hundredths / 100));

	if (cents != 0)
		sum = str_format(l->a, "%.*s.%02d", STR_ARG(sum), cents);
	ld_text(l, "price", sum);
	ld_text(l, "priceCurrency", STR("RUB"));
}

void
ld_age(struct ld *l, const struct range *r)
{
	struct str min = { 0 }, max = { 0 };

	if (r->min < 0 && r->max < 0)
		return;
	if (r->min >= 0)
		min = str_format(l->a, "%d", r->min);
	if (r->max >= 0)
		max = str_format(l->a, "%d", r->max);
	ld_text(l, "typicalAgeRange",
	    str_format(l->a, "%.*s-%.*s", STR_ARG(min), STR_ARG(max)));
}

void
ld_days(struct ld *l, unsigned days)
{
	static const char *const name[] = { "Monday", "Tuesday", "Wednesday",
		"Thursday", "Friday", "Saturday", "Sunday" };

	if (days == 0)
		return;
	json_key(&l->j, STR("byDay"));
	json_open(&l->j, '[');
	for (int i = 0; i < 7; i++)
		if ((days >> i & 1) != 0)
			json_str(&l->j,
			    str_format(l->a, "https://schema.org/%s", name[i]));
	json_close(&l->j, ']');
}

void
ld_time(struct ld *l, const char *key, int minutes)
{
	ld_text(l, key,
	    str_format(l->a, "%02d:%02d", minutes / 60, minutes % 60));
}

static struct str
url_of_organization(struct ld *l, const struct organization *o)
{
	return say_absolute(l->v, l->a, url_organization(l->a, l->v->site, o));
}

void
ld_organization(struct ld *l, const char *key, const struct organization *o)
{
	struct str url = url_of_organization(l, o);

	ld_open(l, key, "EducationalOrganization");
	ld_text(l, "@id", url);
	ld_text(l, "name", o->title);
	ld_text(l, "url", url);
	ld_close(l);
}

static void
put_address(struct ld *l, struct str street, const struct municipality *m)
{
	ld_open(l, "address", "PostalAddress");
	ld_text(l, "streetAddress", street);
	if (m != NULL)
		ld_text(l, "addressLocality", say_town(m));
	ld_text(l, "addressRegion", l->v->site->settings.region);
	ld_close(l);
}

static void
put_geo(struct ld *l, const struct geo *g)
{
	if (!g->given)
		return;
	ld_open(l, "geo", "GeoCoordinates");
	json_key(&l->j, STR("latitude"));
	json_raw(&l->j, g->lat);
	json_key(&l->j, STR("longitude"));
	json_raw(&l->j, g->lon);
	ld_close(l);
}

void
ld_place(struct ld *l, const struct place *p, const struct organization *o,
    const struct municipality *m)
{
	const struct settings *set = &l->v->site->settings;
	struct str name = set->region.n > 0 ? set->region : set->title;
	bool own = p->address.n > 0 || p->geo.given || o == NULL;

	if (m == NULL && o != NULL)
		m = o->municipality;
	if (m != NULL)
		name = m->title;
	if (o != NULL && !own)
		name = o->title;
	if (p->title.n > 0)
		name = p->title;
	ld_open(l, NULL, "Place");
	ld_text(l, "name", name);
	put_address(l, own ? p->address : o->address, m);
	put_geo(l, own ? &p->geo : &o->geo);
	ld_close(l);
}

static void
put_organization(struct ld *l, const struct organization *o)
{
	ld_open(l, NULL, "EducationalOrganization");
	ld_text(l, "@id", url_of_organization(l, o));
	ld_text(l, "name", o->title);
	ld_text(l, "alternateName", o->short_title);
	ld_text(l, "url", l->url);
	ld_text(l, "description", l->description);
	put_address(l, o->address, o->municipality);
	put_geo(l, &o->geo);
	ld_text(l, "telephone", o->phone);
	ld_text(l, "email", o->email);
	ld_text(l, "sameAs", o->website);
	ld_text(l, "image", l->image);
	ld_close(l);
}

static void
put_site(struct ld *l)
{
	const struct settings *set = &l->v->site->settings;

	ld_open(l, NULL, "WebSite");
	ld_text(l, "name", set->title);
	ld_text(l, "alternateName", set->short_title);
	ld_text(l, "url", l->url);
	ld_text(l, "description", l->description);
	ld_text(l, "inLanguage", set->language);
	ld_close(l);
}

static void
put_news(struct ld *l, const struct page *p)
{
	ld_open(l, NULL, "NewsArticle");
	ld_text(l, "headline", l->title);
	ld_text(l, "description", l->description);
	ld_text(l, "url", l->url);
	ld_date(l, "datePublished", p->date);
	ld_date(l, "dateModified", p->updated);
	ld_text(l, "image", l->image);
	ld_close(l);
}

static struct str
text_at(const struct value *map, const char *key)
{
	return value_str(value_get(map, str_from(key)));
}

static void
put_item(struct ld *l, int position, struct str name, struct str url)
{
	ld_open(l, NULL, "ListItem");
	json_int_field(&l->j, STR("position"), position);
	ld_text(l, "name", name);
	ld_text(l, "item", url);
	ld_close(l);
}

/* The way from the home page; its end is the page itself. */
static void
put_crumbs(struct ld *l, const struct value *crumbs)
{
	int n = 1;

	ld_open(l, NULL, "BreadcrumbList");
	json_key(&l->j, STR("itemListElement"));
	json_open(&l->j, '[');
	for (size_t i = 0; i < value_count(crumbs); i++) {
		const struct value *c = value_at(crumbs, i);

		put_item(l, n++, text_at(c, "title"),
		    say_absolute(l->v, l->a, text_at(c, "url")));
	}
	put_item(l, n, l->title, l->url);
	json_close(&l->j, ']');
	ld_close(l);
}

/* The cards of a list, by address alone: the rest is on their pages. */
static void
put_list(struct ld *l, const struct value *cards)
{
	if (value_count(cards) == 0)
		return;
	ld_open(l, NULL, "ItemList");
	json_key(&l->j, STR("itemListElement"));
	json_open(&l->j, '[');
	for (size_t i = 0; i < value_count(cards); i++) {
		ld_open(l, NULL, "ListItem");
		json_int_field(&l->j, STR("position"), (int64_t)i + 1);
		ld_link(l, "url", text_at(value_at(cards, i), "url"));
		ld_close(l);
	}
	json_close(&l->j, ']');
	ld_close(l);
}

static void
put_subject(struct ld *l, const struct view_page *p)
{
	const struct page *text = p->subject;

	if (p->kind == VIEW_HOME)
		put_site(l);
	if (p->kind == VIEW_PROGRAM)
		ld_course(l, p->subject);
	if (p->kind == VIEW_EVENT)
		ld_event(l, p->subject);
	if (p->kind == VIEW_ORGANIZATION && p->subject != NULL &&
	    p->number == 1)
		put_organization(l, p->subject);
	if (p->kind == VIEW_TEXT && text != NULL && text->kind == PAGE_NEWS)
		put_news(l, text);
}

void
page_json_ld(const struct view *v, struct arena *a, const struct view_page *p,
    struct value *root)
{
	const struct value *page = value_get(root, STR("page"));
	const struct value *crumbs = value_get(root, STR("crumbs"));
	const struct value *cards = value_get(root, STR("programs"));
	struct buf b = { 0 };
	struct ld l = { .j = { .out = &b },
		.v = v,
		.a = a,
		.url = text_at(page, "canonical"),
		.title = text_at(page, "title"),
		.description = text_at(page, "description"),
		.image = text_at(page, "image") };

	if (value_get(page, STR("noindex")) != NULL)
		return;
	json_open(&l.j, '{');
	json_str_field(&l.j, STR("@context"), STR("https://schema.org"));
	json_key(&l.j, STR("@graph"));
	json_open(&l.j, '[');
	put_subject(&l, p);
	if (crumbs != NULL)
		put_crumbs(&l, crumbs);
	if (cards != NULL && p->kind != VIEW_HOME)
		put_list(&l, value_get(cards, STR("list")));
	json_close(&l.j, ']');
	json_close(&l.j, '}');
	page_set(a, root, "json_ld", value_json(a, str_dup(a, buf_view(&b))));
	buf_free(&b);
}
