import { rmSync } from 'node:fs';

export default async () => {
  await globalThis.testPostgres?.stop();
  if (globalThis.testPostgres) rmSync(globalThis.testPostgres.folder, { recursive: true, force: true });
};
