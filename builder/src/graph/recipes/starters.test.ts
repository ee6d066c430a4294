import type { RuleGraph } from '../../../../rules/index.js';
import { playChat } from '../proving/chat.js';
import type { ChatMove } from '../proving/chat-move.js';
import { startersIn } from './starters.js';
import { findProblems } from '../use-checks.js';

const message = (text: string, at = '2026-03-02T12:00:00+03:00', bot = false): ChatMove => ({
  kind: 'event',
  event: {
    type: 'message-received',
    at,
    contact: { id: 'try', name: 'Анна', bot },
    channel: { kind: 'telegram', surface: 'direct' },
    chat: { type: 'private' },
    message: { kind: 'text', text, origin: 'client' },
  },
});

/** What the rules decided on each message of a chat. */
async function decisionsOf(graph: RuleGraph, moves: ChatMove[]) {
  const play = await playChat({ graph, others: [] }, { start: '2026-03-02T12:00:00+03:00', moves });
  return play?.turns.map(({ played }) => played.decision);
}

describe.each(['ru', 'en'] as const)('starting graphs in %s', (language) => {
  const graphs = startersIn(language).map(({ id, nodes, edges }) => ({ id, graph: { format: 1 as const, name: id, nodes, edges } }));
  const graphOf = (id: string) => graphs.find((one) => one.id === id)!.graph;

  it.each(graphs)('gives $id without errors', ({ graph }) => {
    expect(findProblems(graph).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it('answers at night only', async () => {
    const decisions = await decisionsOf(graphOf('night'), [message('?'), message('?', '2026-03-02T23:10:00+03:00')]);
    expect(decisions?.map(({ effects }) => effects.map(({ type }) => type))).toEqual([[], ['send-message']]);
  });

  it('drops advertising, and gives others a deal and a task', async () => {
    const decisions = await decisionsOf(graphOf('spam'), [message('Раскрутка! casino'), message('Есть кто?')]);
    expect(decisions?.map(({ status }) => status)).toEqual(['filtered', 'passed']);
    expect(decisions?.[1]?.effects.map(({ type }) => type)).toEqual(['open-deal', 'create-task']);
  });

  it('knows who asks for the price', async () => {
    const [decision] =
      (await decisionsOf(graphOf('desk'), [message(language === 'ru' ? 'Сколько стоит стол?' : 'How much is the table?')])) ?? [];
    expect(decision?.effects.map(({ type }) => type)).toEqual(['send-message', 'add-tags', 'open-deal', 'create-task']);
  });
});

describe('the try-it chat', () => {
  it('answers no robot', async () => {
    const { nodes, edges } = startersIn('ru')[0] ?? { nodes: [], edges: [] };
    const [decision] = (await decisionsOf({ format: 1, name: 'x', nodes, edges }, [message('?', '2026-03-02T23:10:00+03:00', true)])) ?? [];
    expect(decision?.effects).toEqual([]);
    expect(decision?.trace.at(-1)?.held).toBe('bot');
  });
});
