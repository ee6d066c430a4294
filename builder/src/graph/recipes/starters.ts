import type { GraphEdge, GraphNode, Language } from '../../../../rules/index.js';

/** A graph to start from: steps and wires in the reader's language. Its name and description are texts `recipe.<id>`. */
export interface Starter {
  id: 'night' | 'spam' | 'desk';
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** A graph with nothing but its beginning: a message comes in. */
export const blankGraph: Pick<Starter, 'nodes' | 'edges'> = {
  nodes: [{ id: 'in', type: 'on-message', settings: {}, position: [0, 0] }],
  edges: [],
};

/** Three graphs to start from; each runs as it is. */
export function startersIn(language: Language): Starter[] {
  const say = (ru: string, en: string) => (language === 'ru' ? ru : en);
  return [
    {
      id: 'night',
      nodes: [
        { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
        { id: 'night', type: 'time-window', settings: { from: '22:00', to: '08:00' }, position: [320, 0] },
        {
          id: 'hello',
          type: 'reply',
          settings: {
            text: say(
              '{{Здравствуйте;Добрый вечер}}, %NAME%! Сейчас мы не на связи, ответим утром.',
              '{{Hello;Good evening}}, %NAME%! We are away now and will answer in the morning.',
            ),
          },
          position: [640, 0],
        },
      ],
      edges: [
        { from: 'in.next', to: 'night' },
        { from: 'night.inside', to: 'hello' },
      ],
    },
    {
      id: 'spam',
      nodes: [
        { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
        {
          id: 'spam',
          type: 'word-match',
          settings: { patterns: say('реклам* *кредит* раскрутк* подписчик*', 'advert* loan* casino follower*') },
          position: [320, 0],
        },
        { id: 'out', type: 'drop', settings: { reason: say('Похоже на рекламу', 'Looks like advertising') }, position: [640, -80] },
        { id: 'deal', type: 'open-deal', settings: {}, position: [640, 100] },
        {
          id: 'task',
          type: 'create-task',
          settings: { text: say('Ответить клиенту', 'Answer the client') },
          position: [960, 100],
        },
      ],
      edges: [
        { from: 'in.next', to: 'spam' },
        { from: 'spam.yes', to: 'out' },
        { from: 'spam.no', to: 'deal' },
        { from: 'deal.next', to: 'task' },
      ],
    },
    {
      id: 'desk',
      nodes: [
        { id: 'in', type: 'on-message', settings: {}, position: [0, 0] },
        {
          id: 'price',
          type: 'word-match',
          settings: { patterns: say('цен* стоим* скольк* прайс*', 'price* cost* much') },
          position: [320, 0],
        },
        {
          id: 'answer',
          type: 'reply',
          settings: {
            text: say(
              '%NAME%, цены пришлёт менеджер, обычно это занимает пять минут.',
              '%NAME%, a manager will send the prices within five minutes.',
            ),
          },
          position: [640, -80],
        },
        { id: 'tag', type: 'add-tags', settings: { tags: say('спросил цену', 'asked for the price') }, position: [960, -80] },
        { id: 'deal', type: 'open-deal', settings: {}, position: [640, 140] },
        { id: 'task', type: 'create-task', settings: { text: say('Ответить клиенту', 'Answer the client') }, position: [960, 140] },
      ],
      edges: [
        { from: 'in.next', to: 'price' },
        { from: 'price.yes', to: 'answer' },
        { from: 'answer.next', to: 'tag' },
        { from: 'tag.next', to: 'deal' },
        { from: 'price.no', to: 'deal' },
        { from: 'deal.next', to: 'task' },
      ],
    },
  ];
}
