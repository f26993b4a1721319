# What was answered is on the disk before the answer leaves, and a disk that
# fails ends the daemon instead of the truth.
bats_require_minimum_version 1.5.0

setup() {
	load common
	make_site
	make_demo
	# The leak checker cannot run beside strace.
	export ASAN_OPTIONS=detect_leaks=0
	visitor a
}

teardown() {
	[ -z "${TRACER:-}" ] || kill "$TRACER" 2>/dev/null || true
	clean_up
}

# trace OPTIONS: strace of the daemon's loop, into $DIR/trace.
trace() {
	command -v strace >/dev/null || skip 'strace is not installed'
	strace -y -p "$PID" -o "$DIR/trace" "$@" 2>"$DIR/strace" 3>&- &
	TRACER=$!
	for _ in $(seq 50); do
		! grep -q attached "$DIR/strace" || return 0
		kill -0 "$TRACER" 2>/dev/null || break
		sleep 0.1
	done
	TRACER=
	skip "strace may not trace here: $(head -1 "$DIR/strace")"
}

# Ends with the daemon's own exit code in STOPPED.
ended() {
	STOPPED=0
	for _ in $(seq 100); do
		kill -0 "$PID" 2>/dev/null || break
		sleep 0.1
	done
	! kill -0 "$PID" 2>/dev/null || false
	wait "$PID" || STOPPED=$?
	PID=
}

@test "twenty applications, and no answer leaves before its fdatasync" {
	start --limits off
	sign_in_demo guardian
	children=()
	for i in $(seq 10); do
		name=$(printf "\\u$(printf %x $((0x430 + i)))")
		add_child "Ландыш$name" Лев 2018-05-02
		[ "$STATUS" = 201 ]
		children+=("$CHILD")
	done
	csrf
	trace -s 24 -e trace=pwrite64,read,readv,recvfrom,recvmsg,write,writev,sendto,sendmsg,fdatasync,fsync
	for child in "${children[@]}"; do
		for group in nagruzka:a shahmaty:a; do
			curl -s -o /dev/null -b "$JAR" -w '%{http_code}\n' "$URL/my/applications" -d "csrf=$CSRF" \
			    -d "program=${group%:*}" -d "group=${group#*:}" -d "child=$child" \
			    -H 'Accept: application/json' >>"$DIR/codes" &
		done
	done
	wait $(jobs -p | grep -vxe "$PID" -e "$TRACER")
	[ "$(grep -cx 201 "$DIR/codes")" = 20 ]
	kill "$TRACER"
	wait "$TRACER" || true
	TRACER=
	# Between a request's last byte and its 201 its pages went to the log,
	# and the log to the disk.
	awk '
		{ fd = $0; sub(/^[a-z0-9]+\(/, "", fd); sub(/[^0-9].*/, "", fd) }
		/^(read|readv|recvfrom|recvmsg)\(.*POST \/my\/app/ { asked[fd] = NR; requests++ }
		/^pwrite64\(.*-wal>/ { written = NR }
		/^f(data)?sync\(.*-wal>\) += 0/ { if (written > synced) synced = NR }
		/^(write|writev|sendto|sendmsg)\(.*HTTP\/1\.1 201/ {
			answers++
			if (synced < asked[fd] || written > synced)
				early++
		}
		END {
			printf "%d requests, %d answers, %d early\n", requests, answers, early
			exit !(requests == 20 && answers == 20 && early == 0)
		}' "$DIR/trace"
}

@test "an I/O error at the commit: no success is answered, exit 3, and nothing is half there" {
	start --limits off
	sign_in_demo guardian
	add_child Ландышев Лев 2018-05-02
	child=$CHILD
	csrf
	key=$(new_key)
	trace -e trace=fdatasync,fsync -e inject=fdatasync,fsync:error=EIO
	send() {
		STATUS=$(curl -s -m 10 -b "$JAR" -D "$DIR/head" -o "$DIR/body" -w '%{http_code}' "$URL/my/applications" -d "csrf=$CSRF" \
		    -d "key=$key" -d program=robotika -d group=a -d "child=$child" -H 'Accept: application/json' || true)
	}
	send
	echo "answered $STATUS $(cat "$DIR/body")"
	[[ $STATUS == 503 || $STATUS == 000 ]]
	if [ "$STATUS" = 503 ]; then
		grep -qi '^Retry-After: [1-9]' "$DIR/head"
		[ "$(jq -r .type <"$DIR/body")" = /problems/unknown ]
	fi
	ended
	[ "$STOPPED" = 3 ]
	[ -s "$DIR/log" ]
	verb check
	TRACER=
	start --limits off
	send
	[ "$STATUS" = 201 ]
	get /my/applications -H 'Accept: application/json'
	[ "$(jq '.items | length' <<<"$BODY")" = 1 ]
	get /live/programs/robotika.json
	[ "$(jq .groups.a.taken <<<"$BODY")" = 1 ]
}

@test "an error of writing the log is answered as one, too" {
	start --limits off
	sign_in_demo guardian
	csrf
	trace -e trace=pwrite64 -e inject=pwrite64:error=EIO
	get /support -d full_name=Olga -d email=a@b.example -d text=Text -d "csrf=$CSRF" -H 'Accept: application/json' || true
	[[ $STATUS == 503 || $STATUS == 000 ]]
	ended
	[ "$STOPPED" = 3 ]
	verb check
}

@test "SIGTERM drains: what hashes is answered, idle ones are let go, exit 0 within 10 s" {
	start --limits off
	visitor a
	csrf
	# One idle, one that has sent half a request.
	exec 7<>"/dev/tcp/127.0.0.1/${URL##*:}"
	exec 8<>"/dev/tcp/127.0.0.1/${URL##*:}"
	printf 'POST /support HTTP/1.1\r\nHost: x\r\nContent-Le' >&8
	for i in 1 2 3 4; do
		curl -s -o /dev/null -w '%{http_code}\n' -b "$JAR" "$URL/account/register" -d "csrf=$CSRF" \
		    -d "email=a$i@pochta.example" --data-urlencode "password=$PASSWORD" \
		    --data-urlencode 'full_name=Ольга Седова' -d consent=pd:1 >"$DIR/status-$i" 3>&- &
	done
	sleep 0.03
	begin=$SECONDS
	stop
	[ "$STOPPED" = 0 ]
	[ $((SECONDS - begin)) -le 10 ]
	exec 7<&- 8<&-
	wait
	answered=$(cat "$DIR"/status-* | grep -cx 303) || true
	echo "$answered answered of 4: $(cat "$DIR"/status-* | paste -sd' ')"
	# Nobody got anything else than an answer or no connection.
	[ "$(cat "$DIR"/status-* | grep -vcxE '303|000|503')" = 0 ]
	[ "$(sqlite3 "$DIR/data.db" 'SELECT count(*) FROM registration')" = "$answered" ]
}

@test "while it drains, readiness says no and the listener is closed" {
	start --limits off
	get /readyz
	[ "$STATUS" = 200 ]
	port=${URL##*:}
	exec 8<>"/dev/tcp/127.0.0.1/$port"
	printf 'GET /readyz HTTP/1.1\r\nHost: 127.0.0.1\r\n' >&8
	sleep 0.2
	kill -TERM "$PID"
	sleep 0.3
	! (exec 7<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || false
	printf '\r\n' >&8
	reply=$(timeout 5 cat <&8 || true)
	exec 8<&-
	echo "$reply"
	[[ -z $reply || $reply == *' 503 '* || $reply == *' 408 '* ]]
	ended
	[ "$STOPPED" = 0 ]
}

@test "SIGINT ends it, too, and a client that is gone or a closed pipe does not" {
	start --limits off
	for _ in 1 2 3; do
		exec 8<>"/dev/tcp/127.0.0.1/${URL##*:}"
		printf 'GET /programs/robotika.html HTTP/1.1\r\nHost: x\r\n\r\n' >&8
		exec 8<&- 8>&-
	done
	kill -PIPE "$PID"
	sleep 0.2
	get /healthz
	[ "$STATUS" = 200 ]
	stop -INT
	[ "$STOPPED" = 0 ]
}
