// instances.mjs FILE.ics...: every day of every event as ical.js reads them,
// "FILE START END" in local time; the end of whole days is the day after.
import fs from "node:fs";
import path from "node:path";
import ICAL from "ical.js";

for (const file of process.argv.slice(2)) {
	const c = new ICAL.Component(ICAL.parse(fs.readFileSync(file, "utf8")));
	for (const z of c.getAllSubcomponents("vtimezone"))
		ICAL.TimezoneService.register(new ICAL.Timezone(z));
	for (const v of c.getAllSubcomponents("vevent")) {
		const event = new ICAL.Event(v), it = event.iterator();
		for (let t = it.next(); t; t = it.next()) {
			const one = event.getOccurrenceDetails(t);
			console.log(path.basename(file), `${one.startDate}`,
			    `${one.endDate}`);
			if (!event.isRecurring())
				break;
		}
	}
}
