#include "submitd/domain/verdict.h"

const char *
verdict_name(enum verdict v)
{
	static const char *const names[VERDICTS] = {
		[VERDICT_OK] = "ok",
		[VERDICT_UNKNOWN] = "unknown",
		[VERDICT_CLOSED] = "closed",
		[VERDICT_FULL] = "full",
		[VERDICT_DUPLICATE] = "duplicate",
		[VERDICT_AGE] = "age",
		[VERDICT_CLASH] = "clash",
		[VERDICT_STATE] = "state",
		[VERDICT_MONEY] = "money",
		[VERDICT_CERTIFICATE] = "certificate",
		[VERDICT_CONTRACT] = "contract",
		[VERDICT_NOT_ENROLLED] = "not-enrolled",
		[VERDICT_EXISTS] = "exists",
		[VERDICT_LIMIT] = "limit",
		[VERDICT_STALE] = "stale",
		[VERDICT_CONSENT] = "consent",
	};

	return names[v];
}
