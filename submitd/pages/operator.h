#ifndef SUBMITD_PAGES_OPERATOR_H
#define SUBMITD_PAGES_OPERATOR_H

#include "submitd/pages/app.h"

extern const struct form_field decision_fields[], review_reason_fields[];

handler_fn operator_get, operator_children_get, operator_claim_post,
    operator_pair_post, operator_certificates_get, operator_certificate_post,
    operator_reviews_get, operator_review_approve_post,
    operator_review_decline_post;

#endif
