import { BadConfig, readConfig } from './config.js';

it('listens on loopback with the embedded database when nothing is set', () => {
  const config = readConfig({});
  expect(config).toMatchObject({ port: 3000, host: '127.0.0.1', databaseUrl: undefined, role: 'all', allowPrivateNetwork: false });
  expect(config.secretKeyFile).toBe(`${config.dataDir}/secret.key`);
});

it('names every variable that cannot be used', () => {
  expect(() => readConfig({ PORT: 'many', ROLE: 'boss', DATABASE_URL: 'mysql://x' })).toThrow(BadConfig);
  expect(() => readConfig({ PORT: 'many', ROLE: 'boss', DATABASE_URL: 'mysql://x' })).toThrow(/PORT[\s\S]*DATABASE_URL[\s\S]*ROLE/);
  expect(() => readConfig({ RAZVILKA_OWNER_EMAIL: 'a@b.ru' })).toThrow(/RAZVILKA_OWNER_PASSWORD/);
});

it('takes an empty variable for an absent one', () => {
  expect(readConfig({ PORT: '', REDIS_URL: '' })).toMatchObject({ port: 3000, redisUrl: undefined });
});

it('reads flags in the usual spellings', () => {
  expect(readConfig({ ALLOW_PRIVATE_NETWORK: 'on' }).allowPrivateNetwork).toBe(true);
  expect(readConfig({ ALLOW_PRIVATE_NETWORK: 'false' }).allowPrivateNetwork).toBe(false);
});
