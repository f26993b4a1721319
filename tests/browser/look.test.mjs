// The theme's tokens, styles and icons hold what the look promises: text
// reads at 4.5 to 1 and edges at 3 to 1, in the light and in the dark.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

const theme = fileURLToPath(new URL("../../themes/default/", import.meta.url));
const css = readFileSync(join(theme, "assets/css/site.css"), "utf8");

function tokens(block) {
	return Object.fromEntries([...block.matchAll(/--([\w-]+):\s*(#\w{6});/g)]
	    .map(([, name, hex]) => [name, hex]));
}

const roots = [...css.matchAll(/:root \{([^}]*)\}/g)].map((m) => m[1]);
const light = tokens(roots[0]);
const dark = { ...light, ...tokens(roots[1]) };

function luminance(hex) {
	const [r, g, b] = [1, 3, 5].map((i) => {
		const c = parseInt(hex.slice(i, i + 2), 16) / 255;
		return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
	});
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a, b) {
	const [hi, lo] = [luminance(a), luminance(b)].sort((x, y) => y - x);
	return (hi + 0.05) / (lo + 0.05);
}

const TEXT = 4.5, EDGE = 3;
const directions = ["technical", "science", "sports", "arts", "tourism",
	"social"].map((d) => "d-" + d);

// What stands on what, and how well it must be told from it.
const pairs = [
	[TEXT, "ink", ["bg", "surface", "sunk", "river-tint", "sun-tint",
		"ok-tint", "bad-tint", "sky", "m-1", "m-2", "m-3"]],
	[TEXT, "ink-2", ["bg", "surface", "sunk", "river-tint", "bad-tint"]],
	[TEXT, "river", ["bg", "surface", "river-tint", "sun-tint", "bad-tint",
		"sunk"]],
	[TEXT, "river-2", ["bg", "surface", "river-tint"]],
	[TEXT, "on-river", ["river", "river-2"]],
	[TEXT, "on-go", ["go", "go-2"]],
	[TEXT, "on-sun", ["sun"]],
	[TEXT, "sun-ink", ["sun-tint", "surface", "bg"]],
	[TEXT, "ok", ["surface", "bg", "ok-tint"]],
	[TEXT, "bad", ["surface", "bg", "bad-tint", "sunk"]],
	[TEXT, "foot-ink", ["foot"]],
	[TEXT, "foot-2", ["foot"]],
	[TEXT, "on-d", directions],
	[EDGE, "edge", ["bg", "surface", "sunk"]],
	[EDGE, "thread", ["bg", "surface"]],
	[EDGE, "free", ["bg", "surface"]],
	[EDGE, "river", ["m-1", "m-2", "m-3"]],
	[EDGE, "go-edge", ["bg", "surface"]],
	...directions.map((d) => [EDGE, d, ["bg", "surface"]]),
];

for (const [scheme, t] of [["light", light], ["dark", dark]])
	test(`pairs of the ${scheme} scheme are told apart`, () => {
		for (const [least, front, backs] of pairs)
			for (const back of backs) {
				assert.ok(t[front] && t[back],
				    `no token ${front} or ${back}`);
				const is = contrast(t[front], t[back]);
				assert.ok(is >= least, `${front} on ${back}: ` +
				    `${is.toFixed(2)}, want ${least}`);
			}
	});

for (const [scheme, t] of [["light", light], ["dark", dark]])
	test(`one of the rings is seen everywhere in the ${scheme}`, () => {
		for (const back of ["bg", "surface", "sunk", "foot",
			"river-tint", "sun-tint", "sky"])
			assert.ok(Math.max(contrast(t.focus, t[back]),
			    contrast(t["focus-2"], t[back])) >= EDGE, back);
	});

test("the dark scheme and print change only known tokens", () => {
	for (const root of roots.slice(1))
		for (const [, name] of root.matchAll(/--([\w-]+):/g))
			assert.ok(name === "d" || roots[0].includes(`--${name}:`),
			    name);
});

test("components name roles, no colours", () => {
	const rest = css.replace(/:root \{[^}]*\}/g, "")
	    .replace(/@media print[\s\S]*$/, "")
	    .replace(/\.sail \{[^}]*\}/, "");
	assert.deepEqual(rest.match(/#[0-9a-fA-F]{3,8}\b(?![^{}]*\{)/g), null);
});

test("every role that is used is a token", () => {
	const known = new Set([...css.matchAll(/--([\w-]+):/g)].map((m) => m[1]));
	for (const [, name] of css.matchAll(/var\(--([\w-]+)/g))
		assert.ok(known.has(name), name);
});

test("the styles fit the budget", () => {
	assert.ok(brotliCompressSync(css).length <= 16 * 1024);
});

function templates(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
	    e.isDirectory() ? templates(join(folder, e.name))
	        : e.name.endsWith(".mustache") ? [join(folder, e.name)] : []);
}

test("every icon that a template names is drawn", () => {
	const sprite = readFileSync(join(theme, "assets/img/icons.svg"), "utf8");
	const drawn = new Set([...sprite.matchAll(/<symbol id="([\w-]+)"/g)]
	    .map((m) => m[1]));
	let seen = 0;
	for (const file of templates(theme))
		for (const [, name] of readFileSync(file, "utf8")
		    .matchAll(/icons_svg\}\}#([\w-]+)"/g)) {
			seen++;
			assert.ok(drawn.has(name), `${file}: #${name}`);
		}
	assert.ok(seen > 0);
});

test("every asset that a template or the styles name is a file", () => {
	const names = new Set(["css", "js", "img", "root"].flatMap((folder) =>
	    readdirSync(join(theme, "assets", folder))
	        .map((f) => f.replace(/[^A-Za-z0-9]/g, "_"))));
	for (const file of templates(theme))
		for (const [, name] of readFileSync(file, "utf8")
		    .matchAll(/\{\{assets\.([\w-]+)\}\}/g))
			assert.ok(names.has(name), `${file}: assets.${name}`);
	for (const [, url] of css.matchAll(/url\(([^)]*)\)/g))
		readFileSync(join(theme, "assets/css", url));
});

// The dotted keys of strings/LANG.yaml: mappings, the last may be in a line.
function keys(lang) {
	const found = new Set(), path = [];
	for (const line of readFileSync(
	    join(theme, `strings/${lang}.yaml`), "utf8").split("\n")) {
		const m = /^( *)"?([A-Za-z_0-9-]+)"?:(.*)/.exec(line);
		if (!m)
			continue;
		path.length = m[1].length / 2;
		path.push(m[2]);
		found.add(path.join("."));
		if (m[3].startsWith(" {"))
			for (const [, key] of m[3]
			    .matchAll(/[{,] *"?([a-z_0-9-]+)"?: /g))
				found.add([...path, key].join("."));
	}
	return found;
}

// Plurals may differ: a language has the forms that CLDR knows for it.
const plural = (key) => /\.(one|few|many)$/.test(key);

for (const lang of ["ru", "en"])
	test(`every string that a template names is said (${lang})`, () => {
		const known = keys(lang), missing = new Set();
		for (const file of templates(theme))
			for (const [, key] of readFileSync(file, "utf8")
			    .matchAll(/\{\{#?\^?t\.([\w.]+)\}\}/g))
				if (!known.has(key) && !plural(key))
					missing.add(key);
		assert.deepEqual([...missing].sort(), []);
	});

// Keys that programs name whole; those made of parts are theirs to hold.
function sources(folder) {
	return readdirSync(folder, { withFileTypes: true }).flatMap((e) =>
	    e.isDirectory() ? sources(join(folder, e.name))
	        : e.name.endsWith(".c") ? [join(folder, e.name)] : []);
}

test("every string that a program names is said", () => {
	const known = keys("ru"), missing = [];
	const groups = new Set([...known].map((k) => k.split(".")[0]));
	for (const folder of ["generator", "submitd"])
		for (const file of sources(fileURLToPath(
		    new URL(`../../${folder}/`, import.meta.url))))
			for (const [, key] of readFileSync(file, "utf8")
			    .matchAll(/"([a-z_]+(?:\.[a-z_0-9-]+)+)"/g))
				if (groups.has(key.split(".")[0]) &&
				    !key.endsWith(".yaml") &&
				    !known.has(key))
					missing.push(`${file}: ${key}`);
	assert.deepEqual(missing, []);
});

test("both languages say the same", () => {
	const own = (lang) => [...keys(lang)].filter((k) => !plural(k)).sort();
	assert.deepEqual(own("ru"), own("en"));
});

test("the horizon is small", () => {
	const part = readFileSync(
	    join(theme, "part/horizon.html.mustache"), "utf8");
	assert.ok(part.length <= 3 * 1024);
});
