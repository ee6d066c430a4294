// The compiled command line in one file, with the machine code that V8 made of it: it starts in a third of the time of 300. bin/razvilka.mjs does the same when
// sources are newer.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleScript, compileScript, replaceFolder } from './bundle.mjs';

const dist = fileURLToPath(new URL('../dist', import.meta.url));
const folder = join(dist, 'command-line');

await replaceFolder(folder, (draft) => bundleScript(draft, { 'command-line': join(dist, 'cli/main.js') }, 'start-cli.mjs'));
compileScript(folder);
writeFileSync(join(folder, '.built'), '');
