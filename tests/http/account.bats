# The way into the cabinet, as a browser and as a script.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	start --limits off
	visitor a
}

teardown() {
	clean_up
}

@test "register, confirm by the letter, log in, log out" {
	post /account/register email=Mama@Pochta.example "password=$PASSWORD" \
	    'full_name=Ольга Седова' consent=pd:1 consent=letters:1
	[ "$STATUS" = 303 ]
	[ "$(header Location)" = '/account/sent?for=register' ]
	get '/account/sent?for=register'
	[ "$STATUS" = 200 ]
	[[ $BODY == *'Проверьте почту'* ]]
	letter confirm mama@pochta.example
	[[ $LINK == /account/confirm/* ]]
	# Opening the link does nothing: mail scanners do that.
	get "$LINK"
	[ "$STATUS" = 200 ]
	post /account/login email=mama@pochta.example "password=$PASSWORD"
	[ "$STATUS" = 422 ]
	post "$LINK"
	[ "$STATUS" = 303 ]
	[[ "$(header Location)" == /account/login* ]]
	# Confirming does not sign in; pressed twice it is no mistake.
	get /account/session
	[ "$(jq -r .role <<<"$BODY")" = null ]
	post "$LINK"
	[ "$STATUS" = 303 ]
	login MAMA@pochta.example
	[ "$(header Location)" = /my/ ]
	get /account/session
	[ "$(jq -r .role <<<"$BODY")" = guardian ]
	post /account/logout
	[ "$STATUS" = 303 ]
	get /account/session
	[ "$(jq -r .role <<<"$BODY")" = null ]
}

@test "the same road in JSON" {
	post_json /account/register '{"email":"papa@pochta.example",
	    "password":"'"$PASSWORD"'","full_name":"Пётр Седов","consent":["pd:1"]}'
	[ "$STATUS" = 200 ]
	letter confirm papa@pochta.example
	get "$LINK" -H 'Accept: application/json'
	post_json "$LINK" '{}'
	[ "$STATUS" = 200 ]
	post_json /account/login '{"email":"papa@pochta.example","password":"'"$PASSWORD"'"}'
	[ "$STATUS" = 200 ]
	[ "$(jq -r .role <<<"$BODY")" = guardian ]
	token=$(jq -r .csrf <<<"$BODY")
	get /account/session
	[ "$(jq -r .csrf <<<"$BODY")" = "$token" ]
}

@test "cookies: the session is HttpOnly and Lax, the other tells nothing" {
	register k@pochta.example
	login k@pochta.example
	cookies=$(header Set-Cookie)
	grep -E '^session=[A-Za-z0-9_-]{43}; .*HttpOnly' <<<"$cookies"
	grep -E '^session=.*SameSite=Lax' <<<"$cookies"
	grep -E '^signed_in=1; ' <<<"$cookies"
	run ! grep -E '^signed_in=.*HttpOnly' <<<"$cookies"
	run ! grep -i domain= <<<"$cookies"
	[ "$(header Cache-Control)" = no-store ]
	# The token itself is not in the database.
	token=$(grep -oE '^session=[^;]+' <<<"$cookies" | cut -d= -f2)
	stop
	run ! grep -aq "$token" "$DIR"/data.db*
}

@test "logging in rotates the session and the CSRF token" {
	register r@pochta.example
	csrf
	before=$CSRF
	login r@pochta.example
	first=$(awk '$6 == "session" { print $7 }' "$JAR")
	csrf
	[ "$CSRF" != "$before" ]
	post /account/login email=r@pochta.example "password=$PASSWORD"
	second=$(awk '$6 == "session" { print $7 }' "$JAR")
	[ "$first" != "$second" ]
	# The old one is dead, and so is one after logging out.
	[ "$(curl -s -b "session=$first" "$URL/account/session" | jq -r .role)" = null ]
	[ "$(curl -s -b "session=$second" "$URL/account/session" | jq -r .role)" = guardian ]
	post /account/logout
	[ "$(curl -s -b "session=$second" "$URL/account/session" | jq -r .role)" = null ]
}

@test "a known address is answered as an unknown one; the letter tells" {
	register known@pochta.example
	visitor b
	get /account/session
	post /account/register email=known@pochta.example "password=$PASSWORD" \
	    'full_name=Кто Угодно' consent=pd:1
	known=$STATUS$(grep -v '^Date' <<<"$HEAD")$BODY
	post /account/register email=new@pochta.example "password=$PASSWORD" \
	    'full_name=Кто Угодно' consent=pd:1
	[ "$known" = "$STATUS$(grep -v '^Date' <<<"$HEAD")$BODY" ]
	letter already known@pochta.example
	[[ $LETTER == *'уже есть кабинет'* ]] || [[ $LETTER == *'Второй кабинет не нужен'* ]]
	post /account/reset email=known@pochta.example
	known=$STATUS$(grep -v '^Date' <<<"$HEAD")$BODY
	post /account/reset email=nobody@pochta.example
	[ "$known" = "$STATUS$(grep -v '^Date' <<<"$HEAD")$BODY" ]
	letter reset known@pochta.example
	[ "$(letters reset)" = 1 ]
	# The form comes back with what was typed, so the two are made alike.
	csrf
	body() {
		get /account/login --data-urlencode "email=$1" \
		    --data-urlencode "password=not the $PASSWORD" \
		    --data-urlencode "csrf=$CSRF" -d key=0123456789abcdef -H 'Accept: text/html'
		echo "$STATUS$BODY" | sed "s/$1//g"
	}
	[ "$(body known@pochta.example)" = "$(body other@pochta.example)" ]
}

@test "a reset link works once, ends sessions and tells by letter" {
	register s@pochta.example
	login s@pochta.example
	old=$(awk '$6 == "session" { print $7 }' "$JAR")
	visitor b
	post /account/reset email=s@pochta.example
	[ "$STATUS" = 303 ]
	letter reset s@pochta.example
	get "$LINK"
	[ "$STATUS" = 200 ]
	post "$LINK" password=short
	[ "$STATUS" = 422 ]
	post "$LINK" 'password=sinyaya lampa 12'
	[ "$STATUS" = 303 ]
	post "$LINK" 'password=drugaya lampa 13'
	[ "$STATUS" = 409 ]
	get "$LINK"
	[ "$STATUS" = 409 ]
	[ "$(curl -s -b "session=$old" "$URL/account/session" | jq -r .role)" = null ]
	post /account/login email=s@pochta.example "password=$PASSWORD"
	[ "$STATUS" = 422 ]
	login s@pochta.example 'sinyaya lampa 12'
	letter password s@pochta.example
	run ! grep -q 'sinyaya' "$EML"
}

@test "only the first of two simultaneous resets counts" {
	register t@pochta.example
	visitor b
	post /account/reset email=t@pochta.example
	letter reset t@pochta.example
	csrf
	for i in 1 2 3 4 5 6; do
		curl -s -o /dev/null -w '%{http_code}\n' -b "$JAR" "$URL$LINK" \
		    -d "csrf=$CSRF" --data-urlencode "password=lampa nomer $i" \
		    >"$DIR/reset-$i" &
	done
	wait $(jobs -p | grep -v "^$PID$")
	[ "$(cat "$DIR"/reset-* | grep -c 303)" = 1 ]
	[ "$(cat "$DIR"/reset-* | grep -c 409)" = 5 ]
}

@test "a changed password needs the one before" {
	register c@pochta.example
	login c@pochta.example
	get /account/password
	[ "$STATUS" = 200 ]
	post /account/password current=wrong 'password=novaya lampa 21'
	[ "$STATUS" = 422 ]
	post /account/password "current=$PASSWORD" 'password=novaya lampa 21'
	[ "$STATUS" = 303 ]
	get /account/session
	[ "$(jq -r .role <<<"$BODY")" = guardian ]
	visitor b
	login c@pochta.example 'novaya lampa 21'
}

@test "without its token, or with another's, a form is 403 and changes nothing" {
	fields=(--data-urlencode email=x@pochta.example --data-urlencode "password=$PASSWORD"
	    --data-urlencode 'full_name=Кто Угодно' -d consent=pd:1 -H 'Accept: application/json')
	get /account/register "${fields[@]}"
	[ "$STATUS" = 403 ]
	[ "$(jq -r .type <<<"$BODY")" = /problems/csrf ]
	visitor b
	csrf
	visitor c
	get /account/session
	get /account/register "${fields[@]}" -d "csrf=$CSRF"
	[ "$STATUS" = 403 ]
	get /account/register "${fields[@]}" -H "X-CSRF-Token: $CSRF"
	[ "$STATUS" = 403 ]
	sleep 0.5
	[ "$(letters confirm)" = 0 ]
}

@test "a foreign origin is 403, an absent one is not" {
	csrf
	for origin in https://evil.example null "${URL}x" http://127.0.0.1 ''; do
		get /account/reset -d "csrf=$CSRF" -d email=a@b.example -H "Origin: $origin" -H 'Accept: application/json'
		if [ -n "$origin" ]; then
			[ "$STATUS" = 403 ]
		fi
	done
	get /account/reset -d "csrf=$CSRF" -d email=a@b.example -H "Origin: $URL"
	[ "$STATUS" = 303 ]
	get /account/reset -d "csrf=$CSRF" -d email=a@b.example
	[ "$STATUS" = 303 ]
	get /account/reset -d "csrf=$CSRF" -d email=a@b.example -H 'Sec-Fetch-Site: cross-site'
	[ "$STATUS" = 403 ]
}

@test "unknown and repeated fields are 422" {
	post /account/reset email=a@b.example role=admin
	[ "$STATUS" = 422 ]
	post_json /account/reset '{"email":"a@b.example","role":"admin"}'
	[ "$STATUS" = 422 ]
	[ "$(jq -r '.errors[0].field, .errors[0].code' <<<"$BODY" | paste -sd' ')" = 'role unknown' ]
	post /account/reset email=a@b.example email=c@d.example
	[ "$STATUS" = 422 ]
	post_json /account/reset '{"email":7}'
	[[ $STATUS == 4* ]]
	post_json /account/reset '{"email":'
	[ "$STATUS" = 400 ]
	csrf
	get /account/reset -H 'Content-Type: text/plain' -H "X-CSRF-Token: $CSRF" --data-binary 'email=a@b.example'
	[ "$STATUS" = 415 ]
}

@test "a wrong form comes back as it was typed, with its key" {
	csrf
	get /account/register --data-urlencode 'email=не адрес <b>"' --data-urlencode password=123 \
	    --data-urlencode 'full_name= Ольга  Седова ' -d consent=letters:1 \
	    -d next=/my/applications/new?program=x -d "csrf=$CSRF" -d key=0123456789abcdef -H 'Accept: text/html'
	[ "$STATUS" = 422 ]
	[[ $BODY == *'value="не адрес &lt;b&gt;&quot;"'* ]]
	[[ $BODY == *'name="key" value="0123456789abcdef"'* ]]
	[[ $BODY == *'name="next" value="/my/applications/new?program=x"'* ]]
	[[ $BODY == *'value="letters:1" checked'* ]]
	[[ $BODY != *'value="pd:1" checked'* ]]
	[[ $BODY == *'Исправьте 3'* ]]
	[[ $BODY != *'value="123"'* ]]
	[[ $BODY == *'<title>Ошибка:'* ]]
	post_json /account/register '{"email":"x","password":"12345678"}'
	[ "$STATUS" = 422 ]
	[ "$(jq -r '.type' <<<"$BODY")" = /problems/fields ]
	[ "$(jq -r '[.errors[].field] | sort | join(" ")' <<<"$BODY")" = 'consent email full_name password' ]
	[ "$(header Content-Type)" = application/problem+json ]
}

@test "next is kept through registration, the letter and login; foreign ones are not" {
	get '/account/login?next=%2Fmy%2Fapplications%2Fnew%3Fprogram%3Dx'
	[[ $BODY == *'href="/account/register?next=%2Fmy%2Fapplications%2Fnew%3Fprogram%3Dx"'* ]]
	post /account/register email=n@pochta.example "password=$PASSWORD" \
	    'full_name=Ольга Седова' consent=pd:1 'next=/my/applications/new?program=x'
	letter confirm n@pochta.example
	get "$LINK"
	[[ $BODY == *'value="/my/applications/new?program=x"'* ]]
	post "${LINK%%\?*}" 'next=/my/applications/new?program=x'
	[[ "$(header Location)" == */account/login*next=%2Fmy%2Fapplications* ]]
	post /account/login email=n@pochta.example "password=$PASSWORD" 'next=/my/applications/new?program=x'
	[ "$(header Location)" = '/my/applications/new?program=x' ]
	for next in //evil.example '/\evil.example' https://evil.example 'my' '/%09//x' $'/a\tb'; do
		post /account/login email=n@pochta.example "password=$PASSWORD" "next=$next"
		[[ "$(header Location)" != *evil* ]]
	done
}

@test "a protected page leads to login and back, a script gets 401" {
	get '/account/password?x=1' -H 'Accept: text/html'
	[ "$STATUS" = 303 ]
	[ "$(header Location)" = '/account/login?next=%2Faccount%2Fpassword%3Fx%3D1' ]
	get /account/password -H 'Accept: application/json'
	[ "$STATUS" = 401 ]
}

@test "no such page 404, a wrong method 405 with Allow" {
	get /nothing/here -H 'Accept: text/html'
	[ "$STATUS" = 404 ]
	[[ $BODY == *'Такой страницы нет'* ]]
	get /nothing/here -H 'Accept: application/json'
	[ "$STATUS" = 404 ]
	[ "$(jq -r .type <<<"$BODY")" = /problems/not-found ]
	get /account/session -d x=1
	[ "$STATUS" = 405 ]
	[ "$(header Allow)" = 'GET, HEAD' ]
	get /account/logout
	[ "$STATUS" = 405 ]
	[ "$(header Allow)" = POST ]
}

@test "one key: the same answer, and with another body 422" {
	csrf
	key=$(new_key)
	send() {
		get /support --data-urlencode 'full_name=Ольга Седова' -d email=q@pochta.example \
		    --data-urlencode "text=$1" -d "csrf=$CSRF" -d "key=$key" -H 'Accept: application/json'
	}
	send 'Не вижу письма'
	[ "$STATUS" = 200 ]
	first=$BODY
	send 'Не вижу письма'
	[ "$STATUS" = 200 ]
	[ "$BODY" = "$first" ]
	send 'Другой вопрос'
	[ "$STATUS" = 422 ]
	[ "$(jq -r .type <<<"$BODY")" = /problems/key ]
	letter support pomosch@navigator.example
	[[ $LETTER == *'Не вижу письма'* ]]
	sleep 0.5
	[ "$(letters support)" = 1 ]
	# It holds over a restart, too.
	stop
	[ "$STOPPED" = 0 ]
	start --limits off
	get /support --data-urlencode 'full_name=Ольга Седова' -d email=q@pochta.example \
	    --data-urlencode 'text=Не вижу письма' -d "csrf=$CSRF" -d "key=$key" -H 'Accept: application/json'
	[ "$STATUS" = 200 ]
	sleep 0.5
	[ "$(letters support)" = 1 ]
	get /support -d "csrf=$CSRF" -d key=short
	[ "$STATUS" = 422 ]
}

@test "a double tap is one: the same key ten times at once" {
	csrf
	for i in 1 2 3 4 5 6 7 8 9 10; do
		curl -s -b "$JAR" "$URL/support" --data-urlencode 'full_name=Ольга Седова' -d email=q@pochta.example \
		    --data-urlencode 'text=Один раз' -d "csrf=$CSRF" -d key=0123456789abcdef \
		    -H 'Accept: application/json' >"$DIR/tap-$i" &
	done
	wait $(jobs -p | grep -v "^$PID$")
	[ "$(cat "$DIR"/tap-* | sort -u)" = "$(cat "$DIR/tap-1")" ] || [ "$(sort -u "$DIR"/tap-*)" = '{"done":true}' ]
	letter support pomosch@navigator.example
	sleep 1
	[ "$(letters support)" = 1 ]
	# The same key of somebody else is another key.
	visitor b
	csrf
	get /support --data-urlencode 'full_name=Ольга Седова' -d email=q@pochta.example -d text=Другое \
	    -d "csrf=$CSRF" -d key=0123456789abcdef -H 'Accept: application/json'
	[ "$STATUS" = 200 ]
	letter support pomosch@navigator.example 2
}

@test "a password's hash of any fast kind is not in the database" {
	post /account/register email=h@pochta.example "password=$PASSWORD" 'full_name=Ольга Седова' consent=pd:1
	[ "$STATUS" = 303 ]
	stop
	run ! grep -aqF "$PASSWORD" "$DIR"/data.db* "$DIR/log"
	strings -n 20 "$DIR/data.db" "$DIR/data.db-wal" 2>/dev/null | grep -q '$argon2id\$v=19\$m=19456,t=2,p=1'
}

@test "consents: the required one, in its version, and none that is not ours" {
	for consent in '' pd:0 pd:9 rules:1 pd:1,letters:1; do
		post /account/register email=z@pochta.example "password=$PASSWORD" 'full_name=Ольга Седова' "consent=$consent"
		[ "$STATUS" = 422 ]
	done
	post /account/register email=z@pochta.example "password=$PASSWORD" 'full_name=Ольга Седова' consent=pd:1 consent=pd:1
	[ "$STATUS" != 500 ]
}

@test "for machines: from here only" {
	get /healthz
	[ "$STATUS $BODY" = '200 ok' ]
	get /readyz
	[ "$STATUS $BODY" = '200 ready' ]
	get /metrics
	[[ $BODY == *'kruzhok_requests_total '* ]]
	get /metrics -H 'X-Forwarded-For: 1.2.3.4'
	[ "$STATUS" = 404 ]
}
