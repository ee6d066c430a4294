import { backtestRu } from '../texts/backtest-ru.js';
import { outcomeWords } from './outcome-words.js';

const t = (key: string, values: Record<string, unknown> = {}) => {
  const found = key.split('.').reduce<unknown>((tree, part) => (typeof tree === 'object' && tree ? Reflect.get(tree, part) : undefined), {
    ...backtestRu,
    run: { status: { passed: 'Прошло', filtered: 'Отфильтровано', error: 'Ошибка' } },
  });
  return typeof found === 'string' ? found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name])) : key;
};

it.each([
  ['-send-message', 'исчезает: ответ клиенту'],
  ['+add-tags', 'появляется: теги'],
  ['~set-stage', 'меняется: этап сделки'],
  ['passed → filtered', 'Прошло → Отфильтровано'],
  ['what is this', 'what is this'],
])('%s is told as «%s»', (change, expected) => {
  expect(outcomeWords(change, t)).toBe(expected);
});
