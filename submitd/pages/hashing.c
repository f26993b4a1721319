#include "submitd/pages/hashing.h"

#include "base/arena.h"
#include "submitd/domain/password.h"

static void
run(struct job *job)
{
	struct hashing *h = (struct hashing *)job;

	if (h->compare)
		h->matches = password_matches(h->hash, h->typed);
	if (h->fresh.n > 0 && password_hash(h->arena, h->fresh, &h->made) == -1)
		h->made = (struct str){ 0 };
}

static struct hashing *
leave_job(struct call *c)
{
	struct hashing *h = arena_alloc(c->arena, sizeof(*h), 1);

	h->job.run = run;
	h->arena = c->arena;
	c->job = &h->job;
	return h;
}

struct hashing *
hashing_compare(struct call *c, struct str typed, struct str hash)
{
	struct hashing *h = leave_job(c);

	h->compare = true;
	h->typed = typed;
	h->hash = hash;
	return h;
}

struct hashing *
hashing_make(struct call *c, struct str password)
{
	struct hashing *h = leave_job(c);

	h->fresh = password;
	return h;
}

const struct hashing *
hashing_done(const struct call *c)
{
	return (const struct hashing *)c->job;
}

void
hashing_judge(struct call *c, const char *field)
{
	static const char *const codes[] = {
		[PASSWORD_SHORT] = "password_short",
		[PASSWORD_LONG] = "password_long",
		[PASSWORD_COMMON] = "password_common",
	};
	enum password_fault fault = password_judge(form_text(&c->form, field));

	if (fault != PASSWORD_FINE)
		form_error(&c->form, c->arena, field, codes[fault]);
}
