#include "base/buf.h"
#include "base/hash.h"
#include "submitd/store/inside.h"

struct row
row_of(struct store *s, enum statement id, struct arena *a)
{
	return (struct row){ s->st[id], a, 0 };
}

struct str
row_str(struct row *r)
{
	return db_get_str(r->st, r->a, r->at++);
}

int64_t
row_int(struct row *r)
{
	return db_get_int(r->st, r->at++);
}

int64_t
row_int_or(struct row *r, int64_t null)
{
	return db_get_int_or(r->st, r->at++, null);
}

struct date
row_date(struct row *r)
{
	struct date d;

	if (!date_parse(row_str(r), &d))
		return (struct date){ 0, 0, 0 };
	return d;
}

void
row_child(struct row *r, struct child *out)
{
	out->id = row_str(r);
	out->family_name = row_str(r);
	out->given_name = row_str(r);
	out->patronymic = row_str(r);
	out->birth = row_date(r);
	out->municipality = row_str(r);
	out->namesake = (int)row_int(r);
	out->created = row_int(r);
}

struct str
date_text(struct arena *a, struct date d)
{
	if (d.year == 0)
		return STR("");
	return str_format(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

struct db_value
value_date(struct arena *a, struct date d)
{
	return db_text_or_null(date_text(a, d));
}

struct db_value
value_limit(int64_t n)
{
	return n < 0 ? db_null() : db_int(n);
}

struct db_value
value_moment(int64_t t)
{
	return t == 0 ? db_null() : db_int(t);
}

struct db_value
value_name(const char *literal)
{
	return db_text(str_from(literal));
}

struct db_value
value_yes(bool yes)
{
	return db_int(yes ? 1 : 0);
}

struct str
store_id(struct store *s, struct arena *a, int64_t now)
{
	enum { RANDOM = 9 };

	return str_format(a, "%08llx%04x%s",
	    (unsigned long long)now & 0xffffffff, (unsigned)s->made++ & 0xffff,
	    hash_token(a, RANDOM).p);
}

struct str
store_token_hash(struct arena *a, struct str token)
{
	const struct str parts[] = { STR("letter"), token };

	return hash_hex(a, hash_of_all(parts, 2), 2 * HASH_SIZE);
}

struct str
store_bounds(const struct actor *who)
{
	return who->role == ROLE_OPERATOR ? who->municipality : STR("");
}
