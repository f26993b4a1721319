// The main job, end to end, in a real browser: from a first visit to an
// enrolled child, a queue that moves, and a review on the static page.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chromium } from 'playwright-core';
import { startSite } from '../tools/site.mjs';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
const PASSWORD = 'карандаш и ластик';

for (const javaScriptEnabled of [true, false]) {
  const how = javaScriptEnabled ? 'with scripts' : 'without scripts';
  test(`a family gets from the first visit to an enrolled child, ${how}`, { timeout: 240_000 }, async (t) => {
    const site = await startSite();
    const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ARGS });
    const errors = [];
    const person = async () => {
      const context = await browser.newContext({ baseURL: site.url, javaScriptEnabled, viewport: { width: 360, height: 740 } });
      context.setDefaultTimeout(15_000);
      const page = await context.newPage();
      pages.push(page);
      page.on('pageerror', (e) => errors.push(String(e)));
      page.on('console', (m) => { if (/Content Security Policy/i.test(m.text())) errors.push(m.text()); });
      return page;
    };
    const pages = [];
    t.after(async () => {
      // Where everybody was: what a failure needs to be understood.
      for (const page of pages.filter((p) => !p.isClosed())) {
        t.diagnostic(`${page.url()}: ${(await page.locator('main').innerText().catch(() => '')).slice(0, 400).replace(/\n+/g, ' | ')}`);
      }
      await browser.close();
      await site.stop();
      site.remove();
    });
    const demo = site.submitd('demo').split('\n').filter((l) => l.startsWith('demo ')).map((l) => l.split(' '));
    const password = Object.fromEntries(demo.map(([, , email, word]) => [email, word]));
    await site.start();

    const login = async (page, email, word) => {
      await page.goto('/account/login');
      await page.fill('[name=email]', email);
      await page.fill('[name=password]', word);
      await page.click('main form button.btn-primary');
      await page.waitForURL((u) => !u.pathname.startsWith('/account/login'));
    };
    const fillChild = async (page, [family, given, date]) => {
      await page.fill('[name=family_name]', family);
      await page.fill('[name=given_name]', given);
      await page.fill('[name=birth_date]', date);
      await page.selectOption('[name=municipality]', 'pervyy');
    };

    // From the program's page, somebody without an account.
    const mother = await person();
    await mother.goto('/programs/robotika.html');
    await mother.click('#group-a a:has-text("Подать заявку")');
    assert.match(mother.url(), /\/account\/login\?next=/);
    await mother.click('main a:has-text("арегистрир")');
    await mother.fill('[name=full_name]', 'Ромашкина Мария Петровна');
    await mother.fill('[name=email]', 'mama@family.example');
    await mother.fill('[name=password]', PASSWORD);
    assert.equal(await mother.isChecked('[name=consent][value^="pd:"]'), false, 'a consent is never ticked beforehand');
    await mother.check('[name=consent][value^="pd:"]');
    await mother.click('main form button.btn-primary');
    const confirm = await site.letter('confirm', 'mama@family.example');
    await mother.goto(confirm.link);
    await mother.click('main form button.btn-primary');
    await mother.fill('[name=email]', 'mama@family.example');
    await mother.fill('[name=password]', PASSWORD);
    await mother.click('main form button.btn-primary');

    // `next` has come through registration: the form, and first a child.
    await mother.waitForURL(/\/my\/applications\/new\?program=robotika/);
    await fillChild(mother, ['Ромашкина', 'Мира', '31.04.2018']);
    await mother.click('main form button.btn-primary');
    assert.equal(await mother.inputValue('[name=birth_date]'), '31.04.2018', 'the form comes back as it was typed');
    assert.equal(await mother.locator('.summary').count(), 1);
    await mother.fill('[name=birth_date]', '14.04.2018');
    await mother.click('main form button.btn-primary');
    await mother.waitForURL(/\/my\/applications\/new\?program=robotika/);
    await mother.click('main form button.btn-primary:has-text("Подать заявку")');
    await mother.waitForURL(/\/my\/applications\/[^/]+$/);
    const application = new URL(mother.url()).pathname;
    await site.letter('application-submitted', 'mama@family.example');

    // The seat is gone on the static page, too.
    if (javaScriptEnabled) {
      const visitor = await person();
      await visitor.goto('/programs/robotika.html');
      await visitor.waitForFunction(() => /Мест нет/.test(document.querySelector('#group-a [data-places]')?.textContent ?? ''));
      await visitor.context().close();
    }

    // The organizer answers, contracts, enrolls; the family sees each step.
    const organizer = await person();
    await login(organizer, 'organizer@demo.example', password['organizer@demo.example']);
    const steps = [
      ['approve', {}, 'application-approved'],
      ['contract', { number: '12-26', date: '22.11.2026' }, null],
      ['enroll', { order_number: '7', order_date: '22.11.2026' }, 'application-enrolled'],
    ];
    for (const [action, fields, kind] of steps) {
      await organizer.goto('/org/applications');
      await organizer.click('a:has-text("Ромашкина")');
      const form = organizer.locator(`form[action$="/${action}"]`);
      for (const [name, value] of Object.entries(fields)) await form.locator(`[name=${name}]`).fill(value);
      await form.locator('button').click();
      await organizer.waitForURL(/\/org\/applications\/[^/]+$/);
      if (kind) await site.letter(kind, 'mama@family.example');
      await mother.goto(application);
    }
    assert.match(await mother.textContent('main'), /Зачислен/);
    assert.match(await mother.textContent('main'), /12-26/);

    // Another family: the same child is not a dead end, the group is full.
    const father = await person();
    await login(father, 'guardian@demo.example', password['guardian@demo.example']);
    await father.goto('/my/children');
    await fillChild(father, ['Ромашкина', 'Мира', '14.04.2018']);
    await father.click('main form:has([name=family_name]) button.btn-primary');
    assert.match(await father.textContent('main'), /уже есть в системе/);
    assert.doesNotMatch(await father.textContent('main'), /Мария|mama@/);
    await father.goto('/my/children');
    await fillChild(father, ['Ландышев', 'Лев', '2018-05-02']);
    await father.click('main form:has([name=family_name]) button.btn-primary');
    await father.waitForURL(/\/my\/children$/);
    await father.goto('/my/applications/new?program=robotika&group=a');
    await father.check('label:has-text("Лев") [name=child]');
    await father.click('main form button.btn-primary:has-text("Подать заявку")');
    await father.waitForURL(/\/my\/applications\/[^/]+$/);
    assert.match(await father.textContent('main'), /1-е место в листе ожидания/);
    const waiting = new URL(father.url()).pathname;

    // A review by the enrolled child's family, published by the operator.
    await mother.goto('/my/reviews');
    await mother.check('[name=rating][value="5"]');
    await mother.fill('[name=text]', 'Робот поехал с первого раза.');
    await mother.click('main form button.btn-primary');
    const operator = await person();
    await login(operator, 'operator@demo.example', password['operator@demo.example']);
    await operator.goto('/operator/reviews');
    await operator.click('article:has-text("Робот поехал") form[action$="/approve"] button');
    await operator.waitForURL(/\/operator\/reviews$/);
    site.exportLive();
    site.build();
    const page = readFileSync(join(site.pages, 'programs/robotika.html'), 'utf8');
    assert.match(page, /Робот поехал с первого раза\./);
    assert.match(page, /Мария Р\./);
    assert.doesNotMatch(page, /Мира|Ромашкина/);

    // The first leaves, the second moves up, with a letter.
    await mother.goto(application);
    await mother.click('summary:has-text("Уйти")');
    await mother.click(`form[action="${application}/leave"] button`);
    await organizer.goto('/org/applications');
    await organizer.click('a:has-text("Ромашкина")');
    await organizer.click('form[action$="/leave"] button');
    await organizer.waitForURL(/\/org\/applications\/[^/]+$/);
    await site.letter('application-submitted', 'guardian@demo.example');
    await father.goto(waiting);
    assert.match(await father.textContent('main'), /Место освободилось/);

    // Two of three children to an event, in one form, none chosen before.
    for (const child of [['Ромашкин', 'Макар', '02.03.2017'], ['Ромашкина', 'Алиса', '11.11.2019']]) {
      await mother.goto('/my/children');
      await fillChild(mother, child);
      await mother.click('main form:has([name=family_name]) button.btn-primary');
      await mother.waitForURL(/\/my\/children$/);
    }
    await mother.goto('/events/fonarik.html');
    await mother.click('a.btn-go:has-text("Записаться")');
    assert.equal(await mother.locator('[name=child]').count(), 3);
    assert.equal(await mother.locator('[name=child]:checked').count(), 0);
    await mother.check('label:has-text("Макар") [name=child]');
    await mother.check('label:has-text("Алиса") [name=child]');
    await mother.click('button.btn-go');
    await mother.waitForURL(/\/my\/sign-ups$/);
    assert.equal(await mother.locator('main .badge-ok').count(), 2);

    assert.deepEqual(errors, []);
    await site.stop();
    site.submitd('check');
  });
}
