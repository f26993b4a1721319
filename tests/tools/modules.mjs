// The theme's scripts as Node's modules: in the theme they are .js, which Node
// takes for CommonJS where no package.json says otherwise.
import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './site.mjs';

export async function modules(name) {
  const dir = mkdtempSync(join(tmpdir(), 'kruzhok-js-'));
  cpSync(join(root, 'themes/default/assets/js'), dir, { recursive: true });
  writeFileSync(join(dir, 'package.json'), '{"type":"module"}');
  return import(pathToFileURL(join(dir, `${name}.js`)));
}
