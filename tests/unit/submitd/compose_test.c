#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "submitd/mail/compose.h"

static struct letter
plain_letter(void)
{
	return (struct letter){
		.id = STR("m1"),
		.host = STR("navigator.example"),
		.kind = STR("confirm"),
		.language = STR("ru"),
		.from_name = STR("Navigator"),
		.from = STR("no-reply@navigator.example"),
		.to = STR("parent@example.org"),
		.subject = STR("Confirm"),
		.text = STR("hello\n"),
		.at = 1770000000,
	};
}

static bool
has(struct buf *b, const char *text)
{
	return str_find(buf_view(b), str_from(text)) != -1;
}

static size_t
lines_beginning_with(struct str s, struct str with)
{
	size_t n = 0;

	for (struct str line, rest = s; rest.n > 0; rest = s) {
		str_cut(rest, '\n', &line, &s);
		n += str_starts(line, with);
	}
	return n;
}

/* CRLF only, and no line beyond RFC 5322's 78. */
static void
check_lines(struct str s)
{
	size_t start = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r')
			assert_true(i + 1 < s.n && s.p[i + 1] == '\n');
		if (s.p[i] != '\n')
			continue;
		assert_true(i > 0 && s.p[i - 1] == '\r');
		assert_true(i - start <= 80);
		start = i + 1;
	}
	assert_int_equal(start, s.n);
}

static void
a_plain_letter_is_readable(void **state)
{
	struct letter l = plain_letter();
	struct buf b = { 0 };

	(void)state;
	assert_true(compose(&b, &l));
	check_lines(buf_view(&b));
	assert_true(has(&b, "\r\nFrom: \"Navigator\" <no-reply@navigator"));
	assert_true(has(&b, "\r\nTo: <parent@example.org>\r\n"));
	assert_true(has(&b, "\r\nSubject: Confirm\r\n"));
	assert_true(has(&b, "\r\nMessage-ID: <m1@navigator.example>\r\n"));
	assert_true(has(&b, "\r\nX-Kruzhok-Letter: confirm\r\n"));
	assert_true(has(&b, "\r\n\r\naGVsbG8K\r\n"));
	buf_free(&b);
}

static void
addresses_that_could_mean_more_are_refused(void **state)
{
	static const char *const bad[] = {
		"",
		"a",
		"@b",
		"a@",
		"a@b@c",
		"a b@c",
		"a@b c",
		"a@b\r\nBcc: x@y",
		"a@b\nRCPT TO:<x@y>",
		"<a@b>",
		"a@b>",
		"a@b,c@d",
		"\"a\"@b",
		"a@b..c",
		".a@b",
		"-a@b",
		"a.@b",
		"a@.b",
		"a@b.",
		"a\t@b",
		"\xd0\xb0@b",
		"a@b\x7f",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct letter l = plain_letter();
		struct buf b = { 0 };

		l.to = str_from(bad[i]);
		if (compose_address_ok(l.to) || compose(&b, &l))
			fail_msg("taken: '%s'", bad[i]);
		assert_int_equal(b.n, 0);
	}
	assert_true(compose_address_ok(STR("a.b+c_d@mail.example.org")));
	assert_false(compose_address_ok((struct str){ "a\0@b", 4 }));
}

static void
an_address_ends_at_254_bytes(void **state)
{
	struct buf b = { 0 };

	(void)state;
	buf_str(&b, STR("a@"));
	while (b.n < 254)
		buf_char(&b, 'b');
	assert_true(compose_address_ok(buf_view(&b)));
	buf_char(&b, 'b');
	assert_false(compose_address_ok(buf_view(&b)));
	buf_free(&b);
}

static void
a_name_cannot_bring_a_header(void **state)
{
	struct letter l = plain_letter();
	struct buf b = { 0 };

	(void)state;
	l.subject = STR("Hi\r\nBcc: x@y.example\r\n\r\nbody");
	l.from_name = STR("N\"\r\nCc: z@y.example");
	assert_true(compose(&b, &l));
	check_lines(buf_view(&b));
	assert_int_equal(lines_beginning_with(buf_view(&b), STR("Bcc:")), 0);
	assert_int_equal(lines_beginning_with(buf_view(&b), STR("Cc:")), 0);
	assert_int_equal(lines_beginning_with(buf_view(&b), STR("To:")), 1);
	buf_free(&b);
}

static void
headers_of_ours_must_be_tokens(void **state)
{
	struct letter l = plain_letter();
	struct buf b = { 0 };

	(void)state;
	l.id = STR("m1>\r\nX: y");
	assert_false(compose(&b, &l));
	l = plain_letter();
	l.kind = STR("");
	assert_false(compose(&b, &l));
	l = plain_letter();
	l.host = STR("a b");
	assert_false(compose(&b, &l));
	buf_free(&b);
}

/* Russian subjects: words of whole characters, at most 75 long. */
static void
a_russian_subject_becomes_encoded_words(void **state)
{
	struct letter l = plain_letter();
	struct buf b = { 0 };
	struct str rest, line;
	size_t words = 0;

	(void)state;
	l.subject = STR("Вы записаны в лист ожидания: «Робототехника для "
			"начинающих», группа «Младшая», 3-е место");
	assert_true(compose(&b, &l));
	check_lines(buf_view(&b));
	rest = buf_view(&b);
	rest = str_slice(rest, (size_t)str_find(rest, STR("Subject: ")) + 9,
	    rest.n);
	do {
		str_cut(rest, '\n', &line, &rest);
		line = str_trim(line);
		assert_true(str_starts(line, STR("=?UTF-8?B?")));
		assert_true(str_ends(line, STR("?=")));
		assert_true(line.n <= 75);
		/* A whole number of quartets: no character is cut. */
		assert_int_equal((line.n - 12) % 4, 0);
		words++;
	} while (rest.p[0] == ' ');
	assert_true(words >= 3);
	buf_free(&b);
}

static void
short_words_are_known_values(void **state)
{
	struct letter l = plain_letter();
	struct buf b = { 0 };

	(void)state;
	l.subject = STR("Привет");
	l.from_name = STR("Навигатор");
	assert_true(compose(&b, &l));
	assert_true(has(&b, "Subject: =?UTF-8?B?0J/RgNC40LLQtdGC?=\r\n"));
	assert_true(
	    has(&b, "From: =?UTF-8?B?0J3QsNCy0LjQs9Cw0YLQvtGA?= <no-reply@"));
	l.subject = STR("=?UTF-8?B?eA==?=");
	buf_reset(&b);
	assert_true(compose(&b, &l));
	assert_false(has(&b, "Subject: =?UTF-8?B?eA==?="));
	buf_free(&b);
}

static void
a_dot_alone_never_stands_raw(void **state)
{
	struct letter l = plain_letter();
	struct buf b = { 0 };

	(void)state;
	l.text = STR("one\n.\nMAIL FROM:<x@y>\r\n.\r\ntwo\n");
	assert_true(compose(&b, &l));
	assert_int_equal(lines_beginning_with(buf_view(&b), STR(".")), 0);
	assert_int_equal(lines_beginning_with(buf_view(&b), STR("MAIL")), 0);
	check_lines(buf_view(&b));
	buf_free(&b);
}

static void
text_comes_first_then_html(void **state)
{
	struct letter l = plain_letter();
	struct buf b = { 0 }, again = { 0 };

	(void)state;
	l.html = STR("<p>hello");
	assert_true(compose(&b, &l));
	check_lines(buf_view(&b));
	ptrdiff_t text = str_find(buf_view(&b), STR("text/plain"));
	ptrdiff_t html = str_find(buf_view(&b), STR("text/html"));

	assert_true(text != -1 && html > text);
	assert_true(has(&b, "multipart/alternative"));
	/* A letter that is sent again is the same letter. */
	assert_true(compose(&again, &l));
	assert_true(str_eq(buf_view(&b), buf_view(&again)));
	buf_free(&b);
	buf_free(&again);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_plain_letter_is_readable),
		cmocka_unit_test(addresses_that_could_mean_more_are_refused),
		cmocka_unit_test(an_address_ends_at_254_bytes),
		cmocka_unit_test(a_name_cannot_bring_a_header),
		cmocka_unit_test(headers_of_ours_must_be_tokens),
		cmocka_unit_test(a_russian_subject_becomes_encoded_words),
		cmocka_unit_test(short_words_are_known_values),
		cmocka_unit_test(a_dot_alone_never_stands_raw),
		cmocka_unit_test(text_comes_first_then_html),
	};

	if (!date_zone_set("Asia/Yakutsk"))
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
