#include "submitd/store/statements.h"

#define ACCOUNT \
	"SELECT id, email, full_name, role, organization, municipality," \
	" created, password FROM account "

#define CHILD_COLUMNS \
	" c.id, c.family_name, c.given_name, c.patronymic, c.birth_date," \
	" c.municipality, c.namesake, c.created "

#define CLAIM \
	"SELECT k.id, k.account, a.full_name, a.email, k.way, k.state," \
	" k.created," CHILD_COLUMNS \
	"FROM claim k JOIN account a ON a.id = k.account" \
	" JOIN child c ON c.id = k.child "

const struct statement_text statements_people[] = {
	{ SQL_ACCOUNT_BY_EMAIL, ACCOUNT "WHERE email = ?" },
	{ SQL_ACCOUNT_BY_ID, ACCOUNT "WHERE id = ?" },
	{ SQL_ACCOUNT_ADD,
	    "INSERT INTO account (id, email, password, full_name, role,"
	    " organization, municipality, created)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)" },
	{ SQL_ACCOUNT_PASSWORD,
	    "UPDATE account SET password = ? WHERE id = ?" },
	{ SQL_REGISTRATION_ADD,
	    "INSERT INTO registration (id, email, password, full_name, next,"
	    " address, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)" },
	{ SQL_REGISTRATION_CONSENT,
	    "INSERT INTO registration_consent (registration, document,"
	    " version, hash) VALUES (?, ?, ?, ?)" },
	{ SQL_REGISTRATION_GET,
	    "SELECT email, password, full_name, next, account"
	    " FROM registration WHERE id = ? AND expires > ?" },
	{ SQL_REGISTRATION_DONE,
	    "UPDATE registration SET account = ?, password = ''"
	    " WHERE id = ? AND account IS NULL" },
	{ SQL_REGISTRATION_DROP,
	    "DELETE FROM registration WHERE id IN (SELECT id"
	    " FROM registration WHERE expires <= ? LIMIT ?)" },
	{ SQL_CONSENT_COPY,
	    "INSERT INTO consent (account, document, version, hash, given,"
	    " address) SELECT ?, k.document, k.version, k.hash, r.created,"
	    " r.address FROM registration_consent k JOIN registration r"
	    " ON r.id = k.registration WHERE r.id = ? ORDER BY k.document" },
	{ SQL_RESET_ADD,
	    "INSERT INTO reset_link (id, account, expires) VALUES (?, ?, ?)" },
	{ SQL_RESET_GET, "SELECT account FROM reset_link"
			 " WHERE id = ? AND expires > ? AND used IS NULL" },
	{ SQL_RESET_USE, "UPDATE reset_link SET used = ?"
			 " WHERE id = ? AND expires > ? AND used IS NULL"
			 " RETURNING account" },
	{ SQL_RESET_END, "UPDATE reset_link SET used = ?"
			 " WHERE account = ? AND used IS NULL" },
	{ SQL_RESET_DROP,
	    "DELETE FROM reset_link WHERE id IN (SELECT id FROM reset_link"
	    " WHERE expires <= ? LIMIT ?)" },
	{ SQL_SESSION_ADD,
	    "INSERT INTO session (id, account, created, seen, address, agent)"
	    " VALUES (?, ?, ?, ?, ?, ?)" },
	{ SQL_SESSION_GET,
	    "SELECT s.created, s.seen, s.address, s.agent, a.id, a.email,"
	    " a.full_name, a.role, a.organization, a.municipality, a.created"
	    " FROM session s JOIN account a ON a.id = s.account"
	    " WHERE s.id = ?" },
	{ SQL_SESSION_SEEN,
	    "UPDATE session SET seen = ? WHERE id = ? AND seen < ?" },
	{ SQL_SESSION_END, "DELETE FROM session WHERE id = ?" },
	{ SQL_SESSION_END_OTHERS,
	    "DELETE FROM session WHERE account = ? AND id <> ?" },
	{ SQL_SESSION_DROP,
	    "DELETE FROM session WHERE id IN (SELECT id FROM session"
	    " WHERE created <= ? LIMIT ?)" },

	{ SQL_CHILD_ADD,
	    "INSERT INTO child (id, family_name, given_name, patronymic,"
	    " name_key, birth_date, municipality, created)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)" },
	{ SQL_CHILD_BY_KEY,
	    "SELECT" CHILD_COLUMNS "FROM child c WHERE c.name_key = ?"
	    " AND c.birth_date = ? AND c.merged_into IS NULL"
	    " ORDER BY c.namesake LIMIT 1" },
	{ SQL_CHILD_BY_ID,
	    "SELECT" CHILD_COLUMNS "FROM child c WHERE c.id = ?" },
	{ SQL_CHILD_OF_GUARDIAN,
	    "SELECT" CHILD_COLUMNS "FROM child c JOIN guardian g"
	    " ON g.child = c.id WHERE c.id = ? AND g.account = ?" },
	{ SQL_CHILD_OF_ORGANIZATION,
	    "SELECT" CHILD_COLUMNS "FROM child c WHERE c.id = ?"
	    " AND (EXISTS (SELECT 1 FROM application p"
	    " WHERE p.child = c.id AND p.organization = ?)"
	    " OR EXISTS (SELECT 1 FROM sign_up u"
	    " WHERE u.child = c.id AND u.organization = ?))" },
	{ SQL_CHILD_LIST, "SELECT" CHILD_COLUMNS "FROM guardian g JOIN child c"
			  " ON c.id = g.child WHERE g.account = ?"
			  " AND c.merged_into IS NULL ORDER BY g.seq" },
	{ SQL_CHILD_NEAR,
	    "SELECT c.id, c.name_key, c.birth_date FROM child c"
	    " WHERE (c.birth_date = ? OR c.name_key = ?) AND c.id <> ?"
	    " AND c.merged_into IS NULL" },
	{ SQL_CHILD_MUNICIPALITY,
	    "UPDATE child SET municipality = ? WHERE id = ?" },
	{ SQL_GUARDIAN_ADD,
	    "INSERT INTO guardian (child, account, since) VALUES (?, ?, ?)" },
	{ SQL_GUARDIAN_IS,
	    "SELECT 1 FROM guardian WHERE child = ? AND account = ?" },
	{ SQL_GUARDIAN_FIRST,
	    "SELECT a.id, a.email, a.full_name FROM guardian g"
	    " JOIN account a ON a.id = g.account WHERE g.child = ?"
	    " ORDER BY g.seq LIMIT 1" },
	{ SQL_GUARDIAN_COUNT,
	    "SELECT count(*) FROM guardian WHERE account = ?" },
	{ SQL_PAIR_ADD,
	    "INSERT INTO child_pair (id, a, b, created) VALUES (?, ?, ?, ?)"
	    " ON CONFLICT (a, b) DO NOTHING" },
	{ SQL_PAIR_LIST,
	    "SELECT p.id, p.created, c.id, c.family_name, c.given_name,"
	    " c.patronymic, c.birth_date, c.municipality, c.namesake,"
	    " c.created, d.id, d.family_name, d.given_name, d.patronymic,"
	    " d.birth_date, d.municipality, d.namesake, d.created"
	    " FROM child_pair p JOIN child c ON c.id = p.a"
	    " JOIN child d ON d.id = p.b WHERE p.closed IS NULL"
	    " AND (? = '' OR c.municipality = ? OR d.municipality = ?)"
	    " ORDER BY p.created, p.id LIMIT 200" },
	{ SQL_PAIR_GET,
	    "SELECT c.municipality, d.municipality FROM child_pair p"
	    " JOIN child c ON c.id = p.a JOIN child d ON d.id = p.b"
	    " WHERE p.id = ? AND p.closed IS NULL" },
	{ SQL_PAIR_CLOSE, "UPDATE child_pair SET closed = ?"
			  " WHERE id = ? AND closed IS NULL" },
	{ SQL_TRY_ADD, "INSERT INTO child_try (account, at) VALUES (?, ?)" },
	{ SQL_TRY_COUNT,
	    "SELECT count(*) FROM child_try WHERE account = ? AND at > ?" },
	{ SQL_TRY_DROP,
	    "DELETE FROM child_try WHERE seq IN (SELECT seq FROM child_try"
	    " WHERE at <= ? ORDER BY seq LIMIT ?)" },
	{ SQL_CLAIM_ADD,
	    "INSERT INTO claim (id, child, account, way, state, link, created)"
	    " VALUES (?, ?, ?, ?, 'open', ?, ?)" },
	{ SQL_CLAIM_BY_LINK, CLAIM "WHERE k.link = ? AND k.created > ?" },
	{ SQL_CLAIM_BY_ID, CLAIM "WHERE k.id = ?" },
	{ SQL_CLAIM_OPEN, "SELECT id FROM claim WHERE child = ? AND account = ?"
			  " AND state = 'open'" },
	{ SQL_CLAIM_DECIDE,
	    "UPDATE claim SET state = ?, decided = ?, decided_by = ?"
	    " WHERE id = ? AND state = 'open'" },
	{ SQL_CLAIM_LIST, CLAIM "WHERE k.state = 'open' AND k.way = 'operator'"
				" AND (? = '' OR c.municipality = ?)"
				" ORDER BY k.created, k.id LIMIT 200" },
	{ SQL_CLAIM_END,
	    "UPDATE claim SET state = 'ended', decided = ? WHERE id IN"
	    " (SELECT id FROM claim WHERE state = 'open'"
	    " AND way = 'guardian' AND created <= ? LIMIT ?)" },

	{ SQL_MAIL_ADD,
	    "INSERT INTO mail (id, kind, recipient, params, state, created,"
	    " due) VALUES (?, ?, ?, ?, 'waiting', ?, ?)" },
	/* The condition stands twice: docs/architecture.md, two engines. */
	{ SQL_MAIL_CLAIM,
	    "UPDATE mail SET claimed = ?, attempts = attempts + 1"
	    " WHERE state = 'waiting' AND claimed < ? AND seq IN"
	    " (SELECT seq FROM mail WHERE state = 'waiting' AND due <= ?"
	    " AND claimed < ? ORDER BY due, seq LIMIT ?)"
	    " RETURNING id, seq, kind, recipient, params, created, due,"
	    " attempts" },
	{ SQL_MAIL_SENT,
	    "UPDATE mail SET state = 'sent', sent = ?, params = '{}'"
	    " WHERE id = ? AND state = 'waiting'" },
	{ SQL_MAIL_FAILED,
	    "UPDATE mail SET claimed = 0, due = ?, error = ?, state ="
	    " CASE WHEN ? = 1 OR attempts >= ? THEN 'dead'"
	    " ELSE 'waiting' END WHERE id = ? AND state = 'waiting'"
	    " RETURNING attempts" },
	{ SQL_MAIL_DUE, "UPDATE mail SET due = ? WHERE id = ?" },
	/* The first answers: a long queue is not walked. */
	{ SQL_MAIL_IS_DUE,
	    "SELECT 1 FROM mail WHERE state = 'waiting' AND due <= ?"
	    " AND claimed < ? LIMIT 1" },
	{ SQL_MAIL_DROP, "DELETE FROM mail WHERE seq IN (SELECT seq FROM mail"
			 " WHERE state = 'sent' AND sent <= ? LIMIT ?)" },

	{ SQL_KEY_FIND, "SELECT request, status, location, content_type, body"
			" FROM answered WHERE scope = ? AND route = ?"
			" AND idempotency_key = ? AND created > ?" },
	{ SQL_KEY_ADD,
	    "INSERT INTO answered (scope, route, idempotency_key, request,"
	    " status, location, content_type, body, created)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT (scope, route, idempotency_key) DO UPDATE SET"
	    " request = excluded.request, status = excluded.status,"
	    " location = excluded.location,"
	    " content_type = excluded.content_type, body = excluded.body,"
	    " created = excluded.created WHERE answered.created <= ?" },
	{ SQL_KEY_DROP,
	    "DELETE FROM answered WHERE (scope, route, idempotency_key) IN"
	    " (SELECT scope, route, idempotency_key FROM answered"
	    " WHERE created <= ? LIMIT ?)" },
	{ SQL_AUDIT_ADD,
	    "INSERT INTO audit (n, at, account, role, address, verb, kind,"
	    " object, detail) VALUES ((SELECT COALESCE(max(n), 0) + 1"
	    " FROM audit), ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ SQL_AUDIT_SEAL_LAST,
	    "SELECT last, hash FROM audit_seal ORDER BY last DESC LIMIT 1" },
	{ SQL_AUDIT_CLOSED, "SELECT COALESCE(max(n), 0) FROM audit"
			    " WHERE n > ? AND at < ?" },
	{ SQL_AUDIT_ROWS,
	    "SELECT n, at, account, role, address, verb, kind, object, detail"
	    " FROM audit WHERE n > ? AND n <= ? ORDER BY n" },
	{ SQL_AUDIT_SEAL,
	    "INSERT INTO audit_seal (last, at, hash) VALUES (?, ?, ?)" },
	{ 0, NULL },
};
