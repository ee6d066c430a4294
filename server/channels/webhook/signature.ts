import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a request's timestamp may be from our clock, both ways, in seconds. */
export const toleranceSeconds = 300;

/** What Standard Webhooks signs besides the body: the `webhook-id`, and `webhook-timestamp`, whole seconds since 1970 as sent. */
interface Stamp {
  id: string;
  timestamp: number | string;
}

/** The `webhook-signature` header: one `v1,<base64>` per secret, so that a receiver that knows only one of two still accepts. */
export function sign(secrets: readonly Buffer[], { id, timestamp }: Stamp, body: Buffer): string {
  return secrets
    .map((secret) => `v1,${createHmac('sha256', secret).update(`${id}.${timestamp}.`).update(body).digest('base64')}`)
    .join(' ');
}

/** Whether one of the header's signatures is ours by one of the secrets. Signatures of other versions are skipped; a header not of the form is false. */
export function hasSignature(header: string, secrets: readonly Buffer[], stamp: Stamp, body: Buffer): boolean {
  const given = header.split(' ');
  if (!given.every((signature) => /^[a-z\d]+,[A-Za-z\d+/=_-]+$/.test(signature))) return false;
  const expected = secrets.map((secret) => Buffer.from(sign([secret], stamp, body)));
  // As text, not decoded: base64 of one signature has several spellings.
  return given.some((signature) => expected.some((own) => own.length === signature.length && timingSafeEqual(own, Buffer.from(signature))));
}

/** The keys in `whsec_<base64>` texts separated by spaces (two while a secret is being changed), or null when one is not such a secret of 24 to 64 bytes. */
export function parseSecrets(text: string): Buffer[] | null {
  const secrets = text.trim().split(/\s+/).map(parseSecret);
  return secrets.every((secret) => secret !== null) ? secrets : null;
}

function parseSecret(text: string): Buffer | null {
  const [, base64] = /^whsec_([A-Za-z\d+/]+={0,2})$/.exec(text) ?? [];
  const secret = Buffer.from(base64 ?? '', 'base64');
  return secret.length >= 24 && secret.length <= 64 ? secret : null;
}
