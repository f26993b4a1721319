// The catalog's search in a real browser, on the demo: what is typed and
// chosen, the URL and Back, a broken index, no script, and bytes.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { after, before, test } from 'node:test';
import { chromium } from 'playwright-core';
import { kruzhok, NOW, root } from '../tools/site.mjs';

const dir = mkdtempSync(join(tmpdir(), 'kruzhok-find-'));
const pages = join(dir, 'public');
const types = { html: 'text/html; charset=utf-8', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', json: 'application/json', txt: 'text/plain; charset=utf-8' };
let server, browser, base, broken = false, places = null, bytes = new Map();

before(async () => {
  execFileSync(kruzhok, ['build', '--content', join(root, 'content'), '--theme', join(root, 'themes/default'), '--output', pages,
    '--catalog', join(dir, 'catalog.db'), '--now', NOW, '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
  server = createServer((req, res) => {
    const path = decodeURI(req.url.split('?')[0]);
    const file = join(pages, path.endsWith('/') ? `${path}index.html` : path);
    const send = (status, type, body) => {
      bytes.set(path, gzipSync(body).length);
      res.writeHead(status, { 'content-type': type, 'content-security-policy': "default-src 'self'" });
      res.end(body);
    };
    if (path === '/live/availability.json' && places) send(200, types.json, JSON.stringify({ catalog: '', free: places }));
    else if (!existsSync(file) || !statSync(file).isFile()) send(404, 'text/plain', '');
    else if (broken && path.startsWith('/search/main')) send(200, types.txt, readFileSync(file).subarray(0, 500));
    else send(200, types[file.split('.').pop()] ?? 'application/octet-stream', readFileSync(file));
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  base = `http://127.0.0.1:${server.address().port}`;
  browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox', '--disable-quic'] });
});

after(async () => {
  await browser?.close();
  server?.close();
  rmSync(dir, { recursive: true, force: true });
});

const open = async (path = '', options = {}) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.setDefaultTimeout(10000);
  page.wrong = [];
  page.on('pageerror', (e) => page.wrong.push(String(e)));
  page.on('console', (m) => /Content Security|Refused/.test(m.text()) && page.wrong.push(m.text()));
  await page.goto(`${base}/programs/index.html${path}`);
  return page;
};
const settled = (page) => page.waitForSelector('[data-results]:not([hidden])');
const titles = (page) => page.locator('[data-list] .program-title').allTextContents();
const counted = async (page) => Number((await page.locator('[data-count]').textContent()).match(/\d+/)?.[0]);
const waitUrl = (page, part) => page.waitForFunction((p) => location.search.includes(p), part);

test('what is typed is found, marked, counted aloud and kept in the URL', async () => {
  const page = await open();
  await page.fill('#q', 'роботы');
  await page.press('#q', 'Enter');
  await settled(page);
  assert.ok((await titles(page)).some((t) => /робот/i.test(t)));
  assert.ok(await page.locator('[data-list] mark').count() > 0);
  assert.equal(await page.locator('[role=status][data-count]').count(), 1);
  assert.equal(await counted(page), (await titles(page)).length);
  assert.match(decodeURI(page.url()), /\?q=роботы$/);
  assert.ok(await page.locator('[data-plain]').isHidden());
  assert.deepEqual(page.wrong, []);
  await page.close();
});

test('filters narrow, count, go into chips and the URL; Back undoes', async () => {
  const page = await open();
  await page.fill('[name=age]', '9');
  await page.locator('[name=age]').blur();
  await settled(page);
  const nine = await counted(page);
  await page.check('[name=form][value=in-person]');
  await waitUrl(page, 'form=in-person');
  await page.waitForFunction(() => document.querySelectorAll('[data-chips] button').length === 2);
  assert.ok(await counted(page) <= nine);
  await page.waitForFunction(() => document.querySelector('[name=pay][value=free]').closest('label').querySelector('.count').textContent !== '');
  assert.equal(await page.locator('[data-chips] button').first().textContent(), 'убрать 9\u00a0лет');
  await page.goBack();
  await page.waitForFunction(() => document.querySelectorAll('[data-chips] button').length === 1);
  assert.equal(await counted(page), nine);
  assert.equal(await page.isChecked('[name=form][value=in-person]'), false);
  await page.goBack();
  await page.waitForSelector('[data-plain]:not([hidden])');
  assert.deepEqual(page.wrong, []);
  await page.close();
});

test('a URL alone shows its answer, and counts say what a click will show', async () => {
  const page = await open('?age=8&sort=title');
  await settled(page);
  await page.waitForFunction(() => document.querySelector('[name=pay][value=free]').closest('label').querySelector('.count').textContent !== '');
  const box = page.locator('label:has([name=pay][value=free])');
  const said = Number((await box.locator('.count').textContent()).replace(/\D/g, ''));
  await box.locator('input').check();
  await waitUrl(page, 'pay=free');
  await page.waitForFunction(() => document.querySelectorAll('[data-chips] button').length === 2);
  assert.equal(await counted(page), said);
  for (const b of await page.locator('[data-search] input[type=checkbox]:disabled').all()) assert.equal(await b.isChecked(), false);
  const shown = await titles(page);
  assert.deepEqual(shown, [...shown].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
  await page.close();
});

test('days and parts of the day hold in one group', async () => {
  const page = await open('?day=mon&time=morning');
  await settled(page);
  const data = JSON.parse(readFileSync(join(pages, 'data/programs.json'), 'utf8')).programs;
  const want = data.filter((p) => p.groups.some((g) => g.schedule.some((l) => l.days.includes('mon') && l.time < '12'))).length;
  assert.equal(await counted(page), want);
  await page.close();
});

test('places left are the daemon\'s, and the build\'s without it', async () => {
  const data = JSON.parse(readFileSync(join(pages, 'data/programs.json'), 'utf8')).programs;
  places = data.flatMap((p) => p.groups.map(() => 0));
  let page = await open('?places=1');
  await settled(page);
  assert.equal(await counted(page), 0);
  assert.equal(await page.locator('[data-list] .empty').count(), 1);
  await page.close();
  places = null;
  page = await open('?places=1');
  await settled(page);
  assert.ok(await counted(page) > 0);
  await page.close();
});

test('another keyboard is understood and said; nonsense has a way out', async () => {
  const page = await open('?q=ghjuhfvvbhjdfybt');
  await settled(page);
  assert.match(await page.locator('[data-count]').textContent(), /Показано для/);
  await page.fill('#q', 'щщщщщщщ');
  await page.press('#q', 'Enter');
  await page.waitForSelector('[data-list] .empty');
  await page.click('[data-list] .empty button');
  await page.waitForSelector('[data-plain]:not([hidden])');
  assert.equal(new URL(page.url()).search, '');
  await page.close();
});

test('markup in a query stays text', async () => {
  const page = await open(`?q=${encodeURIComponent('<img src=x onerror=alert(1)>')}&age=9`);
  await settled(page);
  assert.equal(await page.locator('[data-chips] img').count(), 0);
  assert.deepEqual(page.wrong, []);
  await page.close();
});

test('a damaged index leaves the lists, and one line says so', async () => {
  broken = true;
  const page = await open('?q=танцы');
  await page.waitForSelector('[data-broken]:not([hidden])');
  assert.ok(await page.locator('[data-plain]').isVisible());
  assert.ok(await page.locator('[data-plain] .program').count() > 0);
  broken = false;
  await page.close();
});

test('without script the lists are there and nothing dead is shown', async () => {
  const page = await open('?q=танцы', { javaScriptEnabled: false });
  assert.ok(await page.locator('[data-plain] .program').count() > 0);
  assert.ok(await page.locator('[data-form]').isHidden());
  assert.ok(await page.locator('[data-filters]').isHidden());
  await page.close();
});

test('on a phone the filters are closed and end in a button with the number', async () => {
  const page = await open('?age=9', { viewport: { width: 360, height: 740 } });
  await settled(page);
  assert.equal(await page.locator('[data-filters]').getAttribute('open'), null);
  await page.click('[data-filters] > summary');
  assert.match(await page.locator('[data-show-button]').textContent(), /\d+\u00a0программ/);
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
  await page.click('[data-show-button]');
  assert.equal(await page.locator('[data-filters]').getAttribute('open'), null);
  await page.close();
});

test('the home page asks the catalog', async () => {
  const page = await open();
  await page.goto(`${base}/index.html`);
  await page.fill('#q', 'танцы');
  await page.fill('#age', '9');
  await page.click('form.finder button');
  await settled(page);
  assert.equal(await page.inputValue('#q'), 'танцы');
  assert.equal(await page.inputValue('[name=age]'), '9');
  assert.ok(await counted(page) > 0);
  await page.close();
});

test('the first query takes no more bytes than it may', async () => {
  const page = await open();
  await page.waitForSelector('[data-form]:not([hidden])');
  const scripts = [...bytes].filter(([p]) => p.endsWith('.js')).reduce((n, [, b]) => n + b, 0);
  assert.ok(scripts <= 15 * 1024, `${scripts} bytes of script`);
  bytes = new Map();
  await page.fill('#q', 'робототехника');
  await page.press('#q', 'Enter');
  await settled(page);
  const first = [...bytes.values()].reduce((n, b) => n + b, 0);
  assert.ok(scripts + first <= 100 * 1024, `${scripts} + ${first} bytes`);
  bytes = new Map();
  await page.fill('#q', 'танцы');
  await page.press('#q', 'Enter');
  await page.waitForFunction(() => decodeURI(location.search).includes('танцы'));
  await page.waitForFunction(() => document.querySelector('[data-chips]').textContent.includes('танцы'));
  const next = [...bytes.values()].reduce((n, b) => n + b, 0);
  console.log(`# script ${scripts}, first query ${first}, next ${next} bytes (gzip)`);
  assert.ok(next <= 20 * 1024, `${next} bytes`);
  await page.close();
});
