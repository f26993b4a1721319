#include "submitd/store/statements.h"

#define GROUP \
	"SELECT program, id, organization, title, program_title, seats," \
	" taken, waiting, waiting_max, opens, closes, ends, excess, gone," \
	" closed FROM program_group "

/*
 * The letter's reader is who applied, or for one on paper the child's first
 * guardian.
 */
#define APPLICATION \
	"SELECT a.id, a.seq, a.state, a.child, a.account, a.program," \
	" a.program_group, a.organization, g.program_title, g.title," \
	" c.family_name, c.given_name, c.patronymic, c.birth_date," \
	" a.school_year, CASE WHEN a.state = 'waiting' THEN 1 +" \
	" (SELECT count(*) FROM application w WHERE w.program = a.program" \
	" AND w.program_group = a.program_group AND w.state = 'waiting'" \
	" AND w.seq < a.seq) ELSE 0 END," \
	" a.created, a.changed, a.answer_by, a.certificate, a.cost, a.shown," \
	" (SELECT COALESCE(-sum(l.amount), 0) FROM ledger l" \
	" WHERE l.application = a.id AND l.kind IN ('hold', 'release'))," \
	" (SELECT COALESCE(-sum(l.amount), 0) FROM ledger l" \
	" WHERE l.application = a.id AND l.kind IN ('charge', 'refund'))," \
	" a.contract_number, a.order_number, a.contract_date, a.order_date," \
	" a.leave_date, a.reason, a.comment, a.leave_asked, g.gone," \
	" a.municipality, a.entrance_test, a.period_from, a.period_to," \
	" r.email, r.full_name" \
	" FROM application a JOIN child c ON c.id = a.child" \
	" JOIN program_group g ON g.program = a.program" \
	" AND g.id = a.program_group" \
	" LEFT JOIN account r ON r.id = COALESCE(a.account, (SELECT u.account" \
	" FROM guardian u WHERE u.child = a.child ORDER BY u.seq LIMIT 1)) "

#define APPLICATION_FILTER \
	" AND (? = '' OR a.program = ?) AND (? = '' OR a.program_group = ?)" \
	" AND (? = '' OR a.child = ?) AND (? = '' OR a.state = ?)" \
	" AND a.seq > ? ORDER BY a.seq LIMIT ?"

#define CERTIFICATE \
	"SELECT k.id, k.child, k.number, k.municipality, k.state," \
	" k.requested, k.activated, y.available, y.held, y.spent," \
	" c.family_name, c.given_name, c.patronymic, c.birth_date" \
	" FROM certificate k JOIN child c ON c.id = k.child" \
	" LEFT JOIN certificate_year y ON y.certificate = k.id" \
	" AND y.year = ? "

#define SIGN_UP \
	"SELECT u.id, u.seq, u.state, u.event, u.category, u.child," \
	" u.account, u.organization, e.title, k.title, e.starts," \
	" c.family_name, c.given_name, c.patronymic, c.birth_date," \
	" CASE WHEN u.state = 'waiting' THEN 1 + (SELECT count(*)" \
	" FROM sign_up w WHERE w.event = u.event AND w.state = 'waiting'" \
	" AND w.category = u.category AND w.seq < u.seq) ELSE 0 END," \
	" u.created, u.changed, u.reason, u.comment, e.gone, e.municipality," \
	" r.email, r.full_name" \
	" FROM sign_up u JOIN child c ON c.id = u.child" \
	" JOIN event_seat e ON e.event = u.event AND e.category = ''" \
	" JOIN event_seat k ON k.event = u.event" \
	" AND k.category = u.category" \
	" LEFT JOIN account r ON r.id = COALESCE(u.account, (SELECT q.account" \
	" FROM guardian q WHERE q.child = u.child ORDER BY q.seq LIMIT 1)) "

#define SIGN_UP_TAIL \
	" AND (? = '' OR u.event = ?) AND u.seq > ? ORDER BY u.seq LIMIT ?"

#define REVIEW \
	"SELECT v.id, v.seq, v.account, v.program, v.program_title," \
	" v.organization, v.author, v.school_year, v.rating, v.text," \
	" v.state, v.reason, v.created, v.changed, v.approved, v.answer," \
	" v.answered, v.municipality, a.email, a.full_name" \
	" FROM review v JOIN account a ON a.id = v.account "

#define REVIEW_TAIL \
	" AND (? = '' OR v.state = ?) AND v.seq > ? ORDER BY v.seq LIMIT ?"

const struct statement_text statements_work[] = {
	{ SQL_CATALOG_USED, "SELECT generation, hash FROM catalog_use" },
	{ SQL_CATALOG_USE,
	    "INSERT INTO catalog_use (one, generation, hash)"
	    " VALUES (1, ?, ?) ON CONFLICT (one) DO UPDATE SET"
	    " generation = excluded.generation, hash = excluded.hash" },
	{ SQL_GROUP_ALL,
	    "SELECT program, id, seq, organization, municipality, title,"
	    " program_title, opens, closes, ends, seats, waiting_max, gone"
	    " FROM program_group ORDER BY program, id" },
	{ SQL_GROUP_PUT,
	    "INSERT INTO program_group (program, id, seq, organization,"
	    " municipality, title, program_title, opens, closes, ends, seats,"
	    " waiting_max) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT (program, id) DO UPDATE SET seq = excluded.seq,"
	    " organization = excluded.organization,"
	    " municipality = excluded.municipality, title = excluded.title,"
	    " program_title = excluded.program_title,"
	    " opens = excluded.opens, closes = excluded.closes,"
	    " ends = excluded.ends, seats = excluded.seats,"
	    " waiting_max = excluded.waiting_max, gone = 0, excess ="
	    " CASE WHEN program_group.taken > excluded.seats"
	    " THEN 1 ELSE 0 END" },
	{ SQL_GROUP_GONE,
	    "UPDATE program_group SET gone = 1 WHERE program = ? AND id = ?" },
	{ SQL_GROUP_RENAME, "UPDATE program_group SET program = ?, id = ?"
			    " WHERE program = ? AND id = ?" },
	{ SQL_GROUP_RENAME_EVENTS,
	    "UPDATE application_event SET program = ?, program_group = ?"
	    " WHERE program = ? AND program_group = ?" },
	{ SQL_GROUP_ROOM,
	    "SELECT program, id FROM program_group WHERE waiting > 0"
	    " AND gone = 0 AND (seats IS NULL OR taken < seats)"
	    " AND (ends IS NULL OR ends > ?) ORDER BY program, id" },
	{ SQL_GROUP_GET, GROUP "WHERE program = ? AND id = ?" },
	/* The seat is asked for and taken in one breath. */
	{ SQL_GROUP_TAKE,
	    "UPDATE program_group SET taken = taken + 1 WHERE program = ?"
	    " AND id = ? AND gone = 0 AND (seats IS NULL OR taken < seats)" },
	/* Sabotage: a look at what was there a second ago, then the deed. */
	{ SQL_GROUP_TAKE_BLIND,
	    "UPDATE program_group SET taken = taken + 1, excess = 1"
	    " WHERE program = ? AND id = ? AND (seats IS NULL OR seats >"
	    " (SELECT count(*) FROM application a"
	    " WHERE a.program = program_group.program"
	    " AND a.program_group = program_group.id AND a.state IN"
	    " ('submitted', 'approved', 'enrolled') AND a.created < ?))" },
	{ SQL_GROUP_QUEUE,
	    "UPDATE program_group SET waiting = waiting + 1 WHERE program = ?"
	    " AND id = ? AND gone = 0 AND taken >= seats"
	    " AND (waiting_max IS NULL OR waiting < waiting_max)" },
	{ SQL_GROUP_FREE, "UPDATE program_group SET taken = taken - 1, excess ="
			  " CASE WHEN taken - 1 > seats THEN 1 ELSE 0 END"
			  " WHERE program = ? AND id = ?" },
	{ SQL_GROUP_UNQUEUE, "UPDATE program_group SET waiting = waiting - 1"
			     " WHERE program = ? AND id = ?" },
	{ SQL_GROUP_PROMOTE,
	    "UPDATE program_group SET taken = taken + 1,"
	    " waiting = waiting - 1 WHERE program = ? AND id = ?"
	    " AND waiting > 0 AND gone = 0"
	    " AND (seats IS NULL OR taken < seats)"
	    " AND (ends IS NULL OR ends > ?)" },
	{ SQL_GROUP_OF_PROGRAM,
	    GROUP "WHERE program = ? AND gone = 0 ORDER BY seq" },
	{ SQL_GROUP_OF_CATALOG, GROUP "WHERE gone = 0 ORDER BY program, seq" },
	{ SQL_GROUP_OF_ORGANIZATION,
	    GROUP "WHERE (? = '' OR organization = ?)"
		  " AND (? = '' OR municipality = ?)"
		  " AND (gone = 0 OR taken > 0 OR waiting > 0)"
		  " ORDER BY program, seq" },
	{ SQL_GROUP_CONFLICTS,
	    GROUP "WHERE (excess = 1"
		  " OR (gone = 1 AND (taken > 0 OR waiting > 0)))"
		  " AND (? = '' OR municipality = ?)"
		  " ORDER BY program, seq LIMIT 500" },
	{ SQL_GROUP_CLOSE,
	    "UPDATE program_group SET closed = ? WHERE program = ?"
	    " AND id = ? AND (? = '' OR organization = ?)" },

	{ SQL_APPLICATION_LIVE_OF_CHILD,
	    "SELECT program, program_group, school_year FROM application"
	    " WHERE child = ? AND (state = 'submitted' OR state = 'waiting'"
	    " OR state = 'approved' OR state = 'enrolled')" },
	{ SQL_APPLICATION_ADD,
	    "INSERT INTO application (id, child, account, program,"
	    " program_group, organization, municipality, school_year,"
	    " period_from, period_to, state, created, changed, answer_by,"
	    " entrance_test, certificate, cost, shown) VALUES (?, ?, ?, ?, ?,"
	    " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ SQL_APPLICATION_SEQ, "SELECT seq FROM application WHERE id = ?" },
	{ SQL_APPLICATION_BY_ID, APPLICATION "WHERE a.id = ?" },
	{ SQL_APPLICATION_OF_GUARDIAN,
	    APPLICATION "WHERE a.child IN (SELECT child FROM guardian"
			" WHERE account = ?)" APPLICATION_FILTER },
	{ SQL_APPLICATION_OF_ORGANIZATION,
	    APPLICATION "WHERE a.organization = ?" APPLICATION_FILTER },
	{ SQL_APPLICATION_OF_MUNICIPALITY, APPLICATION
	    "WHERE (? = '' OR a.municipality = ?)"
	    " AND (? = '' OR a.organization = ?)" APPLICATION_FILTER },
	{ SQL_APPLICATION_COUNT_GUARDIAN,
	    "SELECT state, count(*) FROM application WHERE child IN"
	    " (SELECT child FROM guardian WHERE account = ?)"
	    " GROUP BY state" },
	{ SQL_APPLICATION_COUNT_ORGANIZATION,
	    "SELECT state, count(*) FROM application"
	    " WHERE organization = ? GROUP BY state" },
	{ SQL_APPLICATION_COUNT_MUNICIPALITY,
	    "SELECT state, count(*) FROM application"
	    " WHERE (? = '' OR municipality = ?) GROUP BY state" },
	{ SQL_APPLICATION_STATE,
	    "UPDATE application SET state = ?, changed = ?, answer_by = ?"
	    " WHERE id = ? AND state = ?" },
	{ SQL_APPLICATION_CONTRACT,
	    "UPDATE application SET contract_number = ?, contract_date = ?,"
	    " changed = ? WHERE id = ? AND state = 'approved'"
	    " AND contract_number IS NULL" },
	{ SQL_APPLICATION_ENROLL,
	    "UPDATE application SET state = 'enrolled', order_number = ?,"
	    " order_date = ?, changed = ?"
	    " WHERE id = ? AND state = 'approved'" },
	{ SQL_APPLICATION_LEAVE_ASK,
	    "UPDATE application SET leave_asked = 1, reason = ?,"
	    " comment = ?, changed = ? WHERE id = ?"
	    " AND state = 'enrolled' AND leave_asked = 0" },
	{ SQL_APPLICATION_LEAVE,
	    "UPDATE application SET state = 'left', leave_date = ?,"
	    " reason = ?, comment = ?, changed = ?"
	    " WHERE id = ? AND state = 'enrolled'" },
	{ SQL_APPLICATION_REASON,
	    "UPDATE application SET reason = ?, comment = ? WHERE id = ?" },
	{ SQL_APPLICATION_FIRST,
	    "UPDATE application SET state = 'submitted', changed = ?,"
	    " answer_by = ? WHERE id = (SELECT id FROM application"
	    " WHERE program = ? AND program_group = ?"
	    " AND state = 'waiting' ORDER BY seq LIMIT 1)"
	    " AND state = 'waiting' RETURNING id" },
	{ SQL_APPLICATION_ANSWER_BY,
	    "UPDATE application SET answer_by = ? WHERE id = ?" },
	{ SQL_APPLICATION_ENDED,
	    "SELECT a.id FROM program_group g JOIN application a"
	    " ON a.program = g.program AND a.program_group = g.id"
	    " WHERE g.ends <= ? AND (g.taken > 0 OR g.waiting > 0)"
	    " AND a.state IN ('waiting', 'enrolled') LIMIT ?" },
	{ SQL_EVENT_ADD,
	    "INSERT INTO application_event (application, at, was, state,"
	    " cause, reason, comment, program, program_group, arrival,"
	    " account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ SQL_EVENT_LIST,
	    "SELECT at, state, cause, reason, comment FROM application_event"
	    " WHERE application = ? ORDER BY seq" },
	/* From when to when it waited. */
	{ SQL_EVENT_WAITED,
	    "SELECT s.seq, s.at, s.program, s.program_group, s.arrival,"
	    " (SELECT min(e.seq) FROM application_event e"
	    " WHERE e.application = s.application AND e.was = 'waiting'"
	    " AND e.seq > s.seq) FROM application_event s"
	    " WHERE s.application = ? AND s.state = 'waiting'"
	    " AND (s.was IS NULL OR s.was <> 'waiting')"
	    " ORDER BY s.seq DESC LIMIT 1" },
	/* Who stood before it and went, since then. */
	{ SQL_EVENT_LEFT_AHEAD,
	    "SELECT seq, at, cause FROM application_event"
	    " WHERE program = ? AND program_group = ? AND was = 'waiting'"
	    " AND arrival < ? AND seq > ? ORDER BY seq" },
	{ SQL_WAITING_AHEAD,
	    "SELECT count(*) FROM application WHERE program = ?"
	    " AND program_group = ? AND state = 'waiting' AND seq < ?" },

	{ SQL_CERTIFICATE_ADD,
	    "INSERT INTO certificate (id, child, municipality, state,"
	    " requested) VALUES (?, ?, ?, 'requested', ?)" },
	{ SQL_CERTIFICATE_BY_CHILD, CERTIFICATE "WHERE k.child = ?" },
	{ SQL_CERTIFICATE_BY_ID, CERTIFICATE "WHERE k.id = ?" },
	{ SQL_CERTIFICATE_LIST,
	    CERTIFICATE "WHERE (? = '' OR k.municipality = ?)"
			" AND (? = '' OR k.state = ?)"
			" ORDER BY k.requested, k.id LIMIT 500" },
	{ SQL_CERTIFICATE_ACTIVATE,
	    "UPDATE certificate SET state = 'active', number = ?,"
	    " activated = ? WHERE id = ? AND state = 'requested'" },
	{ SQL_YEAR_ADD,
	    "INSERT INTO certificate_year (certificate, year, available,"
	    " held, spent) VALUES (?, ?, 0, 0, 0)" },
	/* Money moves only as far as there is some. */
	{ SQL_YEAR_MOVE,
	    "UPDATE certificate_year SET available = available + ?,"
	    " held = held + ?, spent = spent + ?"
	    " WHERE certificate = ? AND year = ? AND available + ? >= 0"
	    " RETURNING available, closed" },
	{ SQL_YEAR_CLOSE,
	    "UPDATE certificate_year SET closed = 1 WHERE certificate = ?"
	    " AND year = ? AND closed = 0" },
	{ SQL_YEAR_OPEN_BEFORE,
	    "SELECT certificate, year, available FROM certificate_year"
	    " WHERE year < ? AND closed = 0 LIMIT ?" },
	{ SQL_YEAR_MISSING,
	    "SELECT k.id, k.municipality, c.birth_date FROM certificate k"
	    " JOIN child c ON c.id = k.child WHERE k.state = 'active'"
	    " AND NOT EXISTS (SELECT 1 FROM certificate_year y"
	    " WHERE y.certificate = k.id AND y.year = ?) LIMIT ?" },
	{ SQL_LEDGER_ADD,
	    "INSERT INTO ledger (certificate, year, at, kind, amount, cause,"
	    " application, hold, account) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ SQL_LEDGER_LIST,
	    "SELECT l.seq, l.at, l.year, l.kind, l.amount, l.application,"
	    " g.program_title, l.cause FROM ledger l"
	    " LEFT JOIN application a ON a.id = l.application"
	    " LEFT JOIN program_group g ON g.program = a.program"
	    " AND g.id = a.program_group WHERE l.certificate = ?"
	    " ORDER BY l.seq" },
	{ SQL_LEDGER_OPEN_HOLD,
	    "SELECT h.seq, h.certificate, h.year, h.amount FROM ledger h"
	    " WHERE h.application = ? AND h.kind = 'hold'"
	    " AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.hold = h.seq"
	    " AND r.kind = 'release')" },
	{ SQL_LEDGER_CHARGE_OF, "SELECT certificate, year, -amount FROM ledger"
				" WHERE application = ? AND kind = 'charge'" },

	{ SQL_SEAT_ALL,
	    "SELECT event, category, organization, municipality, title,"
	    " starts, seats, gone FROM event_seat ORDER BY event, category" },
	{ SQL_SEAT_PUT,
	    "INSERT INTO event_seat (event, category, organization,"
	    " municipality, title, starts, seats)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?)"
	    " ON CONFLICT (event, category) DO UPDATE SET"
	    " organization = excluded.organization,"
	    " municipality = excluded.municipality, title = excluded.title,"
	    " starts = excluded.starts, seats = excluded.seats, gone = 0,"
	    " excess = CASE WHEN event_seat.taken > excluded.seats"
	    " THEN 1 ELSE 0 END" },
	{ SQL_SEAT_GONE, "UPDATE event_seat SET gone = 1 WHERE event = ?"
			 " AND category = ?" },
	{ SQL_SEAT_RENAME, "UPDATE event_seat SET event = ? WHERE event = ?" },
	{ SQL_SEAT_ROOM,
	    "SELECT event FROM event_seat WHERE category = ''"
	    " AND waiting > 0 AND gone = 0 AND starts > ?"
	    " AND (seats IS NULL OR taken < seats) ORDER BY event" },
	{ SQL_SEAT_TAKE,
	    "UPDATE event_seat SET taken = taken + 1 WHERE event = ?"
	    " AND category = ? AND gone = 0"
	    " AND (seats IS NULL OR taken < seats)" },
	{ SQL_SEAT_QUEUE,
	    "UPDATE event_seat SET waiting = waiting + 1 WHERE event = ?"
	    " AND category = ? AND gone = 0" },
	{ SQL_SEAT_FREE, "UPDATE event_seat SET taken = taken - 1, excess ="
			 " CASE WHEN taken - 1 > seats THEN 1 ELSE 0 END"
			 " WHERE event = ? AND category = ?" },
	{ SQL_SEAT_UNQUEUE,
	    "UPDATE event_seat SET waiting = waiting - 1 WHERE event = ?"
	    " AND category = ?" },
	{ SQL_SEAT_LIST,
	    "SELECT event, category, seats, taken, waiting FROM event_seat"
	    " WHERE event = ? AND gone = 0 ORDER BY category" },
	{ SQL_SIGN_UP_ADD,
	    "INSERT INTO sign_up (id, event, category, child, account,"
	    " organization, state, auto_approve, created, changed)"
	    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)" },
	{ SQL_SIGN_UP_LIVE,
	    "SELECT id FROM sign_up WHERE event = ? AND child = ? AND"
	    " (state = 'submitted' OR state = 'waiting'"
	    " OR state = 'approved' OR state = 'attended')" },
	{ SQL_SIGN_UP_BY_ID, SIGN_UP "WHERE u.id = ?" },
	{ SQL_SIGN_UP_OF_GUARDIAN,
	    SIGN_UP "WHERE u.child IN (SELECT child FROM guardian"
		    " WHERE account = ?)" SIGN_UP_TAIL },
	{ SQL_SIGN_UP_OF_ORGANIZATION,
	    SIGN_UP "WHERE u.organization = ?" SIGN_UP_TAIL },
	{ SQL_SIGN_UP_OF_MUNICIPALITY,
	    SIGN_UP "WHERE (? = '' OR e.municipality = ?)" SIGN_UP_TAIL },
	{ SQL_SIGN_UP_STATE,
	    "UPDATE sign_up SET state = ?, changed = ?, reason = ?,"
	    " comment = ? WHERE id = ? AND state = ?" },
	/* The first whose category, too, has room. */
	{ SQL_SIGN_UP_FIRST,
	    "SELECT u.id, u.category, u.auto_approve FROM sign_up u"
	    " JOIN event_seat e ON e.event = u.event AND e.category = ''"
	    " JOIN event_seat k ON k.event = u.event"
	    " AND k.category = u.category WHERE u.event = ?"
	    " AND u.state = 'waiting' AND e.gone = 0 AND e.starts > ?"
	    " AND (e.seats IS NULL OR e.taken < e.seats) AND k.gone = 0"
	    " AND (k.seats IS NULL OR k.taken < k.seats)"
	    " ORDER BY u.seq LIMIT 1" },

	{ SQL_REVIEW_ENROLLED,
	    "SELECT max(a.school_year) FROM application a"
	    " JOIN guardian g ON g.child = a.child WHERE g.account = ?"
	    " AND a.program = ? AND a.state IN"
	    " ('enrolled', 'left', 'completed')" },
	{ SQL_REVIEW_PROGRAMS,
	    "SELECT DISTINCT a.program FROM guardian g JOIN application a"
	    " ON a.child = g.child WHERE g.account = ? AND a.state IN"
	    " ('enrolled', 'left', 'completed') ORDER BY a.program" },
	{ SQL_REVIEW_OWN, REVIEW "WHERE v.account = ? AND v.program = ?"
				 " AND v.school_year = ?" },
	{ SQL_REVIEW_ADD,
	    "INSERT INTO review (id, account, program, program_title,"
	    " organization, municipality, school_year, author, rating, text,"
	    " state, created, changed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
	    " 'submitted', ?, ?)" },
	{ SQL_REVIEW_CHANGE,
	    "UPDATE review SET rating = ?, text = ?, author = ?,"
	    " state = 'submitted', reason = NULL, changed = ?"
	    " WHERE id = ? AND state <> 'approved'" },
	{ SQL_REVIEW_BY_ID, REVIEW "WHERE v.id = ?" },
	{ SQL_REVIEW_OF_ACCOUNT, REVIEW "WHERE v.account = ?" REVIEW_TAIL },
	{ SQL_REVIEW_OF_ORGANIZATION, REVIEW
	    "WHERE v.organization = ? AND v.state = 'approved'" REVIEW_TAIL },
	{ SQL_REVIEW_OF_MUNICIPALITY,
	    REVIEW "WHERE (? = '' OR v.municipality = ?)" REVIEW_TAIL },
	{ SQL_REVIEW_DECIDE,
	    "UPDATE review SET state = ?, reason = ?, changed = ?,"
	    " approved = ? WHERE id = ? AND state = 'submitted'" },
	{ SQL_REVIEW_ANSWER,
	    "UPDATE review SET answer = ?, answered = ? WHERE id = ?"
	    " AND state = 'approved'" },
	{ SQL_REVIEW_PUBLIC,
	    REVIEW "WHERE v.program = ? AND v.state = 'approved'"
		   " ORDER BY v.approved DESC, v.seq DESC LIMIT ?" },
	{ SQL_REVIEW_ALL_PUBLIC,
	    REVIEW "WHERE v.state = 'approved'"
		   " ORDER BY v.program, v.approved, v.seq" },
	{ SQL_REVIEW_RENAME,
	    "UPDATE review SET program = ? WHERE program = ?" },
	{ SQL_RATING_ADD,
	    "INSERT INTO rating (program, sum, count) VALUES (?, ?, 1)"
	    " ON CONFLICT (program) DO UPDATE SET"
	    " sum = rating.sum + excluded.sum, count = rating.count + 1" },
	{ SQL_RATING_GET, "SELECT sum, count FROM rating WHERE program = ?" },
	{ SQL_RATING_ALL,
	    "SELECT program, sum, count FROM rating ORDER BY program" },
	{ SQL_RATING_RENAME,
	    "UPDATE rating SET program = ? WHERE program = ?" },
	/* When anything that the export shows was last changed. */
	{ SQL_LIVE_CHANGED,
	    "SELECT max(t) FROM (SELECT max(approved) AS t FROM review"
	    " UNION ALL SELECT max(answered) FROM review"
	    " UNION ALL SELECT max(changed) FROM application"
	    " UNION ALL SELECT generation FROM catalog_use) x" },

	{ SQL_COUNT_ALL,
	    "SELECT (SELECT count(*) FROM application"
	    " WHERE state = 'submitted' AND answer_by < ?"
	    " AND (? = '' OR municipality = ?)),"
	    " (SELECT count(*) FROM child WHERE merged_into IS NULL"
	    " AND (? = '' OR municipality = ?)),"
	    " (SELECT count(*) FROM account WHERE role = 'guardian'),"
	    " (SELECT count(*) FROM claim k JOIN child c ON c.id = k.child"
	    " WHERE k.state = 'open' AND k.way = 'operator'"
	    " AND (? = '' OR c.municipality = ?)),"
	    " (SELECT count(*) FROM child_pair p JOIN child c ON c.id = p.a"
	    " JOIN child d ON d.id = p.b WHERE p.closed IS NULL"
	    " AND (? = '' OR c.municipality = ? OR d.municipality = ?)),"
	    " (SELECT count(*) FROM certificate WHERE state = 'requested'"
	    " AND (? = '' OR municipality = ?)),"
	    " (SELECT count(*) FROM certificate WHERE state = 'active'"
	    " AND (? = '' OR municipality = ?)),"
	    " (SELECT count(*) FROM certificate WHERE state = 'closed'"
	    " AND (? = '' OR municipality = ?)),"
	    " (SELECT count(*) FROM review WHERE state = 'submitted'"
	    " AND (? = '' OR municipality = ?)),"
	    " (SELECT count(*) FROM program_group WHERE excess = 1"
	    " AND (? = '' OR municipality = ?)),"
	    " (SELECT count(*) FROM program_group WHERE gone = 1"
	    " AND (taken > 0 OR waiting > 0)"
	    " AND (? = '' OR municipality = ?)),"
	    " (SELECT count(*) FROM mail WHERE state = 'waiting'),"
	    " (SELECT count(*) FROM mail WHERE state = 'dead')" },
	{ 0, NULL },
};
