#include "base/yaml_text.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/messages.h"
#include "base/utf8.h"
#include "base/yaml.h"

/*
 * Noncharacters (Unicode 23.7: for internal use) that stand for what is to be
 * dropped, and for what is to become a line end.
 */
#define DROP_STAND_IN "\xEF\xB7\x90"
#define LINE_STAND_IN "\xEF\xB7\x91"
enum { STAND_IN_SIZE = 3 };

enum control { CONTROL_NONE, CONTROL_DROP, CONTROL_LINE };

static enum control
control_e2(const unsigned char *p)
{
	if (p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9))
		return CONTROL_LINE; /* U+2028, U+2029 */
	if (p[1] == 0x80 && p[2] >= 0xAA && p[2] <= 0xAE)
		return CONTROL_DROP; /* U+202A … U+202E */
	if (p[1] == 0x81 && p[2] >= 0xA6 && p[2] <= 0xA9)
		return CONTROL_DROP; /* U+2066 … U+2069 */
	return CONTROL_NONE;
}

/* What begins at p, with n bytes to the end; *size is its length. */
static enum control
control_at(const unsigned char *p, size_t n, size_t *size)
{
	*size = 1;
	if (p[0] < 0x80)
		return CONTROL_DROP;
	if (p[0] == 0xC2 && n > 1 && p[1] >= 0x80 && p[1] <= 0x9F) {
		*size = 2;
		return p[1] == 0x85 ? CONTROL_LINE : CONTROL_DROP;
	}
	if (n < 3)
		return CONTROL_NONE;
	*size = 3;
	if (p[0] == 0xE2)
		return control_e2(p);
	if (memcmp(p, "\xEF\xBB\xBF", 3) == 0 ||
	    memcmp(p, DROP_STAND_IN, STAND_IN_SIZE) == 0)
		return CONTROL_DROP;
	if (memcmp(p, LINE_STAND_IN, STAND_IN_SIZE) == 0)
		return CONTROL_LINE;
	return CONTROL_NONE;
}

/* Bytes with which a control character may begin. */
static const bool suspect[256] = {
	[0x00] = 1,
	[0x01] = 1,
	[0x02] = 1,
	[0x03] = 1,
	[0x04] = 1,
	[0x05] = 1,
	[0x06] = 1,
	[0x07] = 1,
	[0x08] = 1,
	[0x0B] = 1,
	[0x0C] = 1,
	[0x0E] = 1,
	[0x0F] = 1,
	[0x10] = 1,
	[0x11] = 1,
	[0x12] = 1,
	[0x13] = 1,
	[0x14] = 1,
	[0x15] = 1,
	[0x16] = 1,
	[0x17] = 1,
	[0x18] = 1,
	[0x19] = 1,
	[0x1A] = 1,
	[0x1B] = 1,
	[0x1C] = 1,
	[0x1D] = 1,
	[0x1E] = 1,
	[0x1F] = 1,
	[0x7F] = 1,
	[0xC2] = 1,
	[0xE2] = 1,
	[0xEF] = 1,
};

/* The first control character from `from` on; s.n when there is none. */
static size_t
find_control(struct str s, size_t from, enum control *what, size_t *size)
{
	const unsigned char *p = (const unsigned char *)s.p;

	for (size_t i = from; i < s.n; i++) {
		if (!suspect[p[i]])
			continue;
		*what = control_at(p + i, s.n - i, size);
		if (*what != CONTROL_NONE)
			return i;
	}
	return s.n;
}

static struct str
replace(struct arena *a, struct str s, struct str drop, struct str line)
{
	struct buf b = { 0 };
	enum control what;
	size_t size, at, from = 0;
	struct str out;

	while ((at = find_control(s, from, &what, &size)) < s.n) {
		buf_put(&b, s.p + from, at - from);
		buf_str(&b, what == CONTROL_DROP ? drop : line);
		from = at + size;
	}
	buf_put(&b, s.p + from, s.n - from);
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

struct str
yaml_clean(struct arena *a, struct diag *d, struct pos pos, struct str text)
{
	enum control what;
	size_t size;

	if (find_control(text, 0, &what, &size) == text.n)
		return text;
	diag_say(d, &base_messages[BASE_YAML_CONTROL], pos, STR(""));
	return replace(a, text, STR(""), STR("\n"));
}

struct str
yaml_text_without_bom(struct str text)
{
	return str_starts(text, STR("\xEF\xBB\xBF"))
		   ? str_slice(text, 3, text.n)
		   : text;
}

static void
tell_nul(struct diag *d, const char *path, int line, struct str text)
{
	const char *nul = memchr(text.p, 0, text.n);
	struct pos at = yaml_text_place(path, text, (size_t)(nul - text.p));

	at.line += line - 1;
	diag_say(d, &base_messages[BASE_YAML_NUL], at, STR(""));
}

bool
yaml_text_ready(struct arena *a, struct diag *d, const char *path, int line,
    struct str *text)
{
	enum control what;
	size_t size;

	if (find_control(*text, 0, &what, &size) == text->n)
		return true;
	if (memchr(text->p, 0, text->n) != NULL) {
		tell_nul(d, path, line, *text);
		return false;
	}
	*text = replace(a, *text, STR(DROP_STAND_IN), STR(LINE_STAND_IN));
	return true;
}

bool
yaml_check_text(struct diag *d, const char *path, struct str text)
{
	size_t bad;

	if (text.n > 0 && memchr(text.p, 0, text.n) != NULL) {
		tell_nul(d, path, 1, text);
		return false;
	}
	if (utf8_valid(text, &bad))
		return true;
	diag_say(d, &base_messages[BASE_YAML_NOT_UTF8],
	    yaml_text_place(path, text, bad), STR(""));
	return false;
}

static bool
begins_character(char c)
{
	return ((unsigned char)c & 0xC0) != 0x80;
}

struct pos
yaml_text_place(const char *path, struct str text, size_t offset)
{
	struct pos at = { path, 1, 1 };

	for (size_t i = 0; i < offset && i < text.n; i++) {
		if (text.p[i] == '\n') {
			at.line++;
			at.column = 1;
		} else if (begins_character(text.p[i])) {
			at.column++;
		}
	}
	return at;
}

char
yaml_text_at(struct str text, size_t line, size_t column)
{
	struct str head, tail = text;

	for (size_t i = 0; i < line; i++)
		str_cut(tail, '\n', &head, &tail);
	for (size_t i = 0; i < tail.n; i++) {
		if (!begins_character(tail.p[i]))
			continue;
		if (column-- == 0)
			return tail.p[i];
	}
	return '\0';
}

/* What libyaml says, and what it means to an editor. */
static const struct {
	const char *problem;
	char at; /* only when it stopped at this byte; 0: any */
	const char *text[DIAG_LANGS];
} problems[] = {
	{ "found character that cannot start any token", '\t',
	    { "a tab begins the line: indent with spaces",
		"строка начинается с табуляции: отступите пробелами" } },
	{ "found a tab character", 0,
	    { "a tab begins the line: indent with spaces",
		"строка начинается с табуляции: отступите пробелами" } },
	{ "found character that cannot start any token", 0,
	    { "a value may not begin with this character: put it in quotes",
		"с этого знака значение начинаться не может: возьмите его в "
		"кавычки" } },
	{ "mapping values are not allowed", 0,
	    { "a colon where none is expected: put a text that holds ': ' in "
	      "quotes, check the indent",
		"лишнее двоеточие: текст с «: » возьмите в кавычки, проверьте "
		"отступ" } },
	{ "could not find expected ':'", 0,
	    { "a line before this one has no ': ' behind its field's name",
		"в строке выше нет «: » после имени поля" } },
	{ "did not find expected key", 0,
	    { "a field's name is expected here: check the indent and the "
	      "quotes above",
		"здесь ожидается имя поля: проверьте отступ и кавычки выше" } },
	{ "did not find expected '-'", 0,
	    { "'- ' is expected here: check the indent",
		"здесь ожидается «- »: проверьте отступ" } },
	{ "block sequence entries are not allowed", 0,
	    { "'- ' may not stand here: begin the list on a line of its own",
		"«- » здесь стоять не может: начните список с новой строки" } },
	{ "did not find expected ',' or ']'", 0,
	    { "',' or ']' is expected here: the list is not closed",
		"здесь ожидается «,» или «]»: список не закрыт" } },
	{ "did not find expected ',' or '}'", 0,
	    { "',' or '}' is expected here: the bracket is not closed",
		"здесь ожидается «,» или «}»: скобка не закрыта" } },
	{ "did not find expected alphabetic or numeric character", 0,
	    { "a value may not begin with '&' or '*': put it in quotes",
		"с «&» и «*» значение начинаться не может: возьмите его в "
		"кавычки" } },
	{ "did not find expected whitespace or line break", 0,
	    { "a value may not begin with '!': put it in quotes",
		"с «!» значение начинаться не может: возьмите его в "
		"кавычки" } },
	{ "found unexpected end of stream", 0,
	    { "the file ends inside a text: a closing quote is missing",
		"файл кончился внутри текста: не хватает закрывающей "
		"кавычки" } },
	{ "found unexpected document indicator", 0,
	    { "'---' inside a text: a closing quote is missing",
		"«---» внутри текста: не хватает закрывающей кавычки" } },
	{ "found unknown escape character", 0,
	    { "no such escape: write \\\\ for a backslash, or use single "
	      "quotes",
		"нет такой замены: пишите \\\\ вместо \\ или возьмите "
		"одинарные "
		"кавычки" } },
	{ "did not find expected node content", 0,
	    { "a value is expected here", "здесь ожидается значение" } },
	{ "did not find expected <document start>", 0,
	    { "something behind the end of the document: check the indent",
		"лишнее после конца документа: проверьте отступ" } },
};

const char *
yaml_text_problem(const char *problem, enum diag_lang lang, char c)
{
	for (size_t i = 0; i < sizeof(problems) / sizeof(problems[0]); i++) {
		const char *p = problems[i].problem;

		if (strncmp(problem, p, strlen(p)) == 0 &&
		    (problems[i].at == 0 || problems[i].at == c))
			return problems[i].text[lang];
	}
	return lang == DIAG_EN
		   ? problem
		   : "здесь разобрать не удалось: проверьте отступы, кавычки "
		     "и скобки";
}
