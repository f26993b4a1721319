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
	"/news/index.html", "/404.html", "/account/login", "/account/register",
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

// The width, the scheme, the size of the text.
const looks = [[320, "light", "100%"], [360, "light", "200%"],
	[1280, "dark", "100%"]];

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

async function see(page, path, faults) {
	for (const [width, colorScheme, size] of looks) {
		const as = `${path} at ${width}, ${colorScheme}, ${size}`;

		await page.setViewportSize({ width, height: 800 });
		await page.emulateMedia({ colorScheme });
		const answer = await page.goto(site.url + path);

		if (answer.status() !== 200)
			faults.push(`${as}: ${answer.status()}`);
		const over = await page.evaluate((s) => {
			const top = document.documentElement;
			top.style.fontSize = s;
			return top.scrollWidth - top.clientWidth;
		}, size);
		if (over > 0)
			faults.push(`${as}: scrolls sideways by ${over}`);
		if (size !== "100%")
			continue;
		await page.evaluate(axe);
		const found = await page.evaluate((rules) =>
		    axe.run(document, { runOnly: rules }), RULES);
		for (const v of found.violations)
			faults.push(`${as}: ${v.id} ${v.nodes.map((n) =>
			    n.target.join(" ")).slice(0, 3).join(", ")}`);
	}
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
