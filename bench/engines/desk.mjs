// The desk that every engine keeps: the messages, the lists and tables of its rules, and the form in which all decisions are compared.
//   blacklist of 1,000 -> queue by channel (5) -> stage and responsible by source (20 rows) -> tag from a template -> 200 word patterns -> emoji only
//   -> Moscow night -> score and its bucket -> the automatic answer (score, else night, else words, else emoji, else none)
import { kinds, makeEvents, makeListed, makePatterns, sources } from '../corpus.mjs';

export const labels = { telegram: 'Telegram', whatsapp: 'WhatsApp', vk: 'ВКонтакте', avito: 'Avito', webchat: 'Web' };
export const queues = Object.fromEntries(kinds.map((kind, place) => [kind, `Очередь ${place + 1}`]));
export const stages = Object.fromEntries(sources.map(({ name, stage }) => [name, stage]));
export const users = Object.fromEntries(sources.map(({ name, user }) => [name, user]));
export const patterns = makePatterns(200);
export const listed = makeListed(1400)
  .filter((entry) => !entry.startsWith('@'))
  .slice(0, 1000);
/** The same as the plain digits that a programmer would keep. */
export const listedPhones = listed.map((entry) => entry.replace(/\D/g, '').replace(/^8/, '7'));
export const buckets = { promoter: ['9', '10'], passive: ['7', '8'], detractor: ['0', '1', '2', '3', '4', '5', '6'] };
export const answers = {
  score: 'Спасибо за оценку.',
  night: 'Ответим утром.',
  words: 'Рекламу не размещаем.',
  emoji: 'Напишите, пожалуйста, словами.',
};
export const moscow = 3 * 3_600_000;

/** Messages as `readEvent` gives them. */
export function makeMessages() {
  return makeEvents(10_000, { patterns, listed });
}

/** The same as the other engines like it best: flat, the clock a number, the phone in digits; none of that is on their bill. */
export function makeFlatMessages() {
  const flat = makeMessages().map(({ at, channel, contact, message }) => ({
    kind: channel.kind,
    channel: labels[channel.kind],
    source: channel.name,
    phone: contact.phone.slice(1),
    name: contact.name,
    text: message.text,
    now: Date.parse(at),
  }));
  return JSON.parse(JSON.stringify(flat));
}

/** One decision as a text. `blocked` alone counts where it is true; what an engine left out is `null`, and a flag `false`. */
export function tellDecision({ blocked, queue, stage, user, tag, words, emoji, score, bucket, answer }) {
  if (blocked) return 'blocked';
  return JSON.stringify([queue, stage, user, tag, words === true, emoji === true, score ?? null, bucket ?? null, answer ?? null]);
}

/** What the messages are like, for the reader of the figures. */
export function tellMessages(decisions) {
  const lengths = makeFlatMessages()
    .map(({ text }) => text.length)
    .sort((a, b) => a - b);
  const at = (share) => lengths[Math.floor(share * lengths.length)];
  const share = (is) => `${((100 * decisions.filter(is).length) / decisions.length).toFixed(1)} %`;
  const field = (told, place) => told !== 'blocked' && JSON.parse(told)[place];
  return (
    `${lengths.length} messages, median ${at(0.5)} characters (p10 ${at(0.1)}, p90 ${at(0.9)}); ${share((told) => told === 'blocked')} blocked, ` +
    `${share((told) => field(told, 4))} with a word of the list, ${share((told) => field(told, 5))} emoji only, ${share((told) => field(told, 6) !== null && field(told, 6) !== false)} scores`
  );
}
