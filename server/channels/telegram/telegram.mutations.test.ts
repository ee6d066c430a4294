import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { UnreadableBody } from '../channel-connector.js';
import { telegram } from './telegram.connector.js';
import { telegramSettings } from './telegram.settings.js';

const folder = join(import.meta.dirname, 'fixtures');
const fixtures = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
const channel = {
  id: '1',
  name: 'Телеграм',
  account: null,
  surface: 'direct' as const,
  hookUrl: '',
  settings: telegramSettings.parse({ token: '700800900:AAHx' }),
};

describe('hostile updates', () => {
  it('gives events, a reason or UnreadableBody for 300 mutated bodies', () => {
    const outcomes = new Set<string>();
    fc.assert(
      fc.property(
        fc.constantFrom(...fixtures),
        fc.infiniteStream(fc.nat()),
        fc.infiniteStream(poison),
        fc.integer({ min: 1, max: 3 }),
        (fixture, where, what, times) => {
          let text = fixture.toString();
          for (let n = 0; n < times; n++) text = mutated(text, where, what);
          outcomes.add(outcomeOf(Buffer.from(text)));
        },
      ),
      { numRuns: 300 },
    );
    expect([...outcomes].sort()).toEqual(['events', 'ignored', 'unreadable']);
  });

  it('survives 300 bodies with broken bytes', () => {
    fc.assert(
      fc.property(fc.constantFrom(...fixtures), fc.nat(), fc.uint8Array({ minLength: 1, maxLength: 4 }), (fixture, at, bytes) => {
        const body = Buffer.from(fixture);
        body.set(bytes, at % (body.length - 4));
        outcomeOf(body);
      }),
      { numRuns: 300 },
    );
  });
});

const poison = fc.constantFrom(
  'null',
  'true',
  '-1',
  '1e400',
  '9007199254740993',
  '"\\u0000"',
  '"\\ud800"',
  '[]',
  '{}',
  '[[[[1]]]]',
  '""',
  '{"__proto__":{"polluted":1}}',
  '"x","x":1',
  '0.5',
  '-0',
  '['.repeat(150) + ']'.repeat(150),
  JSON.stringify('я'.repeat(10_000)),
);

/** Puts poison in place of one value of the text. */
function mutated(text: string, where: Iterator<number>, what: Iterator<string>): string {
  const values = [...text.matchAll(/(?<=": )("(?:[^"\\]|\\.)*"|-?\d[\d.]*|true|false|[[{])/g)];
  const value = values[where.next().value % Math.max(values.length, 1)];
  if (!value) return text;
  const opens = /[[{]/.test(value[0]);
  return (
    text.slice(0, value.index) + what.next().value + (opens ? ', "rest": ' : '') + text.slice(value.index + (opens ? 0 : value[0].length))
  );
}

function outcomeOf(body: Buffer): string {
  try {
    const { events, ignored } = telegram.parse(body, channel);
    expect(events.length > 0).toBe(ignored === undefined);
    const text = JSON.stringify(events);
    expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    return events.length > 0 ? 'events' : 'ignored';
  } catch (error) {
    if (error instanceof UnreadableBody) return 'unreadable';
    throw error;
  }
}
