#!/usr/bin/env bats
# build --compress: ready bytes beside files of text, never those of others.

NOW=2026-11-20T09:00:00+09:00

setup() {
	ROOT=${ROOT:-$(cd "$BATS_TEST_DIRNAME/../.." && pwd)}
	KRUZHOK=${KRUZHOK:-$ROOT/build/release/kruzhok}
	cd "$BATS_TEST_TMPDIR"
	cp -R "$ROOT/content" content
	ln -s "$ROOT/themes" themes
}

build() { # options
	"$KRUZHOK" build --now $NOW --quiet "$@"
}

packed() { # folder: all compressed files
	(cd "$1" && find . -name '*.gz' -o -name '*.br' | sort)
}

# Every compressed file holds its file, and is smaller; says how many.
holds() { # folder
	node - "$1" <<-'EOF'
	const fs = require("fs"), path = require("path"), zlib = require("zlib");
	let n = 0;
	for (const f of fs.readdirSync(process.argv[2], { recursive: true }).map(String)) {
		const unpack = { ".gz": zlib.gunzipSync, ".br": zlib.brotliDecompressSync }[path.extname(f)];
		if (!unpack) continue;
		const packed = fs.readFileSync(path.join(process.argv[2], f));
		const plain = fs.readFileSync(path.join(process.argv[2], f.slice(0, -3)));
		if (!unpack(packed).equals(plain)) throw new Error(f + ": other bytes");
		if (packed.length >= plain.length) throw new Error(f + ": not smaller");
		n++;
	}
	console.log(n);
	EOF
}

look() {
	find "$@" -type f -printf '%p %i %T@ %s\n' | sort
}

@test "every text that gains by it has a .gz and a .br that hold it" {
	build
	cp -R public plain
	[ -z "$(packed public)" ]
	build --compress
	n=$(holds public)
	texts=$(find public -size +1k -regex \
	    '.*\.\(html\|css\|js\|json\|svg\|xml\|txt\|ics\)' | wc -l)
	[ "$n" -ge $((texts * 2)) ] && [ "$texts" -gt 300 ]
	[ -z "$(find public -name '*.png.*' -o -name '_headers.*')" ]
	# The rest is as without.
	find public -name '*.gz' -delete -o -name '*.br' -delete
	diff -r plain public
}

@test "the same bytes whatever jobs, and what was there before" {
	build --compress --jobs 1 --output a --catalog a.d/catalog.db
	build --output b --catalog b.d/catalog.db
	build --compress --jobs 3 --output b --catalog b.d/catalog.db
	diff -r a b
	tail -n +2 a.d/catalog.manifest.tsv >a.tsv
	tail -n +2 b.d/catalog.manifest.tsv | cmp - a.tsv
	packed a | while read -r f; do
		grep -q "^${f#./}	" a.tsv || exit 1
	done
}

@test "only what has changed is compressed again" {
	build --compress
	look public build >before
	build --compress
	look public build >after
	cmp before after
	sed -i 's/^title: .*/title: Глина и печь/' content/programs/keramika.yaml
	build --compress
	holds public
	look public >after
	# The other programs, their forms too, were not touched.
	grep -E 'programs/(teatr|vokal|gitara)\.html' before >others
	[ "$(wc -l <others)" -eq 9 ]
	grep -F -x -f after others | cmp - others
	! grep -F -x "$(grep 'programs/keramika.html.br' before)" after || false
}

@test "they go with their files, and in a build without the option" {
	build --compress
	cp -R public whole
	rm content/programs/keramika.yaml
	build --compress
	[ -z "$(find public -name 'keramika*')" ]
	holds public
	build --compress --only html
	holds public
	# A partial build leaves what it does not make, but no old form of a page.
	sed -i 's/^title: .*/title: Иначе/' content/programs/teatr.yaml
	build --only html
	[ ! -e public/programs/teatr.html.gz ] && [ -e public/events/all.ics.gz ]
	holds public
	build
	[ -z "$(packed public | grep -v '^./\(assets\|search\)/')" ]
	"$KRUZHOK" clean
	[ -z "$(find public -type f)" ]
}

@test "a form that is not that of its file is made again" {
	build --compress
	cp -R public whole
	echo old >public/index.html.gz
	rm public/programs/teatr.html.br
	cp public/programs/vokal.html.br public/programs/gitara.html.br
	build --compress
	diff -r whole public
	# A manifest that is lost costs time, nothing else.
	rm build/catalog.manifest.tsv
	echo old >public/index.html.br
	build --compress
	diff -r whole public
}

@test "a build that is killed leaves no old form behind the next one" {
	build --compress
	for n in 1 2 3 4 5 6; do
		sed -i "s/^title: .*/title: Выпуск $n/" content/site.yaml
		timeout -s KILL "0.0$((n * 2))" "$KRUZHOK" build --now $NOW \
		    --quiet --compress || true
		build --compress
		holds public
	done
	rm -rf build
	mv public killed
	build --compress
	(cd killed && find . -path ./assets -prune -o -type f -print | sort) >a
	(cd public && find . -path ./assets -prune -o -type f -print | sort) >b
	cmp a b
}
