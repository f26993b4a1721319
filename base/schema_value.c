#include "base/schema_value.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/escape.h"
#include "base/messages.h"
#include "base/utf8.h"
#include "base/yaml.h"

enum {
	TEXT_MAX = 1000, /* code points */
	QUOTE_MAX = 60,
	MINUTES_IN_HOUR = 60,
	NUMBER_MAX = 2000000000, /* of FIELD_WHOLE without a max: fits an int */
};

struct str
schema_quote(struct arena *a, struct str value)
{
	struct buf b = { 0 };
	struct str rest = value, out;
	char bytes[4];
	uint32_t c;

	for (int i = 0; i < QUOTE_MAX && (c = utf8_next(&rest)) != 0; i++)
		buf_put(&b, bytes, utf8_put(bytes, c == '\n' ? ' ' : c));
	if (rest.n > 0)
		buf_str(&b, STR("…"));
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

static bool
tell(struct schema_run *run, enum base_message m, const char *name,
    const struct node *n)
{
	diag_say(run->diag, &base_messages[m], n->pos, str_from(name),
	    schema_quote(run->arena, n->text));
	return false;
}

static bool
is_kind(struct schema_run *run, const char *name, const struct node *n,
    enum node_kind kind, enum base_message m)
{
	if (n->kind == kind)
		return true;
	if (n->kind != NODE_WRONG)
		diag_say(run->diag, &base_messages[m], n->pos, str_from(name));
	return false;
}

bool
schema_is_scalar(struct schema_run *run, const char *name, const struct node *n)
{
	return is_kind(run, name, n, NODE_SCALAR, BASE_SCHEMA_NOT_TEXT);
}

bool
schema_is_list(struct schema_run *run, const char *name, const struct node *n)
{
	return is_kind(run, name, n, NODE_SEQUENCE, BASE_SCHEMA_NOT_LIST);
}

bool
schema_is_mapping(struct schema_run *run, const char *name,
    const struct node *n)
{
	return is_kind(run, name, n, NODE_MAPPING, BASE_SCHEMA_NOT_MAPPING);
}

/* Line ends and the blanks around them become one blank. */
static struct str
one_line(struct arena *a, struct str s)
{
	struct buf b = { 0 };
	struct str line, out;

	s = str_trim(s);
	if (str_find_char(s, '\n') == -1)
		return s;
	while (s.n > 0) {
		str_cut(s, '\n', &line, &s);
		line = str_trim(line);
		if (line.n > 0 && b.n > 0)
			buf_char(&b, ' ');
		buf_str(&b, line);
	}
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

static bool
tell_long(struct schema_run *run, const char *name, const struct node *n,
    int64_t max)
{
	diag_say(run->diag, &base_messages[BASE_SCHEMA_LONG], n->pos,
	    str_from(name), str_format(run->arena, "%lld", (long long)max));
	return false;
}

bool
schema_text(struct schema_run *run, const char *name, const struct node *n,
    int64_t max, struct str *out)
{
	struct str s;

	if (max == 0)
		max = TEXT_MAX;
	if (!schema_is_scalar(run, name, n))
		return false;
	s = one_line(run->arena, n->text);
	if (s.n > (size_t)max && utf8_count(s) > (size_t)max)
		return tell_long(run, name, n, max);
	*out = str_dup(run->arena, s);
	return true;
}

bool
schema_lines(struct schema_run *run, const struct field *f,
    const struct node *n, struct str *out)
{
	if (!schema_is_scalar(run, f->name, n))
		return false;
	if (f->max != 0 && utf8_count(n->text) > (size_t)f->max)
		return tell_long(run, f->name, n, f->max);
	*out = str_dup(run->arena, n->text);
	return true;
}

static bool
in_range(struct schema_run *run, const struct field *f, const struct node *n,
    bool ok)
{
	if (!ok)
		diag_say(run->diag, &base_messages[BASE_SCHEMA_RANGE], n->pos,
		    str_from(f->name), schema_quote(run->arena, n->text),
		    str_format(run->arena, "%lld", (long long)f->min),
		    str_format(run->arena, "%lld", (long long)f->max));
	return ok;
}

static bool
has_range(const struct field *f)
{
	return f->min != 0 || f->max != 0;
}

bool
schema_whole(struct schema_run *run, const struct field *f,
    const struct node *n, int *out)
{
	int64_t v;

	if (!schema_is_scalar(run, f->name, n))
		return false;
	if (n->quoted || !str_to_int64(n->text, &v) || v < 0)
		return tell(run, BASE_SCHEMA_WHOLE, f->name, n);
	if (has_range(f)) {
		if (!in_range(run, f, n, v >= f->min && v <= f->max))
			return false;
	} else if (v > NUMBER_MAX) {
		return tell(run, BASE_SCHEMA_WHOLE, f->name, n);
	}
	*out = (int)v;
	return true;
}

static size_t
digits(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n;
}

/* 0|[1-9][0-9]* with at most `behind` digits behind a point. */
static bool
cut_decimal(struct str s, size_t behind, struct str *whole,
    struct str *fraction)
{
	bool point = str_cut(s, '.', whole, fraction);

	if (whole->n == 0 || digits(*whole) != whole->n)
		return false;
	if (whole->n > 1 && whole->p[0] == '0')
		return false;
	return !point || (fraction->n > 0 && fraction->n <= behind &&
			     digits(*fraction) == fraction->n);
}

bool
schema_hundredths(struct schema_run *run, const struct field *f,
    const struct node *n, int64_t *out)
{
	enum { WHOLE_DIGITS = 12 };
	struct str whole, fraction;
	int64_t v = 0;

	if (!schema_is_scalar(run, f->name, n))
		return false;
	if (n->quoted || !cut_decimal(n->text, 2, &whole, &fraction) ||
	    whole.n > WHOLE_DIGITS)
		return tell(run, BASE_SCHEMA_DECIMAL, f->name, n);
	for (size_t i = 0; i < whole.n; i++)
		v = v * 10 + (whole.p[i] - '0');
	for (size_t i = 0; i < 2; i++)
		v = v * 10 + (i < fraction.n ? fraction.p[i] - '0' : 0);
	if (has_range(f) &&
	    !in_range(run, f, n, v >= f->min * 100 && v <= f->max * 100))
		return false;
	*out = v;
	return true;
}

/* Within [min, max] by the whole part, which is exact enough for degrees. */
static bool
decimal_fits(const struct field *f, bool negative, struct str whole,
    struct str fraction)
{
	int64_t v = 0;
	bool more = false;

	if (!has_range(f))
		return true;
	for (size_t i = 0; i < whole.n && v <= NUMBER_MAX; i++)
		v = v * 10 + (whole.p[i] - '0');
	for (size_t i = 0; i < fraction.n; i++)
		more = more || fraction.p[i] != '0';
	if (negative)
		return -v > f->min || (-v == f->min && !more);
	return v >= f->min && (v < f->max || (v == f->max && !more));
}

bool
schema_decimal(struct schema_run *run, const struct field *f,
    const struct node *n, struct str *out)
{
	enum { WHOLE_DIGITS = 9, FRACTION_DIGITS = 12 };
	struct str s, whole, fraction;
	bool negative;

	if (!schema_is_scalar(run, f->name, n))
		return false;
	negative = str_starts(n->text, STR("-"));
	s = str_slice(n->text, negative ? 1 : 0, n->text.n);
	if (n->quoted || !cut_decimal(s, FRACTION_DIGITS, &whole, &fraction) ||
	    whole.n > WHOLE_DIGITS)
		return tell(run, BASE_SCHEMA_NUMBER, f->name, n);
	if (!in_range(run, f, n, decimal_fits(f, negative, whole, fraction)))
		return false;
	*out = str_dup(run->arena, n->text);
	return true;
}

bool
schema_bool(struct schema_run *run, const char *name, const struct node *n,
    bool *out)
{
	if (!schema_is_scalar(run, name, n))
		return false;
	if (!n->quoted && str_eq(n->text, STR("true")))
		*out = true;
	else if (!n->quoted && str_eq(n->text, STR("false")))
		*out = false;
	else
		return tell(run, BASE_SCHEMA_BOOL, name, n);
	return true;
}

static void
tell_word(struct schema_run *run, const struct field *f, const struct node *n)
{
	struct buf all = { 0 };
	struct str names[64];
	size_t count = 0;

	for (const struct word *w = f->words; w->name != NULL; w++) {
		names[count++] = str_from(w->name);
		if (count > 1)
			buf_str(&all, STR(", "));
		buf_str(&all, str_from(w->name));
	}
	diag_say(run->diag, &base_messages[BASE_SCHEMA_WORD], n->pos,
	    str_from(f->name), schema_quote(run->arena, n->text),
	    diag_nearest(n->text, names, count), buf_view(&all));
	buf_free(&all);
}

bool
schema_word(struct schema_run *run, const struct field *f, const struct node *n,
    int *out)
{
	if (!schema_is_scalar(run, f->name, n))
		return false;
	for (const struct word *w = f->words; w->name != NULL; w++) {
		if (str_eq(n->text, str_from(w->name))) {
			*out = w->value;
			return true;
		}
	}
	tell_word(run, f, n);
	return false;
}

/* The shape alone: 0 stands for a digit. */
static bool
has_shape(struct str s, const char *shape)
{
	if (s.n != strlen(shape))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';

		if (shape[i] == '0' ? !digit : s.p[i] != shape[i])
			return false;
	}
	return true;
}

bool
schema_date(struct schema_run *run, const char *name, const struct node *n,
    struct date *out)
{
	if (!schema_is_scalar(run, name, n))
		return false;
	if (!has_shape(n->text, "0000-00-00"))
		return tell(run, BASE_SCHEMA_DATE, name, n);
	if (!date_parse(n->text, out))
		return tell(run, BASE_SCHEMA_NO_DATE, name, n);
	return true;
}

bool
schema_moment(struct schema_run *run, const char *name, const struct node *n,
    int64_t *out)
{
	struct local_time l;

	if (!schema_is_scalar(run, name, n))
		return false;
	if (!has_shape(n->text, "0000-00-00T00:00") &&
	    !has_shape(n->text, "0000-00-00T00:00:00"))
		return tell(run, BASE_SCHEMA_MOMENT, name, n);
	if (!date_parse_local(n->text, &l))
		return tell(run, BASE_SCHEMA_NO_DATE, name, n);
	if (!date_epoch(l, out))
		return tell(run, BASE_SCHEMA_NO_TIME, name, n);
	return true;
}

bool
schema_time(struct schema_run *run, const char *name, const struct node *n,
    struct str text, int *out)
{
	int hour, minute, second;

	if (!has_shape(text, "00:00") ||
	    !date_parse_time(text, &hour, &minute, &second))
		return tell(run, BASE_SCHEMA_TIME, name, n);
	*out = hour * MINUTES_IN_HOUR + minute;
	return true;
}

/* An address as it stands in a page. */
static struct str
encoded(struct arena *a, struct str url)
{
	struct buf b = { 0 };

	escape_url(&b, url);
	url = str_dup(a, buf_view(&b));
	buf_free(&b);
	return url;
}

/* Characters that no URL has; others are percent-encoded. */
static bool
url_characters(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] <= ' ' ||
		    strchr("\"<>\\^`{|}", s.p[i]) != NULL)
			return false;
	return true;
}

bool
schema_url(struct schema_run *run, const char *name, const struct node *n,
    struct str *out)
{
	static const struct str hosts[] = { STR_INIT("https://"),
		STR_INIT("http://") };
	static const struct str others[] = { STR_INIT("mailto:"),
		STR_INIT("tel:") };
	struct str s;

	if (!schema_text(run, name, n, 0, &s))
		return false;
	if (!url_characters(s))
		return tell(run, BASE_SCHEMA_URL, name, n);
	for (size_t i = 0; i < 2; i++) {
		if ((str_starts(s, hosts[i]) && s.n > hosts[i].n &&
			strchr("/?#:", s.p[hosts[i].n]) == NULL) ||
		    (str_starts(s, others[i]) && s.n > others[i].n)) {
			*out = encoded(run->arena, s);
			return true;
		}
	}
	return tell(run, BASE_SCHEMA_URL, name, n);
}
