import { checkGraph } from './check.js';
import { valueAt } from './json-path.js';
import { settingAt, spellSetting, withParametersById } from './parameters.js';
import { buildGraph } from './testing/graph-builder.js';
import { smallNodeTypes } from './testing/small-node-types.js';

const label = { ru: 'Текст', en: 'Text' };
const graph = buildGraph({ in: ['start'], '7': ['reply', { text: 'семь' }], answer: ['reply', { text: 'x', list: [{ in: ['a'] }] }] }, [
  'in.next > answer',
]);

it.each([
  ['nodes.answer.settings.text', { node: 'answer', setting: ['text'] }],
  ['nodes[2].settings.text', { node: 'answer', setting: ['text'] }],
  ['nodes["7"].settings.text', { node: '7', setting: ['text'] }],
  ['nodes.answer.settings.list[0].in[0]', { node: 'answer', setting: ['list', 0, 'in', 0] }],
  ['nodes.answer.settings', undefined],
  ['nodes.nobody.settings.text', undefined],
  ['nodes[9].settings.text', undefined],
  ['name', undefined],
  ['nodes.answer.settings.text!', undefined],
])('reads %s', (path, place) => {
  expect(settingAt(graph, path)).toEqual(place);
  if (place) expect(settingAt(graph, spellSetting(place))).toEqual(place);
});

it('finds what stands at a path by id and by place, and accepts both in a file', () => {
  expect(valueAt(graph, 'nodes.answer.settings.list[0].in[0]')).toBe('a');
  expect(valueAt(graph, 'nodes[2].settings.text')).toBe('x');
  expect(valueAt(graph, 'nodes["7"].settings.text')).toBe('семь');
  expect(valueAt(graph, 'nodes["\\x"].settings')).toBeUndefined();
  const parameters = ['nodes.answer.settings.text', 'nodes[2].settings.text', 'nodes.gone.settings.text'].map((path, index) => ({
    name: `p${index}`,
    label,
    path,
  }));
  const plain = buildGraph({ in: ['start'], second: ['reply'], answer: ['reply', { text: 'x' }] }, ['in.next > answer']);
  expect(checkGraph({ ...plain, parameters }, smallNodeTypes).filter(({ code }) => code === 'unknown-parameter-path')).toMatchObject([
    { path: 'parameters[2].path' },
  ]);
});

it('respells the paths of a graph by id and leaves those alone that lead nowhere', () => {
  const parameters = [
    { name: 'a', label, path: 'nodes[2].settings.text' },
    { name: 'b', label, path: 'nodes[9].settings.text' },
  ];
  expect(withParametersById({ ...graph, parameters }).parameters?.map(({ path }) => path)).toEqual([
    'nodes.answer.settings.text',
    'nodes[9].settings.text',
  ]);
  const done = withParametersById({ ...graph, parameters });
  expect(withParametersById(done)).toBe(done);
});
