import * as fc from 'fast-check';
import { UnreadableBody } from './channel-connector.js';
import { parseJson } from './parse-json.js';

const read = (text: string) => parseJson(Buffer.from(text));

describe('parseJson', () => {
  it('reads what JSON.parse reads, the same way', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        const exact = /\d{16}/.test(text);
        if (!exact) expect(read(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 200 },
    );
  });

  it('keeps integers beyond 2^53 apart: 1,000 pairs that differ in the last digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n }), fc.boolean(), (id, negative) => {
        const sign = negative ? '-' : '';
        const [a, b] = [`${sign}${id}`, `${sign}${id + 1n}`];
        expect(read(`{"a":${a},"b":[${b}]}`)).toEqual({ a, b: [b] });
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps small integers, fractions and texts of digits as they are', () => {
    expect(read('{"big":9007199254740993,"edge":9007199254740991,"n":-5,"f":0.1000000000000000055,"t":"12345678901234567890"}')).toEqual({
      big: '9007199254740993',
      edge: 9007199254740991,
      n: -5,
      f: 0.1,
      t: '12345678901234567890',
    });
  });

  it.each([
    ['a 200,000-deep array', '['.repeat(200_000) + ']'.repeat(200_000)],
    ['a 200,000-deep array that never closes', '['.repeat(200_000)],
    ['a 200,000-deep object', '{"a":'.repeat(200_000) + '1' + '}'.repeat(200_000)],
    ['101 levels', '['.repeat(101) + ']'.repeat(101)],
  ])('refuses %s before parsing it', (_, text) => {
    expect(() => parseJson(Buffer.from(text), { maxBytes: 4_000_000 })).toThrow(
      new UnreadableBody('The body nests deeper than 100 levels.'),
    );
  });

  it('takes 100 levels, and brackets inside texts for what they are', () => {
    expect(read('['.repeat(100) + ']'.repeat(100))).toBeInstanceOf(Array);
    expect(read(`{"a":"${'['.repeat(500)}\\"${'{'.repeat(500)}"}`)).toEqual({ a: `${'['.repeat(500)}"${'{'.repeat(500)}` });
  });

  it('skips a byte order mark', () => {
    expect(parseJson(Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{"a":1}')]))).toEqual({ a: 1 });
  });

  it.each([
    ['invalid UTF-8', Buffer.from([0x22, 0xc3, 0x28, 0x22]), 'The body is not UTF-8.'],
    ['UTF-16 with a mark', Buffer.from('\ufeff{"a":1}', 'utf16le'), 'The body is not UTF-8.'],
    ['UTF-16 without a mark', Buffer.from('{"a":1}', 'utf16le'), 'The body is not JSON'],
    ['nothing', Buffer.alloc(0), 'The body is empty.'],
    ['white space', Buffer.from(' \n'), 'The body is empty.'],
    ['a half', Buffer.from('{"a":'), 'The body is not JSON'],
    ['a half with a long number', Buffer.from('{"a":12345678901234567890'), 'The body is not JSON'],
    ['HTML', Buffer.from('<html>'), 'The body is not JSON'],
  ])('refuses %s', (_, body, message) => {
    expect(() => parseJson(body)).toThrow(UnreadableBody);
    expect(() => parseJson(body)).toThrow(message);
  });

  it('refuses a body over the limit of bytes', () => {
    expect(() => parseJson(Buffer.from('"ааа"'), { maxBytes: 7 })).toThrow('The body has 8 bytes, more than 7.');
    expect(parseJson(Buffer.from('"ааа"'), { maxBytes: 8 })).toBe('ааа');
  });

  it('takes the last of repeated keys, with long numbers around too', () => {
    expect(read('{"a":1,"a":2}')).toEqual({ a: 2 });
    expect(read('{"id":12345678901234567890,"a":1,"a":{"b":2}}')).toEqual({ id: '12345678901234567890', a: { b: 2 } });
  });

  it('lets no body reach the prototype of all objects', () => {
    for (const text of ['{"__proto__":{"polluted":1}}', '{"id":12345678901234567890,"__proto__":{"polluted":1}}']) {
      read(text);
      expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    }
  });

  it('quotes nothing of the body in its errors', () => {
    expect(() => read('{"text": секрет}')).toThrow(expect.objectContaining({ message: expect.not.stringContaining('секрет') }));
    expect(() => read('{"id":12345678901234567890,"text": секрет}')).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining('секрет') }),
    );
  });
});
