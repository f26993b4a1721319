# The life cycles from outside: seats, money and letters move
# with the states, and time does what nobody presses a button for.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	make_demo
	echo 2026-11-22T10:00:00+09:00 >"$DIR/clock"
	NOW= start --limits off --clock "$DIR/clock"
	visitor a
}

teardown() {
	clean_up
}

certificate() { # CHILD: of the visitor who is signed in, made active
	local who=$JAR
	post_json "/my/children/$1/certificate" '{}'
	[ "$STATUS" = 201 ]
	local id
	id=$(jq -r .id <<<"$BODY")
	sign_in_demo operator
	post_json "/operator/certificates/$id/activate" '{}'
	[ "$STATUS" = 200 ]
	JAR=$who
}

money() { # CHILD: [available, held, balance]
	get "/my/children/$1/certificate" -H 'Accept: application/json'
	jq -c '[.available, .held, .balance]' <<<"$BODY"
}

state() { # APPLICATION
	get "/my/applications/$1" -H 'Accept: application/json'
	jq -r '.state + " " + (.place | tostring)' <<<"$BODY"
}

org() { # APPLICATION VERB JSON [STATUS]: as the organizer
	local who=$JAR
	[ -e "$DIR/jar-organizer" ] || sign_in_demo organizer
	visitor organizer
	post_json "/org/applications/$1/$2" "$3"
	JAR=$who
	[ "$STATUS" = "${4:-200}" ]
}

CONTRACT='{"number":"12","date":"2026-11-22"}'
ORDER='{"order_number":"7","order_date":"2026-11-22"}'

@test "a certificate is held and charged by the contract, and what is unused comes back" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	child=$CHILD
	certificate "$child"
	[ "$(money "$child")" = '[2400000,0,2400000]' ]
	apply "$child" robotika a yes
	[ "$STATUS" = 201 ]
	jq -e '.certificate == true' <<<"$BODY"
	a=$APPLICATION
	org "$a" approve '{}'
	[ "$(money "$child")" = '[2400000,0,2400000]' ]
	# No enrollment before the contract when a certificate pays.
	org "$a" enroll "$ORDER" 409
	[ "$(jq -r .type <<<"$BODY")" = /problems/contract ]
	org "$a" contract "$CONTRACT"
	[ "$(money "$child")" = '[1200000,0,1200000]' ]
	org "$a" contract "$CONTRACT" 409
	org "$a" enroll "$ORDER"
	[ "$(state "$a")" = 'enrolled null' ]
	[ "$(money "$child")" = '[1200000,0,1200000]' ]
	# September to May are nine months; leaving in November frees six of them.
	org "$a" leave '{"reason":"moved-away","date":"2026-11-30"}'
	[ "$(state "$a")" = 'left null' ]
	get /my/children/"$child"/certificate -H 'Accept: application/json'
	[ "$(jq '.available' <<<"$BODY")" -gt 1200000 ]
	[ "$(jq '.available' <<<"$BODY")" -le 2400000 ]
	get /live/programs/robotika.json
	jq -e '.groups.a.taken == 0' <<<"$BODY"
	for kind in submitted approved enrolled left; do
		letter "application-$kind" guardian@demo.example
	done
	stop
	verb check
}

@test "one active request for a certificate, one number, and none outside 5 to 17" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	post_json "/my/children/$CHILD/certificate" '{}'
	[ "$STATUS" = 201 ]
	post_json "/my/children/$CHILD/certificate" '{}'
	[ "$STATUS" = 409 ]
	add_child Ландышев Ян 2024-05-02
	post_json "/my/children/$CHILD/certificate" '{}'
	problem 409 age
}

@test "cancel, decline and leave free the seat for the first in line, each once" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	one=$APPLICATION
	add_child Ландышева Ада 2018-06-02
	apply "$CHILD" robotika a
	two=$APPLICATION
	add_child Ландышева Ида 2018-07-02
	apply "$CHILD" robotika a
	three=$APPLICATION
	[ "$(state "$three")" = 'waiting 2' ]
	post_json "/my/applications/$two/cancel" '{}'
	[ "$(state "$three")" = 'waiting 1' ]
	# A reason is needed; the words of it go to the family.
	org "$one" decline '{}' 422
	org "$one" decline '{"reason":"documents","comment":"Нужна справка"}'
	[ "$(state "$one")" = 'declined null' ]
	[ "$(state "$three")" = 'submitted null' ]
	letter application-declined guardian@demo.example
	[[ $LETTER == *'Нужна справка'* ]]
	org "$one" approve '{}' 409
	org "$one" decline '{"reason":"documents"}' 409
	get /live/programs/robotika.json
	jq -e '.groups.a | .taken == 1 and .waiting == 0' <<<"$BODY"
	stop
	verb check
}

@test "the end of the period completes who was enrolled and ends who waits" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	one=$APPLICATION
	add_child Ландышева Ада 2018-06-02
	apply "$CHILD" robotika a
	two=$APPLICATION
	org "$one" approve '{}'
	org "$one" contract "$CONTRACT"
	org "$one" enroll "$ORDER"
	echo 2027-05-29T12:00:00+09:00 >"$DIR/clock"
	sleep 1.5
	rm -f "$DIR"/jar-*
	sign_in_demo guardian
	[ "$(state "$one")" = 'enrolled null' ]
	[ "$(state "$two")" = 'waiting 1' ]
	echo 2027-05-30T00:00:30+09:00 >"$DIR/clock"
	sleep 2
	[ "$(state "$one")" = 'completed null' ]
	[ "$(state "$two")" = 'declined null' ]
	get "/my/applications/$two" -H 'Accept: application/json'
	jq -e '.events[-1].cause == "ended"' <<<"$BODY"
	# And the group takes no more.
	add_child Ландышева Ида 2018-07-02
	apply "$CHILD" robotika a
	[ "$STATUS" = 409 ]
	stop
	verb check
}

@test "on 31 December what is left of a certificate expires, and the next year's is there" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	child=$CHILD
	certificate "$child"
	echo 2026-12-31T23:59:50+09:00 >"$DIR/clock"
	rm -f "$DIR"/jar-*
	sign_in_demo guardian
	[ "$(money "$child")" = '[2400000,0,2400000]' ]
	echo 2027-01-01T00:00:20+09:00 >"$DIR/clock"
	sleep 2
	get "/my/children/$child/certificate" -H 'Accept: application/json'
	echo "$BODY"
	jq -e '.year == 2027 and .available == 2500000' <<<"$BODY"
	stop
	verb check
	[ "$(sqlite3 "$DIR/data.db" "SELECT sum(amount) FROM ledger WHERE year = 2026")" = 0 ]
}

@test "a child that is there is a way in: by the first guardian's letter, or by the operator" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	child=$CHILD
	sign_in_demo guardian2
	# ё, case, blanks, hyphens and Latin look-alikes are the same name.
	for name in 'ландышев лев' ' Ландышев  ЛЕВ' 'Лaндышeв Лев'; do
		read -r family given <<<"$name"
		add_child "$family" "$given" 2018-05-02
		problem 409 duplicate
	done
	claim='{"family_name":"Ландышев","given_name":"Лев","birth_date":"2018-05-02","municipality":"pervyy","way":"WAY"}'
	post_json /my/children/claim "${claim/WAY/guardian}"
	[ "$STATUS" = 201 ]
	letter claim guardian@demo.example
	[[ $LETTER != *guardian2@* ]]
	get "/my/children/$child" -H 'Accept: application/json'
	[ "$STATUS" = 404 ]
	visitor scanner
	get "$LINK"
	[ "$STATUS" = 200 ]
	post_json "$LINK" '{"answer":"perhaps"}'
	problem 422 fields
	post_json "$LINK" '{"answer":"yes"}'
	[ "$STATUS" = 200 ]
	post_json "$LINK" '{"answer":"yes"}'
	[ "$STATUS" = 409 ]
	visitor guardian2
	get "/my/children/$child" -H 'Accept: application/json'
	[ "$STATUS" = 200 ]
	letter claim-confirmed guardian2@demo.example
	# The operator's way, and no.
	register third@family.example
	visitor third
	login third@family.example
	post_json /my/children/claim "${claim/WAY/operator}"
	[ "$STATUS" = 201 ]
	id=$(jq -r .id <<<"$BODY")
	sign_in_demo operator
	get /operator/children -H 'Accept: text/html'
	[[ $BODY == *"$id"* ]]
	for decision in '{}' '{"decision":"perhaps"}'; do
		post_json "/operator/children/claims/$id" "$decision"
		problem 422 fields
		[ "$(jq -r '.errors[0].field' <<<"$BODY")" = decision ]
	done
	post_json "/operator/children/claims/$id" '{"decision":"no"}'
	[ "$STATUS" = 200 ]
	letter claim-refused third@family.example
	visitor third
	get "/my/children/$child" -H 'Accept: application/json'
	[ "$STATUS" = 404 ]
	stop
	verb check
}

@test "asking for children that are not there tells nothing, and is counted" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	sign_in_demo guardian2
	claim() { # FAMILY
		post_json /my/children/claim "{\"family_name\":\"$1\",\"given_name\":\"Лев\",\"birth_date\":\"2018-05-02\",\"municipality\":\"pervyy\",\"way\":\"operator\"}"
	}
	claim Несуществов
	nobody="$STATUS $(jq -c '.id |= length' <<<"$BODY")"
	claim Ландышев
	[ "$nobody" = "$STATUS $(jq -c '.id |= length' <<<"$BODY")" ]
	tries=0
	for _ in 1 2 3 4 5 6 7; do
		claim Несуществов
		[ "$STATUS" != 429 ] || break
		tries=$((tries + 1))
	done
	[ "$STATUS" = 429 ]
	[ "$tries" -le 5 ]
}

@test "a near duplicate is made and put before the operator" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	sign_in_demo guardian2
	add_child Ландышова Лев 2018-05-02
	[ "$STATUS" = 201 ]
	add_child Лев Ландышев 2018-05-02
	[ "$STATUS" = 201 ]
	sign_in_demo operator
	get /operator/children -H 'Accept: text/html'
	[ "$STATUS" = 200 ]
	[[ $BODY == *'Ландышова'* ]]
	[[ $BODY == *'/operator/children/pairs/'* ]]
}

@test "an event's seats and its category's both hold, and several children go in one form" {
	sign_in_demo guardian
	ids=()
	for name in Ада Ида Ода; do
		add_child Ландышева "$name" 2018-06-02
		ids+=("$CHILD")
	done
	get '/my/sign-ups/new?event=turnir' -H 'Accept: text/html'
	[ "$(grep -c 'name="child"[^>]*checked' <<<"$BODY")" = 0 ]
	post_json /my/sign-ups "$(jq -n '{event: "turnir", category: "junior", child: $ARGS.positional}' --args "${ids[@]}")"
	[ "$STATUS" = 201 ]
	jq -e '[.items[].state] == ["submitted", "submitted", "waiting"]' <<<"$BODY"
	first=$(jq -r '.items[0].id' <<<"$BODY") third=$(jq -r '.items[2].id' <<<"$BODY")
	post_json /my/sign-ups "{\"event\":\"turnir\",\"category\":\"junior\",\"child\":[\"${ids[0]}\"]}"
	problem 409 duplicate
	post_json "/my/sign-ups/$first/cancel" '{}'
	[ "$STATUS" = 200 ]
	get "/my/sign-ups/$third" -H 'Accept: application/json'
	jq -e '.state == "submitted"' <<<"$BODY"
	letter sign-up-submitted guardian@demo.example
	sign_in_demo organizer
	post_json "/org/sign-ups/$third/approve" '{}'
	[ "$STATUS" = 200 ]
	post_json "/org/sign-ups/$third/approve" '{}'
	problem 409 state
	post_json "/org/sign-ups/$third/attend" '{}'
	[ "$STATUS" = 200 ]
	# A form is all or nothing: one child of another age, and nobody is signed up.
	sign_in_demo guardian2
	add_child Васильков Пётр 2018-05-02
	small=$CHILD
	add_child Васильков Глеб 2010-05-02
	post_json /my/sign-ups "{\"event\":\"turnir\",\"category\":\"junior\",\"child\":[\"$small\",\"$CHILD\"]}"
	problem 409 age
	get /my/sign-ups -H 'Accept: application/json'
	jq -e '.items == []' <<<"$BODY"
	stop
	verb check
}

@test "passwords: 8 to 128 characters and none of the commonest, said at the field" {
	for word in 1234567 password qwerty123 12345678 "$(printf 'ж%.0s' $(seq 129))"; do
		post_json /account/register "$(jq -n --arg p "$word" '{email: "a@b.example", password: $p, full_name: "Ольга", consent: ["pd:1"]}')"
		problem 422 fields
		[ "$(jq -r '.errors[0].field' <<<"$BODY")" = password ]
	done
	for word in 'жжжшшщщ8' "$(printf 'ж%.0s' $(seq 127))я"; do
		post_json /account/register "$(jq -n --arg p "$word" '{email: "a@b.example", password: $p, full_name: "Ольга", consent: ["pd:1"]}')"
		[ "$STATUS" = 200 ]
	done
}
