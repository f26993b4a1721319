// Durable applications a second: one daemon on one core, wrk with 64
// connections on the other; each request is another child's application, with
// session, CSRF token, rules, idempotency key, audit and letter.
//
// usage: node bench/apply.mjs [SECONDS]
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, startSite } from '../tests/tools/site.mjs';

const seconds = Number(process.argv[2] ?? 5);
const work = mkdtempSync(join(tmpdir(), 'bench-'));
// Letters go to memory: making thousands of files is the file system's bench.
const letters = mkdtempSync('/dev/shm/bench-');
const site = await startSite({ mail: letters });
try {
  const sessions = join(work, 'sessions');
  site.submitd('demo', '--guardians', '10000', '--children', '5', '--sessions', sessions);
  await site.start();
  const lines = [];
  for (const line of readFileSync(sessions, 'utf8').trim().split('\n')) {
    const [cookie] = line.split(' ');
    const answer = await fetch(`${site.url}/my/children`, { headers: { cookie, accept: 'application/json' } });
    for (const child of (await answer.json()).items) {
      for (const place of ['nagruzka a', 'shahmaty a']) lines.push(`${line} ${child.id} ${place}`);
    }
  }
  // First every child's first application, then every child's second.
  const file = join(work, 'lines');
  writeFileSync(file, [...lines.filter((_, i) => i % 2 === 0), ...lines.filter((_, i) => i % 2 === 1)].join('\n') + '\n');
  console.log(`${lines.length} applications ready`);
  console.log(execFileSync('taskset', ['-c', '1', 'wrk', '-t1', '-c64', `-d${seconds}s`, '--latency', '-s',
    join(root, 'bench/apply.lua'), site.url, '--', file, '1'], { encoding: 'utf8' }));
  console.log((await (await fetch(`${site.url}/metrics`)).text()).split('\n').filter((l) => /turns|commits/.test(l) && !l.startsWith('#')).join('\n'));
  await site.stop();
  site.submitd('check');
} finally {
  await site.stop('SIGKILL');
  site.remove();
  rmSync(work, { recursive: true, force: true });
  rmSync(letters, { recursive: true, force: true });
}
