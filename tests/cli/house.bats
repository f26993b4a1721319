#!/usr/bin/env bats
# The scripts that hold the house, fed with bad files.

setup() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	cd "$BATS_TEST_TMPDIR"
	mkdir -p docs base submitd/domain submitd/http generator/view tests themes
	cp "$ROOT/docs/layers.txt" "$ROOT/docs/rooms.txt" docs/
	: >Makefile
}

@test "layers passes a tree that keeps to its rows" {
	echo '#include "base/str.h"' >submitd/domain/good.c
	echo '#include "submitd/domain/good.h"' >tests/good_test.c
	run "$ROOT/tests/layers" .
	[ "$status" -eq 0 ] && [ -z "$output" ]
}

@test "layers names the file, the line and what it may not include" {
	printf '\n#include "submitd/http/route.h"\n' >submitd/domain/bad.c
	run "$ROOT/tests/layers" .
	[ "$status" -eq 1 ]
	[ "$output" = "submitd/domain/bad.c:2: may not include submitd/http/route.h" ]
}

@test "base may not include either program" {
	echo '#  include  "generator/view/view.h"' >base/bad.h
	run "$ROOT/tests/layers" .
	[ "$status" -eq 1 ]
	[ "$output" = "base/bad.h:1: may not include generator/view/view.h" ]
}

@test "an include is written from the root" {
	echo '#include "view.h"' >generator/view/bad.c
	run "$ROOT/tests/layers" .
	[ "$status" -eq 1 ]
	[[ $output == 'generator/view/bad.c:1: include "view.h" from the root'* ]]
}

@test "a folder without a row is told" {
	mkdir -p submitd/new
	echo >submitd/new/x.c
	run "$ROOT/tests/layers" .
	# submitd/new counts as submitd; a folder beside them does not.
	[ "$status" -eq 0 ]
	sed -i '/^submitd /d' docs/layers.txt
	run "$ROOT/tests/layers" .
	[ "$status" -eq 1 ]
	[[ $output == submitd/new/x.c:1:*'no row'* ]]
}

@test "a foreign header stays in its room" {
	echo '#include <sqlite3.h>' >submitd/domain/bad.c
	echo '#include <event2/event.h>' >submitd/http/bad.c
	echo '#include <sqlite3.h>' >base/db_sqlite.c
	echo '#include <yaml.h>' >tests/free_test.c
	run "$ROOT/tests/layers" .
	[ "$status" -eq 1 ] && [ "${#lines[@]}" -eq 2 ]
	[[ ${lines[0]} == 'submitd/domain/bad.c:1: may not include <sqlite3.h>: only base/db_sqlite.c'* ]]
	[[ ${lines[1]} == 'submitd/http/bad.c:1: may not include <event2/event.h>'* ]]
}

@test "without its tables layers does not pass" {
	: >docs/rooms.txt
	run "$ROOT/tests/layers" .
	[ "$status" -eq 1 ]
}

@test "banned passes what only looks bad" {
	cat >base/good.c <<'EOF'
/* strcpy(a, b) in a comment, // too
 * exit(1); <p> SELECT */
const char *s = "https://a.b // strcpy(x)", q = '"', *t = "a < b > c";
int x = my_strcpy(a) + a->free(b) + strncpy_x(c); /* one */ int y = 2;
typedef struct str (*resolve)(void *context);
const char *u = "SELECTED", *v = "drop \" /* <", *w = "%s <%s>";
EOF
	run "$ROOT/tests/banned" .
	[ "$status" -eq 0 ] && [ -z "$output" ]
}

banned() { # text, what is told of base/bad.c
	printf '%s\n' "$1" >base/bad.c
	run "$ROOT/tests/banned" .
	[ "$status" -eq 1 ] || return 1
	[ "$output" = "base/bad.c:1: $2" ] || { echo "$output"; return 1; }
	rm base/bad.c
}

@test "banned tells every kind" {
	for f in strcpy strcat sprintf vsprintf strncpy strncat strtok atoi \
	    gets system popen localtime gmtime rand; do
		banned "x = $f (a);" "$f(): not in this house"
	done
	banned 'p = malloc(1);' 'malloc(): only base/mem.c'
	banned 'free(p);' 'free(): only base/mem.c'
	banned 'exit(1);' 'exit(): only main'
	banned 'int x; // no' 'a line comment'
	banned 'char *s = "/*"; // no' 'a line comment'
	banned '# if 0' 'code that is switched off'
	banned 'typedef struct x x;' 'typedef of a struct'
	banned 's = "a <b>";' 'HTML outside themes/'
	banned 's = "</p";' 'HTML outside themes/'
	banned 's = "SELECT x";' 'SQL outside its rooms'
	banned '/* TODO later */' 'TODO without an issue number'
}

@test "SQL and malloc are at home in their rooms" {
	mkdir -p submitd/store
	echo 's = "SELECT x";' >submitd/store/statements.c
	echo 's = malloc(1);' >base/mem.c
	echo 'int main(void) { exit(1); }' >submitd/main.c
	run "$ROOT/tests/banned" .
	[ "$status" -eq 0 ]
}

@test "templates tells what stands on no list, and what is not there" {
	list() { printf '\t"%s",\n' "$@"; }
	mkdir -p generator/view submitd themes/default/{page,cabinet,mail} \
	    tests/fixture/theme/{page,cabinet,mail}
	list page/a.html >generator/view/templates.c
	list cabinet/b.html mail/c.txt >submitd/templates.c
	echo 'render("page/a.html");' >generator/view/x.c
	echo 'render("cabinet/b.html");' >submitd/x.c
	for t in themes/default tests/fixture/theme; do
		touch "$t"/page/a.html.mustache "$t"/cabinet/b.html.mustache \
		    "$t"/mail/c.txt.mustache
	done
	touch themes/default/mail/foot.txt.mustache
	run "$ROOT/tests/templates" .
	[ "$status" -eq 0 ] && [ -z "$output" ]
	touch themes/default/page/new.html.mustache
	rm tests/fixture/theme/mail/c.txt.mustache
	echo 'render("cabinet/late.html");' >>submitd/x.c
	run "$ROOT/tests/templates" .
	[ "$status" -eq 1 ]
	[ "${lines[0]}" = 'cabinet/late.html: named in a program, and not on its list' ]
	[ "${lines[1]}" = 'page/new.html: in the default theme, and not on the list' ]
	[ "${lines[2]}" = 'mail/c.txt: on the list, and not in tests/fixture/theme' ]
}
