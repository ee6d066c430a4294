import type { Directory } from '../../../../../api/rule-sets.js';
import { emptySources, readRoutes, toRoutes, writeRoutes } from './routes-table.js';

const directory: Directory = {
  channels: [
    { id: 'c-1', name: 'Бот «Ромашка»', kind: 'telegram', surface: 'direct', account: null },
    { id: 'c-2', name: 'Директ', kind: 'instagram', surface: 'direct', account: null },
  ],
  pipelines: [
    { name: 'Воронка', stages: [{ name: 'Новая', open: true }] },
    { name: 'Ремонт', stages: [{ name: 'Заявка', open: true }] },
  ],
  users: [
    { id: 'u-1', name: 'Ольга' },
    { id: 'u-2', name: 'Анна' },
    { id: 'u-3', name: 'Анна' },
  ],
  ruleSets: [],
  crmConnections: [],
};

function read(text: string) {
  const { pasted } = readRoutes(text, directory);
  if (!pasted) throw new Error('refused');
  return pasted;
}

it('reads rows by their heading, in any order and case, with ids for names', () => {
  const pasted = read('ЭТАП\tканал\tПримечание\tМенеджер\nновая\tбот «ромашка»\tx\tОльга\n\tДирект\t\t');
  expect(pasted.columns).toEqual(['stage', 'channel', 'responsible']);
  expect(pasted.skipped).toEqual(['Примечание']);
  expect(toRoutes(pasted, new Map())).toEqual([
    { when: { channel: 'c-1' }, stage: 'Новая', responsible: 'u-1' },
    { when: { channel: 'c-2' } },
  ]);
});

it('reads rows without a heading in the order of the table', () => {
  const pasted = read('\ttelegram\tкомментарии\tРемонт\tЗаявка\t\tсрочно, ремонт');
  expect(toRoutes(pasted, new Map())).toEqual([
    { when: { kind: 'telegram', surface: 'comments' }, pipeline: 'Ремонт', stage: 'Заявка', tags: 'срочно, ремонт' },
  ]);
  expect(read('a\tb\tc\td\te\tf\tg\tлишнее').skipped).toEqual(['8']);
});

it('names what the account lacks by row and column, once for the same value, and takes nothing before it is decided', () => {
  const pasted = read('Канал\tОтветственный\tВоронка\tЭтап\nДиректр\tОльга\tРемонт\tНовая\n\nдиректр\tАнна\t\tНовая');
  expect(pasted.unknown.map(({ rows, column, value }) => ({ rows, column, value }))).toEqual([
    { rows: [2, 4], column: 'channel', value: 'Директр' },
    { rows: [2], column: 'stage', value: 'Новая' },
    { rows: [4], column: 'responsible', value: 'Анна' },
  ]);
  expect(pasted.unknown[1]?.options).toEqual([{ value: 'Заявка', label: 'Заявка' }]);
  expect(toRoutes(pasted, new Map())).toBeUndefined();
  const [channel, stage, person] = pasted.unknown.map(({ key }) => key);
  const decided = new Map([
    [channel ?? '', 'c-2'],
    [stage ?? '', ''],
    [person ?? '', 'u-3'],
  ]);
  expect(toRoutes(pasted, decided)).toEqual([
    { when: { channel: 'c-2' }, pipeline: 'Ремонт', responsible: 'u-1' },
    { when: { channel: 'c-2' }, stage: 'Новая', responsible: 'u-3' },
  ]);
});

it('says which row would fit everything', () => {
  const pasted = read('Канал\tТеги\n\tвсе\nДиректр\tx\nДирект\ty');
  const routes = toRoutes(pasted, new Map(pasted.unknown.map(({ key }) => [key, '']))) ?? [];
  expect(emptySources(pasted, routes)).toEqual([2, 3]);
});

it.each([
  ['', { kind: 'nothing' }],
  ['Канал\tЭтап', { kind: 'nothing' }],
  ['Директ\t"x', { kind: 'unclosed', row: 1 }],
  ['Директ\n'.repeat(1001), { kind: 'too-many' }],
])('refuses %#', (text, refusal) => {
  expect(readRoutes(text, directory)).toEqual({ refusal });
});

it('copies what it can paste again', () => {
  const rows = [
    { when: { channel: 'c-1' }, pipeline: 'Воронка', stage: 'Новая', responsible: 'u-1' },
    { when: { kind: 'instagram', surface: 'comments' }, tags: 'a "b"\nc' },
  ];
  const names = {
    channel: 'Канал',
    kind: 'Вид',
    surface: 'Где пишут',
    pipeline: 'Воронка',
    stage: 'Этап',
    responsible: 'Ответственный',
    tags: 'Теги',
    direct: 'Директ',
    comments: 'Комментарии',
  };
  const text = writeRoutes(rows, directory, (name) => names[name]);
  expect(text.split('\n')[1]).toBe('Бот «Ромашка»\t\t\tВоронка\tНовая\tОльга\t');
  expect(toRoutes(read(text), new Map())).toEqual(rows);
});
