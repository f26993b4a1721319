// Without a net: pages once seen, an honest page for the others, nothing of
// what lies behind a login; and with a net all is as without the worker.
import assert from "node:assert/strict";
import { appendFileSync, cpSync, readFileSync, readdirSync, rmSync }
    from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { gzipSync } from "node:zlib";
import { chromium } from "playwright-core";
import { root, startSite } from "../tools/site.mjs";

let site, browser, demo;

before(async () => {
	site = await startSite();
	demo = site.submitd("demo").split("\n").map((l) => l.split(" "))
	    .find((d) => d[1] === "guardian");
	await site.start();
	browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
});

after(async () => {
	await browser?.close();
	await site?.stop();
	site?.remove();
});

// A visitor whose worker has taken over.
async function visitor(on = site) {
	const context = await browser.newContext();
	const page = await context.newPage();

	page.faults = [];
	page.on("pageerror", (e) => page.faults.push(`${e}`));
	page.on("console", (m) => {
		if (/Content Security Policy/i.test(m.text()))
			page.faults.push(m.text());
	});
	await page.goto(`${on.url}/`);
	await page.evaluate(async () => {
		await navigator.serviceWorker.ready;
		if (!navigator.serviceWorker.controller)
			await new Promise((done) => navigator.serviceWorker
			    .addEventListener("controllerchange", done));
	});
	return page;
}

const kept = (page) => page.evaluate(async () => {
	const all = [];
	for (const name of await caches.keys())
		for (const r of await (await caches.open(name)).keys())
			all.push(new URL(r.url).pathname);
	return all;
});

async function until(check) {
	for (let i = 0; i < 50; i++) {
		if (await check())
			return;
		await new Promise((done) => setTimeout(done, 100));
	}
	assert.fail("it did not come");
}

test("the manifest names the site and pictures that are there", async () => {
	const read = async (path) => {
		const answer = await fetch(new URL(path, site.url));
		assert.equal(answer.status, 200, path);
		return answer;
	};
	const html = await (await read("/")).text();
	const [, path] = html.match(/rel="manifest" href="([^"]+)"/);
	const answer = await read(path);
	const manifest = await answer.json();

	assert.match(answer.headers.get("content-type"),
	    /application\/manifest\+json/);
	assert.match(manifest.name, /Навигатор/);
	assert.deepEqual(manifest.icons.map((i) => i.sizes),
	    ["192x192", "512x512"]);
	for (const icon of manifest.icons) {
		const bytes = Buffer.from(
		    await (await read(icon.src)).arrayBuffer());
		const side = bytes.readUInt32BE(16);
		assert.equal(`${side}x${side}`, icon.sizes);
		assert.ok(bytes.length <= 20 * 1024);
	}
	await read(manifest.start_url);
});

test("a page once seen is there without a net, another says why not",
    async () => {
	const page = await visitor();

	await page.goto(`${site.url}/programs/robotika.html`);
	await until(async () => (await kept(page))
	    .includes("/programs/robotika.html"));
	assert.equal(await page.locator("[data-offline]").isVisible(), false);
	await page.context().setOffline(true);

	await page.goto(`${site.url}/programs/robotika.html?from=mail`);
	assert.match(await page.textContent("h1"), /Робототехника/);
	assert.ok(await page.locator("[data-offline]").isVisible());
	assert.equal(await page.evaluate(() =>
	    getComputedStyle(document.body).containerType), "inline-size");

	await page.goto(`${site.url}/programs/shahmaty.html`);
	assert.equal(await page.textContent("h1"), "Нет связи");
	assert.equal(page.url(), `${site.url}/programs/shahmaty.html`);
	assert.equal(await page.locator("[data-offline]").isVisible(), false);
	assert.equal(await page.evaluate(() =>
	    getComputedStyle(document.body).containerType), "inline-size");

	await page.context().setOffline(false);
	await page.click("[data-again]");
	await page.waitForSelector("h1:has-text('Шахматы')");
	assert.deepEqual(page.faults, []);
	await page.context().close();
});

test("nothing behind a login, and nothing live, is kept", async () => {
	const page = await visitor();

	await page.goto(`${site.url}/account/login`);
	await page.fill("[name=email]", demo[2]);
	await page.fill("[name=password]", demo[3]);
	await page.click("main form .btn-primary");
	await page.waitForURL((u) => u.pathname === "/my/");
	for (const path of ["/my/children", "/my/applications",
		"/programs/robotika.html", "/account/password"])
		await page.goto(site.url + path);
	await until(async () => (await kept(page))
	    .includes("/programs/robotika.html"));
	const all = await kept(page);
	assert.deepEqual(all.filter((p) =>
	    !/^\/(assets\/|programs\/|offline\.html|$|index\.html$)/.test(p)),
	[]);
	await page.context().setOffline(true);
	await page.goto(`${site.url}/my/children`);
	assert.equal(await page.textContent("h1"), "Нет связи");
	await page.context().close();
});

test("a new build is seen at once, and the old look is thrown away",
    async () => {
	const own = join(tmpdir(), `kruzhok-theme-${process.pid}`);
	cpSync(join(root, "themes/default"), own, { recursive: true });
	const mine = await startSite({ theme: own });
	try {
		await mine.start();
		const page = await visitor(mine);
		const before = await page.evaluate(() => caches.keys());

		appendFileSync(join(own, "assets/css/site.css"),
		    "\n.new-look { color: var(--ink); }\n");
		appendFileSync(join(own, "part/footer.html.mustache"),
		    '<p class="new-look">new</p>\n');
		mine.build();
		await page.goto(`${mine.url}/`);
		assert.equal(await page.locator(".new-look").count(), 1);
		await until(async () => {
			const now = await page.evaluate(() => caches.keys());
			const look = now.filter((n) => /-look/.test(n));
			return look.length === 1 && !before.includes(look[0]);
		});
		await page.context().setOffline(true);
		await page.goto(`${mine.url}/programs/shahmaty.html`);
		assert.equal(await page.locator(".new-look").count(), 1);
		await page.context().close();
	} finally {
		await mine.stop();
		mine.remove();
		rmSync(own, { recursive: true, force: true });
	}
});

test("all scripts of a page are 15 KiB at most, compressed", () => {
	const assets = join(site.pages, "assets");
	const bytes = readdirSync(assets).filter((f) => f.endsWith(".js"))
	    .map((f) => gzipSync(readFileSync(join(assets, f))).length);

	bytes.push(gzipSync(readFileSync(join(site.pages, "sw.js"))).length);
	assert.ok(bytes.length >= 4);
	assert.ok(bytes.reduce((a, b) => a + b) <= 15 * 1024, `${bytes}`);
});
