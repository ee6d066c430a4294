import { recipesIn } from './recipes.js';
import { playChat, type TryMessage } from './try-chat.js';
import { findProblems } from './use-checks.js';

const message = (text: string, at = '2026-03-02T12:00:00+03:00'): TryMessage => ({
  direction: 'in',
  text,
  at,
  contact: { name: 'Анна', username: '', phone: '', bot: false },
  channel: { kind: 'telegram' },
});

describe.each(['ru', 'en'] as const)('starting graphs in %s', (language) => {
  const graphs = recipesIn(language).map(({ id, nodes, edges }) => ({ id, graph: { format: 1 as const, name: id, nodes, edges } }));
  const graphOf = (id: string) => graphs.find((one) => one.id === id)!.graph;

  it.each(graphs)('gives $id without errors', ({ graph }) => {
    expect(findProblems(graph).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('answers at night only', async () => {
    const turns = await playChat(graphOf('night'), [message('?'), message('?', '2026-03-02T23:10:00+03:00')]);
    expect(turns?.map(({ decision }) => decision.effects.map(({ type }) => type))).toEqual([[], ['send-message']]);
  });

  it('drops advertising, and gives others a deal and a task', async () => {
    const turns = await playChat(graphOf('spam'), [message('Раскрутка! casino'), message('Есть кто?')]);
    expect(turns?.map(({ decision }) => decision.status)).toEqual(['filtered', 'passed']);
    expect(turns?.[1]?.decision.effects.map(({ type }) => type)).toEqual(['open-deal', 'create-task']);
  });

  it('knows who asks for the price', async () => {
    const [turn] = (await playChat(graphOf('desk'), [message(language === 'ru' ? 'Сколько стоит стол?' : 'How much is the table?')])) ?? [];
    expect(turn?.decision.effects.map(({ type }) => type)).toEqual(['send-message', 'add-tags', 'open-deal', 'create-task']);
  });
});

describe('the try-it chat', () => {
  const graph = { format: 1 as const, name: 'x', ...recipesIn('ru')[0]! };

  it('plays nothing while the graph has errors', async () => {
    const { nodes, edges } = graph;
    expect(
      await playChat({ format: 1, name: 'x', nodes: [...nodes, { id: 'z', type: 'no-such', settings: {} }], edges }, []),
    ).toBeUndefined();
  });

  it('answers no robot', async () => {
    const { nodes, edges } = graph;
    const robot = message('?', '2026-03-02T23:10:00+03:00');
    robot.contact.bot = true;
    const [turn] = (await playChat({ format: 1, name: 'x', nodes, edges }, [robot])) ?? [];
    expect(turn?.decision.effects).toEqual([]);
    expect(turn?.decision.trace.at(-1)?.held).toBe('bot');
  });
});
