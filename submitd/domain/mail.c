#include "submitd/domain/mail.h"

int64_t
mail_retry_at(int attempts, int64_t now)
{
	enum { FIRST = 30, LONGEST = 6 * 3600, DOUBLINGS = 16 };
	int64_t wait = FIRST;

	for (int i = 1; i < attempts && i < DOUBLINGS; i++)
		wait *= 2;
	return now + (wait < LONGEST ? wait : LONGEST);
}
