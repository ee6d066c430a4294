import type { TFunction } from 'i18next';
import { ApiProblem, UnexpectedAnswer } from '../api-client.js';
import { toFieldErrors, toProblemText } from './problem-text.js';

const t = ((key: string) => key) as unknown as TFunction;

test('errors stand under the fields that the server names, in the reader’s language', () => {
  const thrown = new ApiProblem(422, {
    title: 'Проверьте введённое',
    errors: [
      { path: 'settings.deliverUrl', detail: 'Нужен адрес http(s) / An http(s) address is needed' },
      { path: 'stages[1].name', detail: 'Too small: expected string to have >=1 characters' },
      { path: 'note', detail: 'either a / b' },
    ],
  });
  expect(toFieldErrors(thrown, 'en')).toEqual({
    'settings.deliverUrl': 'An http(s) address is needed',
    'stages.1.name': 'Too small: expected string to have >=1 characters',
    note: 'either a / b',
  });
  expect(toFieldErrors(thrown, 'ru')['settings.deliverUrl']).toBe('Нужен адрес http(s)');
  expect(toFieldErrors(new Error('x'), 'ru')).toEqual({});
});

test.each([
  [new ApiProblem(0, {}), 'ui:problem.offline'],
  [new ApiProblem(403, { title: 'Недостаточно прав' }), 'ui:problem.forbidden'],
  [new ApiProblem(502, {}), 'ui:problem.broken'],
  [new ApiProblem(409, { title: 'Этап занят', detail: 'В нём 3 сделки' }), 'Этап занят. В нём 3 сделки'],
  [new ApiProblem(409, {}), 'ui:problem.other'],
  [new ApiProblem(422, { errors: [{ path: 'name', detail: 'пусто' }] }), 'ui:problem.fields'],
  [new UnexpectedAnswer('/api/x', null), 'ui:problem.shape'],
])('%s', (thrown, text) => expect(toProblemText(thrown, t)).toBe(text));
