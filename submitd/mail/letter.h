#ifndef SUBMITD_MAIL_LETTER_H
#define SUBMITD_MAIL_LETTER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct arena;
struct buf;
struct mail;
struct theme;

/* What all letters have in common. */
struct letterhead {
	const struct theme *theme;
	struct str language, unit; /* "ru"; "rub" */
	struct str site;           /* the sender's name */
	struct str from;           /* an address */
	struct str base_url, host;
};

/*
 * A stored letter as a whole message.  mail/KIND.txt of the theme is the text;
 * its first line is the subject.  The line of it that begins with base_url is
 * what the letter asks to do.  mail/letter.html dresses the same text.  False:
 * it cannot be made (logged), and repeating will not help.
 */
bool letter_make(struct arena *a, const struct letterhead *head,
    const struct mail *m, int64_t now, struct buf *out);

#endif
