// calendar.mjs FOLDER: what ical.js makes of /events/all.ics is what the month
// pages show, day by day, and every other calendar is read without a fault.
// Prints what differs, then "calendar: N occasions, M files, D different".
import fs from "node:fs";
import path from "node:path";
import ICAL from "ical.js";

const root = process.argv[2];
const read = (name) => fs.readFileSync(path.join(root, name), "utf8");

const component = (name) => {
	const text = read(name);
	for (const line of text.split("\r\n"))
		if (Buffer.byteLength(line) > 75 || /[\r\n]/.test(line))
			throw new Error(`${name}: bad line ${line}`);
	const c = new ICAL.Component(ICAL.parse(text));
	for (const z of c.getAllSubcomponents("vtimezone"))
		ICAL.TimezoneService.register(new ICAL.Timezone(z));
	return c;
};

const iso = (t) => t.toString().slice(0, 10);

/* From the month pages: "2026-12 2026-12-05 urok" for every row. */
const shown = new Set(), months = [];
for (const name of fs.readdirSync(path.join(root, "events"))) {
	const month = name.match(/^(\d{4}-\d{2})\.html$/)?.[1];
	if (!month)
		continue;
	const text = read(`events/${name}`);
	/* The month of today begins its list with today. */
	if (text.includes("month-today"))
		continue;
	months.push(month);
	const list = text.slice(text.indexOf("month-agenda"));
	for (const day of list.split('<li class="day').slice(1)) {
		const date = day.match(/datetime="([^"]*)"/)[1];
		for (const m of day.matchAll(
		    /class="event-title"><a href="\/events\/([^"]*)\.html"/g))
			shown.add(`${month} ${date} ${m[1]}`);
	}
}

/* The same from the calendar. */
const expected = new Set();
const last = months.reduce((a, b) => a > b ? a : b, "");
for (const v of component("events/all.ics").getAllSubcomponents("vevent")) {
	const event = new ICAL.Event(v);
	const id = event.uid.match(/^event-(.*)@/)[1];
	const put = (start, end) => {
		const first = iso(start);
		let until = iso(end);
		if (end.isDate || (until > first && end.hour + end.minute === 0)) {
			const d = end.clone();
			d.adjust(-1, 0, 0, 0);
			until = iso(d) < first ? first : iso(d);
		}
		for (const month of months)
			if (first.slice(0, 7) <= month && until.slice(0, 7) >= month)
				expected.add(`${month} ${first > `${month}-01`
				    ? first : `${month}-01`} ${id}`);
	};
	const it = event.iterator();
	for (let t = it.next(); t; t = it.next()) {
		if (iso(t).slice(0, 7) > last)
			break;
		const one = event.getOccurrenceDetails(t);
		put(one.startDate, one.endDate);
		if (!event.isRecurring())
			break;
	}
}

let different = 0, files = 0;
for (const row of new Set([...shown, ...expected]))
	if (shown.has(row) !== expected.has(row)) {
		different++;
		console.log(`${shown.has(row) ? "page only" : "calendar only"}: ${row}`);
	}
for (const folder of ["programs", "events", "organizations", "directions",
    "municipalities"])
	for (const file of fs.readdirSync(path.join(root, folder))) {
		if (!file.endsWith(".ics"))
			continue;
		const name = `${folder}/${file}`;
		files++;
		for (const v of component(name).getAllSubcomponents("vevent")) {
			const event = new ICAL.Event(v);
			if (event.isRecurring() && !event.iterator().next()) {
				different++;
				console.log(`${name}: no day in ${event.uid}`);
			}
		}
	}
console.log(`calendar: ${expected.size} occasions, ${files} files, ` +
    `${different} different`);
process.exit(different > 0 ? 1 : 0);
