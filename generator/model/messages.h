#ifndef GENERATOR_MODEL_MESSAGES_H
#define GENERATOR_MODEL_MESSAGES_H

#include "base/diag.h"

/*
 * The mistakes of content that need to know what the content means, for
 * diag_say(): one row each in site_messages, in both languages.  Those of
 * YAML and of single values are in base/messages.h.
 */
enum site_message {
	/* Files. */
	SITE_FILE_MISSING, /* %1 is its name */
	SITE_FILE_UNKNOWN, /* %1 says what is expected there */
	SITE_FILE_SYMLINK,
	SITE_BAD_ID,     /* %1 */
	SITE_REFUSED_ID, /* %1 */
	SITE_DOUBLED_ID, /* %1, %2 is where the first one is */
	SITE_NO_FRONT_MATTER,
	SITE_FRONT_MATTER_OPEN,
	/* References. */
	SITE_DANGLING,      /* %1 the field, %2 the id, %3 the nearest */
	SITE_LEFT_OUT,      /* %1 the path */
	SITE_ALIAS_TAKEN,   /* %1; %2: whose it is */
	SITE_DEAD_LINK,     /* %1 the path, %2 the nearest */
	SITE_BAD_LINK,      /* %1 as written */
	SITE_FOREIGN_IMAGE, /* %1 as written */
	SITE_NO_MEDIA,      /* %1 the file, %2 the nearest */
	/* Values against each other. */
	SITE_MIN_MAX,     /* %1 is the max, %2 the min */
	SITE_ENDS_BEFORE, /* %1 the field, %2 the value, %3 the other */
	SITE_DAY_AND_TIME,
	SITE_UNVERIFIED, /* %1 is the organization */
	SITE_CERTIFICATE_COST,
	SITE_REPEAT_SIGN_UP,
	SITE_REPEAT_DAYS,
	SITE_EMPTY_LIST,     /* %1 the field */
	SITE_ZONE,           /* %1 */
	SITE_LANGUAGE,       /* %1 */
	SITE_BASE_URL,       /* %1 */
	SITE_MONTH_DAY,      /* %1 the field, %2 the value */
	SITE_TIME_SPAN,      /* %1 */
	SITE_MOMENT_OR_DATE, /* %1 the field, %2 the value */
	SITE_YEAR,           /* %1 */
	SITE_POINT,
	SITE_ONE_WORD, /* %1 the field */
	SITE_TWICE,    /* %1, %2 is the line of the first */
	/* Warnings. */
	SITE_AGE_OUTSIDE,    /* %1, %2 of the program or event */
	SITE_CATEGORY_SEATS, /* %1 of the category, %2 of the event */
	SITE_CATEGORIES_ALONE,
	SITE_CERTIFICATE_FREE, /* funding says certificate, no cost */
	SITE_PRICE_FREE,       /* a price, but funding lacks paid */
	/* Markdown. */
	SITE_MARKDOWN_DEEP, /* %1 is the limit */
	SITE_HTML_LEFT_OUT,
	SITE_IMAGE_ALT, /* %1 is the picture */
	SITE_MESSAGES
};

extern const struct message site_messages[SITE_MESSAGES];

#endif
