#ifndef SUBMITD_DOMAIN_CERTIFICATE_H
#define SUBMITD_DOMAIN_CERTIFICATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "base/str.h"

struct arena;

enum certificate_state {
	CERTIFICATE_REQUESTED,
	CERTIFICATE_ACTIVE,
	CERTIFICATE_CLOSED,
};

const char *certificate_state_name(enum certificate_state s);
bool certificate_state_from(struct str name, enum certificate_state *out);

/* One of a child, once for life.  Sums are hundredths of the unit. */
struct certificate {
	struct str id, child;
	struct str number; /* 10 digits; empty until active */
	struct str municipality;
	enum certificate_state state;
	int64_t requested, activated;
	int year; /* of the sums below */
	int64_t available, held, spent;
	/* The child, for the operator's list. */
	struct str family_name, given_name, patronymic;
	struct date birth;
};

enum ledger_kind {
	LEDGER_GRANT,
	LEDGER_RELEASE,
	LEDGER_REFUND,
	LEDGER_HOLD,
	LEDGER_CHARGE,
	LEDGER_EXPIRE,
};

const char *ledger_kind_name(enum ledger_kind k);
bool ledger_kind_from(struct str name, enum ledger_kind *out);

struct ledger_line {
	int64_t seq, at;
	int year;
	enum ledger_kind kind;
	int64_t amount; /* signed, hundredths */
	struct str application, program_title, cause;
};

/* A child of that age may have one. */
bool certificate_age(struct date birth, struct date on, int min, int max);

/* What a certificate pays of a course. */
int64_t certificate_cover(int64_t cost, int64_t available);

/*
 * What goes back of `charged` when the child leaves on that day: the share of
 * whole calendar months after the leaving one, floored.
 */
int64_t certificate_refund(int64_t charged, struct date from, struct date to,
    struct date left);

/* Ten random digits, the first not 0. */
struct str certificate_number(struct arena *a);

#endif
