// What the tests need beside npm's packages: a Chromium and a Redis. Found, installed where that is possible without asking, or named in one line.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Gives environment variables for the tests: CHROMIUM and REDIS_SERVER, paths of the two programs. Ends the process where one cannot be had. */
export async function findNeeds() {
  const wanted = [
    {
      variable: 'CHROMIUM',
      // The shell, which has no window of its own, takes a third less of the processor for the same tests.
      names: ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'],
      debian: ['chromium-headless-shell', 'chromium'],
    },
    { variable: 'REDIS_SERVER', names: ['redis-server', 'valkey-server'], debian: ['redis-server'] },
  ];
  const missing = () => wanted.filter((need) => !find(need));
  if (missing().length > 0 && process.getuid?.() === 0 && find({ names: ['apt-get'] })) {
    const quiet = { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update', '-qq'], quiet);
    // Not every release has the first.
    for (const name of missing().flatMap(({ debian }) => debian)) {
      if (missing().every(({ debian }) => !debian.includes(name))) continue;
      console.log(`== installing ${name} (apt-get)`);
      spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], quiet);
    }
  }
  const chromium = find(wanted[0]) ?? (await ownChromium());
  const redis = find(wanted[1]);
  if (!chromium || !redis) {
    const names = [!chromium && 'Chromium (npx playwright install chromium)', !redis && 'redis-server'].filter(Boolean);
    console.error(`The tests need ${names.join(' and ')}: please install, or name them in CHROMIUM and REDIS_SERVER`);
    process.exit(1);
  }
  return { CHROMIUM: chromium, REDIS_SERVER: redis };
}

function find({ variable, names }) {
  const named = variable && process.env[variable];
  if (named) return named;
  for (const folder of (process.env.PATH ?? '').split(':')) {
    for (const name of names) if (existsSync(`${folder}/${name}`)) return `${folder}/${name}`;
  }
  return undefined;
}

/** The browser that Playwright may have downloaded on this machine. */
async function ownChromium() {
  const { chromium } = await import('@playwright/test');
  const path = chromium.executablePath();
  if (path && existsSync(path)) return path;
  return undefined;
}
