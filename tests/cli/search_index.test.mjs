// The index that the generator writes, read by the browser's own code: what
// is typed finds what it should on the demo, and filters hold.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { kruzhok, NOW, root } from '../tools/site.mjs';
import { modules } from '../tools/modules.mjs';

const dir = mkdtempSync(join(tmpdir(), 'kruzhok-search-'));
after(() => rmSync(dir, { recursive: true, force: true }));
const build = (out) => execFileSync(kruzhok, ['build', '--content', join(root, 'content'), '--theme', join(root, 'themes/default'),
  '--output', join(dir, out), '--catalog', join(dir, `${out}.db`), '--now', NOW, '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] });
build('a');

const { open, otherLayout, distance } = await modules('search-index');
const files = join(dir, 'a/search');
const get = async (name) => new Uint8Array(readFileSync(join(files, name))).buffer;
const index = await open(get);
const data = JSON.parse(readFileSync(join(dir, 'a/data/programs.json'), 'utf8'));
const all = { age: null, price: null, day: [], time: [], year: [], municipality: [], direction: [], organization: [], pay: [], form: [], level: [], health: false, open: false, places: false };
const now = Date.parse(NOW) / 1000;

const titleOf = (doc) => {
  const [file, n] = index.row(doc);
  const links = [...readFileSync(join(files, file), 'utf8').matchAll(/title"><a href="([^"]*)">([^<]*)</g)];
  return links[n][2].replaceAll('&quot;', '"');
};
const titles = async (text) => {
  const { scores } = await index.find(text);
  return index.sort(index.filter(scores, all, now), 'best', scores).map(titleOf);
};

test('every program is found by its title, first of all with such words', async () => {
  for (const p of data.programs) assert.ok((await titles(p.title)).includes(p.title), p.title);
});

test('every event, organization and help page is found by its title', async () => {
  const events = JSON.parse(readFileSync(join(dir, 'a/data/events.json'), 'utf8')).events;
  for (const e of events) {
    const { scores } = await index.find(e.title);
    assert.ok(index.others(scores, 1000).map(titleOf).includes(e.title), e.title);
  }
  for (const [, title] of index.organizations) {
    const { scores } = await index.find(title);
    assert.ok(index.others(scores, 1000).length > 0, title);
  }
  assert.equal(index.documents.reduce((a, b) => a + b), index.documents[0] + events.length + index.organizations.length + index.documents[3] + index.documents[4]);
});

test('a word half typed, mistyped, or typed with another keyboard leads to the same', async () => {
  const want = (await titles('робототехника'))[0];
  assert.ok(want);
  for (const text of ['робот', 'робототех', 'робототехнка', 'роботтехника', 'hj,jnjnt[ybrf', 'РОБОТОТЕХНИКИ', 'poбoтoтexникa'])
    assert.ok((await titles(text)).includes(want), text);
  assert.equal(otherLayout('ghbdtn'), 'привет');
  assert.equal(distance('танцы', 'танцы', 1), 0);
  assert.equal(distance('тнацы', 'танцы', 1), 1);
  assert.equal(distance('а', 'танцы', 2), 3);
});

test('synonyms of the site lead to each other', async () => {
  const names = await titles('LEGO');
  for (const t of await titles('робототехника')) assert.ok(names.includes(t), t);
});

test('nonsense finds nothing, and stop words alone ask for nothing', async () => {
  assert.deepEqual(await titles('щщщщщщщщ'), []);
  assert.equal((await index.find('и в на')).scores, null);
  assert.equal((await index.find('  ,.! ')).scores, null);
  for (const odd of ['constructor', '__proto__', '"<b>', '\u0000', 'ы'.repeat(5000)]) await index.find(odd);
});

test('filters agree with the open data, group by group', async () => {
  await index.loadDays();
  const day = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
  const byHand = (f) => data.programs.filter((p) => {
    const groups = p.groups.length > 0 ? p.groups : [];
    return groups.some((g) => {
      const age = g.age ?? p.age;
      if (f.age !== undefined && age && ((age.min ?? -1) > f.age || (age.max ?? 999) < f.age)) return false;
      return f.day === undefined || g.schedule.some((l) => l.days.includes(day[f.day]) &&
        (f.time === undefined || Math.floor(+(l.time.slice(0, 2)) < 12 ? 0 : +(l.time.slice(0, 2)) < 17 ? 1 : 2) === f.time));
    });
  }).length;
  for (const f of [{ age: 7 }, { age: 15 }, { day: 0 }, { day: 5, time: 0 }, { age: 9, day: 2 }, { day: 1, time: 2 }]) {
    const chosen = { ...all, age: f.age ?? null, day: f.day === undefined ? [] : [f.day], time: f.time === undefined ? [] : [f.time] };
    assert.equal(index.filter(null, chosen, now).length, byHand(f), JSON.stringify(f));
  }
  const towns = data.programs.filter((p) => p.municipality.id === index.municipalities[0][0]).length;
  assert.equal(index.filter(null, { ...all, municipality: [0] }, now).length, towns);
  assert.equal(index.filter(null, all, now).length, data.programs.length);
});

test('places of the daemon are laid on the right groups', async () => {
  const ids = [...data.programs].sort((a, b) => (a.id < b.id ? -1 : 1));
  const target = ids[Math.floor(ids.length / 2)];
  const free = ids.flatMap((p) => p.groups.map(() => (p === target ? 3 : 0)));
  const fresh = await open(get);
  await fresh.loadPlaces(free);
  assert.deepEqual(fresh.filter(null, { ...all, places: true }, now).map(titleOf), target.groups.length > 0 ? [target.title] : []);
});

test('a damaged index is refused, not misread', async () => {
  const cut = (n) => async (name) => { const b = await get(name); return name.startsWith('main') ? b.slice(0, n) : b; };
  for (const n of [0, 1, 100, 2000]) await assert.rejects(open(cut(n)));
  await assert.rejects(open(async () => new TextEncoder().encode('{"format":9}').buffer));
});

test('two builds write the same index, and old shards stay for a while', () => {
  build('b');
  assert.deepEqual(readdirSync(join(dir, 'b/search')), readdirSync(files));
  for (const f of readdirSync(files)) assert.deepEqual(readFileSync(join(dir, 'b/search', f)), readFileSync(join(files, f)), f);
  assert.ok(existsSync(join(files, 'index.json')));
});
