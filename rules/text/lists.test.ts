import { groupList, isGroup, type NamedChat } from './group-list.js';
import { isPost, postList, type NamedPost } from './post-list.js';

it.each<[string, NamedChat, string | undefined, boolean]>([
  ['kotiki', { name: 'Kotiki' }, 'telegram', true],
  ['@kotiki', { name: 'kotiki' }, 'telegram', true],
  ['kotiki', { name: '@kotiki' }, 'telegram', true],
  ['kotiki', { name: 'kotiki2' }, 'telegram', false],
  ['Котики', { name: 'kotiki', title: 'КОТИКИ' }, 'telegram', true],
  ['t.me/kotiki', { name: 'kotiki' }, 'telegram', true],
  ['https://t.me/s/kotiki?before=1', { name: 'kotiki' }, 'telegram', true],
  ['t.me/kotiki/123', { name: 'kotiki' }, 'telegram', true],
  ['https://t.me/kotiki', { name: 'kotiki' }, 'vk', false],
  ['https://t.me/kotiki', { name: 'kotiki' }, undefined, true],
  ['https://t.me/kotiki', { title: 'kotiki' }, 'telegram', false],
  ['kotiki', { name: 'https://t.me/kotiki' }, 'telegram', true],
  ['-1001234567890', { id: '-1001234567890' }, 'telegram', true],
  ['1234567890', { id: '-1001234567890' }, 'telegram', true],
  ['https://vk.com/club216294501', { id: '216294501' }, 'vk', true],
  ['vk.com/public216294501', { id: '-216294501' }, 'vk', true],
  ['vk.com/kotiki', { name: 'kotiki' }, 'vk', true],
  ['120363041234567890@g.us', { id: '120363041234567890@g.us' }, 'whatsapp', true],
  ['120363041234567890', { id: '120363041234567890@g.us' }, 'whatsapp', true],
  ['https://chat.whatsapp.com/AbCdEf', { id: 'AbCdEf' }, 'whatsapp', true],
  ['Совет дома', { title: ' совет\u00a0 дома\u200b' }, 'whatsapp', true],
  ['Совет дома', { title: 'Совет домов' }, 'whatsapp', false],
  ['Скидки/акции', { title: 'скидки/акции' }, 'whatsapp', true],
  ['kotiki', {}, 'telegram', false],
])('the group %s and %j on %s: %s', (entry, chat, kind, expected) => {
  expect(groupList(['nobody', entry])(chat, kind)).toBe(expected ? entry : undefined);
});

it('knows lines that name no group', () => {
  expect(['', ' ', '@', 'https://t.me/', 'https://t.me/s/'].some(isGroup)).toBe(false);
  expect(['kotiki', 'Совет дома', 't.me/kotiki', '-100123456789'].every(isGroup)).toBe(true);
});

it.each<[string, NamedPost, boolean]>([
  ['113', { id: '113' }, true],
  ['113', { id: '1130' }, false],
  ['AbC', { id: 'abc' }, false],
  ['https://www.instagram.com/p/BcTplj6jxrh', { url: 'https://instagram.com/p/BcTplj6jxrh/' }, true],
  ['https://www.instagram.com/p/BcTplj6jxrh/', { url: 'https://www.instagram.com/reel/BcTplj6jxrh/?igsh=x' }, true],
  ['https://www.instagram.com/anna/p/BcTplj6jxrh/', { url: 'https://www.instagram.com/p/BcTplj6jxrh/' }, true],
  ['https://www.instagram.com/p/BcTplj6jxrh/', { url: 'https://www.instagram.com/p/bCTplj6jxrh/' }, false],
  ['BcTplj6jxrh', { url: 'https://www.instagram.com/p/BcTplj6jxrh/' }, true],
  ['HTTP://INSTAGRAM.COM/p/BcTplj6jxrh#c', { url: 'https://m.instagram.com/p/BcTplj6jxrh' }, true],
  ['https://vk.com/club216294501?w=wall-216294501_113', { id: '113' }, true],
  ['https://vk.com/club216294501?w=wall-216294501_113', { url: 'https://m.vk.com/wall-216294501_113?reply=115' }, true],
  ['https://vk.com/wall-216294501_113', { url: 'https://vk.com/wall-216294501_1131' }, false],
  ['https://vk.com/wall-1_113', { url: 'https://vk.com/wall-2_113' }, false],
  ['113', { id: '-216294501_113' }, true],
  ['-216294501_113', { id: '113', url: 'https://vk.com/wall-216294501_113' }, true],
  ['wall-216294501_113', { url: 'https://vk.ru/wall-216294501_113' }, true],
  ['https://vk.com/wall-1_113', { id: '113', url: 'https://vk.com/wall-2_113' }, false],
  ['https://t.me/Mebel/77', { url: 'https://t.me/s/mebel/77?single' }, true],
  ['https://t.me/mebel/77', { url: 'https://t.me/mebel/78' }, false],
  ['https://www.facebook.com/shop/posts/pfbid0A?ref=x', { url: 'https://m.facebook.com/shop/posts/pfbid0A/' }, true],
  ['https://www.facebook.com/permalink.php?story_fbid=1&id=2', { url: 'facebook.com/permalink.php?id=2&story_fbid=1&utm_source=x' }, true],
  ['https://www.facebook.com/permalink.php?story_fbid=1&id=2', { url: 'facebook.com/permalink.php?id=2&story_fbid=3' }, false],
])('the post %s and %j: %s', (entry, post, expected) => {
  expect(postList(['0', entry])(post)).toBe(expected ? entry : undefined);
});

it('knows lines that name no post', () => {
  expect(['', ' ', 'https://www.instagram.com/', '\u200b'].some(isPost)).toBe(false);
  expect(['113', 'BcTplj6jxrh', 'vk.com/wall-1_2'].every(isPost)).toBe(true);
});
