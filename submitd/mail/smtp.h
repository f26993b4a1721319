#ifndef SUBMITD_MAIL_SMTP_H
#define SUBMITD_MAIL_SMTP_H

#include "base/str.h"

/* A relay: one message in, one verdict out.  Blocks; a thread of its own. */
struct smtp;

enum smtp_rc {
	SMTP_SENT,
	SMTP_LATER,   /* the relay said 4xx, or is not there */
	SMTP_REFUSED, /* 5xx: repeating it will not help */
};

/*
 * url: smtp://[user:password@]host[:port] or smtps://….  STARTTLS is used when
 * it is offered, and required when there is a password.  helo is our name.
 * NULL: logged.
 */
struct smtp *smtp_open(const char *url, const char *helo);

/* What went wrong has been logged without addresses. */
enum smtp_rc smtp_send(struct smtp *s, const char *from, const char *to,
    struct str message);

/* From another thread: what is under way ends soon, with SMTP_LATER. */
void smtp_abort(struct smtp *s);

void smtp_close(struct smtp *s);

#endif
