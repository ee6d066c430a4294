import type { RuleGraph } from '../../../../rules/index.js';
import { readPiece, toClipboardText } from './clipboard.js';
import { pickedBy } from '../things.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
    { id: 'out', type: 'reply', settings: { text: 'Привет' }, position: [300, 0], title: 'Ответ' },
  ],
  edges: [{ from: 'in.next', to: 'out' }],
  tests: [{ name: 'пример', events: [], expect: [] }],
  notes: [{ id: 'a', text: 'Не трогать {до весны}', position: [0, 300], color: 'green' }],
};

const copied = (...keys: string[]) => toClipboardText(graph, pickedBy(keys));

describe('the clipboard', () => {
  it('carries steps, wires and notes as a graph file, one node a line', () => {
    const text = copied('in', 'out', 'note:a');
    expect(text.split('\n').filter((line) => line.includes('"type"'))).toHaveLength(2);
    const { piece } = readPiece(text, 'ru');
    expect(piece?.nodes).toEqual(graph.nodes);
    expect(piece?.edges).toEqual(graph.edges);
    expect(piece?.notes).toEqual(graph.notes);
    expect(piece).not.toHaveProperty('tests');
  });

  it('leaves out wires that lead elsewhere', () => {
    expect(readPiece(copied('out'), 'ru').piece?.edges).toEqual([]);
  });

  it('reads a piece out of a chat message: in a fence, after a greeting', () => {
    expect(readPiece(`Вот, держи:\n\`\`\`json\n${copied('in', 'out')}\`\`\`\n`, 'ru').piece?.nodes).toHaveLength(2);
  });

  it('takes steps whose settings are not finished, as drafts have them', () => {
    const unfinished = JSON.stringify({ format: 1, name: 'x', nodes: [{ id: 'a', type: 'reply', settings: { texts: 1 } }], edges: [] });
    expect(readPiece(unfinished, 'ru').piece?.nodes).toHaveLength(1);
  });

  it.each([
    ['', 'empty'],
    ['Здравствуйте', 'not-json'],
    ['Здравствуйте, {имя}', 'not-json'],
    ['{"format": 1, "name": }', 'broken-json'],
    ['{"format":1,"name":"x","nodes":[],"edges":[]}', 'nothing'],
    ['{"a":1}', 'bad-graph'],
    ['{"format":2,"name":"x","nodes":[],"edges":[]}', 'bad-graph'],
  ])('refuses %s as %s', (text, kind) => {
    expect(readPiece(text, 'ru')).toEqual({ refusal: expect.objectContaining({ kind }) });
  });

  it('names the place of what is wrong', () => {
    const text = '{"format":1,"name":"x","nodes":[{"id":"a","type":"reply","setings":{}}],"edges":[]}';
    const { refusal } = readPiece(text, 'en');
    expect(refusal).toHaveProperty('problems.0', expect.stringContaining('nodes[0].setings'));
  });

  it('gives two notes of one id an id each', () => {
    const note = { id: 'a', text: '', position: [0, 0] };
    const { piece } = readPiece(JSON.stringify({ format: 1, name: 'x', nodes: [], edges: [], notes: [note, note] }), 'ru');
    expect(piece?.notes?.map(({ id }) => id)).toEqual(['a', 'a-2']);
  });
});
