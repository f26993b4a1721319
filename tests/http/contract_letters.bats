# Letters as a mail program and a mail scanner see them, and links that hold
# once and not for ever.
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

@test "every kind of letter: a plain text first, in UTF-8, its link the first line of our address" {
	make_demo
	start --limits off
	register mama@family.example
	login mama@family.example
	post /account/reset email=mama@family.example
	post /account/register email=mama@family.example "password=$PASSWORD" 'full_name=Кто То' consent=pd:1
	add_child Ландышев Лев 2018-05-02
	apply "$CHILD" robotika a
	mine=$APPLICATION
	post_json /my/sign-ups "{\"event\":\"turnir\",\"category\":\"junior\",\"child\":[\"$CHILD\"]}"
	sign_in_demo guardian
	add_child Васильков Пётр 2018-05-02
	apply "$CHILD" robotika a
	waiting=$APPLICATION
	add_child Ландышев Лев 2018-05-02
	problem 409 duplicate
	post_json /my/children/claim '{"family_name":"Ландышев","given_name":"Лев","birth_date":"2018-05-02","municipality":"pervyy","way":"guardian"}'
	[ "$STATUS" = 201 ]
	sign_in_demo organizer
	post_json "/org/applications/$mine/decline" '{"reason":"other","comment":"Справка не подошла"}'
	[ "$STATUS" = 200 ]
	post_json "/org/applications/$waiting/approve" '{}'
	post_json "/org/applications/$waiting/contract" '{"number":"12","date":"2026-11-22"}'
	post_json "/org/applications/$waiting/enroll" '{"order_number":"7","order_date":"2026-11-22"}'
	post_json "/org/applications/$waiting/leave" '{"reason":"other","date":"2026-11-22"}'
	[ "$STATUS" = 200 ]
	# As the contract names them, in the order in which they were asked for.
	for kind in confirm reset already application-submitted application-waiting application-declined \
	    application-approved application-enrolled application-left claim; do
		for _ in $(seq 30); do
			[ "$(letters "$kind")" = 0 ] || break
			sleep 0.1
		done
		echo "letter $kind"
		[ "$(letters "$kind")" -ge 1 ]
	done
	n=0
	for EML in "$DIR"/mail/*.eml; do
		n=$((n + 1))
		echo "$EML"; cat "$EML" | head -40
		[ "${EML##*/}" = "$(printf %06d "$n").eml" ]
		head=$(sed '/^\r$/q' "$EML" | tr -d '\r')
		kind=$(sed -n 's/^X-Kruzhok-Letter: //p' <<<"$head")
		[[ $kind =~ ^[a-z-]+$ ]]
		grep -q '^MIME-Version: 1.0$' <<<"$head"
		grep -q '^Message-ID: <[^ ]*@[^ ]*>$' <<<"$head"
		grep -q '^Auto-Submitted: auto-generated$' <<<"$head"
		# The first part, whatever the letter's own type is.
		first=$(tr -d '\r' <"$EML" | awk '/^--/ { n++; next } n == 1')
		grep -qi '^Content-Type: text/plain; charset=utf-8' <<<"$first"
		to=$(sed -n 's/^To: <\(.*\)>$/\1/p' <<<"$head")
		letter "$kind" "$to"
		iconv -f UTF-8 -t UTF-8 <<<"$LETTER" >/dev/null
		[[ $LETTER == *Здравствуйте* ]]
		[[ $kind == support || -n $LINK ]]
		# The link is alone in its line, and it opens.
		[ "$(grep -m1 "^$URL" <<<"$LETTER")" = "$URL$LINK" ]
		[[ $LINK != *' '* ]]
		visitor scanner
		get "$LINK" -H 'Accept: text/html'
		[[ $STATUS == 200 || $STATUS == 303 ]]
	done
	[ "$n" -ge 12 ]
	# The subject tells and nobody is named in a header.
	! grep -hE '^(Subject|From|X-)' "$DIR"/mail/*.eml | grep -qE 'Ландышев|Васильков' || false
	letter application-declined mama@family.example
	[[ $LETTER == *'Справка не подошла'* ]]
}

@test "a mail scanner that opens every link changes nothing" {
	start --limits off
	post /account/register email=mama@family.example "password=$PASSWORD" 'full_name=Ольга Седова' consent=pd:1
	letter confirm mama@family.example
	for method in GET HEAD; do
		for _ in 1 2 3; do
			visitor "scanner-$method"
			get "$LINK" -X "$method" -m 2 || true
		done
	done
	get "$LINK"
	[ "$(grep -c '<button' <<<"$BODY")" -ge 1 ]
	[ "$(grep -oE "<form[^>]*action=\"[^\"]*confirm[^\"]*\"" <<<"$BODY" | wc -l)" = 1 ]
	visitor a
	post /account/login email=mama@family.example "password=$PASSWORD"
	[ "$STATUS" = 422 ]
	post "$LINK"
	[ "$STATUS" = 303 ]
	login mama@family.example
	post /account/reset email=mama@family.example
	letter reset mama@family.example
	visitor scanner
	for _ in 1 2 3; do
		get "$LINK"
		[ "$STATUS" = 200 ]
	done
	visitor b
	login mama@family.example
	visitor a
	post "$LINK" 'password=sinyaya lampa 12'
	[ "$STATUS" = 303 ]
}

@test "a reset's link holds for an hour by the clock; an old one leads to a new one" {
	hold_clock 2026-11-22T10:00:00+09:00
	register mama@family.example
	post /account/reset email=mama@family.example
	letter reset mama@family.example
	first=$LINK
	echo 2026-11-22T10:59:58+09:00 >"$DIR/clock"
	get "$first"
	[ "$STATUS" = 200 ]
	echo 2026-11-22T11:00:02+09:00 >"$DIR/clock"
	get "$first"
	[ "$STATUS" = 409 ]
	[[ $BODY == *'/account/reset'* ]]
	post "$first" 'password=sinyaya lampa 12'
	[ "$STATUS" = 409 ]
	post_json "$first" '{"password":"sinyaya lampa 12"}'
	problem 409 stale-link
	login mama@family.example
}

@test "a confirmation's link that is old, cut or foreign leads on" {
	hold_clock 2026-11-22T10:00:00+09:00
	post /account/register email=mama@family.example "password=$PASSWORD" 'full_name=Ольга Седова' consent=pd:1
	letter confirm mama@family.example
	for link in "${LINK%?????}" "${LINK}x" /account/confirm/x /account/reset/x; do
		get "$link"
		echo "$link $STATUS"
		[[ $STATUS == 404 || $STATUS == 409 ]]
		[[ $BODY == *'href="/account/'* ]]
		post "$link"
		[[ $STATUS == 404 || $STATUS == 409 || $STATUS == 422 ]]
	done
	echo 2026-12-24T10:00:00+09:00 >"$DIR/clock"
	get "$LINK"
	[ "$STATUS" = 409 ]
	[[ $BODY == *'href="/account/register'* ]]
	post "$LINK"
	[ "$STATUS" = 409 ]
	post /account/login email=mama@family.example "password=$PASSWORD"
	[ "$STATUS" = 422 ]
}

@test "a letter is there within a second, by rename, and only whole ones" {
	start --limits off
	for i in 1 2 3; do
		post /support full_name=Ольга email=q@pochta.example "text=Вопрос $i"
		[ "$STATUS" = 303 ]
		for _ in $(seq 10); do
			[ ! -e "$DIR/mail/00000$i.eml" ] || break
			sleep 0.1
		done
		[ -e "$DIR/mail/00000$i.eml" ]
		tail -c 2 "$DIR/mail/00000$i.eml" | od -An -tx1 | grep -q '0d 0a'
	done
	[ "$(ls -A "$DIR/mail" | grep -vc '^[0-9]*\.eml$')" = 0 ]
}

@test "another letter for a known address says that there is an account, and how to get in" {
	start --limits off
	register mama@family.example
	visitor b
	post /account/register email=MAMA@family.example "password=drugoy parol 5" 'full_name=Чужой Кто' consent=pd:1
	[ "$STATUS" = 303 ]
	letter already mama@family.example
	[[ $LINK == /account/* ]]
	[[ $LETTER != *Чужой* ]]
	# Neither the name nor the password of the account has changed.
	visitor a
	login mama@family.example
	get /my/ -H 'Accept: text/html'
	[[ $BODY != *Чужой* ]]
}

@test "no letter and no log names a password, a token in the log or a child" {
	make_demo
	start --limits off
	register mama@family.example
	login mama@family.example
	add_child Канарейкин Парфён 2018-05-02
	apply "$CHILD" robotika a
	post /my/children family_name=Канарейкин given_name=Парфён birth_date=0 municipality=pervyy
	post /support full_name=Ольга email=q@pochta.example 'text=Канарейкин не может'
	get /account/nothing/mama@family.example
	get '/account/login?email=mama@family.example&next=/my/'
	post /account/reset email=mama@family.example
	letter reset mama@family.example
	secret=${LINK##*/}
	sleep 0.5
	stop
	[ -s "$DIR/log" ] || echo '(the log is empty)'
	run ! grep -qiE 'Канарейкин|Парфён|mama|family\.example|pochta' "$DIR/log"
	run ! grep -qF -e "$PASSWORD" -e "$secret" "$DIR/log"
	run ! grep -rqF "$PASSWORD" "$DIR/mail"
}
