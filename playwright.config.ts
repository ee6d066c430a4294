import { defineConfig } from '@playwright/test';

/** Browser tests drive a server of their own (test/browser/start-server.ts), on loopback with a fresh database. */
export default defineConfig({
  testDir: 'test/browser',
  testMatch: '**/*.spec.ts',
  timeout: 120_000,
  // A machine with two cores also runs the server and its PostgreSQL.
  expect: { timeout: 20_000 },
  workers: 1,
  fullyParallel: false,
  outputDir: 'test-results/browser',
  reporter: [['list'], ['json', { outputFile: 'test-results/browser.json' }]],
  globalSetup: './test/browser/start-server.ts',
  // The set-up link works once: the first minute comes before everybody who needs an owner.
  projects: [
    { name: 'first minute', testMatch: 'first-minute.spec.ts' },
    { name: 'pages', testMatch: '**/*.spec.ts', testIgnore: 'first-minute.spec.ts' },
    ...(process.env.PICTURES ? [{ name: 'pictures', testMatch: 'pictures.ts' }] : []),
  ],
  use: {
    locale: 'ru-RU',
    timezoneId: 'Europe/Moscow',
    actionTimeout: 20_000,
    viewport: { width: 1440, height: 900 },
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
