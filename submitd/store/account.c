#include "base/hash.h"
#include "submitd/store/inside.h"

enum { TOKEN_BYTES = 32 };

static void
account_row(struct row *r, struct account *out)
{
	out->id = row_str(r);
	out->email = row_str(r);
	out->full_name = row_str(r);
	out->role = role_from(row_str(r));
	out->organization = row_str(r);
	out->municipality = row_str(r);
	out->created = row_int(r);
}

static enum store_rc
account_by(struct store *s, struct arena *a, enum statement id, struct str key,
    struct account *out, struct str *password)
{
	enum store_rc rc = store_row(s, id, db_text(key));
	struct row r;

	if (rc != STORE_OK)
		return rc;
	r = row_of(s, id, a);
	account_row(&r, out);
	if (password != NULL)
		*password = row_str(&r);
	store_done(s, id);
	return STORE_OK;
}

enum store_rc
store_account_find(struct store *s, struct arena *a, struct str email,
    struct account *out, struct str *password)
{
	return account_by(s, a, SQL_ACCOUNT_BY_EMAIL, email, out, password);
}

enum store_rc
store_account_get(struct store *s, struct arena *a, struct str id,
    struct account *out, struct str *password)
{
	return account_by(s, a, SQL_ACCOUNT_BY_ID, id, out, password);
}

static enum store_rc
insert(struct store *s, const struct account *account, struct str id,
    struct str password, int64_t now)
{
	return store_write(s, SQL_ACCOUNT_ADD, db_text(id),
	    db_text(account->email), db_text(password),
	    db_text(account->full_name), value_name(role_name(account->role)),
	    db_text_or_null(account->organization),
	    db_text_or_null(account->municipality), db_int(now));
}

enum store_rc
store_account_add(struct store *s, struct arena *a,
    const struct account *account, struct str password, int64_t now,
    struct str *id)
{
	const struct actor host = { .role = ROLE_NOBODY };
	struct str made = store_id(s, a, now);
	enum store_rc rc = insert(s, account, made, password, now);

	if (rc != STORE_OK)
		return rc;
	if (id != NULL)
		*id = made;
	return store_audit(s, &host, "add", "account", made,
	    str_from(role_name(account->role)), now);
}

/* Every required document, and none but in the version that is shown. */
static enum verdict
consents_agree(const struct catalog *c, const struct registration *r)
{
	for (size_t i = 0; c != NULL && i < c->legal.n; i++) {
		const struct catalog_legal *l = &c->legal.at[i];
		bool given = false;

		for (size_t k = 0; k < r->nconsents; k++) {
			if (!str_eq(r->consents[k].document, l->id))
				continue;
			if (!str_eq(r->consents[k].version, l->version))
				return VERDICT_CONSENT;
			given = true;
		}
		if (l->required && !given)
			return VERDICT_CONSENT;
	}
	return VERDICT_OK;
}

/* The text that was agreed to; empty for a document that is none. */
static struct str
text_hash(const struct catalog *c, struct str document)
{
	for (size_t i = 0; c != NULL && i < c->legal.n; i++)
		if (str_eq(c->legal.at[i].id, document))
			return c->legal.at[i].hash;
	return STR("");
}

static enum store_rc
registration_add(struct store *s, struct str id, const struct registration *r,
    struct str address, int64_t now)
{
	enum store_rc rc;

	rc = store_write(s, SQL_REGISTRATION_ADD, db_text(id),
	    db_text(r->email), db_text(r->password), db_text(r->full_name),
	    db_text(r->next), db_text(address), db_int(now),
	    db_int(now + ACCOUNT_CONFIRM_LIFE));
	for (size_t i = 0; rc == STORE_OK && i < r->nconsents; i++) {
		struct str hash =
		    text_hash(s->catalog, r->consents[i].document);

		if (hash.n > 0)
			rc = store_write(s, SQL_REGISTRATION_CONSENT,
			    db_text(id), db_text(r->consents[i].document),
			    db_text(r->consents[i].version), db_text(hash));
	}
	return rc;
}

enum store_rc
store_account_register(struct store *s, struct arena *a,
    const struct registration *r, struct str address, int64_t now,
    enum verdict *verdict)
{
	struct account there;
	struct str token;
	enum store_rc rc;

	*verdict = consents_agree(s->catalog, r);
	if (*verdict != VERDICT_OK)
		return STORE_OK;
	rc = store_account_find(s, a, r->email, &there, NULL);
	if (rc == STORE_OK) {
		const struct str pairs[] = { STR("full_name"),
			there.full_name };

		return store_letter(s, a, "already", there.email, pairs, 1,
		    now);
	}
	if (rc != STORE_NONE)
		return rc;
	token = hash_token(a, TOKEN_BYTES);
	rc = registration_add(s, store_token_hash(a, token), r, address, now);
	if (rc != STORE_OK)
		return rc;
	const struct str pairs[] = { STR("token"), token, STR("next"), r->next,
		STR("full_name"), r->full_name };
	return store_letter(s, a, "confirm", r->email, pairs, 3, now);
}

/* STALE unless the link is one of a registration that can be confirmed. */
static enum store_rc
registration_get(struct store *s, struct arena *a, struct str id, int64_t now,
    enum verdict *verdict, struct account *out, struct str *password,
    struct str *next)
{
	enum store_rc rc;
	struct row r;

	*verdict = VERDICT_STALE;
	rc = store_row(s, SQL_REGISTRATION_GET, db_text(id), db_int(now));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	r = row_of(s, SQL_REGISTRATION_GET, a);
	*out = (struct account){ .role = ROLE_GUARDIAN };
	out->email = row_str(&r);
	*password = row_str(&r);
	out->full_name = row_str(&r);
	*next = row_str(&r);
	out->id = row_str(&r);
	store_done(s, SQL_REGISTRATION_GET);
	*verdict = VERDICT_OK;
	return STORE_OK;
}

enum store_rc
store_account_confirm_peek(struct store *s, struct arena *a, struct str token,
    int64_t now, enum verdict *verdict, struct str *next)
{
	struct account account;
	struct str password;

	return registration_get(s, a, store_token_hash(a, token), now, verdict,
	    &account, &password, next);
}

static enum store_rc
account_from(struct store *s, struct arena *a, struct str registration,
    struct account *account, struct str password, int64_t now)
{
	struct actor self = { .role = ROLE_GUARDIAN };
	enum store_rc rc;

	self.account = account->id = store_id(s, a, now);
	rc = insert(s, account, account->id, password, now);
	if (rc == STORE_OK)
		rc = store_write(s, SQL_CONSENT_COPY, db_text(account->id),
		    db_text(registration));
	if (rc == STORE_OK)
		rc = store_audit(s, &self, "confirm", "account", account->id,
		    STR(""), now);
	return rc;
}

enum store_rc
store_account_confirm(struct store *s, struct arena *a, struct str token,
    int64_t now, enum verdict *verdict, struct str *next)
{
	struct str id = store_token_hash(a, token), password;
	struct account account, there;
	enum store_rc rc;

	rc =
	    registration_get(s, a, id, now, verdict, &account, &password, next);
	if (rc != STORE_OK || *verdict != VERDICT_OK || account.id.n > 0)
		return rc;
	rc = store_account_find(s, a, account.email, &there, NULL);
	/* Another letter to the same address was quicker. */
	if (rc == STORE_OK)
		account.id = there.id;
	if (rc == STORE_NONE)
		rc = account_from(s, a, id, &account, password, now);
	if (rc != STORE_OK)
		return rc;
	return store_write(s, SQL_REGISTRATION_DONE, db_text(account.id),
	    db_text(id));
}

enum store_rc
store_account_reset_ask(struct store *s, struct arena *a, struct str email,
    int64_t now)
{
	struct account account;
	struct str token;
	enum store_rc rc;

	rc = store_account_find(s, a, email, &account, NULL);
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	token = hash_token(a, TOKEN_BYTES);
	rc = store_write(s, SQL_RESET_ADD, db_text(store_token_hash(a, token)),
	    db_text(account.id), db_int(now + ACCOUNT_RESET_LIFE));
	if (rc != STORE_OK)
		return rc;
	const struct str pairs[] = { STR("token"), token, STR("full_name"),
		account.full_name };
	return store_letter(s, a, "reset", account.email, pairs, 2, now);
}

enum store_rc
store_account_reset_peek(struct store *s, struct arena *a, struct str token,
    int64_t now, enum verdict *verdict)
{
	enum store_rc rc;

	rc = store_row(s, SQL_RESET_GET, db_text(store_token_hash(a, token)),
	    db_int(now));
	*verdict = rc == STORE_OK ? VERDICT_OK : VERDICT_STALE;
	if (rc == STORE_OK)
		store_done(s, SQL_RESET_GET);
	return rc == STORE_NONE ? STORE_OK : rc;
}

/* The new password ends every session but one, and the owner hears of it. */
static enum store_rc
password_change(struct store *s, struct arena *a, const struct actor *who,
    struct str account, struct str password, struct str keep, int64_t now)
{
	struct account there;
	enum store_rc rc;

	rc = store_account_get(s, a, account, &there, NULL);
	if (rc != STORE_OK)
		return rc;
	rc = store_write(s, SQL_ACCOUNT_PASSWORD, db_text(password),
	    db_text(account));
	if (rc == STORE_OK)
		rc = store_write(s, SQL_RESET_END, db_int(now),
		    db_text(account));
	if (rc == STORE_OK)
		rc = store_session_end_others(s, account, keep);
	if (rc == STORE_OK)
		rc = store_audit(s, who, "password", "account", account,
		    STR(""), now);
	if (rc != STORE_OK)
		return rc;
	const struct str pairs[] = { STR("full_name"), there.full_name };
	return store_letter(s, a, "password", there.email, pairs, 1, now);
}

enum store_rc
store_account_reset(struct store *s, struct arena *a, struct str token,
    struct str password, int64_t now, enum verdict *verdict)
{
	struct actor self = { .role = ROLE_GUARDIAN };
	enum store_rc rc;

	*verdict = VERDICT_STALE;
	rc = store_change(s, SQL_RESET_USE, db_int(now),
	    db_text(store_token_hash(a, token)), db_int(now));
	if (rc != STORE_OK)
		return rc == STORE_NONE ? STORE_OK : rc;
	self.account = db_get_str(s->st[SQL_RESET_USE], a, 0);
	store_done(s, SQL_RESET_USE);
	*verdict = VERDICT_OK;
	return password_change(s, a, &self, self.account, password, STR(""),
	    now);
}

enum store_rc
store_account_password_set(struct store *s, struct arena *a,
    const struct actor *who, struct str password, struct str keep, int64_t now)
{
	return password_change(s, a, who, who->account, password, keep, now);
}
