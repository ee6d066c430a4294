import type { Said } from '../effects/scene.js';

const minute = 60_000;
/** Automatic replies that a conversation gets without a word from a person (docs/decisions/0009): in each of these times at most so many. */
const limits = [
  { withinMs: 10 * minute, most: 5 },
  { withinMs: 24 * 60 * minute, most: 20 },
];
/** How far back a repeat is recognised. */
export const rememberedMs = 24 * 60 * minute;
/** A reply shorter than this is an echo only as the whole message: «Да» within a sentence is nobody's echo. */
const leastEcho = 12;
/** Numbers do not tell texts apart that have so many other characters: a robot counts its messages, a person answers with a number. */
const leastCounted = 30;
/** Enough of a text to know it again. */
const longest = 500;

/**
 * How many more automatic replies the conversation may get: undefined while a person seems to write. It is a robot who says what we said, or what he
 * said before although our last answer was no new one either. Whoever says something new, and our own people, are persons and begin the count anew.
 * @param said oldest first, the message to be answered last
 * @param now ms since 1970, by the same clock
 */
export function repliesLeft(said: readonly Said[], now: number): number | undefined {
  const heard = new Set<string>();
  const told = new Set<string>();
  let isNews = true;
  let isRobot = false;
  let replies: number[] = [];
  for (const one of said) {
    if (one.at <= now - rememberedMs) continue;
    const text = keyOf(one);
    if (one.by === 'person') {
      replies = [];
      isRobot = false;
    } else if (one.by === 'rules') {
      isNews = !told.has(text);
      told.add(text);
      replies.push(one.at);
    } else {
      const key = `${one.by.client} ${text}`;
      const isRepeat = heard.has(key);
      heard.add(key);
      isRobot = isEcho(text, told) || (isRepeat && !isNews);
      // What was said before may be a person who leafs through a menu, as long as our answers are new; but it is no proof of one.
      if (!isRobot && !isRepeat) replies = [];
    }
  }
  if (!isRobot) return undefined;
  return Math.max(0, Math.min(...limits.map(({ withinMs, most }) => most - replies.filter((at) => at > now - withinMs).length)));
}

const keys = new WeakMap<Said, string>();

/** Texts that differ in what nobody reads are one. */
function keyOf(said: Said): string {
  let key = keys.get(said);
  if (key === undefined) keys.set(said, (key = toKey(said)));
  return key;
}

function toKey({ text, attachments }: Said): string {
  const folded = text.normalize('NFKC').toLowerCase().replaceAll(/\s+/g, ' ').trim().slice(0, longest);
  if (folded === '') return JSON.stringify(attachments);
  return folded.replaceAll(/\d/g, '').length >= leastCounted ? folded.replaceAll(/\d+/g, '0') : folded;
}

function isEcho(text: string, told: ReadonlySet<string>): boolean {
  if (told.has(text)) return true;
  for (const reply of told) if (reply.length >= leastEcho && text.includes(reply)) return true;
  return false;
}
