import { jest } from '@jest/globals';
import * as fc from 'fast-check';
import { failing, given, input } from '../testing/expression-cases.js';
import { escapes, hogs } from '../testing/hostile-expressions.js';
import { allowedFunctions } from './allowed-parts.js';
import { compileExpression } from './compile-expression.js';
import type { ExpressionInput } from './expression.js';
import { elsewhere } from './make-expression.js';
import { isDearToRead } from './reading-cost.js';

// What is tested here is counted; on a busy machine the wall clock would stop it first.
beforeAll(() => {
  jest.spyOn(Date, 'now').mockReturnValue(0);
});
afterAll(() => {
  jest.restoreAllMocks();
});

async function ask(source: string, given: ExpressionInput = input): Promise<unknown> {
  const expression = compileExpression(source);
  if ('problems' in expression) throw new Error(`refused: ${expression.problems.map(({ text }) => text.en).join('; ')}`);
  return expression.evaluate(given);
}

function problemsOf(source: string): string[] {
  const expression = compileExpression(source);
  return 'problems' in expression ? expression.problems.map(({ position, text }) => `${position}: ${text.en}`) : [];
}

it.each(given)('%s gives %j', async (source, expected) => {
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

it.each(failing)('%s fails: %s', async (source, expected) => {
  await expect(ask(source)).rejects.toThrow(expected);
});

it('stops what takes too many steps, in the same way each time', async () => {
  const items = Array.from({ length: 1000 }, (_, p) => ({ p }));
  const given = { ...input, variables: { items } };
  expect(await ask('$count(vars.items[p > 10])', given)).toBe(989);
  const slow = 'vars.items[$count($$.vars.items[p > 1]) > 1]';
  for (let time = 0; time < 2; time++) await expect(ask(slow, given)).rejects.toThrow('more than 10000 steps');
});

it.each(hogs.map((source) => [source.slice(0, 60), source]))('%s … is refused or stopped, and the same each time', async (_, source) => {
  const outcomes = [];
  for (let time = 0; time < 2; time++) outcomes.push(await ask(source).catch((error: unknown) => String(error)));
  expect(outcomes[1]).toEqual(outcomes[0]);
  expect(JSON.stringify(outcomes[0]).length).toBeLessThan(70_000);
});

it.each([
  ['a ?? b ?? c ?: 0', false],
  [`[${'a ?? 1, '.repeat(500)}0]`, false],
  [`${'("?? ?? ??" & '.repeat(100)}1${')'.repeat(100)}`, false],
  [`${"'?:' & `?? ?? ??` & /* ?? */ ".repeat(100)}1`, false],
  [`"${'\\" ?? "'.repeat(20)}"`, false],
  [`a${' ?? a'.repeat(12)}`, false],
  [`a${' ?? a'.repeat(14)}`, true],
  [`(${'a+'.repeat(200)}a)${' ?? a'.repeat(8)}`, true],
  [`${'('.repeat(10)}a${' ?? b)'.repeat(10)}`, false],
  [`${'{"a": '.repeat(20)}b${' ?? c}'.repeat(20)}`, true],
])('reading %s takes long: %s', (source, expected) => {
  expect(isDearToRead(source)).toBe(expected);
});

describe('of expressions that are evaluated elsewhere', () => {
  const make = elsewhere((source) => Promise.resolve(`elsewhere: ${source}`));
  const big = { ...input, variables: { items: Array.from({ length: 500 }, () => 'x') } };
  const long = { ...input, event: { ...input.event, message: { text: 'я'.repeat(5000) } } };

  it.each([
    'message.text',
    'message.text & "x"',
    'vars.n > 2 and contact.name = "Анна" or $contains($lowercase(message.text), "цена")',
    'vars.n in [1, 2, 3] ? "да" : nothing ?? "нет"',
    '$sum(vars.items.p)',
    '($$.vars.n; -$number("12"))',
  ])('%s stays, unless it looks at much', async (source) => {
    expect(await make(source).evaluate(input)).toEqual(await ask(source));
    for (const much of [big, long]) expect(await make(source).evaluate(much)).toBe(`elsewhere: ${source}`);
  });

  it.each([
    'vars.items[p > 1]',
    'vars.items[0]',
    'vars.items.(p + 1)',
    'vars.items.$string(p)',
    'vars.*',
    '{"a": vars.n}',
    'vars.items.{"a": p}',
    `1${' + 1'.repeat(40)}`,
  ])('%s goes', async (source) => {
    expect(await make(source).evaluate(input)).toBe(`elsewhere: ${source}`);
  });

  it('one that the rule language refuses is no expression', () => {
    expect(() => make('$eval("1")')).toThrow('was not checked');
  });
});

it('says in a failure no more of a client’s text than a line', async () => {
  const long = { ...input, event: { ...input.event, message: { text: 'я'.repeat(50_000) } } };
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
        event: { ...input.event, message: { text: `m${n}` }, contact: { id: `c${n}` } },
        now: n,
        variables: { n: n % 20, items },
      }),
    ),
  );
  expect(results).toEqual(numbers.map((n) => `m${n}/${n % 20}/${n}{"id":"c${n}"}`));
});

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
  expect(escapes.length).toBeGreaterThan(120);
  for (const payload of escapes) await run(payload);
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
