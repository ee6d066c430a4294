import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

const keyBytes = 32;

/**
 * Secrets at rest: AES-256-GCM under a key that is never in the database. The context (account and channel) is authenticated with the text, so a row
 * moved to another account or channel does not open.
 * Sealed form: version byte 1, 12 bytes nonce, 16 bytes tag, then the encrypted text.
 */
export class SecretBox {
  constructor(private readonly key: Buffer) {
    if (key.length !== keyBytes) throw new Error(`the secret key must have ${keyBytes} bytes`);
  }

  seal(plain: string, context: string): Buffer {
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', this.derive('secrets'), nonce).setAAD(Buffer.from(context));
    const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()]);
    return Buffer.concat([Buffer.from([1]), nonce, cipher.getAuthTag(), body]);
  }

  /** Throws when the key or the context is not the one that it was sealed with. */
  open(sealed: Buffer, context: string): string {
    if (sealed[0] !== 1) throw new Error('sealed with an unknown version');
    const decipher = createDecipheriv('aes-256-gcm', this.derive('secrets'), sealed.subarray(1, 13))
      .setAAD(Buffer.from(context))
      .setAuthTag(sealed.subarray(13, 29));
    return Buffer.concat([decipher.update(sealed.subarray(29)), decipher.final()]).toString('utf8');
  }

  /** A key of 32 bytes for another purpose (signing visitors' tokens), so that no two uses share one. */
  derive(purpose: string): Buffer {
    return Buffer.from(hkdfSync('sha256', this.key, Buffer.alloc(0), `razvilka:${purpose}`, keyBytes));
  }
}

/**
 * Reads the key file (64 hex digits), or makes it with mode 0600 on the first start. Of two processes that start at once, the one that creates the file
 * wins and the other reads it. Losing this file loses the channels' secrets: docs/operations.md says to back it up apart from the database.
 */
export function readOrMakeSecretKey(file: string): Buffer {
  mkdirSync(dirname(file), { recursive: true });
  try {
    const handle = openSync(file, 'wx', 0o600);
    try {
      writeSync(handle, `${randomBytes(keyBytes).toString('hex')}\n`);
      fsyncSync(handle);
    } finally {
      closeSync(handle);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const text = readFileSync(file, 'utf8').trim();
  if (!/^[0-9a-f]{64}$/i.test(text)) throw new Error(`${file} must hold 64 hex digits`);
  return Buffer.from(text, 'hex');
}
