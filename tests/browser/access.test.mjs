// Every kind of page: nothing for axe-core to find, nothing that scrolls
// sideways on the narrowest phone or at twice the text, nothing that the
// content security policy stops.
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

const open = ["/", "/programs/index.html", "/programs/akvarel.html",
	"/directions/index.html", "/directions/arts.html",
	"/municipalities/index.html", "/municipalities/raychikhinsk.html",
	"/organizations/index.html", "/organizations/shkola-iskusstv-raych.html",
	"/events/index.html", "/events/2026-12.html", "/events/astro-noch.html",
	"/help/index.html", "/help/sertifikat.html", "/legal/personal-data.html",
	"/news/index.html", "/404.html", "/offline.html", "/account/login", "/account/register",
	"/account/reset", "/support"];
const inside = {
	"guardian@demo.example": ["/my/", "/my/children", "/my/applications",
		"/my/sign-ups", "/my/reviews", "/account/password",
		"/my/applications/new?program=akvarel&group=a"],
	"organizer@demo.example": ["/org/", "/org/applications",
		"/org/sign-ups", "/org/reviews"],
	"operator@demo.example": ["/operator/", "/operator/children",
		"/operator/certificates", "/operator/reviews"],
};

// The width, the scheme, what the large-print panel was set to, and which of
// the page's own doors is open.
const LARGE = "size=200&colours=blue&spacing=wide";
const looks = [[320, "light"], [1280, "light"], [360, "dark"], [1280, "dark"],
	[360, "light", LARGE], [1280, "light", LARGE],
	[360, "light", "", ".menu"],
	[1280, "light", "", ".panel"]];

let site, browser;
const passwords = {};

before(async () => {
	site = await startSite({ content: join(root, "content") });
	for (const line of site.submitd("demo").split("\n")) {
		const [word, , email, password] = line.split(" ");
		if (word === "demo")
			passwords[email] = password;
	}
	await site.start();
	browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
});

after(async () => {
	await browser?.close();
	await site?.stop();
	site?.remove();
});

// A page is fetched once; its looks are put on one after the other.
async function see(page, path, faults) {
	const answer = await page.goto(site.url + path);

	if (answer.status() !== 200)
		faults.push(`${path}: ${answer.status()}`);
	await page.evaluate(axe);
	for (const [width, colorScheme, large = "", open = ""] of looks) {
		const as = `${path} at ${width}, ${colorScheme}, ${large} ${open}`;

		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme });
		const { over, violations } = await page.evaluate(look,
		    [large, open, RULES]);
		if (over > 0)
			faults.push(`${as}: scrolls sideways by ${over}`);
		for (const v of violations)
			faults.push(`${as}: ${v}`);
	}
}

// Runs in the page.
async function look([large, open, rules]) {
	const top = document.documentElement;

	for (const name of ["size", "colours", "spacing"])
		delete top.dataset[name];
	for (const [name, value] of new URLSearchParams(large))
		top.dataset[name] = value;
	for (const box of document.querySelectorAll("header details"))
		box.open = open !== "" && box.matches(open);
	const over = top.scrollWidth - top.clientWidth;
	const found = await axe.run(document, { runOnly: rules,
		resultTypes: ["violations"] });
	return { over, violations: found.violations.map((v) => `${v.id} ${
	    v.nodes.map((n) => n.target.join(" ")).slice(0, 3).join(", ")}`) };
}

async function visitor(faults) {
	const context = await browser.newContext();
	const page = await context.newPage();

	page.on("pageerror", (e) => faults.push(`${page.url()}: ${e}`));
	page.on("console", (m) => {
		if (/Content Security Policy/i.test(m.text()))
			faults.push(`${page.url()}: ${m.text()}`);
	});
	return page;
}

test("the open pages", { timeout: 240_000 }, async () => {
	const faults = [];
	const page = await visitor(faults);

	for (const path of open)
		await see(page, path, faults);
	await page.context().close();
	assert.deepEqual(faults, []);
});

for (const [email, paths] of Object.entries(inside))
	test(`the pages of ${email}`, { timeout: 240_000 }, async () => {
		const faults = [];
		const page = await visitor(faults);

		await page.goto(`${site.url}/account/login`);
		await page.fill("[name=email]", email);
		await page.fill("[name=password]", passwords[email]);
		await page.click("main form .btn-primary");
		await page.waitForURL((u) => u.pathname === paths[0]);
		for (const path of paths)
			await see(page, path, faults);
		await page.context().close();
		assert.deepEqual(faults, []);
	});

test("a form sent empty says what is missing, and takes the focus",
    async () => {
	const page = await visitor([]);

	await page.goto(`${site.url}/account/register`);
	await page.evaluate(() => {
		document.querySelector("main form").noValidate = true;
	});
	await page.click("main form .btn-primary");
	const links = await page.locator(".summary a").allTextContents();
	assert.equal(new Set(links).size, links.length, links.join(" | "));
	assert.ok(links.length >= 4);
	assert.ok(await page.evaluate(() =>
	    document.activeElement.classList.contains("summary")));
	for (const link of await page.locator(".summary a").all())
		assert.equal(await page.locator(
		    await link.getAttribute("href")).count(), 1);
	assert.match(await page.title(), /^Ошибка: /);
	await page.context().close();
});
