#include "submitd/domain/session.h"

bool
session_live(enum role role, int64_t created, int64_t seen, int64_t now)
{
	bool staff = role != ROLE_GUARDIAN;
	int64_t idle = staff ? SESSION_IDLE_STAFF : SESSION_IDLE_GUARDIAN;
	int64_t life = staff ? SESSION_LIFE_STAFF : SESSION_LIFE_GUARDIAN;

	/* `seen` lags behind by up to an hour. */
	return now < created + life && now < seen + idle + SESSION_SEEN_EVERY;
}
