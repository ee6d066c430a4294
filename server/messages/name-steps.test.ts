import { nameSteps } from './name-steps.js';

const graph = {
  format: 1,
  name: 'Ночь',
  nodes: [
    { id: 'in', type: 'on-message', settings: {} },
    { id: 'spam', type: 'word-filter', title: 'Без рекламы', settings: { mode: 'except', patterns: '*кредит*' } },
    { id: 'hello', type: 'reply', settings: { text: 'Здравствуйте' } },
  ],
  edges: [],
};
const nothing = { reason: null, error: null, effects: [] };
const trace = [
  { node: 'in', port: 'next' },
  { node: 'hello', port: 'next' },
  { node: 'spam', port: 'drop', because: { key: 'found', values: { word: 'кредит', pattern: '*кредит*' } } },
];
const answer = { node: 'hello', type: 'send-message', body: {}, outcome: 'applied' as const, detail: null };

it('the step that dropped decided, whatever was answered before it; it is called as the admin called it', () => {
  const { decisive, titles } = nameSteps({ ...nothing, trace, effects: [answer], reason: { node: 'spam' } }, graph);
  expect(decisive).toMatchObject({ node: 'spam', title: { ru: 'Без рекламы', en: 'Без рекламы' } });
  expect(titles['hello']).toMatchObject({ ru: 'Автоответчик' });
});

it('of a drop the reason is that of the step that led there, by its name', () => {
  const led = {
    ...graph,
    nodes: [...graph.nodes, { id: 'tag', type: 'add-tags', settings: { tags: 'x' } }, { id: 'end', type: 'drop', settings: {} }],
    edges: [
      { from: 'spam.drop', to: 'tag' },
      { from: 'tag.next', to: 'end' },
      { from: 'hello.next', to: 'end' },
    ],
  };
  const way = [...trace, { node: 'tag', port: 'next' }, { node: 'end', port: 'drop', because: { key: 'dropped' } }];
  const tell = (edges: typeof led.edges) => nameSteps({ ...nothing, trace: way, reason: { node: 'end' } }, { ...led, edges }).decisive;
  expect(tell(led.edges)).toMatchObject({ node: 'end', because: { ru: '«Без рекламы» — нашлось слово „кредит“ по правилу *кредит*' } });
  expect(tell([{ from: 'in.next', to: 'end' }])).toMatchObject({ because: { ru: 'шаг отбрасывает всё, что в него входит' } });
});

it('else the one that answered did, and without an answer the last', () => {
  expect(nameSteps({ ...nothing, trace, effects: [answer] }, graph).decisive?.node).toBe('hello');
  expect(nameSteps({ ...nothing, trace, effects: [{ ...answer, outcome: 'skipped' }] }, graph).decisive?.node).toBe('spam');
});

it('a step of a rule set that was called has its name from there, and one of the same id here keeps its own', () => {
  const answered = [
    { node: 'in', port: 'next' },
    { node: 'in', port: 'next', ruleSet: 'Ответы' },
    { node: 'hello', port: 'next', ruleSet: 'Ответы' },
    { node: 'ask', port: 'next' },
  ];
  const called = new Map([
    ['Ответы', { ...graph, nodes: [{ id: 'hello', type: 'reply', title: 'Общее приветствие', settings: { text: 'x' } }] }],
  ]);
  const { decisive, titles } = nameSteps({ ...nothing, trace: answered, effects: [answer] }, graph, called);
  expect(decisive).toMatchObject({ node: 'ask', title: { ru: 'Общее приветствие' } });
  expect(titles['in']?.ru).toBe('Сообщение');
  const dropped = [...trace, { node: 'spam', port: 'drop', ruleSet: 'Ответы' }];
  expect(nameSteps({ ...nothing, trace: dropped, reason: { node: 'spam' } }, graph, called).decisive?.title.ru).toBe('Без рекламы');
});

it('a run without steps has none, and one whose version is gone is told by ids', () => {
  expect(nameSteps({ ...nothing, trace: [] }, graph).decisive).toBeNull();
  expect(nameSteps({ ...nothing, trace }, null).decisive).toEqual({ node: 'spam', title: { ru: 'spam', en: 'spam' } });
});
