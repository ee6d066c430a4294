// Holds the walls of .dependency-cruiser.mjs, and looks whether every source file was seen: walls around nothing would always hold. Ends with 1 when not.
import { readdirSync } from 'node:fs';
import { cruise, format } from 'dependency-cruiser';
import config from '../.dependency-cruiser.mjs';

const folders = ['rules', 'api', 'server', 'cli', 'builder/src', 'migrations'];
const { output } = await cruise(folders, { ...config.options, ruleSet: { forbidden: config.forbidden }, validate: true });
const report = await format(output, { outputType: 'err' });
console.log(report.output);

const seen = new Set(output.modules.map(({ source }) => source));
const unseen = folders
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => `${folder}/${file.replaceAll('\\', '/')}`))
  .filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.d.ts') && !seen.has(file));
if (unseen.length > 0) console.log(`Not looked at:\n  ${unseen.join('\n  ')}`);

process.exitCode = report.exitCode > 0 || unseen.length > 0 ? 1 : 0;
