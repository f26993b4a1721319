#ifndef SUBMITD_PAGES_MY_APPLICATIONS_H
#define SUBMITD_PAGES_MY_APPLICATIONS_H

#include "submitd/pages/app.h"

extern const struct form_field application_fields[], application_new_fields[],
    leave_fields[], list_fields[];

handler_fn home_get, applications_get, application_new_get, applications_post,
    application_get, application_cancel_post, application_leave_post;

#endif
