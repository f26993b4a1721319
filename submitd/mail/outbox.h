#ifndef SUBMITD_MAIL_OUTBOX_H
#define SUBMITD_MAIL_OUTBOX_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/*
 * The thread that carries letters out, one after the other in the order they
 * came: to a relay (smtp://, smtps://) or into a folder (file:DIR, one file
 * NNNNNN.eml each, by rename).  It never touches the database: the loop hands
 * it whole messages and asks what became of them.
 */
struct outbox;

enum { OUTBOX_ROOM = 256 };

enum outbox_fate { OUTBOX_SENT, OUTBOX_LATER, OUTBOX_REFUSED };

struct outbox_result {
	char id[64];
	enum outbox_fate fate;
};

/* from is the envelope's sender, helo our name.  NULL: logged. */
struct outbox *outbox_open(const char *url, const char *from, const char *helo);

/* How many more it takes now. */
size_t outbox_room(struct outbox *o);

/* How many results wait to be taken. */
size_t outbox_ready(struct outbox *o);

/* Copies everything.  There must be room. */
void outbox_put(struct outbox *o, struct str id, struct str to,
    struct str message);

/* One that is over with; false: none at the moment. */
bool outbox_take(struct outbox *o, struct outbox_result *out);

/*
 * Ends the thread; what it has not begun stays unsent (its lease in the store
 * runs out).  Then outbox_take() gives the last results.
 */
void outbox_stop(struct outbox *o);

void outbox_close(struct outbox *o);

#endif
