/*
 * Words of a text as the index has them: the twin of generator/search/text.c
 * and of Snowball's Russian and English stemmers.  Both are held equal by
 * tests/search/words.tsv.
 */
const VOWEL = "аеиоуыюя";
const WORD = /[\p{L}\p{N}]+(?:\+\+|#)?/gu;
const MAX = 40;
const ALIKE = { a: "а", b: "в", c: "с", e: "е", h: "н", k: "к", m: "м",
	o: "о", p: "р", t: "т", x: "х", y: "у" };

/* Latin letters as the Russian ones that look the same. */
export const alike = (word) => word.replace(/[a-z]/g, (c) => ALIKE[c] || c);

/* Composed, small, without stress marks; ё and э as е. */
export const fold = (text) => text.normalize("NFC").toLowerCase()
	.replace(/[\u0300-\u036f]/g, "").replace(/[ёэ]/g, "е").replace(/ς/g, "σ")
	.replace(/(?<=\p{L})['\u2019\u02bc](?=\p{L})/gu, "");

/* The words of a text, folded. */
export const split = (text) => Array.from(fold(text).matchAll(WORD), (m) => {
	let word = [...m[0]].slice(0, MAX).join("");
	if (/[a-z]/.test(word) && /[а-я]/.test(word) || word === "1c")
		word = alike(word);
	return word;
});

const gerund = /(?:ив|ыв)(?:ши(?:сь)?)?$|(?<=[ая])в(?:ши(?:сь)?)?$/;
const adjective =
	/(?:[еиыо]е|[иы]ми|[еиыо]й|[еиыо]м|[ео]го|[ео]му|[иы]х|[ую]ю|ая|яя|[ое]ю)$/;
const participle = /(?:ивш|ывш|ующ|(?<=[ая])(?:ем|нн|вш|ющ|щ))$/;
const verb = new RegExp("(?:ила|ыла|ена|ейте|уйте|ите|или|ыли|ей|уй|ил|ыл|им" +
	"|ым|ен|ило|ыло|ено|ят|ует|уют|ит|ыт|ены|ить|ыть|ишь|ую|ю|(?<=[ая])(?:" +
	"ла|на|ете|йте|ли|й|л|ем|н|ло|но|ет|ют|ны|ть|ешь|нно))$");
const noun = new RegExp("(?:а|ев|ов|ие|ье|е|иями|ями|ами|еи|ии|и|ией|ей|ой|ий" +
	"|й|иям|ям|ием|ем|ам|ом|о|у|ах|иях|ях|ы|ь|ию|ью|ю|ия|ья|я)$");

/* Snowball's Russian. */
export const russian = (word) => {
	const at = word.search(/[аеиоуыюя]/) + 1;
	if (at === 0)
		return word;
	const two = /^[^аеиоуыюя]*[аеиоуыюя]+[^аеиоуыюя]+[аеиоуыюя]+[^аеиоуыюя]/
		.exec(word);
	let v = word.slice(at);
	const cut = (what) => {
		const before = v;
		v = v.replace(what, "");
		return v !== before;
	};
	if (!cut(gerund)) {
		cut(/с[яь]$/);
		if (cut(adjective))
			cut(participle);
		else
			cut(verb) || cut(noun);
	}
	cut(/и$/);
	const ost = /ость?$/.exec(v);
	if (two && ost && at + ost.index >= two[0].length)
		v = v.slice(0, ost.index);
	if (cut(/ейше?$/))
		v = v.replace(/нн$/, "н");
	else if (/нн$/.test(v))
		v = v.slice(0, -1);
	else
		cut(/ь$/);
	return word.slice(0, at) + v;
};

/*
 * What Snowball leaves apart: кружок and кружк, танец and танц, боец and
 * бойц, конек and коньк, музе and муз.
 */
export const settle = (stem) => {
	let s = stem.replace(/[ьъ]/g, "");
	if (s.length >= 4 && VOWEL.includes(s.at(-1)))
		s = s.slice(0, -1);
	if (s.length >= 4)
		s = s.replace(/([аеиоуыюя])е([кц])$/, "$1й$2").replace(/яц$/, "йц")
			.replace(/([^аеиоуыюяй])[ое]([кцлмнр])$/, "$1$2");
	return s;
};

const SPECIAL = new Map(Object.entries({ skis: "ski", skies: "sky",
	dying: "die", lying: "lie", tying: "tie", idly: "idl", gently: "gentl",
	ugly: "ugli", early: "earli", only: "onli", singly: "singl" }));
const KEPT = /^(?:sky|news|howe|atlas|cosmos|bias|andes)$/;
const KEPT_1A =
	/^(?:inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;
const TWO = [["ational", "ate"], ["ization", "ize"], ["fulness", "ful"],
	["ousness", "ous"], ["iveness", "ive"], ["tional", "tion"],
	["biliti", "ble"], ["lessli", "less"], ["entli", "ent"], ["ation", "ate"],
	["alism", "al"], ["aliti", "al"], ["ousli", "ous"], ["iviti", "ive"],
	["fulli", "ful"], ["enci", "ence"], ["anci", "ance"], ["abli", "able"],
	["izer", "ize"], ["ator", "ate"], ["alli", "al"], ["bli", "ble"],
	["ogi", "og"], ["li", ""]];
const THREE = [["ational", "ate"], ["tional", "tion"], ["alize", "al"],
	["icate", "ic"], ["iciti", "ic"], ["ative", ""], ["ical", "ic"],
	["ness", ""], ["ful", ""]];
const FOUR = ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent",
	"ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic"];
const short = (w) => /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$/
	.test(w);

/* Snowball's English, of small Latin letters. */
export const english = (word) => {
	if (word.length < 3)
		return word;
	if (SPECIAL.has(word) || KEPT.test(word))
		return SPECIAL.get(word) || word;
	let w = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
	const region = (from) => {
		const m = /[aeiouy][^aeiouy]/.exec(w.slice(from));
		return m ? from + m.index + 2 : w.length;
	};
	const known = /^(?:gener|commun|arsen)/.exec(w);
	const r1 = known ? known[0].length : region(0);
	const r2 = region(r1);
	const ends = (s) => w.endsWith(s);
	const less = (n) => w.slice(0, w.length - n);
	if (ends("sses"))
		w = less(2);
	else if (/ie[ds]$/.test(w))
		w = less(w.length > 4 ? 2 : 1);
	else if (/s$/.test(w) && !/[us]s$/.test(w) && /[aeiouy]./.test(less(1)))
		w = less(1);
	if (KEPT_1A.test(w))
		return w;
	const b = /(?:eedly|ingly|edly|eed|ing|ed)$/.exec(w);
	if (b && b[0].startsWith("eed")) {
		if (b.index >= r1)
			w = w.slice(0, b.index) + "ee";
	} else if (b && /[aeiouy]/.test(w.slice(0, b.index))) {
		w = w.slice(0, b.index);
		if (/(?:at|bl|iz)$/.test(w))
			w += "e";
		else if (/([bdfgmnprt])\1$/.test(w))
			w = less(1);
		else if (r1 >= w.length && short(w))
			w += "e";
	}
	w = w.replace(/(.[^aeiouy])[yY]$/, "$1i");
	let s = TWO.find(([x]) => ends(x));
	if (s && w.length - s[0].length >= r1) {
		const before = w.at(-s[0].length - 1);
		if (s[0] === "li" ? "cdeghkmnrt".includes(before)
		    : s[0] !== "ogi" || before === "l")
			w = less(s[0].length) + s[1];
	}
	s = THREE.find(([x]) => ends(x));
	if (s && w.length - s[0].length >= (s[0] === "ative" ? r2 : r1))
		w = less(s[0].length) + s[1];
	s = FOUR.find(ends);
	if (s && w.length - s.length >= r2 &&
	    (s !== "ion" || "st".includes(w.at(-4))))
		w = less(s.length);
	if (ends("e") && (w.length > r2 ||
	    w.length > r1 && !short(less(1))))
		w = less(1);
	else if (ends("ll") && w.length > r2)
		w = less(1);
	return w.replace(/Y/g, "y");
};

/*
 * A noun's bare form may look like a verb to Snowball (барабан, вокал), its
 * other forms do not: the stem is stemmed until it stands still.
 */
const still = (word) => {
	for (let s = russian(word); s !== word; s = russian(word)) {
		if (s.length < 3 && word.length > 3)
			break;
		word = s;
	}
	return word;
};

const stem = (word) => /^[а-я]+$/.test(word) ? settle(still(word))
	: /^[a-z]+$/.test(word) ? english(word) : word;

/* A reader of texts with the site's own stop words and exceptions. */
export const reader = (stop = [], exceptions = {}) => {
	const out = new Set(stop);
	const as = new Map(Object.entries(exceptions));
	const key = (word) => {
		const s = stem(word);
		return as.get(s) ?? s;
	};
	return {
		key,
		words: (text) => split(text).filter((w) => !out.has(w)),
		keys(text) {
			return this.words(text).map(key);
		},
	};
};
