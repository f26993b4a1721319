# A catalog that changes under the daemon, and clocks that may only be set
# where nobody else can reach.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	make_demo
	own_content
	visitor a
}

teardown() {
	clean_up
}

taken_over() { # words of the log; waits for one more
	for _ in $(seq 50); do
		[ "$(grep -c "$1" "$DIR/log")" -lt "$2" ] || return 0
		sleep 0.1
	done
	cat "$DIR/log" >&2
	return 1
}

group() { # PROGRAM GROUP: its state for all to see
	get "/live/programs/$1.json"
	jq -c --arg g "$2" '.groups[$g] | [.seats, .taken, .waiting, .open]' <<<"$BODY"
}

# A family whose child stands in line for group a of robotika.
in_line() { # EMAIL FAMILY: the application in $APPLICATION
	register "$1@family.example"
	login "$1@family.example"
	add_child "$2" Лев 2018-05-02
	apply "$CHILD" robotika a
	[ "$STATUS" = 201 ]
}

state() { # APPLICATION: state and place
	get "/my/applications/$1" -H 'Accept: application/json'
	jq -c '[.state, .place]' <<<"$BODY"
}

@test "seats that rise promote the first in line, with a letter; those that shrink take from nobody" {
	start --limits off
	visitor one
	in_line one Первов
	visitor two
	in_line two Второв
	two=$APPLICATION
	visitor three
	in_line three Третьев
	three=$APPLICATION
	[ "$(state "$three")" = '["waiting",2]' ]
	sed -i 's/seats: 1$/seats: 2/' "$CONTENT/programs/robotika.yaml"
	build 2026-11-22T11:00:00+09:00
	taken_over 'took the new one' 1
	[ "$(group robotika a)" = '[2,2,1,true]' ]
	visitor two
	[ "$(state "$two")" = '["submitted",null]' ]
	get "/my/applications/$two" -H 'Accept: application/json'
	jq -e '[.events[].state] == ["waiting", "submitted"]' <<<"$BODY"
	letter application-submitted two@family.example
	visitor three
	[ "$(state "$three")" = '["waiting",1]' ]
	# Fewer seats than are taken: nobody loses one, and nobody gets one.
	sed -i 's/seats: 2$/seats: 1/' "$CONTENT/programs/robotika.yaml"
	build 2026-11-22T12:00:00+09:00
	taken_over 'took the new one' 2
	[ "$(group robotika a)" = '[1,2,1,true]' ]
	visitor two
	[ "$(state "$two")" = '["submitted",null]' ]
	post_json "/my/applications/$two/cancel" '{}'
	visitor three
	[ "$(state "$three")" = '["waiting",1]' ]
	get /live/availability.json
	jq -e '.free[2] == 0' <<<"$BODY"
	stop
	[ "$STOPPED" = 0 ]
	verb check
}

@test "an older catalog does not undo the seats of a newer one" {
	sed -i 's/seats: 1$/seats: 3/' "$CONTENT/programs/robotika.yaml"
	build 2026-11-22T11:00:00+09:00
	start --limits off
	[ "$(group robotika a)" = '[3,0,0,true]' ]
	sed -i 's/seats: 3$/seats: 1/' "$CONTENT/programs/robotika.yaml"
	build 2026-11-22T10:30:00+09:00
	sleep 1.5
	[ "$(group robotika a)" = '[3,0,0,true]' ]
}

@test "a group that vanishes keeps its applications and takes no more" {
	start --limits off
	visitor one
	in_line one Первов
	one=$APPLICATION
	python3 - "$CONTENT/programs/robotika.yaml" <<-'END'
	import re, sys
	text = open(sys.argv[1], encoding='utf-8').read()
	open(sys.argv[1], 'w', encoding='utf-8').write(re.sub(r'  - id: a\n.*?(?=  - id: b)', '', text, flags=re.S))
	END
	build 2026-11-22T11:00:00+09:00
	taken_over 'took the new one' 1
	[ "$(state "$one")" = '["submitted",null]' ]
	get "/my/applications/$one" -H 'Accept: text/html'
	[ "$STATUS" = 200 ]
	[[ $BODY == *'Робототехника'* ]]
	visitor two
	register two@family.example
	login two@family.example
	add_child Второв Лев 2018-05-02
	apply "$CHILD" robotika a
	[[ $STATUS == 404 || $STATUS == 409 ]]
	sign_in_demo organizer
	post_json "/org/applications/$one/approve" '{}'
	[[ $STATUS == 200 || $STATUS == 409 ]]
	stop
	verb check
}

@test "a catalog that is broken, cut, empty, foreign or gone leaves the old pair, and the log says so" {
	start --limits off
	good() {
		[ "$(group robotika a)" = '[1,0,0,true]' ]
		get /account/login
		[ "$STATUS" = 200 ]
		[[ $BODY == *'Навигатор'* ]]
	}
	cp "$DIR/catalog.db" "$DIR/whole"
	n=0
	for how in 'echo no catalog' "head -c 9000 $DIR/whole" true "cat $DIR/data.db" "head -c 4096 /dev/urandom"; do
		n=$((n + 1))
		$how >"$DIR/new"
		mv "$DIR/new" "$DIR/catalog.db"
		taken_over 'keeping the one before' "$n"
		good
	done
	rm "$DIR/catalog.db"
	sleep 1.3
	good
	cp "$DIR/whole" "$DIR/new"
	mv "$DIR/new" "$DIR/catalog.db"
	taken_over 'took the new one' 1
	good
	stop
	[ "$STOPPED" = 0 ]
}

@test "a theme that is broken leaves the old pair until both are whole" {
	cp -r "$ROOT/themes/default" "$DIR/theme"
	start --limits off --theme "$DIR/theme"
	echo '{{#open}}' >>"$DIR/theme/cabinet/account_login.html.mustache"
	touch "$DIR/catalog.db"
	taken_over 'keeping the one before' 1
	grep -q 'account_login.html.mustache:[0-9]*:[0-9]*: error' "$DIR/log"
	get /account/login
	[ "$STATUS" = 200 ]
	cp "$ROOT/themes/default/cabinet/account_login.html.mustache" "$DIR/theme/cabinet/"
	sed -i 's/<h1>/<h1>Вот и новая тема /' "$DIR/theme/cabinet/account_login.html.mustache"
	touch "$DIR/catalog.db"
	taken_over 'took the new one' 1
	get /account/login
	[[ $BODY == *'Вот и новая тема'* ]]
}

@test "--now starts the clock there and lets it run, --clock holds it" {
	start --limits off
	get /live/programs/robotika.json
	first=$(jq -r .at <<<"$BODY")
	[[ $first == 2026-11-22T10:00:0* ]]
	sleep 1.2
	get /live/programs/robotika.json
	[[ $(jq -r .at <<<"$BODY") > $first ]]
	stop
	echo 2026-11-22T15:30:00+09:00 >"$DIR/clock"
	NOW= start --limits off --clock "$DIR/clock"
	sleep 1.2
	get /live/programs/robotika.json
	[ "$(jq -r .at <<<"$BODY")" = 2026-11-22T15:30:00+09:00 ]
	# Another offset is the same moment; what is no time is not taken.
	echo 2026-11-22T07:30:00Z >"$DIR/clock"
	get /live/programs/robotika.json
	[ "$(jq -r .at <<<"$BODY")" = 2026-11-22T16:30:00+09:00 ]
	for bad in 'tomorrow' '' '2026-02-30T10:00:00Z'; do
		echo "$bad" >"$DIR/clock"
		get /live/programs/robotika.json
		[ "$STATUS" = 200 ]
		[ "$(jq -r .at <<<"$BODY")" = 2026-11-22T16:30:00+09:00 ]
	done
	rm "$DIR/clock"
	get /live/programs/robotika.json
	[ "$(jq -r .at <<<"$BODY")" = 2026-11-22T16:30:00+09:00 ]
}

@test "clocks that are no time, and clocks for strangers, are refused" {
	mapfile -t opts < <(options)
	refuse() { # status options
		local want=$1
		shift
		run --separate-stderr timeout 20 "$SUBMITD" serve "${opts[@]}" "$@"
		echo "$*: $status $stderr"
		[ "$status" = "$want" ]
		[ -n "$stderr" ]
		[[ $output != *listening* ]]
	}
	echo "$NOW" >"$DIR/clock"
	for listen in 0.0.0.0:0 '[::]:0'; do
		for base in https://x.example http://127.0.0.1:8080; do
			refuse 2 --listen "$listen" --base-url "$base" --now "$NOW"
			refuse 2 --listen "$listen" --base-url "$base" --clock "$DIR/clock"
			refuse 2 --listen "$listen" --base-url "$base" --limits off
		done
	done
	run ! timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --now tomorrow
	run ! timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --clock "$DIR/none"
	echo tomorrow >"$DIR/clock"
	run ! timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --clock "$DIR/clock"
}

@test "demo is for a loopback address only" {
	rm -f "$DIR"/data.db*
	for base in https://navigator.example http://navigator.example http://192.0.2.1 http://127.0.0.1.evil.example \
	    http://localhost.evil.example; do
		run --separate-stderr verb demo --base-url "$base" --now "$NOW"
		echo "$base: $status $stderr"
		[ "$status" = 2 ]
		[ -n "$stderr" ]
		[ -z "$output" ]
		[ ! -e "$DIR/data.db" ]
	done
	for base in http://127.0.0.1:8080 http://localhost:8080 'http://[::1]:8080'; do
		run -0 verb demo --base-url "$base" --now "$NOW"
	done
}
