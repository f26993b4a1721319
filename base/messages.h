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
	BASE_TEMPLATE_WORD, /* %2 is the nearest */
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
	BASE_TEMPLATE_END_HTML,
	/* Strings and theme.yaml. */
	BASE_THEME_FILE_MISSING,
	BASE_THEME_FILE_BIG, /* %1 is the limit in KiB */
	BASE_STRING_MISSING,
	BASE_STRING_NOT_TEXT,
	BASE_STRING_PLURAL_LACKS, /* of plural %1 the form %2 */
	BASE_STRING_PLURAL_FORM,  /* in plural %1 the form %2 */
	BASE_STRING_COUNT,        /* %1 wants %2 texts */
	/* YAML files. */
	BASE_YAML_SYNTAX, /* %1 says why */
	BASE_YAML_NOT_UTF8,
	BASE_YAML_NUL,
	BASE_YAML_FILE_TOO_BIG, /* %1 is the limit in KiB */
	BASE_YAML_TOO_LONG,     /* %1 is the limit in KiB */
	BASE_YAML_TOO_DEEP,     /* %1 is the limit */
	BASE_YAML_TOO_MANY,     /* %1 is the limit */
	BASE_YAML_ANCHOR,       /* %1 is its name */
	BASE_YAML_ALIAS,        /* %1 is its name */
	BASE_YAML_TAG,          /* %1 is the tag */
	BASE_YAML_MERGE_KEY,
	BASE_YAML_SECOND_DOCUMENT,
	BASE_YAML_KEY_NOT_TEXT,
	BASE_YAML_DOUBLED_KEY, /* %2 is the line of the first */
	BASE_YAML_CONTROL,
	/* Fields: %1 is the field, %2 the value as written. */
	BASE_SCHEMA_UNKNOWN, /* %2 is the nearest */
	BASE_SCHEMA_MISSING,
	BASE_SCHEMA_EMPTY,
	BASE_SCHEMA_LONG, /* %2 is the limit */
	BASE_SCHEMA_NOT_TEXT,
	BASE_SCHEMA_NOT_LIST,
	BASE_SCHEMA_NOT_MAPPING,
	BASE_SCHEMA_WHOLE,
	BASE_SCHEMA_DECIMAL, /* at most two digits behind the point */
	BASE_SCHEMA_NUMBER,
	BASE_SCHEMA_RANGE, /* %3 to %4 */
	BASE_SCHEMA_BOOL,
	BASE_SCHEMA_WORD,    /* %3 is the nearest, %4 are all */
	BASE_SCHEMA_DOUBLED, /* %1 is the value, %2 the field */
	BASE_SCHEMA_DATE,
	BASE_SCHEMA_NO_DATE,
	BASE_SCHEMA_MOMENT,
	BASE_SCHEMA_NO_TIME,
	BASE_SCHEMA_TIME,
	BASE_SCHEMA_URL,
	BASE_MESSAGES,
};

extern const struct message base_messages[BASE_MESSAGES];

#endif
