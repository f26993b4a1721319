-- catalog.db: what submitd must know (docs/architecture.md, "two files").
-- Moments are epoch seconds, money is in hundredths, NULL means no limit or
-- not given, booleans are 0 and 1, dates are ISO text.  Rows are in order of
-- id, so that the same content gives the same bytes.
CREATE TABLE meta (
	format		INTEGER NOT NULL,	-- 1; another one is refused
	generation	INTEGER NOT NULL,	-- build clock of the last change
	hash		TEXT NOT NULL		-- of everything but this row
) STRICT;
CREATE TABLE setting (
	-- title short_title base_url timezone language unit ages_min ages_max
	-- hold_on year_starts year_ends contact_phone contact_email
	-- contact_hours clean_urls theme_hash
	name		TEXT PRIMARY KEY NOT NULL,
	value		TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE asset (
	name		TEXT PRIMARY KEY NOT NULL,	-- css/site.css
	path		TEXT NOT NULL			-- /assets/site.HASH.css
) STRICT, WITHOUT ROWID;
CREATE TABLE navigation (
	seq		INTEGER PRIMARY KEY NOT NULL,
	place		TEXT NOT NULL,			-- header footer
	title		TEXT NOT NULL,
	url		TEXT NOT NULL
) STRICT;
CREATE TABLE municipality (
	id		TEXT PRIMARY KEY NOT NULL,
	title		TEXT NOT NULL,
	title_in	TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE nominal (
	municipality	TEXT NOT NULL REFERENCES municipality (id),
	year		INTEGER NOT NULL,
	amount		INTEGER NOT NULL,
	PRIMARY KEY (municipality, year)
) STRICT, WITHOUT ROWID;
CREATE TABLE organization (
	id		TEXT PRIMARY KEY NOT NULL,
	title		TEXT NOT NULL,
	short_title	TEXT NOT NULL,
	municipality	TEXT NOT NULL REFERENCES municipality (id),
	verified	INTEGER NOT NULL,
	address		TEXT NOT NULL,
	phone		TEXT NOT NULL,
	email		TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE program (
	id		TEXT PRIMARY KEY NOT NULL,
	title		TEXT NOT NULL,
	organization	TEXT NOT NULL REFERENCES organization (id),
	municipality	TEXT NOT NULL REFERENCES municipality (id),
	direction	TEXT NOT NULL,
	budget		INTEGER NOT NULL,
	certificate	INTEGER NOT NULL,
	paid		INTEGER NOT NULL,
	price		INTEGER,
	price_per	TEXT NOT NULL,			-- month course lesson
	certificate_cost INTEGER,
	entrance_test	INTEGER NOT NULL,
	documents	TEXT NOT NULL			-- JSON list of texts
) STRICT, WITHOUT ROWID;
CREATE TABLE program_group (
	program		TEXT NOT NULL REFERENCES program (id),
	id		TEXT NOT NULL,
	title		TEXT NOT NULL,
	seq		INTEGER NOT NULL,		-- order in the file
	age_min		INTEGER,			-- years; the program's
	age_max		INTEGER,			-- where the group has none
	seats		INTEGER,
	waiting		INTEGER,			-- NULL no limit, 0 none
	teacher		TEXT NOT NULL,
	place		TEXT NOT NULL,			-- one line
	period_from	TEXT,
	period_to	TEXT,
	school_year	INTEGER,			-- of period_from: 2026
	opens		INTEGER,
	closes		INTEGER,
	schedule	TEXT NOT NULL,			-- said in words
	PRIMARY KEY (program, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE lesson (
	program		TEXT NOT NULL,
	program_group	TEXT NOT NULL,
	weekday		INTEGER NOT NULL,		-- 0 Monday
	starts		INTEGER NOT NULL,		-- minutes of the day
	weeks		TEXT NOT NULL,			-- all odd even
	-- Behind the key: else integrity_check of SQLite 3.40 is mistaken.
	ends		INTEGER NOT NULL,
	PRIMARY KEY (program, program_group, weekday, starts, weeks),
	FOREIGN KEY (program, program_group) REFERENCES program_group
) STRICT, WITHOUT ROWID;
CREATE TABLE event (
	id		TEXT PRIMARY KEY NOT NULL,
	title		TEXT NOT NULL,
	kind		TEXT NOT NULL,
	organization	TEXT REFERENCES organization (id),
	municipality	TEXT REFERENCES municipality (id),
	age_min		INTEGER,
	age_max		INTEGER,
	starts		INTEGER NOT NULL,
	ends		INTEGER,
	whole_day	INTEGER NOT NULL,
	place		TEXT NOT NULL,
	status		TEXT NOT NULL,			-- scheduled postponed cancelled
	sign_up		INTEGER NOT NULL,
	opens		INTEGER,
	closes		INTEGER,
	seats		INTEGER,
	auto_approve	INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE category (
	event		TEXT NOT NULL REFERENCES event (id),
	id		TEXT NOT NULL,
	title		TEXT NOT NULL,
	seq		INTEGER NOT NULL,
	age_min		INTEGER,
	age_max		INTEGER,
	seats		INTEGER,
	price		INTEGER,
	PRIMARY KEY (event, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE legal (
	id		TEXT PRIMARY KEY NOT NULL,
	title		TEXT NOT NULL,
	version		TEXT NOT NULL,
	hash		TEXT NOT NULL,
	consent		TEXT NOT NULL,			-- none required optional
	seq		INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE alias (
	kind		TEXT NOT NULL,			-- program group event organization
	old		TEXT NOT NULL,			-- a group's: PROGRAM/GROUP
	new		TEXT NOT NULL,
	PRIMARY KEY (kind, old)
) STRICT, WITHOUT ROWID;
CREATE TABLE holiday (
	date		TEXT PRIMARY KEY NOT NULL,
	working		INTEGER NOT NULL		-- 1: a worked day off
) STRICT, WITHOUT ROWID;
