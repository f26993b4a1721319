#include "submitd/store/check.h"

#include <stddef.h>

#define SEATED "('submitted', 'approved', 'enrolled')"
#define LIVE "('submitted', 'waiting', 'approved', 'enrolled')"
#define SIGNED "('submitted', 'approved', 'attended')"

const struct check_question check_questions[] = {
	/* Seats and the list. */
	{ "seats-taken", false,
	    "SELECT g.program || '/' || g.id || ' says ' || g.taken"
	    " || ', applications say ' || count(a.id)"
	    " FROM program_group g LEFT JOIN application a"
	    " ON a.program = g.program AND a.program_group = g.id"
	    " AND a.state IN " SEATED
	    " GROUP BY g.program, g.id, g.taken HAVING g.taken <> count(a.id)"
	    " ORDER BY 1" },
	{ "seats-waiting", false,
	    "SELECT g.program || '/' || g.id || ' says ' || g.waiting"
	    " || ', applications say ' || count(a.id)"
	    " FROM program_group g LEFT JOIN application a"
	    " ON a.program = g.program AND a.program_group = g.id"
	    " AND a.state = 'waiting' GROUP BY g.program, g.id, g.waiting"
	    " HAVING g.waiting <> count(a.id) ORDER BY 1" },
	{ "seats-over", false,
	    "SELECT program || '/' || id || ': ' || taken || ' of ' || seats"
	    " FROM program_group WHERE taken > seats AND excess = 0"
	    " ORDER BY 1" },
	{ "seats-excess", false,
	    "SELECT program || '/' || id || ': marked, but '"
	    " || taken || ' taken' FROM program_group WHERE excess = 1"
	    " AND (seats IS NULL OR taken <= seats) ORDER BY 1" },
	{ "seats-idle", true,
	    "SELECT program || '/' || id || ': ' || waiting"
	    " || ' wait beside a free seat' FROM program_group"
	    " WHERE waiting > 0 AND gone = 0"
	    " AND (seats IS NULL OR taken < seats)"
	    " AND (ends IS NULL OR ends > ?) ORDER BY 1" },
	{ "application-live", false,
	    "SELECT 'child ' || child || ', program ' || program || ', '"
	    " || school_year || ': ' || count(*) FROM application"
	    " WHERE state IN " LIVE
	    " GROUP BY child, program, school_year HAVING count(*) > 1"
	    " ORDER BY 1" },
	{ "application-event", false,
	    "SELECT a.id || ' is ' || a.state || ', its last event says '"
	    " || COALESCE((SELECT e.state FROM application_event e"
	    " WHERE e.application = a.id ORDER BY e.seq DESC LIMIT 1),"
	    " 'nothing') FROM application a WHERE a.state <>"
	    " COALESCE((SELECT e.state FROM application_event e"
	    " WHERE e.application = a.id ORDER BY e.seq DESC LIMIT 1), '')"
	    " ORDER BY a.seq" },
	{ "application-chain", false,
	    "SELECT e.application || ': from ' || e.was || ', but it was '"
	    " || COALESCE((SELECT p.state FROM application_event p"
	    " WHERE p.application = e.application AND p.seq < e.seq"
	    " ORDER BY p.seq DESC LIMIT 1), 'nothing')"
	    " FROM application_event e WHERE e.was IS NOT NULL AND e.was <>"
	    " COALESCE((SELECT p.state FROM application_event p"
	    " WHERE p.application = e.application AND p.seq < e.seq"
	    " ORDER BY p.seq DESC LIMIT 1), '') ORDER BY e.seq" },
	{ "application-papers", false,
	    "SELECT id || ' is ' || state || ' without its papers'"
	    " FROM application WHERE (state IN"
	    " ('enrolled', 'left', 'completed') AND order_number IS NULL)"
	    " OR (state = 'enrolled' AND certificate = 1"
	    " AND contract_number IS NULL) ORDER BY seq" },
	/* Certificates and money. */
	{ "certificate-child", false,
	    "SELECT 'child ' || child || ': ' || count(*) FROM certificate"
	    " GROUP BY child HAVING count(*) > 1 ORDER BY 1" },
	{ "certificate-number", false,
	    "SELECT number || ': ' || count(*) FROM certificate"
	    " WHERE number IS NOT NULL GROUP BY number HAVING count(*) > 1"
	    " ORDER BY 1" },
	{ "certificate-nameless", false,
	    "SELECT id || ' is active without a number' FROM certificate"
	    " WHERE state = 'active' AND number IS NULL ORDER BY 1" },
	{ "ledger-available", false,
	    "SELECT y.certificate || ' ' || y.year || ' says '"
	    " || y.available || ', lines say ' || COALESCE(sum(l.amount), 0)"
	    " FROM certificate_year y LEFT JOIN ledger l"
	    " ON l.certificate = y.certificate AND l.year = y.year"
	    " GROUP BY y.certificate, y.year, y.available"
	    " HAVING y.available <> COALESCE(sum(l.amount), 0) ORDER BY 1" },
	{ "ledger-held", false,
	    "SELECT y.certificate || ' ' || y.year || ' holds ' || y.held"
	    " || ', lines say ' || COALESCE(-sum(l.amount), 0)"
	    " FROM certificate_year y LEFT JOIN ledger l"
	    " ON l.certificate = y.certificate AND l.year = y.year"
	    " AND l.kind IN ('hold', 'release')"
	    " GROUP BY y.certificate, y.year, y.held"
	    " HAVING y.held <> COALESCE(-sum(l.amount), 0) ORDER BY 1" },
	{ "ledger-spent", false,
	    "SELECT y.certificate || ' ' || y.year || ' spent ' || y.spent"
	    " || ', lines say ' || COALESCE(-sum(l.amount), 0)"
	    " FROM certificate_year y LEFT JOIN ledger l"
	    " ON l.certificate = y.certificate AND l.year = y.year"
	    " AND l.kind IN ('charge', 'refund')"
	    " GROUP BY y.certificate, y.year, y.spent"
	    " HAVING y.spent <> COALESCE(-sum(l.amount), 0) ORDER BY 1" },
	{ "ledger-negative", false,
	    "SELECT certificate || ' ' || year || ': ' || available"
	    " FROM certificate_year WHERE available < 0 OR held < 0"
	    " OR spent < 0 ORDER BY 1" },
	{ "ledger-closed", false,
	    "SELECT certificate || ' ' || year || ': ' || available"
	    " || ' left in a year that is over' FROM certificate_year"
	    " WHERE closed = 1 AND available <> 0 ORDER BY 1" },
	{ "ledger-release", false,
	    "SELECT 'hold ' || hold || ': ' || count(*) || ' releases'"
	    " FROM ledger WHERE kind = 'release' GROUP BY hold"
	    " HAVING count(*) > 1 ORDER BY 1" },
	{ "ledger-release-sum", false,
	    "SELECT 'hold ' || h.seq || ' of ' || h.amount || ', release of '"
	    " || r.amount FROM ledger r JOIN ledger h ON h.seq = r.hold"
	    " WHERE r.kind = 'release' AND (h.kind <> 'hold'"
	    " OR h.amount <> -r.amount OR h.application <> r.application)"
	    " ORDER BY h.seq" },
	{ "ledger-open-hold", false,
	    "SELECT a.id || ' is ' || a.state || ' with hold ' || h.seq"
	    " FROM ledger h JOIN application a ON a.id = h.application"
	    " WHERE h.kind = 'hold' AND a.state NOT IN " LIVE
	    " AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.hold = h.seq"
	    " AND r.kind = 'release') ORDER BY a.seq" },
	{ "ledger-charge", false,
	    "SELECT k.application || ': charged beside an open hold, or"
	    " without one' FROM ledger k WHERE k.kind = 'charge'"
	    " AND NOT EXISTS (SELECT 1 FROM ledger r"
	    " WHERE r.application = k.application AND r.kind = 'release'"
	    " AND r.seq < k.seq) ORDER BY k.seq" },
	{ "ledger-refund", false,
	    "SELECT k.application || ': more came back than was paid'"
	    " FROM ledger k WHERE k.kind IN ('charge', 'refund')"
	    " GROUP BY k.application HAVING sum(k.amount) > 0 ORDER BY 1" },
	/* Children and guardians. */
	{ "child-twice", false,
	    "SELECT name_key || ' ' || birth_date || ': ' || count(*)"
	    " FROM child GROUP BY name_key, birth_date, namesake"
	    " HAVING count(*) > 1 ORDER BY 1" },
	{ "guardian-role", false,
	    "SELECT g.account || ' is ' || a.role FROM guardian g"
	    " JOIN account a ON a.id = g.account"
	    " WHERE a.role <> 'guardian' ORDER BY 1" },
	/* Events. */
	{ "event-taken", false,
	    "SELECT e.event || '/' || e.category || ' says ' || e.taken"
	    " || ', sign-ups say ' || count(u.id) FROM event_seat e"
	    " LEFT JOIN sign_up u ON u.event = e.event"
	    " AND (e.category = '' OR u.category = e.category)"
	    " AND u.state IN " SIGNED " GROUP BY e.event, e.category, e.taken"
	    " HAVING e.taken <> count(u.id) ORDER BY 1" },
	{ "event-waiting", false,
	    "SELECT e.event || '/' || e.category || ' says ' || e.waiting"
	    " || ', sign-ups say ' || count(u.id) FROM event_seat e"
	    " LEFT JOIN sign_up u ON u.event = e.event"
	    " AND (e.category = '' OR u.category = e.category)"
	    " AND u.state = 'waiting'"
	    " GROUP BY e.event, e.category, e.waiting"
	    " HAVING e.waiting <> count(u.id) ORDER BY 1" },
	{ "event-over", false,
	    "SELECT event || '/' || category || ': ' || taken || ' of '"
	    " || seats FROM event_seat WHERE taken > seats AND excess = 0"
	    " ORDER BY 1" },
	{ "event-idle", true,
	    "SELECT u.id || ' waits beside a free seat' FROM sign_up u"
	    " JOIN event_seat e ON e.event = u.event AND e.category = ''"
	    " JOIN event_seat k ON k.event = u.event"
	    " AND k.category = u.category WHERE u.state = 'waiting'"
	    " AND e.gone = 0 AND k.gone = 0"
	    " AND (e.seats IS NULL OR e.taken < e.seats)"
	    " AND (k.seats IS NULL OR k.taken < k.seats)"
	    " AND e.starts > ? ORDER BY u.seq" },
	{ "sign-up-live", false,
	    "SELECT 'child ' || child || ', event ' || event || ': '"
	    " || count(*) FROM sign_up WHERE state IN"
	    " ('submitted', 'waiting', 'approved', 'attended')"
	    " GROUP BY child, event HAVING count(*) > 1 ORDER BY 1" },
	/* Reviews. */
	{ "review-rating", false,
	    "SELECT x.program || ' has ' || x.n || ' reviews of ' || x.sum"
	    " || ', the rating says otherwise' FROM (SELECT program,"
	    " count(*) AS n, sum(rating) AS sum FROM review"
	    " WHERE state = 'approved' GROUP BY program) x"
	    " WHERE NOT EXISTS (SELECT 1 FROM rating t"
	    " WHERE t.program = x.program AND t.count = x.n"
	    " AND t.sum = x.sum) ORDER BY 1" },
	{ "review-none", false,
	    "SELECT t.program || ' has a rating without reviews'"
	    " FROM rating t WHERE NOT EXISTS (SELECT 1 FROM review v"
	    " WHERE v.program = t.program AND v.state = 'approved')"
	    " ORDER BY 1" },
	{ "review-twice", false,
	    "SELECT account || ', ' || program || ', ' || school_year"
	    " FROM review GROUP BY account, program, school_year"
	    " HAVING count(*) > 1 ORDER BY 1" },
	{ "review-stranger", false,
	    "SELECT v.id || ': its writer has no child who was there'"
	    " FROM review v WHERE NOT EXISTS (SELECT 1 FROM guardian g"
	    " JOIN application a ON a.child = g.child"
	    " WHERE g.account = v.account AND a.program = v.program"
	    " AND a.state IN ('enrolled', 'left', 'completed'))"
	    " ORDER BY v.seq" },
	/* Letters and the audit. */
	{ "mail-secret", false,
	    "SELECT id || ' was sent and still has its content' FROM mail"
	    " WHERE state = 'sent' AND params <> '{}' ORDER BY seq" },
	{ "audit-gap", false,
	    "SELECT 'rows 1 to ' || max(n) || ', there are ' || count(*)"
	    " FROM audit HAVING count(*) > 0 AND max(n) <> count(*)" },
	{ "audit-missing", false,
	    "SELECT id || ' has no line' FROM application WHERE id NOT IN"
	    " (SELECT object FROM audit WHERE kind = 'application'"
	    " AND verb = 'apply') ORDER BY seq" },
	{ NULL, false, NULL },
};
