import { toFields, toFormValues, toSettings } from './form-fields.js';

const label = { ru: 'Токен', en: 'Token' };
const form = {
  type: 'object',
  properties: {
    token: { type: 'string', label, help: { ru: 'Из BotFather', en: 'From BotFather' }, secret: true },
    mode: { type: 'string', enum: ['polling', 'webhook'], default: 'polling', options: { polling: { ru: 'Опрос', en: 'Polling' } } },
    greeting: { type: 'string', maxLength: 500, default: 'Здравствуйте' },
    deliverUrl: { type: 'string', maxLength: 2000 },
    origins: { type: 'array', items: { type: 'string' }, default: [] },
    limit: { type: 'integer', minimum: 1, maximum: 30, default: 5 },
    quiet: { type: 'boolean', default: true },
  },
  required: ['token', 'deliverUrl'],
};
const fields = toFields(form, 'ru');

test('each setting becomes the input that suits it', () => {
  expect(fields.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'token secret',
    'mode choice',
    'greeting long-text',
    'deliverUrl text',
    'origins lines',
    'limit number',
    'quiet switch',
  ]);
  expect(fields[0]).toEqual({ name: 'token', kind: 'secret', label: 'Токен', help: 'Из BotFather', isRequired: true, initial: '' });
  expect(fields[1]?.options).toEqual([
    { value: 'polling', label: 'Опрос' },
    { value: 'webhook', label: 'webhook' },
  ]);
  expect(toFields(form, 'en')[0]?.label).toBe('Token');
});

test('a new form shows the defaults, a saved channel its settings and no secret', () => {
  expect(toFormValues(fields, {})).toEqual({
    token: '',
    mode: 'polling',
    greeting: 'Здравствуйте',
    deliverUrl: '',
    origins: '',
    limit: '5',
    quiet: true,
  });
  expect(toFormValues(fields, { mode: 'webhook', origins: ['https://a.ru', 'https://b.ru'], quiet: false, greeting: '' })).toMatchObject({
    token: '',
    mode: 'webhook',
    origins: 'https://a.ru\nhttps://b.ru',
    quiet: false,
    greeting: '',
  });
});

test('what is sent has the types of the schema', () => {
  const values = {
    token: ' 1:A ',
    mode: 'webhook',
    greeting: 'Да',
    deliverUrl: '',
    origins: ' https://a.ru \n\n',
    limit: '7',
    quiet: false,
  };
  expect(toSettings(fields, values)).toEqual({
    token: '1:A',
    mode: 'webhook',
    greeting: 'Да',
    origins: ['https://a.ru'],
    limit: 7,
    quiet: false,
  });
});

test('an emptied setting is cleared, an empty secret stays as it was', () => {
  const before = { greeting: 'Да', deliverUrl: 'https://a.ru' };
  expect(toSettings(fields, { token: '', greeting: '', deliverUrl: '', origins: '', quiet: true }, before)).toEqual({
    greeting: '',
    deliverUrl: '',
    origins: [],
    quiet: true,
  });
});

test('an emptied default is cleared in a new channel too, and an emptied number is taken away', () => {
  expect(toSettings(fields, { greeting: '', limit: '' })).toEqual({ greeting: '' });
  expect(toSettings(fields, { limit: '' }, { limit: 3 })).toMatchObject({ limit: null });
});

test('what is no form has no inputs', () => {
  expect(toFields({ properties: 3 }, 'ru')).toEqual([]);
});
