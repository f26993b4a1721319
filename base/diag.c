#include "base/diag.h"

#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/json.h"

/* The argument that %1 .. %9 at the front of s names; false for other text. */
static bool
argument(struct str s, const struct str *args, size_t nargs, struct str *out)
{
	if (s.n < 2 || s.p[0] != '%' || s.p[1] < '1' || s.p[1] > '9')
		return false;
	size_t i = (size_t)(s.p[1] - '1');
	*out = i < nargs ? args[i] : (struct str){ 0 };
	return true;
}

static bool
all_arguments_given(struct str part, const struct str *args, size_t nargs)
{
	struct str arg;

	for (; part.n > 0; part = str_slice(part, 1, part.n))
		if (argument(part, args, nargs, &arg) && arg.n == 0)
			return false;
	return true;
}

static void
fill(struct buf *b, struct str s, const struct str *args, size_t nargs)
{
	struct str arg;

	while (s.n > 0) {
		if (argument(s, args, nargs, &arg)) {
			buf_str(b, arg);
			s = str_slice(s, 2, s.n);
			continue;
		}
		buf_char(b, s.p[0]);
		s = str_slice(s, 1, s.n);
	}
}

static void
format_message(struct buf *b, struct str s, const struct str *args,
    size_t nargs)
{
	struct str part;

	while (str_cut(s, '[', &part, &s)) {
		fill(b, part, args, nargs);
		str_cut(s, ']', &part, &s);
		if (all_arguments_given(part, args, nargs))
			fill(b, part, args, nargs);
	}
	fill(b, part, args, nargs);
}

void
diag_report(struct diag *d, const struct message *m, struct pos pos,
    const struct str *args, size_t nargs)
{
	struct buf text = { 0 };

	format_message(&text, str_from(m->text[d->lang]), args, nargs);
	struct str copy = str_dup(&d->arena, buf_view(&text));
	buf_free(&text);
	struct str key = str_format(&d->arena, "%s:%d:%d:%s:%.*s", pos.path,
	    pos.line, pos.column, m->code, STR_ARG(copy));
	if (!map_add(&d->seen, &d->arena, key, d))
		return;
	struct diag_line *line = VEC_PUSH(&d->arena, &d->lines);
	*line = (struct diag_line){ m, pos, copy, d->lines.n };
	if (m->level == DIAG_ERROR)
		d->errors++;
	else
		d->warnings++;
}

void
diag_take(struct diag *d, struct diag *from)
{
	for (size_t i = 0; i < from->lines.n; i++) {
		struct diag_line *line = VEC_PUSH(&d->arena, &d->lines);

		*line = from->lines.at[i];
		line->order = d->lines.n;
	}
	d->errors += from->errors;
	d->warnings += from->warnings;
	arena_take(&d->arena, &from->arena);
	*from = (struct diag){ .lang = from->lang };
}

enum { NAME_LENGTH = 80 };

static struct str
lower(char room[NAME_LENGTH], struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		room[i] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	return (struct str){ room, s.n };
}

struct str
diag_nearest(struct str typed, const struct str *names, size_t n)
{
	enum { SHORT = 4, PREFIX = 3 };
	char left[NAME_LENGTH], right[NAME_LENGTH];
	struct str best = { 0 };

	if (typed.n == 0 || typed.n > NAME_LENGTH)
		return best;
	struct str a = lower(left, typed);
	int limit = typed.n == 1 ? 0 : typed.n <= SHORT ? 1 : 2;
	for (size_t i = 0; i < n; i++) {
		if (names[i].n == 0 || names[i].n > NAME_LENGTH)
			continue;
		struct str b = lower(right, names[i]);
		int distance = str_distance(a, b, limit);
		/* "munic" means municipality, but rather than nothing. */
		if (distance > limit && a.n >= PREFIX && b.n >= PREFIX &&
		    (str_starts(b, a) || str_starts(a, b)))
			distance = limit;
		if (distance <= limit) {
			best = names[i];
			limit = distance - 1;
		}
		if (limit < 0)
			break;
	}
	return best;
}

static int
by_place(const void *x, const void *y)
{
	const struct diag_line *a = x, *b = y;
	int c = strcmp(a->pos.path, b->pos.path);

	if (c != 0)
		return c;
	if (a->pos.line != b->pos.line)
		return a->pos.line < b->pos.line ? -1 : 1;
	if (a->pos.column != b->pos.column)
		return a->pos.column < b->pos.column ? -1 : 1;
	return a->order < b->order ? -1 : a->order > b->order;
}

static const char *
level_name(const struct diag_line *line)
{
	return line->message->level == DIAG_ERROR ? "error" : "warning";
}

/* Content is quoted in messages, so a line may carry anything. */
static void
put_printable(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < 0x20 || c == 0x7f)
			buf_printf(b, "\\x%02x", c);
		else
			buf_char(b, s.p[i]);
	}
}

static void
put_text(struct buf *b, const struct diag_line *line)
{
	put_printable(b, str_from(line->pos.path));
	buf_printf(b, ":%d:%d: %s: ", line->pos.line, line->pos.column,
	    level_name(line));
	put_printable(b, line->text);
	buf_char(b, '\n');
}

static void
put_json(struct buf *b, const struct diag_line *line)
{
	struct json j = { .out = b };

	json_open(&j, '{');
	json_str_field(&j, STR("path"), str_from(line->pos.path));
	json_int_field(&j, STR("line"), line->pos.line);
	json_int_field(&j, STR("column"), line->pos.column);
	json_str_field(&j, STR("severity"), str_from(level_name(line)));
	json_str_field(&j, STR("code"), str_from(line->message->code));
	json_str_field(&j, STR("text"), line->text);
	json_close(&j, '}');
	buf_char(b, '\n');
}

/* The escapes of workflow commands; ':' and ',' only in a property. */
static void
put_github_text(struct buf *b, struct str s, bool property)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];

		if (c == '%' || c == '\r' || c == '\n' ||
		    (property && (c == ':' || c == ',')))
			buf_printf(b, "%%%02X", (unsigned)c);
		else
			buf_char(b, c);
	}
}

static void
put_github(struct buf *b, const struct diag_line *line)
{
	buf_printf(b, "::%s file=", level_name(line));
	put_github_text(b, str_from(line->pos.path), true);
	buf_printf(b, ",line=%d,col=%d::", line->pos.line, line->pos.column);
	put_github_text(b, line->text, false);
	buf_char(b, '\n');
}

void
diag_print(struct diag *d, FILE *out, enum diag_format format)
{
	static void (*const put[])(struct buf *, const struct diag_line *) = {
		[DIAG_TEXT] = put_text,
		[DIAG_JSON] = put_json,
		[DIAG_GITHUB] = put_github,
	};
	struct buf b = { 0 };

	if (d->lines.n > 1)
		qsort(d->lines.at, d->lines.n, sizeof(*d->lines.at), by_place);
	for (size_t i = 0; i < d->lines.n; i++)
		put[format](&b, &d->lines.at[i]);
	if (format == DIAG_TEXT)
		buf_printf(&b, "%d errors, %d warnings\n", d->errors,
		    d->warnings);
	fwrite(b.p == NULL ? "" : b.p, 1, b.n, out);
	fflush(out);
	buf_free(&b);
}

void
diag_free(struct diag *d)
{
	arena_free(&d->arena);
	*d = (struct diag){ .lang = d->lang };
}
