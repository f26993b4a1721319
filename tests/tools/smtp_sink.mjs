// A small SMTP server for tests: node smtp_sink.mjs FOLDER [--refuse REGEX]
// [--later N].  Prints its port, writes each letter it takes to
// FOLDER/NNNNNN.eml with the envelope in X-Sink-From and X-Sink-To lines, and
// holds the peer to RFC 5321: CRLF only, commands in order.  --refuse answers
// 550 to recipients that match, --later answers 451 to the first N.
import fs from 'node:fs';
import net from 'node:net';
import path from 'node:path';

const [folder, ...rest] = process.argv.slice(2);
const option = (name) => {
  const i = rest.indexOf(name);
  return i === -1 ? undefined : rest[i + 1];
};
const refuse = option('--refuse') && new RegExp(option('--refuse'));
let later = Number(option('--later') ?? 0);
let taken = 0;

function session(socket) {
  let pending = Buffer.alloc(0);
  let letter = null;
  let from = null;
  let to = [];
  let greeted = false;
  const say = (line) => socket.write(line + '\r\n');
  const reset = () => { letter = null; from = null; to = []; };

  function command(line) {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') {
      greeted = true;
      return say('250 sink');
    }
    if (verb === 'QUIT') { say('221 bye'); return socket.end(); }
    if (verb === 'NOOP') return say('250 ok');
    if (verb === 'RSET') { reset(); return say('250 ok'); }
    if (!greeted) return say('503 say EHLO first');
    let m;
    if ((m = /^MAIL FROM:<([^<>\s]*)>/i.exec(line))) {
      if (from !== null) return say('503 MAIL twice');
      from = m[1];
      return say('250 ok');
    }
    if ((m = /^RCPT TO:<([^<>\s]+)>$/i.exec(line))) {
      if (from === null) return say('503 MAIL first');
      if (refuse?.test(m[1])) return say('550 no such box');
      if (later > 0) { later--; return say('451 come later'); }
      to.push(m[1]);
      return say('250 ok');
    }
    if (verb === 'DATA') {
      if (to.length === 0) return say('503 RCPT first');
      letter = [];
      return say('354 go on');
    }
    return say('500 what');
  }

  function data(line) {
    if (line !== '.') {
      letter.push(line.startsWith('.') ? line.slice(1) : line);
      return;
    }
    taken++;
    const name = String(taken).padStart(6, '0') + '.eml';
    const head = [`X-Sink-From: ${from}`, ...to.map((a) => `X-Sink-To: ${a}`)];
    const file = path.join(folder, name);
    fs.writeFileSync(file + '.tmp', [...head, ...letter, ''].join('\r\n'));
    fs.renameSync(file + '.tmp', file);
    reset();
    say('250 taken');
  }

  socket.on('data', (chunk) => {
    pending = Buffer.concat([pending, chunk]);
    for (let at; (at = pending.indexOf('\n')) !== -1;) {
      if (at === 0 || pending[at - 1] !== 13) {
        say('500 bare LF');
        return socket.end();
      }
      const line = pending.subarray(0, at - 1).toString('latin1');
      pending = pending.subarray(at + 1);
      if (letter) data(line);
      else command(line);
    }
  });
  socket.on('error', () => {});
  say('220 sink ESMTP');
}

const server = net.createServer(session);
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
process.on('SIGTERM', () => process.exit(0));
