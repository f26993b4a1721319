# The database under the daemon: whose file it is, what survives a fault, what
# may be done beside it.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	visitor a
}

teardown() {
	if [ -n "${MOUNT:-}" ]; then
		stop
		umount "$MOUNT" || true
	fi
	clean_up
}

# Every verb that would write refuses, in words, and the file is as before.
untouched() { # words
	local before verb
	before=$(cat "$DIR"/data.db* | sha256sum)
	mapfile -t opts < <(options)
	for verb in serve migrate check backup export due demo; do
		case $verb in
		serve) set -- "$1" --listen 127.0.0.1:0 ;;
		backup) set -- "$1" "$DIR/copy.db" ;;
		export) set -- "$1" --output "$DIR/live.db" ;;
		*) set -- "$1" ;;
		esac
		run --separate-stderr timeout 20 "$SUBMITD" "$verb" "${@:2}" "${opts[@]}"
		echo "$verb: $status $output $stderr"
		[ "$status" = 3 ]
		[[ $stderr == *"data.db"* && $stderr == *"$1"* ]]
		rm -f "$DIR/data.db.lock"
		[ "$(cat "$DIR"/data.db* | sha256sum)" = "$before" ]
	done
}

@test "a database of a newer submitd is refused in words and left as it is" {
	verb migrate
	sqlite3 "$DIR/data.db" 'PRAGMA journal_mode=DELETE; PRAGMA user_version=99' >/dev/null
	rm -f "$DIR/data.db.lock"
	untouched 'newer submitd'
}

@test "a database of another program is refused in words and left as it is" {
	sqlite3 "$DIR/data.db" 'CREATE TABLE secrets (a); INSERT INTO secrets VALUES (1)'
	untouched 'another program'
	rm "$DIR/data.db"
	sqlite3 "$DIR/data.db" 'PRAGMA application_id=1234; PRAGMA user_version=1; CREATE TABLE account (id)'
	untouched 'another program'
}

@test "a file that is no database, or a damaged one, is refused and left as it is" {
	head -c 20000 /dev/urandom >"$DIR/data.db"
	untouched ''
	rm "$DIR/data.db"
	make_demo
	sqlite3 "$DIR/data.db" 'PRAGMA journal_mode=DELETE' >/dev/null
	rm -f "$DIR/data.db.lock"
	cp "$DIR/data.db" "$DIR/whole"
	# Cut in the middle of a page.
	head -c $(($(stat -c %s "$DIR/whole") / 2 + 100)) "$DIR/whole" >"$DIR/data.db"
	untouched ''
	# A page in the middle written over.
	cp "$DIR/whole" "$DIR/data.db"
	dd if=/dev/urandom of="$DIR/data.db" bs=4096 seek=5 count=30 conv=notrunc status=none
	mapfile -t opts < <(options)
	before=$(sha256sum <"$DIR/data.db")
	run -3 timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0
	run ! timeout 20 "$SUBMITD" check "${opts[@]}"
	[ "$(sha256sum <"$DIR/data.db")" = "$before" ]
}

@test "a folder that is not there, or may not be written, is exit 3 in words" {
	mapfile -t opts < <(options)
	run --separate-stderr timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 \
	    --database "sqlite:$DIR/none/data.db"
	[ "$status" = 3 ]
	[[ $stderr == *"$DIR/none/data.db"* ]]
	run --separate-stderr timeout 20 "$SUBMITD" check "${opts[@]}" --database "sqlite:$DIR/none.db"
	[ "$status" = 3 ]
	[[ $stderr == *'no such database'* ]]
	[ ! -e "$DIR/none.db" ]
}

@test "export, backup and check run beside a busy daemon and see whole turns" {
	make_demo
	start --limits off
	sign_in_demo guardian
	csrf
	jar=$JAR token=$CSRF
	for i in $(seq 40); do
		curl -s -o /dev/null -b "$jar" "$URL/support" -d full_name=Olga -d email=a@b.example -d "text=Text $i" \
		    -d "csrf=$token"
	done &
	load=$!
	for i in 1 2 3; do
		verb check
		verb backup "$DIR/copy-$i.db"
		verb export --output "$DIR/live-$i.db"
		[ "$(sqlite3 "$DIR/copy-$i.db" 'PRAGMA integrity_check')" = ok ]
		[ "$(sqlite3 "$DIR/live-$i.db" 'PRAGMA integrity_check')" = ok ]
	done
	wait "$load"
	# Public facts only in what the generator reads.
	! grep -aqE 'demo\.example|argon2' "$DIR/live-3.db" || false
	# A copy is a database that serves.
	stop
	[ "$STOPPED" = 0 ]
	cp "$DIR/copy-3.db" "$DIR/data.db"
	rm -f "$DIR/data.db-wal" "$DIR/data.db-shm"
	verb check
	start --limits off
	sign_in_demo guardian
}

@test "what writes takes the lock: exit 3 beside a daemon, words, nothing changed" {
	make_demo
	start
	for v in migrate due demo 'user add --role admin --email x@y.example'; do
		mapfile -t opts < <(options)
		run --separate-stderr "$SUBMITD" $v "${opts[@]}"
		echo "$v: $status $stderr"
		[ "$status" = 3 ]
		[[ $stderr == *'in use by another submitd'* ]]
	done
	# A second daemon, by another name of the same file.
	ln -s "$DIR" "$DIR/again"
	run -3 timeout 20 "$SUBMITD" serve "${opts[@]}" --listen 127.0.0.1:0 --database "sqlite:$DIR/again/data.db"
	get /healthz
	[ "$STATUS" = 200 ]
	# After kill -9 nothing has to be cleared away.
	stop -KILL
	start
	get /healthz
	[ "$STATUS" = 200 ]
}

@test "a full disk is 503 with the same key, reading goes on, and with room it goes on" {
	MOUNT=$DIR/small
	mkdir "$MOUNT"
	if ! mount -t tmpfs -o size=2m tmpfs "$MOUNT" 2>/dev/null; then
		MOUNT=
		skip 'no right to mount a small disk'
	fi
	start --limits off --database "sqlite:$MOUNT/data.db"
	csrf
	text=$(head -c 1500 /dev/zero | tr '\0' x)
	send() {
		get /support -d full_name=Olga -d email=a@b.example -d "text=$text" -d "csrf=$CSRF" \
		    -d "key=0123456789abcdef$1" -H 'Accept: application/json'
	}
	good=0
	for i in $(seq 4000); do
		send "$i"
		[ "$STATUS" = 200 ] || break
		good=$i
	done
	echo "after $good: $STATUS $BODY"
	problem 503 unknown
	[ "$(header Retry-After)" -ge 1 ]
	# Reading goes on, and writing is refused again and again.
	get /account/login
	[ "$STATUS" = 200 ]
	get /live/availability.json
	[ "$STATUS" = 200 ]
	get /healthz
	[ "$STATUS" = 200 ]
	send "$((good + 1))"
	[ "$STATUS" = 503 ]
	kill -0 "$PID"
	mount -o remount,size=30m "$MOUNT"
	send "$((good + 1))"
	echo "with room: $STATUS $BODY"
	[ "$STATUS" = 200 ]
	# Each once, though the last was sent three times.
	stop
	[ "$STOPPED" = 0 ]
	mapfile -t opts < <(options)
	"$SUBMITD" check "${opts[@]}" --database "sqlite:$MOUNT/data.db"
	[ "$(sqlite3 "$MOUNT/data.db" "SELECT count(*) FROM answered")" = "$((good + 1))" ]
	[ "$(sqlite3 "$MOUNT/data.db" "SELECT count(*) FROM mail WHERE kind = 'support'")" = "$((good + 1))" ]
}

@test "a clock that is set back, and one that runs ahead, break no seal" {
	make_demo
	echo 2026-11-22T10:00:30+09:00 >"$DIR/clock"
	NOW= start --limits off --clock "$DIR/clock"
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika b
	id=$APPLICATION
	echo 2026-11-22T10:05:00+09:00 >"$DIR/clock"
	sleep 1.3
	# Sealed; now rows of a time before it, and one far ahead of it.
	echo 2026-11-22T10:00:10+09:00 >"$DIR/clock"
	sign_in_demo organizer
	post_json "/org/applications/$id/approve" '{}'
	[ "$STATUS" = 200 ]
	sleep 1.3
	echo 2026-11-22T11:30:00+09:00 >"$DIR/clock"
	post_json "/org/applications/$id/contract" '{"number":"1","date":"2026-11-22"}'
	[ "$STATUS" = 200 ]
	echo 2026-11-22T10:10:00+09:00 >"$DIR/clock"
	post_json "/org/applications/$id/enroll" '{"order_number":"1","order_date":"2026-11-22"}'
	[ "$STATUS" = 200 ]
	echo 2026-11-22T10:12:00+09:00 >"$DIR/clock"
	sleep 1.3
	stop
	verb check
	rows=$(sqlite3 "$DIR/data.db" 'SELECT count(*) FROM audit')
	[ "$(sqlite3 "$DIR/data.db" 'SELECT max(last) FROM audit_seal')" = "$rows" ]
	# And a row that was changed is still seen.
	sqlite3 "$DIR/data.db" "UPDATE audit SET detail = 'x' WHERE n = 2"
	run -1 verb check
	[[ $output == *audit-seal* ]]
}

@test "export and backup never write over the database or the catalog" {
	make_demo
	before=$(sha256sum <"$DIR/data.db") catalog=$(sha256sum <"$DIR/catalog.db")
	ln -s "$DIR/data.db" "$DIR/same.db"
	for target in "$DIR/data.db" "$DIR/../${DIR##*/}/data.db" "$DIR/catalog.db" "$DIR/same.db"; do
		run --separate-stderr verb export --output "$target"
		echo "export to $target: $status $stderr"
		[ "$status" != 0 ]
		[ -n "$stderr" ]
		run ! verb backup "$target"
		[ "$(sha256sum <"$DIR/data.db")" = "$before" ]
		[ "$(sha256sum <"$DIR/catalog.db")" = "$catalog" ]
	done
	# Over the live.db of before it writes, of course.
	verb export --output "$DIR/live.db"
	verb export --output "$DIR/live.db"
	verb check
}
