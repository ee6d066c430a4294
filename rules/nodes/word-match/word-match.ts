import { anything, eitherClaims } from '../../claim.js';
import { ofMessage, ofNoMessage } from '../../settings/message-claims.js';
import { z } from 'zod';
import { defineNode, type Outcome } from '../../node-type.js';
import { patternsField } from '../../settings/fields.js';
import { checkPatterns } from '../../settings/findings.js';
import { parsePatterns } from '../../text/patterns.js';
import { wordMatcher } from '../../text/words.js';
import { examples } from './word-match.examples.js';

const settings = z.strictObject({
  patterns: patternsField.meta({
    label: { ru: 'Слова', en: 'Words' },
    help: {
      ru: 'Через пробел или с новой строки: заказ — слово, цен* — начало, *куплю — конец, *красн* — внутри',
      en: 'Separated by spaces or line breaks: order — the word, pric* — its start, *buy — its end, *red* — inside',
    },
    placeholder: { ru: 'цен* сколько стоимость', en: 'pric* cost much' },
    widget: 'words',
  }),
});
export type Settings = z.input<typeof settings>;

/** Chooses the way by the words of a message; drops nothing. */
export const wordMatch = defineNode({
  type: 'word-match',
  family: 'choice',
  icon: 'IconTextScan2',
  title: { ru: 'Есть слово', en: 'Has a word' },
  description: { ru: 'Разводит сообщения по словам и ничего не отбрасывает', en: 'Parts messages by their words and drops nothing' },
  settings,
  ports: ['yes', 'no'],
  portLabels: { yes: { ru: 'да', en: 'yes' }, no: { ru: 'нет', en: 'no' } },
  reasons: {
    found: { ru: 'нашлось слово „{word}“ по правилу {pattern}', en: 'found the word “{word}” by the pattern {pattern}' },
    'not-found': { ru: 'ни одного слова из списка', en: 'none of the listed words' },
    'no-message': { ru: 'в событии нет сообщения', en: 'the event has no message' },
  },
  expectedPorts: ['yes'],
  summary({ patterns }) {
    const words = patterns.split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) return { ru: 'Слов пока нет', en: 'No words yet' };
    const some = words.slice(0, 6).join(' ') + (words.length > 6 ? ` … ${words.length}` : '');
    return { ru: `Если есть: ${some}`, en: `If there is: ${some}` };
  },
  check: ({ patterns }) => checkPatterns(patterns),
  claims({ patterns }) {
    // An empty list is told of by its own finding.
    if (parsePatterns(patterns).patterns.length === 0) return () => anything;
    const [yes, no] = [true, false].map((holds) => ofMessage({ kind: 'words', patterns, holds }));
    return (port) => (port === 'yes' ? yes! : eitherClaims(no!, ofNoMessage));
  },
  compile({ patterns }) {
    const find = wordMatcher(parsePatterns(patterns).patterns);
    return ({ event: { message } }) => {
      if (!message) return noMessage;
      const hit = find(message.text ?? '');
      return hit ? { go: 'yes', because: { key: 'found', values: { word: hit.word, pattern: hit.pattern } } } : missed;
    };
  },
  examples,
});

const missed: Outcome = { go: 'no', because: { key: 'not-found' } };
const noMessage: Outcome = { go: 'no', because: { key: 'no-message' } };
