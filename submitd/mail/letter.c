#include "submitd/mail/letter.h"

#include <stddef.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/escape.h"
#include "base/log.h"
#include "base/theme.h"
#include "base/value.h"
#include "base/words.h"
#include "submitd/domain/mail.h"
#include "submitd/mail/compose.h"
#include "submitd/mail/params.h"

/* --- where a letter leads ------------------------------------------------ */

struct way {
	const char *kind; /* the beginning of it */
	const char *path;
	const char *param; /* appended to the path, or NULL */
};

/* The first that fits. */
static const struct way ways[] = {
	{ "confirm", "/account/confirm/", "token" },
	{ "already", "/account/login", NULL },
	{ "reset", "/account/reset/", "token" },
	{ "password", "/account/reset", NULL },
	{ "claim-", "/my/children", NULL },
	{ "claim", "/my/children/claim/", "token" },
	{ "application-", "/my/applications/", "application" },
	{ "certificate-", "/my/children", NULL },
	{ "sign-up-", "/my/sign-ups", NULL },
	{ "review-", "/my/reviews", NULL },
};

static struct str
make_url(struct arena *a, const struct letterhead *head, struct str kind,
    const struct map *params)
{
	struct buf b = { 0 };
	struct str next = params_get(params, "next"), url;

	for (size_t i = 0; i < sizeof(ways) / sizeof(ways[0]); i++) {
		if (!str_starts(kind, str_from(ways[i].kind)))
			continue;
		buf_str(&b, head->base_url);
		buf_str(&b, str_from(ways[i].path));
		if (ways[i].param != NULL)
			escape_url_part(&b, params_get(params, ways[i].param));
		break;
	}
	if (b.n > 0 && next.n > 0) {
		buf_str(&b, STR("?next="));
		escape_url_part(&b, next);
	}
	url = str_dup(a, buf_view(&b));
	buf_free(&b);
	return url;
}

/* --- what it tells ------------------------------------------------------- */

enum kind_of_text { TEXT_PLAIN, TEXT_MOMENT, TEXT_DAY, TEXT_DATE };

static const struct {
	const char *name;
	enum kind_of_text kind;
} said[] = {
	{ "starts", TEXT_MOMENT },
	{ "answer_by", TEXT_DAY },
	{ "order_date", TEXT_DATE },
};

static enum kind_of_text
kind_of(struct str name)
{
	for (size_t i = 0; i < sizeof(said) / sizeof(said[0]); i++) {
		if (str_eq(name, str_from(said[i].name)))
			return said[i].kind;
	}
	return TEXT_PLAIN;
}

/* Moments and dates in words. */
static struct str
say(struct arena *a, const struct strings *t, struct str name, struct str text,
    struct date today)
{
	enum kind_of_text kind = kind_of(name);
	struct date date;
	int64_t at;

	if (kind == TEXT_DATE && date_parse(text, &date))
		return words_date_full(t, a, date);
	if (kind == TEXT_MOMENT && str_to_int64(text, &at))
		return words_moment(t, a, at, today);
	if (kind == TEXT_DAY && str_to_int64(text, &at))
		return words_date(t, a, date_local(at).date, today);
	return text;
}

static struct value *
make_values(struct arena *a, const struct letterhead *head,
    const struct mail *m, const struct map *params)
{
	struct value *v = value_map(a), *site = value_map(a);
	struct date today = date_local(m->created).date;
	const struct strings *t = head->theme->strings;

	for (size_t i = 0; i < params->n; i++) {
		struct str name = params->at[i].key;
		const struct str *text = params->at[i].value;

		value_set(a, v, name,
		    value_text(a, say(a, t, name, *text, today)));
	}
	/* {{#cause_is.seat_freed}} for the few that are worth a sentence. */
	struct value *cause = value_map(a), *reason = value_map(a);

	value_set(a, cause, params_get(params, "cause"), value_bool(a, true));
	value_set(a, reason, params_get(params, "reason"), value_bool(a, true));
	value_set(a, v, STR("cause_is"), cause);
	value_set(a, v, STR("reason_is"), reason);
	value_set_text(a, site, "title", head->site);
	value_set(a, v, STR("site"), site);
	value_set_text(a, v, "base_url", head->base_url);
	value_set_text(a, v, "url", make_url(a, head, m->kind, params));
	return v;
}

/* --- how it looks -------------------------------------------------------- */

/* The text's paragraphs and links, for the dressed one. */
static struct value *
make_blocks(struct arena *a, struct str text, struct str base_url)
{
	struct value *list = value_list(a);
	struct str line;

	while (text.n > 0) {
		str_cut(text, '\n', &line, &text);
		line = str_trim(line);
		if (line.n == 0)
			continue;
		struct value *v = value_map(a);

		value_set_text(a, v,
		    str_starts(line, base_url) ? "url" : "text", line);
		value_add(a, list, v);
	}
	return list;
}

static bool
make_html(struct arena *a, const struct letterhead *head,
    const struct letter *l, struct buf *out)
{
	struct value *v = value_map(a), *site = value_map(a);

	value_set_text(a, v, "lang", head->language);
	value_set_text(a, v, "subject", l->subject);
	value_set_text(a, v, "base_url", head->base_url);
	value_set_text(a, site, "title", head->site);
	value_set(a, v, STR("site"), site);
	value_set(a, v, STR("blocks"), make_blocks(a, l->text, head->base_url));
	return theme_render(head->theme, out, "mail/letter.html", v) == 0;
}

/* A kind becomes part of a template's name, so it is looked at twice. */
static bool
is_kind(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		if (!((s.p[i] >= 'a' && s.p[i] <= 'z') || s.p[i] == '-'))
			return false;
	}
	return s.n > 0;
}

bool
letter_make(struct arena *a, const struct letterhead *head,
    const struct mail *m, int64_t now, struct buf *out)
{
	struct buf text = { 0 }, html = { 0 };
	struct map params = { 0 };
	struct str name = str_format(a, "mail/%.*s.txt", STR_ARG(m->kind));
	struct letter l = {
		.id = m->id,
		.host = head->host,
		.kind = m->kind,
		.language = head->language,
		.from_name = head->site,
		.from = head->from,
		.to = m->recipient,
		.at = now,
	};
	bool ok = is_kind(m->kind) && params_read(a, m->params, &params) &&
		  theme_render(head->theme, &text, name.p,
		      make_values(a, head, m, &params)) == 0;

	if (ok) {
		str_cut(buf_view(&text), '\n', &l.subject, &l.text);
		l.subject = str_trim(l.subject);
		while (str_starts(l.text, STR("\n")))
			l.text = str_slice(l.text, 1, l.text.n);
		ok = make_html(a, head, &l, &html);
		l.html = buf_view(&html);
	}
	ok = ok && compose(out, &l);
	if (!ok)
		log_warnx("letter %.*s: cannot be made", STR_ARG(m->id));
	buf_free(&text);
	buf_free(&html);
	return ok;
}
