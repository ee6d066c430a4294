import type { Bilingual } from '../bilingual.js';
import { fieldLabel } from '../conditions/describe-condition.js';
import { valueLabel } from '../conditions/field-values.js';
import type { EventType, RuleEvent } from '../event.js';
import { isRecord } from '../is-record.js';
import { formatDate, formatTime, wallClock, weekdayOf } from '../time/zoned.js';
import { zoneName } from '../time/zone-name.js';
import { weekdayNames } from '../time/weekday-names.js';

/**
 * The message that shows a finding, in words: what came, when by the clock of the graph, and what else must hold of it.
 * @param timezone IANA name of the graph's zone
 */
export function tellWitness(event: RuleEvent, timezone: string): Bilingual {
  const zone = zoneName(timezone);
  const at = Date.parse(event.at);
  const clock = `${formatDate(at, timezone)} (%) ${formatTime(at, timezone)}`;
  const weekday = weekdayNames[weekdayOf(wallClock(at, timezone).day) - 1] ?? { ru: '', en: '' };
  const what = eventLabels[event.type];
  const text = event.message?.text;
  const rest = Object.entries(event).flatMap(([root, value]) =>
    isRecord(value) ? Object.entries(value).flatMap(([name, part]) => partsOf(`${root}.${name}`, part)) : [],
  );
  return {
    ru: [
      `${what.ru}${text === undefined ? '' : ` «${text}»`}, ${clock.replace('%', weekday.ru)}, ${zone.ru}`,
      ...rest.map(({ ru }) => ru),
    ].join('; '),
    en: [
      `${what.en}${text === undefined ? '' : ` “${text}”`}, ${clock.replace('%', weekday.en)}, ${zone.en}`,
      ...rest.map(({ en }) => en),
    ].join('; '),
  };
}

/** Text stands before; ids of what the event is part of say nothing to anybody. */
const untold: ReadonlySet<string> = new Set(['message.text', 'message.id', 'conversation.id', 'chat.id', 'deal.id']);

function partsOf(path: string, value: unknown): Bilingual[] {
  if (untold.has(path) || value === undefined || value === null) return [];
  const label = fieldLabel(path);
  const values = (Array.isArray(value) ? value : [value]).map((one) =>
    isRecord(one) ? { ru: JSON.stringify(one), en: JSON.stringify(one) } : valueLabel(path, one),
  );
  return [{ ru: `${label.ru}: ${values.map(({ ru }) => ru).join(', ')}`, en: `${label.en}: ${values.map(({ en }) => en).join(', ')}` }];
}

const eventLabels: Record<EventType, Bilingual> = {
  'message-received': { ru: 'сообщение клиента', en: 'a client’s message' },
  'message-sent': { ru: 'исходящее сообщение', en: 'a sent message' },
  'http-answered': { ru: 'ответ другой программы', en: 'an answer of another program' },
  'call-missed': { ru: 'пропущенный звонок', en: 'a missed call' },
  'contact-subscribed': { ru: 'клиент подписался', en: 'a client subscribed' },
  'conversation-opened': { ru: 'беседа открыта', en: 'a conversation was opened' },
  'conversation-closed': { ru: 'беседа закрыта', en: 'a conversation was closed' },
  'score-requested': { ru: 'запрос оценки', en: 'a score was asked for' },
  'stage-changed': { ru: 'сделка сменила этап', en: 'a deal changed its stage' },
  'schedule-ticked': { ru: 'сработало расписание', en: 'a schedule’s time came' },
  'timer-fired': { ru: 'сработал таймер', en: 'a timer fired' },
};
