import { start } from './start.js';

// What the compiler made, run as it is; the bundle begins with start.ts (docs/decisions/0012-the-server-in-one-file.md).
await start();
