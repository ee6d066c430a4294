import { createHash, randomBytes } from 'node:crypto';

/** A new token of 256 random bits and what is stored of it. */
export function newSecretToken(prefix = ''): { token: string; hash: Buffer } {
  const token = prefix + randomBytes(32).toString('base64url');
  return { token, hash: hashOfToken(token) };
}

/** A plain hash is enough for 256 random bits, and lets the token be found by index. */
export function hashOfToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

/** How an API token begins, so that a leaked one is recognised. */
export const apiTokenPrefix = 'rzv_';
