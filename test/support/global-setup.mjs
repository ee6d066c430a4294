// Jest loads this file natively, so it imports the compiled server. One PostgreSQL for all suites; each clones the migrated template (database.ts).
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import bundleLibraries from './bundle-libraries.mjs';
import bundleTested from './bundle-tested.mjs';

export default async () => {
  await bundleLibraries();
  await bundleTested();
  const { startEmbeddedPostgres } = await import('../../dist/server/db/embedded-postgres.js');
  const { migrate } = await import('../../dist/server/db/migrate.js');
  const folder = mkdtempSync(join(tmpdir(), 'razvilka-test-'));
  // Temporary folders are closed to others; as root the database runs as nobody and would go elsewhere.
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres(folder);
  const template = await postgres.createDatabase('razvilka_template');
  await migrate(template);
  process.env.TEST_DATABASE_URL = postgres.url;
  globalThis.testPostgres = { ...postgres, folder };
};
