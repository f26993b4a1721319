#!/bin/bash
# The bench catalog of N programs, built by kruzhok and, where it is there, by
# Hugo: alternating runs, each into a fresh folder (deleting and recreating a
# tree costs ext4 ten times the write), medians of wall seconds and memory.
#
# usage: bench/generator.sh [PROGRAMS] [RUNS]
# Needs the maker and Hugo's twin in $SHARED/tools (default ../shared).
set -eu
cd "$(dirname "$0")/.."
n=${1:-10000} runs=${2:-5}
shared=${SHARED:-../shared}
maker=$shared/tools/make_catalog.py
if [ ! -f "$maker" ]; then
	echo "skipped: $maker is not there"
	exit 0
fi
kruzhok=$PWD/build/kruzhok
work=$(mktemp -d "${TMPDIR:-/tmp}/bench.XXXXXX")
trap 'rm -rf "$work"' EXIT
python3 "$maker" gen --programmes "$n" -o "$work/catalog.jsonl"
python3 "$maker" kruzhok "$work/catalog.jsonl" "$work/content"
hugo=
if command -v hugo >/dev/null; then
	hugo=yes
	mkdir "$work/hugo"
	cp -R "$shared/tools/peers/hugo/." "$work/hugo/"
	chmod -R u+w "$work/hugo"
	python3 "$maker" hugo "$work/catalog.jsonl" "$work/hugo/content"
fi

# Seconds and KiB of one run, appended to a file of its name.
timed() { # name command...
	local name=$1
	shift
	/usr/bin/time -a -o "$work/time.$name" -f '%e %U %S %M' "$@" >"$work/log" 2>&1 ||
	    { tail -n 5 "$work/log"; exit 1; }
}

median() { # file column
	awk -v c="$2" '{print $c}' "$1" | sort -n |
	    awk '{v[NR] = $1} END {print v[int((NR + 1) / 2)]}'
}

build() { # output extra...
	local out=$1
	shift
	timed "$name" "$kruzhok" build --content "$work/content" --output "$out" \
	    --catalog "$out.catalog.db" --now 2026-11-22T10:00:00+09:00 --quiet "$@"
}

for i in $(seq "$runs"); do
	[ -z "$hugo" ] || timed hugo hugo --quiet -s "$work/hugo" -d "$work/out.hugo.$i"
	name=html build "$work/out.html.$i" --only html
	name=whole build "$work/out.whole.$i"
done
for _ in $(seq "$runs"); do
	name=again build "$work/out.whole.1"
done
edited=$(find "$work/content/programs" -name '*.yaml' | sort | head -n 1)
for i in $(seq "$runs"); do
	sed -i "s/^summary:.*/summary: \"правка $i\"/" "$edited"
	name=edit build "$work/out.whole.1"
done

echo "programs: $n, runs: $runs, files: $(find "$work/out.whole.1" -type f | wc -l)"
printf '%-34s %8s %8s\n' what seconds MiB
row() { # file words
	[ -f "$work/time.$1" ] || return 0
	printf '%-34s %8s %8s\n' "$2" "$(median "$work/time.$1" 1)" \
	    "$(($(median "$work/time.$1" 4) / 1024))"
}
row hugo "Hugo, full"
row html "kruzhok, full, --only html"
row whole "kruzhok, full, everything"
row again "kruzhok, nothing changed"
row edit "kruzhok, one file changed"
if [ -n "$hugo" ]; then
	for name in html whole again edit; do
		awk -v a="$(median "$work/time.hugo" 1)" -v b="$(median "$work/time.$name" 1)" -v n="$name" \
		    'BEGIN {printf "Hugo / %-6s %.1f\n", n, a / (b > 0 ? b : 0.01)}'
	done
fi
