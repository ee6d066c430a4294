import { z } from 'zod';
import type { Bilingual } from '../../bilingual.js';
import type { Finding } from '../../finding.js';
import { defineNode } from '../../node-type.js';
import { durationField, zoneField } from '../../settings/fields.js';
import { inBoth } from '../../settings/refuse.js';
import { describeDuration, parseDuration } from '../../time/duration.js';
import { wallClock } from '../../time/zoned.js';
import { zoneName } from '../../time/zone-name.js';
import { examples } from './limit.examples.js';

const owners: Record<'contact' | 'conversation' | 'channel', Bilingual> = {
  contact: { ru: 'У каждого клиента свой', en: 'Each client’s own' },
  conversation: { ru: 'У каждой беседы свой', en: 'Each conversation’s own' },
  channel: { ru: 'У каждого канала свой', en: 'Each channel’s own' },
};

const settings = z.strictObject({
  by: z
    .enum(['contact', 'conversation', 'channel'])
    .default('contact')
    .meta({ label: { ru: 'Счёт', en: 'Whose count' }, options: owners }),
  count: z
    .int()
    .min(1)
    .max(10_000)
    .default(1)
    .meta({ label: { ru: 'Сколько раз', en: 'How many times' } }),
  per: z
    .union([
      z.literal('day'),
      durationField.refine(
        (text) => (parseDuration(text) ?? 0) > 0,
        inBoth({ ru: 'Промежуток должен быть больше нуля', en: 'The time must be longer than nothing' }),
      ),
    ])
    .default('day')
    .meta({
      label: { ru: 'За какое время', en: 'In what time' },
      help: {
        ru: 'Календарный день, или промежуток, который кончается этим сообщением',
        en: 'The calendar day, or the stretch of time that ends with this message',
      },
      widget: 'per',
    }),
  timezone: zoneField.optional().meta({
    label: { ru: 'Часовой пояс', en: 'Time zone' },
    help: { ru: 'Для календарного дня; пусто — пояс всего графа', en: 'For the calendar day; empty means the graph’s own' },
    widget: 'zone',
  }),
});
export type Settings = z.input<typeof settings>;

/** Lets so many through in a time, and no more; only what went under counts. */
export const limit = defineNode({
  type: 'limit',
  family: 'choice',
  icon: 'IconGauge',
  title: { ru: 'Не чаще', en: 'Limit' },
  description: {
    ru: 'Пропускает не больше стольких раз за время, остальное ведёт в другой выход',
    en: 'Lets so many through in a time, and leads the rest to another port',
  },
  settings,
  ports: ['under', 'over'],
  portLabels: { under: { ru: 'в пределах', en: 'under' }, over: { ru: 'сверх', en: 'over' } },
  reasons: {
    under: { ru: 'это {number} раз из {count}', en: 'this is time {number} of {count}' },
    over: { ru: 'все {count} уже были', en: 'there have been {count} already' },
  },
  expectedPorts: ['under'],
  summary({ by, count, per, timezone }, graphZone) {
    const zone = zoneName(timezone ?? graphZone);
    const time = per === 'day' ? { ru: `день, ${zone.ru}`, en: `a day, ${zone.en}` } : spellTime(per);
    return { ru: `${count} за ${time.ru}; ${ownersInShort[by].ru}`, en: `${count} in ${time.en}; ${ownersInShort[by].en}` };
  },
  check: ({ per, timezone }) => (per !== 'day' && timezone !== undefined ? [needlessZone] : []),
  needs: ({ by }) => [{ kind: 'counter', by }],
  compile({ count, per, timezone }, { nodeId, ruleSet, timezone: graphZone }) {
    const place = `${ruleSet}/${nodeId}`;
    const age = per === 'day' ? ageInDays(timezone ?? graphZone) : ageIn(parseDuration(per) ?? 0);
    const over = { go: 'over', because: { key: 'over', values: { count } } };
    return ({ now, memory }) => {
      // The clock of the events may go back: what is later than now stays for when that time comes.
      const kept = (memory.counters?.[place] ?? []).filter((instant) => age(instant, now) !== 'old');
      const used = kept.reduce((sum, instant) => (age(instant, now) === 'counts' ? sum + 1 : sum), 0);
      if (used >= count) return over;
      const counted = [...kept, now].sort((one, other) => one - other);
      return { go: 'under', because: { key: 'under', values: { number: used + 1, count } }, counted };
    };
  },
  examples,
});

type Age = 'old' | 'counts' | 'later';

/** The sliding window `(now - per, now]`. */
function ageIn(per: number): (instant: number, now: number) => Age {
  return (instant, now) => (instant > now ? 'later' : instant > now - per ? 'counts' : 'old');
}

function ageInDays(zone: string): (instant: number, now: number) => Age {
  return (instant, now) => {
    const days = wallClock(now, zone).day - wallClock(instant, zone).day;
    return days > 0 ? 'old' : days === 0 ? 'counts' : 'later';
  };
}

function spellTime(per: string): Bilingual {
  return describeDuration(parseDuration(per) ?? 0);
}

const ownersInShort: typeof owners = {
  contact: { ru: 'у клиента', en: 'by client' },
  conversation: { ru: 'в беседе', en: 'by conversation' },
  channel: { ru: 'на канале', en: 'by channel' },
};

const needlessZone: Finding = {
  code: 'limit-zone-needless',
  severity: 'warning',
  path: 'timezone',
  text: {
    ru: 'Часовой пояс ничего не меняет: он нужен только календарному дню',
    en: 'The time zone changes nothing: only a calendar day needs one',
  },
  mend: { ru: 'Уберите часовой пояс или выберите календарный день', en: 'Remove the time zone or choose the calendar day' },
};
