import { impossible } from '../../claim.js';
import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { isAboutSomebody } from '../../conditions/event-field.js';
import { scoreScales, type ScoreScale } from '../../effect.js';
import { defineNode, type Outcome } from '../../node-type.js';
import { durationField, templateField } from '../../settings/fields.js';
import { checkEmpty, checkTemplate } from '../../settings/findings.js';
import { bucketOf, parseScore } from '../../text/score.js';
import { parseTemplate } from '../../text/template.js';
import { describeDuration, parseDuration } from '../../time/duration.js';
import { formatInstant } from '../../time/instant.js';
import { examples } from './ask-score.examples.js';

const scales: Record<ScoreScale, Bilingual> = {
  '0-10': { ru: 'От 0 до 10 (NPS)', en: '0 to 10 (NPS)' },
  '1-5': { ru: 'От 1 до 5', en: '1 to 5' },
  '0-1': { ru: '1 или 0, 👍 или 👎', en: '1 or 0, 👍 or 👎' },
};
const thanks = (label: Bilingual) => templateField.optional().meta({ label, widget: 'template' });

const settings = z.strictObject({
  question: templateField.default('').meta({
    label: { ru: 'Вопрос', en: 'Question' },
    placeholder: { ru: 'Оцените нашу работу от 0 до 10', en: 'How would you rate us from 0 to 10?' },
    widget: 'template',
  }),
  scale: z
    .enum(scoreScales)
    .default('0-10')
    .meta({ label: { ru: 'Шкала', en: 'Scale' }, options: scales }),
  timeout: durationField.default('P1D').meta({ label: { ru: 'Сколько ждать оценки', en: 'How long to wait' }, widget: 'duration' }),
  thanks: z
    .strictObject({
      promoter: thanks({ ru: 'За высокую оценку', en: 'For a high score' }),
      passive: thanks({ ru: 'За среднюю оценку', en: 'For a middle score' }),
      detractor: thanks({ ru: 'За низкую оценку', en: 'For a low score' }),
    })
    .optional()
    .meta({ label: { ru: 'Благодарность', en: 'Thanks' } }),
  again: templateField.optional().meta({
    label: { ru: 'Если ответ непонятен', en: 'If the answer is unclear' },
    help: { ru: 'Пишется один раз; пусто — не писать', en: 'Written once; empty means not at all' },
    placeholder: { ru: 'Напишите, пожалуйста, одно число', en: 'Please write one number' },
    widget: 'template',
  }),
});
export type Settings = z.input<typeof settings>;

/** Asks for a score and waits for it: the answer is recorded, other rules do not see it. */
export const askScore = defineNode({
  type: 'ask-score',
  family: 'wait',
  icon: 'IconStar',
  title: { ru: 'Спросить оценку', en: 'Ask for a score' },
  description: {
    ru: 'Задаёт вопрос, ждёт оценку и записывает её в беседу, даже если ту уже закрыли',
    en: 'Asks, waits for the score and records it on the conversation, even one that was closed meanwhile',
  },
  settings,
  ports: ['promoter', 'passive', 'detractor', 'timeout'],
  portLabels: {
    promoter: { ru: 'высокая', en: 'high' },
    passive: { ru: 'средняя', en: 'middle' },
    detractor: { ru: 'низкая', en: 'low' },
    timeout: { ru: 'без ответа', en: 'no answer' },
  },
  reasons: {
    asked: { ru: 'спросили, ждёт оценку до {due}', en: 'asked, waits for the score until {due}' },
    pending: { ru: 'вопрос уже задан, ответа ещё нет', en: 'the question is open already' },
    scored: { ru: 'оценка {score} из {scale}', en: 'the score is {score} on {scale}' },
    unclear: { ru: 'это не оценка', en: 'this is no score' },
    silent: { ru: 'клиент не ответил', en: 'the client did not answer' },
    nobody: { ru: 'спрашивать некого', en: 'there is nobody to ask' },
  },
  summary({ question, scale, timeout }) {
    const time = describeDuration(parseDuration(timeout) ?? 0);
    return {
      ru: `${question || 'Вопрос не задан'} (${scale}, ждать ${time.ru})`,
      en: `${question || 'No question'} (${scale}, wait ${time.en})`,
    };
  },
  asks: () => ['send-message'],
  claims:
    ({ scale }) =>
    (port) => {
      if (port === 'timeout') return [[{ kind: 'anew', what: 'clock' }]];
      return port === 'passive' && scale === '0-1' ? impossible : [[{ kind: 'anew', what: 'event' }]];
    },
  answers: ({ question }) => question.trim() !== '',
  check: ({ question, thanks, again }) => [
    ...checkTemplate(question, 'question'),
    ...checkEmpty(question, 'question', {
      ru: 'Вопрос пуст: клиент не узнает, что его спрашивают',
      en: 'The question is empty: the client does not know that he is asked',
    }),
    ...Object.entries(thanks ?? {}).flatMap(([bucket, text]) => checkTemplate(text ?? '', `thanks.${bucket}`)),
    ...checkTemplate(again ?? '', 'again'),
  ],
  compile({ question, timeout }, { nodeId, timezone }) {
    const template = parseTemplate(question);
    const patience = parseDuration(timeout) ?? 0;
    return ({ event, now }) => {
      if (!isAboutSomebody(event)) return nobody;
      const due = now + patience;
      return {
        wait: { due, for: 'reply', unlessPending: { key: 'pending' } },
        because: { key: 'asked', values: { due: formatInstant(due) } },
        effects: toReply(template.toText({ event, now, timezone, nodeId })),
      };
    };
  },
  compileWake({ scale, thanks, again }, { nodeId, timezone }) {
    const texts = {
      promoter: parseTemplate(thanks?.promoter ?? ''),
      passive: parseTemplate(thanks?.passive ?? ''),
      detractor: parseTemplate(thanks?.detractor ?? ''),
    };
    const repeat = parseTemplate(again ?? '');
    return (wake, { event, now }) => {
      if (wake.by !== 'reply') return { go: 'timeout', because: { key: 'silent' } };
      const score = parseScore(event.message?.text ?? '', scale);
      const context = { event, now, timezone, nodeId };
      if (score === undefined) return { ignored: true, because: { key: 'unclear' }, effects: toReply(repeat.toText(context)) };
      const bucket = bucketOf(score, scale);
      return {
        go: bucket,
        because: { key: 'scored', values: { score, scale } },
        effects: [{ type: 'record-score', score, scale, bucket }, ...toReply(texts[bucket].toText(context))],
      };
    };
  },
  examples,
});

function toReply(text: string): { type: 'send-message'; text: string }[] {
  return text.trim() === '' ? [] : [{ type: 'send-message', text }];
}

const nobody: Outcome = { fail: 'There is nobody to ask: the event has neither a contact nor a conversation', because: { key: 'nobody' } };
