/*
 * The large-print panel.  Runs in the head and puts what was chosen on <html>
 * before anything is painted; the choice is kept in this browser only.
 * Without it, panel.css reads the radios themselves: for one page.
 */
"use strict";
(() => {
	const KEY = "panel";
	const NAMES = ["size", "colours", "spacing", "letters", "pictures"];
	const top = document.documentElement;
	let chosen = new URLSearchParams();
	let form;

	const read = () => {
		try {
			chosen = new URLSearchParams(
			    localStorage.getItem(KEY) || "");
		} catch { /* a browser that keeps nothing */ }
	};
	const keep = () => {
		try {
			if (`${chosen}`)
				localStorage.setItem(KEY, chosen);
			else
				localStorage.removeItem(KEY);
		} catch { /* then it holds on this page */ }
	};
	const show = () => {
		for (const name of NAMES)
			if (chosen.get(name))
				top.dataset[name] = chosen.get(name);
			else
				delete top.dataset[name];
	};

	/* Words stand where a picture was. */
	const words = () => {
		for (const img of document.querySelectorAll("main img[alt]")) {
			if (!img.alt || img.nextElementSibling?.matches(
			    ".picture-words"))
				continue;
			const span = document.createElement("span");
			span.className = "picture-words";
			span.textContent = img.alt;
			img.after(span);
		}
	};
	const mark = () => {
		for (const name of NAMES)
			form.elements[name].value = chosen.get(name) || "";
	};
	const take = () => {
		chosen = new URLSearchParams();
		for (const name of NAMES)
			if (form.elements[name].value)
				chosen.set(name, form.elements[name].value);
		show();
	};
	const again = () => {
		read();
		show();
		if (form)
			mark();
	};

	again();
	/* Another tab chose; or a page comes back from the Back button. */
	addEventListener("storage", (e) => {
		if (e.key === KEY || e.key === null)
			again();
	});
	addEventListener("pageshow", (e) => {
		if (e.persisted)
			again();
	});
	document.addEventListener("DOMContentLoaded", () => {
		form = document.querySelector("[data-panel]");
		if (!form)
			return;
		mark();
		words();
		form.addEventListener("change", () => {
			take();
			keep();
		});
		form.addEventListener("reset", () => setTimeout(() => {
			take();
			keep();
		}));
		form.querySelector("[data-done]").addEventListener("click",
		    (e) => {
			e.preventDefault();
			const box = form.closest("details");
			box.open = false;
			box.querySelector("summary").focus();
		});
	});
})();
