#ifndef SUBMITD_PAGES_ACCOUNT_H
#define SUBMITD_PAGES_ACCOUNT_H

#include "submitd/pages/app.h"

/*
 * The way into the cabinet: registration, login, a forgotten password, and a
 * request for help by somebody who cannot get in.  Whether an address is known
 * is told by letter only: the answers are the same, byte for byte.
 */

extern const struct form_field register_fields[];
handler_fn register_get, register_post, register_finish;

extern const struct form_field confirm_fields[];
handler_fn confirm_get, confirm_post;

extern const struct form_field sent_fields[];
handler_fn sent_get;

extern const struct form_field login_fields[];
extern const struct form_field login_query[];
handler_fn login_get, login_post, login_finish;
handler_fn logout_post;
handler_fn session_get;

extern const struct form_field reset_fields[];
handler_fn reset_get, reset_post;
extern const struct form_field reset_token_fields[];
handler_fn reset_token_get, reset_token_post, reset_token_finish;

extern const struct form_field password_fields[];
handler_fn password_get, password_post, password_finish;

extern const struct form_field support_fields[];
handler_fn support_get, support_post;

#endif
