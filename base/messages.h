#ifndef BASE_MESSAGES_H
#define BASE_MESSAGES_H

#include "base/diag.h"

/*
 * The mistakes that base/ can tell an author about, for diag_say(): one row
 * each in base_messages, in both languages.
 */
enum base_message {
	/* Templates: %1 is the name as it is written, if there is one. */
	BASE_TEMPLATE_TAG_OPEN,
	BASE_TEMPLATE_TAG_EMPTY,
	BASE_TEMPLATE_NAME,
	BASE_TEMPLATE_UNESCAPED,
	BASE_TEMPLATE_DELIMITERS,
	BASE_TEMPLATE_SECTION_OPEN,
	BASE_TEMPLATE_SECTION_STRAY,   /* nothing is open */
	BASE_TEMPLATE_SECTION_CROSSED, /* %2 is open, since line %3 */
	BASE_TEMPLATE_NESTED,          /* %1 is the limit */
	BASE_TEMPLATE_UNKNOWN,         /* %2 is the nearest */
	BASE_TEMPLATE_BLOCK_UNKNOWN,   /* %2 is the nearest */
	BASE_TEMPLATE_BLOCK_TWICE,
	BASE_TEMPLATE_PARENT_CONTENT,
	BASE_TEMPLATE_ENDING,
	BASE_TEMPLATE_UTF8,
	/* Templates of .html files: where a tag may not stand. */
	BASE_TEMPLATE_IN_RAW,
	BASE_TEMPLATE_IN_JSON,
	BASE_TEMPLATE_IN_COMMENT,
	BASE_TEMPLATE_IN_TAG,
	BASE_TEMPLATE_IN_UNQUOTED,
	BASE_TEMPLATE_IN_ATTRIBUTE, /* %2 is the attribute */
	BASE_TEMPLATE_SECTION_HTML,
	BASE_TEMPLATE_SECTION_PLACE,
	BASE_TEMPLATE_PLACES,
	BASE_TEMPLATE_END_HTML,
	/* Strings and theme.yaml. */
	BASE_THEME_FILE_MISSING,
	BASE_STRING_MISSING,
	BASE_STRING_NOT_TEXT,
	BASE_STRING_PLURAL_LACKS, /* of plural %1 the form %2 */
	BASE_STRING_PLURAL_FORM,  /* in plural %1 the form %2 */
	BASE_STRING_COUNT,        /* %1 wants %2 texts */
	BASE_MESSAGES,
};

extern const struct message base_messages[BASE_MESSAGES];

#endif
