#include <stdio.h>

#include "base/embed.h"
#include "base/log.h"
#include "submitd/store/inside.h"

extern const struct embedded store_steps[];

/* The steps are numbered from 1 without a gap. */
int
store_version(void)
{
	int n = 0;

	while (store_steps[n].name != NULL)
		n++;
	return n;
}

int
store_recognize(struct db *db, const char *path, bool may_migrate)
{
	int64_t application, version;

	if (db_identity(db, &application, &version) != DB_OK)
		return -1;
	if (application != STORE_APPLICATION_ID) {
		log_warnx("%s: a database of another program", path);
		return -1;
	}
	if (version > store_version()) {
		log_warnx("%s: of a newer submitd (schema %lld, this one knows "
			  "%d)",
		    path, (long long)version, store_version());
		return -1;
	}
	if (version < store_version() && !may_migrate) {
		log_warnx("%s: of an older submitd (schema %lld, wanted %d): "
			  "run submitd migrate",
		    path, (long long)version, store_version());
		return -1;
	}
	return 0;
}

/* One step and its number, or nothing of it. */
static enum db_rc
take_step(struct db *db, int i)
{
	enum db_rc rc = db_begin(db);

	if (rc != DB_OK)
		return rc;
	rc = db_script(db, store_steps[i].text);
	if (rc == DB_OK)
		rc = db_identify(db, STORE_APPLICATION_ID, i + 1);
	if (rc == DB_OK)
		return db_commit(db);
	db_rollback(db);
	return rc;
}

int
store_migrate(struct db *db, const char *path)
{
	int64_t application, version;

	if (db_identity(db, &application, &version) != DB_OK)
		return -1;
	for (int i = (int)version; i < store_version(); i++) {
		if (take_step(db, i) != DB_OK) {
			log_warnx("%s: %s did not go through", path,
			    store_steps[i].name);
			return -1;
		}
		log_debug("%s: %s", path, store_steps[i].name);
	}
	return 0;
}
