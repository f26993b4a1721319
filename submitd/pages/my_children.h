#ifndef SUBMITD_PAGES_MY_CHILDREN_H
#define SUBMITD_PAGES_MY_CHILDREN_H

#include "submitd/pages/app.h"

extern const struct form_field child_fields[], claim_fields[], answer_fields[];

handler_fn children_get, children_post, child_get, certificate_get,
    certificate_post, claim_get, claim_post, claim_answer_get,
    claim_answer_post;

#endif
