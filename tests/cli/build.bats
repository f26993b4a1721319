#!/usr/bin/env bats
# What a build promises about its output: the same bytes, nothing written
# again, nothing foreign removed, whole files whatever happens.

NOW=2026-11-20T09:00:00+09:00

setup() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	KRUZHOK=${KRUZHOK:-$ROOT/build/release/kruzhok}
	cd "$BATS_TEST_TMPDIR"
	ln -s "$ROOT/themes" themes
	content content
}

content() { # folder: a small region
	mkdir -p "$1/organizations" "$1/programs" "$1/events" "$1/pages" \
	    "$1/legal" "$1/media"
	cat >"$1/site.yaml" <<-EOF
	title: Навигатор
	base_url: https://navigator.example
	timezone: Asia/Yakutsk
	language: ru
	directions:
	- {id: technical, title: Техническая}
	- {id: sports, title: Спортивная}
	EOF
	cat >"$1/municipalities.yaml" <<-EOF
	- {id: zeya, title: город Зея, nominal: {2026: 24000}}
	EOF
	cat >"$1/organizations/dvorets.yaml" <<-EOF
	title: Дворец
	municipality: zeya
	verified: true
	photo: {file: media/дом ?1.jpg, alt: Дом}
	EOF
	printf 'picture' >"$1/media/дом ?1.jpg"
	printf 'nobody shows me' >"$1/media/other.jpg"
	for n in 1 2 3 4 5 6; do
		program "$1" "$n" "Кружок $n"
	done
	cat >"$1/events/urok.yaml" <<-EOF
	title: Урок
	kind: contest
	starts: 2026-12-05T10:00
	organization: dvorets
	EOF
	printf -- '---\ntitle: Помощь\n---\n\nТекст.\n' >"$1/pages/help.md"
	printf -- '---\ntitle: Согласие\nversion: "1"\n---\n\nТекст.\n' \
	    >"$1/legal/consent.md"
}

program() { # folder id title
	cat >"$1/programs/$2.yaml" <<-EOF
	title: $3
	organization: dvorets
	direction: technical
	age: {min: 7, max: 10}
	groups:
	- id: a
	  seats: 12
	  period: {from: 2026-09-01, to: 2027-05-31}
	  schedule: [{days: [mon], time: "15:00-16:30"}]
	EOF
}

build() { # options
	"$KRUZHOK" build --now $NOW "$@"
}

# Names, inodes, times and sizes of all that a build makes.
look() {
	find "$@" -type f -printf '%p %i %T@ %s %m\n' | sort
}

@test "the same bytes whatever jobs, zone, locale, umask and folder" {
	build --jobs 1 --output a --catalog a.d/catalog.db
	(umask 077 && TZ=America/St_Johns LC_ALL=ru_RU.UTF-8 \
	    build --jobs 2 --output b --catalog b.d/catalog.db)
	mkdir away
	(cd away && TZ=:/nowhere LC_ALL=C build --jobs 7 --content ../content \
	    --theme ../themes/default --output ../c --catalog ../c.d/catalog.db)
	diff -r a b
	diff -r a c
	cmp a.d/catalog.db b.d/catalog.db
	cmp a.d/catalog.db c.d/catalog.db
	tail -n +2 a.d/catalog.manifest.tsv >a.tsv
	tail -n +2 b.d/catalog.manifest.tsv | cmp - a.tsv
	# Readable for a web server, whoever built it.
	[ -z "$(find b b.d -type f ! -perm 644)" ]
	[ -z "$(find b -type d ! -perm 755)" ]
}

@test "SOURCE_DATE_EPOCH is a clock, and --now wins over it" {
	SOURCE_DATE_EPOCH=1795132800 "$KRUZHOK" build --output a \
	    --catalog a.d/catalog.db
	SOURCE_DATE_EPOCH=1 build --output b --catalog b.d/catalog.db
	"$KRUZHOK" build --now 2026-11-20T09:00 --output c \
	    --catalog c.d/catalog.db
	diff -r a b && diff -r b c && cmp a.d/catalog.db c.d/catalog.db
	[ "$(sqlite3 a.d/catalog.db 'SELECT generation FROM meta')" = 1795132800 ]
	SOURCE_DATE_EPOCH=soon run "$KRUZHOK" build
	[ "$status" -eq 2 ]
}

@test "an unchanged build rewrites nothing" {
	build
	look public build >before
	run build --jobs 2
	[ "$status" -eq 0 ]
	n=$(find public -type f | wc -l)
	[ "${lines[-1]}" = "built $n files: 0 written, $n unchanged, 0 removed" ] ||
	    [[ $output == *"built $n files: 0 written, $n unchanged, 0 removed"* ]]
	look public build >after
	cmp before after
}

@test "a later clock of the same day changes no page" {
	build
	look public build >before
	"$KRUZHOK" build --now 2026-11-20T17:00:00+09:00
	look public build >after
	cmp before after
}

@test "the last line of stdout counts, and --quiet leaves it alone" {
	build >out 2>err
	[[ $(tail -n 1 out) =~ ^built\ [0-9]+\ files:\ [0-9]+\ written,\ 0\ unchanged,\ 0\ removed$ ]]
	[ "$(wc -l <out)" -gt 5 ]
	[ "$(tail -n 1 err)" = "0 errors, 0 warnings" ]
	build --quiet >out 2>err
	[ "$(wc -l <out)" -eq 1 ] && [ ! -s err ]
}

@test "one program changed: only its pages are written" {
	build --quiet
	look public build >before
	program content 3 "Иной кружок"
	run build --quiet
	look public build >after
	[ "$(comm -3 before after | grep -c programs/3.html)" -eq 2 ]
	! comm -3 before after | grep -q 'programs/2.html' || false
	! comm -3 before after | grep -q 'help/' || false
}

@test "what somebody changed or removed by hand is made right" {
	build --quiet
	cp -r public clean
	echo rubbish >public/programs/1.html
	printf '%s' "$(tr a-z b-za <public/programs/2.html)" >public/programs/2.html
	rm public/programs/3.html
	chmod 600 public/programs/4.html
	rm public/programs/5.html
	ln -s 4.html public/programs/5.html
	build --quiet
	diff -r --no-dereference public clean
	[ -z "$(find public -type f ! -perm 644)" ]
}

@test "the manifest names the folder, then path, size and hash" {
	build --quiet
	[ "$(head -n 1 build/catalog.manifest.tsv)" = "$PWD/public" ]
	tail -n +2 build/catalog.manifest.tsv | cut -f 1 >named
	(cd public && find . -type f | sed 's,^\./,,') | LC_ALL=C sort >there
	cmp named there
	line=$(grep '^programs/1.html	' build/catalog.manifest.tsv)
	[ "$(echo "$line" | cut -f 2)" = "$(stat -c %s public/programs/1.html)" ]
	[[ $(echo "$line" | cut -f 3) =~ ^[0-9a-f]{32}$ ]]
}

@test "only what the last manifest names is removed" {
	build --quiet
	echo mine >public/programs/mine.html
	echo mine >public/CNAME
	rm content/programs/1.yaml content/events/urok.yaml
	run build --quiet
	[[ $output =~ [1-9][0-9]*\ removed$ ]]
	[ ! -e public/programs/1.html ] && [ ! -e public/programs/1.a.ics ]
	[ -e public/programs/mine.html ] && [ -e public/CNAME ]
	rm public/programs/mine.html public/CNAME
	build --quiet --output clean --catalog c/catalog.db
	# Old shards of the index stay for pages in caches.
	diff -r -x search public clean && cmp public/search/index.json clean/search/index.json
}

@test "a manifest cannot lead out of its folder" {
	build --quiet
	echo precious >outside
	mkdir elsewhere && echo precious >elsewhere/x
	printf '%s\t9\tabc\n' ../outside "$PWD/outside" programs/../../outside \
	    >>build/catalog.manifest.tsv
	build --quiet
	[ -e outside ] && [ -e elsewhere/x ]
}

@test "for another folder nothing is removed and bytes are compared" {
	build --quiet
	cp -r public other
	echo mine >other/old.html
	rm content/programs/1.yaml
	run build --quiet --output other
	[[ $output == *" 0 removed" ]]
	[ -e other/old.html ] && [ -e other/programs/1.html ]
	[ -e public/programs/1.html ]
	[[ $output =~ [1-9][0-9]*\ unchanged ]]
}

@test "an old asset stays for one more build and for a day" {
	mkdir mine
	cp -r "$ROOT/themes/default/." mine
	at() { "$KRUZHOK" build --quiet --theme mine --now "$1"; }
	at 2026-11-20T09:00:00+09:00
	old=$(ls public/assets/site.*.css)
	echo '/* new */' >>mine/assets/css/site.css
	at 2026-11-20T10:00:00+09:00
	[ -e "$old" ] && [ "$(ls public/assets/site.*.css | wc -l)" -eq 2 ]
	at 2026-11-20T23:00:00+09:00
	[ -e "$old" ]
	at 2026-11-21T10:00:00+09:00
	[ ! -e "$old" ]
	# Out of the last build only, however old: it stays once.
	new=$(ls public/assets/site.*.css)
	echo '/* newer */' >>mine/assets/css/site.css
	at 2027-02-20T10:00:00+09:00
	[ -e "$new" ]
	at 2027-02-22T10:00:00+09:00
	[ ! -e "$new" ] && [ "$(ls public/assets/site.*.css | wc -l)" -eq 1 ]
}

@test "only pictures that the content shows are copied" {
	build --quiet
	[ "$(cat "public/media/дом ?1.jpg")" = picture ]
	[ ! -e public/media/other.jpg ]
	printf 'photo: {file: media/other.jpg, alt: x}\ndraft: true\n' \
	    >>content/programs/1.yaml
	build --quiet
	[ ! -e public/media/other.jpg ]
	grep -q 'src="/media/%D0%B4%D0%BE%D0%BC%20%3F1.jpg"' \
	    public/organizations/dvorets.html
}

@test "a style sheet names the fingerprinted files" {
	build --quiet
	! grep -o 'url([^)#d][^)]*)' public/assets/site.*.css |
	    grep -vE 'url\([a-z-]+\.[0-9a-f]{10}\.svg\)'
}

@test "a file that a style sheet names and the theme lacks is told" {
	mkdir mine
	cp -r "$ROOT/themes/default/." mine
	printf 'a {\n\tbackground: url("../img/wav.svg");\n}\n' \
	    >mine/assets/css/more.css
	printf '@import "b.css";' >mine/assets/css/a.css
	printf '/* я */ @import url(a.css);' >mine/assets/css/b.css
	run build --theme mine --lang en
	[ "$status" -eq 1 ]
	[[ $output == *"mine/assets/css/more.css:2:19: error: the theme has no file '../img/wav.svg' (did you mean 'img/wave.svg'?)"* ]]
	[[ $output == *"mine/assets/css/b.css:1:21: error: 'a.css' leads back"* ]]
	[ ! -e public ]
}

@test "mistakes are all told and the output is untouched" {
	build --quiet
	look public build >before
	echo 'titel: x' >>content/programs/1.yaml
	sed -i 's/seats: 12/seats: 012/' content/programs/2.yaml
	sed -i 's/direction: technical/direction: tehnical/' content/programs/3.yaml
	run build --lang en
	[ "$status" -eq 1 ]
	[ "${lines[-1]}" = "3 errors, 0 warnings" ]
	[[ ${lines[0]} == "content/programs/1.yaml:"*":1: error: "* ]]
	look public build >after
	cmp before after
	run build --lang en --format json
	[ "$status" -eq 1 ] && [ "${#lines[@]}" -eq 3 ]
	[[ ${lines[0]} == '{"path":"content/programs/1.yaml","line":'*',"severity":"error","code":"'* ]]
	run build --format github
	[[ ${lines[0]} == '::error file=content/programs/1.yaml,line='* ]]
}

@test "check writes nothing and answers like build" {
	run "$KRUZHOK" check
	[ "$status" -eq 0 ] && [ "${lines[-1]}" = "0 errors, 0 warnings" ]
	echo 'titel: x' >>content/programs/1.yaml
	run "$KRUZHOK" check
	[ "$status" -eq 1 ]
	[ ! -e public ] && [ ! -e build ]
}

@test "two things for one path are an error that names both" {
	mkdir -p mine/assets/root
	cp -r "$ROOT/themes/default/." mine
	echo x >mine/assets/root/robots.txt
	run build --theme mine --lang en
	[ "$status" -eq 1 ]
	[[ $output == *"mine/assets/root/robots.txt:1:1: error: 'robots.txt' is made twice"* ]]
}

@test "a killed build leaves whole files and no dead link" {
	for n in $(seq 10 300); do
		program content "$n" "Кружок $n"
	done
	cp -r content next
	for n in $(seq 10 130); do
		rm "next/programs/$n.yaml"
		program next "$((n + 1000))" "Новый кружок $n"
		program next "$((n + 121))" "Другой кружок $n"
	done
	build --quiet --output clean.content --catalog c1/catalog.db
	start=$(date +%s%N)
	build --quiet --content next --output clean.next --catalog c2/catalog.db \
	    --jobs 1
	took=$((($(date +%s%N) - start) / 1000))
	build --quiet
	killed=0
	for i in $(seq 1 16); do
		[ $((i % 2)) -eq 1 ] && tree=next || tree=content
		"$KRUZHOK" build --now $NOW --quiet --content $tree --jobs 1 \
		    >/dev/null 2>&1 3>&- &
		pid=$!
		sleep "$(awk "BEGIN { print $took * $i / 16 / 1000000 }")"
		kill -9 $pid 2>/dev/null || true
		# One that ended by itself says that the next may be hit sooner.
		if wait $pid 2>/dev/null; then
			took=$((took * 3 / 4))
		else
			killed=$((killed + 1))
		fi
		node "$ROOT/tests/tools/links.mjs" public \
		    https://navigator.example --kept
		(cd public && find . -name .kruzhok-tmp -prune -o -type f -print) |
		    while read -r f; do
			cmp -s "public/$f" "clean.content/$f" ||
			    cmp -s "public/$f" "clean.next/$f" ||
			    { echo "torn: $f"; exit 1; }
		done
		run sqlite3 build/catalog.db 'PRAGMA integrity_check'
		[ "$output" = ok ] || { echo "$output"; ls -la build; return 1; }
	done
	[ "$killed" -gt 3 ]
	for tree in content next; do
		build --quiet --content $tree
		# Like assets, parts of an older index stay for cached pages.
		[ -z "$(diff -r public clean.$tree | grep -v '^Only in public/search: ')" ]
		[ ! -e build/catalog.db.tmp ]
	done
}

@test "two builds in one folder wait for one another" {
	for i in 1 2 3 4; do
		build --quiet 2>/dev/null 3>&- &
	done
	wait
	build --quiet --output clean --catalog c/catalog.db
	diff -r public clean
	cmp build/catalog.db c/catalog.db
}

@test "the catalog's generation is the clock of its last change" {
	meta() { sqlite3 build/catalog.db "SELECT $1 FROM meta"; }
	"$KRUZHOK" build --quiet --now 1795100000
	[ "$(meta format)" = 1 ] && [ "$(meta generation)" = 1795100000 ]
	hash=$(meta hash)
	"$KRUZHOK" build --quiet --now 1795100600
	[ "$(meta generation)" = 1795100000 ] && [ "$(meta hash)" = "$hash" ]
	sed -i 's/seats: 12/seats: 13/' content/programs/2.yaml
	"$KRUZHOK" build --quiet --now 1795101200
	[ "$(meta generation)" = 1795101200 ] && [ "$(meta hash)" != "$hash" ]
	# Moving a file about changes nothing in it.
	cp build/catalog.db before.db
	mkdir content/programs/sub
	mv content/programs/1.yaml content/programs/sub/
	"$KRUZHOK" build --quiet --now 1795101800
	cmp before.db build/catalog.db
}

@test "the catalog says what submitd must know" {
	sed -i 's/^  seats: 12/&\n  waiting: 0\n  aliases: [old-a]\n  enrollment: {opens: 2026-08-20T09:00}/' content/programs/2.yaml
	echo 'aliases: [two]' >>content/programs/2.yaml
	build --quiet
	sql() { sqlite3 build/catalog.db "$1"; }
	[ "$(sql "SELECT seats, waiting, age_min, age_max, period_from, school_year, opens, closes FROM program_group WHERE program='2'")" = \
	    "12|0|7|10|2026-09-01|2026|1787184000|" ]
	[ "$(sql "SELECT weekday, starts, ends, weeks FROM lesson WHERE program='2'")" = "0|900|990|all" ]
	[ "$(sql "SELECT kind, old, new FROM alias ORDER BY kind")" = \
	    "$(printf 'group|2/old-a|2/a\nprogram|two|2')" ]
	[ "$(sql 'SELECT amount FROM nominal')" = 2400000 ]
	[ "$(sql 'SELECT id, version, consent FROM legal')" = "consent|1|none" ]
	[ "$(sql "SELECT starts, whole_day, organization FROM event")" = "1796432400|0|dvorets" ]
	[ "$(sql "SELECT path FROM asset WHERE name='css/site.css'")" = \
	    "/$(cd public && ls assets/site.*.css)" ]
	[ "$(sql 'PRAGMA foreign_key_check')" = "" ]
}

@test "a file that is no catalog is left alone" {
	mkdir build
	sqlite3 build/catalog.db 'CREATE TABLE precious (x)'
	cp build/catalog.db before.db
	run build
	[ "$status" -eq 3 ]
	[[ $output == *"not a catalog"* ]]
	cmp before.db build/catalog.db
	[ -z "$(find public -type f)" ]
	rm build/catalog.db
	build --quiet
	# A damaged one is made anew.
	cp build/catalog.db before.db
	printf 'xxxxxxxxxxxxxxxx' | dd of=build/catalog.db bs=1 seek=5000 conv=notrunc status=none
	build --quiet
	cmp before.db build/catalog.db
}

@test "--only html makes pages and assets, nothing else" {
	build --quiet --only html
	[ -e public/programs/1.html ] && ls public/assets/site.*.css
	[ -z "$(find public -name '*.ics')" ] && [ ! -e build/catalog.db ]
}

@test "what a build leaves out is counted and said" {
	echo 'draft: true' >>content/programs/1.yaml
	echo 'publish_at: 2027-01-01' >>content/programs/2.yaml
	echo 'unpublish_at: 2026-01-01' >>content/programs/3.yaml
	build --lang en >out
	grep -q '^left out: drafts  *1$' out
	grep -q '^left out: not published yet  *1$' out
	grep -q '^left out: no longer published  *1$' out
	[ ! -e public/programs/1.html ] && [ ! -e public/programs/2.html ]
	[ ! -e public/programs/3.html ]
	build --quiet --drafts --future
	[ -e public/programs/1.html ] && [ -e public/programs/2.html ]
	[ ! -e public/programs/3.html ]
}

@test "--base-url stands in for the site's" {
	build --quiet --base-url https://other.example/below/
	grep -q 'https://other.example/below/programs/1.html' public/sitemap.xml
	! grep -rq navigator.example public || false
	node "$ROOT/tests/tools/links.mjs" public https://other.example/below
}

@test "ratings, reviews and seats of live.db are baked in" {
	build --quiet
	sqlite3 live.db <"$ROOT/submitd/store/live.sql"
	sqlite3 live.db "INSERT INTO meta VALUES (1, 1795000000, 'x');
	    INSERT INTO rating VALUES ('1', 9, 2), ('gone', 5, 1);
	    INSERT INTO review VALUES ('1', 1, 'Ольга С.', 5, 'Сыну <нравится>', 1794000000, NULL, NULL);
	    INSERT INTO seats VALUES ('1', 'a', 12, 12, 3), ('gone', 'a', 1, 1, 0);"
	build --quiet --live live.db
	grep -q 'Сыну &lt;нравится&gt;' public/programs/1.html
	grep -q 'Ольга С.' public/programs/1.html
	run build --live none.db
	[ "$status" -eq 3 ]
	# Of a database in which nothing has happened yet.
	sqlite3 live.db 'UPDATE meta SET exported_at = 0'
	build --quiet --live live.db
	sqlite3 live.db 'UPDATE meta SET format = 2'
	run build --live live.db
	[ "$status" -eq 3 ]
	[[ $output == *"live.db: not an export of this version"* ]]
}

@test "--templates stands in for the theme's own files" {
	mkdir -p own/page own/assets/css
	cp "$ROOT/themes/default/page/missing.html.mustache" own/page/ 2>/dev/null ||
	    cp "$ROOT"/themes/default/page/*.mustache own/page/
	echo 'body { color: red }' >own/assets/css/site.css
	build --quiet --templates own
	[ "$(cat public/assets/site.*.css)" = 'body { color: red }' ]
}

@test "a command line that cannot be meant is usage" {
	for bad in "" frob "build x" "build --bogus" "build --jobs" \
	    "build --jobs 0" "build --jobs x" "build --only js" \
	    "build --now yesterday" "build --format xml" "build --lang de" \
	    "build --quiet=1" "build --output=" "build --base-url ftp://x"; do
		# shellcheck disable=SC2086
		run "$KRUZHOK" $bad
		[ "$status" -eq 2 ] || { echo "$bad: $status"; return 1; }
	done
	[ ! -e public ] && [ ! -e build ]
	run "$KRUZHOK" version
	[ "$status" -eq 0 ] && [[ $output == "kruzhok "* ]]
	run "$KRUZHOK" help
	[ "$status" -eq 0 ]
}

@test "the machine's fault is 3" {
	echo file >public
	run build
	[ "$status" -eq 3 ]
	rm public && mkdir -p public/index.html
	run build
	[ "$status" -eq 3 ]
	run build --output none >/dev/full
	rm -r public
	"$KRUZHOK" build --now $NOW >/dev/full 2>err && false
	[ $? -ne 0 ]
}

@test "clean removes what a build made and nothing else" {
	build --quiet
	echo mine >public/programs/mine.html
	"$KRUZHOK" clean
	[ "$(find public -type f)" = public/programs/mine.html ]
	[ ! -e build/catalog.manifest.tsv ]
	"$KRUZHOK" clean
}

@test "a template that the theme lacks is told" {
	mkdir mine
	cp -r "$ROOT/themes/default/." mine
	rm mine/page/event.html.mustache
	run build --theme mine
	[ "$status" -eq 1 ] && [ ! -e public ]
	[[ $output == *"mine/page/event.html.mustache:1:1: error: "* ]]
}
