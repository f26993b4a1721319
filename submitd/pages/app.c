#include "submitd/pages/app.h"

enum { MINUTE = 60, QUARTER = 900, HOUR = 3600 };

const struct limit_name limit_names[LIMITS] = {
	[LIMIT_NONE] = { "none", { 0, MINUTE } },
	[LIMIT_REQUESTS] = { "requests", { 1200, MINUTE } },
	[LIMIT_WRITES] = { "writes", { 60, MINUTE } },
	[LIMIT_LOGIN] = { "login", { 10, QUARTER } },
	[LIMIT_LOGIN_ACCOUNT] = { "login_account", { 200, QUARTER } },
	[LIMIT_LOGIN_ADDRESS] = { "login_address", { 100, QUARTER } },
	[LIMIT_REGISTER] = { "register", { 30, HOUR } },
	[LIMIT_LETTERS] = { "letters", { 5, HOUR } },
	[LIMIT_SUPPORT] = { "support", { 10, HOUR } },
};
