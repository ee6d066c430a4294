// The peer of the part `evaluate`: the same rules as a programmer would write them by hand, with no graph, no trace and no checks.
import { sources } from './corpus.mjs';

/** Event in; the node that filtered it and the effects out. `patterns` as admins write them, `listed` phones and user names. */
export function handWritten({ patterns, listed }) {
  const hits = handWrittenWords(patterns);
  const phones = new Set();
  const usernames = new Set();
  for (const entry of listed) {
    if (entry.startsWith('@')) usernames.add(entry.slice(1).toLowerCase());
    else phones.add(entry.replace(/\D/g, '').replace(/^8/, '7'));
  }
  const rows = new Map(
    sources.map(({ name, stage, user }) => [
      name,
      { stage: { type: 'set-stage', stage, node: 'source' }, user: { type: 'assign-responsible', user, node: 'source' } },
    ]),
  );
  const priced = handWrittenWords(['цен*', 'стоит*', 'прайс']);
  const fromVk = { type: 'add-tags', tags: ['ВКонтакте'], node: 'vk' };
  return (event) => {
    const { contact, channel, message, conversation } = event;
    if (phones.has(contact.phone.slice(1)) || usernames.has(contact.username.toLowerCase())) return { filtered: 'list', effects: [] };
    const { text } = message;
    if (hits(text) >= 0) return { filtered: 'words', effects: [] };
    if (isEmoji(text)) return { filtered: 'emoji', effects: [] };
    const effects = [];
    if (channel.kind === 'vk') effects.push(fromVk);
    const row = rows.get(channel.name);
    if (row) effects.push(row.stage, row.user);
    const now = Date.parse(event.at);
    const hour = Math.floor(((now + 10_800_000) % 86_400_000) / 3_600_000);
    if (hour >= 22 || hour < 8)
      effects.push({ type: 'send-message', text: `Здравствуйте, ${contact.name}! Ответим утром.`, node: 'hello' });
    effects.push({ type: 'add-tags', tags: ['сайт', contact.name], node: 'tag' });
    if (conversation.inbound < 2) effects.push({ type: 'add-note', text: `Первое обращение: ${contact.name}`, node: 'note' });
    if (priced(text) >= 0) effects.push({ type: 'notify', to: ['responsible'], text: 'Спрашивают цену', node: 'price' });
    return { filtered: undefined, effects };
  };
}

/** The index of a pattern that a text holds, or -1: one table, one look-up a character, which is the bound that a matcher is measured by. */
export function handWrittenWords(patterns) {
  const classes = new Uint8Array(65_536);
  const fold = (letter) => letter.toLowerCase().replace('ё', 'е');
  const known = new Map();
  for (const letter of patterns.join('').replaceAll('*', '')) if (!known.has(fold(letter))) known.set(fold(letter), known.size + 2);
  for (let unit = 0; unit < 65_536; unit++) {
    const letter = String.fromCharCode(unit);
    if (/[\p{L}\p{N}]/u.test(letter)) classes[unit] = known.get(fold(letter)) ?? 1;
  }
  const width = known.size + 2;
  const next = [new Int32Array(width).fill(-1)];
  const ends = [-1];
  patterns.forEach((pattern, index) => {
    const stem = [...pattern.replaceAll('*', '')].map((letter) => known.get(fold(letter)));
    const path = [...(pattern.startsWith('*') ? [] : [0]), ...stem, ...(pattern.endsWith('*') ? [] : [0])];
    let state = 0;
    for (const column of path) {
      if (next[state][column] < 0) {
        next[state][column] = next.length;
        next.push(new Int32Array(width).fill(-1));
        ends.push(-1);
      }
      state = next[state][column];
    }
    if (ends[state] < 0) ends[state] = index;
  });
  const suffix = new Int32Array(next.length);
  const order = [];
  for (let column = 0; column < width; column++) {
    if (next[0][column] < 0) next[0][column] = 0;
    else order.push(next[0][column]);
  }
  for (const state of order) {
    if (ends[state] < 0) ends[state] = ends[suffix[state]];
    for (let column = 0; column < width; column++) {
      const onSuffix = next[suffix[state]][column];
      if (next[state][column] < 0) next[state][column] = onSuffix;
      else {
        suffix[next[state][column]] = onSuffix;
        order.push(next[state][column]);
      }
    }
  }
  const table = new Int32Array(next.length * width);
  next.forEach((row, state) => row.forEach((to, column) => (table[state * width + column] = ends[to] >= 0 ? -1 - ends[to] : to * width)));
  return (text) => {
    let state = table[0];
    for (let at = 0; at < text.length; at++) {
      state = table[state + classes[text.charCodeAt(at)]];
      if (state < 0) return -1 - state;
    }
    state = table[state];
    return state < 0 ? -1 - state : -1;
  };
}

const emoji = /^(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d\ufe0f]|\s)+$/u;

/** Whether a text is nothing but emoji, as a programmer in a hurry would ask. */
export function isEmoji(text) {
  const first = text.charCodeAt(0);
  // Most messages start with a letter or a digit, and need no expression.
  if (first < 0xa9 || (first >= 0x400 && first < 0x500)) return false;
  return emoji.test(text);
}
