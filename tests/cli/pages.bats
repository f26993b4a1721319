#!/usr/bin/env bats
# What the pages of whole sites hold: the demo's, and two of real data.

setup() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	KRUZHOK=${KRUZHOK:-$ROOT/build/release/kruzhok}
	SHARED=${SHARED:-$ROOT/../shared}
	tmp=$BATS_TEST_TMPDIR
}

build() { # content folder
	run "$KRUZHOK" build --content "$1" --theme "$ROOT/themes/default" \
	    --output "$tmp/public" --catalog "$tmp/catalog.db" \
	    --now 2026-11-23T10:00:00+09:00
	echo "$output"
	[ "$status" -eq 0 ]
}

real() { # tool, data below data/: a content tree made of it
	[ -f "$SHARED/tools/$1" ] || skip "no real data in $SHARED"
	command -v python3 >/dev/null || skip "no python3"
	python3 "$SHARED/tools/$1" "$SHARED/data/$2" "$tmp/content"
}

# Errors and warnings of the Nu HTML checker over all pages: none.
valid() {
	command -v java >/dev/null || skip "no java for the Nu HTML checker"
	# What search fetches are parts of a list: made whole they are checked too.
	for f in "$tmp"/public/search/*.html; do
		[ -e "$f" ] || continue
		{
			printf '<!DOCTYPE html>\n<html lang="ru"><title>x</title>'
			printf '<h1>x</h1><h2>x</h2><ul>'
			cat "$f"
			printf '</ul></html>\n'
		} >"$tmp/whole"
		mv "$tmp/whole" "$f"
	done
	run java -jar "$ROOT/tests/node_modules/vnu-jar/build/dist/vnu.jar" \
	    --skip-non-html --format gnu "$tmp/public"
	echo "$output" | head -n 40
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "the Nu HTML checker has nothing to say about the demo" {
	build "$ROOT/content"
	valid
}

@test "the Nu HTML checker has nothing to say about real programs" {
	real seattle.py seattle/activities.json
	build "$tmp/content"
	valid
}

@test "the Nu HTML checker has nothing to say about real events" {
	real web_standards.py web-standards-events/events
	build "$tmp/content"
	valid
}

@test "every link of the demo leads somewhere" {
	build "$ROOT/content"
	node "$ROOT/tests/tools/links.mjs" "$tmp/public"
	node "$ROOT/tests/tools/markup.mjs" "$tmp/public"
}

@test "a phone reads the demo's calendars as its pages show them" {
	build "$ROOT/content"
	node "$ROOT/tests/tools/calendar.mjs" "$tmp/public"
}

@test "open data is JSON with all programs and events of the demo" {
	build "$ROOT/content"
	run node -e '
		const read = (n) => JSON.parse(require("fs").readFileSync(
		    `${process.argv[1]}/data/${n}.json`, "utf8"));
		const p = read("programs").programs, e = read("events").events;
		console.log(p.length, e.length, p.every((x) => x.organization.id &&
		    x.url.endsWith(`/programs/${x.id}.html`)));' "$tmp/public"
	echo "$output"
	want="$(grep -rL 'draft: true' "$ROOT/content/programs" | wc -l)"
	want="$want $(grep -rL 'draft: true' "$ROOT/content/events" | wc -l) true"
	[ "$output" = "$want" ]
}

@test "1455 real programs are all in the lists" {
	real seattle.py seattle/activities.json
	build "$tmp/content"
	node "$ROOT/tests/tools/links.mjs" "$tmp/public"
	node "$ROOT/tests/tools/markup.mjs" "$tmp/public"
	cd "$tmp/public"
	listed=$(grep -ohE 'class="program-title"><a href="/programs/[^"]*' \
	    programs/index*.html | sort -u | wc -l)
	[ "$listed" -eq 1455 ]
	[ "$(ls programs/*.html | grep -vc '/index')" -eq 1455 ]
}

@test "709 real events are all in their months" {
	real web_standards.py web-standards-events/events
	build "$tmp/content"
	node "$ROOT/tests/tools/links.mjs" "$tmp/public"
	node "$ROOT/tests/tools/markup.mjs" "$tmp/public"
	node "$ROOT/tests/tools/calendar.mjs" "$tmp/public"
	cd "$tmp/public/events"
	listed=$(grep -ohE 'class="event-title"><a href="/events/[^"]*' \
	    20[0-9][0-9]-[0-9][0-9].html | sort -u | wc -l)
	[ "$listed" -eq 709 ]
}
