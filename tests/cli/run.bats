#!/usr/bin/env bats
# tools/run, what `make run` does once all is built: on a copy of the tree, so
# that the one it tests keeps its public/ and var/.

bats_require_minimum_version 1.5.0

setup() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	KRUZHOK=${KRUZHOK:-$ROOT/build/release/kruzhok}
	SUBMITD=${SUBMITD:-$ROOT/build/release/submitd}
	cd "$BATS_TEST_TMPDIR"
	mkdir build
	cp -r "$ROOT/content" "$ROOT/themes" .
	mkdir tools
	cp "$ROOT/tools/run" tools/
	ln -s "$KRUZHOK" build/kruzhok
	ln -s "$SUBMITD" build/submitd
	PORT=$(node -e 'const s = require("net").createServer();
	    s.listen(0, "127.0.0.1", () => {
		    console.log(s.address().port); s.close(); })')
	URL=http://127.0.0.1:$PORT
	# A group of its own, as a terminal would give it.
	PORT=$PORT setsid env --default-signal=INT tools/run >out 2>err 3>&- &
	RUN=$!
}

teardown() {
	kill -KILL -- "-$RUN" 2>/dev/null || true
}

# wait_for SECONDS COMMAND...
wait_for() {
	local left=$(($1 * 5))
	shift
	until "$@"; do
		left=$((left - 1))
		[ "$left" -gt 0 ] || { echo "never: $*" >&2; tail out err >&2; return 1; }
		sleep 0.2
	done
}

ready() { grep -q '^ready ' out; }

shows() { curl -s "$URL$1" | grep -q "$2"; } # PATH TEXT

sign_in() { # NAME of the demo
	local email word
	read -r _ _ email word _ < <(grep " $1@demo.example " out)
	rm -f jar
	curl -s -c jar -b jar "$URL/account/session" >session
	curl -s -c jar -b jar -o /dev/null -w '%{http_code}' \
	    --data-urlencode "email=$email" --data-urlencode "password=$word" \
	    --data-urlencode "csrf=$(jq -r .csrf session)" \
	    --data-urlencode "key=$(new_key)" "$URL/account/login"
	curl -s -c jar -b jar "$URL/account/session" >session
}

new_key() { od -An -tx1 -N16 /dev/urandom | tr -d ' \n'; }

# Whatever was started in the group is gone.
nobody_left() { ! pgrep -g "$RUN" >/dev/null; }

@test "a stranger sees a region alive, and every change within seconds" {
	wait_for 60 ready
	[ "$(grep '^ready ' out)" = "ready $URL" ]
	# The accounts come first.
	[ "$(sed -n '/^ready /q; /^demo /p' out | wc -l)" -eq 5 ]
	[ "$(find var/mail -name '*.eml' | wc -l)" -eq 0 ]

	# What the example holds is in the pages.
	[ "$(sqlite3 var/live.db 'SELECT count(*) FROM review')" -eq 25 ]
	program=$(sqlite3 var/live.db 'SELECT program FROM review LIMIT 1')
	text=$(sqlite3 var/live.db "SELECT text FROM review
	    WHERE program = '$program' LIMIT 1")
	grep -qF "${text%%.*}" "public/programs/$program.html"
	grep -q 'лист ожидания' public/programs/*.html

	# An editor changes a file.
	sed -i 's/^title: .*/title: Совсем другое название/' \
	    "content/programs/$program.yaml"
	wait_for 30 shows "/programs/$program.html" 'Совсем другое название'

	# A mistake is told with its place, and the site stays.
	echo 'nonsense: 1' >>"content/programs/$program.yaml"
	wait_for 30 grep -q "content/programs/$program.yaml:.*: error:" err
	shows "/programs/$program.html" 'Совсем другое название'
	sed -i '$d' "content/programs/$program.yaml"

	# The operator lets a review out.
	sign_in operator
	curl -s -b jar -H 'Accept: application/json' \
	    "$URL/operator/reviews?state=submitted" >reviews
	id=$(jq -r '.items[0].id' reviews)
	other=$(jq -r '.items[0].program' reviews)
	text=$(jq -r '.items[0].text' reviews)
	[ -n "$text" ]
	run ! grep -qF "${text%%.*}" "public/programs/$other.html"
	curl -s -b jar -o /dev/null -w '%{http_code}\n' -X POST \
	    -H 'Accept: application/json' \
	    -H 'Content-Type: application/json' \
	    -H "X-CSRF-Token: $(jq -r .csrf session)" \
	    --data '{}' "$URL/operator/reviews/$id/approve" >status
	[ "$(cat status)" = 200 ]
	wait_for 30 grep -qF "${text%%.*}" "public/programs/$other.html"

	# Asked to end, it leaves nobody behind.
	kill -TERM "$RUN"
	wait_for 15 nobody_left
	run ! curl -s "$URL/"
	"$SUBMITD" check --database sqlite:var/kruzhok.db \
	    --catalog build/catalog.db
}

@test "Ctrl-C ends it, and a second start keeps what is there" {
	wait_for 60 ready
	before=$(sqlite3 var/kruzhok.db 'SELECT count(*) FROM application')
	[ "$before" -gt 0 ]
	kill -INT -- "-$RUN"
	wait_for 15 nobody_left
	wait "$RUN"
	PORT=$PORT setsid env --default-signal=INT tools/run >out 2>err 3>&- &
	RUN=$!
	wait_for 60 ready
	[ "$(sqlite3 var/kruzhok.db 'SELECT count(*) FROM application')" \
	    -eq "$before" ]
	kill -TERM "$RUN"
	wait_for 15 nobody_left
}
