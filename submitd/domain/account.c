#include "submitd/domain/account.h"

#include "base/arena.h"
#include "base/utf8.h"
#include "submitd/domain/names.h"

enum { LOCAL_PART_MAX = 64, LABEL_MAX = 63 };

static const char *const role_names[ROLES] = {
	[ROLE_NOBODY] = "nobody",
	[ROLE_GUARDIAN] = "guardian",
	[ROLE_ORGANIZER] = "organizer",
	[ROLE_OPERATOR] = "operator",
	[ROLE_ADMIN] = "admin",
};

const char *
role_name(enum role r)
{
	return role_names[r];
}

enum role
role_from(struct str name)
{
	int i = names_find(role_names, ROLES, name);

	return i > 0 ? (enum role)i : ROLE_NOBODY;
}

bool
actor_serves(const struct actor *who, struct str organization)
{
	if (who->role == ROLE_ORGANIZER)
		return who->organization.n > 0 &&
		       str_eq(who->organization, organization);
	return who->role == ROLE_OPERATOR || who->role == ROLE_ADMIN;
}

bool
actor_oversees(const struct actor *who, struct str municipality)
{
	if (who->role == ROLE_ADMIN)
		return true;
	return who->role == ROLE_OPERATOR &&
	       (who->municipality.n == 0 ||
		   str_eq(who->municipality, municipality));
}

static bool
is_alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

static bool
is_local(char c)
{
	return is_alnum(c) || str_find_char(STR("!#$%&'*+-/=?^_`{|}~"), c) >= 0;
}

/* Dots stand between something. */
static bool
local_part(struct str s)
{
	if (s.n == 0 || s.n > LOCAL_PART_MAX || s.p[0] == '.' ||
	    s.p[s.n - 1] == '.')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_local(s.p[i]) && !(s.p[i] == '.' && s.p[i - 1] != '.'))
			return false;
	return true;
}

static bool
label(struct str s)
{
	if (s.n == 0 || s.n > LABEL_MAX || s.p[0] == '-' || s.p[s.n - 1] == '-')
		return false;
	for (size_t i = 0; i < s.n; i++)
		if (!is_alnum(s.p[i]) && s.p[i] != '-')
			return false;
	return true;
}

static bool
domain(struct str s)
{
	struct str head, rest = s;
	bool more;
	int labels = 0;

	do {
		more = str_cut(rest, '.', &head, &rest);
		if (!label(head))
			return false;
		labels++;
	} while (more);
	return labels > 1;
}

bool
account_email(struct arena *a, struct str typed, struct str *out)
{
	struct str s = str_trim(typed);
	struct str local, host;
	char *p;

	if (s.n == 0 || s.n > ACCOUNT_EMAIL_MAX)
		return false;
	p = arena_copy(a, s.p, s.n);
	for (size_t i = 0; i < s.n; i++)
		if (p[i] >= 'A' && p[i] <= 'Z')
			p[i] = (char)(p[i] - 'A' + 'a');
	*out = (struct str){ p, s.n };
	return str_cut(*out, '@', &local, &host) && local_part(local) &&
	       domain(host);
}

/* Letters of any script; signs, digits and invisible things are none. */
static bool
is_letter(uint32_t c)
{
	if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'))
		return true;
	if (c == 0xd7 || c == 0xf7)
		return false;
	return (c >= 0xc0 && c <= 0x1fff) || (c >= 0x2c00 && c <= 0x2dff) ||
	       (c >= 0x3040 && c <= 0xd7ff) || (c >= 0xf900 && c <= 0xfdff);
}

static bool
is_joint(uint32_t c)
{
	return c == '-' || c == '\'' || c == '.' || c == 0x2019 || c == 0x2010;
}

static bool
is_blank(uint32_t c)
{
	return c == ' ' || c == '\t' || c == 0xa0;
}

bool
account_name(struct arena *a, struct str typed, struct str *out)
{
	struct str rest = utf8_nfc(a, str_trim(typed));
	char *p = arena_alloc(a, 1, rest.n + 1);
	size_t n = 0, letters = 0, points = 0;
	bool gap = false;
	uint32_t c;

	while ((c = utf8_next(&rest)) != 0) {
		if (is_blank(c)) {
			gap = n > 0;
			continue;
		}
		if (!is_letter(c) && !is_joint(c))
			return false;
		if (gap)
			p[n++] = ' ';
		points += gap ? 2 : 1;
		gap = false;
		letters += is_letter(c);
		n += utf8_put(p + n, c);
	}
	*out = (struct str){ p, n };
	return letters > 0 && rest.n == 0 && points <= ACCOUNT_NAME_MAX;
}
