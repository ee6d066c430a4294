import type { Claim } from '../claim.js';
import { compileCondition } from '../conditions/compile-condition.js';
import { chatTypes, messageKinds, messageOrigins, surfaces, type RuleEvent } from '../event.js';

type FieldClaim = Extract<Claim, { kind: 'field' }>;

/** A value that a field can have for all of the claims to hold; `sure` when there is no other than those that were tried. */
export type FieldAnswer = { value: unknown; found: true } | { found: false; sure: boolean };

/** Looks for a value of one field of which all claims hold. `accept` asks for more than the claims do. */
export function findFieldValue(
  field: string,
  claims: readonly FieldClaim[],
  accept: (value: unknown) => boolean = () => true,
): FieldAnswer {
  const tests = claims.map(compileClaim);
  const values = finite.get(field) ?? candidates(claims);
  for (const value of values) {
    const event = withField(emptyEvent, field, value);
    if (accept(value) && tests.every((test) => test(event))) return { value, found: true };
  }
  return { found: false, sure: finite.has(field) || isDecidable(claims) };
}

/** Whether what a claim says of a field is so in an event. */
export function compileClaim({ is, holds }: FieldClaim): (event: RuleEvent) => boolean {
  const test = compileCondition(is);
  return (event) => test(event) === holds;
}

/** A field's path without the leading `event.`, which means the same. */
export function plainField(field: string): string {
  return field.startsWith('event.') ? field.slice('event.'.length) : field;
}

/** A copy of the event in which a field has this value; undefined leaves it as it is. */
export function withField<T extends object>(event: T, field: string, value: unknown): T {
  if (value === undefined) return event;
  const [first = '', ...rest] = plainField(field).split('.');
  if (first === '__proto__' || first === '') return event;
  const own: unknown = Object.entries(event).find(([name]) => name === first)?.[1];
  const inner = rest.length === 0 ? value : withField(typeof own === 'object' && own !== null ? own : {}, rest.join('.'), value);
  return { ...event, [first]: inner };
}

const emptyEvent: RuleEvent = {
  type: 'message-received',
  id: 'witness',
  at: '2026-03-02T09:00:00Z',
  message: {},
  channel: {},
  chat: {},
};

const finite = new Map<string, readonly unknown[]>([
  ['message.kind', messageKinds],
  ['message.origin', messageOrigins],
  ['chat.type', chatTypes],
  ['channel.surface', surfaces],
]);

/** One value for each answer that comparisons with these values can give, as far as that can be told. */
function candidates(claims: readonly FieldClaim[]): unknown[] {
  const named = [...new Set(claims.flatMap(({ is }) => [is.value].flat()))].filter(isScalar);
  const scalars = named.flatMap((value) => {
    const number = typeof value === 'boolean' || value === '' ? NaN : Number(value);
    if (Number.isNaN(number)) return [value, String(value)];
    return [value, String(value), number, number - 0.5, number + 0.5, number - 1, number + 1];
  });
  const numbers = scalars.filter((value) => typeof value === 'number').sort((a, b) => a - b);
  scalars.push(...numbers.slice(1).map((number, place) => (number + numbers[place]!) / 2));
  const texts = named.map(String);
  const joined = texts.slice(0, 6).flatMap((one) => texts.slice(0, 6).flatMap((other) => (one === other ? [] : [`${one} ${other}`])));
  const around = texts.flatMap((text) => [`${text}ъ`, `ъ${text}`, `ъ${text}ъ`]);
  const lists = [...named.map((value) => [value]), ...(named.length > 1 ? [named] : [])];
  return [undefined, ...scalars, 'ъ', '', ...around, ...joined, ...lists, ['ъ'], [], {}, true, false];
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

const ordering = new Set(['gt', 'gte', 'lt', 'lte']);
const exact = new Set(['eq', 'ne', 'in', 'exists', 'empty']);

/** Whether the candidates stand for all values there are: equality tells no others apart, nor do numbers by their size. */
function isDecidable(claims: readonly FieldClaim[]): boolean {
  const known = claims.some(({ is, holds }) => holds && (is.op === 'eq' || is.op === 'in'));
  return known || claims.every(({ is }) => exact.has(is.op) || (ordering.has(is.op) && typeof is.value === 'number'));
}
