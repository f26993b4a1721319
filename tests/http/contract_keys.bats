# One key, one effect: an answer that was lost can be asked for again.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	make_demo
}

teardown() {
	clean_up
}

# apply_with KEY [GROUP] [curl options]
apply_with() {
	local key=$1 group=${2:-b}
	shift
	[ $# -eq 0 ] || shift
	post_json /my/applications "{\"program\":\"robotika\",\"group\":\"$group\",\"child\":\"$CHILD\"}" \
	    -H "Idempotency-Key: $key" "$@"
}

applications() {
	get /my/applications -H 'Accept: application/json'
	jq '.items | length' <<<"$BODY"
}

head_of() { # the head, but for the date
	grep -v '^Date' <<<"$HEAD"
}

@test "the same key gives the same answer, head and all, and one effect" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply_with "$(printf 'k%.0s' $(seq 16))"
	[ "$STATUS" = 201 ]
	once="$STATUS $(head_of) $BODY"
	apply_with "$(printf 'k%.0s' $(seq 16))"
	[ "$once" = "$STATUS $(head_of) $BODY" ]
	# Later the application is another; the answer is still that of then.
	post_json "/my/applications/$(jq -r .id <<<"$BODY")/cancel" '{}'
	apply_with "$(printf 'k%.0s' $(seq 16))"
	[ "$once" = "$STATUS $(head_of) $BODY" ]
	[ "$(applications)" = 1 ]
	# In the body or in the head, of a form or of JSON: one key.
	post_json /my/applications "{\"key\":\"$(printf 'k%.0s' $(seq 16))\",\"program\":\"robotika\",\"group\":\"b\",\"child\":\"$CHILD\"}"
	[ "$STATUS" = 201 ]
	[ "$(applications)" = 1 ]
}

@test "a key is 16 to 64 characters, else 422 and nothing is done" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	for n in 1 15 65; do
		apply_with "$(printf "%${n}s" | tr ' ' k)"
		problem 422 fields
		[ "$(jq -r '.errors[0].field' <<<"$BODY")" = key ]
	done
	post_json /my/applications "{\"key\":\"short\",\"program\":\"robotika\",\"group\":\"b\",\"child\":\"$CHILD\"}"
	[ "$STATUS" = 422 ]
	[ "$(applications)" = 0 ]
	apply_with "$(printf '%64s' | tr ' ' k)"
	[ "$STATUS" = 201 ]
}

@test "a refusal is not kept: the same key may succeed later" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	key=$(new_key)
	apply_with "$key" nogroup
	[ "$STATUS" = 404 ]
	apply_with "$key"
	[ "$STATUS" = 201 ]
	id=$(jq -r .id <<<"$BODY")
	key=$(new_key)
	apply_with "$key"
	problem 409 duplicate
	post_json "/my/applications/$id/cancel" '{}'
	apply_with "$key"
	[ "$STATUS" = 201 ]
	[ "$(applications)" = 2 ]
}

@test "a key is of one account and one route" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	key=$(new_key)
	apply_with "$key"
	[ "$STATUS" = 201 ]
	post_json "/my/children/$CHILD/certificate" '{}' -H "Idempotency-Key: $key"
	[ "$STATUS" = 201 ]
	sign_in_demo guardian2
	add_child Васильков Пётр 2018-05-02
	apply_with "$key"
	[ "$STATUS" = 201 ]
	[ "$(jq -r .child <<<"$BODY")" = "$CHILD" ]
	# Nobody can fetch another's answer with a key.
	visitor nobody
	apply_with "$key"
	problem 401 login
}

@test "sixteen taps at once with one key are one application" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	csrf
	key=$(new_key)
	for i in $(seq 16); do
		curl -s -b "$JAR" -o "$DIR/tap-$i" -w '%{http_code}\n' "$URL/my/applications" -d "csrf=$CSRF" \
		    -d "key=$key" -d program=robotika -d group=b -d "child=$CHILD" -H 'Accept: application/json' \
		    >"$DIR/status-$i" &
	done
	wait $(jobs -p | grep -v "^$PID$")
	[ "$(sort -u "$DIR"/status-*)" = 201 ]
	[ "$(cat "$DIR"/tap-* | sort -u | wc -l)" = 1 ]
	[ "$(applications)" = 1 ]
	letter application-submitted guardian@demo.example
	sleep 0.7
	[ "$(letters application-submitted)" = 1 ]
}

@test "sixteen taps at once with different keys are one application and fifteen times 409" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	csrf
	for i in $(seq 16); do
		curl -s -b "$JAR" -o "$DIR/tap-$i" -w '%{http_code}\n' "$URL/my/applications" -d "csrf=$CSRF" \
		    -d "key=$(new_key)" -d program=robotika -d group=b -d "child=$CHILD" \
		    -H 'Accept: application/json' >"$DIR/status-$i" &
	done
	wait $(jobs -p | grep -v "^$PID$")
	[ "$(cat "$DIR"/status-* | grep -c 201)" = 1 ]
	[ "$(cat "$DIR"/status-* | grep -c 409)" = 15 ]
}

@test "a key is kept for 48 hours, over a restart, and not for ever" {
	echo "$NOW" >"$DIR/clock"
	NOW= start --limits off --clock "$DIR/clock"
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	key=$(new_key)
	apply_with "$key"
	[ "$STATUS" = 201 ]
	once=$BODY
	echo 2026-11-24T09:59:00+09:00 >"$DIR/clock"
	stop
	NOW= start --limits off --clock "$DIR/clock"
	sleep 1.2
	apply_with "$key"
	[ "$STATUS" = 201 ]
	[ "$BODY" = "$once" ]
	echo 2026-11-24T11:01:00+09:00 >"$DIR/clock"
	sleep 1.2
	apply_with "$key"
	problem 409 duplicate
	# What came of it is not kept in the database for ever, either.
	stop
	[ "$(sqlite3 "$DIR/data.db" 'SELECT count(*) FROM answered')" = 0 ]
}
