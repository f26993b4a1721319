// The browser's text pipeline against the generator's: the same keys for the
// golden words, for every text of the demo, and all forms of a word together.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from '../tools/site.mjs';
import { modules } from '../tools/modules.mjs';

const program = join(root, 'build', process.env.BUILD ?? 'release', 'tests/programs/search_words');
const { reader } = await modules('search-words');
const words = reader();
const read = (path) => readFileSync(join(root, path), 'utf8');
const lines = (text) => text.split('\n').filter((l) => l !== '' && !l.startsWith('#'));

const ofGenerator = (texts) => execFileSync(program, { input: texts.join('\n') + '\n', encoding: 'utf8', maxBuffer: 1 << 28 })
  .split('\n').slice(0, texts.length);

function* files(dir) {
  for (const e of readdirSync(dir, { withFileTypes: true })) {
    const path = join(dir, e.name);
    if (e.isDirectory()) yield* files(path);
    else if (/\.(yaml|md)$/.test(e.name)) yield path;
  }
}

test('golden words have the keys that stand beside them', () => {
  const rows = lines(read('tests/search/words.tsv')).map((l) => l.split('\t'));
  assert.ok(rows.length >= 600, `${rows.length} words`);
  for (const [word, key] of rows) assert.equal(words.keys(word).join(' '), key, word);
});

test('odd texts are the same words in the generator and in the browser', () => {
  const texts = read('tests/search/texts.txt').split('\n').filter((l) => l !== '');
  assert.deepEqual(texts.map((t) => words.keys(t).join(' ')), ofGenerator(texts));
});

test('every text of the demo has the same keys on both sides', () => {
  const texts = [...files(join(root, 'content'))].flatMap((f) => lines(readFileSync(f, 'utf8')));
  const keys = ofGenerator(texts);
  texts.forEach((t, i) => assert.equal(words.keys(t).join(' '), keys[i], t));
  assert.ok(keys.join(' ').split(' ').length > 3000);
});

const together = (list) => {
  for (const line of list) {
    const keys = new Set(line.split(/\s+/).filter((w) => w !== '').map((w) => words.keys(w).join(' ')));
    assert.equal(keys.size, 1, `${line}: ${[...keys]}`);
  }
};

test('all forms of a word have one key', () => {
  together(lines(read('tests/search/forms.txt')));
});

const shared = join(process.env.SHARED ?? join(root, '../shared'), 'data/words-ru.txt');
test('all forms of every word of the list have one key',
  { skip: existsSync(shared) ? false : 'words-ru.txt is not here' }, () => {
    together(lines(readFileSync(shared, 'utf8')));
  });
