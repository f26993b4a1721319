#ifndef GENERATOR_WRITE_MESSAGES_H
#define GENERATOR_WRITE_MESSAGES_H

#include "base/diag.h"

/* The mistakes that only show when files are put side by side. */
enum write_message {
	WRITE_TWO_FOR_ONE_PATH, /* %1 is the path, %2 the other's place */
	WRITE_ASSET_UNKNOWN,    /* %1 as written, %2 the nearest */
	WRITE_ASSET_CIRCLE,     /* %1 as written */
	WRITE_ASSET_NAME,       /* %1 is the file */
	WRITE_ASSET_TOO_BIG,    /* %1 is the file, %2 the limit in MiB */
	WRITE_MESSAGES
};

extern const struct message write_messages[WRITE_MESSAGES];

#endif
