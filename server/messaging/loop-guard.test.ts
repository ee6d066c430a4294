import { describe, expect, it } from '@jest/globals';
import type { Said } from '../effects/scene.js';
import { repliesLeft } from './loop-guard.js';

const second = 1_000;
const minute = 60 * second;

interface Word {
  text: string;
  from?: string;
  photo?: string;
}

/** Plays a conversation in which rules answer each message of the client unless the guard forbids it. Gives the places of messages that were answered. */
function play(words: readonly (Word | 'person')[], answer: (word: Word, place: number) => string, everyMs = 5 * second): number[] {
  const said: Said[] = [];
  const answered: number[] = [];
  for (const [place, word] of words.entries()) {
    const at = Date.parse('2026-11-21T09:00:00Z') + place * everyMs;
    if (word === 'person') {
      said.push({ by: 'person', text: 'Сейчас посмотрю', attachments: [], at });
      continue;
    }
    const attachments = word.photo === undefined ? [] : [{ type: 'image', url: word.photo }];
    said.push({ by: { client: word.from ?? 'Анна' }, text: word.text, attachments, at });
    if (repliesLeft(said, at) === 0) continue;
    answered.push(place);
    said.push({ by: 'rules', text: answer(word, place), attachments: [], at });
  }
  return answered;
}

const times = (count: number, word: (place: number) => Word) => Array.from({ length: count }, (_, place) => word(place));
const all = (words: readonly unknown[]) => words.map((_, place) => place);

describe('a person is answered', () => {
  const canned = () => 'Здравствуйте, ответим утром';
  it.each<[string, Word[], (word: Word, place: number) => string]>([
    ['who writes quickly, with one and the same answer', times(60, (place) => ({ text: `и вот ещё что: ${'ну '.repeat(place)}` })), canned],
    ['who gives numbers', times(60, (place) => ({ text: String(place) })), ({ text }) => `Принято: ${text}`],
    ['who counts his messages', times(60, (place) => ({ text: `Сообщение ${place}` })), ({ text }) => `Принято: ${text}`],
    ['who leafs through a list', times(60, () => ({ text: 'Дальше' })), (_, place) => `Страница ${place}`],
    ['who sends many pictures', times(60, (place) => ({ text: '', photo: `https://example.test/${place}.jpg` })), () => 'Фото получено'],
    ['in a group, where many say the same', times(60, (place) => ({ text: '+', from: `Сосед ${place}` })), () => 'Записал'],
    ['who uses a word of the answer', times(60, (place) => ({ text: `да, вариант ${place}` })), () => 'Да'],
  ])('%s', (_, words, answer) => expect(play(words, answer)).toEqual(all(words)));

  it('who leafs through a menu, over and over, as long as he looks at something new in between', () => {
    const words = Array.from({ length: 20 }, (_, i) => [{ text: 'Меню' }, { text: `Раздел ${i}` }, { text: 'Меню' }]).flat();
    expect(play(words, ({ text }) => `Вот: ${text}`)).toEqual(all(words));
  });

  it('as soon as he says something new to the rules that a robot had made silent', () => {
    const words = [...times(20, () => ({ text: 'Абонент занят' })), { text: 'Это я, а не автоответчик' }];
    expect(play(words, canned)).toEqual([0, 1, 2, 3, 4, 20]);
  });

  it('again after one of our people has written', () => {
    const words = [...times(20, () => ({ text: 'Абонент занят' })), 'person' as const, { text: 'Абонент занят' }];
    expect(play(words, canned)).toEqual([0, 1, 2, 3, 4, 21]);
  });
});

describe('a robot gets five answers in ten minutes', () => {
  it.each<[string, (place: number, last: string) => string, (text: string, place: number) => string]>([
    ['that says the same each time', () => 'Абонент занят', () => 'Здравствуйте'],
    ['that repeats what it hears', (_, last) => last, (text) => `Принято: ${text}`],
    ['that quotes what it hears', (_, last) => `Вы написали «${last}», спасибо`, (_, place) => `Ваше обращение принято, ${place}`],
    ['that counts', (place) => `Ваше обращение № ${place} принято, оператор ответит`, () => 'Здравствуйте'],
    [
      'that counts, answered by one that counts',
      (n) => `Ваше обращение № ${n} принято, ждите`,
      (_, n) => `Вы ${n}-й в очереди, не отключайтесь пожалуйста`,
    ],
    ['that takes other spaces and letters', (place) => (place % 2 ? 'АБОНЕНТ  занят' : ' Абонент занят'), () => 'Здравствуйте'],
    ['of our own, that answers echoes', (_, last) => `Принято: ${last}`, (text) => `Принято: ${text}`],
  ])('%s', (_, robot, answer) => {
    const said: Said[] = [];
    let answers = 0;
    let last = 'Привет';
    // An hour and a half in steps of ten seconds, so that the ten minutes and the day both matter.
    const instants = times(540, () => ({ text: '' })).map((__, place) => Date.parse('2026-11-21T09:00:00Z') + place * 10 * second);
    const answeredAt: number[] = [];
    for (const [place, at] of instants.entries()) {
      const text = robot(place, last);
      said.push({ by: { client: 'робот' }, text, attachments: [], at });
      if (repliesLeft(said, at) === 0) continue;
      last = answer(text, place);
      said.push({ by: 'rules', text: last, attachments: [], at });
      answeredAt.push(at);
      answers += 1;
    }
    for (const at of answeredAt)
      expect(answeredAt.filter((other) => other > at - 10 * minute && other <= at).length).toBeLessThanOrEqual(5);
    expect(answers).toBeGreaterThanOrEqual(5);
    expect(answers).toBeLessThanOrEqual(20);
  });

  it('and twenty in a day', () => {
    const words = times(300, () => ({ text: 'Абонент занят' }));
    expect(play(words, () => 'Здравствуйте', 4 * minute)).toHaveLength(20);
  });
});

it('counts several answers to one message', () => {
  const at = Date.parse('2026-11-21T09:00:00Z');
  const robot = (): Said => ({ by: { client: 'робот' }, text: 'Абонент занят', attachments: [], at });
  const rules = (text: string): Said => ({ by: 'rules', text, attachments: [], at });
  expect(repliesLeft([robot(), rules('а'), rules('а'), rules('б'), rules('а'), robot()], at)).toBe(1);
});
