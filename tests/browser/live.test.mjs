// The few lines of script: live seats and the cabinet's door.  Whatever the
// daemon answers, the page keeps words that are true or were built in.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";

const script = readFileSync(fileURLToPath(new URL(
    "../../themes/default/assets/js/site.js", import.meta.url)));

const built = `<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8">
<title>Программа</title><script src="/site.js" defer></script></head><body>
<a id="door" href="/account/login" data-door="/my/" data-door-text="Кабинет">Войти</a>
<p class="rating" data-rating><b>4,0</b> <a data-count href="#reviews">2 отзыва</a></p>
<div data-live="/live/programs/p.json">
<article data-group="a"><p class="places places-ok" data-places>Свободно 5 из 12</p>
<a class="btn btn-primary" data-apply href="#">Подать заявку<span>: Младшая</span></a>
<p data-note hidden>Приём заявок закрыт</p></article>
<article data-group="b"><p class="places places-ok" data-places>Свободно 3 из 20</p>
<a class="btn btn-primary" data-apply hidden href="#">Подать заявку</a><p data-note>Приём заявок с 9:00</p></article>
</div>
<div hidden data-words data-free="Свободно {free} из {seats}" data-few="{places} из {seats}"
 data-left-one="Осталось {n} место" data-left-few="Осталось {n} места" data-left-other="Осталось {n} места"
 data-none="Мест нет" data-queue="Мест нет · в листе ожидания {n}" data-no-limit="Без ограничения мест"
 data-apply="Подать заявку" data-wait="Встать в лист ожидания"
 data-reviews-one="{n} отзыв" data-reviews-few="{n} отзыва" data-reviews-many="{n} отзывов" data-reviews-other="{n} отзыва"></div>
</body></html>`;

let server, browser, base, answer;

before(async () => {
	server = createServer((req, res) => {
		const send = (status, type, body) => {
			res.writeHead(status, { "content-type": type,
				"content-security-policy": "default-src 'self'" });
			res.end(body);
		};
		if (req.url === "/")
			send(200, "text/html; charset=utf-8", built);
		else if (req.url === "/site.js")
			send(200, "text/javascript", script);
		else if (req.url === "/live/programs/p.json")
			send(answer.status, "application/json", answer.body);
		else
			send(404, "text/plain", "");
	});
	await new Promise((done) => server.listen(0, "127.0.0.1", done));
	base = `http://127.0.0.1:${server.address().port}/`;
	browser = await chromium.launch({ executablePath: "/usr/bin/chromium",
		args: ["--no-sandbox", "--disable-quic"] });
});

after(async () => {
	await browser?.close();
	server?.close();
});

// Opens the page with an answer of the daemon; gives what is asked of it.
async function open(status, body, ask, cookies = []) {
	const context = await browser.newContext();
	await context.addCookies(cookies.map((c) => ({ ...c, url: base })));
	const page = await context.newPage();
	const faults = [];
	page.on("pageerror", (e) => faults.push(String(e)));
	answer = { status,
		body: typeof body === "string" ? body : JSON.stringify(body) };
	await page.goto(base, { waitUntil: "networkidle" });
	const seen = await ask(page);
	await context.close();
	assert.deepEqual(faults, []);
	return seen;
}

const words = (group) => (page) => page.evaluate((g) => {
	const card = document.querySelector(`[data-group=${g}]`);
	const p = card.querySelector("[data-places]");
	const a = card.querySelector("[data-apply]");
	return { text: p.textContent.trim(), look: p.className,
		taken: p.querySelectorAll("i:not(.free)").length,
		free: p.querySelectorAll("i.free").length,
		apply: a && a.textContent };
}, group);

const live = (groups, rating = null) =>
    ({ catalog: "x", at: "2026-12-08T14:05:00+09:00", groups, rating });

const cases = [
	["many free", { seats: 12, taken: 7, waiting: 0, open: true },
		{ text: "Свободно 5 из 12", look: "places places-ok",
			taken: 7, free: 5, apply: "Подать заявку: Младшая" }],
	["one left", { seats: 15, taken: 14, waiting: 0, open: true },
		{ text: "Осталось 1 место из 15", look: "places places-few",
			taken: 14, free: 1, apply: "Подать заявку: Младшая" }],
	["two left", { seats: 15, taken: 13, waiting: 0, open: true },
		{ text: "Осталось 2 места из 15", look: "places places-few",
			taken: 13, free: 2, apply: "Подать заявку: Младшая" }],
	["full", { seats: 4, taken: 4, waiting: 0, open: true },
		{ text: "Мест нет", look: "places places-none", taken: 4,
			free: 0, apply: "Встать в лист ожидания: Младшая" }],
	["full, with a queue", { seats: 4, taken: 4, waiting: 3, open: true },
		{ text: "Мест нет · в листе ожидания 3",
			look: "places places-none", taken: 4, free: 0,
			apply: "Встать в лист ожидания: Младшая" }],
	["more taken than seats", { seats: 4, taken: 5, waiting: 0, open: true },
		{ text: "Мест нет", look: "places places-none", taken: 4,
			free: 0, apply: "Встать в лист ожидания: Младшая" }],
	["no limit", { seats: null, taken: 9, waiting: 0, open: true },
		{ text: "Без ограничения мест", look: "places places-ok",
			taken: 0, free: 0, apply: "Подать заявку: Младшая" }],
	["too many for circles", { seats: 17, taken: 2, waiting: 0, open: true },
		{ text: "Свободно 15 из 17", look: "places places-ok",
			taken: 0, free: 0, apply: "Подать заявку: Младшая" }],
];

for (const [name, group, want] of cases)
	test(`seats: ${name}`, async () => {
		assert.deepEqual(
		    await open(200, live({ a: group }), words("a")), want);
	});

test("a group that the daemon does not know keeps its words", async () => {
	const seen = await open(200,
	    live({ a: { seats: 12, taken: 12, waiting: 0, open: true } }),
	    words("b"));
	assert.equal(seen.text, "Свободно 3 из 20");
});

const doors = (page) => page.evaluate(() => ["a", "b"].map((g) =>
    ["[data-apply]", "[data-note]"].map((what) =>
        !document.querySelector(`[data-group=${g}] ${what}`).hidden)));

test("the button follows what is open now", async () => {
	const seats = { seats: 12, taken: 1, waiting: 0 };
	assert.deepEqual(await open(200, live({ a: { ...seats, open: false },
		b: { ...seats, open: true } }), doors),
	    [[false, true], [true, false]]);
	assert.deepEqual(await open(404, "", doors),
	    [[true, false], [false, true]]);
});

for (const [name, status, body] of [["404", 404, "{}"], ["503", 503, ""],
	["not JSON", 200, "<html>"], ["null", 200, "null"],
	["without groups", 200, "{}"]])
	test(`the daemon answers ${name}: what was built in stays`, async () => {
		assert.equal((await open(status, body, words("a"))).text,
		    "Свободно 5 из 12");
	});

test("the rating is told with the right form", async () => {
	const rating = (page) => page.textContent("[data-rating]");
	const open5 = (count) => open(200,
	    live({}, { value: 4.64, count }), rating);
	assert.equal(await open5(1), "4,6 1 отзыв");
	assert.equal(await open5(22), "4,6 22 отзыва");
	assert.equal(await open5(25), "4,6 25 отзывов");
});

test("no rating yet: the built one stays", async () => {
	assert.equal(await open(200, live({}),
	    (page) => page.textContent("[data-rating]")), "4,0 2 отзыва");
});

test("the door leads to the login, and to the cabinet when signed in",
    async () => {
	const door = (page) => page.evaluate(() => {
		const a = document.getElementById("door");
		return [a.textContent, a.getAttribute("href")];
	});
	assert.deepEqual(await open(404, "", door), ["Войти", "/account/login"]);
	assert.deepEqual(await open(404, "", door,
	    [{ name: "signed_in", value: "1" }]), ["Кабинет", "/my/"]);
	assert.deepEqual(await open(404, "", door,
	    [{ name: "not_signed_in", value: "1" }]),
	    ["Войти", "/account/login"]);
});
