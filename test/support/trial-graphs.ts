import { graphOf } from './company.js';

/** Answers once an hour at most, asks for a name, tags the deal and makes a task. */
export const dialogue = (hello: string, tags = 'новый') =>
  graphOf(
    {
      in: ['on-message'],
      once: ['limit', { by: 'contact', count: 1, per: 'PT1H' }],
      hello: ['reply', { text: hello }, 'Приветствие'],
      name: ['wait-reply', { timeout: 'PT1H' }, 'Имя'],
      thanks: ['reply', { text: 'Спасибо, {{%TEXT%}}' }, 'Благодарность'],
      tag: ['add-tags', { tags }, 'Тег'],
      task: ['create-task', { text: 'Ответить клиенту' }],
      who: ['assign-responsible', { mode: 'round-robin', users: ['OWNER'] }],
    },
    [
      'in.next > once',
      'once.under > hello',
      'hello.next > name',
      'name.reply > thanks',
      'thanks.next > tag',
      'tag.next > task',
      'task.next > who',
    ],
  );
/** Answers everything with one text. */
export const plain = (text: string) => graphOf({ in: ['on-message'], hello: ['reply', { text }, 'Приветствие'] }, ['in.next > hello']);

/** Asks a program, answers with what it said, and leaves a note some time later. */
export const calling = (url: string, answer: string, wait = 'PT1S') =>
  graphOf(
    {
      in: ['on-message'],
      ask: ['http', { url }, 'Склад'],
      ok: ['reply', { text: answer }, 'Ответ'],
      later: ['wait', { for: wait }, 'Пауза'],
      note: ['add-note', { text: 'Прошло время' }],
    },
    ['in.next > ask', 'ask.ok > ok', 'ok.next > later', 'later.next > note'],
  );
