#include "submitd/domain/certificate.h"

#include "base/arena.h"
#include "base/hash.h"
#include "submitd/domain/names.h"

enum { DIGITS = 10 };

static const char *const state_names[] = {
	[CERTIFICATE_REQUESTED] = "requested",
	[CERTIFICATE_ACTIVE] = "active",
	[CERTIFICATE_CLOSED] = "closed",
};

static const char *const kind_names[] = {
	[LEDGER_GRANT] = "grant",
	[LEDGER_RELEASE] = "release",
	[LEDGER_REFUND] = "refund",
	[LEDGER_HOLD] = "hold",
	[LEDGER_CHARGE] = "charge",
	[LEDGER_EXPIRE] = "expire",
};

const char *
certificate_state_name(enum certificate_state s)
{
	return state_names[s];
}

bool
certificate_state_from(struct str name, enum certificate_state *out)
{
	int i = names_find(state_names, 3, name);

	if (i >= 0)
		*out = (enum certificate_state)i;
	return i >= 0;
}

const char *
ledger_kind_name(enum ledger_kind k)
{
	return kind_names[k];
}

bool
ledger_kind_from(struct str name, enum ledger_kind *out)
{
	int i = names_find(kind_names, 6, name);

	if (i >= 0)
		*out = (enum ledger_kind)i;
	return i >= 0;
}

bool
certificate_age(struct date birth, struct date on, int min, int max)
{
	int years = date_years(birth, on);

	return years >= min && years <= max;
}

int64_t
certificate_cover(int64_t cost, int64_t available)
{
	if (cost <= 0 || available <= 0)
		return 0;
	return cost < available ? cost : available;
}

static int64_t
months(struct date d)
{
	return d.year * 12LL + d.month;
}

int64_t
certificate_refund(int64_t charged, struct date from, struct date to,
    struct date left)
{
	int64_t all, unused;

	if (charged <= 0 || from.year == 0 || to.year == 0 ||
	    date_cmp(to, from) < 0)
		return 0;
	all = months(to) - months(from) + 1;
	unused = months(to) - months(left);
	if (unused <= 0)
		return 0;
	if (unused > all)
		unused = all;
	return charged * unused / all;
}

struct str
certificate_number(struct arena *a)
{
	char digits[DIGITS];

	for (int i = 0; i < DIGITS;) {
		unsigned char byte;
		int range = i == 0 ? 9 : 10;

		hash_random(&byte, 1);
		/* What is left above the last whole range would not be even. */
		if (byte >= 256 / range * range)
			continue;
		digits[i++] = (char)('0' + byte % range + (range == 9));
	}
	return str_dup(a, (struct str){ digits, DIGITS });
}
