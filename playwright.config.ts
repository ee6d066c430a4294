import { defineConfig } from '@playwright/test';

/** Browser tests drive real servers, on loopback with a fresh database for each worker (test/browser/desk.ts). */
export default defineConfig({
  testDir: 'test/browser',
  testMatch: '**/*.spec.ts',
  // Far above what a test takes here: a busy machine must not turn into a failure.
  timeout: 240_000,
  // A machine with two cores also runs two browsers, two servers and their PostgreSQL.
  expect: { timeout: 45_000 },
  workers: 2,
  fullyParallel: false,
  outputDir: 'test-results/browser',
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  // The set-up link works once: a project has workers of its own, so the first minute finds nobody there.
  projects: [
    { name: 'first minute', testMatch: 'first-minute.spec.ts' },
    { name: 'pages', testMatch: '**/*.spec.ts', testIgnore: 'first-minute.spec.ts' },
    ...(process.env.PICTURES ? [{ name: 'pictures', testMatch: 'pictures.ts' }] : []),
  ],
  use: {
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    actionTimeout: 45_000,
    viewport: { width: 1440, height: 900 },
    // What moves is off when the system asks: nothing is waited for that only slides.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    },
  },
});
