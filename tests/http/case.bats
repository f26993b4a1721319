# The main job by a script, in JSON: from a first visit to an enrolled child,
# a queue that moves, an event for two children, a review on the page.
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

@test "a script gets from the first visit to an enrolled child" {
	register mama@family.example
	login mama@family.example
	add_child Ромашкина Мира 2018-04-14
	[ "$STATUS" = 201 ]
	[[ "$(header Location)" == */my/children/$CHILD ]]
	mira=$CHILD
	apply "$mira" robotika a
	[ "$STATUS" = 201 ]
	[[ "$(header Location)" == */my/applications/* ]]
	first=$(jq -r .id <<<"$BODY")
	[ "$(jq -rc '[.state, .program, .group, .place, .certificate, (.events | length)]' <<<"$BODY")" = \
	    '["submitted","robotika","a",null,false,1]' ]
	apply "$mira" robotika b
	[ "$STATUS" = 409 ]
	[ "$(jq -r .type <<<"$BODY")" = /problems/duplicate ]

	sign_in_demo organizer
	get "/org/applications?state=submitted" -H 'Accept: application/json'
	[ "$(jq -r '.items[0].id' <<<"$BODY")" = "$first" ]
	post_json "/org/applications/$first/enroll" '{"order_number":"7","order_date":"2026-11-22"}'
	[ "$STATUS" = 409 ]
	[ "$(jq -r .type <<<"$BODY")" = /problems/state ]
	post_json "/org/applications/$first/approve" '{}'
	[ "$(jq -r .state <<<"$BODY")" = approved ]
	post_json "/org/applications/$first/contract" '{"number":"12","date":"2026-02-30"}'
	[ "$STATUS" = 422 ]
	[ "$(jq -r '.errors[0].field' <<<"$BODY")" = date ]
	post_json "/org/applications/$first/contract" '{"number":"12","date":"2026-11-22"}'
	[ "$STATUS" = 200 ]
	post_json "/org/applications/$first/enroll" '{"order_number":"7","order_date":"2026-11-22"}'
	[ "$(jq -r .state <<<"$BODY")" = enrolled ]
	letter application-approved mama@family.example
	letter application-enrolled mama@family.example

	# Another family: the child is known, the group full, the queue moves.
	sign_in_demo guardian
	add_child Ромашкина Мира 2018-04-14
	[ "$STATUS" = 409 ]
	[ "$(jq -r .type <<<"$BODY")" = /problems/duplicate ]
	[[ $BODY != *Ольга* && $BODY != *mama@* ]]
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	[ "$STATUS" = 201 ]
	[ "$(jq -rc '[.state, .place]' <<<"$BODY")" = '["waiting",1]' ]
	second=$(jq -r .id <<<"$BODY")
	get /live/programs/robotika.json
	[ "$(jq -rc '.groups.a | [.seats, .taken, .waiting, .open]' <<<"$BODY")" = '[1,1,1,true]' ]
	sign_in_demo organizer
	post_json "/org/applications/$first/leave" '{"reason":"moved-away","date":"2026-11-22"}'
	[ "$(jq -r .state <<<"$BODY")" = left ]
	visitor guardian
	get "/my/applications/$second" -H 'Accept: application/json'
	[ "$(jq -rc '[.state, .place]' <<<"$BODY")" = '["submitted",null]' ]
	letter application-submitted guardian@demo.example
	# What is somebody else's does not exist.
	get "/my/applications/$first" -H 'Accept: application/json'
	[ "$STATUS" = 404 ]

	# A review by the family whose child was enrolled.
	post_json /my/reviews '{"program":"robotika","rating":"5","text":"Чужой отзыв"}'
	[ "$STATUS" = 409 ]
	visitor a
	post_json /my/reviews '{"program":"robotika","rating":"5","text":"Робот поехал с первого раза."}'
	[ "$STATUS" = 201 ]
	review=$(jq -r .id <<<"$BODY")
	sign_in_demo operator
	post_json "/operator/reviews/$review/approve" '{}'
	[ "$STATUS" = 200 ]
	get /live/programs/robotika/reviews.json
	[ "$(jq -r '.items[0].text' <<<"$BODY")" = 'Робот поехал с первого раза.' ]
	verb export --output "$DIR/live.db"
	"$KRUZHOK" build --content "$ROOT/tests/fixture/content" --theme "$ROOT/themes/default" \
	    --output "$DIR/public" --catalog "$DIR/catalog.db" --live "$DIR/live.db" --now "$NOW" --quiet
	grep -q 'Робот поехал с первого раза' "$DIR/public/programs/robotika.html"
	! grep -qE 'Мира|Ромашкина|mama@' "$DIR/public/programs/robotika.html" || false

	# Two children to an event, in one request.
	visitor a
	add_child Ромашкин Макар 2017-03-02
	makar=$CHILD
	add_child Ромашкина Алиса 2019-11-11
	post_json /my/sign-ups "$(jq -n --arg a "$makar" --arg b "$CHILD" '{event: "fonarik", child: [$a, $b]}')"
	[ "$STATUS" = 201 ]
	[ "$(jq -rc '[.items[].state]' <<<"$BODY")" = '["approved","approved"]' ]

	stop
	[ "$STOPPED" = 0 ]
	verb check
}

@test "a double tap is one application, with the same answer" {
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	key=$(new_key)
	body=$(jq -n --arg c "$CHILD" '{program: "robotika", group: "b", child: $c}')
	post_json /my/applications "$body" -H "Idempotency-Key: $key"
	[ "$STATUS" = 201 ]
	once=$BODY
	post_json /my/applications "$body" -H "Idempotency-Key: $key"
	[ "$STATUS" = 201 ]
	[ "$BODY" = "$once" ]
	post_json /my/applications "${body/robotika/shahmaty}" -H "Idempotency-Key: $key"
	[ "$STATUS" = 422 ]
	get /my/applications -H 'Accept: application/json'
	[ "$(jq '.items | length' <<<"$BODY")" = 1 ]
}
