// The server and its static files beside the emptiest answer of libevent
// (budget: 60 % of it), and what an idle or unfinished connection owns
// (budget: 4 KiB).  One server on one core, wrk on the other, taking turns.
//
// usage: node bench/server.mjs [SECONDS] [ROUNDS]
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const seconds = Number(process.argv[2] ?? 3);
const rounds = Number(process.argv[3] ?? 3);
const root = fileURLToPath(new URL('..', import.meta.url));
const echo = 'build/release/tests/programs/echo_server';
const work = mkdtempSync(join(tmpdir(), 'bench-'));
const children = [];

async function start(program, ...args) {
  const child = spawn('taskset', ['-c', '0', program, ...args], { cwd: root });
  children.push(child);
  child.stderr.pipe(process.stderr);
  const line = await new Promise((resolve) => { child.stdout.once('data', resolve); });
  return { url: String(line).match(/listening on (\S+)/)[1], pid: child.pid };
}

// Seconds of processor, in hundredths.
function used(pid) {
  const f = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(f[11]) + Number(f[12])) / 100;
}

// Answers a second of the server's own processor time: what others do on the
// machine meanwhile does not count.
function rate(url, pid) {
  const before = used(pid);
  const text = execFileSync('taskset', ['-c', '1', 'wrk', '-t1', '-c64', `-d${seconds}s`, url], { encoding: 'utf8' });
  if (/Non-2xx/.test(text)) throw new Error(`${url}: ${text}`);
  return Number(text.match(/(\d+) requests in/)[1]) / (used(pid) - before);
}

const median = (list) => [...list].sort((a, b) => a - b)[list.length >> 1];
const resident = (pid) => Number(readFileSync(`/proc/${pid}/status`, 'utf8').match(/VmRSS:\s+(\d+)/)[1]) * 1024;

async function rates() {
  const site = join(work, 'site');
  mkdirSync(join(site, 'programs'), { recursive: true });
  writeFileSync(join(site, 'small.txt'), 'hello\n');
  writeFileSync(join(site, 'programs/page.html'), 'x'.repeat(14 * 1024));
  execFileSync('cc', ['-O2', '-o', join(work, 'hello'), join(root, 'bench/hello.c'), '-levent_core']);
  const hello = await start(join(work, 'hello'));
  const server = await start(echo, '127.0.0.1:0');
  const files = await start(echo, '127.0.0.1:0', `public=${site}`);
  const rows = {
    'empty libevent answer': [`${hello.url}/`, hello.pid, []],
    'server': [`${server.url}/`, server.pid, []],
    'static, 6 bytes': [`${files.url}/small.txt`, files.pid, []],
    'static, 14 KiB': [`${files.url}/programs/page.html`, files.pid, []],
  };
  for (let i = 0; i < rounds; i++) {
    for (const [url, pid, list] of Object.values(rows)) list.push(rate(url, pid));
  }
  const all = median(rows['empty libevent answer'][2]);
  for (const [name, [, , list]] of Object.entries(rows)) {
    const n = median(list);
    console.log(`${name.padEnd(24)} ${Math.round(n).toString().padStart(8)}/s ${Math.round((100 * n) / all)} %`);
  }
}

async function memory() {
  const kinds = {
    'that said nothing': '',
    'behind an answer': 'GET / HTTP/1.1\r\nHost: a\r\n\r\n',
    'with half a head': 'GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: Mozilla/5.0\r\n',
    'that owe a body': 'POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\na',
  };
  for (const [name, bytes] of Object.entries(kinds)) {
    const server = await start(echo, '127.0.0.1:0', 'head=100', 'body=100', 'idle=100');
    const before = resident(server.pid);
    const sockets = [];
    for (let i = 0; i < 1000; i++) {
      const socket = net.connect(new URL(server.url).port, '127.0.0.1');
      await new Promise((resolve) => { socket.once('connect', resolve); });
      socket.resume();
      socket.write(bytes);
      sockets.push(socket);
    }
    await sleep(500);
    const each = Math.round((resident(server.pid) - before) / 1000);
    console.log(`1,000 connections ${name.padEnd(20)} ${each.toString().padStart(6)} bytes each`);
    for (const socket of sockets) socket.destroy();
  }
}

try {
  await rates();
  await memory();
} finally {
  for (const child of children) child.kill('SIGKILL');
  rmSync(work, { recursive: true, force: true });
}
