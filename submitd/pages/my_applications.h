#ifndef SUBMITD_PAGES_MY_APPLICATIONS_H
#define SUBMITD_PAGES_MY_APPLICATIONS_H

#include "submitd/pages/app.h"

extern const struct input application_inputs[], application_new_inputs[],
    leave_inputs[], list_inputs[];

handler_fn home_get, applications_get, application_new_get, applications_post,
    application_get, application_cancel_post, application_leave_post;

#endif
