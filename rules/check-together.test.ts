import { checkTogether } from './check-together.js';
import { compile } from './compile.js';
import { decide } from './decide.js';
import { present } from './testing/present.js';
import { emptyMemory } from './memory.js';
import { nodeTypes } from './nodes/index.js';
import { buildGraph, type NodeWords } from './testing/graph-builder.js';

/** A rule set whose nodes stand in one row, each left by the port named after it, with an answer at the end. */
function answers(name: string, trigger: Record<string, unknown>, ...steps: [NodeWords, port: string][]) {
  const nodes: Record<string, NodeWords> = { in: ['on-message', trigger] };
  const wires: string[] = [];
  let from = 'in.next';
  for (const [index, [words, port]] of steps.entries()) {
    nodes[`n${index}`] = words;
    wires.push(`${from} > n${index}`);
    from = `n${index}.${port}`;
  }
  nodes.answer = ['reply', { text: 'Здравствуйте' }];
  return buildGraph(nodes, [...wires, `${from} > answer`], { name });
}

const words = (patterns: string, port = 'yes'): [NodeWords, string] => [['word-match', { patterns }], port];
const only = (patterns: string): [NodeWords, string] => [['word-filter', { mode: 'only', patterns }], 'pass'];
const hours = (from: string, to: string, port = 'inside'): [NodeWords, string] => [['time-window', { from, to }], port];
const when = (condition: Record<string, unknown>, port = 'yes'): [NodeWords, string] => [['if', { when: condition }], port];

it.each([
  ['any message', [], []],
  ['a word that both look for', [words('цен*')], [words('*на')]],
  ['a word for each', [words('диван* кресл*')], [words('срочно')]],
  ['a few minutes that two windows share', [hours('22:00', '08:00')], [hours('07:55', '12:00')]],
  ['a window and a word', [hours('22:00', '08:00')], [words('цена')]],
  ['the rest of a window', [hours('09:00', '18:00', 'outside')], [hours('12:00', '19:00')]],
  ['the rest of a list of words', [words('спам', 'no')], [words('цена')]],
  ['a filter in the first that lets it through', [only('цена')], [words('цена')]],
  ['a condition on the deal', [when({ field: 'deal.stage', op: 'eq', value: 'Переговоры' })], [words('цена')]],
  [
    'two conditions at once',
    [
      when({
        all: [
          { field: 'deal.stage', op: 'eq', value: 'Новая' },
          { field: 'contact.name', op: 'eq', value: 'Анна' },
        ],
      }),
    ],
    [words('цена')],
  ],
  [
    'a number',
    [when({ field: 'conversation.inbound', op: 'gt', value: 3 })],
    [when({ field: 'conversation.inbound', op: 'lt', value: 5 })],
  ],
])('finds that both answer %s, and shows a message', (_, first, second) => {
  const graphs = [answers('Первый', {}, ...first), answers('Второй', {}, ...second)];
  const found = checkTogether(graphs, nodeTypes);
  expect(found).toMatchObject([{ index: 1, other: 0, finding: { code: 'both-answer', node: 'answer' } }]);
  const witness = found[0]?.witness;
  if (!witness) throw new Error('no witness');
  const { effects } = present(
    decide(
      graphs.map((graph) => compile(graph, nodeTypes)),
      witness,
      emptyMemory,
    ),
  );
  expect(effects.map(({ ruleSet }) => ruleSet)).toEqual(['Первый', 'Второй']);
  expect(found[0]?.finding.text.ru).toMatch(
    /этот \(шаг «Автоответчик» \(answer\)\).*Пример: сообщение клиента[^{]*, \d\d\.\d\d\.\d{4} \([а-я]{2}\) \d\d:\d\d, Москва[^{]*$/,
  );
});

it.each([
  ['on different channels', answers('Первый', { channels: ['tg'] }), answers('Второй', { channels: ['vk'] })],
  ['in different networks', answers('Первый', { channels: ['telegram'] }), answers('Второй', { channels: ['avito'] })],
  ['at different hours', answers('Первый', {}, hours('22:00', '08:00')), answers('Второй', {}, hours('22:00', '08:00', 'outside'))],
  [
    'on different surfaces',
    answers('Первый', { surfaces: ['direct'] }),
    answers('Второй', { surfaces: ['comments'], chats: ['comments'], kinds: ['comment'] }),
  ],
  ['what the first drops', answers('Первый', {}, only('цена')), answers('Второй', {}, words('цена', 'no'))],
])('finds nothing where they answer %s', (_, first, second) => {
  expect(checkTogether([first, second], nodeTypes)).toEqual([]);
});

it('finds a channel that one names by its id and the other by its kind', () => {
  const found = checkTogether([answers('Первый', { channels: ['shop'] }), answers('Второй', { channels: ['telegram'] })], nodeTypes);
  expect(found[0]?.witness?.channel).toEqual({ id: 'shop', kind: 'telegram' });
});

it('supposes no channel that the account does not have', () => {
  const graphs = [answers('Первый', { channels: ['shop'] }), answers('Второй', { channels: ['telegram'] })];
  const of = (kind: string) => ({ channels: [{ id: 'shop', name: 'Магазин', kind }] });
  expect(checkTogether(graphs, nodeTypes, of('vk'))).toEqual([]);
  expect(checkTogether(graphs, nodeTypes, of('telegram'))).toHaveLength(1);
});

it('takes no note for an answer', () => {
  const note = buildGraph({ in: ['on-message'], n: ['reply', { text: 'x', hidden: true }] }, ['in.next > n'], { name: 'Заметка' });
  expect(checkTogether([answers('Первый', {}), note], nodeTypes)).toEqual([]);
});

it('shows no more of a message than what matters', () => {
  const [found] = checkTogether([answers('Первый', {}, words('цена')), answers('Второй', {})], nodeTypes);
  expect(found?.witness).toEqual({ type: 'message-received', id: 'witness', at: expect.any(String), message: { text: 'цена' } });
});

it('gives up on graphs that are too tangled to search, within seconds', () => {
  const ids = Array.from({ length: 40 }, (_, index) => index);
  const tangled = (name: string) =>
    buildGraph(
      {
        in: ['on-message'],
        ...Object.fromEntries(ids.map((id): [string, NodeWords] => [`w${id}`, ['word-match', { patterns: `слово${id}` }]])),
        a: ['reply', { text: 'x' }],
      },
      ['in.next > w0', ...ids.slice(1).flatMap((id) => [`w${id - 1}.yes > w${id}`, `w${id - 1}.no > w${id}`]), 'w39.yes > a'],
      { name },
    );
  expect(checkTogether([tangled('Первый'), tangled('Второй')], nodeTypes).length).toBeLessThanOrEqual(1);
}, 20_000);

describe('what else rule sets do to each other', () => {
  const one = (name: string, ...[first, ...rest]: NodeWords[]) =>
    buildGraph(
      { in: ['on-message'], a: first ?? ['drop'], ...Object.fromEntries(rest.map((words, place) => [`b${place}`, words])) },
      ['in.next > a'],
      {
        name,
      },
    );
  const codes = (...graphs: Parameters<typeof checkTogether>[0]) =>
    checkTogether(graphs, nodeTypes).map(({ index, other, finding }) => `${index} ${other} ${finding.code} ${finding.node}`);

  it('finds different stages and users for one message', () => {
    const stage = (name: string): NodeWords => ['set-stage', { stage: name }];
    const user = (name: string): NodeWords => ['assign-responsible', { user: name }];
    expect(codes(one('А', stage('Новая')), one('Б', stage('Оплата')))).toEqual(['1 0 both-set-stage a']);
    expect(codes(one('А', stage('Новая')), one('Б', stage('Новая')))).toEqual([]);
    expect(codes(one('А', user('olga')), one('Б', user('igor')))).toEqual(['1 0 both-assign a']);
    expect(codes(one('А', user('olga')), one('Б', user('olga')))).toEqual([]);
  });

  it('finds a rule set that gets nothing', () => {
    const tag: NodeWords = ['add-tags', { tags: 'x' }];
    const drops = buildGraph({ in: ['on-message'], t: tag, d: ['drop'] }, ['in.next > t', 't.next > d'], { name: 'А' });
    expect(codes(drops, one('Б', ['add-note', { text: 'x' }]))).toEqual(['1 0 never-runs in']);
    const some = buildGraph({ in: ['on-message'], f: ['word-filter', { mode: 'only', patterns: 'заказ' }] }, ['in.next > f'], {
      name: 'А',
    });
    expect(codes(some, one('Б', ['add-note', { text: 'x' }]))).toEqual([]);
    expect(codes(one('Б', ['add-note', { text: 'x' }]), drops)).toEqual([]);
  });

  it('does not take a rule set that is called for one that runs by itself', () => {
    const called = one('Ответ', ['reply', { text: 'x' }]);
    expect(codes(one('А', ['call', { ruleSet: 'Ответ' }]), called)).toEqual([]);
    expect(codes(one('А', ['reply', { text: 'y' }]), called)).toEqual(['1 0 both-answer a']);
  });
});
