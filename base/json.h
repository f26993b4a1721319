#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct buf;

/*
 * JSON out (RFC 8259), compact.  Commas are the writer's business:
 *	struct json j = { .out = &b };
 *	json_open(&j, '{');
 *	json_key(&j, STR("seats"));
 *	json_int(&j, 12);
 *	json_close(&j, '}');
 */
struct json {
	struct buf *out;
	bool comma; /* before the next value or key */
};

void json_open(struct json *j, char bracket);  /* { or [ */
void json_close(struct json *j, char bracket); /* } or ] */
void json_key(struct json *j, struct str key);
void json_str(struct json *j, struct str s);
void json_int(struct json *j, int64_t n);
void json_bool(struct json *j, bool b);
void json_null(struct json *j);
/* Text that is JSON already. */
void json_raw(struct json *j, struct str json);

/* Key and value in one go. */
void json_str_field(struct json *j, struct str key, struct str s);
void json_int_field(struct json *j, struct str key, int64_t n);
void json_bool_field(struct json *j, struct str key, bool b);
/* RFC 3339 in the site's zone; null when t is 0. */
void json_time_field(struct json *j, struct str key, int64_t t);

#endif
