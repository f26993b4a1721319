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
	CONTENT=$ROOT/tests/fixture/content
	build "$NOW"
}

# build TIME: the site of $CONTENT as it is now.
build() {
	"$KRUZHOK" build --content "$CONTENT" --theme "$ROOT/themes/default" \
	    --output "$DIR/public" --catalog "$DIR/catalog.db" --now "$1" \
	    --quiet >/dev/null
}

# A copy of the content that a test may edit, in $CONTENT.
own_content() {
	cp -r "$CONTENT" "$DIR/content"
	CONTENT=$DIR/content
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
	: >"$DIR/out"
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
	: >"$DIR/body"
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

# The accounts of submitd demo, in $DIR/demo; before start.
make_demo() {
	verb demo --mail "file:$DIR/mail" --now "$NOW" "$@" >"$DIR/demo"
}

# sign_in_demo NAME: guardian, guardian2, organizer, operator or admin of
# make_demo, as the visitor of that name.
sign_in_demo() {
	visitor "$1"
	local email word
	read -r _ _ email word _ < <(grep " $1@demo.example " "$DIR/demo")
	post_json /account/login "$(jq -n --arg e "$email" --arg p "$word" \
	    '{email: $e, password: $p}')"
	[ "$STATUS" = 200 ]
}

# add_child FAMILY GIVEN DATE: its id in $CHILD.
add_child() {
	post_json /my/children "$(jq -n --arg f "$1" --arg g "$2" --arg d "$3" \
	    '{family_name: $f, given_name: $g, birth_date: $d,
	    municipality: "pervyy"}')"
	CHILD=$(jq -r .id <<<"$BODY")
}

# apply CHILD PROGRAM GROUP [YES]: with the certificate or not; the
# application's id in $APPLICATION.
apply() {
	post_json /my/applications "$(jq -n --arg c "$1" --arg p "$2" \
	    --arg g "$3" --arg k "${4:-no}" \
	    '{program: $p, group: $g, child: $c, certificate: $k}')"
	APPLICATION=$(jq -r .id <<<"$BODY")
}

problem() { # STATUS NAME: the last answer is this problem, in words
	local want=$1 name=$2
	[ "$STATUS" = "$want" ] &&
	    [ "$(header Content-Type)" = application/problem+json ] &&
	    [ "$(jq -r .type <<<"$BODY")" = "/problems/$name" ] &&
	    [ "$(jq -r .status <<<"$BODY")" = "$want" ] &&
	    jq -e '.title | test("[а-яё]")' <<<"$BODY" >/dev/null && return 0
	echo "wanted $want $name, got $STATUS $BODY" >&2
	return 1
}
