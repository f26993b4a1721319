#include "submitd/demo/example.h"

#include "base/hash.h"
#include "submitd/demo/play.h"
#include "submitd/domain/password.h"

enum { PASSWORD_BYTES = 32, LETTERS = 500 };

int64_t
example_begins(int64_t now)
{
	return now - (int64_t)(PLAN_DAYS + 2) * DATE_DAY;
}

/* Their addresses have no letter boxes. */
static enum store_rc
letters_sent(struct stage *st, int64_t now)
{
	enum store_rc rc;
	size_t n;

	do {
		struct mail_list letters = { 0 };

		rc = store_mail_claim(st->store, &st->batch, now, LETTERS,
		    &letters);
		n = letters.items.n;
		for (size_t i = 0; rc == STORE_OK && i < n; i++)
			rc = store_mail_sent(st->store, letters.items.at[i].id,
			    letters.items.at[i].created);
		arena_reset(&st->batch);
	} while (rc == STORE_OK && n == LETTERS);
	return rc;
}

enum store_rc
example_make(struct store *s, struct arena *a, const struct example_cast *cast,
    int64_t now)
{
	struct plan plan = {
		.arena = a,
		.catalog = store_catalog(s),
		.organization = cast->organization,
		.now = now,
	};
	struct stage st = { .store = s,
		.arena = a,
		.plan = &plan,
		.cast = cast };
	enum store_rc rc = STORE_OK;

	/* One for all, known to nobody. */
	if (password_hash(a, hash_token(a, PASSWORD_BYTES), &st.password) == -1)
		return STORE_FAILED;
	plan_make(&plan);
	for (size_t i = 0; rc == STORE_OK && i < plan.steps.n; i++) {
		rc = play(&st, &plan.steps.at[i]);
		arena_reset(&st.batch);
	}
	if (rc == STORE_OK)
		rc = letters_sent(&st, now);
	arena_free(&st.batch);
	return rc;
}
