import type { RuleEvent } from '../event.js';
import { isOnlyEmoji } from './emoji.js';
import { foldCase, mayFoldTo } from './fold-case.js';
import { hashTexts } from './hash.js';
import { identityList, isIdentity } from './identity.js';
import { normalizeText, withoutMentions } from './normalize.js';
import { parseTemplate, unknownSubstitutions } from './template.js';

it.each([
  ['е\u0301', 'е'],
  ['ѐ', 'е'],
  ['Ѝ', 'И'],
  ['й\u0301', 'й'],
  ['е\u0301\u0308', 'ё'],
  ['é', 'é'],
  ['e\u0301', 'é'],
  ['а\u00adб\u200bв\ufe0f', 'абв'],
  ['и\u200d\u0306', 'й'],
  ['Ａ①', 'A1'],
  ['가', '가'],
])('normalises %j to %j', (text, expected) => {
  expect(normalizeText(text)).toBe(expected);
});

it('cuts mentions and leaves addresses', () => {
  expect(withoutMentions('@i2crm, a@b.ru @a.b.c. @@x @ y')).toBe(' , a@b.ru  . @  @ y');
});

it('compares texts whatever their case', () => {
  for (const [one, other] of [
    ['ОДОС', 'одос'],
    ['ΟΔΟΣ', 'οδος'],
    ['İstanbul', 'istanbul'],
    ['Straße', 'STRASSE'],
    ['и\u0306', 'Й'],
  ] as const) {
    expect(foldCase(one)).toBe(foldCase(other));
  }
  expect(foldCase('и')).not.toBe(foldCase('й'));
});

it('folds the usual letters the short way as any others', () => {
  // A letter that is no part of the short way makes the whole text go the long one; here it is cut off again.
  const byTheLongWay = (text: string) => foldCase(`${text} ψ`).slice(0, -2);
  for (let unit = 0; unit < 0xd800; unit++) {
    const letter = String.fromCharCode(unit);
    for (const text of [letter, `а${letter}`, `${letter}И`]) if (foldCase(text) !== byTheLongWay(text)) expect(`${unit}: ${text}`).toBe('');
  }
  for (let codePoint = 0x10000; codePoint < 0x30000; codePoint++) {
    const letter = String.fromCodePoint(codePoint);
    if (foldCase(`${letter}Э`) !== byTheLongWay(`${letter}Э`)) expect(codePoint).toBe('');
  }
  expect(foldCase('«Ёлка» — 5 ШТ. №2, WiFi…')).toBe('«ёлка» — 5 шт. №2, wifi…');
  expect(foldCase('🎉 СКИДКА 20 ₽ 👩‍💻 5️⃣')).toBe('🎉 скидка 20 ₽ 👩‍💻 5️⃣');
});

it('knows that no folding makes a text shorter than a quarter', () => {
  for (let codePoint = 0; codePoint < 0x30000; codePoint++) {
    const composed = String.fromCodePoint(codePoint);
    for (const form of ['NFD', 'NFC'] as const) {
      const text = composed.normalize(form).repeat(3);
      if (!mayFoldTo(text.length, foldCase(text).length)) expect(`${codePoint} ${form}`).toBe('');
    }
  }
  expect(mayFoldTo('α\u0313\u0300\u0345'.length, foldCase('ᾂ').length)).toBe(true);
  expect(mayFoldTo(9, 2)).toBe(false);
});

it.each(['😊', '❤', '❤️', '👍🏽', '👨‍👩‍👧', '🕵‍♂️', '🇷🇺', '5️⃣', '#⃣', '🏴󠁧󠁢󠁥󠁮󠁧󠁿', '😀 \n 😀', '🏽', '☎', '©'])('%s is nothing but emoji', (text) => {
  expect(isOnlyEmoji(text)).toBe(true);
});

it.each(['', '  ', '5', '#', '*', 'ок 😊', '😊.', '🇷', ':)', '\ufe0f', '…'])('%j is not only emoji', (text) => {
  expect(isOnlyEmoji(text)).toBe(false);
});

it('takes for emoji exactly the characters that Unicode calls pictographs', () => {
  for (let codePoint = 0; codePoint < 0x20000; codePoint++) {
    const sign = String.fromCodePoint(codePoint);
    if (isOnlyEmoji(sign) !== /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier})$/u.test(sign)) expect(codePoint).toBe('');
  }
});

it('reads 64 KB of emoji at once', () => {
  expect(isOnlyEmoji(`${'👨‍👩‍👧'.repeat(8000)}x`)).toBe(false);
});

describe('a template', () => {
  const event: RuleEvent = { type: 'message-received', id: 'e1', at: '2026-03-02T20:10:00Z', contact: { name: 'Иван, %NAME% {{x;y}}' } };
  const place = (over: Partial<RuleEvent> = {}) => ({
    event: { ...event, ...over },
    now: Date.parse(event.at),
    timezone: 'Europe/Moscow',
    nodeId: 'n',
  });

  it('chooses every variant about as often, each place by itself', () => {
    const template = parseTemplate('{{a;b;c}}{{a;b;c}}');
    const counts = new Map<string, number>();
    for (let number = 0; number < 9000; number++) {
      const text = template.toText(place({ id: `e${number}` }));
      counts.set(text, (counts.get(text) ?? 0) + 1);
    }
    expect(counts.size).toBe(9);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('takes variants as written, empty ones too, and nests none', () => {
    expect(
      ['{{ a }}', '{{}}', '{{a', 'a}}', '{{a}}}', '%{{NAME}}%'].map((text) =>
        parseTemplate(text).toText(place({ contact: { name: 'Анна' } })),
      ),
    ).toEqual([' a ', '', '{{a', 'a}}', 'a}', 'Анна']);
    expect(['a}}', '{{b}}']).toContain(parseTemplate('{{a;{{b}}}}').toText(place()));
  });

  it('interprets nothing that a client wrote', () => {
    expect(parseTemplate('%NAME%!').toText(place())).toBe('Иван, %NAME% {{x;y}}!');
    expect(parseTemplate('клиент %NAME%, {{чат;чат}}').toTags(place())).toEqual(['клиент Иван, %NAME% {{x;y}}', 'чат']);
    expect(parseTemplate('$& %NAME%').toText(place({ contact: { name: '$1 $&' } }))).toBe('$& $1 $&');
  });

  it('drops empty tags and trims what a missing value leaves', () => {
    expect(parseTemplate('клиент %PHONE%,%PHONE%, ,x,x').toTags(place())).toEqual(['клиент', 'x']);
  });

  it('knows channel names', () => {
    const channel = (kind: string, surface?: 'comments' | 'direct') =>
      parseTemplate('%DOMAIN%/%CHANNEL%').toText(place({ channel: { kind, surface } }));
    expect([
      channel('instagram'),
      channel('instagram', 'comments'),
      channel('vk', 'direct'),
      channel('webchat'),
      channel('webhook'),
    ]).toEqual(['Instagram/Директ', 'Instagram/Комментарии', 'ВКонтакте/ВКонтакте', 'Web/Web', 'webhook/webhook']);
  });

  it('lists what no substitution is called', () => {
    expect(unknownSubstitutions('%NAME% %FOO% %name% %ИМЯ% 50% и 70% %FOO%%DATE%')).toEqual(['%FOO%', '%name%', '%ИМЯ%']);
    expect(parseTemplate('%FOO%NAME%').toText(place({ contact: { name: 'А' } }))).toBe('%FOOА');
  });
});

it('spreads hashes of neighbouring texts', () => {
  expect(new Set(Array.from({ length: 10_000 }, (_, number) => hashTexts('e', String(number)) % 65_536)).size).toBeGreaterThan(9000);
  expect(hashTexts('ab', 'c')).not.toBe(hashTexts('a', 'bc'));
});

it.each([
  ['79996665544', { phone: '+7 999 666-55-44' }, 'telegram', true],
  ['8 999 666 55 44', { phone: '79996665544' }, 'whatsapp', true],
  ['+7 (999) 666-55-44', { phone: '89996665544' }, undefined, true],
  ['+81 3 1234 5678', { phone: '71312345678' }, undefined, false],
  ['79996665544', { id: '79996665544@c.us' }, 'whatsapp', true],
  ['https://wa.me/79996665544', { phone: '79996665544' }, 'whatsapp', true],
  ['https://t.me/+79996665544', { phone: '79996665544' }, 'telegram', true],
  ['https://t.me/Cat_Darya', { username: 'cat_darya' }, 'telegram', true],
  ['@Cat_Darya', { username: 'Cat_Darya' }, 'telegram', true],
  ['Cat_Darya', { username: 'https://t.me/cat_darya' }, 'telegram', true],
  ['t.me/cat_darya?start=1', { username: 'cat_darya' }, 'telegram', true],
  ['https://t.me/Cat_Darya', { username: 'cat_darya' }, 'instagram', false],
  ['instagram.com/dh_test/', { username: 'dh_test' }, 'instagram', true],
  ['https://www.instagram.com/dh_test?hl=ru', { username: 'dh_test' }, undefined, true],
  ['https://www.facebook.com/profile.php?id=100000123456789', { id: '100000123456789' }, 'facebook', true],
  ['https://m.vk.com/id423368400', { id: '423368400' }, 'vk', true],
  ['id423368400', { id: '423368400' }, 'vk', true],
  ['787132', { id: '787132' }, 'instagram', true],
  ['787132', { id: '7871320' }, 'instagram', false],
  ['anna.k', { username: 'anna.k' }, 'instagram', true],
])('the entry %s and %j on %s: %s', (entry, contact, kind, expected) => {
  expect(identityList(['nobody', entry])(contact, kind)).toBe(expected ? entry : undefined);
});

it('knows lines that name nobody', () => {
  expect(['', '  ', '@', 'https://t.me/', 'https://www.facebook.com/profile.php'].some(isIdentity)).toBe(false);
});
