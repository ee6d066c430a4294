import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import { defineNode } from '../../node-type.js';
import { clockField, durationField } from '../../settings/fields.js';
import { describeDuration, parseDuration } from '../../time/duration.js';
import { formatInstant } from '../../time/instant.js';
import { nextClock } from '../../time/local-instant.js';
import { zoneName } from '../../time/zone-name.js';
import { examples } from './wait.examples.js';

const settings = z.strictObject({
  for: durationField.optional().meta({ label: { ru: 'Сколько ждать', en: 'How long' }, widget: 'duration' }),
  until: clockField.optional().meta({
    label: { ru: 'До времени', en: 'Until the time' },
    help: { ru: 'Ближайшее такое время после сообщения, по часам графа', en: 'The next such time after the message, by the graph’s clock' },
    widget: 'clock',
  }),
});
export type Settings = z.input<typeof settings>;

/** Stops the branch for a time; the run goes on with the event that it stopped with. */
export const wait = defineNode({
  type: 'wait',
  family: 'wait',
  icon: 'IconHourglass',
  title: { ru: 'Подождать', en: 'Wait' },
  description: { ru: 'Продолжает через время или в назначенный час', en: 'Goes on after a time, or at a clock time' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  reasons: {
    waits: { ru: 'ждёт до {due}', en: 'waits until {due}' },
    due: { ru: 'время пришло', en: 'the time has come' },
    'no-time': { ru: 'время не задано', en: 'no time is set' },
  },
  expectedPorts: ['next'],
  summary({ for: time, until }, zone) {
    if (until !== undefined) return { ru: `До ${until}, ${zoneName(zone).ru}`, en: `Until ${until}, ${zoneName(zone).en}` };
    return time === undefined ? noTimeText : describeDuration(parseDuration(time) ?? 0);
  },
  check({ for: time, until }) {
    if (time === undefined && until === undefined) {
      return [
        {
          code: 'wait-empty',
          severity: 'error',
          path: 'for',
          text: noTimeText,
          mend: { ru: 'Укажите, сколько ждать или до которого часа', en: 'Say how long, or until what time' },
        },
      ];
    }
    if (time !== undefined && until !== undefined) {
      return [
        {
          code: 'wait-both',
          severity: 'warning',
          path: 'until',
          text: { ru: 'Заданы и срок, и час: действует час', en: 'Both a duration and a time are set: the time counts' },
          mend: { ru: 'Уберите одно из двух', en: 'Remove one of the two' },
        },
      ];
    }
    return [];
  },
  claims: () => () => [[{ kind: 'anew', what: 'clock' }]],
  compile({ for: time, until }, { timezone }) {
    const minute = until === undefined ? undefined : Number(until.slice(0, 2)) * 60 + Number(until.slice(3));
    const delay = time === undefined ? undefined : (parseDuration(time) ?? 0);
    return ({ now }) => {
      const due = minute === undefined ? (delay === undefined ? undefined : now + delay) : nextClock(now, minute, timezone);
      if (due === undefined) return { fail: 'No time to wait for is set', because: { key: 'no-time' } };
      return { wait: { due }, because: { key: 'waits', values: { due: formatInstant(due) } } };
    };
  },
  compileWake: () => () => ({ go: 'next', because: { key: 'due' } }),
  examples,
});

const noTimeText: Bilingual = { ru: 'Время ожидания не задано', en: 'No time to wait is set' };
