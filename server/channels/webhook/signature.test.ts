import { describe, expect, test } from '@jest/globals';
import { assert, property, string, uint8Array } from 'fast-check';
import { Webhook } from 'standardwebhooks';
import { hasSignature, parseSecrets, sign } from './signature.js';

const vectors = [
  {
    secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    timestamp: 1614265330,
    body: '{"test": 2432232314}',
    signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
  },
  {
    secret: 'whsec_BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=',
    id: 'msg_01HZX',
    timestamp: 1791797400,
    body: '{"type":"message.received","timestamp":"2026-10-12T09:30:00.000Z","data":{"id":"m1"}}',
    signature: 'v1,+WQ/PFKQBpaN7lV0mDx9DzvwjkYHqVzvQH8fs1Hyn3Y=',
  },
];

test.each(vectors)('signs as published for $id', ({ secret, body, signature, ...stamp }) => {
  expect(sign(keys(secret), stamp, Buffer.from(body))).toBe(signature);
  expect(hasSignature(signature, keys(secret), stamp, Buffer.from(body))).toBe(true);
});

test('signs as the library does, whatever the secret and the body', () => {
  assert(
    property(uint8Array({ minLength: 24, maxLength: 64 }), string({ unit: 'grapheme' }), (bytes, body) => {
      const secret = `whsec_${Buffer.from(bytes).toString('base64')}`;
      const timestamp = 1_790_000_000;
      const theirs = new Webhook(secret).sign('msg_1', new Date(timestamp * 1000), body);
      expect(sign(keys(secret), { id: 'msg_1', timestamp }, Buffer.from(body))).toBe(theirs);
    }),
  );
});

describe('a header is accepted', () => {
  const [{ secret, signature, body, id, timestamp }] = vectors as [(typeof vectors)[0]];
  const accepts = (header: string, secrets = keys(secret), text = body) =>
    hasSignature(header, secrets, { id, timestamp }, Buffer.from(text));

  test.each([
    [`v1,AAAA ${signature}`],
    [`${signature} v1,AAAA`],
    [`v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg== ${signature}`],
  ])('if one of several is right: %s', (header) => expect(accepts(header)).toBe(true));

  test('by either secret while it changes', () => {
    const both = parseSecrets(`${vectors[1]?.secret} ${secret}`);
    expect(accepts(signature, both ?? [])).toBe(true);
  });

  test.each([
    '', ' ', 'v1', 'v1,', signature.slice(3), signature.slice(0, -1), `${signature}=`, `${signature},`, `${signature} `, `${signature}, ${signature}`, signature.toUpperCase(),
    signature.toLowerCase(), signature.replace('v1', 'V1'), signature.replace('v1', 'v2'), signature.replace('OE=', 'OF='), `${signature}\n`, 'v1,null',
  ])('unless it is %j', (header) => expect(accepts(header)).toBe(false)); // oxfmt-ignore

  test('for exactly these bytes', () => expect(accepts(signature, keys(secret), `${body} `)).toBe(false));
  test('never without a secret', () => expect(accepts(signature, [])).toBe(false));
});

test.each(['', 'whsec_', 'whsec_c2hvcnQ=', 'MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', `whsec_${Buffer.alloc(65).toString('base64')}`, 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw whsec_x', 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLa!!'])(
  '%j is no secret',
  (text) => expect(parseSecrets(text)).toBeNull(),
); // oxfmt-ignore

function keys(secret: string): Buffer[] {
  const secrets = parseSecrets(secret);
  if (!secrets) throw new Error(`${secret} is no secret`);
  return secrets;
}
