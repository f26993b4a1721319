#include "generator/read/kinds.h"

/* The front matter of pages/ID.md, news/ID.md and legal/ID.md. */

enum { ORDER_MAX = 1000000 };

static void
check_page(struct schema_run *run, const struct node *map, void *out)
{
	struct page *p = out;

	kinds_check_shown(run, map, p->publish_at, p->unpublish_at);
}

static const struct word consent_words[] = {
	{ "required", CONSENT_REQUIRED },
	{ "optional", CONSENT_OPTIONAL },
	{ NULL, 0 },
};

#define PAGE_FIELDS \
	{ "title", FIELD_TEXT, .required = true, \
		.at = offsetof(struct page, title) }, \
	    { "summary", FIELD_TEXT, .at = offsetof(struct page, summary) }, \
	    { "order", FIELD_WHOLE, .at = offsetof(struct page, order), \
		    .max = ORDER_MAX }, \
	    { "aliases", FIELD_CUSTOM, .at = offsetof(struct page, aliases), \
		    .read = kinds_read_aliases }, \
	    KINDS_SHOWN(struct page)

static const struct field help_fields[] = { PAGE_FIELDS };

static const struct field news_fields[] = {
	PAGE_FIELDS,
	{ "date", FIELD_DATE, .at = offsetof(struct page, date) },
};

static const struct field legal_fields[] = {
	PAGE_FIELDS,
	{ "version", FIELD_TEXT, .required = true,
	    .at = offsetof(struct page, version), .max = 80 },
	{ "consent", FIELD_WORD, .at = offsetof(struct page, consent),
	    .words = consent_words },
};

const struct schema help_schema = { SCHEMA_FIELDS(help_fields),
	.size = sizeof(struct page), .pos_at = offsetof(struct page, pos),
	.check = check_page };

const struct schema news_schema = { SCHEMA_FIELDS(news_fields),
	.size = sizeof(struct page), .pos_at = offsetof(struct page, pos),
	.check = check_page };

const struct schema legal_schema = { SCHEMA_FIELDS(legal_fields),
	.size = sizeof(struct page), .pos_at = offsetof(struct page, pos),
	.check = check_page };
