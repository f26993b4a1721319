// Checks every internal link of a built site: that the file is there, and the
// place in it (#id).  links.mjs FOLDER [BASE_URL]; prints FILE: LINK: WHY and
// a count; exit 1 when one leads nowhere.  With --kept behind the base URL the
// parts of the search are passed over: those of older builds stay for a while,
// named by no index, and may lead to what is gone.
import { readFileSync, readdirSync } from "node:fs";
import { join, posix } from "node:path";

const [root, base = "http://site.invalid", kept] = process.argv.slice(2);
if (!root) {
  console.error("usage: links.mjs FOLDER [BASE_URL [--kept]]");
  process.exit(2);
}
const site = new URL(base.endsWith("/") ? base : base + "/");

// What submitd answers is not in the folder.
const daemon = /^(my|account|org|operator|live|support)(\/|$)/;

function walk(folder, below = "") {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap(
    (e) => {
      const path = posix.join(below, e.name);
      return e.isDirectory() ? walk(folder, path) : [path];
    });
}

const files = new Set(walk(root));
const texts = new Map();

function text(path) {
  if (!texts.has(path)) texts.set(path, readFileSync(join(root, path), "utf8"));
  return texts.get(path);
}

const entities = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

function plain(s) {
  return s.replace(/&(amp|lt|gt|quot|#39);/g, (_, name) => entities[name]);
}

function markup(path) {
  return text(path)
    .replace(/<!--[^]*?-->/g, "")
    .replace(/(<script\b[^>]*>)[^]*?<\/script>/g, "$1");
}

const ids = new Map();

function placesOf(path) {
  if (!ids.has(path)) {
    const found = new Set([""]);
    for (const m of markup(path).matchAll(/\s(?:id|name)="([^"]*)"/g))
      found.add(plain(m[1]));
    ids.set(path, found);
  }
  return ids.get(path);
}

function linksOf(path) {
  const out = [];
  if (/\.(html|svg)$/.test(path)) {
    for (const tag of markup(path).matchAll(/<[a-zA-Z][^>]*>/g)) {
      for (const m of tag[0].matchAll(
        /\s(href|src|poster|action|data-live|content)="([^"]*)"/g)) {
        const url = plain(m[2]);
        // A content attribute is text but for addresses of our own.
        if (m[1] !== "content" || url.startsWith(site.href)) out.push(url);
        const refresh = /^\d+; *url=(.*)$/i.exec(url);
        if (m[1] === "content" && refresh) out.push(refresh[1]);
      }
      for (const m of tag[0].matchAll(/\ssrcset="([^"]*)"/g))
        for (const one of plain(m[1]).split(","))
          out.push(one.trim().split(/\s+/)[0]);
    }
  } else if (path.endsWith(".css")) {
    for (const m of text(path).matchAll(/url\(\s*["']?([^"')]*)["']?\s*\)/g))
      out.push(m[1]);
  } else if (path.endsWith(".xml")) {
    for (const m of text(path).matchAll(/<loc>([^<]*)<\/loc>|\shref="([^"]*)"/g))
      out.push(plain(m[1] ?? m[2]));
  } else if (path === "robots.txt") {
    for (const m of text(path).matchAll(/^Sitemap: (.*)$/gm)) out.push(m[1]);
  }
  return out;
}

// Why a link leads nowhere; "" when it leads somewhere, null when it is not
// one of the site's.
function why(from, link) {
  if (/^(data|mailto|tel|javascript):/.test(link)) return null;
  let url;
  try {
    url = new URL(link, new URL(encodeURI(from), site));
  } catch {
    return "no URL";
  }
  if (url.origin !== site.origin) return null;
  // The daemon stands at the root of the host, or below the site's path.
  if (daemon.test(url.pathname.slice(1))) return null;
  if (!url.pathname.startsWith(site.pathname)) return "outside the site";
  const path = decodeURIComponent(url.pathname.slice(site.pathname.length));
  if (daemon.test(path)) return null;
  const target = [path, path + ".html", posix.join(path, "index.html")].find(
    (p) => files.has(p) && !(p === path && path.endsWith("/")));
  if (target === undefined) return "no such file";
  if (target.endsWith("index.html") && path !== target && path !== "" &&
      !path.endsWith("/"))
    return "a folder without its last /";
  const place = decodeURIComponent(url.hash.slice(1));
  if (/\.(html|svg)$/.test(target) && !placesOf(target).has(place))
    return "no such place in " + target;
  return "";
}

let count = 0, broken = 0;
for (const from of [...files].sort()) {
  if (kept === "--kept" && from.startsWith("search/")) continue;
  const seen = new Set();
  for (const link of linksOf(from)) {
    if (seen.has(link)) continue;
    seen.add(link);
    const reason = why(from, link);
    if (reason === null) continue;
    count++;
    if (reason === "") continue;
    broken++;
    console.log(`${from}: ${link}: ${reason}`);
  }
}
console.log(`${count} links, ${broken} broken`);
process.exit(broken > 0 || count === 0 ? 1 : 0);
