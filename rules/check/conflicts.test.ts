import { checkGraph } from '../check.js';
import { compile } from '../compile.js';
import { evaluate } from '../evaluate.js';
import type { RuleEvent } from '../event.js';
import { emptyMemory } from '../memory.js';
import { nodeTypes } from '../nodes/index.js';
import { buildGraph, type NodeWords } from '../testing/graph-builder.js';

const start: Record<string, NodeWords> = { in: ['on-message'] };

function found(nodes: Record<string, NodeWords>, wires: string[]): string[] {
  return checkGraph(buildGraph({ ...start, ...nodes }, wires), nodeTypes).map(({ code, node }) => `${code} ${node ?? '$'}`);
}

const hello: NodeWords = ['reply', { text: 'Здравствуйте' }];
const match = (patterns: string): NodeWords => ['word-match', { patterns }];
const stage = (name: string): NodeWords => ['set-stage', { stage: name }];
const user = (name: string): NodeWords => ['assign-responsible', { user: name }];

describe('two answers to one message', () => {
  const branches = ['in.next > w', 'in.next > v', 'w.yes > a', 'v.yes > b'];

  it('are found on branches that do not exclude each other, with a message that was run', () => {
    const graph = buildGraph({ ...start, w: match('цен*'), v: match('*на'), a: hello, b: hello }, branches);
    const [one, ...more] = checkGraph(graph, nodeTypes);
    expect(one).toMatchObject({ code: 'answers-twice', node: 'b', path: 'nodes[4]', severity: 'warning' });
    expect(more).toEqual([]);
    expect(one?.text.ru).toContain('от шага «Автоответчик» (a)');
    const text = /Пример: сообщение клиента «(.+)», /.exec(one?.text.ru ?? '')?.[1] ?? '';
    const witness: RuleEvent = { type: 'message-received', id: 'w', at: '2026-03-02T09:00:00Z', message: { text } };
    const decision = evaluate(compile(graph, nodeTypes), witness, emptyMemory);
    expect(decision).toMatchObject({ effects: [{ node: 'a' }, { node: 'b' }] });
  });

  it('are not where the branches are alternatives', () => {
    const night: NodeWords = ['time-window', { from: '22:00', to: '08:00' }];
    const day: NodeWords = ['time-window', { from: '08:00', to: '22:00' }];
    expect(found({ w: night, v: day, a: hello, b: hello }, ['in.next > w', 'in.next > v', 'w.inside > a', 'v.inside > b'])).toEqual([]);
  });

  it('are not where the first branch drops what the second answers', () => {
    const only: NodeWords = ['word-filter', { mode: 'only', patterns: 'цена' }];
    // What the first branch lets through is never without the word.
    expect(
      found({ w: only, v: match('цена'), a: hello, b: hello, c: ['drop'] }, [
        'in.next > w',
        'in.next > v',
        'w.pass > a',
        'v.yes > c',
        'v.no > b',
      ]),
    ).toEqual([]);
  });

  it('are not where one follows the other', () => {
    expect(found({ a: hello, b: hello }, ['in.next > a', 'a.next > b'])).toEqual([]);
  });

  it('are found behind two triggers', () => {
    expect(found({ other: ['on-message', { kinds: ['voice'] }], a: hello, b: hello }, ['in.next > a', 'other.next > b'])).toEqual([
      'answers-twice b',
    ]);
    expect(
      found({ other: ['on-message', { direction: 'out', origins: ['phone'] }], a: hello, b: hello }, ['in.next > a', 'other.next > b']),
    ).toEqual([]);
  });

  it('do not count behind a wait', () => {
    expect(found({ p: ['wait', { for: 'PT1H' }], a: hello, b: hello }, ['in.next > a', 'in.next > p', 'p.next > b'])).toEqual([]);
  });
});

describe('two stages for one message', () => {
  it('are found in steps without a choice between them', () => {
    expect(
      found({ a: stage('Новая'), t: ['add-tags', { tags: 'x' }], b: stage('Оплата') }, ['in.next > a', 'a.next > t', 't.next > b']),
    ).toEqual(['stage-set-twice b']);
  });

  it('are meant where a choice stands between them', () => {
    expect(found({ a: stage('Новая'), w: match('оплата'), b: stage('Оплата') }, ['in.next > a', 'a.next > w', 'w.yes > b'])).toEqual([]);
  });

  it('are none where they are the same', () => {
    const same: NodeWords = ['set-stage', { pipeline: 'Воронка', stage: 'Новая' }];
    expect(found({ a: stage('Новая'), b: same }, ['in.next > a', 'a.next > b'])).toEqual([]);
  });

  it('are found on parallel branches, also of a route', () => {
    const route: NodeWords = ['route', { rows: [{ when: { kind: 'avito' }, stage: 'Авито' }], default: {} }];
    const wires = ['in.next > s', 'in.next > r', 's.avito > a'];
    const on = (kind: string): NodeWords => ['switch', { field: 'channel.kind', cases: [{ in: [kind], port: 'avito' }] }];
    expect(found({ s: on('avito'), r: route, a: stage('Новая') }, wires)).toEqual(['stage-set-twice r']);
    expect(found({ s: on('vk'), r: route, a: stage('Новая') }, wires)).toEqual([]);
  });
});

it('finds two users for one message', () => {
  expect(found({ a: user('olga'), b: user('igor') }, ['in.next > a', 'in.next > b'])).toEqual(['responsible-set-twice b']);
  expect(found({ a: user('olga'), b: user('olga') }, ['in.next > a', 'a.next > b'])).toEqual([]);
});

it('finds a tag that is added and removed', () => {
  const remove = (tags: string): NodeWords => ['remove-tags', { tags }];
  const wires = ['in.next > a', 'a.next > b'];
  expect(found({ a: ['add-tags', { tags: 'чат, новый' }], b: remove('новый') }, wires)).toEqual(['tag-added-and-removed b']);
  expect(found({ a: ['add-tags', { tags: 'чат, новый' }], b: remove('старый') }, wires)).toEqual([]);
});

it('checks a graph of 200 nodes without being noticed', () => {
  const ids = Array.from({ length: 66 }, (_, place) => place);
  const nodes = Object.fromEntries(
    ids.flatMap((id): [string, NodeWords][] => [
      [`w${id}`, match(`слово${id}конец`)],
      [`a${id}`, hello],
      [`t${id}`, stage(`Этап ${id}`)],
    ]),
  );
  const wires = ids.flatMap((id) => [id === 0 ? 'in.next > w0' : `w${id - 1}.no > w${id}`, `w${id}.yes > a${id}`, `a${id}.next > t${id}`]);
  expect(found(nodes, wires)).toEqual([]);
});
