#include "submitd/domain/review.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "submitd/domain/names.h"

static const char *const state_names[] = {
	[REVIEW_SUBMITTED] = "submitted",
	[REVIEW_APPROVED] = "approved",
	[REVIEW_DECLINED] = "declined",
};

const char *
review_state_name(enum review_state s)
{
	return state_names[s];
}

bool
review_state_from(struct str name, enum review_state *out)
{
	int i = names_find(state_names, 3, name);

	if (i >= 0)
		*out = (enum review_state)i;
	return i >= 0;
}

static bool
ends_with_any(struct str s, const struct str *endings, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s.n > endings[i].n && str_ends(s, endings[i]))
			return true;
	return false;
}

static bool
is_patronymic(struct str s)
{
	static const struct str endings[] = { STR_INIT("вна"), STR_INIT("вич"),
		STR_INIT("ична"), STR_INIT("ич"), STR_INIT("оглы"),
		STR_INIT("кызы") };

	return ends_with_any(s, endings, sizeof(endings) / sizeof(*endings));
}

static bool
is_family(struct str s)
{
	static const struct str endings[] = { STR_INIT("ов"), STR_INIT("ова"),
		STR_INIT("ев"), STR_INIT("ева"), STR_INIT("ёв"),
		STR_INIT("ёва"), STR_INIT("ин"), STR_INIT("ина"),
		STR_INIT("ын"), STR_INIT("ына"), STR_INIT("ский"),
		STR_INIT("ская"), STR_INIT("цкий"), STR_INIT("цкая"),
		STR_INIT("ко"), STR_INIT("юк"), STR_INIT("ук"), STR_INIT("ян"),
		STR_INIT("их"), STR_INIT("ых"), STR_INIT("дзе") };

	return ends_with_any(s, endings, sizeof(endings) / sizeof(*endings));
}

/* Asked for as "family given patronymic", but typed either way round. */
static bool
given_first(const struct str *words, int n)
{
	if (n >= 3)
		return is_patronymic(words[1]) && !is_patronymic(words[2]);
	return is_family(words[1]) && !is_family(words[0]);
}

struct str
review_author(struct arena *a, struct str full_name)
{
	struct str words[3] = { { 0, 0 }, { 0, 0 }, { 0, 0 } };
	struct str rest = full_name, given, family, tail;
	int n = 0;

	while (n < 3 && rest.n > 0) {
		str_cut(rest, ' ', &words[n], &rest);
		if (words[n].n > 0)
			n++;
	}
	if (n < 2)
		return str_dup(a, words[0]);
	given = words[1];
	family = words[0];
	if (given_first(words, n)) {
		given = words[0];
		family = words[n - 1];
	}
	tail = family;
	utf8_next(&tail);
	family.n -= tail.n;
	return str_format(a, "%.*s %.*s.", STR_ARG(given), STR_ARG(family));
}
