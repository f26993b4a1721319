#ifndef SUBMITD_PAGES_MY_CHILDREN_H
#define SUBMITD_PAGES_MY_CHILDREN_H

#include "submitd/pages/app.h"

extern const struct input child_inputs[], claim_inputs[], answer_inputs[];

handler_fn children_get, children_post, child_get, certificate_get,
    certificate_post, claim_get, claim_post, claim_answer_get,
    claim_answer_post;

#endif
