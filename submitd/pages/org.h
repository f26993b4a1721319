#ifndef SUBMITD_PAGES_ORG_H
#define SUBMITD_PAGES_ORG_H

#include "submitd/pages/app.h"

extern const struct form_field decline_fields[], contract_fields[],
    enroll_fields[], org_leave_fields[], answer_text_fields[];

handler_fn org_get, org_applications_get, org_application_get, org_approve_post,
    org_decline_post, org_contract_post, org_enroll_post, org_expel_post,
    org_leave_post, org_sign_ups_get, org_sign_up_approve_post,
    org_sign_up_decline_post, org_sign_up_attend_post, org_reviews_get,
    org_review_answer_post;

#endif
