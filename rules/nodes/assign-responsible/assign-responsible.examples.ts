import type { Example } from '../../node-type.js';
import type { Settings } from './assign-responsible.js';

const event = { type: 'message-received' as const, message: { text: 'Привет' } };

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Один сотрудник', en: 'One user' },
    settings: { user: 'anna' },
    event,
    expect: { port: 'next', effects: [{ type: 'assign-responsible', user: 'anna' }] },
  },
  {
    title: { ru: 'По очереди: первый ход — у первого', en: 'In turn: the first takes the first turn' },
    settings: { mode: 'round-robin', users: ['anna', 'boris', 'vera'] },
    event,
    expect: { port: 'next', effects: [{ type: 'assign-responsible', user: 'anna' }] },
  },
  {
    title: { ru: 'По очереди: после четырёх ходов — второй', en: 'In turn: after four turns it is the second' },
    settings: { mode: 'round-robin', users: ['anna', 'boris', 'vera'] },
    event,
    memory: { turns: { 'example/node': 4 } },
    expect: { port: 'next', effects: [{ type: 'assign-responsible', user: 'boris' }] },
  },
  {
    title: { ru: 'У кого меньше открытых сделок', en: 'Who has the fewest open deals' },
    settings: { mode: 'least-loaded', users: ['anna', 'boris', 'vera'] },
    event,
    memory: { loads: { anna: 4, boris: 1, vera: 2 } },
    expect: { port: 'next', effects: [{ type: 'assign-responsible', user: 'boris' }] },
  },
  {
    title: { ru: 'Поровну: первый по списку', en: 'As many: the first as listed' },
    settings: { mode: 'least-loaded', users: ['vera', 'anna', 'boris'] },
    event,
    memory: { loads: { anna: 1, vera: 1, boris: 3 } },
    expect: { port: 'next', effects: [{ type: 'assign-responsible', user: 'vera' }] },
  },
  {
    title: { ru: 'Прежний ответственный остаётся', en: 'The present one stays' },
    settings: { mode: 'keep', user: 'anna' },
    event: { ...event, deal: { id: 'd1', responsible: 'boris' } },
    expect: { port: 'next', effects: [] },
  },
  {
    title: { ru: 'Прежнего нет: назначается сотрудник', en: 'There is none: the user is assigned' },
    settings: { mode: 'keep', user: 'anna' },
    event: { ...event, deal: { id: 'd1' } },
    expect: { port: 'next', effects: [{ type: 'assign-responsible', user: 'anna' }] },
  },
  {
    title: { ru: 'Сотрудник не выбран', en: 'No user is chosen' },
    settings: {},
    event,
    expect: { port: 'error', effects: [] },
  },
];
