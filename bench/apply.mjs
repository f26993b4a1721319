// Durable applications a second: one daemon on one core, wrk with 64
// connections on the other; each request is another child's application, with
// session, CSRF token, rules, idempotency key, audit and letter.  Others use
// the machine, too: the daemon's processor time an application is what can be
// compared, and how long the disk takes at the same minute stands beside.
//
// usage: node bench/apply.mjs [SECONDS]
import { execFileSync } from 'node:child_process';
import { closeSync, fdatasyncSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root, startSite } from '../tests/tools/site.mjs';

// A commit's part of the disk: the median of syncs of 64 KiB, in ms.
function syncMedian(file) {
  const fd = openSync(file, 'w');
  const block = Buffer.alloc(1 << 16);
  const times = [];
  for (let i = 0; i < 200; i++) {
    const start = performance.now();
    writeSync(fd, block, 0, block.length, (i % 64) * block.length);
    fdatasyncSync(fd);
    times.push(performance.now() - start);
  }
  closeSync(fd);
  return times.sort((a, b) => a - b)[times.length >> 1];
}

// Microseconds of processor so far: in user and in kernel mode.
function used(pid) {
  const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return [Number(f[11]) * 1e4, Number(f[12]) * 1e4];
}

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
  console.log(`sync of 64 KiB: median ${syncMedian(join(work, 'sync')).toFixed(2)} ms`);
  const before = used(site.pid);
  const text = execFileSync('taskset', ['-c', '1', 'wrk', '-t1', '-c64', `-d${seconds}s`, '--latency', '-s',
    join(root, 'bench/apply.lua'), site.url, '--', file, '1'], { encoding: 'utf8' });
  const made = Number(text.match(/made (\d+)/)[1]);
  const [user, kernel] = used(site.pid).map((t, i) => (t - before[i]) / made);
  console.log(text);
  console.log(`processor: ${(user + kernel).toFixed(1)} us an application (${user.toFixed(1)} user, ${kernel.toFixed(1)} kernel)`);
  console.log((await (await fetch(`${site.url}/metrics`)).text()).split('\n').filter((l) => /turns|commits/.test(l) && !l.startsWith('#')).join('\n'));
  await site.stop();
  site.submitd('check');
} finally {
  await site.stop('SIGKILL');
  site.remove();
  rmSync(work, { recursive: true, force: true });
  rmSync(letters, { recursive: true, force: true });
}
