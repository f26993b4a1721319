-- live.db: what the next build bakes into the pages (submitd export).
-- Only what is public: no account, no child, no address.  Rows are in order
-- of their keys, so that the same state gives the same bytes.  Moments are
-- epoch seconds, NULL means no limit or not given.
CREATE TABLE meta (
	format		INTEGER NOT NULL,	-- 1; another one is refused
	exported_at	INTEGER NOT NULL,	-- last change of anything below
	hash		TEXT NOT NULL		-- of everything but this row
) STRICT;
CREATE TABLE rating (
	program		TEXT PRIMARY KEY NOT NULL,
	sum		INTEGER NOT NULL,	-- of approved ratings, 1-5 each
	count		INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE review (
	program		TEXT NOT NULL,
	seq		INTEGER NOT NULL,	-- grows with time of approval
	author		TEXT NOT NULL,		-- Ольга С.
	rating		INTEGER NOT NULL,
	text		TEXT NOT NULL,		-- plain, line ends kept
	at		INTEGER NOT NULL,	-- when it was written
	answer		TEXT,			-- of the organization, plain
	answered_at	INTEGER,
	PRIMARY KEY (program, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE seats (
	program		TEXT NOT NULL,
	program_group	TEXT NOT NULL,
	seats		INTEGER,
	taken		INTEGER NOT NULL,
	waiting		INTEGER NOT NULL,
	PRIMARY KEY (program, program_group)
) STRICT, WITHOUT ROWID;
