import { emptyDirectory } from './widget.js';
import { choicesOf, chosenValue, fieldName, offeredFields } from './field-choices.js';

const directory = {
  ...emptyDirectory,
  users: [{ id: '0190a0a0-0000-7000-8000-000000000001', name: 'Ольга Смирнова' }],
  pipelines: [
    {
      name: 'Воронка',
      stages: [
        { name: 'Новая', open: true },
        { name: 'Закрыта', open: false },
      ],
    },
    { name: 'Опт', stages: [{ name: 'Новая', open: true }] },
  ],
};

it('offers the company’s own names, each once', () => {
  expect(choicesOf('deal.stage', directory, 'ru')?.map(({ label }) => label)).toEqual(['Новая', 'Закрыта']);
  expect(choicesOf('deal.responsible', directory, 'ru')).toEqual([{ value: directory.users[0]?.id, label: 'Ольга Смирнова' }]);
});

it('offers known values by their names, and takes yes and no for what they are', () => {
  expect(choicesOf('message.kind', directory, 'en')).toContainEqual({ value: 'voice', label: 'Voice' });
  expect(choicesOf('deal.open', directory, 'ru')).toEqual([
    { value: 'true', label: 'да' },
    { value: 'false', label: 'нет' },
  ]);
  expect(chosenValue('deal.open', 'false')).toBe(false);
  expect(chosenValue('deal.stage', 'Новая')).toBe('Новая');
});

it('leaves other fields to be written', () => {
  expect(choicesOf('message.text', directory, 'ru')).toBeUndefined();
  expect(choicesOf('vars.size', directory, 'ru')).toBeUndefined();
});

it('has a name for each field that it offers', () => {
  for (const path of Object.values(offeredFields).flat()) {
    expect(fieldName(path, 'ru')).toMatch(/^[А-Я]/);
    expect(fieldName(path, 'en')).toMatch(/^[A-Z]/);
  }
  expect(fieldName('vars.size', 'ru')).toBe('vars.size');
});
