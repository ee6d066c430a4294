// The pieces that every tuned peer is handed by its host, and the pipeline of closures that all are measured against.
import { handWrittenWords, isEmoji } from '../closures.mjs';
import { answers, buckets, listedPhones, moscow, patterns, queues, stages, users } from './desk.mjs';

const blocked = new Set(listedPhones);
const findWords = handWrittenWords(patterns);
const bucketOf = new Map(Object.entries(buckets).flatMap(([bucket, scores]) => scores.map((score) => [Number(score), bucket])));

/** What a programmer who embeds a rules engine would keep out of it. */
export const host = {
  isBlocked: (phone) => blocked.has(phone),
  hasWords: (text) => findWords(text) >= 0,
  isEmoji,
  isNight(now) {
    const hour = Math.floor(((now + moscow) % 86_400_000) / 3_600_000);
    return hour >= 22 || hour < 6;
  },
  tag: ({ name, channel }) => `Клиент ${name} (${channel})`,
  score(text) {
    if (text.length > 2) return null;
    const value = /^(?:10|[0-9])$/.test(text) ? Number(text) : null;
    return value;
  },
  bucket: (score) => (score === null ? null : bucketOf.get(score)),
  answer({ score, night, words, emoji }) {
    if (score !== null) return answers.score;
    return night ? answers.night : words ? answers.words : emoji ? answers.emoji : null;
  },
};

/** The rules as a list of closures over one record: no graph, no reasons, no guard around a step. */
export function makePipeline() {
  const [queueOf, stageOf, userOf] = [queues, stages, users].map((table) => new Map(Object.entries(table)));
  const steps = [
    (message, decision) => !(decision.blocked = host.isBlocked(message.phone)),
    (message, decision) => ((decision.queue = queueOf.get(message.kind)), true),
    (message, decision) => ((decision.stage = stageOf.get(message.source)), true),
    (message, decision) => ((decision.user = userOf.get(message.source)), true),
    (message, decision) => ((decision.tag = host.tag(message)), true),
    (message, decision) => ((decision.words = host.hasWords(message.text)), true),
    (message, decision) => ((decision.emoji = host.isEmoji(message.text)), true),
    (message, decision) => ((decision.night = host.isNight(message.now)), true),
    (message, decision) => ((decision.score = host.score(message.text)), true),
    (message, decision) => ((decision.bucket = host.bucket(decision.score)), true),
    (message, decision) => ((decision.answer = host.answer(decision)), true),
  ];
  return (message) => {
    const decision = {
      blocked: false,
      queue: undefined,
      stage: undefined,
      user: undefined,
      tag: '',
      words: false,
      emoji: false,
      night: false,
      score: null,
      bucket: null,
      answer: null,
    };
    for (let at = 0; at < steps.length; at++) if (!steps[at](message, decision)) break;
    return decision;
  };
}
