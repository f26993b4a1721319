#!/usr/bin/env bats
# The contract of kruzhok, tried from outside: what is told and how, what is
# shown when, which files there are and what stands in them.

NOW=2026-11-20T09:00:00+09:00

setup() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	KRUZHOK=${KRUZHOK:-$ROOT/build/release/kruzhok}
	cd "$BATS_TEST_TMPDIR"
	unset SOURCE_DATE_EPOCH
	ln -s "$ROOT/themes" themes
	content
}

content() { # one thing of every kind
	mkdir -p content/{organizations,programs,events,pages,news,legal,media}
	cat >content/site.yaml <<-EOF
	title: Навигатор
	base_url: https://navigator.example
	timezone: Asia/Yakutsk
	language: ru
	directions:
	- {id: technical, title: Техническая}
	- {id: sports, title: Спортивная}
	EOF
	echo '- {id: zeya, title: город Зея, nominal: {2026: 24000}}' \
	    >content/municipalities.yaml
	printf 'title: Дворец\nmunicipality: zeya\nverified: true\n' \
	    >content/organizations/dvorets.yaml
	cat >content/programs/robot.yaml <<-EOF
	title: Роботы
	organization: dvorets
	direction: technical
	age: {min: 7, max: 10}
	groups:
	- id: a
	  seats: 12
	  period: {from: 2026-09-01, to: 2027-05-31}
	  schedule: [{days: [mon], time: "15:00-16:30"}]
	EOF
	cat >content/events/urok.yaml <<-EOF
	title: Урок
	kind: contest
	starts: 2026-12-05T10:00
	organization: dvorets
	direction: technical
	EOF
	local kind
	for kind in pages news legal; do
		printf -- '---\ntitle: Текст\nversion: "1"\n---\n\nСлова.\n' \
		    >content/$kind/text.md
	done
	sed -i /version/d content/pages/text.md content/news/text.md
	sed -i 's/^title/date: 2026-11-01\ntitle/' content/news/text.md
}

kruzhok() { # verb options
	"$KRUZHOK" "$1" --now $NOW "${@:2}"
}

# bats passes over a line that begins with "!", but not over this.
none() { # command: it must fail
	! "$@"
}

look() {
	find "$@" -printf '%p %i %T@ %s %m\n' | sort
}

# --- what is told ---------------------------------------------------------

@test "columns count letters, not bytes" {
	echo 'title: Роботы и [ещё' >content/programs/a.yaml
	echo '- {id: aldan, title: Алдан, tile: {x: 1, y: я}}' \
	    >>content/municipalities.yaml
	sed -i 's/age: .*/age: {ёж: 7, max: 10}/' content/programs/robot.yaml
	run kruzhok check --lang en
	[ "$status" -eq 1 ]
	[[ $output == *"content/municipalities.yaml:2:45: error: "* ]]
	[[ $output == *"content/programs/robot.yaml:4:7: error: unknown field 'ёж'"* ]]
}

@test "a mistake stands at its place whatever the line ends and the mark" {
	printf '\xef\xbb\xbftitle: Роботы\r\norganization: dvorets\r\ndirection: tehnical\r\nseats: 1\r\n' \
	    >content/programs/robot.yaml
	run kruzhok check --lang en
	[ "$status" -eq 1 ]
	[[ $output == *"robot.yaml:3:12: error: "*"(did you mean 'technical'?)"* ]]
	[[ $output == *"robot.yaml:4:1: error: unknown field 'seats'"* ]]
	[ "${lines[-1]}" = "2 errors, 0 warnings" ]
}

@test "paths in messages begin with the content as it was given" {
	echo 'titel: x' >>content/programs/robot.yaml
	run kruzhok check --content ./content
	[[ ${lines[0]} == "./content/programs/robot.yaml:"* ]]
	run kruzhok check --content "$PWD/content/"
	[[ ${lines[0]} == "$PWD/content/programs/robot.yaml:"* ]]
}

@test "messages come in the site's language, or the one that is asked for" {
	echo 'titel: x' >>content/programs/robot.yaml
	run kruzhok check
	[[ ${lines[0]} == *"неизвестное поле"* ]]
	run kruzhok check --lang en
	[[ ${lines[0]} == *"unknown field"* ]]
	sed -i 's/language: ru/language: en/' content/site.yaml
	run kruzhok check
	[[ ${lines[0]} == *"unknown field"* ]]
	run kruzhok check --lang ru
	[[ ${lines[0]} == *"неизвестное поле"* ]]
}

@test "JSON messages are one object a line, with the same codes in both languages" {
	printf 'titel: "\\\\ \\" \\u00e9"\nseats: 01\n' >>content/programs/robot.yaml
	sed -i 's/kind: contest/kind: "x\\"<\\\\\\t"/' content/events/urok.yaml
	kruzhok check --format json --lang ru 2>ru.json || [ $? -eq 1 ]
	kruzhok check --format json --lang en 2>en.json || [ $? -eq 1 ]
	run node -e '
		const read = (f) => require("fs").readFileSync(f, "utf8").trim()
		    .split("\n").map((l) => JSON.parse(l));
		const [ru, en] = [read("ru.json"), read("en.json")];
		const bare = (m) => JSON.stringify({ ...m, text: "" });
		console.log(ru.length >= 3, ru.every((m, i) =>
		    Object.keys(m).join() === "path,line,column,severity,code,text" &&
		    m.text !== "" && m.line > 0 && m.column > 0 &&
		    bare(m) === bare(en[i])), ru[0].text !== en[0].text);'
	echo "$output"
	[ "$output" = "true true true" ]
}

@test "messages for GitHub stay on their lines" {
	mv content/programs/robot.yaml "content/programs/a%,:b.yaml"
	sed -i 's/kind: contest/kind: "x%\\n::warning::y"/' content/events/urok.yaml
	run kruzhok check --format github --lang en
	[ "$status" -eq 1 ]
	for line in "${lines[@]}"; do
		[[ $line == "::error file="* || $line == "::warning file="* ]]
	done
	[[ $output == *"file=content/programs/a%25%2C%3Ab.yaml,line=1,col=1"* ]]
}

@test "mistakes of a theme stand at file, line and column, and nothing is written" {
	kruzhok build --quiet
	look public build >before
	mkdir -p own/page
	printf '<p>\n  Имя {{{title}}}</p>\n{{#open}}\n' >own/page/help.html.mustache
	printf 'a\n{{=<%% %%>=}}' >own/page/robots.txt.mustache
	run kruzhok build --templates own --lang en
	echo "$output"
	[ "$status" -eq 1 ]
	[[ $output == *"own/page/help.html.mustache:3:1: error: "* ]]
	[[ $output == *"own/page/help.html.mustache:2:7: error: "* ]]
	[[ $output == *"own/page/robots.txt.mustache:2:1: error: "* ]]
	rm own/page/help.html.mustache
	printf 'я{{> nowhere}}' >own/page/robots.txt.mustache
	run kruzhok build --templates own/ --lang en
	[ "$status" -eq 1 ]
	[[ $output == *"own/page/robots.txt.mustache:1:2: error: unknown template 'nowhere'"* ]]
	look public build >after
	cmp before after
}

@test "a theme may not put a value into a script or a style" {
	mkdir -p own/page
	for text in '<script>let a = "{{title}}"</script>' \
	    '<style>a { color: {{color}} }</style>' '{{&title}}' \
	    '<a href={{url}}>' '<a onclick="{{x}}">'; do
		printf '%s' "$text" >own/page/missing.html.mustache
		run kruzhok build --templates own --lang en
		[ "$status" -eq 1 ] || { echo "passed: $text"; return 1; }
		[[ ${lines[0]} =~ ^own/page/missing.html.mustache:1:[0-9]+:\ error: ]]
	done
}

@test "what is too deep, too big or no text ends at once with a message" {
	tried() { # name, what must be told
		cp "$1" content/programs/robot.yaml
		run timeout 10 "$KRUZHOK" check --lang en
		[ "$status" -eq 1 ] && [ "${#lines[@]}" -lt 100 ] &&
		    [[ $output == *"content/programs/robot.yaml:"*": error: "*"$2"* ]] ||
		    { echo "$1: $status: ${lines[*]:0:3}"; return 1; }
	}
	long() { # text, times
		head -c "$2" /dev/zero | sed "s/\x00/$1/g"
	}
	{ printf 'title: x\ntags: '; long '[' 500000; } >brackets
	tried brackets "deep"
	{ printf 'title: x\ntags: '; long '{a: ' 200000; } >braces
	tried braces "deep"
	{ printf 'title: x\ndescription: |\n  '; long '> ' 20000; echo; } >quotes
	tried quotes ""
	{ printf 'title: x\ndescription: |\n  '; long '*a_' 20000; echo; } >stars
	tried stars ""
	{ printf 'title: x\ndescription: |\n  '; long '[' 60000; echo; } >links
	tried links ""
	{ printf 'title: '; long x 1048600; } >big
	tried big "1024 KiB"
	{ printf 'title: '; long x 70000; } >scalar
	tried scalar "64 KiB"
	{ printf 'title: x\ntags: ['; long 'a, ' 300000; echo ']'; } >many
	tried many ""
	printf 'title: a\0b\n' >nul
	tried nul "NUL"
	printf 'title: \xc3\x28\n' >bytes
	tried bytes "UTF-8"
	printf '\xff\xfet\x00i\x00' >utf16
	tried utf16 ""
}

# --- what is shown when ----------------------------------------------------

@test "publish_at and unpublish_at count to the minute in the site's zone" {
	printf 'publish_at: 2026-11-20T09:00\nunpublish_at: 2026-11-20T10:00\n' \
	    >>content/programs/robot.yaml
	printf 'publish_at: 2026-11-20\n' >>content/events/urok.yaml
	at() { "$KRUZHOK" build --quiet --now "$1" "${@:2}" >/dev/null; }
	at 2026-11-19T23:59:59+09:00
	[ ! -e public/programs/robot.html ] && [ ! -e public/events/urok.html ]
	at 2026-11-20T00:00:00+09:00
	[ ! -e public/programs/robot.html ] && [ -e public/events/urok.html ]
	at 2026-11-20T08:59:59
	[ ! -e public/programs/robot.html ]
	at 2026-11-20T00:00:00Z
	[ -e public/programs/robot.html ]
	at 2026-11-20T09:59:59
	[ -e public/programs/robot.html ]
	at 2026-11-20T10:00
	[ ! -e public/programs/robot.html ]
	SOURCE_DATE_EPOCH=1795132800 "$KRUZHOK" build --quiet
	[ -e public/programs/robot.html ]
	at 2026-11-19 --future
	[ -e public/programs/robot.html ]
	at 2026-11-21 --future --drafts
	[ ! -e public/programs/robot.html ]
}

@test "the date of an event never hides it" {
	sed -i 's/starts: .*/starts: 2019-03-02T10:00/' content/events/urok.yaml
	kruzhok build --quiet
	[ -e public/events/urok.html ] && [ -e public/events/urok.ics ]
	grep -q 'href="/events/urok.html"' public/events/2019-03.html
	grep -q 'UID:event-urok@' public/events/all.ics
}

@test "a draft is nowhere: not in lists, feeds, data or the catalog" {
	echo 'draft: true' >>content/programs/robot.yaml
	echo 'draft: true' >>content/events/urok.yaml
	sed -i 's/^title/draft: true\ntitle/' content/news/text.md
	kruzhok build --quiet
	none grep -rnE '/(programs|events)/(robot|urok)|/news/text' public --include=*.html \
	    --include=*.xml --include=*.json --include=*.ics
	[ "$(sqlite3 build/catalog.db 'SELECT (SELECT count(*) FROM program) + (SELECT count(*) FROM event)')" -eq 0 ]
	kruzhok build --quiet --drafts
	grep -q '/programs/robot.html' public/sitemap.xml
	grep -q '/news/text.html' public/feed.xml
}

# --- which files there are -------------------------------------------------

@test "every path of the contract is there" {
	kruzhok build --quiet
	for path in index.html programs/index.html programs/robot.html \
	    directions/technical.html municipalities/zeya.html \
	    organizations/dvorets.html events/index.html events/2026-12.html \
	    events/urok.html help/text.html news/text.html legal/text.html \
	    events/all.ics events/urok.ics municipalities/zeya.ics \
	    directions/technical.ics organizations/dvorets.ics \
	    programs/robot.a.ics feed.xml sitemap.xml robots.txt 404.html \
	    data/programs.json data/events.json; do
		[ -s "public/$path" ] || { echo "no $path"; return 1; }
	done
	# Flat: no folder of a page's own.
	[ -z "$(find public -mindepth 2 -type d)" ]
	find public/assets -type f | none grep -vE '/[a-z0-9-]+\.[0-9a-f]{10}\.[a-z0-9]+$'
	[ -z "$(find public -name '.*' -mindepth 1)" ]
}

@test "a long list goes on at ID.2.html and holds every program once" {
	for n in $(seq 1 130); do
		sed "s/Роботы/Роботы $n/" content/programs/robot.yaml \
		    >"content/programs/r$n.yaml"
	done
	kruzhok build --quiet
	for list in programs/index directions/technical municipalities/zeya \
	    organizations/dvorets; do
		[ -e "public/$list.2.html" ] || { echo "no $list.2.html"; return 1; }
		n=$(cat public/"$list".html public/"$list".[0-9]*.html |
		    grep -oE 'class="program-title"><a href="[^"]*' | sort | uniq -c |
		    awk '$1 == 1' | wc -l)
		[ "$n" -eq 131 ] || { echo "$list: $n"; return 1; }
	done
	node "$ROOT/tests/tools/links.mjs" public https://navigator.example
}

@test "with clean_urls links have no ending and files keep theirs" {
	sed -i '/^language/a clean_urls: true' content/site.yaml
	echo 'aliases: [old]' >>content/programs/robot.yaml
	printf 'description: |\n  [Помощь](/help/text.html#x) и [сюда](/programs/old.html).\n' \
	    >>content/events/urok.yaml
	sed -i 's/^Слова/## X\n\nСлова/' content/pages/text.md
	kruzhok build --quiet
	[ -e public/programs/robot.html ]
	none grep -rnoE '(href|content)="[^"]*\.html[#"]' public --include=*.html
	none grep -q '\.html' public/sitemap.xml public/feed.xml public/data/*.json
	grep -q 'href="/help/text#x"' public/events/urok.html
	node "$ROOT/tests/tools/links.mjs" public https://navigator.example
}

@test "an old id leads to the new page" {
	echo 'aliases: [old, older]' >>content/programs/robot.yaml
	echo 'aliases: [bylo]' >>content/events/urok.yaml
	echo 'aliases: [dom]' >>content/organizations/dvorets.yaml
	sed -i 's/^title/aliases: [slova]\ntitle/' content/pages/text.md
	kruzhok build --quiet
	while read -r old new; do
		grep -q "url=$new\"" "public/$old" && grep -q "href=\"$new\"" "public/$old" &&
		    grep -q "rel=\"canonical\" href=\"https://navigator.example$new\"" "public/$old" ||
		    { echo "$old: $(cat "public/$old")"; return 1; }
		none grep -q "$old" public/sitemap.xml
	done <<-EOF
	programs/old.html /programs/robot.html
	programs/older.html /programs/robot.html
	events/bylo.html /events/urok.html
	organizations/dom.html /organizations/dvorets.html
	help/slova.html /help/text.html
	EOF
}

@test "two things for one path are told with both places" {
	echo 'aliases: [other]' >>content/programs/robot.yaml
	sed 's/Роботы/Иные/' content/programs/robot.yaml |
	    sed 's/\[other\]/[third]/' >content/programs/other.yaml
	run kruzhok build --lang en
	[ "$status" -eq 1 ] && [ ! -e public ]
	[[ $output == *"content/programs/robot.yaml:10:11: error: "*"content/programs/other.yaml"* ]]
}

@test "a sitemap lists every page but those that lead on or go on" {
	echo 'aliases: [old]' >>content/programs/robot.yaml
	kruzhok build --quiet
	(cd public && find . -name '*.html' | sed 's,^\.,,; s,/index.html$,/,') |
	    grep -vE '^/404|^/offline|^/search/|/old.html' |
	    sort >pages
	grep -oE '<loc>[^<]*' public/sitemap.xml |
	    sed 's,<loc>https://navigator.example,,' | sort >listed
	diff pages listed
}

@test "--only html leaves what it does not make" {
	kruzhok build --quiet
	cp -r public before
	run kruzhok build --quiet --only html
	[[ $output == *" 0 removed" ]]
	diff -r public before
	rm content/events/urok.yaml
	kruzhok build --quiet --only html
	[ ! -e public/events/urok.html ] && [ -e public/events/urok.ics ]
	kruzhok build --quiet
	[ ! -e public/events/urok.ics ]
	kruzhok build --quiet --output clean --catalog clean.d/catalog.db
	# Like assets, parts of the last index stay for pages in caches.
	diff -r --exclude search public clean
}

@test "a link in the place of our temporary folder leads nobody astray" {
	mkdir public elsewhere
	echo precious >elsewhere/1
	ln -s "$PWD/elsewhere" public/.kruzhok-tmp
	run kruzhok build
	[ "$status" -eq 3 ]
	[[ $output == *".kruzhok-tmp"* ]]
	[ "$(ls elsewhere)" = 1 ] && [ "$(cat elsewhere/1)" = precious ]
}

# --- what stands in them ---------------------------------------------------

@test "feeds are XML, open data is JSON, calendars are read" {
	printf '%s\n' 'title: "]]> & <a> \" '"'"' Ёж"' >content/programs/t
	sed -i '/^title/d' content/programs/robot.yaml content/events/urok.yaml
	cat content/programs/t >>content/programs/robot.yaml
	cat content/programs/t >>content/events/urok.yaml
	sed -i "s/^title: .*/title: ']]> \& <a>'/" content/news/text.md
	rm content/programs/t
	kruzhok build --quiet
	if command -v xmllint >/dev/null; then
		xmllint --noout public/feed.xml public/sitemap.xml
	fi
	node -e 'for (const f of ["programs", "events"])
	    JSON.parse(require("fs").readFileSync(`public/data/${f}.json`))'
	node "$ROOT/tests/tools/calendar.mjs" public
}

@test "a phone shows lessons and repeated events on the days that are meant" {
	sed -i 's/Asia.Yakutsk/Europe\/Berlin/' content/site.yaml
	sed -i '/schedule/d' content/programs/robot.yaml
	cat >>content/programs/robot.yaml <<-EOF
	  schedule:
	  - {days: [mon, thu], time: "15:00-16:30", weeks: odd}
	  - {days: [sat], time: "09:05-10:00", weeks: even}
	  - {days: [sun], time: "23:00-23:45"}
	EOF
	sed -i 's/starts: .*/starts: 2026-10-17T10:00/' content/events/urok.yaml
	cat >>content/events/urok.yaml <<-EOF
	ends: 2026-10-17T12:30
	repeat: {every: week, days: [sat, wed], until: 2027-04-03, except: [2026-10-24, 2027-01-02]}
	EOF
	sed 's/starts: .*/starts: 2026-10-30/; s/ends: .*/ends: 2026-11-01/; s/repeat: .*/repeat: {every: month, until: 2027-06-30}/' \
	    content/events/urok.yaml >content/events/daily.yaml
	kruzhok build --quiet
	node "$ROOT/tests/tools/calendar.mjs" public
	run node "$ROOT/tests/tools/instances.mjs" public/programs/robot.a.ics \
	    public/events/urok.ics public/events/daily.ics
	[ "$status" -eq 0 ]
	echo "$output" >got
	# Day by day, without a rule: dates of GNU date.
	day=2026-09-01
	while [[ $day < 2027-07-01 ]]; do
		read -r wday week <<<"$(date -ud "$day" '+%u %V')"
		odd=$((10#$week % 2))
		if [[ $day < 2027-06-01 ]]; then
			case $wday$odd in
			11 | 41) echo "robot.a.ics ${day}T15:00:00 ${day}T16:30:00" ;;
			60) echo "robot.a.ics ${day}T09:05:00 ${day}T10:00:00" ;;
			7?) echo "robot.a.ics ${day}T23:00:00 ${day}T23:45:00" ;;
			esac
		fi
		if [[ $day > 2026-10-16 && $day < 2027-04-04 && $wday =~ [36] &&
		    $day != 2026-10-24 && $day != 2027-01-02 ]]; then
			echo "urok.ics ${day}T10:00:00 ${day}T12:30:00"
		fi
		[[ $day < 2026-10-30 || $day != *-30 ]] ||
		    echo "daily.ics $day $(date -ud "$day + 3 days" +%F)"
		day=$(date -ud "$day + 1 day" +%F)
	done >want
	diff <(sort want) <(sort got)
}

@test "markup in any text field is shown, never run" {
	evil='"<script>alert(1)</script>\"><img src=x onerror=alert(2)> {{title}} {{{x}}} \u0027 &amp; </title></textarea>"'
	cat >content/site.yaml <<-EOF
	title: $evil
	short_title: $evil
	region: $evil
	contact: {phone: $evil, email: $evil, hours: $evil}
	base_url: https://navigator.example
	timezone: Asia/Yakutsk
	language: ru
	directions:
	- {id: technical, title: $evil}
	EOF
	cat >content/municipalities.yaml <<-EOF
	- {id: zeya, title: $evil, title_in: $evil, code: $evil, nominal: {2026: 24000},
	   center: {title: $evil, phone: $evil, email: $evil, address: $evil}, tile: {x: 1, y: 1}}
	EOF
	cat >content/organizations/dvorets.yaml <<-EOF
	title: $evil
	short_title: $evil
	municipality: zeya
	verified: true
	address: $evil
	phone: $evil
	email: $evil
	license: $evil
	website: https://x.example/'onclick=alert(1)
	about: $evil
	photo: {file: media/a.jpg, alt: $evil}
	EOF
	printf x >content/media/a.jpg
	cat >content/programs/robot.yaml <<-EOF
	title: $evil
	organization: dvorets
	direction: technical
	summary: $evil
	health: [$evil]
	documents: [$evil]
	teachers: [$evil]
	tags: [$evil]
	video: https://x.example/?a='onclick=alert(1)&lt;
	description: $evil
	goals: $evil
	results: $evil
	equipment: $evil
	photo: {file: media/a.jpg, alt: $evil}
	groups:
	- id: a
	  title: $evil
	  teacher: $evil
	  seats: 1
	  place: {title: $evil, address: $evil}
	  period: {from: 2026-09-01, to: 2027-05-31}
	  schedule: [{days: [mon], time: "15:00-16:30"}]
	EOF
	cat >content/events/urok.yaml <<-EOF
	title: $evil
	kind: contest
	starts: 2026-12-05T10:00
	organization: dvorets
	summary: $evil
	description: $evil
	conditions: $evil
	online: https://x.example/'onclick=alert(1)
	link: https://x.example/?a=1&lt;b
	place: {title: $evil, address: $evil}
	tags: [$evil]
	sign_up: {seats: 5}
	categories: [{id: a, title: $evil}]
	contact: {name: $evil, phone: $evil, email: $evil}
	EOF
	for kind in pages news legal; do
		printf -- '---\ntitle: %s\nsummary: %s\nversion: "1<b>"\n---\n\n## <script>alert(1)</script> x\n\n<img src=x onerror=alert(2)> {{title}}\n\n[a](https://x.example/"onmouseover=alert(3))\n\n`<script>`\n' \
		    "$evil" "$evil" >content/$kind/text.md
	done
	sed -i /version/d content/pages/text.md content/news/text.md
	sed -i '/^summary/d' content/legal/text.md
	sed -i 's/^title/date: 2026-11-01\ntitle/' content/news/text.md
	run kruzhok build --lang en
	echo "$output" | grep -v warning
	[ "$status" -eq 0 ]
	run node "$ROOT/tests/tools/markup.mjs" public
	echo "$output"
	[ "$status" -eq 0 ]
	# As written, wherever it is shown.
	grep -q '&lt;script&gt;alert(1)&lt;/script&gt;' public/programs/robot.html
	grep -q '{{title}} {{{x}}}' public/programs/robot.html
	if command -v xmllint >/dev/null; then
		xmllint --noout public/feed.xml public/sitemap.xml
	fi
	node -e 'for (const f of ["programs", "events"])
	    JSON.parse(require("fs").readFileSync(`public/data/${f}.json`))'
	node "$ROOT/tests/tools/calendar.mjs" public
	node "$ROOT/tests/tools/links.mjs" public https://navigator.example
}

@test "links that could run something are refused" {
	for link in 'javascript:alert(1)' 'JaVaScRiPt:alert(1)' ' javascript:alert(1)' \
	    'data:text/html,x' 'vbscript:x' '//evil.example/x' '\\evil' 'ftp://x.example'; do
		printf "link: '%s'\n" "$link" >tail
		cat content/events/urok.yaml tail >content/events/bad.yaml
		run kruzhok check --lang en
		[ "$status" -eq 1 ] || { echo "link: $link"; return 1; }
		printf 'description: |\n  [a](<%s>)\n' "$link" >tail
		cat content/events/urok.yaml tail >content/events/bad.yaml
		run kruzhok check --lang en
		[ "$status" -eq 1 ] || { echo "Markdown: $link"; return 1; }
	done
}

@test "pages ask nothing of other origins and have no script of their own" {
	run "$KRUZHOK" build --content "$ROOT/content" --quiet --now $NOW
	[ "$status" -eq 0 ]
	run node "$ROOT/tests/tools/markup.mjs" public
	echo "$output"
	[ "$status" -eq 0 ]
}

@test "HTML of every kind of page is valid" {
	jar=$ROOT/tests/node_modules/vnu-jar/build/dist/vnu.jar
	command -v java >/dev/null || skip "no java"
	[ -f "$jar" ] || skip "no vnu-jar"
	"$KRUZHOK" build --content "$ROOT/content" --quiet --now $NOW
	# Parts of the search's index are no pages.
	rm -r public/search
	run java -jar "$jar" --skip-non-html --format gnu public
	echo "$output"
	[ "$status" -eq 0 ] && [ -z "$output" ]
}

@test "a terminal sees how far it is, and nobody else" {
	command -v script >/dev/null || skip "no script"
	for n in $(seq 1 150); do
		cp content/programs/robot.yaml "content/programs/r$n.yaml"
	done
	script -qc "'$KRUZHOK' build --now $NOW" /dev/null >seen
	grep -qE $'\r[0-9]+/[0-9]+ ' seen
	rm -r public build
	script -qc "'$KRUZHOK' build --quiet --now $NOW" /dev/null >seen
	none grep -qE $'\r[0-9]+/[0-9]+ ' seen
	rm -r public build
	kruzhok build >out 2>err
	none grep -q $'\r' out err
}

@test "what is no file does not stop a build" {
	mkfifo content/programs/pipe.yaml content/media/pipe.jpg
	echo 'photo: {file: media/pipe.jpg, alt: x}' >>content/programs/robot.yaml
	run timeout 10 "$KRUZHOK" check --lang en
	[ "$status" -eq 1 ] && [[ $output == *"media/pipe.jpg"* ]]
	rm content/media/pipe.jpg
	truncate -s 3G content/media/pipe.jpg
	run timeout 10 "$KRUZHOK" check --lang en
	[ "$status" -eq 1 ] && [[ $output == *"content/media/pipe.jpg:1:1: error: "* ]]
	rm content/media/pipe.jpg
	ln -s /etc/passwd content/media/pipe.jpg
	run timeout 10 "$KRUZHOK" check --lang en
	[ "$status" -eq 1 ]
}

# --- the machine's fault ---------------------------------------------------

@test "a full disk is told, and the old pages stay whole" {
	mkdir small
	mount -t tmpfs -o size=3m tmpfs small 2>/dev/null || skip "may not mount"
	for n in $(seq 1 20); do
		cp content/programs/robot.yaml "content/programs/r$n.yaml"
	done
	kruzhok build --quiet --output small/public --catalog small/catalog.db ||
	    { umount small; return 1; }
	cp -r small/public before && cp small/catalog.db before.db
	cp small/catalog.manifest.tsv before.tsv
	for n in $(seq 1 400); do
		sed "s/Роботы/Иные роботы $n/" content/programs/robot.yaml \
		    >"content/programs/r$n.yaml"
	done
	run kruzhok build --output small/public --catalog small/catalog.db
	echo "$output"
	same=no
	diff -r small/public before && cmp small/catalog.db before.db &&
	    cmp small/catalog.manifest.tsv before.tsv && same=yes
	left=$(find small -type f | wc -l)
	umount small
	[ "$status" -eq 3 ] && [ $same = yes ]
	[[ $output == *"No space left on device"* ]]
	[ "$left" -eq $(($(find before -type f | wc -l) + 2)) ]
}

@test "an output that cannot be written is 3 and names it" {
	echo file >public
	run kruzhok build
	[ "$status" -eq 3 ] && [[ $output == *"public"* ]]
	rm public
	run kruzhok build --catalog /proc/none/catalog.db
	[ "$status" -eq 3 ] && [[ $output == *"/proc/none"* ]]
	run kruzhok build --content nowhere
	echo "$output"
	[ "$status" -ne 0 ] && [[ $output == *"nowhere"* ]]
	run kruzhok build --theme nowhere
	[ "$status" -ne 0 ] && [[ $output == *"nowhere"* ]]
}
