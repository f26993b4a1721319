#include "base/json.h"

#include <assert.h>
#include <inttypes.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/escape.h"

static void
before(struct json *j)
{
	if (j->comma)
		buf_char(j->out, ',');
	j->comma = true;
}

void
json_open(struct json *j, char bracket)
{
	assert(bracket == '{' || bracket == '[');
	before(j);
	buf_char(j->out, bracket);
	j->comma = false;
}

void
json_close(struct json *j, char bracket)
{
	assert(bracket == '}' || bracket == ']');
	buf_char(j->out, bracket);
	j->comma = true;
}

static void
quoted(struct json *j, struct str s)
{
	buf_char(j->out, '"');
	escape_json(j->out, s);
	buf_char(j->out, '"');
}

void
json_key(struct json *j, struct str key)
{
	before(j);
	quoted(j, key);
	buf_char(j->out, ':');
	j->comma = false;
}

void
json_str(struct json *j, struct str s)
{
	before(j);
	quoted(j, s);
}

void
json_int(struct json *j, int64_t n)
{
	before(j);
	buf_printf(j->out, "%" PRId64, n);
}

void
json_bool(struct json *j, bool b)
{
	json_raw(j, b ? STR("true") : STR("false"));
}

void
json_null(struct json *j)
{
	json_raw(j, STR("null"));
}

void
json_raw(struct json *j, struct str json)
{
	before(j);
	buf_str(j->out, json);
}

void
json_str_field(struct json *j, struct str key, struct str s)
{
	json_key(j, key);
	json_str(j, s);
}

void
json_int_field(struct json *j, struct str key, int64_t n)
{
	json_key(j, key);
	json_int(j, n);
}

void
json_bool_field(struct json *j, struct str key, bool b)
{
	json_key(j, key);
	json_bool(j, b);
}

void
json_time_field(struct json *j, struct str key, int64_t t)
{
	json_key(j, key);
	if (t == 0) {
		json_null(j);
		return;
	}
	before(j);
	buf_char(j->out, '"');
	date_put_rfc3339(j->out, t);
	buf_char(j->out, '"');
}
