// links.mjs FOLDER [/path ...]: every internal link, picture, script and
// anchor of the built pages leads somewhere.  Paths of the daemon count as
// there.  Prints the dead ones, then "links: N followed, M dead".
import fs from "node:fs";
import path from "node:path";

const root = process.argv[2];
const daemon = ["/my/", "/account/", "/live/", "/org/", "/operator/", "/support",
	...process.argv.slice(3)];
const files = new Map();

const walk = (folder) => {
	for (const e of fs.readdirSync(path.join(root, folder),
	    { withFileTypes: true })) {
		const name = `${folder}/${e.name}`;
		if (e.isDirectory())
			walk(name);
		else
			files.set(name, null);
	}
};

const decode = (s) => s.replace(/&amp;/g, "&").replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'").replace(/&lt;/g, "<").replace(/&gt;/g, ">");

const ids = (name) => {
	let found = files.get(name);
	if (!found) {
		found = new Set();
		const text = fs.readFileSync(path.join(root, name), "utf8");
		for (const m of text.matchAll(/\sid="([^"]*)"/g))
			found.add(m[1]);
		files.set(name, found);
	}
	return found;
};

/* As a web server finds files: folder, file, file without its ending. */
const file = (url) => {
	const plain = decodeURIComponent(url);
	return [plain, `${plain}index.html`, `${plain}.html`]
	    .find((name) => files.has(name));
};

walk("");
let followed = 0, dead = 0;
for (const name of [...files.keys()].filter((n) => n.endsWith(".html"))) {
	const text = fs.readFileSync(path.join(root, name), "utf8");
	for (const m of text.matchAll(/\s(?:href|src)="([^"]*)"/g)) {
		const link = decode(m[1]);
		if (/^(?:[a-z]+:|\/\/)/.test(link))
			continue;
		followed++;
		const [where, anchor] = link.split("#");
		const url = where.split("?")[0];
		const target = url === "" ? name
		    : url.startsWith("/") ? file(url)
		    : file(path.posix.join(path.posix.dirname(name), url));
		if (!target && daemon.some((d) => url.startsWith(d)))
			continue;
		if (target && (!anchor || ids(target).has(anchor)))
			continue;
		dead++;
		console.log(`${name}: ${link}`);
	}
}
console.log(`links: ${followed} followed, ${dead} dead`);
process.exit(dead > 0 ? 1 : 0);
