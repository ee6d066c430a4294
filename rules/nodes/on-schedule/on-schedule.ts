import { z } from 'zod';
import type { Finding } from '../../finding.js';
import { defineNode } from '../../node-type.js';
import { cronField } from '../../settings/cron-field.js';
import { zoneField } from '../../settings/fields.js';
import { parseCron, type Cron } from '../../time/cron.js';
import { canCome, compileSchedule } from '../../time/schedule.js';
import { zoneName } from '../../time/zone-name.js';
import { examples } from './on-schedule.examples.js';

const settings = z.strictObject({
  cron: cronField.meta({
    label: { ru: 'Расписание', en: 'Schedule' },
    help: {
      ru: 'Минута, час, число, месяц, день недели: 0 9 * * 1-5 — по будням в 9:00',
      en: 'Minute, hour, day, month, day of the week: 0 9 * * 1-5 is 9:00 on working days',
    },
    placeholder: { ru: '0 9 * * 1-5', en: '0 9 * * 1-5' },
    widget: 'cron',
  }),
  timezone: zoneField.optional().meta({
    label: { ru: 'Часовой пояс', en: 'Time zone' },
    help: { ru: 'Пусто — пояс всего графа', en: 'Empty means the graph’s own' },
    widget: 'zone',
  }),
});
export type Settings = z.input<typeof settings>;

/** Starts at the times of a cron line, once each. */
export const onSchedule = defineNode({
  type: 'on-schedule',
  family: 'trigger',
  icon: 'IconCalendarRepeat',
  title: { ru: 'По расписанию', en: 'Schedule' },
  description: { ru: 'Запускает в заданное время, каждый раз один раз', en: 'Starts at given times, once each' },
  settings,
  ports: ['next'],
  portLabels: { next: { ru: 'дальше', en: 'next' } },
  expectedPorts: ['next'],
  claims: () => () => [[{ kind: 'types', types: ['schedule-ticked'] }]],
  summary({ cron, timezone }, graphZone) {
    const zone = zoneName(timezone ?? graphZone);
    return { ru: `${cron.trim()}, ${zone.ru}`, en: `${cron.trim()}, ${zone.en}` };
  },
  check: ({ cron }) => (canCome(read(cron)) ? [] : [neverComes]),
  schedule: ({ cron, timezone }, graphZone) => compileSchedule(read(cron), timezone ?? graphZone),
  examples,
});

function read(source: string): Cron {
  const parsed = parseCron(source);
  if ('problem' in parsed) throw new Error(`The schedule «${source}» was not checked`);
  return parsed.cron;
}

const neverComes: Finding = {
  code: 'schedule-never-comes',
  severity: 'warning',
  path: 'cron',
  text: { ru: 'Такого дня в календаре нет: расписание не сработает никогда', en: 'No calendar has such a day: the schedule never comes' },
  mend: { ru: 'Исправьте число или месяц', en: 'Correct the day or the month' },
};
