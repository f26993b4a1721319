-- The store, as first shipped.  Texts in states and kinds are the domain's
-- names; moments are epoch seconds; sums are hundredths; dates are ISO text;
-- NULL means not given or no limit.  Ids are made by the program and random;
-- seq is the order of arrival.  Where rows come by the thousand a choice
-- is written out with OR: for IN of three and more SQLite builds a table first.

-- What was taken over from catalog.db; one row.
CREATE TABLE catalog_use (
	one		$int PRIMARY KEY CHECK (one = 1),
	generation	$int NOT NULL,
	hash		TEXT NOT NULL
) $strict;

CREATE TABLE account (
	id		TEXT PRIMARY KEY NOT NULL,
	email		TEXT NOT NULL UNIQUE CHECK (length(email) BETWEEN 3 AND 254),
	password	TEXT NOT NULL,
	full_name	TEXT NOT NULL,
	role		TEXT NOT NULL CHECK (
			    role = 'guardian' OR role = 'organizer'
			    OR role = 'operator' OR role = 'admin'),
	organization	TEXT,
	municipality	TEXT,
	created		$int NOT NULL,
	CHECK ((role = 'organizer') = (organization IS NOT NULL)),
	CHECK (municipality IS NULL OR role = 'operator')
) $clustered;

-- Registrations whose letter was not answered yet, by the hash of its link;
-- account is the one that came of it.
CREATE TABLE registration (
	id		TEXT PRIMARY KEY NOT NULL,
	email		TEXT NOT NULL,
	password	TEXT NOT NULL,
	full_name	TEXT NOT NULL,
	next		TEXT NOT NULL,
	address		TEXT NOT NULL,
	created		$int NOT NULL,
	expires		$int NOT NULL,
	account		TEXT REFERENCES account (id)
) $clustered;
CREATE INDEX registration_expires ON registration (expires);

CREATE TABLE registration_consent (
	registration	TEXT NOT NULL REFERENCES registration (id)
			    ON DELETE CASCADE,
	document	TEXT NOT NULL,
	version		TEXT NOT NULL,
	hash		TEXT NOT NULL,
	PRIMARY KEY (registration, document)
) $clustered;

-- What was agreed to: which text, when, from where.
CREATE TABLE consent (
	seq		$serial,
	account		TEXT NOT NULL REFERENCES account (id),
	document	TEXT NOT NULL,
	version		TEXT NOT NULL,
	hash		TEXT NOT NULL,
	given		$int NOT NULL,
	address		TEXT NOT NULL,
	withdrawn	$int
) $strict;
CREATE INDEX consent_account ON consent (account);

-- Links to set a new password, by hash.
CREATE TABLE reset_link (
	id		TEXT PRIMARY KEY NOT NULL,
	account		TEXT NOT NULL REFERENCES account (id),
	expires		$int NOT NULL,
	used		$int
) $clustered;
CREATE INDEX reset_link_account ON reset_link (account);
CREATE INDEX reset_link_expires ON reset_link (expires);

CREATE TABLE session (
	id		TEXT PRIMARY KEY NOT NULL,
	account		TEXT NOT NULL REFERENCES account (id),
	created		$int NOT NULL,
	seen		$int NOT NULL,
	address		TEXT NOT NULL,
	agent		TEXT NOT NULL
) $clustered;
CREATE INDEX session_account ON session (account);
CREATE INDEX session_created ON session (created);

CREATE TABLE child (
	id		TEXT PRIMARY KEY NOT NULL,
	family_name	TEXT NOT NULL,
	given_name	TEXT NOT NULL,
	patronymic	TEXT NOT NULL,
	name_key	TEXT NOT NULL,
	birth_date	TEXT NOT NULL CHECK (length(birth_date) = 10),
	namesake	$int NOT NULL DEFAULT 0 CHECK (namesake >= 0),
	municipality	TEXT NOT NULL,
	created		$int NOT NULL,
	merged_into	TEXT REFERENCES child (id),
	UNIQUE (name_key, birth_date, namesake)
) $clustered;
CREATE INDEX child_birth ON child (birth_date);

CREATE TABLE guardian (
	seq		$serial,
	child		TEXT NOT NULL REFERENCES child (id),
	account		TEXT NOT NULL REFERENCES account (id),
	since		$int NOT NULL,
	UNIQUE (child, account)
) $strict;
CREATE INDEX guardian_account ON guardian (account);

-- Two who may be one child; the operator looks.
CREATE TABLE child_pair (
	id		TEXT PRIMARY KEY NOT NULL,
	a		TEXT NOT NULL REFERENCES child (id),
	b		TEXT NOT NULL REFERENCES child (id),
	created		$int NOT NULL,
	closed		$int,
	UNIQUE (a, b),
	CHECK (a < b)
) $clustered;

CREATE TABLE claim (
	id		TEXT PRIMARY KEY NOT NULL,
	child		TEXT NOT NULL REFERENCES child (id),
	account		TEXT NOT NULL REFERENCES account (id),
	way		TEXT NOT NULL CHECK (way IN ('guardian', 'operator')),
	state		TEXT NOT NULL CHECK (
			    state = 'open' OR state = 'confirmed'
			    OR state = 'refused' OR state = 'ended'),
	link		TEXT UNIQUE,
	created		$int NOT NULL,
	decided		$int,
	decided_by	TEXT REFERENCES account (id)
) $clustered;
CREATE UNIQUE INDEX claim_open ON claim (child, account)
    WHERE state = 'open';

-- Tries at children that exist already, for the limit of a day.
CREATE TABLE child_try (
	seq		$serial,
	account		TEXT NOT NULL REFERENCES account (id),
	at		$int NOT NULL
) $strict;
CREATE INDEX child_try_account ON child_try (account, at);

-- Groups with their seats; gone is 1 for one that the catalog has no more.
-- No grant ever takes more than there is: more are taken only in a group that
-- the catalog shrank (excess).
CREATE TABLE program_group (
	program		TEXT NOT NULL,
	id		TEXT NOT NULL,
	seq		$int NOT NULL,
	organization	TEXT NOT NULL,
	municipality	TEXT NOT NULL,
	title		TEXT NOT NULL,
	program_title	TEXT NOT NULL,
	opens		$int,
	closes		$int,
	ends		$int,
	seats		$int CHECK (seats >= 0),
	waiting_max	$int CHECK (waiting_max >= 0),
	taken		$int NOT NULL DEFAULT 0 CHECK (taken >= 0),
	waiting		$int NOT NULL DEFAULT 0 CHECK (waiting >= 0),
	excess		$int NOT NULL DEFAULT 0 CHECK (excess IN (0, 1)),
	closed		$int NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
	gone		$int NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
	PRIMARY KEY (program, id),
	CHECK (seats IS NULL OR taken <= seats OR excess = 1)
) $clustered;
CREATE INDEX program_group_organization ON program_group (organization);
CREATE INDEX program_group_ends ON program_group (ends);

CREATE TABLE application (
	seq		$serial,
	id		TEXT NOT NULL UNIQUE,
	child		TEXT NOT NULL REFERENCES child (id),
	account		TEXT REFERENCES account (id),
	program		TEXT NOT NULL,
	program_group	TEXT NOT NULL,
	organization	TEXT NOT NULL,
	municipality	TEXT NOT NULL,
	school_year	$int NOT NULL,
	period_from	TEXT,
	period_to	TEXT,
	state		TEXT NOT NULL CHECK (
			    state = 'submitted' OR state = 'waiting'
			    OR state = 'approved' OR state = 'enrolled'
			    OR state = 'declined' OR state = 'cancelled'
			    OR state = 'left' OR state = 'completed'),
	created		$int NOT NULL,
	changed		$int NOT NULL,
	answer_by	$int,
	entrance_test	$int NOT NULL,
	certificate	$int NOT NULL CHECK (certificate IN (0, 1)),
	cost		$int NOT NULL CHECK (cost >= 0),
	shown		$int NOT NULL CHECK (shown >= 0),
	contract_number	TEXT,
	contract_date	TEXT,
	order_number	TEXT,
	order_date	TEXT,
	leave_date	TEXT,
	leave_asked	$int NOT NULL DEFAULT 0,
	reason		TEXT,
	comment		TEXT,
	FOREIGN KEY (program, program_group)
	    REFERENCES program_group (program, id) ON UPDATE CASCADE,
	CHECK ((contract_number IS NULL) = (contract_date IS NULL)),
	CHECK ((order_number IS NULL) = (order_date IS NULL)),
	CHECK ((state <> 'enrolled' AND state <> 'left'
	    AND state <> 'completed') OR order_number IS NOT NULL),
	CHECK (state <> 'enrolled' OR certificate = 0
	    OR contract_number IS NOT NULL)
) $strict;
CREATE UNIQUE INDEX application_live
    ON application (child, program, school_year)
    WHERE state = 'submitted' OR state = 'waiting' OR state = 'approved'
    OR state = 'enrolled';
CREATE INDEX application_waiting
    ON application (program, program_group, seq) WHERE state = 'waiting';
CREATE INDEX application_child ON application (child);
CREATE INDEX application_organization ON application (organization, seq);
CREATE INDEX application_group ON application (program, program_group, state);
CREATE INDEX application_answer ON application (answer_by)
    WHERE state = 'submitted';

-- Every step; was is the state before it (NULL at the first).
CREATE TABLE application_event (
	seq		$serial,
	application	TEXT NOT NULL REFERENCES application (id),
	at		$int NOT NULL,
	was		TEXT,
	state		TEXT NOT NULL,
	cause		TEXT NOT NULL,
	reason		TEXT,
	comment		TEXT,
	program		TEXT NOT NULL,
	program_group	TEXT NOT NULL,
	arrival		$int NOT NULL,
	account		TEXT
) $strict;
CREATE INDEX application_event_application
    ON application_event (application);
CREATE INDEX application_event_waited
    ON application_event (program, program_group, seq) WHERE was = 'waiting';

CREATE TABLE certificate (
	id		TEXT PRIMARY KEY NOT NULL,
	child		TEXT NOT NULL UNIQUE REFERENCES child (id),
	number		TEXT UNIQUE CHECK (length(number) = 10),
	municipality	TEXT NOT NULL,
	state		TEXT NOT NULL CHECK (
			    state = 'requested' OR state = 'active'
			    OR state = 'closed'),
	requested	$int NOT NULL,
	activated	$int,
	CHECK (state <> 'active' OR number IS NOT NULL)
) $clustered;
CREATE INDEX certificate_municipality ON certificate (municipality, state);

-- The sums of a certificate's year, as the ledger's lines make them.
CREATE TABLE certificate_year (
	certificate	TEXT NOT NULL REFERENCES certificate (id),
	year		$int NOT NULL,
	available	$int NOT NULL CHECK (available >= 0),
	held		$int NOT NULL CHECK (held >= 0),
	spent		$int NOT NULL CHECK (spent >= 0),
	closed		$int NOT NULL DEFAULT 0 CHECK (closed IN (0, 1)),
	PRIMARY KEY (certificate, year)
) $clustered;

CREATE TABLE ledger (
	seq		$serial,
	certificate	TEXT NOT NULL,
	year		$int NOT NULL,
	at		$int NOT NULL,
	kind		TEXT NOT NULL,
	amount		$int NOT NULL,
	cause		TEXT NOT NULL,
	application	TEXT REFERENCES application (id),
	hold		$int REFERENCES ledger (seq),
	account		TEXT,
	FOREIGN KEY (certificate, year)
	    REFERENCES certificate_year (certificate, year),
	CHECK ((kind IN ('grant', 'release', 'refund') AND amount > 0)
	    OR (kind IN ('hold', 'charge', 'expire') AND amount < 0)),
	CHECK ((kind IN ('hold', 'release', 'charge', 'refund'))
	    = (application IS NOT NULL)),
	CHECK ((kind = 'release') = (hold IS NOT NULL))
) $strict;
CREATE INDEX ledger_certificate ON ledger (certificate, year);
CREATE INDEX ledger_application ON ledger (application);
CREATE UNIQUE INDEX ledger_release ON ledger (hold)
    WHERE kind = 'release';
CREATE UNIQUE INDEX ledger_charge ON ledger (application)
    WHERE kind = 'charge';
CREATE UNIQUE INDEX ledger_refund ON ledger (application)
    WHERE kind = 'refund';
CREATE UNIQUE INDEX ledger_year ON ledger (certificate, year)
    WHERE kind = 'grant' AND cause = 'year';

-- Seats of an event (category '') and of its categories; both hold.
CREATE TABLE event_seat (
	event		TEXT NOT NULL,
	category	TEXT NOT NULL,
	organization	TEXT,
	municipality	TEXT,
	title		TEXT NOT NULL,
	starts		$int NOT NULL,
	seats		$int CHECK (seats >= 0),
	taken		$int NOT NULL DEFAULT 0 CHECK (taken >= 0),
	waiting		$int NOT NULL DEFAULT 0 CHECK (waiting >= 0),
	excess		$int NOT NULL DEFAULT 0 CHECK (excess IN (0, 1)),
	gone		$int NOT NULL DEFAULT 0 CHECK (gone IN (0, 1)),
	PRIMARY KEY (event, category),
	CHECK (seats IS NULL OR taken <= seats OR excess = 1)
) $clustered;

CREATE TABLE sign_up (
	seq		$serial,
	id		TEXT NOT NULL UNIQUE,
	event		TEXT NOT NULL,
	category	TEXT NOT NULL,
	child		TEXT NOT NULL REFERENCES child (id),
	account		TEXT REFERENCES account (id),
	organization	TEXT,
	state		TEXT NOT NULL CHECK (
			    state = 'submitted' OR state = 'waiting'
			    OR state = 'approved' OR state = 'attended'
			    OR state = 'declined' OR state = 'cancelled'),
	auto_approve	$int NOT NULL,
	created		$int NOT NULL,
	changed		$int NOT NULL,
	reason		TEXT,
	comment		TEXT,
	FOREIGN KEY (event, category) REFERENCES event_seat (event, category)
	    ON UPDATE CASCADE
) $strict;
CREATE UNIQUE INDEX sign_up_live ON sign_up (event, child)
    WHERE state = 'submitted' OR state = 'waiting' OR state = 'approved'
    OR state = 'attended';
CREATE INDEX sign_up_waiting ON sign_up (event, seq)
    WHERE state = 'waiting';
CREATE INDEX sign_up_child ON sign_up (child);
CREATE INDEX sign_up_organization ON sign_up (organization, seq);

CREATE TABLE review (
	seq		$serial,
	id		TEXT NOT NULL UNIQUE,
	account		TEXT NOT NULL REFERENCES account (id),
	program		TEXT NOT NULL,
	program_title	TEXT NOT NULL,
	organization	TEXT NOT NULL,
	municipality	TEXT NOT NULL,
	school_year	$int NOT NULL,
	author		TEXT NOT NULL,
	rating		$int NOT NULL CHECK (rating BETWEEN 1 AND 5),
	text		TEXT NOT NULL,
	state		TEXT NOT NULL CHECK (
			    state = 'submitted' OR state = 'approved'
			    OR state = 'declined'),
	reason		TEXT,
	created		$int NOT NULL,
	changed		$int NOT NULL,
	approved	$int,
	answer		TEXT,
	answered	$int,
	UNIQUE (account, program, school_year),
	CHECK ((answer IS NULL) = (answered IS NULL))
) $strict;
CREATE INDEX review_program ON review (program, approved)
    WHERE state = 'approved';
CREATE INDEX review_state ON review (state, seq);

-- Of approved reviews.
CREATE TABLE rating (
	program		TEXT PRIMARY KEY NOT NULL,
	sum		$int NOT NULL,
	count		$int NOT NULL CHECK (count > 0),
	CHECK (sum BETWEEN count AND 5 * count)
) $clustered;

CREATE TABLE mail (
	seq		$serial,
	id		TEXT NOT NULL UNIQUE,
	kind		TEXT NOT NULL,
	recipient	TEXT NOT NULL,
	params		TEXT NOT NULL,
	state		TEXT NOT NULL CHECK (
			    state = 'waiting' OR state = 'sent'
			    OR state = 'dead'),
	created		$int NOT NULL,
	due		$int NOT NULL,
	claimed		$int NOT NULL DEFAULT 0,
	attempts	$int NOT NULL DEFAULT 0,
	sent		$int,
	error		TEXT
) $strict;
CREATE INDEX mail_due ON mail (due, seq) WHERE state = 'waiting';
CREATE INDEX mail_sent ON mail (sent) WHERE state = 'sent';

-- Answers that were given to keys, with the effect.
CREATE TABLE answered (
	scope		TEXT NOT NULL,
	route		TEXT NOT NULL,
	idempotency_key	TEXT NOT NULL,
	request		TEXT NOT NULL,
	status		$int NOT NULL,
	location	TEXT NOT NULL,
	content_type	TEXT NOT NULL,
	body		$blob NOT NULL,
	created		$int NOT NULL,
	PRIMARY KEY (scope, route, idempotency_key)
) $clustered;
CREATE INDEX answered_created ON answered (created);

-- Who did what to whom: numbered, never changed.
CREATE TABLE audit (
	n		$int PRIMARY KEY,
	at		$int NOT NULL,
	account		TEXT NOT NULL,
	role		TEXT NOT NULL,
	address		TEXT NOT NULL,
	verb		TEXT NOT NULL,
	kind		TEXT NOT NULL,
	object		TEXT NOT NULL,
	detail		TEXT NOT NULL
) $strict;

-- Each sealed stretch: hash of the hash before it and of its rows.
CREATE TABLE audit_seal (
	last		$int PRIMARY KEY REFERENCES audit (n),
	at		$int NOT NULL,
	hash		TEXT NOT NULL
) $strict;
