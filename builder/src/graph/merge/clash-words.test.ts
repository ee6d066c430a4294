import { mergeGraphs, type RuleGraph } from '../../../../rules/index.js';
import type { Reader } from '../compare/value-words.js';
import { clashWords } from './clash-words.js';

const reader: Reader = {
  language: 'ru',
  t: (key, values) => (values ? `${key}(${Object.values(values).join(', ')})` : key),
  names: new Map(),
};

const base: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'night', type: 'time-window', title: 'Ночь?', settings: { from: '22:00', to: '08:00' } },
    { id: 'hello', type: 'reply', settings: { text: 'Утром' } },
  ],
  edges: [{ from: 'in.next', to: 'night' }],
  tests: [{ name: 'ночью', events: [], expect: [] }],
};
const edit = (id: string, settings: Record<string, unknown>, more: Partial<RuleGraph> = {}): RuleGraph => ({
  ...base,
  nodes: base.nodes.map((node) => (node.id === id ? { ...node, settings } : node)),
  ...more,
});
const words = (ours: RuleGraph, theirs: RuleGraph) => {
  const { graph, clashes } = mergeGraphs(base, ours, theirs);
  return clashes.map((clash) => clashWords(clash, graph, theirs, reader));
};

it('names the step and the setting as the form does, with all three values', () => {
  expect(words(edit('night', { from: '21:00', to: '08:00' }), edit('night', { from: '23:00', to: '08:00' }))).toEqual([
    { title: 'Ночь?', what: 'С', base: '22:00', ours: '21:00', theirs: '23:00' },
  ]);
});

it('says of a step that one took out that it is gone', () => {
  const without = { ...base, nodes: base.nodes.slice(0, 2) };
  expect(words(without, edit('hello', { text: 'Днём' }))).toEqual([
    {
      title: 'Автоответчик',
      what: '',
      base: expect.stringContaining('Утром'),
      ours: 'merge.gone',
      theirs: expect.stringContaining('Днём'),
    },
  ]);
});

it('says where an exit leads by the names of the steps', () => {
  const to = (id: string) => ({ ...base, edges: [...base.edges, { from: 'night.inside', to: id }] });
  expect(words(to('hello'), to('in'))).toEqual([
    {
      title: 'Ночь?',
      what: expect.stringMatching(/^compare\.exit\(/),
      base: 'exits.nowhere',
      ours: 'Автоответчик',
      theirs: expect.any(String),
    },
  ]);
});

it('tells tests and the zone', () => {
  const ours = { ...base, timezone: 'Asia/Omsk', tests: [] };
  const theirs = { ...base, timezone: 'Asia/Tomsk', tests: [{ name: 'ночью', events: [{}], expect: [] }] };
  expect(words(ours, theirs)).toEqual([
    { title: 'compare.whole', what: 'compare.frame.timezone', base: 'diff.nothing', ours: 'Asia/Omsk', theirs: 'Asia/Tomsk' },
    { title: 'compare.test(ночью)', what: '', base: 'merge.testAs(0, 0)', ours: 'merge.gone', theirs: 'merge.testAs(1, 0)' },
  ]);
});
