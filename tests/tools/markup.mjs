// Reads the tags of every page as a browser does and tells what may not be
// there: scripts and styles of a page's own, handlers, addresses that run
// something, anything fetched from elsewhere.  markup.mjs FOLDER; exit 1 when
// there is any.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const root = process.argv[2];

function* pages(folder) {
	for (const e of readdirSync(folder, { withFileTypes: true }))
		if (e.isDirectory()) yield* pages(join(folder, e.name));
		else if (e.name.endsWith(".html")) yield join(folder, e.name);
}

// Elements and attributes that the templates have; what content could bring
// in is not among them.
const fetching = /^(src|srcset|poster|data|background|xlink:href)$/;
const known = new Set(("html head meta title link body header nav main footer " +
    "section article aside div span p a ul ol li dl dt dd h1 h2 h3 h4 h5 h6 " +
    "table caption thead tbody tfoot tr th td form fieldset legend label input " +
    "select optgroup option textarea button img figure figcaption picture " +
    "source svg defs use path g rect circle line polyline polygon text tspan desc " +
    "time strong em b i s small abbr address br hr code pre blockquote details " +
    "summary noscript script data output progress meter wbr sup sub del " +
    "template dialog search hgroup mark").split(" "));

function attributes(text) {
	const out = [];
	for (const m of text.matchAll(
	    /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+)))?/g))
		out.push([m[1].toLowerCase(), m[2] ?? m[3] ?? m[4] ?? ""]);
	return out;
}

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };
const plain = (s) =>
    s.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);

function faults(text) {
	const out = [];
	let at = 0, scripts = 0;
	// A tag ends at a > that is not inside an attribute's quotes.
	const tag = /<(\/?)([a-zA-Z][^\s/>]*)((?:"[^"]*"|'[^']*'|[^"'>])*)>/g;
	for (let m; (tag.lastIndex = at, m = tag.exec(text)) !== null;) {
		const [whole, close, name, rest] = m;
		at = tag.lastIndex;
		if (close) continue;
		if (!known.has(name.toLowerCase())) out.push(`<${name}>`);
		const all = attributes(rest), get = Object.fromEntries(all);
		for (const [key, value] of all) {
			const url = plain(value).trim();
			if (key.startsWith("on") || key === "style" || key === "srcdoc")
				out.push(`${key} in ${whole}`);
			if (/^(href|action|formaction|src)$/.test(key) &&
			    !/^(https?:|mailto:|tel:|[/#?.]|[a-z0-9-]+\.|$)/i.test(url))
				out.push(`${key}=${url}`);
			if (fetching.test(key) && /^([a-z]+:)?\/\//i.test(url))
				out.push(`${key}=${url}`);
		}
		if (name === "link" && /stylesheet|icon|preload/.test(get.rel) &&
		    /^([a-z]+:)?\/\//i.test(get.href))
			out.push(whole);
		if (name === "style") out.push(whole);
		if (name !== "script") continue;
		const end = text.indexOf("</script>", at);
		const body = text.slice(at, end);
		scripts++;
		at = end;
		if (get.type === "application/ld+json") {
			if (/<[!/]|<script/i.test(body)) out.push(`markup in ${whole}`);
			try {
				JSON.parse(body);
			} catch (e) {
				out.push(`${whole}: ${e.message}`);
			}
		} else if (!/^\/[^/]/.test(get.src ?? "") || body.trim() !== "") {
			out.push(whole);
		}
	}
	if (scripts !== (text.match(/<\/script>/g) ?? []).length)
		out.push("a script ends that did not begin");
	return out;
}

let count = 0, bad = 0;
for (const page of pages(root)) {
	count++;
	for (const fault of faults(readFileSync(page, "utf8"))) {
		bad++;
		console.log(`${page}: ${fault}`);
	}
}
console.log(`${count} pages, ${bad} faults`);
process.exit(bad > 0 || count === 0 ? 1 : 0);
