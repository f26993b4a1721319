# Sessions, the token for scripts, where login leads, who is made and how often
# one may try.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	visitor a
}

teardown() {
	clean_up
}

hold_clock() { # TIME: the daemon's clock stands there
	echo "$1" >"$DIR/clock"
	NOW= start --limits off --clock "$DIR/clock"
}

@test "the token for scripts is bound to a cookie that is set once" {
	start --limits off
	get /account/session
	[ "$STATUS" = 200 ]
	jq -e 'keys == ["csrf", "role"] and .role == null and (.csrf | length >= 32)' <<<"$BODY"
	header Set-Cookie | grep -E '^visitor=[A-Za-z0-9_-]{43}; .*HttpOnly' | grep SameSite=Lax
	[ "$(header Cache-Control)" = no-store ]
	first=$(jq -r .csrf <<<"$BODY")
	get /account/session
	[ -z "$(header Set-Cookie)" ]
	[ "$(jq -r .csrf <<<"$BODY")" = "$first" ]
	# The token alone is worth nothing, nor with another's cookie.
	body=(-H 'Content-Type: application/json' -H 'Accept: application/json' --data-binary '{"email":"a@b.example"}')
	STATUS=$(curl -s -o "$DIR/body" -w '%{http_code}' "$URL/account/reset" "${body[@]}" -H "X-CSRF-Token: $first")
	[ "$STATUS" = 403 ]
	visitor b
	get /account/session
	get /account/reset "${body[@]}" -H "X-CSRF-Token: $first"
	problem 403 csrf
	visitor a
	for wrong in '' "${first}x" "${first%?}" "$(tr a-f 0-9 <<<"$first" | tr 0-5 6-9)"; do
		get /account/reset "${body[@]}" -H "X-CSRF-Token: $wrong"
		problem 403 csrf
	done
	get /account/reset "${body[@]}" -H "X-CSRF-Token: $first"
	[ "$STATUS" = 200 ]
	# A made-up cookie is no visitor's.
	curl -s -b 'visitor=x; session=y' "$URL/account/session" | jq -e '.role == null'
}

@test "login rotates cookie and token: what was known before is worth nothing after" {
	make_demo
	start --limits off
	csrf
	before=$CSRF jar=$(cat "$JAR")
	sign_in_demo guardian
	body=(-H 'Content-Type: application/json' -H 'Accept: application/json' --data-binary '{}')
	get /account/logout "${body[@]}" -H "X-CSRF-Token: $before"
	problem 403 csrf
	get /account/session
	jq -e '.role == "guardian"' <<<"$BODY"
	mine=$(jq -r .csrf <<<"$BODY")
	[ "$mine" != "$before" ]
	old=$(awk '$6 == "session" { print $7 }' "$JAR")
	get /account/logout "${body[@]}" -H "X-CSRF-Token: $mine"
	[ "$STATUS" = 200 ]
	# Both cookies go, and the session is dead.
	grep -E '^session=;.*(Max-Age=0|1970)' <<<"$(header Set-Cookie)"
	grep -E '^signed_in=;.*(Max-Age=0|1970)' <<<"$(header Set-Cookie)"
	curl -s -b "session=$old" "$URL/account/session" | jq -e '.role == null'
	curl -s -o /dev/null -w '%{http_code}' -b "session=$old" -H 'Accept: application/json' "$URL/my/" | grep -x 401
	# Fixation: a session that the visitor brings along is not taken over.
	visitor fixed
	printf '127.0.0.1\tFALSE\t/\tFALSE\t0\tsession\tAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\n' >"$JAR"
	sign_in_demo guardian
	! grep -q 'session	AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA' "$JAR" || false
}

@test "a session ends by the clock, and is marked as seen at most hourly" {
	make_demo
	hold_clock 2026-11-22T10:00:00+09:00
	sign_in_demo guardian
	seen() {
		sleep 0.3
		sqlite3 -readonly "$DIR/data.db" 'SELECT max(seen) FROM session'
	}
	first=$(seen)
	echo 2026-11-22T10:30:00+09:00 >"$DIR/clock"
	get /my/
	[ "$STATUS" = 200 ]
	[ "$(seen)" = "$first" ]
	echo 2026-11-22T11:30:00+09:00 >"$DIR/clock"
	get /my/
	[ "$(seen)" = $((first + 5400)) ]
	echo 2027-11-22T10:00:00+09:00 >"$DIR/clock"
	get /my/ -H 'Accept: text/html'
	[ "$STATUS" = 303 ]
	[[ "$(header Location)" == /account/login* ]]
	get /account/session
	jq -e '.role == null' <<<"$BODY"
}

@test "to apply without a session leads through login to the form, and back from adding a child" {
	start --limits off
	form='/my/applications/new?program=robotika&group=a'
	get "$form" -H 'Accept: text/html'
	[ "$STATUS" = 303 ]
	login=$(header Location)
	[ "$login" = "/account/login?next=$(jq -rn --arg p "$form" '$p | @uri')" ]
	get "$login"
	[[ $BODY == *"name=\"next\" value=\"${form/&/&amp;}\""* ]]
	# Through registration, the letter and login.
	post /account/register email=mama@family.example "password=$PASSWORD" 'full_name=Ольга Седова' consent=pd:1 "next=$form"
	letter confirm mama@family.example
	visitor phone
	get "$LINK"
	next=$(grep -o 'name="next" value="[^"]*"' <<<"$BODY" | sed 's/.*value="//; s/"$//; s/&amp;/\&/g')
	[ "$next" = "$form" ]
	post "${LINK%%\?*}" "next=$next"
	[[ "$(header Location)" == /account/login*"next=$(jq -rn --arg p "$form" '$p | @uri')" ]]
	post /account/login email=mama@family.example "password=$PASSWORD" "next=$form"
	[ "$(header Location)" = "$form" ]
	# Without a child the same page offers to add one and comes back.
	get "$form" -H 'Accept: text/html'
	[ "$STATUS" = 200 ]
	[[ $BODY == *'action="/my/children"'* ]]
	[[ $BODY == *"name=\"next\" value=\"${form/&/&amp;}\""* ]]
	post /my/children family_name=Седова given_name=Ада birth_date=2018-05-02 municipality=pervyy "next=$form"
	[ "$STATUS" = 303 ]
	[ "$(header Location)" = "$form" ]
	get "$form" -H 'Accept: text/html'
	[[ $BODY == *'action="/my/applications"'* && $BODY == *'Ада'* ]]
	# Signed in already: login leads on at once.
	get "$login" -H 'Accept: text/html'
	[[ $STATUS == 303 || $BODY == *"${form/&/&amp;}"* ]]
	get '/my/applications/new?program=nothing' -H 'Accept: text/html'
	[ "$STATUS" = 404 ]
}

@test "next leads nowhere but to a path of ours" {
	make_demo
	start --limits off
	for next in //evil.example /\\evil.example https://evil.example 'javascript:alert(1)' evil /%09/evil.example \
	    $'/\t/evil.example' '/./\evil.example' '///evil.example' '/\/evil.example' ' //evil.example'; do
		visitor guardian
		get "/account/login?next=$(jq -rn --arg p "$next" '$p | @uri')" -H 'Accept: text/html'
		[[ $BODY != *'name="next" value="//'* && $BODY != *'name="next" value="http'* && $BODY != *'value="javascript'* ]]
		post /account/login email=guardian@demo.example password=kruzhok-roditel-1 "next=$next"
		to=$(header Location)
		echo "$next: $to"
		[[ $to == /* && $to != //* && $to != /\\* && $to != *$'\t'* ]]
		post /my/children family_name=Седова given_name=Ада birth_date=2018-05-02 municipality=pervyy "next=$next"
		to=$(header Location)
		[[ $to == /* && $to != //* && $to != /\\* ]]
	done
}

@test "users are made once, by a link, each with its bounds" {
	run -0 verb user add --role admin --email boss@centr.example --now "$NOW"
	run -0 verb user add --role operator --email op@centr.example --municipality pervyy --now "$NOW"
	run -0 verb user add --role operator --email all@centr.example --now "$NOW"
	run -0 verb user add --role organizer --email org@centr.example --organization studiya --now "$NOW"
	for bad in '--role operator --email not-an-address' '--role king --email a@b.example' '--role admin' \
	    '--email a@b.example' '--role organizer --email a@b.example --organization nowhere'; do
		run --separate-stderr -2 verb user add $bad
		[ -n "$stderr" ]
	done
	run --separate-stderr -1 verb user add --role admin --email BOSS@centr.example
	[ -n "$stderr" ]
	start --limits off
	for email in boss op all org; do
		visitor "$email"
		letter reset "$email@centr.example"
		post "$LINK" 'password=tihaya reka 33'
		[ "$STATUS" = 303 ]
		login "$email@centr.example" 'tihaya reka 33'
	done
	# A child of the other municipality is not this operator's business.
	visitor mama
	register mama@family.example
	login mama@family.example
	post_json /my/children '{"family_name":"Седова","given_name":"Ада","birth_date":"2018-05-02","municipality":"vtoroy"}'
	CHILD=$(jq -r .id <<<"$BODY")
	post_json "/my/children/$CHILD/certificate" '{}'
	[ "$STATUS" = 201 ]
	id=$(jq -r .id <<<"$BODY")
	visitor op
	get /operator/certificates -H 'Accept: application/json'
	jq -e '.items == []' <<<"$BODY"
	post_json "/operator/certificates/$id/activate" '{}'
	problem 404 not-found
	visitor all
	get /operator/certificates -H 'Accept: application/json'
	jq -e --arg i "$id" '.items[0].id == $i' <<<"$BODY"
	post_json "/operator/certificates/$id/activate" '{}'
	[ "$STATUS" = 200 ]
	post_json "/operator/certificates/$id/activate" '{}'
	problem 409 state
	visitor org
	get /org/ -H 'Accept: text/html'
	[ "$STATUS" = 200 ]
	[[ $BODY != *Робототехника* ]]
}

@test "what is tried too often is 429 with Retry-After, and after that time it is not" {
	make_demo
	echo "$NOW" >"$DIR/clock"
	cat >"$DIR/submitd.yaml" <<-END
	limits: {support: 2, register: 2, letters: 2, login: 3}
	END
	NOW= start --clock "$DIR/clock" --config "$DIR/submitd.yaml"
	n=0
	tries() { # wanted-first path json
		local i
		for i in 1 2 3 4 5 6; do
			post_json "$2" "${3//NN/$((n += 1))}"
			[ "$STATUS" != 429 ] || break
			[ "$STATUS" = "$1" ]
		done
		echo "$2: $STATUS after $i"
		problem 429 limit
		[ "$(header Retry-After)" -ge 1 ]
	}
	tries 200 /support '{"full_name":"Ольга","email":"a@b.example","text":"Вопрос NN"}'
	[ "$(header Retry-After)" -le 86400 ]
	wait_s=$(header Retry-After)
	tries 200 /account/register "{\"email\":\"aNN@b.example\",\"password\":\"$PASSWORD\",\"full_name\":\"Ольга\",\"consent\":[\"pd:1\"]}"
	tries 200 /account/reset '{"email":"guardian@demo.example"}'
	tries 422 /account/login '{"email":"guardian@demo.example","password":"wrong password NN"}'
	post /account/login email=guardian@demo.example password=kruzhok-roditel-1
	[ "$STATUS" = 429 ]
	[[ $BODY == *'Слишком часто'* ]]
	# Others are not kept out.
	post /account/login email=guardian2@demo.example password=kruzhok-roditel-2
	[ "$STATUS" = 303 ]
	date -u -d "2026-11-22T01:00:00Z + $((wait_s + 1)) seconds" +%Y-%m-%dT%H:%M:%SZ >"$DIR/clock"
	post_json /support '{"full_name":"Ольга","email":"a@b.example","text":"Ещё"}'
	[ "$STATUS" = 200 ]
}

@test "login says the same of an unknown address and a wrong password, and hashes for both" {
	make_demo
	start --limits off
	time_of() {
		local begin
		begin=$(date +%s%N)
		for _ in 1 2 3 4 5; do
			post_json /account/login "{\"email\":\"$1\",\"password\":\"wrong password\"}"
			problem 422 fields
		done
		echo $((($(date +%s%N) - begin) / 1000000)) >"$DIR/ms"
	}
	time_of guardian@demo.example
	known=$BODY
	time_of nobody@demo.example
	[ "$known" = "$BODY" ]
	get /metrics
	[ "$(sed -n 's/^kruzhok_password_jobs_total //p' <<<"$BODY")" -ge 10 ]
}

@test "a flood of logins: each has an answer, and the others do not wait for it" {
	make_demo
	start --limits off
	csrf
	for i in $(seq 100); do
		curl -s -o /dev/null -D "$DIR/head-$i" -m 60 -w '%{http_code}\n' -b "$JAR" "$URL/account/login" \
		    -d "csrf=$CSRF" -d email=guardian@demo.example -d "password=wrong+password+$i" \
		    -H 'Accept: application/json' >"$DIR/code-$i" 3>&- &
	done
	sleep 0.3
	begin=$(date +%s%N)
	post_json /support '{"full_name":"Ольга","email":"a@b.example","text":"Вопрос"}'
	[ "$STATUS" = 200 ]
	[ $((($(date +%s%N) - begin) / 1000000)) -lt 3000 ]
	wait $(jobs -p | grep -v "^$PID$")
	cat "$DIR"/code-* | sort | uniq -c
	# Refused for the wrong password, or at once for too many that wait.
	[ "$(cat "$DIR"/code-* | grep -cxE '422|503')" = 100 ]
	[ "$(cat "$DIR"/code-* | grep -cx 422)" -ge 20 ]
	[ "$(grep -l '^HTTP/1.1 503' "$DIR"/head-* | xargs -r grep -Li '^Retry-After: [1-9]' | wc -l)" = 0 ]
	get /healthz
	[ "$STATUS" = 200 ]
	post /account/login email=guardian@demo.example password=kruzhok-roditel-1
	[ "$STATUS" = 303 ]
}
