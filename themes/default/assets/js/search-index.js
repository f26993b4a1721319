/*
 * Reads the index that generator/search writes (search.h says what the files
 * hold) and answers queries.  Knows no page.
 */
import { alike, reader, split } from "./search-words.js";

const CLASSES = [10, 6, 4, 1]; /* title, tags, names, text */
const PREFIX = 0.5, SYNONYM = 0.7;
const ENDING = 3; /* letters that a mistyped word may have behind a key */
const PARTS = ["morning", "day", "evening"];
const NO_AGE = 255;
const ENGLISH = "`qwertyuiop[]asdfghjkl;'zxcvbnm,.";
const RUSSIAN = "ёйцукенгшщзхъфывапролджэячсмитьбю";

/* A text typed with the other keyboard; "" when it has no such letters. */
export const otherLayout = (text) => {
	const small = text.toLowerCase();
	const [from, to] = /[а-яё]/.test(small) ? [RUSSIAN, ENGLISH]
		: [ENGLISH, RUSSIAN];
	if (!/[a-zа-яё]/.test(small))
		return "";
	return small.replace(/./gu, (c) => to[from.indexOf(c)] ?? c);
};

/* Edit distance with neighbours swapped, up to max. */
export const distance = (a, b, max) => {
	if (Math.abs(a.length - b.length) > max)
		return max + 1;
	let older = [], old = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const now = [i];
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			now[j] = Math.min(old[j] + 1, now[j - 1] + 1,
				old[j - 1] + (same ? 0 : 1));
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] &&
			    a[i - 2] === b[j - 1])
				now[j] = Math.min(now[j], older[j - 2] + 1);
		}
		older = old;
		old = now;
	}
	return old[b.length];
};

class Bytes {
	constructor(buffer) {
		this.at = new Uint8Array(buffer);
		this.i = 0;
	}
	varint() {
		let n = 0, scale = 1, b;
		do {
			if (this.i >= this.at.length)
				throw new Error("index: cut off");
			b = this.at[this.i++];
			n += (b & 127) * scale;
			scale *= 128;
		} while (b > 127);
		return n;
	}
	take(n) {
		if (this.i + n > this.at.length)
			throw new Error("index: cut off");
		this.i += n;
		return this.at.subarray(this.i - n, this.i);
	}
	get left() {
		return this.at.length - this.i;
	}
}

const decoder = new TextDecoder();

/* Sorted keys, each sharing its beginning with the one before. */
const keysOf = (buffer, each) => {
	const b = new Bytes(buffer);
	let bytes = new Uint8Array(0);
	if (b.varint() !== 1)
		throw new Error("index: another format");
	while (b.left > 0) {
		const same = b.varint();
		const rest = b.take(b.varint());
		const next = new Uint8Array(same + rest.length);
		next.set(bytes.subarray(0, same));
		next.set(rest, same);
		bytes = next;
		each(decoder.decode(bytes), b);
	}
};

const postings = (b) => CLASSES.map(() => {
	const docs = new Array(b.varint());
	for (let i = 0, doc = 0; i < docs.length; i++)
		docs[i] = doc += b.varint();
	return docs;
});

/* get(name) answers with the ArrayBuffer or text of a file of search/. */
export const open = async (get) => {
	const index = JSON.parse(decoder.decode(await get("index.json")));
	if (index.format !== 1)
		throw new Error("index: another format");
	const b = new Bytes(await get(index.main));
	const head = JSON.parse(decoder.decode(b.take(b.varint())));
	return new Index(get, head, b);
};

class Index {
	constructor(get, head, b) {
		Object.assign(this, head);
		this.get = get;
		this.count = head.documents[0];
		this.reader = reader(head.stop, head.exceptions);
		this.loaded = new Map();
		const column = () => b.take(this.count);
		this.municipality = column();
		this.direction = column();
		this.youngest = column();
		this.oldest = column();
		this.kind = column();
		this.price = column();
		this.rating = column();
		this.health = column();
		this.groups = column();
		this.first = new Uint32Array(this.count + 1);
		for (let i = 0; i < this.count; i++)
			this.first[i + 1] = this.first[i] + this.groups[i];
		const all = this.first[this.count];
		this.groupYoungest = b.take(all);
		this.groupOldest = b.take(all);
		const w = b.take(2 * all);
		this.window = Uint16Array.from({ length: all },
			(_, i) => w[2 * i] | w[2 * i + 1] << 8);
		this.free = Array.from(b.take(all));
		this.organization = new Uint16Array(this.count);
		let doc = 0;
		head.organizations.forEach(([, , n], o) => {
			this.organization.fill(o, doc, doc += n);
		});
		if (doc !== this.count)
			throw new Error("index: programs without organization");
	}

	/* A file of the index, made into something once. */
	once(name, make) {
		if (!this.loaded.has(name))
			this.loaded.set(name, this.get(name).then(make, (e) => {
				this.loaded.delete(name);
				throw e;
			}));
		return this.loaded.get(name);
	}

	shard(i) {
		return this.once(this.shards[i][1], (buffer) => {
			const terms = new Map();
			keysOf(buffer, (key, b) => terms.set(key, postings(b)));
			return terms;
		});
	}

	/* The shard where a key would be: the last that does not begin after. */
	place(key) {
		let low = 0, high = this.shards.length;
		while (low < high) {
			const mid = low + high >> 1;
			if (order(this.shards[mid][0], key) <= 0)
				low = mid + 1;
			else
				high = mid;
		}
		return Math.max(0, low - 1);
	}

	/* Adds what a key, or all keys that begin so, give to a score. */
	async collect(into, key, weight, prefix) {
		const MOST = 3;
		const add = (classes, w) => classes.forEach((docs, c) => {
			for (const doc of docs)
				into.set(doc, Math.max(into.get(doc) ?? 0, CLASSES[c] * w));
		});
		let i = this.place(key);
		if (i >= this.shards.length)
			return;
		const exact = (await this.shard(i)).get(key);
		if (exact)
			add(exact, weight);
		for (let n = 0; prefix && n < MOST && i < this.shards.length; n++, i++) {
			if (n > 0 && !this.shards[i][0].startsWith(key))
				break;
			for (const [term, classes] of await this.shard(i))
				if (term !== key && term.startsWith(key))
					add(classes, weight * PREFIX);
		}
	}

	/* A word with what means the same: document → score. */
	async word(word, last) {
		const key = this.reader.key(word);
		const found = new Map();
		await this.collect(found, key, 1, last && key.length > 1);
		if (last && word.length > 1)
			for (const start of beginnings(word))
				if (start !== key)
					await this.collect(found, start, PREFIX, true);
		for (const group of this.synonyms)
			if (group.some((p) => p.length === 1 && p[0] === key))
				for (const phrase of group)
					if (phrase.length > 0 && phrase[0] !== key)
						merge(found, await this.phrase(phrase));
		return found;
	}

	/* Documents that have all keys of a phrase. */
	async phrase(keys) {
		let all = null;
		for (const key of keys) {
			const one = new Map();
			await this.collect(one, key, SYNONYM, false);
			all = all ? both(all, one, Math.min) : one;
		}
		return all;
	}

	/* Words that are a synonym's phrase count as one. */
	async all(words) {
		let result = null;
		for (let i = 0; i < words.length; i++) {
			let one = await this.word(words[i], i === words.length - 1);
			for (const group of this.synonyms)
				for (const phrase of group) {
					const n = phrase.length;
					if (n < 2 || phrase.some((k, j) => i + j >= words.length ||
					    this.reader.key(words[i + j]) !== k))
						continue;
					for (const [w] of words.slice(i + 1, i + n).entries())
						one = both(one, await this.word(words[i + 1 + w], false),
							Math.max);
					for (const other of group)
						if (other !== phrase)
							merge(one, await this.phrase(other));
					i += n - 1;
				}
			result = result ? both(result, one, (a, b) => a + b) : one;
			if (result.size === 0)
				break;
		}
		return result;
	}

	/* The known key nearest to each word that nothing has. */
	async mend(words) {
		const known = await this.once(this.words, (buffer) => {
			const keys = [];
			keysOf(buffer, (key) => keys.push(key));
			return keys;
		});
		const mended = [];
		for (const word of words) {
			const key = this.reader.key(word);
			const max = word.length >= 9 ? 2 : word.length >= 4 ? 1 : 0;
			let best = key, least = max + 1;
			if ((await this.word(word, word === words.at(-1))).size > 0)
				least = 0;
			for (const k of least > 0 ? known : []) {
				const tail = word.length - k.length;
				const d = Math.min(distance(key, k, max),
					tail > 0 && tail <= ENDING
						? distance(word.slice(0, k.length), k, max) : least);
				if (d < least)
					[best, least] = [k, d];
			}
			if (least > max)
				return null;
			mended.push(least === 0 ? word : best);
		}
		return mended;
	}

	/*
	 * { scores, said }: documents with their scores (null: no words were
	 * asked for), and the words in whose stead others were looked for.
	 */
	async find(text) {
		const words = this.reader.words(text);
		if (words.length === 0)
			return { scores: null, said: "", words };
		const tries = [words];
		const other = this.reader.words(otherLayout(text));
		const latin = split(text).map(alike);
		if (/[a-z]/i.test(text))
			tries.push(other, latin);
		else
			tries.push(other);
		for (const t of tries) {
			const scores = t.length > 0 ? await this.all(t) : new Map();
			if (scores.size > 0)
				return { scores, words: t,
					said: t === words ? "" : t.join(" ") };
		}
		for (const t of /[a-z]/i.test(text) ? [words, other] : [words]) {
			const mended = t.length > 0 && await this.mend(t);
			if (!mended)
				continue;
			const scores = await this.all(mended);
			if (scores.size > 0)
				return { scores, words: mended, said: mended.join(" ") };
		}
		return { scores: new Map(), said: "", words };
	}

	/* Days and parts of the day: a file of its own. */
	loadDays() {
		return this.once(this.days, (buffer) => {
			const b = new Bytes(buffer);
			this.parts = PARTS.map(() => b.take(this.first[this.count]));
		});
	}

	loadTitles() {
		return this.once(this.titles, (buffer) => {
			const b = new Bytes(buffer);
			const [low, mid, high] = [0, 1, 2].map(() => b.take(this.count));
			this.title = Uint32Array.from(low,
				(n, i) => n | mid[i] << 8 | high[i] << 16);
		});
	}

	/* What the daemon says of places, groups by program id. */
	async loadPlaces(free) {
		if (free.length !== this.first[this.count])
			return;
		await this.once(this.order, (buffer) => {
			const b = new Bytes(buffer);
			const [low, high] = [0, 1].map(() => b.take(this.count));
			const next = [0];
			for (const [, , n] of this.organizations)
				next.push(next.at(-1) + n);
			let at = 0;
			low.forEach((n, i) => {
				const doc = next[n | high[i] << 8]++;
				for (let g = this.first[doc]; g < this.first[doc + 1]; g++)
					this.free[g] = free[at++] === 0 ? 0 : 1;
			});
		});
	}

	/* A group that fits what is asked of groups. */
	group(doc, g, f, now) {
		if (f.age !== null) {
			const own = this.groupYoungest[g] !== NO_AGE;
			const from = own ? this.groupYoungest[g] : this.youngest[doc];
			const to = own ? this.groupOldest[g] : this.oldest[doc];
			if ((from !== NO_AGE && f.age < from) ||
			    (to !== NO_AGE && f.age > to))
				return false;
		}
		if (f.day.length + f.time.length > 0) {
			const days = f.day.reduce((m, d) => m | 1 << d, 0) || 127;
			if (!this.parts.some((p, i) => (p[g] & days) !== 0 &&
			    (f.time.length === 0 || f.time.includes(i))))
				return false;
		}
		const [opens, closes, over, year] = this.windows[this.window[g]];
		if (f.year.length > 0 && !f.year.includes(year))
			return false;
		if (f.places && !this.free[g])
			return false;
		return !f.open || (now >= opens && (closes === 0 || now < closes) &&
			(over === 0 || now < over));
	}

	/* A program that fits all that is chosen. */
	fits(doc, f, now) {
		const k = this.kind[doc];
		if ((f.municipality.length > 0 &&
		    !f.municipality.includes(this.municipality[doc])) ||
		    (f.direction.length > 0 &&
		    !f.direction.includes(this.direction[doc])) ||
		    (f.organization.length > 0 &&
		    !f.organization.includes(this.organization[doc])) ||
		    (f.pay.length > 0 && !f.pay.some((p) => this.pays(doc, p))) ||
		    (f.form.length > 0 && !f.form.includes(k >> 3 & 3)) ||
		    (f.level.length > 0 && !f.level.includes(k >> 5)) ||
		    (f.health && !this.health[doc]))
			return false;
		if (f.price !== null) {
			const price = this.prices[this.price[doc]];
			if (price < 0 || price > f.price)
				return false;
		}
		if (this.groups[doc] === 0) {
			const from = this.youngest[doc], to = this.oldest[doc];
			return f.day.length + f.time.length + f.year.length === 0 &&
				!f.open && !f.places && (f.age === null ||
				((from === NO_AGE || f.age >= from) &&
				(to === NO_AGE || f.age <= to)));
		}
		for (let g = this.first[doc]; g < this.first[doc + 1]; g++)
			if (this.group(doc, g, f, now))
				return true;
		return false;
	}

	/* 0 nothing to pay, 1 by certificate, 2 for money. */
	pays(doc, how) {
		if (how === 0)
			return this.prices[this.price[doc]] === 0;
		return (this.kind[doc] & (how === 1 ? 2 : 4)) !== 0;
	}

	/* Programs, best first. */
	filter(scores, f, now) {
		const found = [];
		const one = (doc) => doc < this.count && this.fits(doc, f, now) &&
			found.push(doc);
		if (scores)
			for (const doc of scores.keys())
				one(doc);
		else
			for (let doc = 0; doc < this.count; doc++)
				one(doc);
		return found;
	}

	sort(found, by, scores) {
		const open = new Map();
		const price = (d) => {
			const p = this.prices[this.price[d]];
			return p < 0 ? Infinity : p;
		};
		/* What has begun comes after what begins. */
		const now = Date.now() / 1000, LATE = 1e10;
		const begun = (t) => t === 0 ? Infinity : t < now ? t + LATE : t;
		const starts = (d) => {
			let least = Infinity;
			for (let g = this.first[d]; g < this.first[d + 1]; g++)
				least = Math.min(least, begun(this.windows[this.window[g]][4]));
			return least;
		};
		const keys = {
			title: (d) => this.title[d],
			price,
			rating: (d) => -this.rating[d],
			start: starts,
			best: (d) => -(scores?.get(d) ?? 0),
		};
		const key = keys[by] ?? keys.best;
		for (const d of found)
			open.set(d, key(d));
		return found.sort((a, b) => {
			const x = open.get(a), y = open.get(b);
			return x < y ? -1 : x > y ? 1
				: this.rating[b] - this.rating[a] || a - b;
		});
	}

	/* Events, organizations and pages among what was found, best first. */
	others(scores, most) {
		return [...scores ?? []].filter(([doc]) => doc >= this.count)
			.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, most)
			.map(([doc]) => doc);
	}

	/* The row of a document: what stands at its number in its file. */
	row(doc) {
		const file = Math.floor(doc / this.rows);
		const hash = this.row_hashes.slice(4 * file, 4 * file + 4);
		return [`c${file}.${hash}.html`, doc % this.rows];
	}
}

/* Code units as the index sorts bytes: by code points. */
const order = (a, b) => {
	for (let i = 0; i < a.length && i < b.length; i++)
		if (a[i] !== b[i])
			return a.charCodeAt(i) - b.charCodeAt(i);
	return a.length - b.length;
};

/* What keys may begin with that a word half typed leads to. */
const beginnings = (word) => {
	const all = new Set([word]);
	if (/^[а-я]{4,}$/.test(word)) {
		all.add(word.replace(/[аеиоуыюяьй]+$/, ""));
		all.add(word.replace(/([^аеиоуыюяй])[ое]([кцлмнр])$/, "$1$2"));
	}
	return [...all].filter((s) => s.length > 1);
};

const merge = (into, from) => {
	for (const [doc, score] of from ?? [])
		into.set(doc, Math.max(into.get(doc) ?? 0, score));
};

const both = (a, b, join) => {
	const out = new Map();
	for (const [doc, score] of a)
		if (b.has(doc))
			out.set(doc, join(score, b.get(doc)));
	return out;
};
