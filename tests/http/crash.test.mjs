// Kills the daemon with SIGKILL at random moments while families apply, and
// holds every answer against the database: what was answered with success is
// there once, what was not is repeated with its key and is there once.
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { startSite } from '../tools/site.mjs';

const KILLS = Number(process.env.KILLS ?? 50);
const GUARDIANS = 60;
const CHILDREN = 10;
const CLIENTS = 8;

test(`${KILLS} times kill -9: each application that was answered is there once`, { timeout: 600_000 }, async (t) => {
  const site = await startSite();
  t.after(async () => {
    await site.stop('SIGKILL');
    site.remove();
  });
  const file = join(site.dir, 'sessions');
  site.submitd('demo', '--guardians', String(GUARDIANS), '--children', String(CHILDREN), '--sessions', file);
  await site.start();
  const sessions = readFileSync(file, 'utf8').trim().split('\n').map((l) => l.split(' '));
  const ask = async ([cookie, csrf], path, fields, key) => {
    const response = await fetch(site.url + path, {
      method: fields ? 'POST' : 'GET',
      headers: { cookie, accept: 'application/json', 'x-csrf-token': csrf,
        ...(fields ? { 'content-type': 'application/json', 'idempotency-key': key } : {}) },
      body: fields ? JSON.stringify(fields) : undefined,
      signal: AbortSignal.timeout(5000),
    });
    return { status: response.status, body: await response.json() };
  };

  // Every child may apply to each of these once.
  const places = [['nagruzka', 'a'], ['shahmaty', 'a'], ['robotika', 'b']];
  const todo = [];
  for (const session of sessions) {
    const { body } = await ask(session, '/my/children');
    for (const child of body.items) for (const [program, group] of places) todo.push({ session, child: child.id, program, group });
  }
  assert.ok(todo.length >= GUARDIANS * CHILDREN, `only ${todo.length} things to do`);
  for (let i = todo.length - 1; i > 0; i--) {
    const j = randomBytes(4).readUInt32LE() % (i + 1);
    [todo[i], todo[j]] = [todo[j], todo[i]];
  }

  const answered = new Map(); // application id → intent
  let refused = 0;
  let unknown = 0;
  let running = true;
  let next = 0;
  const done = new Promise((resolve) => {
    let left = CLIENTS;
    const client = async () => {
      while (running && next < todo.length) {
        const intent = todo[next++];
        const key = randomBytes(16).toString('base64url');
        for (;;) {
          try {
            const { session, ...fields } = intent;
            const { status, body } = await ask(session, '/my/applications', fields, key);
            if (status >= 500) throw new Error(String(status));
            if (status === 201) {
              assert.ok(!answered.has(body.id), `two answers with the application ${body.id}`);
              answered.set(body.id, intent);
            } else {
              assert.equal(status, 409, `${status} ${JSON.stringify(body)}`);
              refused++;
            }
            break;
          } catch (e) {
            if (e instanceof assert.AssertionError) throw e;
            unknown++;
            await new Promise((r) => setTimeout(r, 20));
          }
        }
        await new Promise((r) => setTimeout(r, 15));
      }
      if (--left === 0) resolve();
    };
    for (let i = 0; i < CLIENTS; i++) client();
  });
  for (let i = 0; i < KILLS; i++) {
    await new Promise((r) => setTimeout(r, randomBytes(1)[0]));
    await site.stop('SIGKILL');
    await site.start();
  }
  running = false;
  await done;

  const seen = new Map();
  for (const session of sessions) {
    for (let after = 0; after !== null;) {
      const { body } = await ask(session, `/my/applications?after=${after}`);
      for (const a of body.items) {
        assert.ok(!seen.has(a.id), `${a.id} stands twice`);
        seen.set(a.id, a);
      }
      after = body.next;
    }
  }
  for (const [id, intent] of answered) {
    const a = seen.get(id);
    assert.ok(a, `${id} was answered and is lost`);
    assert.deepEqual([a.child, a.program, a.group], [intent.child, intent.program, intent.group]);
  }
  assert.equal(seen.size, answered.size, 'nothing is there that was not answered');
  assert.ok(answered.size > KILLS, `only ${answered.size} answers`);
  await site.stop();
  site.submitd('check');
  t.diagnostic(`${KILLS} kills, ${answered.size} answered, ${refused} refused, ${unknown} answers lost on the way`);
});
