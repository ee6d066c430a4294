// What the part `evaluate` runs on: a seeded generator, so that every run and every machine measures the same messages.

/** Numbers from 0 to 1 that look random and are the same every time (a linear congruential generator of 48 bits, upper part used). */
export function seeded(seed) {
  let state = BigInt(seed) + 0x5deece66dn;
  return () => {
    state = (state * 0x5deece66dn + 11n) & 0xffffffffffffn;
    return Number(state >> 16n) / 2 ** 32;
  };
}

export const kinds = ['telegram', 'whatsapp', 'vk', 'avito', 'webchat'];
export const sources = Array.from({ length: 20 }, (_, place) => ({
  name: `Источник ${place + 1}`,
  stage: `Этап ${1 + (place % 7)}`,
  user: `u-${1 + (place % 11)}`,
}));

const common =
  'здравствуйте добрый день подскажите пожалуйста есть ли в наличии сколько будет стоить доставка до города можно забрать завтра после обеда а если нет то когда ещё спасибо большое очень жду ответа нужен размер цвет белый чёрный самовывоз оплата картой при получении вчера писала вам но никто не ответил хочу заказать два комплекта ёлочных игрушек для дома адрес прежний'.split(
    ' ',
  );
const latin = ['iphone', 'ok', 'Samsung', 'max', 'wifi', 'usb', 'order', 'S24'];
const emoji = ['🙂', '👍', '❤️', '🔥', '🙏🏽', '👩‍💻', '🇷🇺'];
const marks = [' ', ' ', ' ', ' ', ' ', ', ', '. ', '? ', '! ', ' — ', '\n'];
const onsets = ['б', 'в', 'гр', 'д', 'ж', 'з', 'кл', 'л', 'м', 'н', 'пр', 'р', 'ст', 'т', 'ф', 'х', 'ц', 'ч', 'ш', 'щ'];
const vowels = ['а', 'е', 'и', 'о', 'у', 'ы', 'э', 'ю', 'я'];

/** So many patterns of the four kinds in turn; the stems hold «йъ», which no other word does, so that hits are made and not met by chance. */
export function makePatterns(count, seed = 3) {
  const random = seeded(seed);
  const stems = new Set();
  while (stems.size < count)
    stems.add(`${syllables(random, 1 + Math.floor(random() * 2))}йъ${syllables(random, 1 + Math.floor(random() * 2))}`);
  return [...stems].map((stem, place) => [stem, `${stem}*`, `*${stem}`, `*${stem}*`][place % 4]);
}

/** A text of `words` words; `hit` is a pattern that it holds somewhere, or undefined. */
export function makeText(random, words, hit) {
  const place = hit === undefined ? -1 : Math.floor(random() * words);
  let text = '';
  for (let at = 0; at < words; at++) {
    if (at > 0) text += pick(random, marks);
    text += at === place ? wordOf(random, hit) : anyWord(random);
  }
  return text;
}

/** A text of exactly `length` characters that holds none of the patterns. */
export function makeLongText(random, length) {
  let text = '';
  while (text.length < length) text += `${makeText(random, 20)} `;
  return text.slice(0, length);
}

/** Phones and user names of people whom nobody wants to hear from, in the spellings that admins write. */
export function makeListed(count, seed = 5) {
  const random = seeded(seed);
  return Array.from({ length: count }, (_, place) => {
    const digits = String(Math.floor(random() * 1e9)).padStart(9, '0');
    return place % 4 === 3
      ? `@spam_${digits}`
      : place % 4 === 1
        ? `8 (9${digits.slice(0, 2)}) ${digits.slice(2, 5)}-${digits.slice(5, 7)}-${digits.slice(7)}`
        : `+79${digits}`;
  });
}

/** Messages as `readEvent` gives them, from JSON as all that comes in: a text put together in memory would be slower to read. */
export function makeEvents(count, { patterns, listed, seed = 7 }) {
  const random = seeded(seed);
  const start = Date.UTC(2026, 2, 2);
  const phones = listed.filter((entry) => !entry.startsWith('@')).map((entry) => entry.replace(/\D/g, '').replace(/^8/, '7'));
  const names = ['Иван', 'Мария', 'Алексей', 'Ольга', 'Пётр', 'Анна', 'Наталья', 'Ёжик в тумане'];
  const events = Array.from({ length: count }, (_, place) => {
    const kind = pick(random, kinds);
    const source = pick(random, sources);
    const phone = random() < 0.02 ? pick(random, phones) : `79${String(Math.floor(random() * 1e9)).padStart(9, '0')}`;
    const now = start + Math.floor(random() * 7 * 86_400) * 1000;
    return {
      type: 'message-received',
      id: `m-${place}`,
      at:
        random() < 0.5
          ? new Date(now).toISOString().replace('.000Z', 'Z')
          : new Date(now + 3 * 3_600_000).toISOString().replace('.000Z', '+03:00'),
      channel: { id: `c-${source.name}`, kind, name: source.name },
      contact: { id: String(100_000 + place), name: pick(random, names), username: `user_${place % 977}`, phone: `+${phone}` },
      conversation: { id: `t-${place % 4001}`, inbound: 1 + (place % 9) },
      message: { id: `x-${place}`, kind: 'text', text: makeMessage(random, patterns) },
    };
  });
  return JSON.parse(JSON.stringify(events));
}

function makeMessage(random, patterns) {
  const share = random();
  if (share < 0.01) return `${pick(random, emoji)}${random() < 0.5 ? ' ' : ''}${pick(random, emoji)}`;
  if (share < 0.03) return String(Math.floor(random() * 12));
  return makeText(random, 3 + Math.floor(random() * random() * 195), random() < 0.25 ? pick(random, patterns) : undefined);
}

function anyWord(random) {
  const share = random();
  if (share < 0.03) return pick(random, latin);
  if (share < 0.06) return String(Math.floor(random() * 100_000));
  if (share < 0.075) return pick(random, emoji);
  const word = share < 0.6 ? pick(random, common) : syllables(random, 1 + Math.floor(random() * 4));
  return share > 0.9 ? word[0].toUpperCase() + word.slice(1) : word;
}

/** A word that the pattern finds, now and then in capitals. */
function wordOf(random, pattern) {
  const word = pattern.replace(/^\*/, () => syllables(random, 1)).replace(/\*$/, () => syllables(random, 1));
  return random() < 0.2 ? word.toUpperCase() : word;
}

function syllables(random, count) {
  let word = '';
  for (let at = 0; at < count; at++) word += pick(random, onsets) + pick(random, vowels);
  return word;
}

function pick(random, list) {
  return list[Math.floor(random() * list.length)];
}
