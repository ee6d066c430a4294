import { checkGraph } from '../check.js';
import { checkTogether } from '../check-together.js';
import type { AccountDirectory } from '../finding.js';
import { nodeTypes } from '../nodes/index.js';
import { buildGraph, type NodeWords } from '../testing/graph-builder.js';

function found(nodes: Record<string, NodeWords>, wires: string[], account?: AccountDirectory): string[] {
  return checkGraph(buildGraph(nodes, wires), nodeTypes, account).map(({ code, node }) => `${code} ${node ?? '$'}`);
}

const hello: NodeWords = ['reply', { text: 'Вы ещё здесь?' }];

describe('an answer in a circle', () => {
  const wires = ['in.next > a', 'a.next > w'];

  it('is found where the clock keeps it going', () => {
    expect(found({ in: ['on-no-reply'], a: hello, w: ['wait', { for: 'PT1H' }] }, [...wires, 'w.next > a'])).toEqual([
      'answers-endlessly a',
    ]);
    const answered: NodeWords = ['add-tags', { tags: 'ответил' }];
    expect(
      found({ in: ['on-no-reply'], a: hello, w: ['wait-reply', {}], t: answered }, [...wires, 'w.timeout > a', 'w.reply > t']),
    ).toEqual(['answers-endlessly a']);
  });

  it('is fine where the client keeps it going', () => {
    expect(found({ in: ['on-message'], a: hello, w: ['wait-reply', {}] }, [...wires, 'w.reply > a'])).toEqual([]);
  });

  it('is fine where a limit ends it', () => {
    const nodes: Record<string, NodeWords> = { in: ['on-no-reply'], l: ['limit', { count: 3 }], a: hello, w: ['wait', { for: 'PT1H' }] };
    expect(found(nodes, ['in.next > l', 'l.under > a', 'a.next > w', 'w.next > l'])).toEqual([]);
  });
});

describe('a drop', () => {
  it('is found where it takes everything', () => {
    expect(found({ in: ['on-message'], d: ['drop'], a: hello }, ['in.next > d', 'in.next > a'])).toEqual(['drops-everything d']);
  });

  it('is meant where the trigger chooses', () => {
    expect(found({ in: ['on-message', { chats: ['group'] }], d: ['drop'] }, ['in.next > d'])).toEqual([]);
  });

  it('is fine behind an action', () => {
    expect(found({ in: ['on-message'], t: ['add-tags', { tags: 'x' }], d: ['drop'] }, ['in.next > t', 't.next > d'])).toEqual([]);
  });
});

it('finds cases of a switch that lead nowhere', () => {
  const cases = [
    { in: ['vk'], port: 'vk' },
    { in: ['avito'], port: 'avito' },
  ];
  const nodes: Record<string, NodeWords> = { in: ['on-message'], s: ['switch', { field: 'channel.kind', cases }], a: hello };
  expect(found(nodes, ['in.next > s', 's.vk > a'])).toEqual(['loose-port s']);
  expect(found(nodes, ['in.next > s', 's.vk > a', 's.avito > a'])).toEqual([]);
});

it('finds a value of a switch that an earlier case holds', () => {
  const build = (second: string[]): Record<string, NodeWords> => ({
    in: ['on-message'],
    s: [
      'switch',
      {
        field: 'channel.kind',
        cases: [
          { in: ['vk', 'avito'], port: 'a' },
          { in: second, port: 'b' },
        ],
      },
    ],
    a: hello,
    b: ['add-note', { text: 'x' }],
  });
  const wires = ['in.next > s', 's.a > a', 's.b > b'];
  expect(found(build(['telegram', 'VK']), wires)).toEqual(['switch-value-repeated s']);
  expect(found(build(['telegram']), wires)).toEqual([]);
  expect(found(build(['vk']), wires)).toEqual(['switch-case-dead s', 'port-never-left s']);
});

it('finds CRM connections and rule sets that an account does not have', () => {
  const account = { crmConnections: [{ id: 'amo', name: 'amoCRM' }], ruleSets: [{ name: 'Теги' }] };
  const nodes = (to: string, ruleSet: string): Record<string, NodeWords> => ({
    in: ['on-message'],
    e: ['export', { to: [to] }],
    c: ['call', { ruleSet }],
  });
  const wires = ['in.next > e', 'e.next > c'];
  expect(found(nodes('amo', 'Теги'), wires, account)).toEqual([]);
  expect(found(nodes('ammo', 'Тэги'), wires, account)).toEqual(['unknown-crm-connection e', 'unknown-rule-set c']);
  expect(found(nodes('ammo', 'Тэги'), wires)).toEqual([]);
});

describe('calls', () => {
  const calling = (name: string, ruleSet: string) =>
    buildGraph({ in: ['on-message'], c: ['call', { ruleSet }] }, ['in.next > c'], { name });
  const of = (...graphs: Parameters<typeof checkTogether>[0]) =>
    checkTogether(graphs, nodeTypes).map(({ index, finding }) => `${index} ${finding.severity} ${finding.code} ${finding.node}`);
  const tags = buildGraph({ in: ['on-message'], t: ['add-tags', { tags: 'x' }] }, ['in.next > t'], { name: 'Теги' });

  it('of the rule set itself are an error', () => {
    expect(checkGraph(calling('А', 'А'), nodeTypes)).toMatchObject([{ code: 'calls-itself', severity: 'error', node: 'c' }]);
    expect(of(calling('А', 'А'))).toEqual([]);
  });

  it('in a circle are an error of each that is in it', () => {
    expect(of(calling('А', 'Б'), calling('Б', 'А'))).toEqual(['0 error calls-itself c', '1 error calls-itself c']);
    expect(of(calling('А', 'Б'), calling('Б', 'Теги'), tags)).toEqual([]);
  });

  it('of what waits are an error', () => {
    const waits = buildGraph({ in: ['on-message'], w: ['wait', { for: 'PT1M' }], a: hello }, ['in.next > w', 'w.next > a'], {
      name: 'Ждёт',
    });
    expect(of(calling('А', 'Ждёт'), waits)).toEqual(['0 error called-waits c']);
    expect(of(calling('А', 'Теги'), tags)).toEqual([]);
  });

  it('of what is not there are told', () => {
    expect(of(calling('А', 'Нет такого'))).toEqual(['0 warning unknown-rule-set c']);
  });
});

describe('two equal actions', () => {
  it('are told of behind one port', () => {
    const nodes: Record<string, NodeWords> = { in: ['on-message'], a: ['add-note', { text: 'x' }], b: ['add-note', { text: 'x' }] };
    expect(found(nodes, ['in.next > a', 'in.next > b'])).toEqual(['twin-node b']);
  });

  it('are fine where their settings or their ports differ', () => {
    const note = (text: string): NodeWords => ['add-note', { text }];
    expect(found({ in: ['on-message'], a: note('x'), b: note('y') }, ['in.next > a', 'in.next > b'])).toEqual([]);
    const night: NodeWords = ['time-window', { from: '22:00', to: '08:00' }];
    expect(found({ in: ['on-message'], w: night, a: note('x'), b: note('x') }, ['in.next > w', 'w.inside > a', 'w.outside > b'])).toEqual(
      [],
    );
  });
});
