// Nothing is tied to the default theme: with another, tiny one both programs
// render, and a family gets from the list to an enrolled child.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync }
    from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium } from "playwright-core";
import { kruzhok, root, startSite, submitd } from "../tools/site.mjs";

const theme = join(root, "tests/fixture/theme");
const NAME = "mama@family.example";
const WORD = "zeleny chemodan 7";
let site, browser, demo;

before(async () => {
	site = await startSite({ theme });
	demo = site.submitd("demo").split("\n").map((l) => l.split(" "));
	await site.start();
	browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-gpu", "--disable-quic"] });
});

after(async () => {
	await browser?.close();
	await site?.stop();
	site?.remove();
});

async function visitor() {
	const context = await browser.newContext({ javaScriptEnabled: false });
	const page = await context.newPage();

	// The browser forgets a page's text when it goes on quickly: those
	// are left out, and the test counts what it has seen.
	page.seen = [];
	page.on("response", async (r) => {
		if (!r.request().isNavigationRequest() || r.status() >= 300)
			return;
		const text = await r.text().catch(() => null);
		if (text)
			page.seen.push(text);
	});
	return page;
}

async function send(page, fields = {}) {
	for (const [name, value] of Object.entries(fields))
		await page.fill(`[name=${name}]`, value);
	await page.click("form button");
}

test("a family's way, from the list to an enrolled child", async () => {
	const page = await visitor();

	await page.goto(`${site.url}/programs/index.html`);
	await page.click("main a:has-text('Робототехника')");
	await page.click("#group-b .act");
	await page.click(".register");
	await page.check("[value^=pd]");
	await send(page, { email: NAME, full_name: "Ольга Седова",
		password: WORD });
	const letter = await site.letter("confirm", NAME);
	assert.match(letter.subject, /^=\?|Письмо: confirm/);
	await page.goto(letter.link);
	await send(page);
	await send(page, { email: NAME, password: WORD });
	await page.click(".child");
	await page.selectOption("[name=municipality]", { index: 0 });
	// A wrong date comes back in this theme's form, then the right one.
	await send(page, { family_name: "Ромашкина", given_name: "Мира",
		birth_date: "31.02.2016" });
	assert.ok(await page.locator(".wrong").count() > 0);
	assert.equal(await page.inputValue("[name=given_name]"), "Мира");
	await send(page, { birth_date: "14.04.2016" });
	await page.goto(
	    `${site.url}/my/applications/new?program=robotika&group=b`);
	await page.check("[name=child]");
	await send(page);
	await page.waitForURL(/\/my\/applications\/[^?]+/);
	const mine = page.url();
	await site.letter("application-submitted", NAME);

	const other = await visitor();
	const [, , email, word] = demo.find((d) => d[1] === "organizer");

	await other.goto(`${site.url}/account/login?next=/org/applications`);
	await send(other, { email, password: word });
	await other.click(".one:has-text('Ромашкина')");
	await send(other);
	await other.locator("form[action$=contract] [name=number]").fill("12");
	await other.locator("form[action$=contract] [name=date]")
	    .fill("22.11.2026");
	await other.click("form[action$=contract] button");
	await other.locator("form[action$=enroll] [name=order_number]")
	    .fill("7");
	await other.locator("form[action$=enroll] [name=order_date]")
	    .fill("22.11.2026");
	await other.click("form[action$=enroll] button");
	await site.letter("application-enrolled", NAME);
	await page.goto(mine);
	assert.equal(await page.textContent(".state"),
	    await other.textContent(".state"));

	const seen = [...page.seen, ...other.seen];
	assert.ok(seen.length >= 8, `only ${seen.length} pages were seen`);
	for (const html of seen)
		assert.match(html, /class="small-theme"/);
	await page.context().close();
	await other.context().close();
});

test("every page of every cabinet is this theme's", async () => {
	const cabinets = { guardian: ["/my/", "/my/children",
		"/my/applications", "/my/sign-ups", "/my/reviews",
		"/account/password", "/my/nothing"],
	organizer: ["/org/", "/org/applications", "/org/sign-ups",
		"/org/reviews"],
	operator: ["/operator/", "/operator/children",
		"/operator/certificates", "/operator/reviews"] };

	for (const [role, paths] of Object.entries(cabinets)) {
		const page = await visitor();
		const [, , email, word] = demo.find((d) => d[1] === role);

		await page.goto(`${site.url}/account/login`);
		await send(page, { email, password: word });
		for (const path of paths) {
			const answer = await page.goto(site.url + path);
			assert.equal(answer.status(),
			    path === "/my/nothing" ? 404 : 200, path);
			assert.match(await answer.text(),
			    /class="small-theme"/, path);
		}
		await page.context().close();
	}
});

test("a theme that lacks a template is told so, by file", () => {
	const dir = mkdtempSync(join(tmpdir(), "kruzhok-"));
	const own = join(dir, "theme");

	try {
		cpSync(theme, own, { recursive: true });
		const build = () => spawnSync(kruzhok, ["build", "--content",
			join(root, "tests/fixture/content"), "--theme", own,
			"--output", join(dir, "public"), "--catalog",
			join(dir, "catalog.db"), "--quiet"],
		{ encoding: "utf8" });
		const serve = () => spawnSync(submitd, ["serve", ...site.options,
			"--theme", own, "--database",
			`sqlite:${join(dir, "data.db")}`, "--listen",
			"127.0.0.1:0"], { encoding: "utf8", timeout: 20_000 });

		rmSync(join(own, "cabinet/apply.html.mustache"));
		rmSync(join(own, "mail/reset.txt.mustache"));
		assert.equal(build().status, 0);
		const served = serve();
		assert.notEqual(served.status, 0);
		assert.notEqual(served.status, null);
		assert.match(served.stderr,
		    /theme\/cabinet\/apply\.html\.mustache:1:1: error: /);
		assert.match(served.stderr,
		    /theme\/mail\/reset\.txt\.mustache:1:1: error: /);

		rmSync(join(own, "page/month.html.mustache"));
		const built = build();
		assert.equal(built.status, 1);
		assert.match(built.stderr,
		    /theme\/page\/month\.html\.mustache:1:1: error: /);
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
});

test("a project's own folder stands in for a theme's file", () => {
	const dir = mkdtempSync(join(tmpdir(), "kruzhok-"));

	try {
		cpSync(join(theme, "layout"), join(dir, "own/layout"),
		    { recursive: true });
		cpSync(join(theme, "assets"), join(dir, "own/assets"),
		    { recursive: true });
		execFileSync("sed", ["-i", "s/small-theme/own-theme/",
			join(dir, "own/layout/small.html.mustache")]);
		execFileSync(kruzhok, ["build", "--content",
			join(root, "tests/fixture/content"), "--theme", theme,
			"--templates", join(dir, "own"), "--output",
			join(dir, "public"), "--catalog",
			join(dir, "catalog.db"), "--quiet"]);
		const programs = join(dir, "public/programs");
		assert.ok(existsSync(programs));
		for (const f of readdirSync(programs)) {
			if (f.endsWith(".html"))
				assert.match(readFileSync(join(programs, f),
				    "utf8"), /class="own-theme"/);
		}
	} finally {
		rmSync(dir, { recursive: true, force: true });
	}
});
