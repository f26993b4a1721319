#ifndef BASE_MUSTACHE_HTML_H
#define BASE_MUSTACHE_HTML_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * Where in an HTML text one is, as the HTML standard's tokenizer sees it, as
 * far as the safety of a template's values asks for it.
 */
enum html_state {
	HTML_TEXT,     /* between tags */
	HTML_TAG_OPEN, /* behind '<' */
	HTML_TAG_NAME,
	HTML_TAG,        /* in a tag, between attributes */
	HTML_NAME,       /* of an attribute */
	HTML_NAME_END,   /* a section began or ended behind a name */
	HTML_AFTER_NAME, /* blanks behind it */
	HTML_EQUALS,     /* behind '=' */
	HTML_UNQUOTED,
	HTML_DOUBLE, /* in a value in double quotes */
	HTML_SINGLE,
	HTML_COMMENT,
	HTML_BANG,   /* a doctype and the like */
	HTML_RAW,    /* the content of script, style … */
	HTML_RCDATA, /* of title and textarea */
};

enum { HTML_WORD = 24 };

/* In lower case; one with n > HTML_WORD is longer than any we ask for. */
struct html_word {
	char p[HTML_WORD];
	size_t n;
};

struct html {
	enum html_state state;
	bool end_tag;
	bool json;        /* the tag or content of a script of JSON */
	bool filled;      /* something stands in such content */
	bool valued;      /* a value does */
	bool crowded;     /* and a text behind it */
	bool broken_name; /* a name goes on behind a section's end */
	int dashes;       /* of a comment's end */
	struct html_word element, attribute, value;
};

/* Goes on over a text. */
void html_feed(struct html *h, struct str text);

/* A value stands here: what is known of the attribute's value is void. */
void html_value(struct html *h);

/* A section begins or ends here: names end here, too. */
void html_cut(struct html *h);

/* The same for what follows: may stand in for each other. */
bool html_same(const struct html *a, const struct html *b);

/* An attribute whose value is a script, a style or a text of its own. */
bool html_attribute_is_code(const struct html *h);

bool html_word_is(const struct html_word *w, const char *s);

#endif
