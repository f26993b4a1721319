# Every refusal by its number and name: a script reads the name, a person the
# words and a way on.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	make_demo
	start --limits off
	visitor a
}

teardown() {
	clean_up
}

json() { # path [curl options]
	get "$@" -H 'Accept: application/json'
}

# Every path of the table with each {…} filled, its methods behind it.
paths() {
	sed -n 's/.*METHOD_\(GET\|POST\), "\([^"]*\)".*/\2 \1/p' \
	    "$ROOT/submitd/pages/routes.c" | sed 's/{[a-z]*}/x/g' |
	    awk '{ m[$1] = m[$1] " " $2 } END { for (p in m) print p m[p] }'
}

@test "every path refuses the methods it does not have, and names those it has" {
	n=0
	while read -r path methods; do
		want=$(sed 's/GET/GET, HEAD/; s/POST\(.*\)GET, HEAD/\1GET, HEAD, POST/; s/HEAD POST/HEAD, POST/' <<<"$methods")
		json "$path" -X DELETE
		echo "$path: $STATUS $(header Allow), wanted $want"
		problem 405 method
		[ "$(header Allow)" = "$want" ]
		n=$((n + 1))
	done < <(paths)
	[ "$n" -gt 50 ]
	json /index.html -X DELETE
	[ "$STATUS" = 405 ]
	[ "$(header Allow)" = 'GET, HEAD' ]
}

@test "who is nobody is led to login from every protected page, a script gets 401" {
	n=0
	while read -r path methods; do
		[[ $path == /my/* || $path == /org/* || $path == /operator/* ]] || continue
		[ "$path" != /my/children/claim/x ] || continue
		if [[ $methods == *GET* ]]; then
			get "$path?a=b%26c" -H 'Accept: text/html'
			[ "$STATUS" = 303 ]
			[ "$(header Location)" = "/account/login?next=$(jq -rn --arg p "$path?a=b%26c" '$p | @uri')" ]
			json "$path"
			problem 401 login
		fi
		if [[ $methods == *POST* ]]; then
			post "$path"
			[ "$STATUS" = 303 ]
			[[ "$(header Location)" == /account/login* ]]
			post_json "$path" '{}'
			problem 401 login
		fi
		n=$((n + 1))
	done < <(paths)
	[ "$n" -gt 30 ]
}

@test "another role's pages are 403, with words and the way to one's own" {
	for who in guardian organizer operator admin; do
		sign_in_demo "$who"
		case $who in
		guardian) own=/my/ other='/org/ /operator/' ;;
		organizer) own=/org/ other='/my/ /operator/' ;;
		*) own=/operator/ other='/my/ /org/' ;;
		esac
		get "$own"
		[ "$STATUS" = 200 ]
		for path in $other; do
			json "$path"
			problem 403 forbidden
			get "$path" -H 'Accept: text/html'
			[ "$STATUS" = 403 ]
			[[ $BODY == *'Эта страница не для вас'* ]]
			[[ $BODY == *"href=\"$own\""* ]]
		done
	done
	# A form is refused before it is looked at.
	sign_in_demo guardian
	post_json /org/applications/x/approve '{"colour":"red"}'
	problem 403 forbidden
}

@test "what is somebody else's is answered as what is not there" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	child=$CHILD
	apply "$child" robotika a
	application=$APPLICATION
	post_json /my/sign-ups "{\"event\":\"fonarik\",\"child\":[\"$child\"]}"
	[ "$STATUS" = 201 ]
	sign_up=$(jq -r '.items[0].id' <<<"$BODY")
	sign_in_demo guardian2
	answer() {
		echo "$STATUS $(header Content-Type) $BODY"
	}
	same() { # path-with-ID id
		json "${1/ID/$2}"
		mine=$(answer)
		json "${1/ID/aaaaaaaaaaaaaaaaaaaaaa}"
		[ "$STATUS" = 404 ]
		[ "$mine" = "$(answer)" ]
	}
	same_post() { # path-with-ID id [json]
		post_json "${1/ID/$2}" "${3:-{\}}"
		mine=$(answer)
		post_json "${1/ID/aaaaaaaaaaaaaaaaaaaaaa}" "${3:-{\}}"
		[ "$STATUS" = 404 ]
		[ "$mine" = "$(answer)" ]
	}
	same /my/children/ID "$child"
	same /my/children/ID/certificate "$child"
	same /my/applications/ID "$application"
	same /my/sign-ups/ID "$sign_up"
	same_post /my/children/ID/certificate "$child"
	same_post /my/applications/ID/cancel "$application"
	same_post /my/applications/ID/leave "$application"
	same_post /my/sign-ups/ID/cancel "$sign_up"
	# One's own request for another's child, too.
	for id in "$child" aaaaaaaaaaaaaaaaaaaaaa; do
		apply "$id" robotika b
		problem 404 not-found
		post_json /my/sign-ups "{\"event\":\"turnir\",\"category\":\"junior\",\"child\":[\"$id\"]}"
		problem 404 not-found
	done
	# An organizer of another house sees nothing of it either.
	stop
	verb user add --role organizer --email drugoy@studiya.example --organization studiya --now "$NOW"
	start --limits off
	visitor studiya
	letter reset drugoy@studiya.example
	post "$LINK" 'password=tihaya reka 33'
	login drugoy@studiya.example 'tihaya reka 33'
	same /org/applications/ID "$application"
	json /org/applications
	[ "$(jq '.items | length' <<<"$BODY")" = 0 ]
	for verb in approve decline contract enroll leave expel; do
		case $verb in
		decline) body='{"reason":"documents"}' ;;
		contract) body='{"number":"1","date":"2026-11-22"}' ;;
		enroll) body='{"order_number":"1","order_date":"2026-11-22"}' ;;
		leave | expel) body='{"reason":"other","date":"2026-11-22"}' ;;
		*) body='{}' ;;
		esac
		same_post "/org/applications/ID/$verb" "$application" "$body"
	done
	for verb in approve attend; do
		same_post "/org/sign-ups/ID/$verb" "$sign_up"
	done
	stop
	verb check
}

@test "each verdict of the rules is 409 by its name" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	lev=$CHILD
	apply "$lev" shahmaty zakryta
	problem 409 closed
	apply "$lev" robotika a
	[ "$STATUS" = 201 ]
	application=$APPLICATION
	apply "$lev" robotika b
	problem 409 duplicate
	apply "$lev" shahmaty a
	problem 409 clash
	add_child Ландышева Ия 2023-05-02
	apply "$CHILD" robotika b
	problem 409 age
	post_json "/my/applications/$application/leave" '{}'
	problem 409 state
	post_json "/my/applications/$application/cancel" '{}'
	[ "$STATUS" = 200 ]
	post_json "/my/applications/$application/cancel" '{}'
	problem 409 state
	post_json /my/sign-ups "{\"event\":\"turnir\",\"category\":\"senior\",\"child\":[\"$lev\"]}"
	problem 409 age
	post_json /my/reviews '{"program":"robotika","rating":"5","text":"Хорошо"}'
	problem 409 not-enrolled
	sign_in_demo organizer
	post_json "/org/applications/$application/approve" '{}'
	problem 409 state
}

@test "full without a waiting list is 409 full" {
	stop
	own_content
	sed -i 's/seats: 12/seats: 1/' "$CONTENT/programs/robotika.yaml"
	build 2026-11-22T11:00:00+09:00
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika b
	[ "$STATUS" = 201 ]
	add_child Ландышева Майя 2018-07-02
	apply "$CHILD" robotika b
	problem 409 full
	post /my/applications program=robotika group=b "child=$CHILD"
	[ "$STATUS" = 409 ]
	[[ $BODY == *'Мест нет'* ]]
	[[ $BODY == *'href="/programs/robotika.html"'* ]]
}

@test "five tries a day for a child that is there already, then 429 limit" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	sign_in_demo guardian2
	for _ in 1 2 3 4 5; do
		add_child Ландышев Лев 2018-05-02
		problem 409 duplicate
	done
	add_child Ландышев Лев 2018-05-02
	problem 429 limit
	[ "$(header Retry-After)" -gt 0 ]
	[ "$(header Retry-After)" -le 86400 ]
	# A child of one's own is still welcome.
	add_child Васильков Пётр 2018-05-02
	[ "$STATUS" = 201 ]
}

@test "the same verdict as a page has words in Russian and a way on" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	application=$APPLICATION
	page() { # words
		echo "$STATUS $BODY"
		[ "$STATUS" = 409 ]
		[ "$(header Content-Type)" = 'text/html; charset=utf-8' ]
		[[ $BODY == *'<html lang="ru">'* && $BODY == *"$1"* ]]
		[[ $BODY == *'href="/my/'* ]]
	}
	post /my/applications program=robotika group=b "child=$CHILD"
	page 'уже есть'
	post /my/applications program=shahmaty group=zakryta "child=$CHILD"
	page 'закрыт'
	post /my/applications program=shahmaty group=a "child=$CHILD"
	page 'одно время'
	post "/my/applications/$application/leave"
	page 'Подана'
	sign_in_demo guardian2
	post /my/children family_name=Ландышев given_name=Лев birth_date=2018-05-02 municipality=pervyy
	page 'уже'
	[[ $BODY == *'/my/children/claim'* ]]
	[[ $BODY != *guardian@* ]]
	post /my/reviews program=robotika rating=5 text=Хорошо
	page ''
}
