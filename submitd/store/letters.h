#ifndef SUBMITD_STORE_LETTERS_H
#define SUBMITD_STORE_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "base/vec.h"
#include "submitd/domain/mail.h"
#include "submitd/store/rc.h"

/* The outbox. */

struct arena;

struct mail_list {
	VEC(struct mail) items;
};

/* A letter that no verb writes; params is a JSON object. */
enum store_rc store_mail_add(struct store *s, struct arena *a, const char *kind,
    struct str recipient, struct str params, int64_t now)
    __attribute__((warn_unused_result));
/* Takes up to `most` due letters for MAIL_LEASE seconds, in queue order. */
enum store_rc store_mail_claim(struct store *s, struct arena *a, int64_t now,
    int most, struct mail_list *out) __attribute__((warn_unused_result));
/* Gone; what was secret in it is wiped. */
enum store_rc store_mail_sent(struct store *s, struct str id, int64_t now)
    __attribute__((warn_unused_result));
/* Not gone: tried again later, or dead (`permanent`, too many attempts). */
enum store_rc store_mail_failed(struct store *s, struct str id, bool permanent,
    struct str why, int64_t now) __attribute__((warn_unused_result));
/* Whether store_mail_claim() would find one; NONE: not. */
enum store_rc store_mail_is_due(struct store *s, int64_t now)
    __attribute__((warn_unused_result));

#endif
