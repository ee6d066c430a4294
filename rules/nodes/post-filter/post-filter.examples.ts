import type { Example } from '../../node-type.js';
import type { Settings } from './post-filter.js';

const under = (post: { id?: string; url?: string }) => ({
  type: 'message-received' as const,
  message: { kind: 'comment' as const, text: 'Сколько стоит?', post },
});

export const examples: Example<Settings>[] = [
  {
    title: { ru: 'Косая черта на конце ссылки не важна', en: 'A slash at the end of a link does not matter' },
    settings: { list: ['https://www.instagram.com/p/BcTplj6jxrh'] },
    event: under({ url: 'https://www.instagram.com/p/BcTplj6jxrh/' }),
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Метки переходов в ссылке не важны', en: 'Tracking parameters in a link do not matter' },
    settings: { mode: 'allow', list: ['instagram.com/p/BcTplj6jxrh/?igsh=abc&utm_source=ig'] },
    event: under({ id: '17895695668004550', url: 'https://m.instagram.com/p/BcTplj6jxrh/' }),
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Регистр в ID поста важен', en: 'Letter case matters in a post’s id' },
    settings: { list: ['https://www.instagram.com/p/bctplj6jxrh'] },
    event: under({ url: 'https://www.instagram.com/p/BcTplj6jxrh/' }),
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'ID поста ВКонтакте — число после подчёркивания', en: 'A VK post’s id is the number after the underscore' },
    settings: { list: ['113'] },
    event: under({ url: 'https://vk.com/club216294501?w=wall-216294501_113' }),
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Ссылка ВКонтакте и событие, в котором только ID', en: 'A VK link and an event with an id alone' },
    settings: { list: ['https://vk.com/wall-216294501_113'] },
    event: under({ id: '113' }),
    expect: { port: 'filtered' },
  },
  {
    title: { ru: 'Черный список не касается других постов', en: 'A block list leaves other posts alone' },
    settings: { list: ['212', '331'] },
    event: under({ id: '113' }),
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Вторая ссылка рекламного поста — другой пост', en: 'The second link of a promoted post is another post' },
    settings: { list: ['https://www.instagram.com/p/BcTplj6jxrh/'] },
    event: under({ url: 'https://www.instagram.com/p/CdUqmk7kysi/' }),
    expect: { port: 'pass' },
  },
  {
    title: { ru: 'Сообщение без поста проходит', en: 'A message without a post passes' },
    settings: { mode: 'allow', list: ['113'] },
    event: { type: 'message-received', message: { text: 'Привет' } },
    expect: { port: 'pass' },
  },
];
