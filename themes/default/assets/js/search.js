/*
 * The catalog's search and filters: part/search.html shown and answered.
 * Whatever fails, the lists that were built stay and one line says so.
 */
import { open } from "./search-index.js";
import { fold } from "./search-words.js";

const box = document.querySelector("[data-search]");
const one = (name) => document.querySelector(`[data-${name}]`);
const [form, filters, results, plain, broken] =
	["form", "filters", "results", "plain", "broken"].map(one);
const [chips, count, list, more, others, otherList, organizations, years,
	showButton] = ["chips", "count", "list", "more", "others", "other-list",
	"organizations", "years", "show-button"].map(one);
const say = box.dataset;
const folder = say.search.replace(/[^/]*$/, "");
const lang = document.documentElement.lang;
const number = new Intl.NumberFormat(lang);
const plurals = new Intl.PluralRules(lang);
const STEP = 10, OTHERS = 5, PAUSE = 250;
const LISTS = { day: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
	time: ["morning", "day", "evening"],
	pay: ["free", "certificate", "paid"],
	form: ["in-person", "remote", "blended"],
	level: ["", "introductory", "basic", "advanced", "mixed"] };
const NAMED = { municipality: "municipalities", direction: "directions",
	organization: "organizations" };
const FLAGS = ["open", "places", "health"];

const fill = (text, values) => text.replace(/\{(\w+)\}/g,
	(all, key) => values[key] ?? all);
const plural = (key, n) => {
	const rule = plurals.select(n);
	return fill(say[key + rule[0].toUpperCase() + rule.slice(1)] ||
		say[key + "Other"], { n: number.format(n) });
};
const programs = (n) => plural("count", n);
const controls = (name) =>
	[...document.querySelectorAll(`:is([data-search], [data-form]) [name="${name}"]`)];
const element = (tag, properties = {}, ...children) => {
	const e = Object.assign(document.createElement(tag), properties);
	e.append(...children);
	return e;
};

const get = async (name) => {
	const answer = await fetch(folder + name, { credentials: "omit" });
	if (!answer.ok)
		throw new Error(`${name}: ${answer.status}`);
	return answer.arrayBuffer();
};

/* What is asked for, as the URL says it. */
const ofUrl = () => new URLSearchParams(
	[...new URLSearchParams(location.search)].filter(([, v]) => v !== ""));
let asked = ofUrl();
let shown = STEP, index, opening, turn = 0;

/* Names that the page cannot know before the index is there. */
const learn = () => {
	for (const [id, title] of index.organizations)
		organizations.append(element("option", { value: id }, title));
	const all = [...new Set(index.windows.map((w) => w[3]))].filter(Boolean);
	for (const year of all.sort())
		years.append(element("label", { className: "option" },
			element("input", { type: "checkbox", name: "year", value: year }),
			element("span", {}, `${year}/${(year + 1) % 100}`),
			element("span", { className: "count" })));
	years.hidden = all.length < 2;
	showAsked();
};

const load = () => opening ??= open(get).then((i) => {
	index = i;
	learn();
});

/* Places as the daemon knows them now; without it those of the build. */
let placesAsked;
const loadPlaces = () => placesAsked ??= fetch(say.places,
	{ credentials: "omit" }).then((r) => r.ok ? r.json() : null)
	.then((now) => now && index.loadPlaces(now.free)).catch(() => {});

const numberOf = (facet, value) => {
	if (facet === "year")
		return Number(value);
	if (LISTS[facet])
		return LISTS[facet].indexOf(value);
	return index[NAMED[facet]].findIndex(([id]) => id === value);
};

const wholeNumber = (text) => /^\d{1,6}$/.test(text ?? "") ? Number(text)
	: null;

const filtersOf = () => {
	const f = { age: wholeNumber(asked.get("age")),
		price: wholeNumber(asked.get("price")) };
	for (const facet of [...Object.keys(LISTS), ...Object.keys(NAMED), "year"])
		f[facet] = asked.getAll(facet).map((v) => numberOf(facet, v))
			.filter((n) => n >= 0);
	for (const flag of FLAGS)
		f[flag] = asked.has(flag);
	return f;
};

/* Into the controls; out of them. */
const showAsked = () => {
	for (const c of document.querySelectorAll(
		":is([data-search], [data-form]) [name]"))
		if (c.type === "checkbox")
			c.checked = asked.getAll(c.name).includes(c.value);
		else
			c.value = asked.get(c.name) ?? "";
};
const readAsked = () => {
	const now = new URLSearchParams();
	for (const c of document.querySelectorAll(
		":is([data-search], [data-form]) [name]"))
		if (c.type === "checkbox" ? c.checked : c.value.trim() !== "")
			now.append(c.name, c.value.trim());
	for (const id of asked.getAll("organization"))
		now.append("organization", id);
	return now;
};

const go = (next, replace) => {
	if (next.toString() === asked.toString())
		return;
	asked = next;
	const url = location.pathname + (asked.size === 0 ? "" : `?${asked}`);
	if (replace)
		history.replaceState(null, "", url);
	else
		history.pushState(null, "", url);
	shown = STEP;
	run();
};

const without = (name, value) => {
	const next = new URLSearchParams();
	for (const [n, v] of asked)
		if (n !== name || v !== value)
			next.append(n, v);
	go(next);
	showAsked();
};

const wordsOf = (name, value) => {
	if (name === "q")
		return `«${value}»`;
	if (name === "age")
		return wholeNumber(value) === null ? "" : plural("age", Number(value));
	if (name === "price")
		return fill(say.price, { n: value });
	if (name === "organization")
		return index.organizations[numberOf(name, value)]?.[1];
	return controls(name).find((c) => c.value === value)
		?.nextElementSibling.textContent;
};

const showChips = () => {
	const all = [...asked].filter(([name]) => name !== "sort")
		.map(([name, value]) => [name, value, wordsOf(name, value)])
		.filter(([, , words]) => words);
	chips.replaceChildren(...all.map(([name, value, words]) => {
		const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
		const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
		use.setAttribute("href", say.icon);
		icon.setAttribute("class", "icon");
		icon.setAttribute("aria-hidden", "true");
		icon.append(use);
		return element("li", {}, element("button", { className: "chip",
			type: "button", onclick: () => without(name, value) },
		element("span", { className: "sr" }, say.remove + " "), words, icon));
	}));
	const chosen = one("chosen-count");
	const n = all.filter(([name]) => name !== "q").length;
	chosen.hidden = n === 0;
	chosen.textContent = fill(say.chosen, { n });
};

/* Marks the words of a title that were looked for. */
const mark = (link, words) => {
	const keys = new Set(words.map(index.reader.key));
	const last = words.at(-1), stem = index.reader.key(last ?? "");
	const parts = link.textContent.split(/([\p{L}\p{N}]+)/u);
	link.replaceChildren(...parts.map((part, i) => {
		const hit = i % 2 === 1 && (index.reader.keys(part)
			.some((k) => keys.has(k) || k.startsWith(stem)) || fold(part).startsWith(last));
		return hit ? element("mark", {}, part) : part;
	}));
};

const rows = async (docs, words) => Promise.all(docs.map(async (doc) => {
	const [file, n] = index.row(doc);
	const parsed = await index.once(file, (buffer) => {
		const t = document.createElement("template");
		t.innerHTML = new TextDecoder().decode(buffer);
		return t.content;
	});
	const row = parsed.children[n].cloneNode(true);
	if (words.length > 0)
		mark(row.querySelector(".program-title a"), words);
	return row;
}));

const setCount = (control, n) => {
	const label = control.closest("label");
	const words = label.querySelector(".count");
	if (words)
		words.textContent = number.format(n);
	control.disabled = n === 0 && !control.checked;
	label.classList.toggle("option-none", control.disabled);
};

/* How many each choice would leave; facets of programs are told at once. */
const tally = (scores, f, now) => {
	const direct = { municipality: index.municipality,
		direction: index.direction };
	for (const facet of [...Object.keys(LISTS), "municipality", "direction",
		"year"]) {
		if ((facet === "day" || facet === "time") && !index.parts)
			continue;
		const base = index.filter(scores, { ...f, [facet]: [] }, now);
		const sums = new Map();
		if (direct[facet])
			for (const doc of base)
				sums.set(direct[facet][doc],
					(sums.get(direct[facet][doc]) ?? 0) + 1);
		for (const c of controls(facet)) {
			const n = numberOf(facet, c.value);
			setCount(c, direct[facet] ? sums.get(n) ?? 0
				: base.filter((d) => index.fits(d, { ...f, [facet]: [n] }, now))
					.length);
		}
	}
	for (const flag of FLAGS)
		setCount(controls(flag)[0],
			index.filter(scores, { ...f, [flag]: true }, now).length);
};

const showNothing = () => {
	list.replaceChildren(element("li", { className: "card empty" },
		element("p", {}, say.nothing),
		element("button", { className: "btn btn-secondary", type: "button",
			onclick: reset }, one("reset").textContent)));
};

const answer = async (mine) => {
	await load();
	const f = filtersOf();
	if (f.day.length + f.time.length > 0)
		await index.loadDays();
	if (f.places)
		await loadPlaces();
	const sort = asked.get("sort") ?? "";
	if (sort === "title")
		await index.loadTitles();
	const { scores, said, words } = await index.find(asked.get("q") ?? "");
	if (mine !== turn)
		return;
	const now = Date.now() / 1000;
	const found = index.sort(index.filter(scores, f, now), sort || "best",
		scores);
	const cards = await rows(found.slice(0, shown), scores ? words : []);
	const also = shown === STEP
		? await rows(index.others(scores, OTHERS), words) : null;
	if (mine !== turn)
		return;
	showChips();
	if (found.length > 0)
		list.replaceChildren(...cards);
	else
		showNothing();
	if (also) {
		otherList.replaceChildren(...also);
		others.hidden = also.length === 0;
	}
	more.hidden = found.length <= shown;
	count.textContent = programs(found.length) +
		(said ? ". " + fill(say.said, { words: said }) : "");
	showButton.textContent = fill(say.show,
		{ programs: programs(found.length) });
	showButton.hidden = false;
	results.hidden = false;
	plain.hidden = true;
	broken.hidden = true;
	setTimeout(() => mine === turn && tally(scores, f, now));
};

const run = () => {
	const mine = ++turn;
	if (asked.size === 0) {
		results.hidden = true;
		plain.hidden = false;
		showButton.hidden = true;
		one("chosen-count").hidden = true;
		if (index)
			setTimeout(() => mine === turn &&
				tally(null, filtersOf(), Date.now() / 1000));
		return;
	}
	answer(mine).catch((e) => {
		console.warn(e);
		opening = index ? opening : undefined;
		if (mine !== turn)
			return;
		results.hidden = true;
		plain.hidden = false;
		broken.hidden = false;
	});
};

const reset = () => {
	go(new URLSearchParams());
	showAsked();
	one("form").q.focus();
};

form.hidden = filters.hidden = false;
filters.open = matchMedia("(min-width: 64rem)").matches;
showAsked();
run();

let pause;
form.addEventListener("submit", (e) => {
	e.preventDefault();
	clearTimeout(pause);
	go(readAsked());
});
form.addEventListener("input", () => {
	clearTimeout(pause);
	pause = setTimeout(() => go(readAsked(), asked.has("q")), PAUSE);
});
box.addEventListener("change", (e) => {
	const next = readAsked();
	if (e.target === organizations) {
		if (organizations.value !== "" &&
		    !next.getAll("organization").includes(organizations.value))
			next.append("organization", organizations.value);
		organizations.value = "";
	}
	go(next);
});
organizations.addEventListener("focus", () => load().catch(() => {}));
for (const days of document.querySelectorAll("[data-days]"))
	days.addEventListener("focusin", () => load()
		.then(() => index.loadDays()).catch(() => {}), { once: true });
one("reset").addEventListener("click", reset);
more.addEventListener("click", () => {
	const first = list.children.length;
	shown += STEP;
	answer(++turn).then(() =>
		list.children[first]?.querySelector("a")?.focus()).catch(() => {});
});
showButton.addEventListener("click", () => {
	filters.open = matchMedia("(min-width: 64rem)").matches;
	count.scrollIntoView();
});
addEventListener("popstate", () => {
	asked = ofUrl();
	shown = STEP;
	showAsked();
	run();
});
