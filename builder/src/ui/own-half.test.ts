import { ownHalf } from './own-half.js';

test.each([
  ['Нужен адрес http(s) / An http(s) address is needed', 'Нужен адрес http(s)', 'An http(s) address is needed'],
  [
    'Telegram отклонил запрос / Telegram refused the request (getMe: Forbidden: bot / channel)',
    'Telegram отклонил запрос (getMe: Forbidden: bot / channel)',
    'Telegram refused the request (getMe: Forbidden: bot / channel)',
  ],
  [
    'Telegram отклонил запрос / Telegram refused the request (sendMessage: чат закрыт)',
    'Telegram отклонил запрос (sendMessage: чат закрыт)',
    'Telegram refused the request (sendMessage: чат закрыт)',
  ],
  [
    'api.example.test недоступен: ENOTFOUND / api.example.test is out of reach: ENOTFOUND',
    'api.example.test недоступен: ENOTFOUND',
    'api.example.test is out of reach: ENOTFOUND',
  ],
])('%s is read in one language', (text, ru, en) => {
  expect([ownHalf(text, 'ru'), ownHalf(text, 'en')]).toEqual([ru, en]);
});

test.each(['either a / b', 'звонок / письмо', 'Too small: expected string to have >=1 characters', ''])(
  '«%s» is no pair and stays whole',
  (text) => {
    expect([ownHalf(text, 'ru'), ownHalf(text, 'en')]).toEqual([text, text]);
  },
);
