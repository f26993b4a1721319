#ifndef SUBMITD_PAGES_MY_SIGN_UPS_H
#define SUBMITD_PAGES_MY_SIGN_UPS_H

#include "submitd/pages/app.h"

extern const struct form_field sign_up_fields[], sign_up_new_fields[],
    review_fields[];

handler_fn sign_ups_get, sign_up_new_get, sign_ups_post, sign_up_get,
    sign_up_cancel_post, reviews_get, reviews_post;

#endif
