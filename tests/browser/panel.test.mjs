// «Версия для слабовидящих»: what is chosen stays, on the site's pages and on
// the daemon's; every scheme keeps two colours that one can read; nothing
// scrolls sideways at twice the text; and it works without script.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { root, startSite } from "../tools/site.mjs";

const axe = readFileSync(
    createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa",
	"best-practice"];
const pages = ["/", "/programs/index.html", "/programs/akvarel.html",
	"/events/2026-12.html", "/events/astro-noch.html",
	"/municipalities/index.html", "/account/login", "/account/register"];
const schemes = {
	white: ["rgb(255, 255, 255)", "rgb(0, 0, 0)"],
	black: ["rgb(0, 0, 0)", "rgb(255, 255, 255)"],
	blue: ["rgb(157, 209, 255)", "rgb(6, 40, 90)"],
	beige: ["rgb(247, 231, 198)", "rgb(74, 42, 10)"],
};

let site, browser;

before(async () => {
	site = await startSite({ content: join(root, "content") });
	await site.start();
	browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
});

after(async () => {
	await browser?.close();
	await site?.stop();
	site?.remove();
});

async function visitor(width, options = {}) {
	const context = await browser.newContext({
		viewport: { width, height: 800 }, ...options });
	return context.newPage();
}

const choose = (page, name, value) => page.locator(
    `.panel input[name=${name}][value="${value}"]`).check();
const size = (page) => page.evaluate(() =>
    getComputedStyle(document.documentElement).fontSize);
const colours = (page) => page.evaluate(() => [
	getComputedStyle(document.documentElement).backgroundColor,
	getComputedStyle(document.body).color]);
const aside = (page) => page.evaluate(() =>
    document.documentElement.scrollWidth -
    document.documentElement.clientWidth);

async function faultsOf(page) {
	await page.evaluate(axe);
	const found = await page.evaluate((rules) =>
	    axe.run(document, { runOnly: rules }), RULES);
	return found.violations.map((v) => `${page.url()}: ${v.id} ${v.nodes
	    .map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`);
}

test("what is chosen stays, the panel does not", async () => {
	const page = await visitor(1280);

	await page.goto(`${site.url}/`);
	// The first link of the page after the one to the content.
	await page.keyboard.press("Tab");
	await page.keyboard.press("Tab");
	assert.equal(await page.evaluate(() =>
	    document.activeElement.textContent), "Версия для слабовидящих");
	await page.keyboard.press("Enter");
	assert.deepEqual(await faultsOf(page), []);
	await page.keyboard.press("Tab");
	await page.keyboard.press("ArrowRight");
	assert.equal(await size(page), "24px");
	await choose(page, "colours", "blue");
	await choose(page, "spacing", "wide");
	await choose(page, "letters", "serif");
	await choose(page, "pictures", "off");
	await page.click("[data-done]");
	assert.equal(await page.locator(".panel").getAttribute("open"), null);
	assert.ok(await page.evaluate(() =>
	    document.activeElement.matches(".panel > summary")));

	for (const path of ["/programs/akvarel.html", "/account/login"]) {
		await page.goto(site.url + path);
		assert.equal(await page.locator(".panel[open]").count(), 0);
		assert.equal(await size(page), "24px", path);
		assert.deepEqual(await colours(page), schemes.blue, path);
		assert.match(await page.evaluate(() =>
		    getComputedStyle(document.body).fontFamily), /^Georgia/);
		assert.notEqual(await page.evaluate(() =>
		    getComputedStyle(document.body).letterSpacing), "normal");
		assert.equal(await page.locator("img:visible").count(), 0);
		assert.equal(await page.locator(".panel :checked").count(), 5);
		assert.ok(await page.locator(
		    '.panel [value="150"]').isChecked());
	}

	await page.click(".panel > summary");
	await page.click(".panel [type=reset]");
	await page.waitForFunction(() =>
	    !document.documentElement.dataset.colours);
	await page.goto(`${site.url}/`);
	assert.equal(await size(page), "16px");
	assert.ok(await page.locator("img:visible").count() > 0);
	assert.equal(await page.evaluate(() => localStorage.length), 0);
	await page.context().close();
});

test("the choice stands before the first paint", async () => {
	const page = await visitor(1280);

	await page.addInitScript(() => {
		localStorage.setItem("panel", "colours=black&size=200");
		// What <html> has when its body begins to be.
		new MutationObserver((_, o) => {
			if (!document.body)
				return;
			window.atBody = document.documentElement.dataset.colours;
			o.disconnect();
		}).observe(document, { childList: true, subtree: true });
	});
	await page.goto(`${site.url}/events/2026-12.html`);
	assert.equal(await page.evaluate(() => window.atBody), "black");
	await page.context().close();
});

test("values that are none leave the page as it is", async () => {
	const page = await visitor(1280);
	const errors = [];

	page.on("pageerror", (e) => errors.push(e));
	await page.addInitScript(() => localStorage.setItem("panel",
	    "size=900&x=%zz&colours="));
	await page.goto(`${site.url}/`);
	assert.deepEqual(errors, []);
	assert.equal(await size(page), "16px");
	await page.click(".panel > summary");
	await choose(page, "size", "150");
	assert.equal(await size(page), "24px");
	await page.context().close();
});

test("without script it holds on its page, and says so", async () => {
	const page = await visitor(360, { javaScriptEnabled: false });

	await page.goto(`${site.url}/programs/akvarel.html`);
	await page.click(".panel > summary");
	await page.click('.pick:has([value="200"])');
	await page.click(".pick:has([value=beige])");
	await page.click(".pick:has([value=wide])");
	assert.equal(await size(page), "32px");
	assert.deepEqual(await colours(page), schemes.beige);
	assert.equal(await aside(page), 0);
	assert.match(await page.textContent(".panel-sheet noscript"),
	    /на этой странице/);
	await page.press('.panel [value="200"]', "Enter");
	assert.equal(page.url(), `${site.url}/programs/akvarel.html`);
	await page.click(".panel [type=reset]");
	assert.equal(await size(page), "16px");
	await page.context().close();
});

for (const [name, pair] of Object.entries(schemes))
	test(`the scheme ${name} has two colours on every page`,
	    { timeout: 120_000 }, async () => {
		const page = await visitor(1280);
		const faults = [];

		await page.addInitScript((n) =>
		    localStorage.setItem("panel", `colours=${n}`), name);
		for (const path of pages) {
			await page.goto(site.url + path);
			assert.deepEqual(await colours(page), pair);
			faults.push(...await faultsOf(page));
			const seen = await page.evaluate(others, pair);
			faults.push(...seen.map((s) => `${path}: ${s}`));
		}
		await page.context().close();
		assert.deepEqual(faults, []);
	});

// What is painted in a third colour; runs in the page.  Pictures and the
// panel's own tiles apart.
function others(pair) {
	const found = new Set();
	for (const e of document.body.querySelectorAll("*")) {
		const box = e.getBoundingClientRect();
		if (box.width === 0 || e.closest(".pick, img, .brand img"))
			continue;
		const s = getComputedStyle(e);
		for (const p of ["color", "backgroundColor",
			"borderTopColor", "borderLeftColor"]) {
			if (s[p] === "rgba(0, 0, 0, 0)" ||
			    p.startsWith("border") &&
			    s[p.replace("Color", "Width")] === "0px")
				continue;
			if (!pair.includes(s[p]))
				found.add(`${e.tagName}.${e.className.baseVal ??
				    e.className} ${p} ${s[p]}`);
		}
	}
	return [...found];
}

test("nothing scrolls sideways at twice the text", { timeout: 120_000 },
    async () => {
	const faults = [];

	for (const width of [320, 360]) {
		const page = await visitor(width);

		await page.addInitScript(() => localStorage.setItem("panel",
		    "size=200&spacing=wide&letters=serif&colours=white"));
		for (const path of pages) {
			await page.goto(site.url + path);
			assert.equal(await size(page), "32px");
			await page.click(".panel > summary");
			await page.click(".menu > summary");
			const over = await aside(page);
			if (over > 0)
				faults.push(`${path} at ${width}: ${over}`);
		}
		await page.context().close();
	}
	assert.deepEqual(faults, []);
});

test("paper and forced colours", async () => {
	const page = await visitor(1280, { forcedColors: "active" });

	await page.goto(`${site.url}/`);
	await page.click(".panel > summary");
	const widths = await page.evaluate(() => [
		...document.querySelectorAll(".panel [name=size] + span")]
	    .map((e) => getComputedStyle(e).borderTopWidth));
	assert.deepEqual(widths, ["4px", "2px", "2px"]);
	await page.emulateMedia({ media: "print", forcedColors: "none" });
	assert.equal(await page.locator(".panel").isVisible(), false);
	await page.evaluate(() => {
		document.documentElement.dataset.colours = "black";
	});
	assert.deepEqual(await page.evaluate(() => [
		getComputedStyle(document.documentElement).backgroundColor,
		getComputedStyle(document.body).color]),
	["rgb(255, 255, 255)", "rgb(0, 0, 0)"]);
	await page.context().close();
});
