# What pages and caches hear from /live/, and how files are served.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	make_demo
}

teardown() {
	clean_up
}

live() { # path [curl options]
	visitor nobody
	get "/live/$@"
}

# ask PATH TAG STATUS: the answer to whoever has that tag.
ask() {
	live "$1" -H "If-None-Match: $2"
	echo "$1 $2: $STATUS, wanted $3"
	[ "$STATUS" = "$3" ]
}

@test "the shapes are those of the contract, public, and tell of no person" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	for path in programs/robotika.json availability.json programs/robotika/reviews.json; do
		live "$path"
		[ "$STATUS" = 200 ]
		[ "$(header Content-Type)" = application/json ]
		[ "$(header Cache-Control)" = 'public, max-age=15, stale-while-revalidate=60' ]
		[ -n "$(header ETag)" ]
		[ -z "$(header Set-Cookie)" ]
		[[ $BODY != *Ландышев* && $BODY != *"$CHILD"* ]]
		jq -e '.catalog | test("^[0-9a-f]{64}$")' <<<"$BODY"
	done
	live programs/robotika.json
	jq -e 'keys == ["at", "catalog", "groups", "rating"] and .rating == null and
	    .groups.a == {seats: 1, taken: 1, waiting: 0, open: true} and
	    .groups.b == {seats: 12, taken: 0, waiting: 0, open: true} and
	    (.at | test("^2026-11-22T10:.*\\+09:00$"))' <<<"$BODY"
	live programs/nagruzka.json
	jq -e '.groups.a.seats == null' <<<"$BODY"
	live programs/shahmaty.json
	jq -e '.groups.zakryta.open == false' <<<"$BODY"
	# By program id, then as written: nagruzka a b, robotika a b, shahmaty a zakryta.
	live availability.json
	jq -e '.free == [null, 30, 0, 12, 30, 30]' <<<"$BODY"
	live programs/nothing.json
	[ "$STATUS" = 404 ]
	live programs/robotika/reviews.json
	jq -e '.items == []' <<<"$BODY"
}

@test "whoever has it gets 304, and the news as soon as there is some" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	for path in programs/robotika.json availability.json; do
		live "$path"
		tag=$(header ETag)
		ask "$path" "$tag" 304
		[ ! -s "$DIR/body" ]
		[ "$(header ETag)" = "$tag" ]
		[ "$(header Cache-Control)" = 'public, max-age=15, stale-while-revalidate=60' ]
		# As a cache on the way may write it, and among others.
		ask "$path" "W/$tag" 304
		ask "$path" "\"x\", $tag" 304
		ask "$path" '*' 304
		ask "$path" '"x"' 200
		live "$path" -I
		[ "$STATUS" = 200 ]
	done
	sign_in_demo guardian
	apply "$CHILD" robotika a
	[ "$STATUS" = 201 ]
	ask availability.json "$tag" 200
	tag=$(header ETag)
	sign_in_demo guardian
	post_json "/my/applications/$APPLICATION/cancel" '{}'
	ask availability.json "$tag" 200
	tag=$(header ETag)
	# What changes no seat is no news.
	sign_in_demo guardian
	add_child Ландышева Майя 2018-05-02
	ask availability.json "$tag" 304
}

@test "a review, its answer and its end are news" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	sign_in_demo organizer
	post_json "/org/applications/$APPLICATION/approve" '{}'
	post_json "/org/applications/$APPLICATION/contract" '{"number":"12","date":"2026-11-22"}'
	post_json "/org/applications/$APPLICATION/enroll" '{"order_number":"7","order_date":"2026-11-22"}'
	sign_in_demo guardian
	post_json /my/reviews '{"program":"robotika","rating":"4","text":"Ездит <b>сам</b>"}'
	[ "$STATUS" = 201 ]
	review=$(jq -r .id <<<"$BODY")
	live programs/robotika/reviews.json
	tag=$(header ETag)
	[ "$(jq -c .items <<<"$BODY")" = '[]' ]
	sign_in_demo operator
	post_json "/operator/reviews/$review/approve" '{}'
	[ "$STATUS" = 200 ]
	ask programs/robotika/reviews.json "$tag" 200
	tag=$(header ETag)
	live programs/robotika/reviews.json
	jq -e '.items[0] | .rating == 4 and .text == "Ездит <b>сам</b>" and .answer == ""' <<<"$BODY"
	live programs/robotika.json
	jq -e '.rating == {value: 4.0, count: 1}' <<<"$BODY"
	sign_in_demo organizer
	post_json "/org/reviews/$review/answer" '{"text":"Спасибо!"}'
	[ "$STATUS" = 200 ]
	ask programs/robotika/reviews.json "$tag" 200
	live programs/robotika/reviews.json
	jq -e '.items[0].answer == "Спасибо!"' <<<"$BODY"
}

@test "a tag of before a restart is not taken for that of another state" {
	start --limits off
	live availability.json
	first=$(header ETag)
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	live availability.json
	[ "$(header ETag)" != "$first" ]
	stop
	start --limits off
	ask availability.json "$first" 200
	jq -e '.free[2] == 0' <<<"$BODY"
}

@test "a group that closes by the clock is news" {
	stop
	own_content
	sed -i 's/waiting: 5/waiting: 5\n    enrollment: {closes: 2026-11-22T12:00}/' "$CONTENT/programs/robotika.yaml"
	build 2026-11-22T10:30:00+09:00
	echo 2026-11-22T11:59:58+09:00 >"$DIR/clock"
	NOW= start --limits off --clock "$DIR/clock"
	live programs/robotika.json
	jq -e .groups.a.open <<<"$BODY"
	tag=$(header ETag)
	echo 2026-11-22T12:00:01+09:00 >"$DIR/clock"
	ask programs/robotika.json "$tag" 200
	jq -e '.groups.a.open == false' <<<"$BODY"
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	problem 409 closed
}

@test "files: a tag, 304, and the whole file when it has changed" {
	start
	visitor nobody
	for path in / /programs/robotika.html /events/all.ics /data/programs.json /robots.txt; do
		get "$path"
		[ "$STATUS" = 200 ]
		tag=$(header ETag)
		[ -n "$tag" ]
		get "$path" -H "If-None-Match: $tag"
		[ "$STATUS" = 304 ]
		[ ! -s "$DIR/body" ]
		[ "$(header ETag)" = "$tag" ]
		get "$path" -H "If-None-Match: W/$tag"
		[ "$STATUS" = 304 ]
		get "$path" -H 'If-None-Match: "other"'
		[ "$STATUS" = 200 ]
	done
	get /programs/robotika.html
	tag=$(header ETag)
	sed 's/Робототехника/Роботы и друзья/g' "$DIR/public/programs/robotika.html" >"$DIR/public/x"
	mv "$DIR/public/x" "$DIR/public/programs/robotika.html"
	sleep 1.1
	get /programs/robotika.html -H "If-None-Match: $tag"
	[ "$STATUS" = 200 ]
	[[ $BODY == *'Роботы и друзья'* ]]
	[ "$(header ETag)" != "$tag" ]
	rm "$DIR/public/programs/robotika.html"
	sleep 1.1
	get /programs/robotika.html
	[ "$STATUS" = 404 ]
}

@test "files: compressed ones for who takes them, never older than the plain one" {
	page=$DIR/public/programs/robotika.html
	gzip -9 -k -c "$page" >"$page.gz"
	printf 'not really brotli' >"$page.br"
	start
	visitor nobody
	get /programs/robotika.html -H 'Accept-Encoding: gzip'
	[ "$(header Content-Encoding)" = gzip ]
	[ "$(header Vary)" = Accept-Encoding ]
	[[ $(header Content-Type) == text/html* ]]
	cmp <(gzip -dc "$DIR/body") "$page"
	ztag=$(header ETag)
	get /programs/robotika.html -H 'Accept-Encoding: br, gzip'
	[ "$(header Content-Encoding)" = br ]
	get /programs/robotika.html
	[ -z "$(header Content-Encoding)" ]
	[ "$(header ETag)" != "$ztag" ]
	cmp "$DIR/body" "$page"
	for no in 'gzip;q=0' 'identity' 'gzip;q=0, br;q=0.0'; do
		get /programs/robotika.html -H "Accept-Encoding: $no"
		[ -z "$(header Content-Encoding)" ]
	done
	touch -d '+1 minute' "$page"
	sleep 1.1
	get /programs/robotika.html -H 'Accept-Encoding: br, gzip'
	[ -z "$(header Content-Encoding)" ]
}

@test "files: nothing outside the folder, nothing hidden, no listing" {
	echo KRAMOLA >"$DIR/secret.txt"
	echo KRAMOLA >"$DIR/public/.hidden"
	mkdir "$DIR/public/empty"
	ln -s "$DIR/secret.txt" "$DIR/public/link.txt"
	start
	visitor nobody
	for path in /../secret.txt /%2e%2e/secret.txt /programs/..%2f..%2fsecret.txt /.hidden /%2ehidden /empty/ \
	    /empty /programs/%00 /assets/ '/..%5csecret.txt' /link.txt //secret.txt /catalog.db /data.db; do
		get "$path" --path-as-is
		echo "$path $STATUS"
		[[ $STATUS == 404 || $STATUS == 400 ]]
		[[ $BODY != *KRAMOLA* ]]
	done
}

@test "every answer carries the headers that keep a browser safe" {
	start --limits off
	sign_in_demo guardian
	for path in / /my/ /account/login /live/availability.json /nothing /assets/nothing.css /my/applications/x; do
		get "$path" -H 'Accept: text/html'
		echo "$path"
		csp=$(header Content-Security-Policy)
		[[ $csp == *"default-src 'self'"* ]]
		[[ $csp == *"frame-ancestors 'none'"* ]]
		[[ $csp == *"form-action 'self'"* ]]
		[[ $csp == *"base-uri 'none'"* ]]
		[[ $csp != *unsafe* ]]
		[ "$(header X-Content-Type-Options)" = nosniff ]
		[[ "$(header Referrer-Policy)" == same-origin || "$(header Referrer-Policy)" == no-referrer ]]
		[ -z "$(header Server)" ]
		# Over http there is no such promise.
		[ -z "$(header Strict-Transport-Security)" ]
	done
	for path in /my/ /account/login /account/session /my/children; do
		get "$path"
		[ "$(header Cache-Control)" = no-store ]
	done
}
