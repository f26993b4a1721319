/*
 * Without a net: keeps what was seen (sw.js) and says so.  Pages of the
 * daemon name no worker; theirs is the site's, which never keeps them.
 */
"use strict";
(() => {
	const { worker, look } = document.currentScript.dataset;
	const note = document.querySelector("[data-offline]");
	const again = document.querySelector("[data-again]");
	const say = () => {
		if (note && !again)
			note.hidden = navigator.onLine;
	};

	addEventListener("online", say);
	addEventListener("offline", say);
	say();
	/* On the page shown instead of another the address is the other's. */
	again?.addEventListener("click", (e) => {
		e.preventDefault();
		location.reload();
	});
	/* Another look is another address, and so another shell. */
	if (worker && navigator.serviceWorker)
		navigator.serviceWorker.register(
		    `${worker}?${encodeURIComponent(look)}`)
		    .catch(() => { /* a browser that keeps nothing */ });
})();
