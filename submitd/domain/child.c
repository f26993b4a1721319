#include "submitd/domain/child.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"
#include "submitd/domain/names.h"

struct str
child_name(struct arena *a, const struct child *c)
{
	if (c->patronymic.n == 0)
		return str_format(a, "%.*s %.*s", STR_ARG(c->family_name),
		    STR_ARG(c->given_name));
	return str_format(a, "%.*s %.*s %.*s", STR_ARG(c->family_name),
	    STR_ARG(c->given_name), STR_ARG(c->patronymic));
}

/* Folded already.  0: does not count. */
static uint32_t
plain(uint32_t c)
{
	static const struct {
		uint32_t latin, cyrillic;
	} alike[] = {
		{ 'a', 0x430 },
		{ 'b', 0x432 },
		{ 'c', 0x441 },
		{ 'e', 0x435 },
		{ 'h', 0x43d },
		{ 'k', 0x43a },
		{ 'm', 0x43c },
		{ 'o', 0x43e },
		{ 'p', 0x440 },
		{ 't', 0x442 },
		{ 'x', 0x445 },
		{ 'y', 0x443 },
		{ 0x451, 0x435 },
		{ 0xeb, 0x435 },
	};

	if (c == ' ' || c == 0xa0 || c == '-' || c == 0x2010 || c == '\'' ||
	    c == 0x2019 || c == '.')
		return 0;
	for (size_t i = 0; i < sizeof(alike) / sizeof(*alike); i++)
		if (alike[i].latin == c)
			return alike[i].cyrillic;
	return c;
}

struct str
child_name_key(struct arena *a, const struct child *c)
{
	const struct str parts[] = { c->family_name, c->given_name,
		c->patronymic };
	struct buf b = { 0 };
	struct str out;

	for (int i = 0; i < 3; i++) {
		struct str rest = utf8_fold(a, parts[i]);
		uint32_t cp;

		if (i > 0)
			buf_char(&b, '/');
		while ((cp = utf8_next(&rest)) != 0) {
			char room[4];

			if ((cp = plain(cp)) != 0)
				buf_put(&b, room, utf8_put(room, cp));
		}
	}
	out = str_dup(a, buf_view(&b));
	buf_free(&b);
	return out;
}

bool
child_may_be_entered(struct date birth, struct date today)
{
	int years = date_years(birth, today);

	return years >= 0 && years <= CHILD_AGE_MAX;
}

/* How many of the eight digits differ. */
static int
digits_apart(struct date x, struct date y)
{
	int64_t a = x.year * 10000LL + x.month * 100 + x.day;
	int64_t b = y.year * 10000LL + y.month * 100 + y.day;
	int n = 0;

	for (; a > 0 || b > 0; a /= 10, b /= 10)
		n += a % 10 != b % 10;
	return n;
}

/* The same names with the first two in the other order. */
static bool
swapped(struct str a, struct str b)
{
	struct str a1, a2, a3, b1, b2, b3;

	str_cut(a, '/', &a1, &a2);
	str_cut(a2, '/', &a2, &a3);
	str_cut(b, '/', &b1, &b2);
	str_cut(b2, '/', &b2, &b3);
	return str_eq(a1, b2) && str_eq(a2, b1) && str_eq(a3, b3);
}

bool
child_alike(struct str key_a, struct date birth_a, struct str key_b,
    struct date birth_b)
{
	enum { LETTERS = 2 };
	bool same_day = date_cmp(birth_a, birth_b) == 0;

	if (same_day)
		return swapped(key_a, key_b) ||
		       str_distance(key_a, key_b, LETTERS) <= LETTERS;
	return str_eq(key_a, key_b) && digits_apart(birth_a, birth_b) == 1;
}

static const char *const way_names[] = {
	[CLAIM_GUARDIAN] = "guardian",
	[CLAIM_OPERATOR] = "operator",
};

const char *
claim_way_name(enum claim_way w)
{
	return way_names[w];
}

bool
claim_way_from(struct str name, enum claim_way *out)
{
	int i = names_find(way_names, 2, name);

	if (i >= 0)
		*out = (enum claim_way)i;
	return i >= 0;
}

const char *
claim_state_name(enum claim_state s)
{
	static const char *const names[] = {
		[CLAIM_OPEN] = "open",
		[CLAIM_CONFIRMED] = "confirmed",
		[CLAIM_REFUSED] = "refused",
		[CLAIM_ENDED] = "ended",
	};

	return names[s];
}
