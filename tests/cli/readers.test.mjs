// What machines read of the demo: JSON-LD, shared links, sitemap, the files
// of static hosts, open data.
import { test, before, after } from 'node:test';
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readdirSync, readFileSync, existsSync, rmSync, appendFileSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createRequire } from 'node:module';
import { root, startSite } from '../tools/site.mjs';

const Ajv = createRequire(join(root, 'tests/package.json'))('ajv');
const ajv = new Ajv({ allErrors: true, strict: false });

const text = { type: 'string', minLength: 1 };
const url = { type: 'string', pattern: '^https?://[^ ]+$' };
const date = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d$' };
const moment = { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\d(T\\d\\d:\\d\\d:\\d\\d[+-]\\d\\d:\\d\\d)?$' };
const price = { type: 'string', pattern: '^\\d+(\\.\\d\\d)?$' };
const age = { type: 'string', pattern: '^(\\d+-\\d*|-\\d+)$' };
const thing = (type, required, properties = {}) => ({
  type: 'object',
  required: ['@type', ...required],
  properties: { '@type': Array.isArray(type) ? { enum: type } : { const: type }, ...properties },
});
const list = (items) => ({ type: 'array', minItems: 1, items });

const address = thing('PostalAddress', ['addressLocality', 'addressRegion'], { streetAddress: text });
const place = thing('Place', ['name', 'address'], {
  name: text, address,
  geo: thing('GeoCoordinates', ['latitude', 'longitude'], { latitude: { type: 'number' }, longitude: { type: 'number' } }),
});
const provider = thing('EducationalOrganization', ['@id', 'name', 'url'], { name: text, url });
const person = thing('Person', ['name'], { name: text });
const schedule = thing('Schedule', ['repeatFrequency', 'scheduleTimezone'], {
  repeatFrequency: { enum: ['P1D', 'P1W', 'P2W', 'P1M'] },
  byDay: list({ type: 'string', pattern: '^https://schema.org/(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day$' }),
  startDate: date, endDate: date,
  startTime: { type: 'string', pattern: '^\\d\\d:\\d\\d$' }, endTime: { type: 'string', pattern: '^\\d\\d:\\d\\d$' },
  exceptDate: list(date),
});
const offer = thing('Offer', ['url'], { url, price, priceCurrency: { const: 'RUB' }, validFrom: moment, validThrough: moment });
offer.dependentRequired = { price: ['priceCurrency'] };
const rating = { type: 'integer', minimum: 1, maximum: 5 };
const schemas = {
  Course: thing('Course', ['@id', 'name', 'description', 'url', 'image', 'inLanguage', 'provider', 'typicalAgeRange',
    'educationalLevel', 'keywords', 'dateModified'], {
    name: text, description: text, url, image: url, provider, typicalAgeRange: age, educationalLevel: text,
    timeRequired: { type: 'string', pattern: '^PT\\d+H$' }, dateModified: date,
    offers: list({ ...offer, required: [...offer.required, 'price', 'category'] }),
    hasCourseInstance: list(thing('CourseInstance', ['name', 'courseMode', 'typicalAgeRange'], {
      name: text, courseMode: { enum: ['Onsite', 'Online', 'Blended'] }, startDate: date, endDate: date,
      typicalAgeRange: age, location: place, instructor: person, courseSchedule: list(schedule),
      maximumAttendeeCapacity: { type: 'integer', minimum: 0 },
    })),
    aggregateRating: thing('AggregateRating', ['ratingValue', 'bestRating', 'worstRating', 'ratingCount'], {
      ratingValue: { type: 'number', minimum: 1, maximum: 5 }, ratingCount: { type: 'integer', minimum: 1 },
    }),
    review: list(thing('Review', ['author', 'reviewRating', 'datePublished'], {
      author: person, reviewBody: text, datePublished: date,
      reviewRating: thing('Rating', ['ratingValue', 'bestRating', 'worstRating'], { ratingValue: rating }),
    })),
  }),
  Event: thing(['ChildrensEvent', 'EducationEvent', 'ExhibitionEvent', 'Festival', 'MusicEvent', 'SocialEvent', 'SportsEvent'],
    ['@id', 'name', 'description', 'url', 'image', 'startDate', 'eventStatus', 'eventAttendanceMode', 'location'], {
      name: text, description: text, url, image: url, startDate: moment, endDate: moment,
      eventStatus: { enum: ['Scheduled', 'Postponed', 'Cancelled'].map((s) => `https://schema.org/Event${s}`) },
      eventAttendanceMode: { enum: ['Offline', 'Online', 'Mixed'].map((s) => `https://schema.org/${s}EventAttendanceMode`) },
      location: list({ anyOf: [place, thing('VirtualLocation', ['url'], { url })] }),
      organizer: provider, typicalAgeRange: age, eventSchedule: schedule, offers: list(offer),
    }),
  EducationalOrganization: thing('EducationalOrganization', ['@id', 'name', 'url', 'description', 'address', 'image', 'telephone', 'email'], {
    name: text, url, address: { ...address, required: [...address.required, 'streetAddress'] }, image: url, sameAs: url,
  }),
  WebSite: thing('WebSite', ['name', 'alternateName', 'url', 'description', 'inLanguage'], { url }),
  NewsArticle: thing('NewsArticle', ['headline', 'datePublished', 'image', 'url'], { datePublished: date, url }),
  BreadcrumbList: thing('BreadcrumbList', ['itemListElement'], {
    itemListElement: { ...list(thing('ListItem', ['position', 'name', 'item'], { name: text, item: url })), minItems: 2 },
  }),
  ItemList: thing('ItemList', ['itemListElement'], {
    itemListElement: list(thing('ListItem', ['position', 'url'], { url })),
  }),
};
const checks = Object.fromEntries(Object.entries(schemas).map(([k, s]) => [k, ajv.compile(s)]));
const kindOf = (node) => (schemas.Event.properties['@type'].enum.includes(node['@type']) ? 'Event' : node['@type']);

let site;
const files = {};
const graphs = {};
const read = (path, of = site) => readFileSync(join(of.pages, path), 'utf8');
const unescape = (s) => s.replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
const meta = (html, name) => [...html.matchAll(new RegExp(`<meta (?:property|name)="${name}" content="([^"]*)"`, 'g'))].map((m) => unescape(m[1]));
const canonical = (html) => html.match(/<link rel="canonical" href="([^"]*)"/)?.[1];
const open = (path) => /^(programs|events|organizations)\/(?!index)[a-z0-9-]+\.html$/.test(path) && !/^events\/\d{4}-\d\d\.html$/.test(path);

function walk(dir, base = dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((e) =>
    (e.isDirectory() ? walk(join(dir, e.name), base) : [relative(base, join(dir, e.name))]));
}

before(async () => {
  site = await startSite({ content: join(root, 'content') });
  site.submitd('demo');
  site.exportLive();
  execFileSync('sqlite3', [join(site.dir, 'live.db'), `
    INSERT INTO rating VALUES ('keramika', 9, 2), ('shahmaty', 4, 1);
    INSERT INTO review VALUES ('keramika', 1, 'Ольга С.', 5, 'Глина </script> и "радость".', 1795000000, NULL, NULL),
      ('keramika', 2, '', 4, 'Хорошо.', 1795100000, 'Спасибо!', 1795200000),
      ('shahmaty', 1, 'Пётр', 4, 'Ждём турнир.', 1795100000, NULL, NULL);`]);
  site.build();
  for (const path of walk(site.pages).filter((f) => f.endsWith('.html') && !f.startsWith('search/'))) {
    const html = read(path);
    files[path] = html;
    if (/name="robots" content="noindex"/.test(html)) continue;
    const blocks = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/gs)];
    assert.equal(blocks.length, 1, path);
    const data = JSON.parse(blocks[0][1]);
    assert.equal(data['@context'], 'https://schema.org', path);
    graphs[path] = data['@graph'];
  }
});
after(async () => {
  await site.stop();
  site.remove();
});

test('every page says what it is, with all that is required and recommended', () => {
  const misses = [];
  const seen = {};
  for (const [path, graph] of Object.entries(graphs)) {
    for (const node of graph) {
      const kind = kindOf(node);
      seen[kind] = (seen[kind] ?? 0) + 1;
      if (!checks[kind]) misses.push(`${path}: unknown ${node['@type']}`);
      else if (!checks[kind](node)) misses.push(`${path}: ${kind}: ${ajv.errorsText(checks[kind].errors)}`);
    }
    if (path !== 'index.html' && !graph.some((n) => n['@type'] === 'BreadcrumbList')) misses.push(`${path}: no way from the home page`);
  }
  assert.deepEqual(misses, []);
  for (const kind of Object.keys(schemas)) assert.ok(seen[kind] > 0, `no ${kind}`);
});

test('programs, events and organizations are what open data says they are', () => {
  const { programs } = JSON.parse(read('data/programs.json'));
  const { events } = JSON.parse(read('data/events.json'));
  for (const p of programs) {
    const course = graphs[`programs/${p.id}.html`].find((n) => n['@type'] === 'Course');
    assert.equal(course.name, p.title);
    assert.equal(course['@id'], p.url);
    assert.equal(course.provider.name, p.organization.title);
    assert.equal((course.hasCourseInstance ?? []).length, p.groups.length, p.id);
    p.groups.forEach((g, i) => {
      const told = course.hasCourseInstance[i];
      assert.equal((told.courseSchedule ?? []).length, g.schedule.length, p.id);
      assert.equal(told.maximumAttendeeCapacity ?? null, g.seats, p.id);
      g.schedule.forEach((l, k) => {
        assert.equal(`${told.courseSchedule[k].startTime}-${told.courseSchedule[k].endTime}`, l.time);
        assert.equal(told.courseSchedule[k].byDay.length, l.days.length);
      });
    });
    assert.equal(course.isAccessibleForFree ?? false, p.funding.includes('budget'), p.id);
  }
  for (const e of events) {
    const told = graphs[`events/${e.id}.html`].find((n) => kindOf(n) === 'Event');
    assert.equal(told.name, e.title);
    assert.equal(told.organizer?.name, e.organization?.title);
    assert.equal(told.eventStatus, `https://schema.org/Event${e.status[0].toUpperCase()}${e.status.slice(1)}`);
    if (!e.repeat) assert.equal(told.startDate, e.starts, e.id);
    assert.equal(told.location.some((l) => l['@type'] === 'VirtualLocation'), e.online, e.id);
  }
  assert.equal(Object.keys(graphs).filter(open).length,
    programs.length + events.length + readdirSync(join(root, 'content/organizations')).length);
});

test('a rating is told where readers see one, and nowhere else', () => {
  let rated = 0;
  for (const [path, graph] of Object.entries(graphs)) {
    const course = graph.find((n) => n['@type'] === 'Course');
    if (!course) continue;
    const shown = / data-rating>/.test(files[path]);
    assert.equal(course.aggregateRating !== undefined, shown, path);
    assert.equal(course.review !== undefined, shown, path);
    if (!shown) continue;
    rated++;
    const value = course.aggregateRating.ratingValue.toFixed(1).replace('.', ',');
    assert.ok(files[path].includes(`<b>${value}</b>`), path);
    for (const r of course.review) assert.ok(unescape(files[path]).includes(r.reviewBody), path);
  }
  assert.equal(rated, 2);
});

test('a shared link has a title, a text and a picture that is there', () => {
  const titles = {};
  for (const [path, html] of Object.entries(files)) {
    if (!graphs[path]) continue;
    const address = canonical(html);
    assert.equal(address, `${site.url}/${path.replace(/(^|\/)index\.html$/, '$1')}`);
    assert.deepEqual(meta(html, 'og:url'), [address]);
    assert.equal(meta(html, 'og:title').length, 1, path);
    const [image, ...more] = meta(html, 'og:image');
    assert.equal(more.length, 0);
    assert.ok(image.startsWith(`${site.url}/`), path);
    assert.ok(existsSync(join(site.pages, decodeURI(image.slice(site.url.length)))), image);
    assert.deepEqual(meta(html, 'og:locale'), ['ru_RU']);
    assert.match(html, /<link rel="alternate" type="application\/atom\+xml" href="\/feed\.xml"/);
    (titles[html.match(/<title>(.*?)<\/title>/)[1]] ??= []).push(path);
  }
  const png = readFileSync(join(root, 'themes/default/assets/img/share.png'));
  assert.ok(png.length <= 40 * 1024);
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1200, 630]);
});

test('the sitemap has every page once, with the dates of the content only', () => {
  const entries = [...read('sitemap.xml').matchAll(/<url><loc>([^<]*)<\/loc>(?:<lastmod>([^<]*)<\/lastmod>)?<\/url>/g)];
  const at = Object.fromEntries(entries.map(([, loc, on]) => [loc, on]));
  assert.equal(Object.keys(at).length, entries.length);
  // Pages that go on (x.2.html) are found from the first.
  const want = Object.keys(graphs).filter((p) => !/\.\d+\.html$/.test(p)).map((p) => canonical(files[p]));
  assert.deepEqual(Object.keys(at).sort(), want.sort());
  for (const name of ['programs', 'events'])
    for (const thing of JSON.parse(read(`data/${name}.json`))[name]) assert.equal(at[thing.url], thing.updated, thing.id);
  assert.equal(at[`${site.url}/`], undefined);
  const robots = read('robots.txt');
  assert.match(robots, /^Clean-param: utm_source&.* \/$/m);
  assert.ok(robots.includes(`\nSitemap: ${site.url}/sitemap.xml\n`));
});

test('static hosts send what the daemon sends', async () => {
  const headers = read('_headers').split('\n');
  const of = (path) => {
    const from = headers.indexOf(path);
    assert.ok(from >= 0, path);
    const rest = headers.slice(from + 1);
    return Object.fromEntries(rest.slice(0, rest.findIndex((l) => !l.startsWith('  '))).map((l) => l.trim().split(/: (.*)/)));
  };
  await site.start();
  const answer = await fetch(site.url);
  for (const [name, value] of Object.entries(of('/*'))) assert.equal(answer.headers.get(name), value, name);
  const asset = files['index.html'].match(/href="(\/assets\/site\.[^"]*)"/)[1];
  assert.equal((await fetch(site.url + asset)).headers.get('cache-control'), of('/assets/*')['Cache-Control']);
});

test('an old address leads on, by the host and by a page', async () => {
  const content = mkdtempSync(join(tmpdir(), 'kruzhok-'));
  cpSync(join(root, 'content'), content, { recursive: true });
  appendFileSync(join(content, 'programs/keramika.yaml'), 'aliases: [glina, gorshki]\n');
  const other = await startSite({ content });
  assert.deepEqual(read('_redirects', other).trim().split('\n').slice(1),
    ['/programs/glina.html /programs/keramika.html 301', '/programs/gorshki.html /programs/keramika.html 301']);
  assert.match(read('programs/glina.html', other), /content="0; url=\/programs\/keramika\.html"/);
  assert.doesNotMatch(read('programs/glina.html', other), /ld\+json/);
  assert.ok(!read('sitemap.xml', other).includes('glina'));
  other.remove();
  rmSync(content, { recursive: true });
});
