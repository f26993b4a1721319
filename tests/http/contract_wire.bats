# What is no request is refused and the connection closed; what is too large
# is refused by its number, and the answer arrives.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	start --limits off
	visitor a
	PORT=${URL##*:}
}

teardown() {
	clean_up
}

# raw BYTES: what comes back until the daemon closes, at most 5 s.
raw() {
	exec 9<>"/dev/tcp/127.0.0.1/$PORT"
	printf '%b' "$1" >&9
	REPLY=$(timeout 5 cat <&9 | tr -d '\r')
	CLOSED=${PIPESTATUS[0]}
	exec 9<&- 9>&-
}

first() {
	sed -n '1s/^HTTP\/1\.[01] \([0-9]*\).*/\1/p' <<<"$REPLY"
}

@test "malformed: 400, and the connection is closed" {
	local host='Host: x\r\n'
	for bad in \
	    'GET / HTTP/1.1\r\n\r\n' \
	    'GET /\r\n\r\n' \
	    "GET / HTTP/2.0\r\n$host\r\n" \
	    "GET / HTTP/1.1\r\n${host}$host\r\n" \
	    "GET / HTTP/1.1\r\n${host}X : y\r\n\r\n" \
	    "GET / HTTP/1.1\r\n${host}: y\r\n\r\n" \
	    "GET / HTTP/1.1\r\n${host}X: y\r\n folded\r\n\r\n" \
	    "GET / HTTP/1.1\n${host}\n" \
	    "GET / HTTP/1.1\r\n${host}Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc" \
	    "POST / HTTP/1.1\r\n${host}Content-Length: +3\r\n\r\nabc" \
	    "POST / HTTP/1.1\r\n${host}Content-Length: 0x3\r\n\r\nabc" \
	    "GET / HTTP/1.1\r\n${host}X: a\x01b\r\n\r\n" \
	    "GET / HTTP/1.1\r\n${host}X: a\x00b\r\n\r\n" \
	    "GET http://evil.example/ HTTP/1.1\r\n$host\r\n" \
	    "GET /a b HTTP/1.1\r\n$host\r\n" \
	    "G\x00T / HTTP/1.1\r\n$host\r\n" \
	    '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' \
	    'garbage\r\n\r\n'; do
		raw "$bad"
		echo "$bad: $(head -1 <<<"$REPLY")"
		[ "$(first)" = 400 ]
		grep -qi '^Connection: close' <<<"$REPLY"
		[ "$(grep -c '^HTTP/1' <<<"$REPLY")" = 1 ]
	done
}

@test "a smuggled second request is never answered" {
	local host='Host: x\r\n' second='GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n'
	for bad in \
	    "POST /support HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n$second" \
	    "POST /support HTTP/1.1\r\n${host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n$second" \
	    "POST /support HTTP/1.1\r\n${host}Transfer-Encoding: identity\r\n\r\n$second" \
	    "GET / HTTP/1.1\r\n${host}Content-Length: 7\r\n\r\nabcdefg$second"; do
		raw "$bad"
		echo "$bad: $(head -1 <<<"$REPLY")"
		[[ $(first) == 400 || $(first) == 501 || $(first) == 413 ]]
		[ "$(grep -c '^HTTP/1' <<<"$REPLY")" = 1 ]
		[[ $REPLY != *ready* && $REPLY != *$'\nok'* ]]
	done
}

@test "a head of more than 16 KiB or 64 lines is 431" {
	long=$(printf 'a%.0s' $(seq 17000))
	raw "GET / HTTP/1.1\r\nHost: x\r\nX: $long\r\n\r\n"
	[ "$(first)" = 431 ]
	raw "GET /$long HTTP/1.1\r\nHost: x\r\n\r\n"
	[[ $(first) == 431 || $(first) == 414 ]]
	lines=$(printf 'X%d: y\\r\\n' $(seq 70))
	raw "GET / HTTP/1.1\r\nHost: x\r\n$lines\r\n"
	[ "$(first)" = 431 ]
	lines=$(printf 'X%d: y\\r\\n' $(seq 60))
	raw "GET /account/login HTTP/1.1\r\nHost: x\r\nConnection: close\r\n$lines\r\n"
	[ "$(first)" = 200 ]
}

@test "a body of more than 128 KiB is 413, one of 128 KiB is read" {
	csrf
	send() { # bytes of text
		{ printf 'csrf=%s&full_name=Olga&email=a@b.example&text=' "$CSRF"; head -c "$1" /dev/zero | tr '\0' x; } >"$DIR/form"
		get /support --data-binary "@$DIR/form" -H 'Accept: application/json' -H 'Expect:'
	}
	send 140000
	[ "$STATUS" = 413 ]
	send 1000000
	[ "$STATUS" = 413 ]
	# Within the size it is the field that is too long.
	send 130000
	problem 422 fields
	[ "$(jq -r '.errors[0] | .field + " " + .code' <<<"$BODY")" = 'text long' ]
	# Too many fields are too many.
	{ printf 'csrf=%s' "$CSRF"; printf '&text=%d' $(seq 1000); } >"$DIR/form"
	get /support --data-binary "@$DIR/form" -H 'Accept: application/json'
	[[ $STATUS == 422 || $STATUS == 400 ]]
}

@test "bytes that are no text are refused as such, not stored" {
	csrf
	for value in %ff %c0%af %ed%a0%80 %00 %zz; do
		get /support --data "csrf=$CSRF&full_name=Olga&email=a@b.example&text=$value" -H 'Accept: application/json'
		echo "$value $STATUS $BODY"
		[[ $STATUS == 400 || $STATUS == 422 ]]
	done
	for value in %01 %7f%1b a%0d%0ab%09c; do
		get /support --data "csrf=$CSRF&full_name=Olga&email=a@b.example&text=$value" -H 'Accept: application/json'
		echo "$value $STATUS $BODY"
		[[ $STATUS == 200 || $STATUS == 422 ]]
	done
	letter support pomosch@navigator.example
	sleep 0.5
	[ "$(letters support)" = 1 ]
}

@test "a line break in a field never makes a header" {
	register mama@family.example
	post /account/login "email=mama@family.example" "password=$PASSWORD" $'next=/my/\r\nX-Evil: 1'
	[[ $HEAD != *X-Evil* ]]
	get '/account/password?x=%0d%0aX-Evil:%201' -H 'Accept: text/html'
	visitor b
	get '/account/password?x=%0d%0aX-Evil:%201' -H 'Accept: text/html'
	[ "$STATUS" = 303 ]
	! grep -q '^X-Evil' <<<"$HEAD" || false
	post /account/register $'email=a@b.example\r\nBcc: evil@x.example' "password=$PASSWORD" 'full_name=Ольга' consent=pd:1
	[ "$STATUS" = 422 ]
	post /support $'full_name=Ольга\r\nBcc: evil@x.example' email=a@b.example text=Вопрос
	sleep 0.5
	! cat "$DIR"/mail/*.eml | sed '/^\r$/q' | grep -q '^Bcc' || false
}

@test "HEAD is GET without a body, on pages, files and live" {
	for path in / /account/login /live/availability.json /healthz /nothing; do
		get "$path"
		want=$STATUS length=$(header Content-Length)
		get "$path" -I
		echo "$path $STATUS $(header Content-Length), GET $want $length"
		[ "$STATUS" = "$want" ]
		raw "HEAD $path HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
		[ -z "$(sed '1,/^$/d' <<<"$REPLY")" ]
	done
}
