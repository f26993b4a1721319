/* Adds to pages that are whole without it: the cabinet's door, live seats. */
"use strict";
(() => {
	const lang = document.documentElement.lang;

	/* The cookie holds no secret; it only says that one is signed in. */
	if (/(?:^|; )signed_in=1/.test(document.cookie))
		for (const a of document.querySelectorAll("[data-door]")) {
			a.href = a.dataset.door;
			a.textContent = a.dataset.doorText;
		}

	const live = document.querySelector("[data-live]");
	const said = document.querySelector("[data-words]");
	if (!live || !said)
		return;

	const words = said.dataset;
	const number = new Intl.NumberFormat(lang);
	const stars = new Intl.NumberFormat(lang,
	    { minimumFractionDigits: 1, maximumFractionDigits: 1 });
	const plurals = new Intl.PluralRules(lang);

	const fill = (text, values) => text.replace(/\{(\w+)\}/g,
	    (whole, key) => key in values ? values[key] : whole);
	const count = (key, n) => {
		const rule = plurals.select(n);
		const form = words[key + rule[0].toUpperCase() + rule.slice(1)];
		return fill(form || words[key + "Other"],
		    { n: number.format(n) });
	};

	/* The same words and limits as the pages are built with. */
	const FEW = 2, DOTS = 16;

	const places = (g) => {
		if (g.seats === null)
			return ["ok", words.noLimit];
		const free = g.seats - g.taken;
		const seats = number.format(g.seats);
		if (free <= 0)
			return ["none", g.waiting > 0
			    ? fill(words.queue, { n: number.format(g.waiting) })
			    : words.none];
		if (free <= FEW && g.taken > 0)
			return ["few", fill(words.few,
			    { places: count("left", free), seats })];
		return ["ok", fill(words.free,
		    { free: number.format(free), seats })];
	};

	const dots = (g) => {
		const box = document.createElement("span");
		box.className = "dots";
		box.setAttribute("aria-hidden", "true");
		for (let i = 0; i < g.seats; i++) {
			const dot = document.createElement("i");
			if (i >= g.taken)
				dot.className = "free";
			box.append(dot);
		}
		return box;
	};

	const show = (card, g) => {
		const p = card.querySelector("[data-places]");
		const apply = card.querySelector("[data-apply]");
		const note = card.querySelector("[data-note]");
		if (p) {
			const [look, text] = places(g);
			const span = document.createElement("span");
			span.className = "places-words";
			span.textContent = text;
			p.className = "places places-" + look;
			p.replaceChildren(...g.seats !== null && g.seats <= DOTS
			    ? [dots(g), " "] : [], span);
		}
		if (apply) {
			const full = g.seats !== null && g.taken >= g.seats;
			apply.firstChild.data = full ? words.wait : words.apply;
			apply.classList.toggle("btn-primary", !full);
			apply.classList.toggle("btn-secondary", full);
			apply.hidden = !g.open;
		}
		if (note)
			note.hidden = g.open;
	};

	fetch(live.dataset.live, { credentials: "omit" })
	    .then((r) => r.ok ? r.json() : null)
	    .then((now) => {
		if (!now)
			return;
		for (const card of live.querySelectorAll("[data-group]")) {
			const g = now.groups[card.dataset.group];
			if (g)
				show(card, g);
		}
		const rating = document.querySelector("[data-rating]");
		if (rating && now.rating) {
			rating.querySelector("b").textContent =
			    stars.format(now.rating.value);
			rating.querySelector("[data-count]").textContent =
			    count("reviews", now.rating.count);
		}
	    })
	    .catch(() => { /* what was built in stays */ });
})();
