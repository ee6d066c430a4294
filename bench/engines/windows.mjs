// «Is it 22:00-06:00 in Moscow, on a working day?», the day being the one on which the window began. Items are instants, ms since 1970.
import { nodeTypes } from '../../dist/rules/index.js';

const [hour, day] = [3_600_000, 86_400_000];
const monday = Date.UTC(2026, 10, 2);
const sets = {
  /** A week, in no order. */
  spread: Array.from({ length: 2000 }, (_, place) => monday + Math.floor((((place * 7919) % 2000) / 2000) * 7 * day)),
  /** One after the other, as messages come. */
  'one after another': Array.from({ length: 2000 }, (_, place) => monday + place * 137),
};
const zone = 'Europe/Moscow';
const numbers = { Sun: 0, Mon: 1, Tue: 2, Wed: 3, Thu: 4, Fri: 5, Sat: 6 };
const parts = { timeZone: zone, hourCycle: 'h23', hour: '2-digit', weekday: 'short' };

/** `weekday`: Sunday 0. */
function isOpen(at, weekday) {
  if (at >= 6 && at < 22) return false;
  const began = at >= 22 ? weekday : (weekday + 6) % 7;
  return began >= 1 && began <= 5;
}

export const contenders = {
  'fixed offset': () => ({
    sets,
    decide(now) {
      const local = now + 3 * hour;
      return isOpen(Math.floor((local % day) / hour), (Math.floor(local / day) + 4) % 7);
    },
  }),
  ours() {
    const type = nodeTypes.get('time-window');
    const settings = type.settings.parse({ from: '22:00', to: '06:00', days: [1, 2, 3, 4, 5] });
    const open = type.compile(settings, { nodeId: 'night', timezone: zone, ruleSet: 'Ночь' });
    const moment = { event: { type: 'message-received' }, now: 0, memory: {}, variables: {} };
    return {
      sets,
      decide(now) {
        moment.now = now;
        return open(moment);
      },
      tell: ({ go }) => go === 'inside',
    };
  },
  'Intl format, kept': () => {
    const formatter = new Intl.DateTimeFormat('en-US', parts);
    return { sets, decide: (now) => fromText(formatter.format(now)) };
  },
  'Intl formatToParts, kept': () => {
    const formatter = new Intl.DateTimeFormat('en-US', parts);
    return {
      sets,
      decide(now) {
        const found = {};
        for (const { type, value } of formatter.formatToParts(now)) found[type] = value;
        return isOpen(Number(found.hour), numbers[found.weekday]);
      },
    };
  },
  luxon: async () => {
    const { DateTime } = await import('luxon');
    return {
      sets,
      decide(now) {
        const local = DateTime.fromMillis(now, { zone });
        return isOpen(local.hour, local.weekday % 7);
      },
    };
  },
  toLocaleString: () => ({ sets, decide: (now) => fromText(new Date(now).toLocaleString('en-US', parts)) }),
};

/** `Mon 23`, as en-US writes it. */
function fromText(text) {
  return isOpen(Number(text.slice(-2)), numbers[text.slice(0, 3)]);
}
