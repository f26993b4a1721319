#include "submitd/store/inside.h"

/* Seats of events and of their categories, taken over like those of groups. */

struct kept {
	struct str event, category, organization, municipality, title;
	int64_t starts, seats;
	bool gone, seen;
};

struct kept_list {
	VEC(struct kept) items;
	struct map by_name; /* "EVENT/CATEGORY" */
};

static enum store_rc
read_kept(struct store *s, struct arena *a, struct kept_list *out)
{
	enum store_rc rc = store_row_values(s, SQL_SEAT_ALL, NULL, 0);

	for (; rc == STORE_OK; rc = store_next(s, SQL_SEAT_ALL)) {
		struct row r = row_of(s, SQL_SEAT_ALL, a);
		struct kept *k = VEC_PUSH(a, &out->items);

		k->event = row_str(&r);
		k->category = row_str(&r);
		k->organization = row_str(&r);
		k->municipality = row_str(&r);
		k->title = row_str(&r);
		k->starts = row_int(&r);
		k->seats = row_int_or(&r, -1);
		k->gone = row_int(&r) != 0;
	}
	return rc == STORE_NONE ? STORE_OK : rc;
}

static void
name_kept(struct arena *a, struct kept_list *out)
{
	for (size_t i = 0; i < out->items.n; i++) {
		struct kept *k = &out->items.at[i];

		map_add(&out->by_name, a,
		    str_format(a, "%.*s/%.*s", STR_ARG(k->event),
			STR_ARG(k->category)),
		    k);
	}
}

/* Events that go by another name now take their sign-ups along. */
static enum store_rc
take_renamed(struct store *s, const struct catalog *c, struct kept_list *kept)
{
	enum store_rc rc = STORE_OK;

	for (size_t i = 0; rc == STORE_OK && i < kept->items.n; i++) {
		struct str old = kept->items.at[i].event;
		const struct catalog_event *e = catalog_event(c, old);
		bool taken = e == NULL || str_eq(e->id, old);

		for (size_t k = 0; !taken && k < kept->items.n; k++)
			taken = str_eq(kept->items.at[k].event, e->id);
		if (taken)
			continue;
		rc = store_write(s, SQL_SEAT_RENAME, db_text(e->id),
		    db_text(old));
		for (size_t k = 0; k < kept->items.n; k++)
			if (str_eq(kept->items.at[k].event, old))
				kept->items.at[k].event = e->id;
	}
	return rc;
}

/* One row, written when it is new or another than it was. */
static enum store_rc
put(struct store *s, struct arena *a, struct kept_list *kept,
    const struct kept *now)
{
	struct kept *k = map_get(&kept->by_name,
	    str_format(a, "%.*s/%.*s", STR_ARG(now->event),
		STR_ARG(now->category)));

	if (k != NULL) {
		k->seen = true;
		if (!k->gone && k->starts == now->starts &&
		    k->seats == now->seats && str_eq(k->title, now->title) &&
		    str_eq(k->organization, now->organization) &&
		    str_eq(k->municipality, now->municipality))
			return STORE_OK;
	}
	return store_write(s, SQL_SEAT_PUT, db_text(now->event),
	    db_text(now->category), db_text_or_null(now->organization),
	    db_text_or_null(now->municipality), db_text(now->title),
	    db_int(now->starts), value_limit(now->seats));
}

static enum store_rc
put_event(struct store *s, struct arena *a, struct kept_list *kept,
    const struct catalog_event *e)
{
	struct kept now = { .event = e->id,
		.title = e->title,
		.starts = e->starts,
		.seats = e->seats };
	enum store_rc rc;

	if (e->organization != NULL)
		now.organization = e->organization->id;
	if (e->municipality != NULL)
		now.municipality = e->municipality->id;
	else if (e->organization != NULL)
		now.municipality = e->organization->municipality->id;
	rc = put(s, a, kept, &now);
	for (size_t i = 0; rc == STORE_OK && i < e->categories.n; i++) {
		now.category = e->categories.at[i].id;
		now.title = e->categories.at[i].title;
		now.seats = e->categories.at[i].seats;
		rc = put(s, a, kept, &now);
	}
	return rc;
}

static enum store_rc
fill(struct store *s, struct arena *a, int64_t now)
{
	struct {
		VEC(struct str) items;
	} rooms = { 0 };
	enum store_rc rc = store_row(s, SQL_SEAT_ROOM, db_int(now));

	for (; rc == STORE_OK; rc = store_next(s, SQL_SEAT_ROOM)) {
		struct row r = row_of(s, SQL_SEAT_ROOM, a);

		*VEC_PUSH(a, &rooms.items) = row_str(&r);
	}
	if (rc == STORE_NONE)
		rc = STORE_OK;
	for (size_t i = 0; rc == STORE_OK && i < rooms.items.n; i++)
		rc = store_sign_up_fill(s, a, rooms.items.at[i],
		    CAUSE_SEATS_ROSE, now);
	return rc;
}

enum store_rc
store_catalog_take_events(struct store *s, struct arena *a,
    const struct catalog *c, int64_t now)
{
	struct kept_list kept = { 0 };
	enum store_rc rc = read_kept(s, a, &kept);

	if (rc == STORE_OK)
		rc = take_renamed(s, c, &kept);
	name_kept(a, &kept);
	for (size_t i = 0; rc == STORE_OK && i < c->events.n; i++) {
		const struct catalog_event *e = c->events.at[i].value;

		if (e->sign_up)
			rc = put_event(s, a, &kept, e);
	}
	for (size_t i = 0; rc == STORE_OK && i < kept.items.n; i++) {
		const struct kept *k = &kept.items.at[i];

		if (!k->seen && !k->gone)
			rc = store_write(s, SQL_SEAT_GONE, db_text(k->event),
			    db_text(k->category));
	}
	return rc == STORE_OK ? fill(s, a, now) : rc;
}
