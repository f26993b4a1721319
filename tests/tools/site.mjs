// A whole installation for one test: a site built from a content folder and
// its own submitd on a free port, all in a temporary folder.
import { spawn, execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');
const build = process.env.BUILD ?? 'release';
export const kruzhok = process.env.KRUZHOK ?? join(root, 'build', build, 'kruzhok');
export const submitd = process.env.SUBMITD ?? join(root, 'build', build, 'submitd');
export const NOW = '2026-11-22T10:00:00+09:00';

const freePort = () => new Promise((done, fail) => {
  const s = createServer();
  s.on('error', fail);
  s.listen(0, '127.0.0.1', () => {
    const { port } = s.address();
    s.close(() => done(port));
  });
});

export async function startSite({ content = join(root, 'tests/fixture/content'), now = NOW, mail = null,
  theme = join(root, 'themes/default') } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'kruzhok-'));
  const url = `http://127.0.0.1:${await freePort()}`;
  mail ??= join(dir, 'mail');
  const catalog = join(dir, 'catalog.db');
  const pages = join(dir, 'public');
  const live = join(dir, 'live.db');
  const options = ['--database', `sqlite:${join(dir, 'data.db')}`, '--catalog', catalog, '--theme', theme,
    '--public', pages, '--mail', `file:${mail}`, '--base-url', url];
  const run = (program, args) => execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  const site = {
    dir, url, mail, pages, catalog, options,
    build: () => run(kruzhok, ['build', '--content', content, '--theme', theme, '--output', pages,
      '--catalog', catalog, '--base-url', url, '--now', now, '--quiet',
      ...(existsSync(live) ? ['--live', live] : [])]),
    submitd: (verb, ...args) => run(submitd, [verb, ...options, ...args]),
    exportLive: () => site.submitd('export', '--output', live),
    start,
    stop,
    letters,
    letter,
    get pid() { return child.pid; },
  };
  let child;
  let log = '';

  async function start(...args) {
    log = '';
    child = spawn(submitd, ['serve', ...options, '--listen', url.slice('http://'.length), '--now', now,
      '--limits', 'off', ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stderr.on('data', (d) => { log += d; });
    const exited = new Promise((_, fail) => child.once('exit', (code) => fail(new Error(`submitd ended with ${code}: ${log}`))));
    exited.catch(() => {});
    const lines = createInterface({ input: child.stdout });
    const first = await Promise.race([new Promise((done) => lines.once('line', done)), exited]);
    if (!first.startsWith('listening on ')) throw new Error(`unexpected first line: ${first}`);
    return site;
  }

  // Ends the daemon by its process id; what it wrote to its log comes back.
  async function stop(signal = 'SIGTERM') {
    if (child && child.exitCode === null && child.signalCode === null) {
      const gone = new Promise((done) => child.once('exit', done));
      child.kill(signal);
      await gone;
    }
    if (/Sanitizer|runtime error/.test(log)) throw new Error(log);
    return log;
  }

  // All letters so far, in the order of the queue.
  function letters() {
    if (!existsSync(mail)) return [];
    return readdirSync(mail).filter((f) => f.endsWith('.eml')).sort().map((f) => parse(readFileSync(join(mail, f), 'utf8'), url));
  }

  // Waits for a letter of a kind to somebody: { kind, to, text, link }.
  async function letter(kind, to, { after = 0 } = {}) {
    for (let i = 0; i < 100; i++) {
      const found = letters().slice(after).filter((l) => l.kind === kind && l.to.includes(to));
      if (found.length > 0) return found[found.length - 1];
      await new Promise((done) => setTimeout(done, 100));
    }
    throw new Error(`no letter ${kind} to ${to}; there are ${letters().map((l) => `${l.kind} ${l.to}`).join(', ')}`);
  }

  site.remove = () => rmSync(dir, { recursive: true, force: true });
  site.build();
  return site;
}

// The first text/plain part of a letter, decoded.
function parse(raw, url) {
  const head = raw.split(/\r?\n\r?\n/, 1)[0];
  const header = (name, text = head) => (text.replace(/\r?\n[ \t]+/g, ' ').match(new RegExp(`^${name}: *(.*)$`, 'im')) ?? ['', ''])[1].trim();
  const boundary = header('Content-Type').match(/boundary="?([^";]+)/)?.[1];
  const part = boundary ? raw.split(`--${boundary}`)[1].replace(/^\r?\n/, '') : raw;
  const [partHead] = part.split(/\r?\n\r?\n/, 1);
  const body = part.slice(partHead.length).trim();
  const encoding = header('Content-Transfer-Encoding', partHead).toLowerCase();
  let text = body;
  if (encoding === 'base64') text = Buffer.from(body.replace(/\s/g, ''), 'base64').toString('utf8');
  if (encoding === 'quoted-printable') {
    const bytes = body.replace(/=\r?\n/g, '').replace(/=([0-9A-F]{2})/gi, (_, h) => String.fromCharCode(parseInt(h, 16)));
    text = Buffer.from(bytes, 'latin1').toString('utf8');
  }
  const link = text.split(/\r?\n/).map((l) => l.trim()).find((l) => l.startsWith(url));
  return { kind: header('X-Kruzhok-Letter'), to: header('To'), subject: header('Subject'), text, link };
}
