import { findInGraph } from './find-in-graph.js';
import type { RuleGraph } from './graph.js';
import { nodeTypes } from './nodes/index.js';

const graph: RuleGraph = {
  format: 1,
  name: 'Поиск',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'night', type: 'time-window', title: 'Ночь', settings: { from: '22:00', to: '08:00' } },
    { id: 'hello', type: 'reply', settings: { text: `Здравствуйте! ${'Очень рады вам. '.repeat(9)}Пришлём счёт на оплату завтра.` } },
    { id: 'parts', type: 'split', settings: { parts: { зима: 50, лето: 50 } } },
    { id: 'odd', type: 'from-the-future', settings: { deep: [{ inner: ['глубоко'] }] } },
    { id: 'half', type: 'reply', settings: { texte: 'недописано' } },
  ],
  edges: [],
  notes: [{ id: 'n', text: 'Счёт согласован с бухгалтерией', position: [0, 0] }],
  groups: [{ id: 'g', title: 'Оплата и счета', position: [0, 0], size: [100, 100] }],
};

const found = (query: string, language: 'ru' | 'en' = 'ru') =>
  findInGraph(graph, query, nodeTypes, language).map(({ kind, id }) => `${kind}:${id}`);

describe('a search in a graph', () => {
  it.each([
    ['НОЧЬ', ['node:night']],
    ['22:00', ['node:night']],
    ['счет', ['node:hello', 'group:g', 'note:n']],
    ['счёт завтра', ['node:hello']],
    ['зима', ['node:parts']],
    ['глубоко', ['node:odd']],
    ['from-the-future', ['node:odd']],
    ['недописано', ['node:half']],
    ['hello', ['node:hello']],
    ['автоответчик', ['node:hello', 'node:half']],
    ['такого нет', []],
    ['  ', []],
  ])('finds %s', (query, expected) => {
    expect(found(query)).toEqual(expected);
  });

  it('finds a type by its name in the other language too', () => {
    const english = nodeTypes.get('time-window')?.title.en ?? '';
    expect(found(english, 'ru')).toContain('node:night');
  });

  it('shows the text around what was found, and nothing where only the title holds it', () => {
    const [hello] = findInGraph(graph, 'оплату', nodeTypes, 'ru');
    expect(hello?.excerpt).toMatch(/^…рады вам\. Пришлём счёт на оплату завтра\.$/);
    expect(findInGraph(graph, 'ночь', nodeTypes, 'ru')[0]?.excerpt).toBe('');
  });

  it('is not led astray by letters that grow when they are made small', () => {
    const text = `${'İ'.repeat(50)} Скидка`;
    const one: RuleGraph = { ...graph, nodes: [{ id: 'a', type: 'reply', settings: { text } }] };
    expect(findInGraph(one, 'скидка', nodeTypes, 'ru')[0]?.excerpt).toMatch(/Скидка$/);
  });
});
