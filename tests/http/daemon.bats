# The daemon as a host sees it: options, exit codes, faults, letters, catalogs.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	visitor a
}

teardown() {
	[ -z "${SINK:-}" ] || kill "$SINK"
	clean_up
}

# usage TEXT OPTIONS...: serve refuses with exit 2 and says TEXT.
refused() {
	local text=$1
	shift
	mapfile -t opts < <(options)
	run --separate-stderr timeout 20 "$SUBMITD" serve "${opts[@]}" "$@"
	echo "$output $stderr"
	[ "$status" = 2 ]
	[[ $stderr == *"$text"* ]]
}

@test "the first line tells where it listens, SIGTERM ends it with 0" {
	start
	[[ $URL =~ ^http://127\.0\.0\.1:[0-9]+$ ]]
	[ "$(head -1 "$DIR/out")" = "listening on $URL" ]
	begin=$SECONDS
	stop
	[ "$STOPPED" = 0 ]
	[ $((SECONDS - begin)) -le 10 ]
}

@test "what is under way when SIGTERM comes is answered" {
	start --limits off
	csrf
	curl -s -o /dev/null -w '%{http_code}' -b "$JAR" "$URL/account/register" -d "csrf=$CSRF" \
	    -d email=a@pochta.example --data-urlencode "password=$PASSWORD" \
	    --data-urlencode 'full_name=Ольга Седова' -d consent=pd:1 >"$DIR/status" &
	client=$!
	sleep 0.05
	stop
	wait $client
	[ "$STOPPED" = 0 ]
	# Either it was in time or it never came to us.
	[[ $(cat "$DIR/status") == 303 || $(cat "$DIR/status") == 000 ]]
}

@test "a second daemon on the same file is refused, exit 3" {
	start
	mapfile -t opts < <(options)
	run --separate-stderr timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0
	[ "$status" = 3 ]
	[ -n "$stderr" ]
	run -3 verb user add --role admin --email x@y.example
	# What only reads may run beside it.
	verb check
	verb export --output "$DIR/live.db"
	verb backup "$DIR/copy.db"
	[ -s "$DIR/copy.db" ] && [ -s "$DIR/live.db" ]
	get /healthz
	[ "$STATUS" = 200 ]
}

@test "wrong usage is exit 2 with words" {
	refused 'unknown option --colour' --colour red
	refused '--listen wants a value' --listen
	refused 'base_url must be https' --listen 0.0.0.0:0 --base-url http://x.example
	refused 'base_url is wanted' --listen 0.0.0.0:0
	refused 'base_url wants' --base-url https://x.example/path
	refused '--now and --clock only' --listen 0.0.0.0:0 --base-url https://x.example --now "$NOW"
	refused '--limits off only' --listen 0.0.0.0:0 --base-url https://x.example --limits off
	refused "--limits wants 'off'" --limits on
	refused 'mail wants' --mail pop3://x
	refused 'mail_from wants' --mail-from 'a b'
	run -2 "$SUBMITD"
	run -2 "$SUBMITD" dance
	run -2 "$SUBMITD" user remove
	run -2 verb export
	run -2 verb backup
	run -2 verb user add --role guardian --email a@b.example
	run -2 verb user add --role organizer --email a@b.example
	run -2 verb user add --role operator --email a@b.example --municipality nowhere
	run -2 verb demo --guardians many
	run -2 verb demo --base-url https://x.example
	run -0 "$SUBMITD" version
}

@test "the configuration's mistakes are told at their place, all of them" {
	cat >"$DIR/submitd.yaml" <<-END
	listen: 127.0.0.1:0
	limits:
	  login: many
	  logins: 5
	colour: red
	END
	refused 'submitd.yaml:3:10: error:' --config "$DIR/submitd.yaml"
	[[ $stderr == *'submitd.yaml:4:3: error:'* ]]
	[[ $stderr == *'submitd.yaml:5:1: error:'* ]]
	[[ $stderr == *'3 errors'* ]]
	refused '' --config "$DIR/nothing.yaml"
}

@test "the file sets, an option wins" {
	cat >"$DIR/submitd.yaml" <<-END
	listen: 127.0.0.1:1
	mail: file:$DIR/other
	limits:
	  support: 2
	END
	start --config "$DIR/submitd.yaml"
	for want in 303 303 429; do
		post /support 'full_name=Ольга Седова' email=q@pochta.example text=Вопрос
		[ "$STATUS" = "$want" ]
	done
	[ "$(header Retry-After)" -ge 1 ]
	letter support pomosch@navigator.example 2
	[ ! -e "$DIR/other" ]
}

@test "wrong passwords are limited by account and host, the owner elsewhere is not" {
	start --trust-proxy 127.0.0.1
	register o@pochta.example
	csrf
	try() { # address password
		get /account/login -d "csrf=$CSRF" -d email=o@pochta.example --data-urlencode "password=$2" \
		    -H "X-Forwarded-For: $1" -H 'Accept: text/html'
	}
	for _ in 1 2 3 4 5 6 7 8 9 10; do
		try 203.0.113.7 'not the password'
		[ "$STATUS" = 422 ]
	done
	try 203.0.113.7 "$PASSWORD"
	[ "$STATUS" = 429 ]
	try 203.0.113.8 "$PASSWORD"
	[ "$STATUS" = 303 ]
}

@test "without a catalog, a theme or a sound database it does not start: exit 3" {
	mapfile -t opts < <(options)
	run -3 timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --catalog "$DIR/none.db"
	run -3 timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --theme "$DIR/none"
	echo 'this is no database, but it is long enough to look at' >"$DIR/data.db"
	before=$(sha256sum <"$DIR/data.db")
	run -3 timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0
	[ "$(sha256sum <"$DIR/data.db")" = "$before" ]
}

@test "on a socket: the readable cookie, letters with base_url" {
	mapfile -t opts < <(options)
	"$SUBMITD" serve "${opts[@]}" --listen "unix:$DIR/socket" --base-url https://navigator.example \
	    --mail "file:$DIR/mail" >"$DIR/out" 2>>"$DIR/log" 3>&- &
	PID=$!
	for _ in $(seq 50); do
		[ ! -s "$DIR/out" ] || break
		sleep 0.1
	done
	[ "$(head -1 "$DIR/out")" = "listening on unix:$DIR/socket" ]
	curl -s --unix-socket "$DIR/socket" -D "$DIR/head" http://navigator.example/account/session | jq -e .csrf
	grep -i '^Set-Cookie: __Host-visitor=.*; Secure' "$DIR/head"
	grep -i '^Strict-Transport-Security' "$DIR/head"
}

@test "a new catalog is taken without a restart, a wrong one is not" {
	cp -r "$ROOT/tests/fixture/content" "$DIR/content"
	start
	get /support
	[[ $BODY != *'Новый Город'* ]]
	sed 's/title: [^,}]*/title: Новый Город/; t' -i "$DIR/content/municipalities.yaml"
	"$KRUZHOK" build --content "$DIR/content" --theme "$ROOT/themes/default" --output "$DIR/public" \
	    --catalog "$DIR/catalog.db" --now 2026-11-22T11:00:00+09:00 --quiet >/dev/null
	for _ in $(seq 40); do
		get /support
		[[ $BODY != *'Новый Город'* ]] || break
		sleep 0.1
	done
	[[ $BODY == *'Новый Город'* ]]
	echo 'no catalog at all' >"$DIR/catalog.new"
	mv "$DIR/catalog.new" "$DIR/catalog.db"
	sleep 1.5
	get /support
	[[ $BODY == *'Новый Город'* ]]
	grep 'keeping the one before' "$DIR/log"
}

@test "a site with clean URLs is linked to without .html" {
	cp -r "$ROOT/tests/fixture/content" "$DIR/content"
	echo 'clean_urls: true' >>"$DIR/content/site.yaml"
	"$KRUZHOK" build --content "$DIR/content" --theme "$ROOT/themes/default" --output "$DIR/public" \
	    --catalog "$DIR/catalog.db" --now "$NOW" --quiet >/dev/null
	start
	get /account/register
	[[ $BODY == *'href="/legal/pd"'* ]]
	get /legal/pd
	[ "$STATUS" = 200 ]
}

@test "a clock in a file: a reset link ends after an hour" {
	echo "$NOW" >"$DIR/clock"
	mapfile -t opts < <(options)
	"$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --mail "file:$DIR/mail" --clock "$DIR/clock" \
	    --limits off >"$DIR/out" 2>>"$DIR/log" 3>&- &
	PID=$!
	for _ in $(seq 50); do
		URL=$(sed -n 's/^listening on //p' "$DIR/out")
		[ -z "$URL" ] || break
		sleep 0.1
	done
	register e@pochta.example
	post /account/reset email=e@pochta.example
	letter reset e@pochta.example
	grep -q '^Date: Sun, 22 Nov 2026 10:00:00 +0900' "$EML"
	echo 2026-11-22T10:59:59+09:00 >"$DIR/clock"
	get "$LINK"
	[ "$STATUS" = 200 ]
	echo 2026-11-22T11:00:01+09:00 >"$DIR/clock"
	get "$LINK"
	[ "$STATUS" = 409 ]
	post "$LINK" 'password=novaya lampa 21'
	[ "$STATUS" = 409 ]
}

@test "a session that is used lives on, one that is not ends" {
	echo "$NOW" >"$DIR/clock"
	mapfile -t opts < <(options)
	"$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --mail "file:$DIR/mail" --clock "$DIR/clock" \
	    --limits off >"$DIR/out" 2>>"$DIR/log" 3>&- &
	PID=$!
	for _ in $(seq 50); do
		URL=$(sed -n 's/^listening on //p' "$DIR/out")
		[ -z "$URL" ] || break
		sleep 0.1
	done
	register u@pochta.example
	login u@pochta.example
	used=$(awk '$6 == "session" { print $7 }' "$JAR")
	visitor b
	login u@pochta.example
	unused=$(awk '$6 == "session" { print $7 }' "$JAR")
	role() {
		curl -s -H "Cookie: session=$1" "$URL/account/session" | jq -r .role
	}
	echo 2026-12-12T10:00:00+09:00 >"$DIR/clock"
	[ "$(role "$used")" = guardian ]
	echo 2027-01-02T10:00:00+09:00 >"$DIR/clock"
	[ "$(role "$used")" = guardian ]
	[ "$(role "$unused")" = null ]
}

@test "letters are written in queue order, whole, one number each" {
	start --limits off
	for i in 1 2 3 4 5; do
		post /support 'full_name=Ольга Седова' email=q@pochta.example "text=Вопрос $i"
		[ "$STATUS" = 303 ]
	done
	letter support pomosch@navigator.example 5
	[ "$(ls "$DIR/mail" | paste -sd' ')" = '000001.eml 000002.eml 000003.eml 000004.eml 000005.eml' ]
	for i in 1 2 3 4 5; do
		letter support pomosch@navigator.example "$i"
		[[ $LETTER == *"Вопрос $i"* ]]
		grep -q "^Message-ID: <.*>" "$EML"
	done
	[ "$(cat "$DIR"/mail/*.eml | grep '^Message-ID' | sort -u | wc -l)" = 5 ]
	# Only CRLF, and no line longer than the law allows.
	[ "$(cat "$DIR"/mail/*.eml | grep -vc $'\r$')" = 0 ]
	[ "$(cat "$DIR"/mail/*.eml | awk 'length > 79' | wc -l)" = 0 ]
	# After a restart the numbers go on.
	stop
	start --limits off
	post /support 'full_name=Ольга Седова' email=q@pochta.example 'text=Вопрос 6'
	letter support pomosch@navigator.example 6
	[ -e "$DIR/mail/000006.eml" ]
}

sink() { # options: starts a relay that writes into $DIR/sink
	mkdir -p "$DIR/sink"
	node "$ROOT/tests/tools/smtp_sink.mjs" "$DIR/sink" "$@" >"$DIR/port" 3>&- &
	SINK=$!
	for _ in $(seq 50); do
		[ ! -s "$DIR/port" ] || break
		sleep 0.1
	done
	PORT=$(cat "$DIR/port")
}

wait_for() { # file
	for _ in $(seq 80); do
		[ ! -e "$1" ] || return 0
		sleep 0.1
	done
	return 1
}

@test "letters go to a relay over SMTP" {
	sink
	start --limits off --mail "smtp://127.0.0.1:$PORT" --mail-from robot@navigator.example
	post /account/register email=mama@pochta.example "password=$PASSWORD" \
	    'full_name=Ольга Седова' consent=pd:1
	wait_for "$DIR/sink/000001.eml"
	grep -q '^X-Sink-From: robot@navigator.example' "$DIR/sink/000001.eml"
	grep -q '^X-Sink-To: mama@pochta.example' "$DIR/sink/000001.eml"
	grep -q '^X-Kruzhok-Letter: confirm' "$DIR/sink/000001.eml"
	sleep 1
	[ "$(ls "$DIR/sink" | wc -l)" = 1 ]
}

@test "a relay that says later gets the same letter later, one that refuses does not" {
	sink --later 1 --refuse '^nobody@'
	echo "$NOW" >"$DIR/clock"
	mapfile -t opts < <(options)
	"$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --clock "$DIR/clock" --limits off \
	    --mail "smtp://127.0.0.1:$PORT" >"$DIR/out" 2>>"$DIR/log" 3>&- &
	PID=$!
	for _ in $(seq 50); do
		URL=$(sed -n 's/^listening on //p' "$DIR/out")
		[ -z "$URL" ] || break
		sleep 0.1
	done
	for to in mama@pochta.example nobody@pochta.example; do
		post /account/register "email=$to" "password=$PASSWORD" 'full_name=Ольга Седова' consent=pd:1
		[ "$STATUS" = 303 ]
		sleep 0.7
	done
	[ -z "$(ls "$DIR/sink")" ]
	echo 2026-11-22T18:00:00+09:00 >"$DIR/clock"
	wait_for "$DIR/sink/000001.eml"
	grep -q '^X-Sink-To: mama@pochta.example' "$DIR/sink/000001.eml"
	sleep 1
	[ "$(ls "$DIR/sink" | wc -l)" = 1 ]
	# The log names no address.
	run ! grep -q pochta "$DIR/log"
}

@test "an I/O error is answered 503 with the same key and ends the daemon with 3" {
	mapfile -t opts < <(options)
	verb migrate
	(
		trap '' XFSZ
		ulimit -f 600
		exec "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --limits off --now "$NOW"
	) >"$DIR/out" 2>>"$DIR/log" 3>&- &
	PID=$!
	for _ in $(seq 50); do
		URL=$(sed -n 's/^listening on //p' "$DIR/out")
		[ -z "$URL" ] || break
		sleep 0.1
	done
	text=$(head -c 1500 /dev/zero | tr '\0' x)
	csrf
	send() {
		STATUS=$(curl -s -b "$JAR" -o "$DIR/body" -w '%{http_code}' "$URL/support" -d full_name=Olga \
		    -d email=q@pochta.example -d "text=$text" -d "csrf=$CSRF" -d "key=0123456789abcdef$1" \
		    -H 'Accept: application/json' || true)
	}
	for i in $(seq 1000); do
		send "$i"
		[ "$STATUS" = 200 ] || break
	done
	# 000: a timer has met the fault first, and nobody listened any more.
	[[ $STATUS == 503 || $STATUS == 000 ]]
	if [ "$STATUS" = 503 ]; then
		[ "$(jq -r .type <"$DIR/body")" = /problems/unknown ]
	fi
	STOPPED=0
	wait "$PID" || STOPPED=$?
	PID=
	[ "$STOPPED" = 3 ]
	verb check
	# What was answered with success is there once, however often it is sent.
	start --limits off
	last=$((i - 1))
	for i in 1 "$last" "$((last + 1))"; do
		send "$i"
		[ "$STATUS" = 200 ]
	done
	letter support pomosch@navigator.example "$((last + 1))"
	sleep 1
	[ "$(letters support)" = "$((last + 1))" ]
}

@test "a full disk is answered 503, and when there is room again it goes on" {
	unshare -rm true 2>/dev/null || skip "no user namespaces to mount a small disk in"
	mapfile -t opts < <(options)
	mkdir "$DIR/small"
	export SUBMITD DIR
	unshare -rm sh -c '
		mount -t tmpfs -o size=2m none "$DIR/small" || exit 9
		head -c 1000000 /dev/zero >"$DIR/small/filler"
		"$SUBMITD" serve "$@" --listen 127.0.0.1:0 --limits off 2>>"$DIR/log" &
		pid=$!
		trap "kill $pid" TERM
		while [ ! -e "$DIR/free" ]; do sleep 0.1; done
		rm "$DIR/small/filler"
		: >"$DIR/freed"
		wait $pid
		wait $pid
	' sh "${opts[@]}" --database "sqlite:$DIR/small/data.db" >"$DIR/out" 2>>"$DIR/log" 3>&- &
	PID=$!
	for _ in $(seq 50); do
		URL=$(sed -n 's/^listening on //p' "$DIR/out")
		[ -z "$URL" ] || break
		sleep 0.1
	done
	[ -n "$URL" ] || skip "no small disk can be mounted here"
	text=$(head -c 1900 /dev/zero | tr '\0' x)
	csrf
	send() {
		get /support -d full_name=Olga -d email=q@pochta.example -d "text=$text" -d "csrf=$CSRF" \
		    -d "key=0123456789abcdef$1" -H 'Accept: application/json'
	}
	for i in $(seq 1000); do
		send "$i"
		[ "$STATUS" = 200 ] || break
	done
	[ "$STATUS" = 503 ]
	[ "$(header Retry-After)" -ge 1 ]
	# Pages are still shown.
	get /support
	[ "$STATUS" = 200 ]
	: >"$DIR/free"
	wait_for "$DIR/freed"
	send "$i"
	[ "$STATUS" = 200 ]
	send "$((i + 1))"
	[ "$STATUS" = 200 ]
	kill "$PID"
	STOPPED=0
	wait "$PID" || STOPPED=$?
	PID=
}

@test "a flood of logins: each is answered, what is too much is 503 at once" {
	start --limits off
	register f@pochta.example
	csrf
	cookie=visitor=$(awk '$6 == "visitor" { print $7 }' "$JAR")
	seq 200 | xargs -P 200 -I{} curl -s -o /dev/null -w '%{http_code}\n' -H "Cookie: $cookie" \
	    "$URL/account/login" -d "csrf=$CSRF" -d email=f@pochta.example \
	    --data-urlencode "password=$PASSWORD" >"$DIR/answers"
	[ "$(wc -l <"$DIR/answers")" = 200 ]
	[ "$(grep -vcE '^(303|503)$' "$DIR/answers")" = 0 ]
	[ "$(grep -c 303 "$DIR/answers")" -ge 2 ]
	# The others' pages did not wait behind them.
	get /account/session
	[ "$STATUS" = 200 ]
}

@test "a user is added with a link, never with a password" {
	run -0 verb user add --role operator --email op@centr.example --now "$NOW"
	[[ $output == *op@centr.example* ]]
	run -1 verb user add --role operator --email OP@centr.example
	run -0 verb user add --role organizer --email or@centr.example --organization dvorets --now "$NOW"
	run -2 verb user add --role organizer --email or2@centr.example --organization nowhere
	start --limits off
	letter reset op@centr.example
	post "$LINK" 'password=tihaya reka 33'
	[ "$STATUS" = 303 ]
	login op@centr.example 'tihaya reka 33'
	[ "$(header Location)" = /operator/ ]
	get /account/session
	[ "$(jq -r .role <<<"$BODY")" = operator ]
}

@test "demo: five accounts that work, a crowd with sessions, and again" {
	run -0 verb demo --guardians 3 --children 2 --sessions "$DIR/sessions" --now "$NOW"
	[ "${#lines[@]}" = 5 ]
	[[ ${lines[2]} =~ ^demo\ organizer\ organizer@demo\.example\ [^\ ]+\ [a-z0-9-]+$ ]]
	[ "$(wc -l <"$DIR/sessions")" = 3 ]
	first=$output
	run -0 verb demo --now "$NOW"
	[ "$output" = "$first" ]
	verb check
	start --limits off
	while read -r _ role email password _; do
		visitor "$email"
		login "$email" "$password"
		get /account/session
		[ "$(jq -r .role <<<"$BODY")" = "$role" ]
	done <<<"$output"
	read -r cookie token <"$DIR/sessions"
	[ "$(curl -s -H "Cookie: $cookie" "$URL/account/session" | jq -r '.role, .csrf' | paste -sd' ')" = "guardian $token" ]
}
