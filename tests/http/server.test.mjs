// The server itself over raw sockets: framing, order, deadlines, caps.
// What it serves is tests/programs/echo_server.c, whose answers count how many
// requests were executed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync,
} from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = process.env.ROOT ?? fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'build', process.env.BUILD ?? 'release', 'tests/programs/echo_server');
const folder = mkdtempSync(join(tmpdir(), 'server-test-'));
const running = new Set();

after(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(folder, { recursive: true });
});

// Starts one; what it says on stderr must be empty but for expected lines.
async function start(options = [], { listen = '127.0.0.1:0', files = 0 } = {}) {
  const child = files
    ? spawn('sh', ['-c', `ulimit -n ${files}; exec "$@"`, 'sh', program, listen, ...options])
    : spawn(program, [listen, ...options]);
  running.add(child);
  let errors = '';
  child.stderr.on('data', (data) => { errors += data; });
  const url = await new Promise((resolve, reject) => {
    child.stdout.once('data', (data) => resolve(String(data).match(/listening on (.*)/)[1]));
    child.once('exit', (code) => reject(new Error(`exit ${code}: ${errors}`)));
  });
  const ended = new Promise((resolve) => { child.once('exit', resolve); });
  return {
    child,
    ended,
    errors: () => errors,
    address: url.startsWith('unix:')
      ? { path: url.slice(5) }
      : { host: '127.0.0.1', port: Number(new URL(url).port) },
    async stop() {
      child.kill('SIGTERM');
      assert.equal(await ended, 0, errors);
      running.delete(child);
    },
  };
}

function connect(server) {
  const socket = net.connect({ ...server.address, allowHalfOpen: true });
  const c = { socket, text: '', ended: false };
  socket.on('data', (data) => { c.text += data.toString('latin1'); });
  socket.on('error', () => { c.ended = true; });
  c.end = new Promise((resolve) => {
    const done = () => { c.ended = true; socket.destroy(); resolve(c.text); };
    socket.on('end', done);
    socket.on('close', done);
  });
  c.opened = new Promise((resolve) => { socket.once('connect', resolve); });
  c.until = async (what) => {
    for (let i = 0; i < 500; i++) {
      if (typeof what === 'string' ? c.text.includes(what) : what(c.text)) return c.text;
      if (c.ended) break;
      await sleep(10);
    }
    assert.fail(`waited for ${what}, got ${JSON.stringify(c.text.slice(0, 500))}`);
  };
  return c;
}

// Everything that comes back until the server closes.
async function talk(server, bytes, { half = false } = {}) {
  const c = connect(server);
  c.socket.write(Buffer.from(bytes, 'latin1'));
  if (half) c.socket.end();
  const ended = await Promise.race([c.end.then(() => true), sleep(6000, false)]);
  c.socket.destroy();
  assert.ok(ended, `still open behind ${JSON.stringify(bytes.slice(0, 80))}`);
  return c.text;
}

const get = (path, more = '') => `GET ${path} HTTP/1.1\r\nHost: a\r\n${more}\r\n`;
const last = 'Connection: close\r\n';
const statuses = (text) => [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map((m) => Number(m[1]));
const bodies = (text) => [...text.matchAll(/^(?:GET|HEAD|POST|OTHER) \S+ \S+ \d+: .*$/gm)].map((m) => m[0]);

async function executed(server) {
  const text = await talk(server, get('/count', last));
  return Number(text.match(/ (\d+): /)[1]);
}

// Any of these, read in another way by a proxy, hides the request behind it.
const hidden = 'POST /smuggled HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n';
const length = Buffer.byteLength(hidden);
const ambiguous = {
  'HEAD with a body': `HEAD / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n${hidden}`,
  'GET with a body': get('/', `Content-Length: ${length}\r\n`) + hidden,
  'TRACE with a body': `TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: ${length}\r\n\r\n${hidden}`,
  'TRACE, and more behind it': `TRACE / HTTP/1.1\r\nHost: a\r\n\r\n${hidden}`,
  'unknown method, and more': `BREW / HTTP/1.1\r\nHost: a\r\n\r\n${hidden}`,
  'CONNECT, and more': `CONNECT /a HTTP/1.1\r\nHost: a\r\n\r\n${hidden}`,
  'CONNECT to a host': `CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n${hidden}`,
  'DELETE with a body': `DELETE / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc${hidden}`,
  'two lengths': post('Content-Length: 3\r\nContent-Length: 0\r\n', hidden),
  'two equal lengths': post('Content-Length: 0\r\nContent-Length: 0\r\n', hidden),
  'a list of lengths': post('Content-Length: 0, 0\r\n', hidden),
  'length with a plus': post('Content-Length: +0\r\n', hidden),
  'length with a minus': post('Content-Length: -0\r\n', hidden),
  'length in hex': post('Content-Length: 0x0\r\n', hidden),
  'length with a point': post('Content-Length: 0.0\r\n', hidden),
  'length with a blank': post('Content-Length: 0 0\r\n', hidden),
  'empty length': post('Content-Length:\r\n', hidden),
  'length beyond 64 bits': post('Content-Length: 18446744073709551616\r\n', hidden),
  'length of eight digits': post('Content-Length: 00000000\r\n', hidden),
  'blank before the colon': post('Content-Length : 0\r\n', hidden),
  'tab before the colon': post('Content-Length\t: 0\r\n', hidden),
  'vertical tab': post('Content-Length: \v0\r\n', hidden),
  'NUL in the length': post('Content-Length: 0\0\r\n', hidden),
  'length folded': post('Content-Length:\r\n 0\r\n', hidden),
  'length and chunked': post('Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden}`),
  'chunked and length': post('Transfer-Encoding: chunked\r\nContent-Length: 5\r\n', `0\r\n\r\n${hidden}`),
  chunked: post('Transfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden}`),
  'chunked GET': get('/', 'Transfer-Encoding: chunked\r\n') + `0\r\n\r\n${hidden}`,
  'almost chunked': post('Transfer-Encoding: xchunked\r\n', hidden),
  'chunked twice': post('Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden}`),
  'chunked, then identity': post('Transfer-Encoding: chunked, identity\r\n', `0\r\n\r\n${hidden}`),
  identity: post('Transfer-Encoding: identity\r\n', hidden),
  'gzip, chunked': post('Transfer-Encoding: gzip, chunked\r\n', `0\r\n\r\n${hidden}`),
  'coding in quotes': post('Transfer-Encoding: "chunked"\r\n', `0\r\n\r\n${hidden}`),
  'coding with a tab': post('Transfer-Encoding:\tchunked\r\n', `0\r\n\r\n${hidden}`),
  'coding folded': post('Transfer-Encoding:\r\n chunked\r\n', `0\r\n\r\n${hidden}`),
  'coding of 1.0': `POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  'coding behind a bare LF': `POST / HTTP/1.1\r\nHost: a\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${hidden}`,
  'coding behind a bare CR': post('A: b\rTransfer-Encoding: chunked\r\n', `0\r\n\r\n${hidden}`),
  'LF for the empty line': `GET / HTTP/1.1\r\nHost: a\r\n\n${hidden}`,
  'LF only': `GET / HTTP/1.1\nHost: a\n\n${hidden}`,
  'CR CR LF': `GET / HTTP/1.1\r\nHost: a\r\r\n\r\n${hidden}`,
  'empty lines before': `\r\n\r\n${get('/')}${hidden}`,
  'empty name': get('/', ': b\r\n') + hidden,
  'no colon': get('/', 'Nonsense\r\n') + hidden,
  'folded line': get('/', 'A: b\r\n c\r\n') + hidden,
  'blank before the first header': `GET / HTTP/1.1\r\n Host: a\r\n\r\n${hidden}`,
  'NUL in a value': get('/', 'A: b\0c\r\n') + hidden,
  'NUL in a name': get('/', 'A\0: b\r\n') + hidden,
  'byte beyond ASCII in a name': get('/', 'A\xff: b\r\n') + hidden,
  'two Hosts': get('/', 'Host: b\r\n') + hidden,
  'no Host': `GET / HTTP/1.1\r\n\r\n${hidden}`,
  'a list of Hosts': `GET / HTTP/1.1\r\nHost: a, b\r\n\r\n${hidden}`,
  'two Cookies': get('/', 'Cookie: a=b\r\nCookie: a=c\r\n') + hidden,
  'two Content-Types': post('Content-Length: 0\r\nContent-Type: a\r\nContent-Type: b\r\n', hidden),
  'another host in the path': get('//evil.example/') + hidden,
  'absolute target': get('http://evil.example/') + hidden,
  'blank in the target': get('/a b') + hidden,
  'two blanks': `GET  / HTTP/1.1\r\nHost: a\r\n\r\n${hidden}`,
  'bytes beyond ASCII in the target': get('/\xd0\xb0') + hidden,
  'HTTP/0.9': `GET /\r\n\r\n${hidden}`,
  'HTTP/1.2': `GET / HTTP/1.2\r\nHost: a\r\n\r\n${hidden}`,
  'HTTP/2.0': `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${hidden}`,
  'blank behind the version': `GET / HTTP/1.1 \r\nHost: a\r\n\r\n${hidden}`,
  'another expectation': post('Content-Length: 0\r\nExpect: magic\r\n', hidden),
  'a body too large': post('Content-Length: 131073\r\n', hidden),
  '65 headers': get('/', 'A: b\r\n'.repeat(64)) + hidden,
  'a head too large': get('/', `A: ${'b'.repeat(16384)}\r\n`) + hidden,
};

function post(headers, body) {
  return `POST / HTTP/1.1\r\nHost: a\r\n${headers}\r\n${body}`;
}

test('nothing hides behind an ambiguous request', async () => {
  const server = await start();
  let before = await executed(server);
  for (const [name, bytes] of Object.entries(ambiguous)) {
    const text = await talk(server, bytes);
    const all = statuses(text);
    const now = await executed(server);
    assert.equal(all.length, 1, `${name}: ${all}`);
    assert.ok(all[0] >= 400, `${name}: ${all}`);
    assert.match(text, /\r\nConnection: close\r\n/, name);
    assert.match(text, /\r\nContent-Security-Policy: default-src 'self'/, name);
    assert.doesNotMatch(text, /^POST \/smuggled/m, name);
    // 405 of an unknown method is an answer of the turn; the rest are not.
    assert.equal(now - before - 1, all[0] === 405 ? 1 : 0, name);
    before = now;
  }
  await server.stop();
  assert.equal(server.errors(), '');
});

test('a request in single bytes is the same request', async () => {
  const server = await start();
  const c = connect(server);
  const bytes = `POST /a HTTP/1.1\r\nHost: a\r\n${last}Content-Length: 3\r\n\r\nxyz`;
  c.socket.setNoDelay(true);
  for (const byte of bytes) {
    c.socket.write(byte);
    await sleep(1);
  }
  assert.match(await c.end, /POST \/a\? 127\.0\.0\.1 1: xyz\n$/);
  await server.stop();
});

test('answers to pipelined requests keep their order', async () => {
  const server = await start();
  const paths = [...Array(60).keys()].map((i) => (i % 20 === 7 ? `/later?${i}` : `/${i}`));
  const text = await talk(server, paths.map((p) => get(p)).join('')
    + `POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nGET /`
    + get('/end', last));
  const seen = bodies(text).map((b) => b.split(' ')[1].replace(/\?$/, ''));
  assert.deepEqual(seen, [...paths, '/body', '/end']);
  await server.stop();
});

test('a client that has said all is still answered', async () => {
  const server = await start();
  const text = await talk(server, get('/1') + get('/later') + get('/2'), { half: true });
  assert.equal(bodies(text).length, 3);
  assert.equal(await talk(server, 'GET / HT', { half: true }), '');
  await server.stop();
});

test('HEAD, 204 and HTTP/1.0', async () => {
  const server = await start();
  const head = await talk(server, `HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n${get('/b', last)}`);
  assert.deepEqual(bodies(head), ['GET /b? 127.0.0.1 2: ']);
  assert.match(head, /Content-Length: \d\d\r\n\r\nHTTP/);
  const empty = await talk(server, get('/empty') + get('/c', last));
  assert.match(empty, /^HTTP\/1\.1 204 No Content\r\n/);
  assert.doesNotMatch(empty.split('\r\n\r\n')[0], /Content-Length/);
  assert.equal(statuses(await talk(server, 'GET / HTTP/1.0\r\n\r\n')).length, 1);
  const kept = await talk(server, 'GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n');
  assert.equal(bodies(kept).length, 2);
  assert.match(kept, /Connection: keep-alive\r\n/);
  const closed = await talk(server, get('/close') + get('/2'));
  assert.equal(bodies(closed).length, 1);
  await server.stop();
});

test('bodies up to 128 KiB, and the answer to a larger one arrives', async () => {
  const server = await start();
  const body = randomBytes(65536).toString('hex');
  const text = await talk(server, `POST /a HTTP/1.1\r\nHost: a\r\n${last}Content-Length: 131072\r\n\r\n${body}`);
  assert.ok(text.includes(body));
  const c = connect(server);
  c.socket.write(`POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 5000000\r\n\r\n${'x'.repeat(5000000)}`);
  assert.deepEqual(statuses(await c.end), [413]);
  await server.stop();
});

test('100 Continue only for who waits', async () => {
  const server = await start();
  const head = `POST /a HTTP/1.1\r\nHost: a\r\n${last}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
  const c = connect(server);
  c.socket.write(head);
  await c.until('HTTP/1.1 100 Continue\r\n\r\n');
  c.socket.write('xyz');
  assert.deepEqual(statuses(await c.end), [100, 200]);
  assert.deepEqual(statuses(await talk(server, `${head}xyz`)), [200]);
  assert.deepEqual(
    statuses(await talk(server, head.replace('Length: 3', 'Length: 999999'))),
    [413],
  );
  await server.stop();
});

test('files of any size are sent whole, and their middle may be slow', async () => {
  const file = join(folder, 'file');
  const content = randomBytes(3000000);
  writeFileSync(file, content);
  const server = await start([`file=${file}`]);
  const c = connect(server);
  c.socket.write(get('/file') + get('/end', last));
  await c.opened;
  c.socket.pause();
  await sleep(200);
  // Others are not kept waiting by who does not read.
  assert.match(await talk(server, get('/other', last)), /GET \/other/);
  c.socket.resume();
  const text = await c.end;
  assert.ok(text.includes(content.toString('latin1')));
  assert.equal(bodies(text).length, 1);
  const big = await talk(server, get('/big?20000000') + get('/end', last));
  assert.ok(big.length > 20000000);
  assert.equal(bodies(big).length, 1);
  await server.stop();
});

test('deadlines are for the whole, however the bytes drip', async () => {
  const server = await start(['head=1', 'body=1', 'idle=1', 'write=1']);
  const drip = async (start, bit) => {
    const c = connect(server);
    const began = Date.now();
    c.socket.write(start);
    while (!c.ended && Date.now() - began < 5000) {
      if (!c.socket.writableEnded && c.text === '') c.socket.write(bit);
      await Promise.race([sleep(100), c.end]);
    }
    return { text: c.text, ms: Date.now() - began };
  };
  const [head, body, idle, kept] = await Promise.all([
    drip('GET / HTTP/1.1\r\nHost: a\r\nA: ', 'b'),
    drip('POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\n', 'b'),
    talk(server, ''),
    talk(server, get('/')),
  ]);
  for (const { text, ms } of [head, body]) {
    assert.deepEqual(statuses(text), [408]);
    assert.ok(ms >= 900 && ms < 3000, `${ms} ms`);
  }
  assert.equal(idle, '');
  assert.deepEqual(statuses(kept), [200]);
  assert.equal(await executed(server), 2);
  // Nothing of the answer is taken.
  const c = connect(server);
  c.socket.pause();
  c.socket.write(get('/big?30000000'));
  await sleep(2500);
  assert.match(await talk(server, get('/a', last)), /GET \/a/);
  c.socket.resume();
  assert.ok((await c.end).length < 30000000);
  await server.stop();
});

test('at the cap the oldest unfinished gives way', async () => {
  const server = await start(['max=8', 'head=30']);
  const slow = [];
  for (let i = 0; i < 8; i++) {
    const c = connect(server);
    await c.opened;
    c.socket.write(`GET /${i} HTTP/1.1\r\n`);
    await sleep(20);
    slow.push(c);
  }
  assert.match(await talk(server, get('/new', last)), /GET \/new/);
  await slow[0].end;
  assert.equal(slow[0].text, '');
  for (const c of slow.slice(1)) {
    assert.ok(!c.ended);
    c.socket.write(`Host: a\r\n${last}\r\n`);
    assert.match(await c.end, /^HTTP\/1\.1 200/);
  }
  await server.stop();
});

test('what is being answered keeps its place at the cap', async () => {
  const server = await start(['max=4']);
  const c = [0, 1, 2, 3].map(() => connect(server));
  await Promise.all(c.map((x) => x.opened));
  for (const x of c) x.socket.write(get('/later', last));
  await sleep(20);
  const late = connect(server);
  for (const x of c) assert.match(await x.end, /GET \/later/);
  assert.equal(await late.end, '');
  await server.stop();
});

test('without descriptors it waits, without burning time', async () => {
  const server = await start([], { files: 24 });
  const all = [...Array(60)].map(() => connect(server));
  await sleep(300);
  const ticks = () => {
    const f = readFileSync(`/proc/${server.child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return Number(f[11]) + Number(f[12]);
  };
  const before = ticks();
  await sleep(1000);
  // Of 100 ticks; a loop that spins takes them all.
  assert.ok(ticks() - before < 30, `${ticks() - before} ticks`);
  assert.ok(server.errors().split('\n').length <= 2, server.errors());
  for (const c of all) c.socket.destroy();
  await sleep(300);
  assert.match(await talk(server, get('/again', last)), /GET \/again/);
  await server.stop();
});

test('a client that leaves takes nothing along', async () => {
  const server = await start();
  for (let i = 0; i < 20; i++) {
    const c = connect(server);
    await c.opened;
    c.socket.write(get('/later') + get('/1'));
    await sleep(5);
    if (i % 2) c.socket.resetAndDestroy?.() ?? c.socket.destroy();
    else c.socket.destroy();
  }
  await sleep(200);
  assert.match(await talk(server, get('/alive', last)), /GET \/alive/);
  await server.stop();
  assert.equal(server.errors(), '');
});

test('the last address counts, and only from the trusted proxy', async () => {
  const by = async (options, headers, listen) => {
    const server = await start(options, { listen });
    const text = await talk(server, get('/a', last + headers));
    await server.stop();
    return bodies(text)[0].split(' ')[2];
  };
  const two = 'X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-For: 192.0.2.2, 2001:DB8::1\r\n';
  const one = 'X-Forwarded-For: 192.0.2.1, 192.0.2.9\r\n';
  const unix = `unix:${join(folder, 'socket')}`;
  assert.equal(await by([], one), '127.0.0.1');
  assert.equal(await by(['proxy=127.0.0.2'], one), '127.0.0.1');
  assert.equal(await by(['proxy=127.0.0.1'], one), '192.0.2.9');
  assert.equal(await by(['proxy=127.0.0.1'], two), '2001:db8::1');
  assert.equal(await by(['proxy=127.0.0.1'], 'X-Forwarded-For: me\r\n'), '127.0.0.1');
  assert.equal(await by(['proxy=127.0.0.1'], ''), '127.0.0.1');
  assert.equal(await by(['proxy=unix'], one, unix), '192.0.2.9');
  assert.equal(await by([], one, unix), 'unix');
  assert.ok(!existsSync(join(folder, 'socket')));
});

test('it ends when what is under way has its answer', async () => {
  const server = await start();
  const idle = connect(server);
  const busy = connect(server);
  const slow = connect(server);
  await Promise.all([idle.opened, busy.opened, slow.opened]);
  slow.socket.write('POST /slow HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nx');
  busy.socket.write(get('/later'));
  await sleep(20);
  server.child.kill('SIGTERM');
  assert.equal(await idle.end, '');
  const text = await busy.end;
  assert.match(text, /GET \/later/);
  assert.match(text, /Connection: close\r\n/);
  slow.socket.write('yz');
  assert.match(await slow.end, /POST \/slow\? 127.0.0.1 \d+: xyz/);
  assert.equal(await server.ended, 0);
  running.delete(server.child);
  assert.equal(server.errors(), '');
});

test('with an unfinished client it ends within ten seconds', async () => {
  const server = await start();
  const c = connect(server);
  await c.opened;
  c.socket.write('GET / HT');
  await sleep(50);
  const began = Date.now();
  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0);
  running.delete(server.child);
  assert.ok(Date.now() - began < 10000);
});

test('problems are JSON for who wants it', async () => {
  const server = await start(['https=1']);
  const text = await talk(server, post('Accept: application/json\r\nTransfer-Encoding: chunked\r\n', ''));
  assert.match(text, /Content-Type: application\/problem\+json\r\n/);
  assert.match(text, /Strict-Transport-Security: max-age=31536000\r\n/);
  assert.equal(JSON.parse(text.split('\r\n\r\n')[1]).status, 501);
  await server.stop();
});

test('many clients at once all get their own answers', async () => {
  const server = await start();
  const one = async (i) => {
    const text = await talk(server, get(`/a${i}`) + get(`/later?${i}`) + get(`/b${i}`, last));
    assert.deepEqual(bodies(text).map((b) => b.split(' ')[1]), [`/a${i}?`, `/later?${i}`, `/b${i}?`]);
  };
  await Promise.all([...Array(150).keys()].map(one));
  assert.equal(await executed(server), 451);
  await server.stop();
  assert.equal(server.errors(), '');
});

test('the site over the wire', async () => {
  const site = join(folder, 'site');
  mkdirSync(site);
  writeFileSync(join(site, 'index.html'), 'home\n');
  writeFileSync(join(site, '404.html'), 'nothing here\n');
  writeFileSync(join(site, 'large.pdf'), 'x'.repeat(400000));
  const server = await start([`public=${site}`]);
  const home = await talk(server, get('/', last));
  assert.match(home, /^HTTP\/1\.1 200 [^]*\r\n\r\nhome\n$/);
  const etag = home.match(/ETag: (.*)\r\n/)[1];
  const text = await talk(server, get('/', `If-None-Match: ${etag}\r\n`)
    + 'HEAD /large.pdf HTTP/1.1\r\nHost: a\r\n\r\n'
    + get('/large.pdf') + get('/../etc/passwd') + get('/nowhere', last));
  assert.deepEqual(statuses(text), [304, 200, 200, 404, 404]);
  assert.equal(text.match(/Content-Length: 400000\r\n/g).length, 2);
  assert.equal(text.match(/x{1000,}/g).join('').length, 400000);
  assert.match(text, /nothing here\n$/);
  await server.stop();
});
