// What the integration tests import of ours, joined: Jest links every module anew for each file of tests, and our 600 take longer than most of the tests do
// (docs/decisions/0019). Made of the compiler's output before each run; jest.config.mjs sends the imports here.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundle, replaceFolder } from '../../scripts/bundle.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Has a file for each module that a test imports, by the module's path in the project. */
export const testedFolder = join(root, 'node_modules/.cache/razvilka-tested');

/** Throws when the compiler made no such module. */
export default async function bundleTested() {
  const input = Object.fromEntries(importedByTests().map((path) => [path, join(root, 'dist', `${path}.js`)]));
  const output = { entryFileNames: '[name].mjs', chunkFileNames: 'shared-[name].mjs', strictExecutionOrder: true, sourcemap: true };
  // Libraries stay imports: Jest finds what bundle-libraries.mjs made of them.
  await replaceFolder(testedFolder, (draft) => bundle(draft, input, { external: /^[^./]/, output }));
}

/** Paths of our modules that files under test/ import, without their endings. */
function importedByTests() {
  const files = readdirSync(join(root, 'test'), { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const paths = files.flatMap((file) => {
    const source = readFileSync(join(root, 'test', file), 'utf8');
    return [...source.matchAll(/ from '(?:\.\.\/)+((?:rules|api|server|cli)\/.+)\.js';/g)].map(([, path]) => path);
  });
  return [...new Set(paths)].sort();
}
