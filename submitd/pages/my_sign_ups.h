#ifndef SUBMITD_PAGES_MY_SIGN_UPS_H
#define SUBMITD_PAGES_MY_SIGN_UPS_H

#include "submitd/pages/app.h"

extern const struct input sign_up_inputs[], sign_up_new_inputs[],
    review_inputs[];

handler_fn sign_ups_get, sign_up_new_get, sign_ups_post, sign_up_get,
    sign_up_cancel_post, reviews_get, reviews_post;

#endif
