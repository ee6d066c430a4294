import { exportReason, stepName } from './step-name.js';

const step = { node: 'f1', typeTitle: { ru: 'Фильтр по словам', en: 'Word filter' } };

it('calls a step by the admin’s name, else by its kind in the reader’s language, else by its id', () => {
  expect(stepName({ ...step, title: 'Без рекламы' }, 'en')).toBe('Без рекламы');
  expect(stepName(step, 'en')).toBe('Word filter');
  expect(stepName({ node: 'f1' }, 'ru')).toBe('f1');
});

it('spells the reason of an export by the step that it is, and leaves any other reason as it is', () => {
  expect(exportReason('f1', step, 'ru')).toBe('Фильтр по словам');
  expect(exportReason('Нет такого этапа', step, 'ru')).toBe('Нет такого этапа');
  expect(exportReason('f1', null, 'ru')).toBe('f1');
});
