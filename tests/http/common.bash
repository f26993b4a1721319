# For tests/http/*.bats: one installation in a temporary folder, its daemon on
# a free port, and what a browser or a script does with it.  SUBMITD, KRUZHOK
# and ROOT come from tests/run; by hand the release build is taken.
ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
SUBMITD=${SUBMITD:-$ROOT/build/submitd}
KRUZHOK=${KRUZHOK:-$ROOT/build/kruzhok}
NOW=2026-11-22T10:00:00+09:00
PASSWORD='zeleny chemodan 7'

# A folder with a site of tests/fixture in it.
make_site() {
	DIR=$(mktemp -d)
	"$KRUZHOK" build --content "$ROOT/tests/fixture/content" \
	    --theme "$ROOT/themes/default" --output "$DIR/public" \
	    --catalog "$DIR/catalog.db" --now "$NOW" --quiet >/dev/null
}

options() {
	printf '%s\n' --database "sqlite:$DIR/data.db" --catalog "$DIR/catalog.db" \
	    --theme "$ROOT/themes/default" --public "$DIR/public"
}

# submitd VERB with the options of this installation.
verb() {
	mapfile -t opts < <(options)
	"$SUBMITD" "$@" "${opts[@]}"
}

# Starts the daemon on a free port; further options follow.  Sets URL and PID.
start() {
	mapfile -t opts < <(options)
	"$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 \
	    --mail "file:$DIR/mail" --now "$NOW" "$@" \
	    >"$DIR/out" 2>>"$DIR/log" 3>&- &
	PID=$!
	for _ in $(seq 100); do
		URL=$(sed -n 's/^listening on //p' "$DIR/out")
		[ -z "$URL" ] || return 0
		kill -0 "$PID" 2>/dev/null || break
		sleep 0.1
	done
	echo "submitd did not start:" >&2
	cat "$DIR/log" >&2
	return 1
}

# Ends the daemon that start() began; its exit code is STOPPED.
stop() {
	[ -n "${PID:-}" ] || return 0
	kill "${1:--TERM}" "$PID" 2>/dev/null || true
	STOPPED=0
	wait "$PID" || STOPPED=$?
	PID=
}

# For teardown(): no daemon, no sanitizer's word in its log, no folder.
clean_up() {
	local bad=0
	stop
	if grep -E 'Sanitizer|runtime error|Assertion' "$DIR/log" >&2; then
		bad=1
	fi
	rm -rf "$DIR"
	return $bad
}

# --- what a visitor does -----------------------------------------------------

# A browser's cookies are in the jar $JAR (one a visitor).
visitor() {
	JAR=$DIR/jar-$1
	touch "$JAR"
}

# get PATH [curl options]: body in $BODY, status in $STATUS, head in $HEAD.
get() {
	local path=$1
	shift
	STATUS=$(curl -s -b "$JAR" -c "$JAR" -D "$DIR/head" -o "$DIR/body" \
	    -w '%{http_code}' "$@" "$URL$path")
	BODY=$(cat "$DIR/body")
	HEAD=$(tr -d '\r' <"$DIR/head")
}

header() { # name: its value in the last answer
	sed -n "s/^$1: //Ip" <<<"$HEAD"
}

# The token for scripts of this visitor, in $CSRF.
csrf() {
	get /account/session
	CSRF=$(jq -r .csrf <<<"$BODY")
}

# post PATH name=value...: a form as a browser sends it, with csrf and a key.
post() {
	local path=$1 fields=() field
	shift
	csrf
	for field; do
		fields+=(--data-urlencode "$field")
	done
	get "$path" "${fields[@]}" --data-urlencode "csrf=$CSRF" \
	    --data-urlencode "key=$(new_key)" -H 'Accept: text/html'
}

# post_json PATH JSON [curl options]
post_json() {
	local path=$1 json=$2
	shift 2
	csrf
	get "$path" -H 'Content-Type: application/json' \
	    -H 'Accept: application/json' -H "X-CSRF-Token: $CSRF" \
	    --data-binary "$json" "$@"
}

new_key() {
	od -An -tx1 -N16 /dev/urandom | tr -d ' \n'
}

# --- letters -----------------------------------------------------------------

# letter KIND TO [N]: waits for the Nth (1) such letter; text in $LETTER, the
# action's link in $LINK (a path), its file in $EML.
letter() {
	local n=${3:-1}
	for _ in $(seq 60); do
		EML=$(grep -l "^X-Kruzhok-Letter: $1" "$DIR"/mail/*.eml 2>/dev/null |
		    xargs -r grep -l "^To: <$2>" | sort | sed -n "${n}p")
		[ -z "$EML" ] || break
		sleep 0.1
	done
	[ -n "$EML" ] || { echo "no letter $1 to $2" >&2; return 1; }
	LETTER=$(tr -d '\r' <"$EML" | awk '
		/^Content-Type: text\/plain/ { part = 1 }
		part && /^$/ { body = 1; next }
		body && /^--/ { exit }
		body { print }' | base64 -d)
	LINK=$(grep -m1 "^$URL" <<<"$LETTER" | sed "s|^$URL||")
}

letters() { # how many there are of a kind
	grep -l "^X-Kruzhok-Letter: $1" "$DIR"/mail/*.eml 2>/dev/null | wc -l
}

# --- roads -------------------------------------------------------------------

# register EMAIL: up to the confirmed account.
register() {
	post /account/register "email=$1" "password=$PASSWORD" \
	    'full_name=Ольга Седова' consent=pd:1
	[ "$STATUS" = 303 ] || return 1
	letter confirm "$1"
	post "$LINK"
	[ "$STATUS" = 303 ]
}

login() { # EMAIL [PASSWORD]
	post /account/login "email=$1" "password=${2:-$PASSWORD}"
	[ "$STATUS" = 303 ]
}
