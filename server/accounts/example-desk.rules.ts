import { type RuleGraph, defaultTimezone, graphFormat } from '../../rules/index.js';
import { firstPipeline } from './starting-data.js';

/** People of the example desk that the graphs name, by id. */
export interface ExamplePeople {
  sales: string;
  support: string;
}

/** Spam out, the first message routed and answered by the time of day, a task for whoever must answer. */
export function deskRules({ sales, support }: ExamplePeople): RuleGraph {
  return {
    format: graphFormat,
    name: 'Приём обращений',
    timezone: defaultTimezone,
    nodes: [
      { id: 'in', type: 'on-message', title: 'Клиент написал', settings: {}, position: [0, 0] },
      {
        id: 'spam',
        type: 'word-filter',
        title: 'Реклама',
        settings: { mode: 'except', patterns: 'реклам* *кредит* казино продвижени* раскрут* заработок' },
        position: [300, 0],
      },
      { id: 'junk', type: 'drop', settings: { reason: 'Похоже на рекламу' }, position: [600, 180] },
      {
        id: 'first',
        type: 'if',
        title: 'Первое сообщение?',
        settings: { when: { field: 'conversation.inbound', op: 'lte', value: 1 } },
        position: [600, 0],
      },
      {
        id: 'to-whom',
        type: 'route',
        title: 'Кому и куда',
        settings: {
          rows: [{ when: { kind: 'webchat' }, stage: 'Первичный контакт', responsible: sales, tags: 'сайт' }],
          default: { pipeline: firstPipeline, stage: 'Неразобранное', responsible: support, tags: '%DOMAIN%' },
        },
        position: [900, 0],
      },
      { id: 'night', type: 'time-window', title: 'Ночь?', settings: { from: '21:00', to: '09:00' }, position: [300, 440] },
      {
        id: 'at-night',
        type: 'reply',
        title: 'Ответ ночью',
        settings: { text: '{{Здравствуйте;Доброй ночи}}! Мы на связи с 9:00 до 21:00 и ответим утром.' },
        position: [600, 380],
      },
      {
        id: 'by-day',
        type: 'reply',
        title: 'Ответ днём',
        settings: { text: '{{Здравствуйте;Добрый день}}! Сообщение получили, ответим в течение нескольких минут.' },
        position: [600, 540],
      },
      { id: 'task', type: 'create-task', settings: { text: 'Ответить клиенту', due: 'PT5M' }, position: [900, 480] },
    ],
    edges: [
      { from: 'in.next', to: 'spam' },
      { from: 'spam.pass', to: 'first' },
      { from: 'spam.filtered', to: 'junk' },
      { from: 'first.yes', to: 'to-whom' },
      { from: 'first.no', to: 'task' },
      { from: 'to-whom.next', to: 'night' },
      { from: 'night.inside', to: 'at-night' },
      { from: 'night.outside', to: 'by-day' },
      { from: 'by-day.next', to: 'task' },
    ],
    notes: [
      {
        id: 'note-1',
        text: 'Это пример: поправьте часы, тексты и людей под себя. Записки и рамки на работу правил не влияют.',
        position: [0, 400],
        size: [220, 140],
      },
    ],
    groups: [{ id: 'group-1', title: 'Ответ и задача', position: [240, 320], size: [940, 360], color: 'green' }],
    tests: [
      {
        name: 'ночью клиент узнаёт, когда ответят',
        events: [message({ at: '2026-03-02T23:10:00+03:00', text: 'Есть кто?' })],
        expect: [
          {
            status: 'passed',
            effects: [
              { type: 'set-stage', pipeline: firstPipeline, stage: 'Первичный контакт' },
              { type: 'assign-responsible', user: sales },
              { type: 'add-tags', tags: ['сайт'] },
              { type: 'send-message', node: 'at-night' },
            ],
          },
        ],
      },
      {
        name: 'днём клиент получает ответ, а менеджер задачу',
        events: [message({ at: '2026-03-02T12:00:00+03:00', text: 'Сколько стоит доставка?' })],
        expect: [
          {
            status: 'passed',
            effects: [
              { type: 'set-stage' },
              { type: 'assign-responsible' },
              { type: 'add-tags' },
              { type: 'send-message', node: 'by-day' },
              { type: 'create-task', text: 'Ответить клиенту', due: '2026-03-02T09:05:00Z' },
            ],
          },
        ],
      },
      {
        name: 'на второе сообщение робот не отвечает',
        events: [message({ at: '2026-03-02T12:01:00+03:00', text: 'Вы тут?', inbound: 2 })],
        expect: [{ status: 'passed', effects: [{ type: 'create-task' }] }],
      },
      {
        name: 'реклама отсеивается с причиной',
        events: [message({ at: '2026-03-02T12:00:00+03:00', text: 'Продвижение вашего магазина, недорого' })],
        expect: [{ status: 'filtered', effects: [], reason: { node: 'junk', text: 'Похоже на рекламу' } }],
      },
    ],
  };
}

/** A draft to change and publish: questions of delivery get a ready answer. */
export function deliveryDraft(): RuleGraph {
  return {
    format: graphFormat,
    name: 'Вопросы о доставке',
    timezone: defaultTimezone,
    nodes: [
      { id: 'in', type: 'on-message', title: 'Клиент написал', settings: {}, position: [0, 0] },
      {
        id: 'about-delivery',
        type: 'word-match',
        title: 'Спрашивают о доставке?',
        settings: { patterns: 'достав* курьер* самовывоз* привез*' },
        position: [300, 0],
      },
      { id: 'tag', type: 'add-tags', settings: { tags: 'доставка' }, position: [600, 0] },
      {
        id: 'answer',
        type: 'reply',
        settings: { text: 'Доставляем по городу на следующий день, самовывоз бесплатно. Подсказать по вашему адресу?' },
        position: [900, 0],
      },
    ],
    edges: [
      { from: 'in.next', to: 'about-delivery' },
      { from: 'about-delivery.yes', to: 'tag' },
      { from: 'tag.next', to: 'answer' },
    ],
    tests: [
      {
        name: 'вопрос о курьере получает ответ и тег',
        events: [message({ at: '2026-03-02T12:00:00+03:00', text: 'Курьер приедет сегодня?' })],
        expect: [{ status: 'passed', effects: [{ type: 'add-tags', tags: ['доставка'] }, { type: 'send-message' }] }],
      },
    ],
  };
}

function message({ at, text, inbound = 1 }: { at: string; text: string; inbound?: number }): Record<string, unknown> {
  return {
    type: 'message-received',
    at,
    channel: { id: 'site', kind: 'webchat', name: 'Чат на сайте', surface: 'direct' },
    contact: { id: 'c1', name: 'Посетитель' },
    conversation: { id: 'v1', number: 1, status: 'open', inbound, outbound: 0 },
    deal: { id: 'd1', pipeline: firstPipeline, stage: 'Неразобранное', open: true, tags: [] },
    message: { text },
  };
}
