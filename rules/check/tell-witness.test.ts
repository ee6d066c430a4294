import { tellWitness } from './tell-witness.js';

const event = { type: 'message-received', id: 'e', at: '2026-03-01T21:00:00Z' } as const;

it('says when by the clock of the graph', () => {
  expect(tellWitness(event, 'Europe/Moscow')).toEqual({
    ru: 'сообщение клиента, 02.03.2026 (пн) 00:00, Москва',
    en: 'a client’s message, 02.03.2026 (Mon) 00:00, Moscow',
  });
});

it('says the rest by the names of fields and values, and no ids', () => {
  const message = { id: 'm1', text: 'Сколько {{стоит}}?', kind: 'voice' } as const;
  const told = tellWitness(
    {
      ...event,
      message,
      conversation: { id: 'c1', inbound: 1 },
      deal: { id: 'd', open: false, tags: ['VIP', 'опт'] },
      channel: { kind: 'vk' },
    },
    'Europe/Moscow',
  );
  expect(told.ru).toBe(
    'сообщение клиента «Сколько {{стоит}}?», 02.03.2026 (пн) 00:00, Москва; вид сообщения: Голосовое; сообщений от клиента в беседе: 1; сделка открыта: нет; теги сделки: VIP, опт; вид канала: ВКонтакте',
  );
});

it('shows what has no name as it is written', () => {
  expect(tellWitness({ ...event, contact: { shoe: { size: 41 } } }, 'UTC').en).toBe(
    'a client’s message, 01.03.2026 (Sun) 21:00, UTC; contact.shoe: {"size":41}',
  );
});
