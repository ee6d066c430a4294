import { jest } from '@jest/globals';
import * as fc from 'fast-check';
import type { RuleEvent } from '../event.js';
import { allowedFunctions } from './allowed-parts.js';
import { compileExpression, type ExpressionInput } from './compile-expression.js';

// What is tested here is counted; on a busy machine the wall clock would stop it first.
beforeAll(() => {
  jest.spyOn(Date, 'now').mockReturnValue(0);
});
afterAll(() => {
  jest.restoreAllMocks();
});

const event: RuleEvent = {
  type: 'message-received',
  id: 'e1',
  at: '2026-01-01T00:00:00Z',
  message: { text: 'Какая цена, 5?' },
  contact: { name: 'Анна', phone: '79990000000' },
  channel: { kind: 'telegram' },
  deal: { id: 'd1', open: true, tags: ['vip', 'опт'] },
};
const input: ExpressionInput = {
  event,
  now: Date.parse(event.at),
  variables: { n: 3, items: [{ p: 1 }, { p: 20 }], deep: { a: { b: null } }, list: ['б', 'а'] },
};

async function ask(source: string, given: ExpressionInput = input): Promise<unknown> {
  const expression = compileExpression(source);
  if ('problems' in expression) throw new Error(`refused: ${expression.problems.map(({ text }) => text.en).join('; ')}`);
  return expression.evaluate(given);
}

function problemsOf(source: string): string[] {
  const expression = compileExpression(source);
  return 'problems' in expression ? expression.problems.map(({ position, text }) => `${position}: ${text.en}`) : [];
}

it.each<[string, unknown]>([
  ['message.text', 'Какая цена, 5?'],
  ['$.message.text', 'Какая цена, 5?'],
  ['$$.contact.name', 'Анна'],
  ['event.message.text', 'Какая цена, 5?'],
  ['event.type', 'message-received'],
  // Defaults of the format apply, as in conditions.
  ['message.kind', 'text'],
  ['message.origin', 'client'],
  ['channel.surface', 'direct'],
  ['chat.type', 'private'],
  ['event.message.kind', 'text'],
  ['vars.items[p > 10].p', 20],
  ['vars.items.p', [1, 20]],
  ['vars.items[-1]', { p: 20 }],
  ['vars.deep.*', { b: null }],
  ['deal.tags[0]', 'vip'],
  ['"vip" in deal.tags', true],
  ['contact.name = "Анна" and deal.open', true],
  ['contact.name != "Анна" or not_there', false],
  ['vars.n * 2 + 1 - 4 / 2 % 3', 5],
  ['-vars.n', -3],
  ['"№" & vars.n', '№3'],
  ['vars.n > 2 ? "много" : "мало"', 'много'],
  ['vars.n > 5 ? "много"', undefined],
  ['nothing ?: "пусто"', 'пусто'],
  ['nothing ?? 0', 0],
  ['[1, vars.n, [2]]', [1, 3, [2]]],
  ['{"имя": contact.name, "n": [vars.n]}', { имя: 'Анна', n: [3] }],
  ['(1; 2; vars.n)', 3],
  ['nothing', undefined],
  ['null', null],
  ['vars.items.{"q": p}', [{ q: 1 }, { q: 20 }]],
  ['$string(vars.items)', '[{"p":1},{"p":20}]'],
  ['$string(0.1 + 0.2)', '0.3'],
  ['$string({"a": 1}, true)', '{\n  "a": 1\n}'],
  ['$string(nothing)', undefined],
  ['$number("12") + 1', 13],
  ['$boolean("")', false],
  ['$length("Привет")', 6],
  ['$lowercase("ЦЕНА")', 'цена'],
  ['$uppercase("цена")', 'ЦЕНА'],
  ['$trim("  а   б ")', 'а б'],
  ['$contains(message.text, "цена")', true],
  ['$contains(message.nothing, "цена")', undefined],
  ['$substring(message.text, 6, 4)', 'цена'],
  ['$substringBefore(message.text, ",")', 'Какая цена'],
  ['$substringAfter(message.text, ", ")', '5?'],
  ['$split("а,б,в", ",")', ['а', 'б', 'в']],
  ['$split("а,б,в", ",", 2)', ['а', 'б']],
  ['$join(deal.tags, ", ")', 'vip, опт'],
  ['$join(deal.tags)', 'vipопт'],
  ['$exists(contact.email)', false],
  ['$not(deal.open)', false],
  ['$count(vars.items)', 2],
  ['$sum(vars.items.p)', 21],
  ['$max(vars.items.p) - $min(vars.items.p)', 19],
  ['$average(vars.items.p)', 10.5],
  ['$abs(-2) + $floor(2.7) + $ceil(2.1) + $round(2.4)', 9],
  ['$type(vars)', 'object'],
  ['$now()', '2026-01-01T00:00:00.000Z'],
  ['$millis()', Date.parse('2026-01-01T00:00:00Z')],
  ['contact.constructor', undefined],
  ['contact.__proto__', undefined],
  ['vars.toString', undefined],
  ['message.text.length', undefined],
])('%s gives %j', async (source, expected) => {
  expect(await ask(source)).toEqual(expected);
});

it.each([
  ['function($a){$a}', '9: Function definitions'],
  ['λ($a){$a}', 'Function definitions'],
  ['$sum(?)', 'Function definitions'],
  ['$f := 1', '5: Assignment'],
  ['($a := 1; $a)', 'Assignment'],
  ['[1..9]', '4: Ranges'],
  ['vars.items^(p)', '11: Sorting'],
  ['vars.items{p: 1}', '11: Grouping'],
  ['vars.items.%', 'parent'],
  ['**', '2: The descendant'],
  ['vars.**.p', 'descendant'],
  ['vars ~> $string', '7: Function chaining'],
  ['vars ~> |items|{"p": 1}|', 'Function chaining'],
  ['|vars|{"p": 1}|', 'transform'],
  ['vars.items@$i.p', 'Binding a variable'],
  ['vars.items#$i.p', 'Binding an index'],
  ['/a+/', 'Regular expressions'],
  ['$contains(message.text, /a+/)', 'Regular expressions'],
  ['$x', '2: There is no variable $x'],
  ['$string', 'has to be called'],
  ['vars.items[$i]', 'no variable $i'],
  ['($sum)(1)', 'called by its name'],
  ['vars.f(1)', 'called by its name'],
  ['string(1)', 'called by its name'],
  ['$now("[Y]")', '$now takes at most 0'],
  ['$string(1, 2, 3)', '$string takes at most 2'],
  ['message.text = "a', 'cannot be read'],
  ['(', 'cannot be read'],
  ['', 'cannot be read'],
  ['a b', 'cannot be read'],
  [`${'('.repeat(4000)}1${')'.repeat(4000)}`, 'nested too deeply'],
  [`1${'+1'.repeat(3000)}`, 'too large or nested'],
  [`${'a['.repeat(500)}1${']'.repeat(500)}`, 'too large or nested'],
  [`"${'x'.repeat(8200)}"`, 'longer than 8 KB'],
  [`"${'я'.repeat(4200)}"`, 'longer than 8 KB'],
  [`${'('.repeat(30)}a${' ?? b)'.repeat(30)}`, '?? and ?:'],
  ...['eval', 'pad', 'replace', 'match', 'map', 'filter', 'reduce', 'sift', 'each', 'lookup', 'spread', 'merge', 'append'].map(refusedCall),
  ...['sort', 'shuffle', 'random', 'base64encode', 'encodeUrl', 'formatNumber', 'fromMillis', 'toMillis', 'error'].map(refusedCall),
  ...['constructor', 'toString', '__proto__', 'hasOwnProperty'].map(refusedCall),
])('%s is refused: %s', (source, expected) => {
  expect(problemsOf(source).join('\n')).toContain(expected);
});

function refusedCall(name: string): [string, string] {
  return [`$${name}(vars)`, `The function $${name} is not accepted`];
}

it('says every refused part with its place, in both languages', () => {
  const expression = compileExpression('$eval("1") & $x & $pad("x", 5) & $x');
  expect('problems' in expression && expression.problems).toEqual([
    { position: 6, text: { ru: expect.stringContaining('$eval'), en: expect.stringContaining('$eval') } },
    { position: 15, text: { ru: expect.stringContaining('$x'), en: expect.stringContaining('$x') } },
    { position: 23, text: { ru: expect.stringContaining('$pad'), en: expect.stringContaining('$pad') } },
    { position: 35, text: { ru: expect.stringContaining('$x'), en: expect.stringContaining('$x') } },
  ]);
});

const twice = '.($ & $)';
it.each([
  ['1 / 0', 'out of range'],
  ['$number("x")', 'at character 8: Unable to cast'],
  ['"a" + 1', 'must evaluate to a number'],
  ['$uppercase(1)', 'does not match function signature'],
  ['$split("a", "", -1)', 'not be negative'],
  [`("x")${twice.repeat(30)}`, 'larger than'],
  [`$length(("x")${twice.repeat(29)})`, 'larger than'],
  [`("x")${twice.repeat(17)}.[${'$,'.repeat(100)}$]`, 'larger than'],
  [`({"a": 1})${'.{"a": $, "b": $}'.repeat(60)}`, 'larger than'],
  [`({"a": 1})${'.{"a": $, "b": $}'.repeat(60)} = 1`, 'larger than'],
  [`$join($split(("x")${twice.repeat(13)}, ""), ("x")${twice.repeat(13)})`, 'larger than'],
  [`$string(${'['.repeat(60)}$split(("x")${twice.repeat(13)}, "")${']'.repeat(60)}, true)`, 'larger than'],
  ['$string({"a": 1}.{"__pro" & "to__": 1})', '__proto__'],
  ['{"_jsonata_" & "lambda": true, "body": 1}', '_jsonata_'],
  [`("x")${twice.repeat(17)}`, 'more than 64 KB'],
])('%s fails: %s', async (source, expected) => {
  await expect(ask(source)).rejects.toThrow(expected);
});

it('stops what takes too many steps, in the same way each time', async () => {
  const items = Array.from({ length: 1000 }, (_, p) => ({ p }));
  const given = { ...input, variables: { items } };
  expect(await ask('$count(vars.items[p > 10])', given)).toBe(989);
  const slow = 'vars.items[$count($$.vars.items[p > 1]) > 1]';
  for (let time = 0; time < 2; time++) await expect(ask(slow, given)).rejects.toThrow('more than 10000 steps');
});

it('says in a failure no more of a client’s text than a line', async () => {
  const long = { ...input, event: { ...event, message: { text: 'я'.repeat(50_000) } } };
  const failure = await ask('$number(message.text)', long).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(Error);
  expect((failure as Error).message.length).toBeLessThan(300);
});

it('sees data where a client’s JSON looks like a function or a prototype', async () => {
  const body: unknown = JSON.parse(
    '{"f": {"_jsonata_function": true, "x": 1}, "l": {"_jsonata_lambda": true, "body": {"type": "string", "value": "ran"}, "arguments": []},' +
      '"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}, "sequence": true, "tupleStream": true, "cons": true}',
  );
  const given = { ...input, variables: { body } };
  expect(await ask('vars.body.f', given)).toEqual({ x: 1 });
  expect(await ask('vars.body.polluted', given)).toBeUndefined();
  expect(await ask('$string(vars.body.l)', given)).not.toContain('_jsonata');
  await expect(ask('$contains("a", vars.body.l)', given)).rejects.toThrow('signature');
  await expect(ask('$split("a", vars.body.l)', given)).rejects.toThrow('signature');
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

it('leaves what it was given as it was', async () => {
  const before = JSON.stringify(input);
  await ask('{"a": vars, "b": message, "c": $.deal.tags, "d": [vars.items, vars.items]}');
  expect(JSON.stringify(input)).toBe(before);
});

it('gives each of 1,000 evaluations at one time its own input', async () => {
  const expression = compileExpression('$$.message.text & "/" & vars.items[p = $$.vars.n].p & "/" & $millis() & $string(contact)');
  if ('problems' in expression) throw new Error('refused');
  const numbers = Array.from({ length: 1000 }, (_, n) => n);
  const items = numbers.slice(0, 20).map((p) => ({ p }));
  const results = await Promise.all(
    numbers.map((n) =>
      expression.evaluate({
        event: { ...event, message: { text: `m${n}` }, contact: { id: `c${n}` } },
        now: n,
        variables: { n: n % 20, items },
      }),
    ),
  );
  expect(results).toEqual(numbers.map((n) => `m${n}/${n % 20}/${n}{"id":"c${n}"}`));
});

/** Ways to the host, or out of the bounds, that were known of the library or of languages like it. */
const payloads = [
  '$lookup($, "constructor")("return process")()',
  '$spread(constructor)',
  '$merge([{"__proto__": {"polluted": 1}}])',
  '{"__proto__": {"polluted": 1}}',
  '{"constructor": {"prototype": {"polluted": 1}}}',
  '$ ~> |$|{"__proto__": {"polluted": 1}}|',
  '$ ~> |constructor.prototype|{"polluted": 1}|',
  '$each($, function($v, $k){$v})',
  '$eval("$string(1)")',
  '$sift.constructor',
  '($f := $string; $f.constructor("return this")())',
  '$string.constructor("return this")()',
  'constructor.constructor("return process")()',
  '"".constructor.constructor("return process")()',
  '[].constructor',
  '__proto__.polluted',
  '$toMillis("2020", "[Y]" & "x")',
  '$map([1], $eval)',
  '$reduce([1, 2], function($a, $b){$a})',
  '$pad("x", 500000000)',
  '$clone($)',
  '{"_jsonata_lambda": true, "body": {"type": "string", "value": "x"}}()',
  '({"_jsonata_function": true, "implementation": 1})',
  '$match("a", /(a+)+$/)',
  '$assert(false, "x")',
  '$error(constructor)',
  '`__proto__`',
  '`constructor`.`prototype`',
  '{"toJSON": 1, "valueOf": 2, "then": 3}',
  '$$$.constructor',
];

it('gives plain JSON or refuses or fails, whatever is written', async () => {
  const names = [
    'message',
    'text',
    'vars',
    'items',
    'p',
    'constructor',
    '__proto__',
    'prototype',
    'toString',
    'then',
    'toJSON',
    'length',
    '*',
  ];
  const calls = [...allowedFunctions.keys(), 'eval', 'lookup', 'spread', 'merge', 'map', 'constructor'];
  const leaf = fc.oneof(
    fc.constantFrom(...names, '$', '$$', 'null', 'true', '0', '1', '-1', '"x"', '"__proto__"', '"_jsonata_lambda"', '%', '**', '/a/'),
    fc.constantFrom(...names).map((name) => `\`${name}\``),
    fc.constantFrom(...calls).map((name) => `$${name}`),
  );
  const { tree } = fc.letrec<{ tree: string }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      leaf,
      fc
        .tuple(tie('tree'), fc.constantFrom('.', ' & ', ' + ', ' = ', ' in ', ' and ', ' ?? ', ' ?: ', ' ~> ', '..'), tie('tree'))
        .map((parts) => parts.join('')),
      tie('tree').map((inner) => `(${inner})`),
      fc.tuple(tie('tree'), tie('tree')).map(([step, inner]) => `${step}[${inner}]`),
      fc.array(tie('tree'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
      fc.tuple(tie('tree'), tie('tree')).map(([key, value]) => `{${key}: ${value}}`),
      fc.tuple(fc.constantFrom(...calls), fc.array(tie('tree'), { maxLength: 3 })).map(([name, items]) => `$${name}(${items.join(', ')})`),
      fc.tuple(tie('tree'), tie('tree'), tie('tree')).map(([when, yes, no]) => `${when} ? ${yes} : ${no}`),
      tie('tree').map((inner) => `|${inner}|{"__proto__": 1}|`),
      fc.tuple(fc.constantFrom('$a', '$string'), tie('tree')).map(([name, value]) => `(${name} := ${value}; ${name})`),
    ),
  }));
  let given = 0;
  const run = async (source: string) => {
    const expression = compileExpression(source);
    if ('problems' in expression) return expect(expression.problems.length).toBeGreaterThan(0);
    const outcome = await expression.evaluate(input).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    );
    if ('error' in outcome) return expect(outcome.error).toBeInstanceOf(Error);
    given += 1;
    expect(outcome.value === undefined || isPlain(outcome.value)).toBe(true);
    expect(JSON.stringify(outcome.value) ?? '').not.toContain('_jsonata_function');
  };
  for (const payload of payloads) await run(payload);
  await fc.assert(fc.asyncProperty(tree, run), { numRuns: 3000 });
  expect(given).toBeGreaterThan(100);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  expect(Object.keys(Object.prototype)).toEqual([]);
});

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || value === null) return ['string', 'boolean', 'object'].includes(typeof value);
  if (Object.getPrototypeOf(value) !== (Array.isArray(value) ? Array.prototype : Object.prototype)) return false;
  return Reflect.ownKeys(value).every(
    (key) => key === 'length' || (typeof key === 'string' && isPlain((value as Record<string, unknown>)[key])),
  );
}
