import type { Example } from '../../node-type.js';
import type { Settings } from './contact-filter.js';

const list = ['79996665544', 'Cat_Darya', 'https://www.instagram.com/dh_test/'];

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Телефон узнаётся в любой записи', en: 'A phone is recognised in any spelling' },
    settings: { list },
    event: { type: 'message-received', message: { text: 'Привет' }, contact: { phone: '+7 999 666-55-44' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Восьмёрка вместо семёрки — тот же номер', en: 'An eight instead of a seven is the same number' },
    settings: { list: ['8 (999) 666-55-44'] },
    event: { type: 'message-received', message: { text: 'Привет' }, contact: { phone: '79996665544' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Логин узнаётся без учёта регистра', en: 'A user name is recognised whatever its case' },
    settings: { list },
    event: { type: 'message-received', message: { text: 'Привет' }, contact: { username: 'cat_darya' }, channel: { kind: 'telegram' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Ссылка на профиль называет логин', en: 'A profile link names the user name' },
    settings: { list: ['https://t.me/Cat_Darya'] },
    event: { type: 'message-received', message: { text: 'Привет' }, contact: { username: '@Cat_Darya' }, channel: { kind: 'telegram' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Ссылка другой сети — другой человек', en: 'A link of another network is another person' },
    settings: { list },
    event: { type: 'message-received', message: { text: 'Привет' }, contact: { username: 'dh_test' }, channel: { kind: 'telegram' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Белый список пропускает только своих', en: 'An allow list passes only its own' },
    settings: { mode: 'allow', list },
    event: { type: 'message-received', message: { text: 'Привет' }, contact: { id: '787132', username: 'stranger' } },
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'ID страницы ВКонтакте', en: 'The id of a VK page' },
    settings: { mode: 'allow', list: ['vk.com/id423368400'] },
    event: { type: 'message-received', message: { text: 'Привет' }, contact: { id: '423368400' }, channel: { kind: 'vk' } },
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Пустой список пропускает всех', en: 'An empty list passes everybody' },
    settings: { mode: 'allow', list: [] },
    event: { type: 'message-received', message: { text: 'Привет' }, contact: { id: '1' } },
    expect: { port: 'pass' },
  },
];
