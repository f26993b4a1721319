# A form that is not right comes back with the reason beside each field, as it
# was typed, with the same key; what no form of ours could send is refused.
bats_require_minimum_version 1.5.0

KEY=0123456789abcdefKEY

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

# form PATH name=value...: as post, with the key that must come back.
form() {
	local path=$1 fields=() field
	shift
	csrf
	for field; do
		fields+=(--data-urlencode "$field")
	done
	get "$path" "${fields[@]}" -d "csrf=$CSRF" -d "key=$KEY" -H 'Accept: text/html'
}

# again FIELD...: 422, each field is named in the summary, there with that id
# and with words beside it, and the key is kept.
again() {
	local field
	[ "$STATUS" = 422 ]
	[ "$(header Content-Type)" = 'text/html; charset=utf-8' ]
	[[ $BODY == *'<title>Ошибка: '* ]]
	[[ $BODY == *"name=\"key\" value=\"$KEY\""* ]]
	for field; do
		echo "field $field"
		[[ $BODY == *"href=\"#$field\""* ]]
		[[ $BODY == *"id=\"$field\""* ]]
		[[ $BODY == *"id=\"$field-error\""* ]]
	done
	[ "$(grep -oE 'href="#[a-z_]+">' <<<"$BODY" | sort -u | grep -vc main)" = $# ]
}

typed() { # text...: it stands on the page
	local text
	for text; do
		echo "typed $text"
		[[ $BODY == *"$text"* ]]
	done
}

@test "a guardian's forms come back as typed, with the reason at each field" {
	sign_in_demo guardian
	form /my/children 'family_name=П9<b>"' given_name= patronymic=Кто birth_date=31.02.2018 \
	    municipality=nope next=/my/applications/new?program=robotika
	again family_name given_name birth_date municipality
	typed 'value="П9&lt;b&gt;&quot;"' 'value="Кто"' 'value="31.02.2018"' \
	    'value="/my/applications/new?program=robotika"'
	form /my/children family_name=Петров given_name=Лев birth_date=2035-01-01 municipality=vtoroy
	again birth_date
	typed '<option value="vtoroy" selected>'
	form /my/children/claim family_name=Петров given_name= birth_date=2018-05-02 municipality=pervyy way=operator
	again given_name
	typed 'value="Петров"' 'value="operator" checked'
	add_child Петров Лев 2018-05-02
	add_child Петрова Ада 2017-05-02
	form /my/applications program=robotika group=a certificate=yes
	again child
	typed 'name="group" value="a"' 'name="certificate" value="yes" checked'
	form /my/sign-ups event=turnir "child=$CHILD"
	again category
	typed "value=\"$CHILD\" checked"
	[ "$(grep -o 'name="child" value="[^"]*" checked' <<<"$BODY" | wc -l)" = 1 ]
	form /my/sign-ups event=turnir category=junior
	again child
	typed 'value="junior" checked'
}

@test "an organizer's forms come back as typed, with the reason at each field" {
	sign_in_demo guardian
	add_child Петров Лев 2018-05-02
	apply "$CHILD" robotika a
	here=/org/applications/$APPLICATION
	sign_in_demo organizer
	form "$here/decline" reason= 'comment=Нет <справки>'
	again reason
	typed 'Нет &lt;справки&gt;</textarea>'
	post_json "$here/approve" '{}'
	form "$here/contract" number= date=2026-02-30
	again number date
	typed 'value="2026-02-30"'
	form "$here/contract" 'number=12 "бис"' date=завтра
	again date
	typed 'value="12 &quot;бис&quot;"' 'value="завтра"'
	post_json "$here/contract" '{"number":"12","date":"2026-11-22"}'
	form "$here/enroll" order_number=77 order_date=30.02.2026
	again order_date
	typed 'value="77"' 'value="30.02.2026"'
	post_json "$here/enroll" '{"order_number":"77","order_date":"2026-11-22"}'
	form "$here/leave" reason=zz date=30.02.2026
	again reason date
	typed 'value="30.02.2026"'
	form "$here/expel" reason=moved-away date=30.02.2026
	again date
	typed '<option value="moved-away" selected>'
	sign_in_demo guardian
	form "/my/applications/$APPLICATION/leave" reason=zz
	again reason
	form /my/reviews program=robotika rating=9 text=
	again rating text
	form /my/reviews program=robotika rating=4 text=
	again text
	typed 'value="4" checked'
	form /my/reviews program=robotika rating= 'text=Робот & я'
	again rating
	typed 'Робот &amp; я</textarea>'
}

@test "unknown and repeated fields are 422 on every form, before anything is done" {
	sign_in_demo guardian
	add_child Петров Лев 2018-05-02
	for path in /my/children /my/children/claim /my/applications /my/sign-ups /my/reviews \
	    "/my/children/$CHILD/certificate" /account/password /account/logout /account/login; do
		post_json "$path" '{"colour":"red"}'
		problem 422 fields
		jq -e 'any(.errors[]; .field == "colour" and .code == "unknown")' <<<"$BODY"
		post "$path" colour=red
		[ "$STATUS" = 422 ]
	done
	for pair in /my/children:given_name /my/applications:group /my/sign-ups:category /my/reviews:text \
	    /account/login:email; do
		form "${pair%:*}" "${pair#*:}=a" "${pair#*:}=b" -H 'Accept: application/json'
		[ "$STATUS" = 422 ]
		post_json "${pair%:*}" "{\"${pair#*:}\":[\"a\",\"b\"]}"
		problem 422 fields
		jq -e --arg f "${pair#*:}" 'any(.errors[]; .field == $f)' <<<"$BODY"
	done
	# Doubled keys of JSON are repeated fields, too.
	post_json /my/children '{"given_name":"Лев","given_name":"Лев"}'
	[[ $STATUS == 400 || $STATUS == 422 ]]
	# Still signed in, nothing was made.
	get /my/children -H 'Accept: application/json'
	[ "$(jq '.items | length' <<<"$BODY")" = 1 ]
	get /account/session
	[ "$(jq -r .role <<<"$BODY")" = guardian ]
}

@test "Content-Type says what comes in, Accept what goes out" {
	csrf
	bad='{"email":"not an address"}'
	get /account/reset -H "X-CSRF-Token: $CSRF" -H 'Content-Type: application/json; charset=utf-8' \
	    -H 'Accept: text/html' --data-binary "$bad"
	[ "$STATUS" = 422 ]
	[[ $(header Content-Type) == text/html* ]]
	[[ $BODY == *'value="not an address"'* ]]
	get /account/reset -d "csrf=$CSRF" --data-urlencode 'email=not an address' -H 'Accept: application/json'
	problem 422 fields
	get /account/reset -H "X-CSRF-Token: $CSRF" -H 'Content-Type: application/json' \
	    -H 'Accept: text/html' --data-binary '{"email":"a@b.example"}'
	[ "$STATUS" = 303 ]
	get /account/reset -d "csrf=$CSRF" -d email=a@b.example -H 'Accept: application/json'
	[ "$STATUS" = 200 ]
	[ "$(header Content-Type)" = application/json ]
	# The token may stand in the JSON, too; the key is optional.
	get /account/reset -H 'Content-Type: application/json' -H 'Accept: application/json' \
	    --data-binary "{\"email\":\"a@b.example\",\"csrf\":\"$CSRF\"}"
	[ "$STATUS" = 200 ]
	# What a browser says it takes is a page.
	get /account/reset -d "csrf=$CSRF" -d email=x \
	    -H 'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8'
	[[ $(header Content-Type) == text/html* ]]
	for type in text/plain multipart/form-data application/xml 'text/json'; do
		get /account/reset -H "Content-Type: $type" -H 'Accept: application/json' \
		    -H "X-CSRF-Token: $CSRF" --data-binary 'email=a@b.example'
		problem 415 media-type
		get /account/reset -H "Content-Type: $type" -H 'Accept: text/html' \
		    -H "X-CSRF-Token: $CSRF" --data-binary 'email=a@b.example'
		[ "$STATUS" = 415 ]
	done
}

@test "JSON that is not an object of texts is refused, with the field" {
	csrf
	for body in '' '[]' '"x"' 'null' '{' '{"email":"a@b.example"}x' '{"email":"\ud800"}' $'{"email":"\xff"}' \
	    "$(printf '[%.0s' $(seq 3000))"; do
		get /account/reset -H "X-CSRF-Token: $CSRF" -H 'Content-Type: application/json' \
		    -H 'Accept: application/json' --data-binary "$body"
		echo "$body: $STATUS $BODY"
		[[ $STATUS == 400 || $STATUS == 422 ]]
		[ "$(header Content-Type)" = application/problem+json ]
	done
	for value in 7 true null '{}' '[7]' '["a","b"]'; do
		post_json /account/reset "{\"email\":$value}"
		problem 422 fields
		[ "$(jq -r '.errors[0].field' <<<"$BODY")" = email ]
	done
}

@test "what was made answers with its id and Location, the rest with 200" {
	sign_in_demo guardian
	made() { # JSON expression for the id
		[ "$STATUS" = 201 ]
		id=$(jq -re "$1" <<<"$BODY")
		[[ "$(header Location)" == */"$id"* ]]
		get "$(header Location)" -H 'Accept: application/json'
		[ "$STATUS" = 200 ]
	}
	add_child Петров Лев 2018-05-02
	made .id
	[ "$(jq -c . <<<"$BODY")" = "$(jq -nc --arg i "$CHILD" '{id: $i, family_name: "Петров", given_name: "Лев",
	    patronymic: "", birth_date: "2018-05-02", municipality: "pervyy"}')" ]
	apply "$CHILD" robotika a
	made .id
	jq -e '.events == [{at: .events[0].at, state: "submitted", cause: "applied"}] and
	    (.events[0].at | test("^2026-11-22T10:[0-9:]{5}\\+09:00$")) and
	    .place == null and .certificate == false' <<<"$BODY"
	post_json /my/sign-ups "{\"event\":\"fonarik\",\"child\":[\"$CHILD\"]}"
	[ "$STATUS" = 201 ]
	get "/my/sign-ups/$(jq -r '.items[0].id' <<<"$BODY")" -H 'Accept: application/json'
	[ "$STATUS" = 200 ]
	for list in /my/children /my/applications /my/sign-ups /my/reviews; do
		get "$list" -H 'Accept: application/json'
		[ "$STATUS" = 200 ]
		jq -e 'keys == ["items", "next"]' <<<"$BODY"
	done
	post_json "/my/applications/$APPLICATION/cancel" '{}'
	[ "$STATUS" = 200 ]
}

@test "every list is JSON for a script, with items and next" {
	sign_in_demo guardian
	add_child Петров Лев 2018-05-02
	sign_in_demo guardian2
	add_child Петрав Лев 2018-05-02
	post_json /my/children/claim '{"family_name":"Петров","given_name":"Лев","birth_date":"2018-05-02","municipality":"pervyy","way":"operator"}'
	claim=$(jq -r .id <<<"$BODY")
	for list in guardian:/my/children guardian:/my/applications guardian:/my/sign-ups guardian:/my/reviews \
	    organizer:/org/applications organizer:/org/sign-ups organizer:/org/reviews \
	    operator:/operator/children operator:/operator/certificates operator:/operator/reviews; do
		[ -e "$DIR/jar-${list%%:*}" ] || sign_in_demo "${list%%:*}"
		visitor "${list%%:*}"
		get "${list#*:}" -H 'Accept: application/json'
		echo "$list $STATUS $(header Content-Type)"
		[ "$(header Content-Type)" = application/json ]
		jq -e 'keys == ["items", "next"] and (.items | type) == "array" and .next == null' <<<"$BODY"
	done
	visitor operator
	get /operator/children -H 'Accept: application/json'
	jq -e --arg c "$claim" '[.items[] | .kind] == ["claim", "pair"] and .items[0].id == $c and
	    (.items[0].children | length) == 1 and (.items[1].children | length) == 2' <<<"$BODY"
	id=$(jq -r '.items[1].id' <<<"$BODY")
	post_json "/operator/children/pairs/$id" '{}'
	[ "$STATUS" = 200 ]
	get /operator/children -H 'Accept: application/json'
	jq -e '[.items[] | .kind] == ["claim"]' <<<"$BODY"
}

@test "a list goes on where next says, with the filter it began with" {
	stop
	own_content
	sed -i 's/seats: 30$/seats: 300/' "$CONTENT/programs/nagruzka.yaml"
	build 2026-11-22T11:00:00+09:00
	verb demo --guardians 6 --children 20 --sessions "$DIR/sessions" --now "$NOW" >/dev/null
	start --limits off
	while read -r cookie token; do
		for child in $(curl -s -H "Cookie: $cookie" -H 'Accept: application/json' "$URL/my/children" | jq -r '.items[].id'); do
			curl -s -o /dev/null -H "Cookie: $cookie" -H "X-CSRF-Token: $token" "$URL/my/applications" \
			    -d program=nagruzka -d group=b -d "child=$child" -H 'Accept: application/json'
		done
	done <"$DIR/sessions"
	sign_in_demo organizer
	path='/org/applications?program=nagruzka&group=b&state=submitted' all=0
	get "$path" -H 'Accept: text/html'
	[[ $BODY == *'rel="next" href="/org/applications?state=submitted&amp;program=nagruzka&amp;group=b&amp;after='* ]]
	: >"$DIR/ids"
	after=
	for _ in 1 2 3; do
		get "$path$after" -H 'Accept: application/json'
		jq -r '.items[].id' <<<"$BODY" >>"$DIR/ids"
		next=$(jq -r .next <<<"$BODY")
		[ "$next" != null ] || break
		after="&after=$next"
	done
	[ "$next" = null ]
	echo "$(wc -l <"$DIR/ids") applications"
	[ "$(sort -u "$DIR/ids" | wc -l)" = 120 ]
	[ "$(wc -l <"$DIR/ids")" = 120 ]
	get '/org/applications?program=shahmaty&group=a' -H 'Accept: application/json'
	jq -e '.items == []' <<<"$BODY"
}
