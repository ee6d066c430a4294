import { readConfig } from '../config/config.js';
import { migrate } from './migrate.js';

// `npm run migrate`: a step of its own for who upgrades several processes (docs/operations.md).
const { databaseUrl } = readConfig(process.env);
if (!databaseUrl) throw new Error('DATABASE_URL: set it to the database to migrate (the embedded one is migrated at start)');
const done = await migrate(databaseUrl);
console.log(done.length ? done.join('\n') : 'nothing to migrate');
