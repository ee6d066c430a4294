import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/*
 * A visitor is 128 random bits; his token is that id with a signature over it and the channel. No table is needed: the server knows its own tokens again
 * by its key, ids in the database are not tokens, and a token of one channel is nothing to another.
 */

/** A new visitor's token. `key` is the server's, derived for this purpose alone. */
export function makeVisitorToken(key: Buffer, channelId: string): string {
  const visitor = randomBytes(16).toString('base64url');
  return `${visitor}.${signatureOf(visitor, key, channelId)}`;
}

/** The visitor's id (22 characters), or null when the token is not one that this server gave for this channel. */
export function readVisitorToken(token: string, key: Buffer, channelId: string): string | null {
  const [, visitor = '', signature = ''] = /^([\w-]{22})\.([\w-]{43})$/.exec(token) ?? [];
  const expected = Buffer.from(signatureOf(visitor, key, channelId));
  return signature.length === expected.length && timingSafeEqual(Buffer.from(signature), expected) ? visitor : null;
}

function signatureOf(visitor: string, key: Buffer, channelId: string): string {
  return createHmac('sha256', key).update(`${channelId}.${visitor}`).digest('base64url');
}
