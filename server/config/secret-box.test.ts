import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { readOrMakeSecretKey, SecretBox } from './secret-box.js';

const box = new SecretBox(randomBytes(32));

it('opens what it sealed, and seals the same text differently each time', () => {
  const sealed = box.seal('token 1:АБВ', 'account:channel');
  expect(box.open(sealed, 'account:channel')).toBe('token 1:АБВ');
  expect(sealed.equals(box.seal('token 1:АБВ', 'account:channel'))).toBe(false);
  expect(sealed.includes('token')).toBe(false);
});

it('does not open in another place, with another key, or changed by a bit', () => {
  const sealed = box.seal('secret', 'one:a');
  expect(() => box.open(sealed, 'two:a')).toThrow();
  expect(() => new SecretBox(randomBytes(32)).open(sealed, 'one:a')).toThrow();
  sealed.writeUInt8(sealed.readUInt8(sealed.length - 1) ^ 1, sealed.length - 1);
  expect(() => box.open(sealed, 'one:a')).toThrow();
});

it('makes the key file once, for its owner alone, and refuses a broken one', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'razvilka-key-')), 'deep', 'secret.key');
  const key = readOrMakeSecretKey(file);
  expect(readOrMakeSecretKey(file).equals(key)).toBe(true);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  writeFileSync(file, 'short');
  expect(() => readOrMakeSecretKey(file)).toThrow(/64 hex digits/);
});
