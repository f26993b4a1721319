#ifndef SUBMITD_STORE_CERTIFICATES_H
#define SUBMITD_STORE_CERTIFICATES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/account.h"
#include "submitd/domain/certificate.h"
#include "submitd/domain/verdict.h"
#include "submitd/store/rc.h"

/* Certificates and every movement of their money. */

struct arena;

/* AGE, DUPLICATE.  *id is set then too. */
enum store_rc store_certificate_request(struct store *s, struct arena *a,
    const struct actor *who, struct str child, int64_t now,
    enum verdict *verdict, struct str *id) __attribute__((warn_unused_result));
/* The certificate of a child one may see, with this year's sums. */
enum store_rc store_certificate_of(struct store *s, struct arena *a,
    const struct actor *who, struct str child, int64_t now,
    struct certificate *out) __attribute__((warn_unused_result));

struct ledger {
	VEC(struct ledger_line) items;
};

enum store_rc store_certificate_ledger(struct store *s, struct arena *a,
    struct str id, struct ledger *out) __attribute__((warn_unused_result));

struct certificate_list {
	VEC(struct certificate) items;
};

/* The operator's, in this state (-1 any). */
enum store_rc store_certificate_list(struct store *s, struct arena *a,
    const struct actor *who, int state, int64_t now,
    struct certificate_list *out) __attribute__((warn_unused_result));
/* The operator has seen the papers: a number, and the year's grant. */
enum store_rc store_certificate_activate(struct store *s, struct arena *a,
    const struct actor *who, struct str id, int64_t now, enum verdict *verdict,
    struct certificate *out) __attribute__((warn_unused_result));

#endif
