#ifndef SUBMITD_HTTP_SEND_H
#define SUBMITD_HTTP_SEND_H

#include "submitd/http/connection.h"

/*
 * Answers to a connection.  What its socket does not take at once waits with
 * it.  The connection may be gone afterwards.
 */

/* A file of the answer is taken, or left for its owner to close. */
void send_answer(struct connection *c, const struct request *req,
    struct response *res);

/*
 * What the door itself has to say; the last on its connection.  NULL where
 * the request could not be read.
 */
void send_refusal(struct connection *c, const struct request *req, int status);

#endif
