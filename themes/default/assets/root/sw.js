/*
 * The service worker: pages once seen and their look, for when there is no
 * net.  With a net everything comes from it first, but for files whose name
 * carries their hash.  Nothing behind a login is kept, ever.
 */
"use strict";
const LOOK = "kruzhok-look" + location.search;
const SEEN = "kruzhok-seen-1";
const FILES = "kruzhok-files-1";
const LIMITS = { [SEEN]: 60, [FILES]: 120 };
const ROOT = new URL("./", location).pathname;
const OFFLINE = new URL("offline.html", location).href;
const PRIVATE = /^(account|my|org|operator|support|live|data)(\/|$)/;

/* A copy without the mark "redirected", which a page may not have. */
const plain = async (r) => new Response(await r.blob(),
    { status: r.status, headers: r.headers });

async function install() {
	const page = await fetch(OFFLINE, { cache: "reload" });
	if (!page.ok)
		throw new Error("no offline page");
	const cache = await caches.open(LOOK);
	const text = await page.clone().text();
	const named = text.matchAll(/(?:href|src)="([^"#]*\/assets\/[^"#]+)/g);

	await cache.addAll(new Set([...named].map((m) => m[1])));
	await cache.put(OFFLINE, await plain(page));
	await skipWaiting();
}

async function activate() {
	for (const name of await caches.keys())
		if (name.startsWith("kruzhok-") &&
		    ![LOOK, SEEN, FILES].includes(name))
			await caches.delete(name);
	await clients.claim();
}

/* The newest stands last; the oldest goes. */
async function keep(name, request, answer) {
	const cache = await caches.open(name);
	await cache.delete(request);
	await cache.put(request, answer);
	const keys = await cache.keys();
	for (const k of keys.slice(0, Math.max(0, keys.length - LIMITS[name])))
		await cache.delete(k);
}

async function file(event) {
	const kept = await caches.match(event.request);
	if (kept)
		return kept;
	const answer = await fetch(event.request);
	if (answer.status === 200)
		event.waitUntil(keep(FILES, event.request, answer.clone())
		    .catch(() => { /* no room */ }));
	return answer;
}

async function page(event, open) {
	try {
		const answer = await fetch(event.request);
		if (open && answer.status === 200 && !answer.redirected &&
		    /^text\/html/.test(answer.headers.get("Content-Type")))
			event.waitUntil(keep(SEEN, event.request.url,
			    answer.clone()).catch(() => { /* no room */ }));
		return answer;
	} catch (e) {
		const seen = open && await (await caches.open(SEEN)).match(
		    event.request.url, { ignoreSearch: true });
		return seen || await caches.match(OFFLINE) || Promise.reject(e);
	}
}

addEventListener("install", (e) => e.waitUntil(install()));
addEventListener("activate", (e) => e.waitUntil(activate()));
addEventListener("fetch", (e) => {
	const url = new URL(e.request.url);

	if (e.request.method !== "GET" || url.origin !== location.origin ||
	    !url.pathname.startsWith(ROOT))
		return;
	const path = url.pathname.slice(ROOT.length);
	if (e.request.mode === "navigate")
		e.respondWith(page(e, !PRIVATE.test(path)));
	else if (path.startsWith("assets/"))
		e.respondWith(file(e));
});
