#!/usr/bin/env bats
# submitd demo: the five accounts, and with --example a region that is alive.

bats_require_minimum_version 1.5.0

setup() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	KRUZHOK=${KRUZHOK:-$ROOT/build/release/kruzhok}
	SUBMITD=${SUBMITD:-$ROOT/build/release/submitd}
	cd "$BATS_TEST_TMPDIR"
}

catalog() { # content: its catalog.db, here
	"$KRUZHOK" build --content "$1" --theme "$ROOT/themes/default" \
	    --output public --catalog catalog.db --now "$NOW" --quiet >/dev/null
}

verb() {
	"$SUBMITD" "$@" --database sqlite:data.db --catalog catalog.db \
	    --now "$NOW" --base-url http://127.0.0.1:8080
}

ask() {
	sqlite3 -readonly data.db "$1"
}

# Everything that is there, by table.
figures() {
	ask "SELECT 'SELECT ''' || name || ''', count(*) FROM \"' || name || '\";'
	    FROM sqlite_master WHERE type = 'table' ORDER BY name" |
	    sqlite3 -readonly data.db
}

holds() { # the example passes check, and a second run adds nothing
	verb demo --example >first
	run -0 verb check
	[ "${lines[-1]}" = '0 breaches' ]
	figures >before
	verb demo --example >second
	figures | diff before -
	diff first second
	run -0 verb check
}

NOW=2026-11-22T10:00:00+09:00

@test "the example of the fixture keeps every rule, once" {
	catalog "$ROOT/tests/fixture/content"
	holds
	[ "$(ask 'SELECT count(*) FROM application')" -gt 0 ]
	[ "$(ask "SELECT count(*) FROM application
	    WHERE state = 'enrolled'")" -gt 0 ]
}

@test "the example of the demo's region shows every side of it" {
	catalog "$ROOT/content"
	holds
	groups=$(sqlite3 catalog.db 'SELECT count(*) FROM program_group')
	full=$(ask 'SELECT count(*) FROM program_group WHERE taken = seats')
	[ "$((full * 8))" -ge "$groups" ]
	[ "$(ask 'SELECT count(*) FROM program_group WHERE waiting > 0')" -eq 3 ]
	[ "$(ask 'SELECT count(*) FROM program_group WHERE taken > 0
	    AND taken < seats')" -ge 20 ]
	[ "$(ask 'SELECT count(*) FROM program_group WHERE taken = 0')" -ge 20 ]
	for state in submitted waiting approved enrolled declined cancelled; do
		[ "$(ask "SELECT count(*) FROM application
		    WHERE state = '$state'")" -gt 0 ]
	done
	for kind in grant hold release charge; do
		[ "$(ask "SELECT count(*) FROM ledger
		    WHERE kind = '$kind'")" -gt 0 ]
	done
	[ "$(ask "SELECT count(*) FROM review WHERE state = 'approved'")" -eq 25 ]
	[ "$(ask "SELECT count(*) FROM review WHERE state = 'submitted'")" -eq 3 ]
	[ "$(ask 'SELECT count(*) FROM review WHERE answer IS NOT NULL')" -gt 0 ]
	[ "$(ask "SELECT count(*) FROM claim WHERE state = 'open'")" -eq 2 ]
	[ "$(ask 'SELECT count(*) FROM child_pair WHERE closed IS NULL')" -ge 1 ]
	[ "$(ask "SELECT count(*) FROM event_seat WHERE category <> ''
	    AND taken = seats")" -gt 0 ]
}

@test "the organizer of the largest verified organization has work" {
	catalog "$ROOT/content"
	verb demo --example >out
	organization=$(sed -n 's/^demo organizer .* //p' out)
	[ "$organization" = "$(sqlite3 catalog.db 'SELECT p.organization
	    FROM program_group g JOIN program p ON p.id = g.program
	    JOIN organization o ON o.id = p.organization WHERE o.verified = 1
	    GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1')" ]
	[ "$(ask "SELECT count(*) FROM application WHERE state = 'submitted'
	    AND organization = '$organization'")" -ge 12 ]
	now=$(date -d "$NOW" +%s)
	[ "$(ask "SELECT count(*) FROM application WHERE state = 'submitted'
	    AND organization = '$organization' AND answer_by < $now")" -eq 1 ]
}

@test "the same catalog and day give the same example" {
	catalog "$ROOT/content"
	verb demo --example >/dev/null
	picture="SELECT a.email, c.family_name, c.given_name, c.birth_date,
	    p.program, p.program_group, p.state, p.created FROM application p
	    JOIN child c ON c.id = p.child JOIN account a ON a.id = p.account
	    ORDER BY p.seq"
	ask "$picture" >first
	rm data.db*
	verb demo --example >/dev/null
	ask "$picture" | diff first -
	[ -s first ]
}

@test "letters of example people are never sent" {
	catalog "$ROOT/content"
	verb demo --example >/dev/null
	[ "$(ask 'SELECT count(*) FROM mail')" -gt 0 ]
	[ "$(ask "SELECT count(*) FROM mail WHERE state <> 'sent'")" -eq 0 ]
}

@test "the two demo guardians start with nothing, with the example or not" {
	catalog "$ROOT/content"
	verb demo --example >/dev/null
	[ "$(ask "SELECT count(*) FROM guardian g JOIN account a
	    ON a.id = g.account WHERE a.email IN
	    ('guardian@demo.example', 'guardian2@demo.example')")" -eq 0 ]
	rm data.db*
	verb demo >/dev/null
	[ "$(ask 'SELECT count(*) FROM account')" -eq 5 ]
	[ "$(ask 'SELECT count(*) FROM child')" -eq 0 ]
	[ "$(ask 'SELECT COALESCE(sum(taken), 0) FROM program_group')" -eq 0 ]
}

@test "a database that is in use already gets no example" {
	catalog "$ROOT/content"
	verb demo >/dev/null
	verb demo --example >/dev/null
	[ "$(ask 'SELECT count(*) FROM account')" -eq 5 ]
	[ "$(ask 'SELECT count(*) FROM application')" -eq 0 ]
}

@test "--example takes no value" {
	run -2 verb demo --example=yes
	[[ $output == *'takes no value'* ]]
}
