// Every check of the project in one command: types, lint, walls, unit, integration on a real PostgreSQL, browser. The last line counts what passed.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { findNeeds } from './test-needs.mjs';

const reports = 'test-results';
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const needs = await findNeeds();
const environment = { ...process.env, ...needs, NODE_NO_WARNINGS: '1' };

let passed = 0;
let failed = 0;

/** A check that either holds or does not. */
async function check(name, command) {
  const ok = await run(name, command);
  if (ok) passed += 1;
  else failed += 1;
  return ok;
}

/** A runner that counts its own tests into a JSON report. */
async function suite(name, command, count) {
  const ok = await run(name, command);
  const counted = readCounts(count);
  passed += counted.passed;
  failed += counted.failed;
  // A suite that could not even start has no test that failed.
  if (!ok && counted.failed === 0) failed += 1;
}

function run(name, command) {
  console.log(`\n== ${name}: ${command}`);
  const started = Date.now();
  return new Promise((done) => {
    const child = spawn(command, { shell: true, stdio: 'inherit', env: environment });
    child.on('close', (code) => {
      console.log(`== ${name}: ${code === 0 ? 'ok' : `failed (${code})`} in ${Math.round((Date.now() - started) / 1000)} s`);
      done(code === 0);
    });
  });
}

function readCounts({ file, of }) {
  try {
    return of(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return { passed: 0, failed: 0 };
  }
}

const jest = (project) => ({
  file: `${reports}/${project}.json`,
  of: (report) => ({ passed: report.numPassedTests, failed: report.numFailedTests + report.numRuntimeErrorTestSuites }),
});
const playwright = {
  file: `${reports}/browser.json`,
  of: ({ stats }) => ({ passed: stats.expected + stats.flaky, failed: stats.unexpected }),
};

const built = await check('build', 'npm run -s build');
await check('format', 'npm run -s lint:format');
// The walls are looked at on one core; the other does the rest meanwhile.
const walls = check('walls', 'npm run -s walls');
await check('types', 'npm run -s types');
await check('lint', 'npm run -s lint:code');
await walls;
await suite('unit', `npm run -s unit -- --json --outputFile=${reports}/unit.json`, jest('unit'));
if (built) {
  await suite('integration', `npm run -s integration -- --json --outputFile=${reports}/integration.json`, jest('integration'));
  await suite('browser', 'npm run -s browser', playwright);
} else {
  failed += 1;
  console.log('\n== integration and browser are left out: the build failed');
}

console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
