#include "submitd/pages/account.h"
#include "submitd/pages/machine.h"

const struct route routes[] = {
	/* account: the way in */
	{ { METHOD_GET, "/account/register" }, NEED_NOTHING, register_get,
	    confirm_fields, NULL, 0 },
	{ { METHOD_POST, "/account/register" }, NEED_NOTHING, register_post,
	    register_fields, register_finish, 0 },
	{ { METHOD_GET, "/account/confirm/{token}" }, NEED_NOTHING, confirm_get,
	    NULL, NULL, 0 },
	{ { METHOD_POST, "/account/confirm/{token}" }, NEED_NOTHING,
	    confirm_post, confirm_fields, NULL, 0 },
	{ { METHOD_GET, "/account/sent" }, NEED_NOTHING, sent_get, sent_fields,
	    NULL, 0 },
	{ { METHOD_GET, "/account/login" }, NEED_NOTHING, login_get,
	    login_query, NULL, 0 },
	{ { METHOD_POST, "/account/login" }, NEED_NOTHING, login_post,
	    login_fields, login_finish, ROUTE_NO_REPLAY },
	{ { METHOD_POST, "/account/logout" }, NEED_NOTHING, logout_post, NULL,
	    NULL, ROUTE_NO_REPLAY },
	{ { METHOD_GET, "/account/session" }, NEED_NOTHING, session_get, NULL,
	    NULL, 0 },
	{ { METHOD_GET, "/account/reset" }, NEED_NOTHING, reset_get, NULL, NULL,
	    0 },
	{ { METHOD_POST, "/account/reset" }, NEED_NOTHING, reset_post,
	    reset_fields, NULL, 0 },
	{ { METHOD_GET, "/account/reset/{token}" }, NEED_NOTHING,
	    reset_token_get, NULL, NULL, 0 },
	{ { METHOD_POST, "/account/reset/{token}" }, NEED_NOTHING,
	    reset_token_post, reset_token_fields, reset_token_finish, 0 },
	{ { METHOD_GET, "/account/password" }, NEED_ACCOUNT, password_get, NULL,
	    NULL, 0 },
	{ { METHOD_POST, "/account/password" }, NEED_ACCOUNT, password_post,
	    password_fields, password_finish, 0 },
	{ { METHOD_GET, "/support" }, NEED_NOTHING, support_get, NULL, NULL,
	    0 },
	{ { METHOD_POST, "/support" }, NEED_NOTHING, support_post,
	    support_fields, NULL, 0 },

	/* machines */
	{ { METHOD_GET, "/healthz" }, NEED_LOCAL, healthz_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/readyz" }, NEED_LOCAL, readyz_get, NULL, NULL, 0 },
	{ { METHOD_GET, "/metrics" }, NEED_LOCAL, metrics_get, NULL, NULL, 0 },
};

const size_t routes_count = sizeof(routes) / sizeof(routes[0]);
